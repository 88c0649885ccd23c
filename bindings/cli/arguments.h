// The options a command takes, as its help names them. The parser itself stays behind this header: its inline code cost
// every command four seconds to compile.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace jenjang::cli {

class Arguments {
public:
  // The command being declared, kept by the caller.
  explicit Arguments(CLI::App& app) : app_(&app) {}

  // `names` are separated by commas; `form` is what the help shows for the value.
  void text(const std::string& names, std::string& into, const std::string& about, const std::string& form);
  // May be given again and again; all are kept, in order.
  void repeated(const std::string& names, std::vector<std::string>& into, const std::string& about,
                const std::string& form);
  // As `repeated`, and every one may be several separated by commas.
  void list(const std::string& names, std::vector<std::string>& into, const std::string& about,
            const std::string& form);
  void flag(const std::string& names, bool& into, const std::string& about);
  // The words that are no option, under one name in the help. Once a command.
  void words(const std::string& name, std::vector<std::string>& into, const std::string& about);
  // Another description for the words, after `words`.
  void describe_words(const std::string& about);

private:
  CLI::App* app_;
  std::string words_;  // their name; empty before `words`
};

}  // namespace jenjang::cli
