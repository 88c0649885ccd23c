// Cascade: targets of a Model carried down its families and split over time.
//
// Families are walked from the top. In each year (or coarsest stated period) with a parent target:
// held children are taken out, the method gives exact shares (rationals), shares are rounded to the
// step so that the parts keep the parent's aggregation (DESIGN section 1, round-trip law), and each
// child gets a cell that knows its family. Then every node's year is split into the periods of its
// frequency by accumulation kind. A family that cannot hold is refused with J16xx naming the
// demands and their lines; its children stay without target and the rest goes on.
// A child's own target stands as a hold when it is adopted, or declared as a hold; its proposal or
// draft gives way. Beside another government's children a cell is `proposed` until that government
// adopts a statement. Operands of the parent outside the family, and accepted crosscut shares, are
// taken out like holds. Steps: the rule's, else the measure's, else the digits written (levels of
// means and ratios: at least the digits that the parent prints).
// Cost: O(cells log family size). Pure: reads only the model.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"
#include "jenjang/facts/facts.h"
#include "jenjang/graph/target_table.h"

namespace jenjang {

struct CascadeOptions {
  std::optional<Date> as_of;     // grounds with `sampai` before this day no longer stand; empty: all do
  const Facts* facts = nullptr;  // for ExpiredPolicy::last_measured; without it the last baseline counts
  const Watch* watch = nullptr;
};

// Reports everything that check_cascade_rules reports too: call one of the two.
TargetTable run_cascade(const Model& model, DiagnosticSink& sink, const CascadeOptions& options = {});

// Checks every family's method, driver and parameters against the registry (J1601.. with near
// misses). `check` calls it without running the cascade.
void check_cascade_rules(const Model& model, DiagnosticSink& sink);

// Names of all registered allocation methods, for messages and `--help`.
std::vector<std::string_view> allocation_method_names();

}  // namespace jenjang
