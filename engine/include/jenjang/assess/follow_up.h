// Recommendations and practice cards against the plan they stand in.
#pragma once

#include <string_view>
#include <vector>

#include "jenjang/plan/plan.h"

namespace jenjang {

// J1505: a recommendation for a unit that the plan does not have. J3141: a criterion that no worksheet of that unit
// has. J3142: a card whose indicator looks like a slip of one of the plan's; a card from elsewhere may speak of others.
void check_follow_up(const ParsedPlan& plan, const Model& model, const PackLibrary& packs, DiagnosticSink& sink);

// Of that unit, by any of its paths, in the order of the plan.
std::vector<Recommendation> recommendations_of(const ParsedPlan& plan, const Model& model, UnitId unit);

}  // namespace jenjang
