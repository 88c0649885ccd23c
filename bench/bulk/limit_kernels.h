// The hand-written sweep: what a good engineer writes in a day for these columns, in plain doubles.
//
// One pass a node: its children's rows are pulled, both lanes at once, and a leaf's band is found while its row is in
// registers for the parent that owns it. Compiled once for each kind of rows. No error bounds and no exact side: on a
// cut the last bit of a double decides.
#pragma once

#include <type_traits>

#include "bulk/limit_view.h"
#if defined(JENJANG_LIMIT_LANES)
#include "bulk/limit_rows_plain.h"
#else
#include "bulk/limit_rows_wide.h"
#endif

namespace jenjang::bench::JENJANG_LIMIT_ROWS {

using bulk::Edge;

inline constexpr std::size_t kRow = bulk::kMonths;
inline constexpr int kValue = 0, kNotApplicable = 1, kEmpty = 5, kStates = 7;
inline constexpr int kTouched = bulk::kUnvalidated | bulk::kSigned;

// A figure against its target.
struct Achieved {
  Row figure;
  Bytes state;
  Mask limited;
};

inline Achieved achieve(const LimitClass& c, Row value, Bytes state, Row target) {
  Achieved result{value, state, 0};
  if (!c.goal) {
    if (c.formula == AchievementFormula::none) return {splat(0), splat_bytes(kNotApplicable), 0};
    const Mask number = is(state, kValue);
    Mask known = number & equal(target, target);
    const Row hundred = splat(100), nought = splat(0);
    const Mask positive = less(nought, target);
    if (c.formula == AchievementFormula::h1) {
      result.figure = hundred * value / target;
      if ((known & ~positive) != 0) {  // a negative target: H1 counts the distance
        const Mask negative = less(target, nought);
        result.figure = pick(negative, hundred + hundred * (value - target) / absolute(target), result.figure);
      }
    } else if (c.formula == AchievementFormula::l1) {
      result.figure = hundred - hundred * (value - target) / absolute(target);
    } else {
      const Mask sensible = less(nought, value) & (positive | equal(target, nought));
      result.figure = hundred * target / value;
      known &= sensible | equal(target, nought);
    }
    if ((known & ~positive) != 0) {
      const Mask zero = known & equal(target, nought);
      if (zero != 0) {
        const bool judges = c.zero_rule == ZeroTargetRule::met_or_missed && c.polarity != Polarity::higher &&
                            c.polarity != Polarity::context;
        const Mask met = c.polarity == Polarity::lower ? ~less(nought, value) : equal(value, nought);
        result.figure = pick(zero, keep(met & kEvery, hundred), result.figure);
        if (!judges) known &= ~zero;
      }
    }
    result.state = pick(known, splat_bytes(kValue), pick(number, splat_bytes(kNotApplicable), state));
  }
  const Mask known = is(result.state, kValue);
  if (c.limited) {
    const Row cap = splat(c.cap), floor = splat(c.floor);
    const Mask above = less(cap, result.figure), below = less(result.figure, floor);
    result.figure = pick(above, cap, pick(below, floor, result.figure));
    result.limited = (above | below) & known;
  }
  result.figure = keep(known, result.figure);
  return result;
}

inline Bytes band(const LimitClass& c, Row value, Bytes state, const Achieved& achieved) {
  if (c.bands == 0) return splat_bytes(-1);
  const Row figure = c.scale_on_value ? value : achieved.figure;
  Mask known = is(c.scale_on_value ? state : achieved.state, kValue);
  Places below;
  for (int i = 0; i < c.cuts; ++i) below = count_below(below, figure, c.cut[i]);
  const Bytes place = to_bytes(below);
  if (c.cuts == c.bands) known &= ~is(place, c.bands);
  if (c.has_domain) known &= ~less(figure, splat(c.domain_low)) & less(figure, splat(c.domain_high));
  return pick(known, place, splat_bytes(-1));
}

inline void leaf_band(const LimitView& v, std::uint32_t leaf) {
  const LimitClass& c = v.classes[v.class_of[leaf]];
  const std::size_t at = leaf * kRow;
  if (c.bands == 0) {
    store_bytes(v.band + at, splat_bytes(-1));
    return;
  }
  const Row value = load(v.value + at);
  const Bytes state = load_bytes(v.state + at) & splat_bytes(kStates);
  const Achieved achieved =
      c.scale_on_value ? Achieved{value, state, 0} : achieve(c, value, state, load(v.target + at));
  store_bytes(v.band + at, band(c, value, state, achieved));
}

// What one child offers in one lane.
struct Offer {
  Row value;
  Bytes state, flags;
};

// One lane of a node in work.
struct Sums {
  Row total, weight, best, numerator, denominator, known, own_denominator, covered_weight, expected_weight;
  Bytes reason, flags;
  Mask present, zeroed, own_missing, own_excluded, own_blind;
  Counts covered, expected;
};

enum class Kind { sum, mean, extremum, meeting, pairs, own_pair };

// Sums are members of their own, not an array: they have to stay in registers.
template <Kind kKind, bool kFull, int kLanesOf>
struct Node {
  const LimitView& v;
  const LimitClass& c;
  Sums all, validated;

  Node(const LimitView& view, const LimitClass& measure) : v(view), c(measure) {}

  static inline __attribute__((always_inline)) void begin(Sums& s) {
    const Row nought = splat(0);
    s.total = s.weight = s.best = s.numerator = s.denominator = s.known = s.own_denominator = nought;
    s.covered_weight = s.expected_weight = nought;
    s.reason = splat_bytes(kNotApplicable);
    s.flags = splat_bytes(0);
    s.present = s.zeroed = s.own_missing = s.own_excluded = s.own_blind = 0;
    s.covered = s.expected = no_counts();
  }

  inline __attribute__((always_inline)) void meet(Offer& offer, const LimitClass& of, Row target) const {
    const Mask number = is(offer.state, kValue);
    const Mask asked = number & equal(target, target);
    const Mask met = of.polarity == Polarity::lower ? ~less(target, offer.value)
                     : of.polarity == Polarity::range || of.polarity == Polarity::stabilise
                         ? equal(offer.value, target)
                         : ~less(offer.value, target);
    offer.value = keep(asked & met, splat(1));
    offer.state = pick(number & ~asked, splat_bytes(kNotApplicable), offer.state);
  }

  // Adds an offer; `count` and `weights` of the child's coverage: 1 for a leaf.
  template <bool kLeaf>
  inline __attribute__((always_inline)) void add(Sums& s, const Edge& edge, Offer offer, int lane, std::size_t inner) {
    const Row weight = splat(static_cast<double>(edge.weight));
    Bytes state = offer.state;
    const Mask here = is(state, kValue);
    s.flags = s.flags | keep(here, offer.flags);
    if constexpr (kKind == Kind::own_pair) {
      const bool below = (edge.child_and_role & Edge::kDenominator) != 0;
      const Row term = offer.value * weight;
      if (below) {
        s.own_denominator = add_where(here, s.own_denominator, term);
      } else {
        s.numerator = add_where(here, s.numerator, term);
      }
      const Mask excluded = is(state, kNotApplicable), missing = kEvery & ~(here | excluded);
      s.own_excluded |= excluded;
      s.own_missing |= missing;
      if (below) s.own_blind |= missing;
      s.reason = most(s.reason, state);
      return;
    }
    Mask counts = here;
    if (c.missing == MissingPolicy::zero) {
      const Mask zeroed = is(state, kEmpty);
      s.zeroed |= zeroed;
      counts |= zeroed;
      state = pick(zeroed, splat_bytes(kValue), state);
    }
    s.reason = most(s.reason, state);
    if constexpr (kKind == Kind::sum) {
      s.total = s.total + offer.value * weight;  // a cell without a number holds 0
    } else if constexpr (kKind == Kind::mean || kKind == Kind::meeting) {
      s.total = s.total + offer.value * weight;
      s.weight = add_where(counts, s.weight, weight);
    } else if constexpr (kKind == Kind::extremum) {
      const bool largest = c.aggregation == Aggregation::maximum;
      const Mask better = largest ? less(s.best, offer.value) : less(offer.value, s.best);
      s.best = pick(counts & (better | ~s.present), offer.value, s.best);
    }
    s.present |= counts;
    if constexpr (kFull) {
      const Mask due = kEvery & ~is(offer.state, kNotApplicable);
      if constexpr (kLeaf) {
        s.covered = add_where(here, s.covered, widen(splat_bytes(1)));
        s.expected = add_where(due, s.expected, widen(splat_bytes(1)));
        if constexpr (kKind == Kind::mean) {
          s.covered_weight = add_where(here, s.covered_weight, weight);
          s.expected_weight = add_where(due, s.expected_weight, weight);
        }
      } else {
        const LimitLane& l = v.lane[lane];
        const Counts expected = load_counts(l.expected + inner);
        s.covered = add_where(here, s.covered, load_counts(l.covered + inner));
        s.expected = add_where(due, s.expected, expected);
        if constexpr (kKind == Kind::mean) {
          s.expected_weight = add_where(due & ~is_nought(expected), s.expected_weight, weight);
          const Row known = load(l.expected_weight + inner);
          s.covered_weight = add_where(here & less(splat(0), known), s.covered_weight,
                                       weight * (load(l.covered_weight + inner) / known));
        } else if constexpr (kKind == Kind::pairs) {
          s.covered_weight = add_where(here, s.covered_weight, weight * load(l.covered_weight + inner));
        }
      }
    }
  }

  inline __attribute__((always_inline)) void pull_leaf(const Edge& edge, std::uint32_t child, std::uint32_t node) {
    const std::size_t at = child * kRow;
    const Row value = load(v.value + at);
    const Bytes bytes = load_bytes(v.state + at);
    const Bytes state = bytes & splat_bytes(kStates);
    const LimitClass& of = v.classes[v.class_of[child]];
    const bool owns = kFull && kBandsOfLeaves && v.owner[child] == node;
    Offer offer{value, state, bytes & splat_bytes(kTouched)};
    const bool carries = kKind != Kind::meeting && c.carry == Carry::achievement;
    Achieved achieved{value, state, 0};
    if (carries || (owns && of.bands != 0 && !of.scale_on_value)) {
      achieved = achieve(of, value, state, load(v.target + at));
    }
    if (owns) store_bytes(v.band + at, band(of, value, state, achieved));
    if (carries) {
      offer.value = achieved.figure;
      offer.state = achieved.state;
    }
    if constexpr (kKind == Kind::meeting) meet(offer, of, load(v.target + at));
    add<true>(all, edge, offer, 0, 0);
    if constexpr (kLanesOf == 2) {
      const Mask waiting = has(bytes, bulk::kUnvalidated);
      if (waiting != 0) {
        offer.value = keep(~waiting & kEvery, offer.value);
        offer.state = pick(waiting, upper_state(bytes), offer.state);
      }
      add<true>(validated, edge, offer, 1, 0);
    }
  }

  inline __attribute__((always_inline)) void pull_inner(Sums& s, int lane, const Edge& edge, std::uint32_t child) {
    const std::size_t inner = (child - v.leaf_count) * kRow;
    const LimitLane& l = v.lane[lane];
    const Bytes bytes = load_bytes(l.state + inner);
    Offer offer{splat(0), bytes & splat_bytes(kStates), bytes & splat_bytes(kTouched | bulk::kPartial)};
    if constexpr (kKind == Kind::pairs) {
      const std::size_t row = v.pair_row[child - v.leaf_count] * kRow;
      const Row numerator = load(l.numerator + row), denominator = load(l.denominator + row);
      const Row weight = splat(static_cast<double>(edge.weight));
      const Mask whole = ~equal(denominator, splat(0)) & kEvery;
      offer.state = pick(whole, splat_bytes(kValue), pick(is(offer.state, kValue), splat_bytes(kEmpty), offer.state));
      s.numerator = s.numerator + numerator * weight;
      s.denominator = s.denominator + denominator * weight;
      const Row told = kFull ? load(l.expected_weight + inner) : denominator;
      const Mask told_of = kEvery & ~is(offer.state, kNotApplicable);
      s.known = add_where(told_of, s.known, told * weight);
      if (c.missing == MissingPolicy::zero) {
        s.denominator = add_where(is(offer.state, kEmpty), s.denominator, told * weight);
      }
    } else if (kKind != Kind::meeting && c.carry == Carry::achievement) {
      if constexpr (kFull) {
        offer.value = load(l.achievement + inner);
        offer.state = load_bytes(l.achieved + inner) & splat_bytes(kStates);
      } else {
        const Achieved achieved =
            achieve(v.classes[v.class_of[child]], load(l.value + inner), offer.state, load(v.target + child * kRow));
        offer.value = achieved.figure;
        offer.state = achieved.state;
      }
    } else {
      offer.value = load(l.value + inner);
      if constexpr (kKind == Kind::meeting) {
        meet(offer, v.classes[v.class_of[child]], load(v.target + child * kRow));
      }
    }
    add<false>(s, edge, offer, lane, inner);
  }

  // The pair of own operands: one report, one child.
  inline __attribute__((always_inline)) void close_own_pair(Sums& s) const {
    const Mask nought = equal(s.own_denominator, splat(0));
    const Mask excluded = ~s.own_missing & (s.own_excluded | nought) & kEvery;
    const Mask here = kEvery & ~(s.own_missing | excluded);
    s.reason = pick(s.own_missing, s.reason, splat_bytes(kNotApplicable));
    s.present = here;
    s.known = keep(kEvery & ~(excluded | s.own_blind), s.own_denominator);
    s.numerator = keep(here, s.numerator);
    s.denominator = keep(here, s.own_denominator);
    s.covered = add_where(here, s.covered, widen(splat_bytes(1)));
    s.expected = add_where(kEvery & ~excluded, s.expected, widen(splat_bytes(1)));
    s.covered_weight = s.denominator;
  }

  inline __attribute__((always_inline)) void finish(Sums& s, int lane, std::uint32_t node) {
    const LimitLane& l = v.lane[lane];
    const std::size_t at = (node - v.leaf_count) * kRow;
    constexpr bool kRatio = kKind == Kind::pairs || kKind == Kind::own_pair;
    if constexpr (kKind == Kind::own_pair) close_own_pair(s);
    const Mask absent = ~is(s.reason, kNotApplicable) & ~is(s.reason, kValue) & kEvery;
    Mask number = s.present;
    if (c.missing == MissingPolicy::strict) number &= ~absent;
    Bytes state = pick(number, splat_bytes(kValue), s.reason);
    Row value = s.total;
    if constexpr (kKind == Kind::mean || kKind == Kind::meeting) {
      const Mask weightless = number & equal(s.weight, splat(0));
      state = pick(weightless, splat_bytes(kEmpty), state);
      number &= ~weightless;
      value = s.total / s.weight;
    } else if constexpr (kKind == Kind::extremum) {
      value = s.best;
    } else if constexpr (kRatio) {
      const Mask undivided = number & equal(s.denominator, splat(0));
      state = pick(undivided, splat_bytes(kNotApplicable), state);
      number &= ~undivided;
      value = s.numerator / s.denominator;
      const std::size_t row = v.pair_row[node - v.leaf_count] * kRow;
      const Row unit = splat(c.weight_unit);
      store(l.numerator + row, keep(number, s.numerator * unit));
      store(l.denominator + row, keep(number, s.denominator * unit));
    }
    value = keep(number, value * splat(c.factor));
    const Bytes flags = s.flags | keep(absent | s.zeroed, splat_bytes(bulk::kPartial));
    store(l.value + at, value);
    store_bytes(l.state + at, state | flags);
    if constexpr (kFull) {
      const Achieved achieved = achieve(c, value, state, load(v.target + node * kRow));
      store(l.achievement + at, achieved.figure);
      store_bytes(l.achieved + at, achieved.state | keep(achieved.limited, splat_bytes(bulk::kCapped)));
      store_bytes(l.band + at, band(c, value, state, achieved));
      store_counts(l.covered + at, s.covered);
      store_counts(l.expected + at, s.expected);
      if constexpr (kKind == Kind::mean) {
        store(l.covered_weight + at, s.covered_weight * splat(c.weight_unit));
        store(l.expected_weight + at, s.expected_weight * splat(c.weight_unit));
      } else if constexpr (kRatio) {
        store(l.covered_weight + at, s.covered_weight * splat(c.weight_unit));
        // Of both lanes the denominators that the full one knows: a share of all there is.
        store(l.expected_weight + at,
              lane == 0 ? s.known * splat(c.weight_unit) : load(v.lane[0].expected_weight + at));
      } else {
        store(l.covered_weight + at, to_row(s.covered));
        store(l.expected_weight + at, to_row(s.expected));
      }
    }
  }

  inline __attribute__((always_inline)) void run(std::uint32_t node) {
    begin(all);
    if constexpr (kLanesOf == 2) begin(validated);
    const Edge* edge = v.edges + v.edge_begin[node - v.leaf_count];
    const Edge* const end = v.edges + v.edge_begin[node - v.leaf_count + 1];
    for (; edge != end; ++edge) {
      const std::uint32_t child = edge->child_and_role & ~Edge::kDenominator;
      if (child < v.leaf_count) {
        if constexpr (kKind != Kind::pairs) pull_leaf(*edge, child, node);
      } else {
        pull_inner(all, 0, *edge, child);
        if constexpr (kLanesOf == 2) pull_inner(validated, 1, *edge, child);
      }
    }
    finish(all, 0, node);
    if constexpr (kLanesOf == 2) finish(validated, 1, node);
  }
};

template <Kind kKind, bool kFull, int kLanesOf>
__attribute__((noinline)) void sweep_node(const LimitView& v, const LimitClass& c, std::uint32_t node) {
  Node<kKind, kFull, kLanesOf>(v, c).run(node);
}

template <bool kFull, int kLanesOf>
void sweep(const LimitView& v, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t node = first; node < last; ++node) {
    const LimitClass& c = v.classes[v.class_of[node]];
    switch (c.aggregation) {
      case Aggregation::weighted_mean:
        sweep_node<Kind::mean, kFull, kLanesOf>(v, c, node);
        break;
      case Aggregation::minimum:
      case Aggregation::maximum:
        sweep_node<Kind::extremum, kFull, kLanesOf>(v, c, node);
        break;
      case Aggregation::share_meeting:
        sweep_node<Kind::meeting, kFull, kLanesOf>(v, c, node);
        break;
      case Aggregation::ratio:
        if (c.of_pairs) {
          sweep_node<Kind::pairs, kFull, kLanesOf>(v, c, node);
        } else {
          sweep_node<Kind::own_pair, kFull, kLanesOf>(v, c, node);
        }
        break;
      default:
        sweep_node<Kind::sum, kFull, kLanesOf>(v, c, node);
        break;
    }
  }
}

}  // namespace jenjang::bench::JENJANG_LIMIT_ROWS
