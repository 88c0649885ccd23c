// Words of the renderers in both languages, and the texts of the catalogue with arguments in place.
#pragma once

#include <string>
#include <string_view>

#include "jenjang/base/diagnostic.h"

namespace jenjang {

std::string_view severity_word(Severity severity, Language language);
std::string_view fix_by_word(FixBy fix_by, Language language);
// The word of JSON output, the same in both languages: "unit_admin".
std::string_view fix_by_key(FixBy fix_by);

// `pattern` with every {name} replaced by its argument; a name without argument stays as written.
std::string fill_text(std::string_view pattern, const std::vector<DiagnosticArg>& args);

// Control bytes and bytes that are not UTF-8 become U+FFFD, so that a file cannot steer a terminal;
// everything else stays byte for byte. Tabs stay.
std::string printable(std::string_view text);

}  // namespace jenjang
