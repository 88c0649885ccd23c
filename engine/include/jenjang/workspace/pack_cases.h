// Worked cases of packs, run through the real binder, facts and roll-up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jenjang/rules/pack.h"

namespace jenjang {

struct PackCaseOutcome {
  std::string pack, id;
  struct Check {
    std::string key;  // a code of the template, or "predikat"
    std::string expected, found;
    bool passes = false;
  };
  std::vector<Check> checks;
  [[nodiscard]] bool passes() const;
};

// Every case of `pack_id` (empty: of every pack). A result other than the one demanded is J1909, a
// case that cannot be run J1910, both at the place of the case.
std::vector<PackCaseOutcome> run_pack_cases(const PackLibrary& packs, std::string_view pack_id, SourceMap& sources,
                                            DiagnosticSink& sink);

}  // namespace jenjang
