// Worked cases of formula sheets: they need no plan, so nothing is bound or rolled up.
#pragma once

#include <vector>

#include "jenjang/workspace/pack_cases.h"

namespace jenjang {

// One check a step that the case expects something of, in the order of the steps. Empty when the formula is unknown.
// `tolak` expects a refusal, `kosong` a step whose optional input was not given.
std::vector<PackCaseOutcome::Check> run_formula_case(const Pack& pack, const PackCase& kase);

}  // namespace jenjang
