// Families whose figures were all written by hand, and the trees they make.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "jenjang/cascade/repair.h"

#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {

struct HandMember {
  NodeId node;
  std::uint32_t statement = UINT32_MAX;  // none: a crosswise result, fixed at `value`
  Decimal value;
  Rational weight;  // of the parent's figure, factor and normalisation applied
  Rational willingness;
  std::optional<Rational> lower, upper;
  [[nodiscard]] bool locked() const { return willingness.sign() <= 0; }
};

struct HandFamily {
  NodeId parent;
  Period period;
  std::vector<HandMember> members;
  std::optional<Decimal> step;        // of the rule of the family
  std::optional<Rational> tolerance;  // of a declared coherence check
  [[nodiscard]] MeanLaw law(const Model& model, const Decimal& wanted) const;
  // True when the figures as they stand make `wanted`, within limits.
  [[nodiscard]] bool adds_up(const Model& model, const Decimal& wanted) const;
};

using CellKey = std::pair<NodeId, Period>;

// All of them, by parent and period.
std::map<CellKey, HandFamily> find_hand_families(const Model& model, const TargetTable& targets,
                                                 const RepairOptions& options);

}  // namespace jenjang::cascade
