#include "engine/rollup/kernels/kernels.h"

#include <cassert>

namespace jenjang::rollup {
namespace {

// State and completeness that every finisher shares; `value` is still to be set.
template <class Number>
Outcome<Number> begin(const Partial<Number>& partial, MissingPolicy policy) {
  Outcome<Number> outcome;
  outcome.partial = partial.absent + partial.zeroed > 0;
  outcome.reason = partial.reason;
  const bool nothing = partial.present + partial.zeroed == 0;
  const bool refused = policy == MissingPolicy::strict && partial.absent > 0;
  outcome.state = nothing || refused ? partial.reason : CellState::value;
  return outcome;
}

// What may_vanish asks for; the exact side needs none of it.
template <class Number>
void add_size(Number& sizes, const Number& term) {
  if constexpr (std::is_same_v<Number, double>) sizes += std::abs(term);
}

}  // namespace

template struct Partial<double>;
template struct Partial<Rational>;

template <class Number>
void add_weighted(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, const Number& weight,
                  MissingPolicy policy) {
  assert(into.size() == child.size());
  for (std::size_t slot = 0; slot < into.size(); ++slot) {
    add_weighted_to(into[slot], child[slot], weight, policy);
  }
}

template <class Number>
void add_extremum(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, bool largest,
                  MissingPolicy policy) {
  assert(into.size() == child.size());
  for (std::size_t slot = 0; slot < into.size(); ++slot) {
    Partial<Number>& partial = into[slot];
    const bool first = partial.present + partial.zeroed == 0;
    const Presence presence = note(partial, child[slot].state, policy);
    if (presence == Presence::absent || presence == Presence::excluded) continue;
    const Number& value = child[slot].value;
    const Number offered = presence == Presence::zero ? Number{} : value;
    if (first || (largest ? partial.best < offered : offered < partial.best)) partial.best = offered;
  }
}

template <class Number>
void add_pair(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, const Number& weight,
              MissingPolicy policy) {
  assert(into.size() == child.size());
  for (std::size_t slot = 0; slot < into.size(); ++slot) {
    Partial<Number>& partial = into[slot];
    const Operand<Number>& operand = child[slot];
    const Presence presence = note(partial, operand.state, policy);
    if (presence == Presence::excluded) continue;
    const Number known = operand.known * weight;
    add_size(partial.known_sizes, known);
    partial.known.add(known);
    if (presence == Presence::absent) continue;
    const bool present = presence == Presence::present;
    if (present) partial.numerator.add(operand.numerator * weight);
    const Number denominator = present ? operand.denominator * weight : known;
    add_size(partial.denominator_sizes, denominator);
    partial.denominator.add(denominator);
  }
}

template <class Number>
void add_pair_operand(std::span<Partial<Number>> into, std::span<const Operand<Number>> child, const Number& weight,
                      EdgeRole role) {
  assert(into.size() == child.size());
  const bool below = role == EdgeRole::denominator;
  for (std::size_t slot = 0; slot < into.size(); ++slot) {
    Partial<Number>& partial = into[slot];
    const Operand<Number>& operand = child[slot];
    ++partial.pair_operands;
    if (operand.state == CellState::value) {
      const Number term = operand.value * weight;
      if (below) add_size(partial.pair_sizes, term);
      (below ? partial.pair_denominator : partial.pair_numerator).add(term);
    } else if (operand.state == CellState::not_applicable) {
      ++partial.pair_excluded;
    } else {
      ++partial.pair_missing;
      if (below) ++partial.pair_denominators_missing;
      partial.pair_reason = more_urgent(partial.pair_reason, operand.state);
    }
  }
}

template <class Number>
void merge(Partial<Number>& first, const Partial<Number>& second, bool largest) {
  const bool has_first = first.present + first.zeroed > 0, has_second = second.present + second.zeroed > 0;
  const bool better = largest ? first.best < second.best : second.best < first.best;
  if (has_second && (!has_first || better)) first.best = second.best;
  first.total.add(second.total.value());
  first.weight.add(second.weight.value());
  first.numerator.add(second.numerator.value());
  first.denominator.add(second.denominator.value());
  first.known.add(second.known.value());
  first.pair_numerator.add(second.pair_numerator.value());
  first.pair_denominator.add(second.pair_denominator.value());
  first.denominator_sizes += second.denominator_sizes;
  first.known_sizes += second.known_sizes;
  first.pair_sizes += second.pair_sizes;
  first.pair_operands += second.pair_operands;
  first.pair_missing += second.pair_missing;
  first.pair_denominators_missing += second.pair_denominators_missing;
  first.pair_excluded += second.pair_excluded;
  first.pair_reason = more_urgent(first.pair_reason, second.pair_reason);
  first.present += second.present;
  first.absent += second.absent;
  first.zeroed += second.zeroed;
  first.reason = more_urgent(first.reason, second.reason);
}

template <class Number>
Outcome<Number> finish_sum(const Partial<Number>& partial, MissingPolicy policy) {
  Outcome<Number> outcome = begin(partial, policy);
  if (outcome.state == CellState::value) outcome.value = partial.total.value();
  return outcome;
}

template <class Number>
Outcome<Number> finish_mean(const Partial<Number>& partial, MissingPolicy policy) {
  Outcome<Number> outcome = begin(partial, policy);
  if (outcome.state != CellState::value) return outcome;
  const Number weight = partial.weight.value();
  if (sign_of(weight) == 0) {
    outcome.state = CellState::empty;  // no weight to divide by: missing, never zero
    return outcome;
  }
  outcome.value = partial.total.value() / weight;
  return outcome;
}

template <class Number>
Outcome<Number> finish_extremum(const Partial<Number>& partial, MissingPolicy policy) {
  Outcome<Number> outcome = begin(partial, policy);
  if (outcome.state == CellState::value) outcome.value = partial.best;
  return outcome;
}

template <class Number>
Outcome<Number> finish_ratio(const Partial<Number>& partial, MissingPolicy policy) {
  // The node's own operands count as one more child.
  Partial<Number> all = partial;
  if (partial.pair_operands > 0) {
    const Number own_denominator = partial.pair_denominator.value();
    CellState state = CellState::value;
    if (partial.pair_missing > 0) {
      state = partial.pair_reason;
    } else if (partial.pair_excluded > 0 || sign_of(own_denominator) == 0) {
      state = CellState::not_applicable;
    }
    // `zero` reaches a pair only through its parent: half a pair is no pair here.
    const Presence presence = note(all, state, policy == MissingPolicy::zero ? MissingPolicy::skip : policy);
    if (presence != Presence::excluded && partial.pair_denominators_missing == 0) all.known.add(own_denominator);
    if (presence == Presence::present) {
      all.numerator.add(partial.pair_numerator.value());
      all.denominator.add(own_denominator);
    }
  }
  Outcome<Number> outcome = begin(all, policy);
  outcome.known = all.known.value();
  if (outcome.state != CellState::value) return outcome;
  outcome.numerator = all.numerator.value();
  outcome.denominator = all.denominator.value();
  if (sign_of(outcome.denominator) == 0) {
    outcome.state = CellState::not_applicable;
    return outcome;
  }
  outcome.has_pair = true;
  outcome.value = outcome.numerator / outcome.denominator;
  return outcome;
}

#define JENJANG_INSTANTIATE(Number)                                                                                   \
  template void add_weighted<Number>(std::span<Partial<Number>>, std::span<const Operand<Number>>, const Number&,     \
                                     MissingPolicy);                                                                  \
  template void add_extremum<Number>(std::span<Partial<Number>>, std::span<const Operand<Number>>, bool,              \
                                     MissingPolicy);                                                                  \
  template void add_pair<Number>(std::span<Partial<Number>>, std::span<const Operand<Number>>, const Number&,         \
                                 MissingPolicy);                                                                      \
  template void add_pair_operand<Number>(std::span<Partial<Number>>, std::span<const Operand<Number>>, const Number&, \
                                         EdgeRole);                                                                   \
  template void merge<Number>(Partial<Number>&, const Partial<Number>&, bool);                                        \
  template Outcome<Number> finish_sum<Number>(const Partial<Number>&, MissingPolicy);                                 \
  template Outcome<Number> finish_mean<Number>(const Partial<Number>&, MissingPolicy);                                \
  template Outcome<Number> finish_extremum<Number>(const Partial<Number>&, MissingPolicy);                            \
  template Outcome<Number> finish_ratio<Number>(const Partial<Number>&, MissingPolicy)
JENJANG_INSTANTIATE(double);
JENJANG_INSTANTIATE(Rational);
#undef JENJANG_INSTANTIATE

}  // namespace jenjang::rollup
