// Selectors: sets of units named by kind, path or condition, seen from a start.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

// The units strictly below `start` that the selector reaches, each once, in order of the terms and of
// the unit table. A kind that is not a government is sought inside the government of the start only:
// `opd` at a province never means the agencies of its districts. Nothing is reported here.
std::vector<UnitId> select_units(const BindContext& bind, const PlanSelector& selector, UnitId start);
// J1507 at the first term, with the nearest kind or path.
void report_empty_selector(BindContext& bind, const PlanSelector& selector, UnitId start);
// The selector as written, for messages.
std::string selector_text(const PlanSelector& selector);
// True when the word is a unit kind in use or leads to a unit from `start`.
bool names_units(const BindContext& bind, std::string_view word, UnitId start);

}  // namespace jenjang
