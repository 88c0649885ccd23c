// The exact shares of one repaired family in the steps of its measures.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/cascade/repair/hand_trees.h"

namespace jenjang::cascade {

struct StepRequest {
  const Model& model;
  const HandFamily& family;
  Decimal wanted;              // the parent's figure, in steps already
  std::vector<Decimal> steps;  // by member
  // By member; empty optionals are without end. Narrower than the members' own where cells below bind.
  std::vector<std::optional<Rational>> lower, upper;
  // Exact shares of all members while the figures given stand.
  std::function<std::optional<std::vector<Rational>>(std::span<const std::optional<Rational>>)> shares;
};

// Figures of all members; locked ones as they stand. nullopt when no rounding keeps the family's law.
// Measures of a coarser step are rounded first, the rest makes up for them.
std::optional<std::vector<Decimal>> step_family(const StepRequest& request);
// By member: of the rule, else of the measure, else the digits written (means: at least those printed).
std::vector<Decimal> member_steps(const Model& model, const HandFamily& family, const Decimal& wanted);

}  // namespace jenjang::cascade
