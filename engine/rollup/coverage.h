// Coverage: who reported, of how many, by which weight, for how many months.
//
// One template for both sides, because a coverage threshold (cakupan_minimal) is a decision: exactly on the threshold
// is common, so the exact side settles what the double cannot.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"

namespace jenjang::rollup {

template <class Number>
struct Coverage {
  std::uint32_t covered = 0, expected = 0;  // reporting units
  Number covered_weight{}, expected_weight{};
  std::uint32_t covered_months = 0, expected_months = 0;
};

// Adds what a child tells along one tie; `offered` is what it offered there. `known` is the weight that the child's own
// coverage is measured against: of a ratio the denominators that the full lane knows, for both lanes, so that the
// validated share is a share of all there is. A carried figure covers nothing: only fresh ones do.
template <class Number>
void cover(Coverage<Number>& into, const Tie& tie, const Number& weight, Aggregation aggregation,
           const Operand<Number>& offered, const Coverage<Number>& child, const Number& known) {
  if (tie.overlap != nullptr) {
    // Both ways counted the units of the shared result, whether or not they reported; a figure that one of them handed
    // on from an earlier period covers nothing there.
    const bool both = offered.state == CellState::value && !offered.carried;
    into.expected -= std::min(into.expected, child.expected);
    if (both) {
      into.covered -= std::min(into.covered, child.covered);
      into.covered_months -= std::min(into.covered_months, child.covered_months);
      into.expected_months -= std::min(into.expected_months, child.expected_months);
    }
    if (aggregation == Aggregation::ratio) {
      if (both) into.covered_weight += weight * child.covered_weight;
    } else {
      into.expected_weight -= Number(static_cast<int>(child.expected));
      if (both) into.covered_weight -= Number(static_cast<int>(child.covered));
    }
    return;
  }
  // Operands of one ratio are one report together; judgements are no units.
  const bool own_pair = aggregation == Aggregation::ratio && tie.role != EdgeRole::operand;
  const bool fresh = offered.state == CellState::value && !offered.carried;
  if (fresh && tie.role != EdgeRole::judgement) {
    into.covered_months += child.covered_months;
    into.expected_months += child.expected_months;
  }
  if (own_pair || tie.role == EdgeRole::judgement || offered.state == CellState::not_applicable) return;
  into.expected += child.expected;
  if (fresh) into.covered += child.covered;
  switch (aggregation) {
    case Aggregation::ratio:
      if (fresh) into.covered_weight += weight * child.covered_weight;
      break;
    case Aggregation::weighted_mean:
      if (child.expected == 0) break;
      into.expected_weight += weight;
      if (fresh && sign_of(known) > 0) into.covered_weight += weight * (child.covered_weight / known);
      break;
    default:
      into.expected_weight += Number(static_cast<int>(child.expected));
      if (fresh) into.covered_weight += Number(static_cast<int>(child.covered));
      break;
  }
}

// The pair of a ratio's own operands counts as one reporting unit.
template <class Number>
void cover_own_pair(Coverage<Number>& into, const Partial<Number>& partial) {
  if (partial.pair_operands == 0) return;
  const Number denominator = partial.pair_denominator.value();
  const bool excluded = partial.pair_missing == 0 && (partial.pair_excluded > 0 || sign_of(denominator) == 0);
  if (excluded) return;
  ++into.expected;
  if (partial.pair_missing == 0) {
    ++into.covered;
    into.covered_weight += denominator;
  }
}

enum class Enough : std::uint8_t { no, yes, uncertain };
// Whether coverage by weight reaches the threshold. Nothing expected is enough.
template <class Number>
Enough enough(const Coverage<Number>& coverage, const Decimal& threshold) {
  if (sign_of(coverage.expected_weight) <= 0) return Enough::yes;
  const Number margin = coverage.covered_weight - number_from<Number>(threshold) * coverage.expected_weight;
  if constexpr (std::is_same_v<Number, double>) {
    // Weights add up along the whole way down; a generous slack only costs an exact look.
    if (magnitude(margin) <= 1e-9 * magnitude(coverage.expected_weight)) return Enough::uncertain;
  }
  return sign_of(margin) < 0 ? Enough::no : Enough::yes;
}

// The result that the threshold refuses. Its reason stays that of the missing ones, so that a parent that counts
// missing as zero does not count a period that is not due.
template <class Number>
void refuse_for_coverage(Outcome<Number>& outcome) {
  outcome.state = outcome.reason == CellState::not_applicable ? CellState::empty : outcome.reason;
  outcome.value = outcome.numerator = outcome.denominator = Number{};
  outcome.has_pair = false;
}

}  // namespace jenjang::rollup
