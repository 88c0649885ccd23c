// The text of docs/diagnostics/README.md, made from the catalogue.
#pragma once

#include <string>

#include "jenjang/base/diagnostic.h"

inline std::string diagnostic_index() {
  using namespace jenjang;
  std::string text =
      "# Diagnostics\n\n"
      "Every message has a code that never changes its meaning. This index is written by `./dev docs` from the\n"
      "catalogue in `engine/include/jenjang/base/codes/`; each code has a page here and a case under\n"
      "`tests/golden/cases/diagnostics/`. `jenjang explain J1501` prints the same from the command line.\n\n"
      "| code | severity | who can repair | message |\n|---|---|---|---|\n";
  for (const auto& info : all_codes()) {
    const char* severity = info.severity == Severity::error     ? "error"
                           : info.severity == Severity::warning ? "warning"
                                                                : "info";
    const char* who = info.fix_by == FixBy::staff        ? "staff"
                      : info.fix_by == FixBy::superior   ? "superior"
                      : info.fix_by == FixBy::unit_admin ? "unit admin"
                                                         : "centre";
    const std::string code = to_string(info.code);
    text +=
        "| [" + code + "](" + code + ".md) | " + severity + " | " + who + " | " + std::string(info.en_text) + " |\n";
  }
  return text;
}
