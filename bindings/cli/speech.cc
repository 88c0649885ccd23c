#include "speech.h"

#include <cstdlib>

namespace jenjang::cli {
namespace {

bool is_english(std::string_view word) {
  return word.starts_with("en");
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

}  // namespace

Language choose_language(int argc, const char* const* argv) {
  std::string_view word;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") break;
    if (argument == "--lang" && i + 1 < argc) word = argv[i + 1];
    if (argument.starts_with("--lang=")) word = argument.substr(7);
  }
  if (word.empty()) word = environment("JENJANG_LANG");
  if (word.empty()) word = environment("LANG");
  return is_english(word) ? Language::english : Language::indonesian;
}

}  // namespace jenjang::cli
