// The exact side of a range: the rules of IntervalEvaluator on the children's exact ranges, with the same functions.
// What was settled in the columns (what applies, outer bounds, sums that are whole steps) is not asked again.
#include <cmath>

#include "engine/bulk/exact_walk.h"
#include "engine/bulk/interval_impl.h"

namespace jenjang::bulk {

using rollup::PairRegion;

std::optional<Decimal> Intervals::Impl::decimal_target(std::uint32_t node, double target) const {
  return whole_steps(target, plan.measure(node).places);
}

// The one multiple of the node's step within the error of a double.
std::optional<Decimal> Intervals::Impl::read_off(std::uint32_t node, double end, double error) const {
  const std::int8_t step = places[inner_of(node)];
  if (step < 0) return std::nullopt;
  const double power = ten_to(step), scaled = end * power;
  if (std::abs(scaled) > 0x1p62 || error * power + std::abs(scaled) * 0x1p-51 >= 0.25) return std::nullopt;
  return Decimal::from_parts(whole_near(scaled), step);
}

std::optional<PossibleRange> Intervals::Impl::exact_value(std::uint32_t node, std::size_t slot) const {
  if (is_leaf(node)) return leaves.exact(node, slot);
  const std::size_t inner = inner_of(node), at = inner * kMonths + slot;
  const Masks& mask = masks[inner];
  const auto has = [slot](std::uint16_t bits) { return (bits >> slot & 1U) != 0; };
  if (!has(mask.applies)) return std::nullopt;
  const bool low = !has(mask.least_open), high = !has(mask.most_open);
  PossibleRange range;
  const auto read_least = low ? read_off(node, least[at], least_error[at]) : std::nullopt;
  const auto read_most = high ? read_off(node, most[at], most_error[at]) : std::nullopt;
  if (low == read_least.has_value() && high == read_most.has_value()) {
    if (low) range.least = Rational(*read_least);
    if (high) range.most = Rational(*read_most);
  } else {
    exact_decisions.fetch_add(1, std::memory_order_relaxed);
    auto found = exact_from_children(node, slot);
    if (!found) return found;
    range = *std::move(found);
  }
  range.attained = !has(mask.outer);
  return range;
}

std::optional<PossibleRange> Intervals::Impl::exact_from_children(std::uint32_t node, std::size_t slot) const {
  const MeasureClass& measure = plan.measure(node);
  if (measure.own_first && (leaves.own_slots(measure) >> slot & 1U) != 0) return leaves.exact(node, slot);
  std::optional<PossibleRange> made;
  if (measure.aggregation == Aggregation::ratio) {
    std::vector<PairRegion> regions;
    bool own_attained = true;
    exact_pairs(node, slot, regions, own_attained);
    if (regions.empty()) return std::nullopt;
    made = rollup::quotient_range(regions);
    if (made && !own_attained) made->attained = false;
    if (made) made = rollup::times(*made, Rational(measure.factor));
    return made;
  }
  const bool share = measure.aggregation == Aggregation::share_meeting;
  const bool largest = measure.aggregation == Aggregation::maximum;
  const bool best = largest || measure.aggregation == Aggregation::minimum;
  const Rational unit(Decimal::from_parts(1, measure.weight_places));
  PossibleRange total = rollup::point(Rational());
  std::int64_t weights = 0;
  for (const Edge& edge : plan.children(node)) {
    const std::uint32_t child = edge.child();
    std::optional<PossibleRange> offered = exact_value(child, slot);
    if (offered && share) {
      offered = exact_met(node, child, slot, *offered);
    } else if (offered && measure.carry == Carry::achievement) {
      offered = exact_achieved(child, slot, *offered);
    }
    if (!offered) continue;
    if (best) {
      made = made ? rollup::extremum(*made, *offered, largest) : *offered;
    } else {
      weights += edge.weight;
      total = rollup::plus(total, rollup::times(*offered, Rational(edge.weight)));
      made = total;
    }
  }
  if (!made) return made;
  if (measure.aggregation == Aggregation::sum) {
    made = rollup::times(*made, unit);
  } else if (!best) {
    if (weights == 0) return std::nullopt;
    made = rollup::times(*made, Rational(1) / Rational(weights));
  }
  return rollup::times(*made, Rational(measure.factor));
}

rollup::QuotientLimits Intervals::Impl::exact_limits(const MeasureClass& measure) const {
  rollup::QuotientLimits limits;
  if (measure.factor.sign() <= 0) return limits;
  const Rational factor(measure.factor);
  if (measure.least_possible && measure.least_possible->sign() > 0) {
    limits.least = Rational(*measure.least_possible) / factor;
  }
  if (measure.most_possible && measure.most_possible->sign() > 0) {
    limits.most = Rational(*measure.most_possible) / factor;
  }
  return limits;
}

void Intervals::Impl::exact_pairs(std::uint32_t ratio, std::size_t slot, std::vector<PairRegion>& regions,
                                  bool& own_attained) const {
  const MeasureClass& measure = plan.measure(ratio);
  const Rational unit(Decimal::from_parts(1, measure.weight_places));
  PossibleRange sides[2] = {rollup::point(Rational()), rollup::point(Rational())};
  bool own = false, applies = true;
  for (const Edge& edge : plan.children(ratio)) {
    const std::uint32_t child = edge.child();
    const Rational weight = Rational(edge.weight) * unit;
    if (is_pair(edge)) {
      if ((masks[inner_of(child)].applies >> slot & 1U) == 0) continue;
      std::vector<PairRegion> below;
      bool ignored = true;
      exact_pairs(child, slot, below, ignored);
      if (below.empty()) {
        // An own figure that stands first has no pair: any pair.
        PossibleRange open;
        open.least = Rational();
        below.push_back(rollup::region_of(open, open, exact_limits(measure)));
      }
      for (const PairRegion& region : below) regions.push_back(rollup::scaled(region, weight));
      continue;
    }
    own = true;
    const auto value = exact_value(child, slot);
    applies = applies && value;
    if (!value) continue;
    PossibleRange& side = sides[edge.is_denominator() ? 1 : 0];
    side = rollup::plus(side, rollup::times(*value, weight));
  }
  own_attained = sides[0].attained && sides[1].attained;
  const bool nothing = sides[1].is_point() && sides[1].least->is_zero();
  if (own && applies && !nothing) regions.push_back(rollup::region_of(sides[0], sides[1], exact_limits(measure)));
}

std::optional<PossibleRange> Intervals::Impl::exact_raw(std::uint32_t node, std::size_t slot,
                                                        const PossibleRange& value) const {
  const MeasureClass& measure = plan.measure(node);
  if (measure.goal) return value;
  const double* const targets = targets_of(node);
  if (measure.achievement.formula == AchievementFormula::none || targets == nullptr || std::isnan(targets[slot])) {
    return std::nullopt;
  }
  const FlatPlan::Start* const start = measure.by_rule ? plan.start_of(node) : nullptr;
  return rollup::achievement_range(measure.achievement, measure.polarity, value,
                                   Target(decimal_near(targets[slot], measure.places)),
                                   start == nullptr ? std::nullopt : std::optional(start->value()));
}

std::optional<PossibleRange> Intervals::Impl::exact_achieved(std::uint32_t node, std::size_t slot,
                                                             const PossibleRange& value) const {
  const auto raw = exact_raw(node, slot, value);
  return raw ? std::optional(rollup::limited(plan.measure(node).achievement, *raw)) : std::nullopt;
}

std::optional<PossibleRange> Intervals::Impl::exact_met(std::uint32_t parent, std::uint32_t child, std::size_t slot,
                                                        const PossibleRange& value) const {
  std::optional<Decimal> against = plan.measure(parent).mark;
  if (!against) {
    const double* const targets = targets_of(child);
    if (targets == nullptr || std::isnan(targets[slot])) return std::nullopt;
    against = decimal_near(targets[slot], plan.measure(child).places);
  }
  PossibleRange range;
  switch (rollup::meets_range(plan.measure(child).polarity, value, Target(*against))) {
    case rollup::Met::no_target:
      return std::nullopt;
    case rollup::Met::yes:
      return rollup::point(Rational(1));
    case rollup::Met::no:
      return rollup::point(Rational());
    case rollup::Met::uncertain:
      range.least = Rational();
      range.most = Rational(1);
      range.attained = value.attained;
      break;
  }
  return range;
}

// ---- in 128 bits, where they reach ---------------------------------------------------------------

std::optional<Fraction128> Intervals::Impl::quick_end(std::uint32_t node, std::size_t slot, IntervalEnd end,
                                                      const IntervalRow& row) const {
  const bool is_most = end == IntervalEnd::most;
  const auto has = [slot](std::uint16_t bits) { return (bits >> slot & 1U) != 0; };
  if (!has(row.applies) || has(is_most ? row.most_open : row.least_open)) return std::nullopt;
  if (is_leaf(node)) return leaves.quick(node, slot, end);
  if (const auto read = read_off(node, is_most ? row.most[slot] : row.least[slot],
                                 is_most ? row.most_error[slot] : row.least_error[slot])) {
    return Fraction128(*read);
  }
  const MeasureClass& measure = plan.measure(node);
  const bool own = measure.own_first && (leaves.own_slots(measure) >> slot & 1U) != 0;
  if (own) return leaves.quick(node, slot, end);
  const bool sum = measure.aggregation == Aggregation::sum;
  if ((!sum && measure.aggregation != Aggregation::weighted_mean && measure.aggregation != Aggregation::leaf) ||
      measure.factor.sign() <= 0) {
    return std::nullopt;
  }
  Fraction128 total;
  std::int64_t weights = 0;
  for (const Edge& edge : plan.children(node)) {
    const IntervalRow below = this->row(edge.child());
    if (edge.weight < 0) return std::nullopt;
    IntervalCell cell = cell_at(below, slot);
    std::optional<Fraction128> term;
    if (measure.carry == Carry::achievement) {
      cell = achieved(edge.child(), slot, cell);
      if (cell.applies && edge.weight != 0) term = quick_achieved(edge.child(), slot, end, below, cell);
    } else if (cell.applies && edge.weight != 0) {
      term = quick_end(edge.child(), slot, end, below);
    }
    if (!cell.applies || edge.weight == 0) continue;
    if (!term) return std::nullopt;
    weights += edge.weight;
    total += *term * Fraction128(edge.weight, 1);
    if (!total.ok()) return std::nullopt;
  }
  if (sum) {
    total *= Fraction128(Decimal::from_parts(1, measure.weight_places));
  } else if (weights <= 0) {
    return std::nullopt;
  } else {
    total *= Fraction128(1, weights);
  }
  total *= Fraction128(measure.factor);
  return total.ok() ? std::optional(total) : std::nullopt;
}

// `value` of the node, `cell` its achievement in the slot.
std::optional<Fraction128> Intervals::Impl::quick_achieved(std::uint32_t node, std::size_t slot, IntervalEnd end,
                                                           const IntervalRow& value, const IntervalCell& cell) const {
  const MeasureClass& measure = plan.measure(node);
  const AchievementSpec& spec = measure.achievement;
  const bool is_most = end == IntervalEnd::most;
  if (!cell.applies || (is_most ? cell.most_open : cell.least_open)) return std::nullopt;
  std::optional<Fraction128> raw;
  if (measure.goal) {
    raw = quick_end(node, slot, end, value);
  } else if (measure.by_rule) {
    return std::nullopt;
  } else {
    const double* const targets = targets_of(node);
    const auto target = targets == nullptr || !(targets[slot] > 0) ? std::nullopt : decimal_target(node, targets[slot]);
    if (!target) return std::nullopt;
    const bool turned = spec.formula != AchievementFormula::h1;
    const IntervalEnd from = (end == IntervalEnd::most) != turned ? IntervalEnd::most : IntervalEnd::least;
    const auto hundred = Fraction128(100, 1), goal = Fraction128(*target);
    const bool open = ((from == IntervalEnd::most ? value.most_open : value.least_open) >> slot & 1U) != 0;
    const auto realised = open ? std::nullopt : quick_end(node, slot, from, value);
    if (open) {
      // A limit closed it; or T/R, which nears nought.
      if (spec.formula == AchievementFormula::l2) return std::nullopt;
      if (is_most && spec.cap) return Fraction128(*spec.cap);
      if (!is_most && spec.floor) return Fraction128(*spec.floor);
      return std::nullopt;
    }
    if (!realised) return std::nullopt;
    if (spec.formula == AchievementFormula::h1) {
      raw = hundred * *realised / goal;
    } else if (spec.formula == AchievementFormula::l1) {
      raw = Fraction128(200, 1) + (hundred * *realised / goal).negated();
    } else if (spec.formula == AchievementFormula::l2 && realised->numerator() > 0) {
      raw = hundred * goal / *realised;
    }
  }
  if (!raw || !raw->ok()) return std::nullopt;
  if (spec.cap) {
    const Fraction128 cap(*spec.cap);
    const auto sign = Fraction128::compare(*raw, cap);
    if (!sign) return std::nullopt;
    if (*sign > 0) raw = cap;
  }
  if (spec.floor) {
    const Fraction128 floor(*spec.floor);
    const auto sign = Fraction128::compare(*raw, floor);
    if (!sign) return std::nullopt;
    if (*sign < 0) raw = floor;
  }
  return raw;
}

}  // namespace jenjang::bulk
