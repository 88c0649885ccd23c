// One family in one period: holds out, method, rounding, law. Gives cells or a refusal; reports
// nothing and changes nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/cascade/cell_store.h"
#include "engine/cascade/conflict/interval_tree.h"
#include "engine/cascade/families/family_setup.h"

namespace jenjang::cascade {

// A child or outsider whose figure stands already.
struct FixedMember {
  NodeId node;
  std::optional<std::size_t> child;  // place in the family; empty for an outsider
  Rational value, weight;
  SourceSpan span;
};

struct SolvedChild {
  std::size_t child = 0;
  Target target;
  std::optional<Rational> exact;  // share before rounding when rounding moved it
};
struct FamilySolution {
  std::vector<SolvedChild> cells;
  std::vector<std::size_t> held;  // children whose own target stands
  std::optional<CascadeResidual> residual;
  // Children of a ratio that the method alone would have put beyond the whole, and at what.
  std::vector<std::pair<std::size_t, Rational>> beyond_whole;
  bool used_illustrative = false;  // an invented driver, denominator, baseline or hold decided
};

// Why a family cannot hold. `what` chooses the message; the rest are its figures.
struct FamilyRefusal {
  enum class What : std::uint8_t {
    allocation,            // `failure` of the method
    hold_conflict,         // `fixed` with `reached` against `wanted`
    denominators_missing,  // `blamed` children
    not_whole_steps,       // `wanted` is no multiple of `step`
    no_rounding,           // `reached` after rounding, `wanted` due
    not_a_number,          // a range, bound or grade under a method that calculates
    outsider_without_target,
    driver_missing,  // `driver_term` has no value for the `blamed`
  } what = What::allocation;
  AllocationFailure failure;
  std::vector<FixedMember> fixed;
  std::vector<NodeId> blamed;
  Rational wanted, reached;
  Decimal step;
  std::size_t driver_term = 0;
  // bounds: what the children that are to blame may be, in the order of failure.children.
  std::vector<Interval> limits;
};

inline FamilyRefusal refuse(FamilyRefusal::What what) {
  FamilyRefusal refusal;
  refusal.what = what;
  return refusal;
}
inline FamilyRefusal refuse(AllocationError error, const Rational& wanted) {
  FamilyRefusal refusal;
  refusal.failure.error = error;
  refusal.wanted = wanted;
  return refusal;
}

using FamilyOutcome = std::variant<FamilySolution, FamilyRefusal>;

// Without a tree there are no limits beside the method's own.
FamilyOutcome solve_family(const Model& model, const FamilySetup& setup, const TargetCell& parent,
                           const CellStore& store, IntervalTree* tree = nullptr);

}  // namespace jenjang::cascade
