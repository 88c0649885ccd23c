#include "arguments.h"

#include <CLI/CLI.hpp>

namespace jenjang::cli {

void Arguments::text(const std::string& names, std::string& into, const std::string& about, const std::string& form) {
  app_->add_option(names, into, about)->type_name(form);
}

void Arguments::repeated(const std::string& names, std::vector<std::string>& into, const std::string& about,
                         const std::string& form) {
  app_->add_option(names, into, about)->type_name(form)->expected(1)->take_all();
}

void Arguments::list(const std::string& names, std::vector<std::string>& into, const std::string& about,
                     const std::string& form) {
  app_->add_option(names, into, about)->type_name(form)->delimiter(',')->expected(1)->take_all();
}

void Arguments::flag(const std::string& names, bool& into, const std::string& about) {
  app_->add_flag(names, into, about);
}

void Arguments::words(const std::string& name, std::vector<std::string>& into, const std::string& about) {
  app_->add_option(name, into, about)->type_name("");
  words_ = name;
}

void Arguments::describe_words(const std::string& about) {
  app_->get_option(words_)->description(about);
}

}  // namespace jenjang::cli
