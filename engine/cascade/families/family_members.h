// Who is in one family in one period: free children, fixed members, and the weight of each.
#pragma once

#include <optional>
#include <vector>

#include "engine/cascade/conflict/limits.h"
#include "engine/cascade/families/family_solver.h"

namespace jenjang::cascade {

class FamilyMembers {
public:
  FamilyMembers(const Model& model, const FamilySetup& setup, const TargetCell& parent, const CellStore& store)
      : model_(model), setup_(setup), parent_(parent), store_(store) {}

  // False for a child that is no member in this period: left out by a choice, or outside the life of its unit or the
  // dates of its tie.
  [[nodiscard]] bool is_member(std::size_t child) const;
  // Weight of a member's tie in this period.
  [[nodiscard]] Rational tie_weight(std::size_t child) const;
  // The child's target when it stands against the cascade (stands_against).
  [[nodiscard]] const TargetCell* standing(NodeId child) const;

  // Splits the children into free and fixed, without those left out, and fixes the outsiders. Requires a parent target
  // that is a number.
  std::optional<FamilyRefusal> sort();
  // Weights a_i of all members: as on the edges for a sum, normalised for a mean, planned
  // denominators of the year for a ratio (normalised; children without one leave the free).
  std::optional<FamilyRefusal> weigh();

  std::vector<std::size_t> free;
  std::vector<std::size_t> held;
  std::vector<FixedMember> fixed;
  std::vector<Rational> weights;       // by child, after weigh()
  int digits = 0;                      // most decimals among the fixed figures
  bool used_illustrative = false;      // by a fixed figure or a denominator
  bool alike_without_weights = false;  // a ratio handed to all as it is, denominators unknown
  std::vector<NodeId> without_denominator;

private:
  void fix(NodeId node, std::optional<std::size_t> child, const Decimal& number, const Rational& weight,
           const TargetCell& cell);
  std::optional<FamilyRefusal> weigh_by_denominators();

  const Model& model_;
  const FamilySetup& setup_;
  const TargetCell& parent_;
  const CellStore& store_;
};

}  // namespace jenjang::cascade
