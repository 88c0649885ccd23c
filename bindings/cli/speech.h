// Every sentence of the command line in both languages, side by side where it is said.
#pragma once

#include <string>
#include <string_view>

#include "jenjang/base/diagnostic.h"

namespace jenjang::cli {

struct Speech {
  Language language = Language::indonesian;
  std::string operator()(std::string_view indonesian, std::string_view english) const {
    return std::string(language == Language::indonesian ? indonesian : english);
  }
};

// From --lang in the arguments, else JENJANG_LANG, else LANG when it names English, else Indonesian.
// Looked for before the arguments are parsed, because the help itself needs it.
Language choose_language(int argc, const char* const* argv);

}  // namespace jenjang::cli
