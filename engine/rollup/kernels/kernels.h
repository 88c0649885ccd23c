// Kernels: how children make their parent. Pure functions over arrays, one entry a slot.
//
// A parent keeps one Partial a slot. Each child edge is added to all slots in one pass (the inner
// loop runs over slots), children in edge order; `finish` divides once. Combine and finish are apart
// so that partials of several partitions can be merged before they are finished. Nothing allocates
// in the double instance.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "jenjang/base/cell.h"
#include "jenjang/measure/kinds.h"

#include "engine/rollup/number.h"
#include "engine/rollup/semantics.h"

namespace jenjang::rollup {

// What one child offers its parent in one slot.
template <class Number>
struct Operand {
  Number value{};
  CellState state = CellState::empty;
  // Children of a ratio: the pair. `known` is the denominator as far as it is known, also when the
  // pair is not complete.
  Number numerator{}, denominator{}, known{};
  bool carried = false;     // an earlier figure stands in for a missing one: it counts, but covers nothing
  std::uint16_t flags = 0;  // of the cell it came from (ResultCell); the double side alone
};

template <class Number>
struct Partial {
  Summation<Number> total;                          // sum and mean: sum w x; extremum: unused
  Summation<Number> weight;                         // sum w of the children present
  Number best{};                                    // extremum
  Summation<Number> numerator, denominator, known;  // ratio
  // The pair that a ratio makes of its own operands (role numerator, denominator).
  Summation<Number> pair_numerator, pair_denominator;
  // Sums of the sizes of all terms of `denominator`, of `known` and of the pair's own: what may_vanish measures
  // against.
  Number denominator_sizes{}, known_sizes{}, pair_sizes{};
  std::uint32_t pair_operands = 0, pair_missing = 0, pair_denominators_missing = 0, pair_excluded = 0;
  CellState pair_reason = CellState::not_applicable;
  std::uint32_t present = 0, absent = 0, zeroed = 0;
  CellState reason = CellState::not_applicable;  // most urgent reason among the absent
};

template <class Number>
struct Outcome {
  Number value{};
  CellState state = CellState::empty;
  bool partial = false;                          // some child is missing, or counted as zero
  CellState reason = CellState::not_applicable;  // most urgent reason among the missing, also beside a value
  // Ratio: the pair above the factor; `has_pair` false when the pair is not complete.
  Number numerator{}, denominator{}, known{};
  bool has_pair = false;
};

// The reason a parent gives when several children are missing for different reasons: the one that
// somebody can repair comes first.
constexpr CellState more_urgent(CellState a, CellState b) {
  constexpr auto urgency = [](CellState state) {
    switch (state) {
      case CellState::value:
        return -1;
      case CellState::not_applicable:
        return 0;
      case CellState::not_due:
        return 1;
      case CellState::redefined:
        return 2;
      case CellState::awaiting_release:
        return 3;
      case CellState::empty:
        return 4;
    }
    return 0;
  };
  return urgency(b) > urgency(a) ? b : a;
}

// What a missing child does (algorithms 3.3). `absent` leaves the child out, `zero` counts nought for it. Only a
// figure that should be there counts as zero: a period that is not due, an unpublished figure and
// a changed definition never do (CAS-ROL-02). `carry` has filled its holes before (carry_forward); what is left is
// left out.
enum class Presence : std::uint8_t { present, absent, zero, excluded };
constexpr Presence presence_of(CellState state, MissingPolicy policy) {
  if (state == CellState::value) return Presence::present;
  if (state == CellState::not_applicable) return Presence::excluded;
  if (policy == MissingPolicy::zero && state == CellState::empty) return Presence::zero;
  return Presence::absent;
}
// Counts one child.
template <class Number>
Presence note(Partial<Number>& partial, CellState state, MissingPolicy policy) {
  const Presence presence = presence_of(state, policy);
  if (presence == Presence::present) ++partial.present;
  if (presence == Presence::zero) ++partial.zeroed;
  if (presence == Presence::absent) {
    ++partial.absent;
    partial.reason = more_urgent(partial.reason, state);
  }
  return presence;
}

// One child in one slot.
template <class Number>
void add_weighted_to(Partial<Number>& into, const Operand<Number>& child, const Number& weight, MissingPolicy policy) {
  const Presence presence = note(into, child.state, policy);
  if (presence == Presence::present) into.total.add(child.value * weight);
  if (presence == Presence::present || presence == Presence::zero) into.weight.add(weight);
}
template <class Number>
void add_weighted(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, const Number& weight,
                  MissingPolicy policy);
template <class Number>
void add_extremum(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, bool largest,
                  MissingPolicy policy);
// A child ratio: its pair, times the weight.
template <class Number>
void add_pair(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, const Number& weight,
              MissingPolicy policy);
// An operand of the node's own pair. A missing one makes the pair missing.
template <class Number>
void add_pair_operand(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, const Number& weight,
                      EdgeRole role);

// Fills a hole in what a child offers with its latest earlier figure of the same granularity, not older than `months`.
// Only a figure that should be there, or an official one not yet published, is stood in for; never across a change of
// definition.
// `offer_at(slot)` is what the child offers in another slot.
template <class Number, class OfferAt>
void carry_forward(Operand<Number>& hole, const PeriodGrid& grid, const Model& model, NodeId child, SlotId slot,
                   int months, OfferAt&& offer_at) {
  if (!may_stand_in(hole.state)) return;
  std::optional<Operand<Number>> found;
  const auto state_at = [&](SlotId earlier) {
    found = offer_at(earlier);
    return found->state;
  };
  if (!carried_from(grid, model, child, slot, months, state_at)) return;
  if (sign_of(hole.known) != 0) found->known = hole.known;  // of its own period, where that is known
  hole = *std::move(found);
  hole.carried = true;
}

// Two parts of one parent, made apart (other partitions of the same children), as if they had been made together:
// exactly so in rationals. `first` holds the earlier children.
template <class Number>
void merge(Partial<Number>& first, const Partial<Number>& second, bool largest);

// Finishers. All give the aggregate before the factor.
template <class Number>
Outcome<Number> finish_sum(const Partial<Number>& partial, MissingPolicy policy);
template <class Number>
Outcome<Number> finish_mean(const Partial<Number>& partial, MissingPolicy policy);
template <class Number>
Outcome<Number> finish_extremum(const Partial<Number>& partial, MissingPolicy policy);
template <class Number>
Outcome<Number> finish_ratio(const Partial<Number>& partial, MissingPolicy policy);

// Whether a sum of denominators may be nought although its double is not (or the other way round), so that no state may
// be told from it: terms of both signs took from each other what is more than two digits. Terms of one sign never do.
inline bool may_vanish(double sum, double sizes) {
  constexpr double kLost = 0x1p-7;
  return std::abs(sum) < kLost * sizes;
}
inline bool ratio_may_vanish(const Partial<double>& partial) {
  const double pair = partial.pair_denominator.value();
  if (may_vanish(pair, partial.pair_sizes)) return true;
  // The pair counts as one more child, or not at all.
  const auto either = [&](double sum, double sizes) {
    return may_vanish(sum, sizes) || may_vanish(sum + pair, sizes + partial.pair_sizes);
  };
  return either(partial.denominator.value(), partial.denominator_sizes) ||
         either(partial.known.value(), partial.known_sizes);
}

extern template struct Partial<double>;
extern template struct Partial<Rational>;

}  // namespace jenjang::rollup
