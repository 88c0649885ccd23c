// One walk down from a cell in one kind of number: Fraction128, which may give up, or Rational.
#pragma once

#include <cmath>
#include <optional>

#include "engine/bulk/exact.h"
#include "engine/bulk/exact_achievement.h"

namespace jenjang::bulk {

// One walk down from a cell, in one kind of number.
template <class Number>
class ExactWalk {
public:
  ExactWalk(const ExactSide& side, int lane, unsigned month) : side_(side), lane_(lane), month_(month) {}

  // Of a cell with a number. nullopt: this kind of number does not reach.
  std::optional<Number> value(std::uint32_t node) {
    const FlatPlan& plan = side_.plan_;
    const MeasureClass& measure = plan.measure(node);
    if (node < plan.leaf_count()) return reported(node, measure);
    if (const auto read = read_off(double_of(node), side_.bounds_of(node).places, side_.bounds_of(node).value_steps,
                                   is_signed(node))) {
      return read;
    }
    std::optional<Number> aggregate;
    switch (measure.aggregation) {
      case Aggregation::ratio: {
        const auto above = pair(node, true), below = pair(node, false);
        if (above && below && !below->is_zero()) aggregate = *above / *below;
        break;
      }
      case Aggregation::minimum:
      case Aggregation::maximum:
        aggregate = extremum(node, measure);
        break;
      case Aggregation::sum:
        aggregate = weighted(node, measure, false);
        break;
      default:
        aggregate = weighted(node, measure, true);
        break;
    }
    if (aggregate) *aggregate *= of<Number>(measure.factor);
    return aggregate;
  }

  // The achievement before the cap; `state` when there is none.
  std::optional<Number> raw(std::uint32_t node, CellState& state, bool& refused) {
    const MeasureClass& measure = side_.plan_.measure(node);
    refused = false;
    state = CellState::value;
    if (measure.goal) return value(node);
    const double target = side_.figures_.target[std::size_t{node} * kMonths + month_];
    if (measure.achievement.formula == AchievementFormula::none || std::isnan(target)) {
      state = CellState::not_applicable;
      refused = true;
      return std::nullopt;
    }
    const auto realised = value(node);
    if (!realised) return std::nullopt;
    if (measure.by_rule) {
      const Decimal goal = decimal_near(target, measure.places);
      return achieve_by_rule(measure, side_.plan_.start_of(node), *realised, goal, state, refused);
    }
    if (const auto goal = whole_steps(target, measure.places))
      return achieve(measure, *realised, *goal, state, refused);
    return achieve_plainly(measure, *realised, number_of(target, static_cast<const Number*>(nullptr)), state, refused);
  }

  // Numerator or denominator of a ratio that has its pair.
  std::optional<Number> pair_of(std::uint32_t node, bool numerator) { return pair(node, numerator); }

  // After cap and floor. nullopt with `refused`: there is none; else this kind of number does not reach.
  std::optional<Number> figure(std::uint32_t node, CellState& state, bool& refused, bool& limited) {
    limited = refused = false;
    state = CellState::value;
    return decide(node, state, refused, limited);
  }

  // The same of a child, whose row stands: what was settled there is not settled again, so that a family whose members
  // are all at their limit, or all at 100, costs its members and not all that is below them.
  std::optional<Number> settled_figure(std::uint32_t child, bool& refused) {
    CellState state = CellState::value;
    bool limited = false;
    refused = false;
    const std::size_t leaves = side_.plan_.leaf_count();
    if (child >= leaves) {
      const InnerLane& lane = lane_ == 0 ? side_.figures_.all : side_.figures_.validated;
      const std::size_t at = (child - leaves) * kMonths + month_;
      const StateByte achieved = lane.achieved[at];
      if (cell_state(achieved) != CellState::value) {
        refused = true;
        return std::nullopt;
      }
      const AchievementSpec& spec = side_.plan_.measure(child).achievement;
      if ((achieved & kCapped) != 0) {
        const bool capped = spec.cap && (!spec.floor || lane.achievement[at] == spec.cap->to_double());
        return of<Number>(capped ? *spec.cap : *spec.floor);
      }
      if ((achieved & kExact) != 0) return number_of(lane.achievement[at], static_cast<const Number*>(nullptr));
    }
    return decide(child, state, refused, limited);
  }

private:
  std::optional<Number> decide(std::uint32_t node, CellState& state, bool& refused, bool& limited) {
    auto found = raw(node, state, refused);
    if (!found) return found;
    const AchievementSpec& spec = side_.plan_.measure(node).achievement;
    if (spec.cap) {
      const auto sign = compare(*found, of<Number>(*spec.cap));
      if (!sign) return std::nullopt;
      if (*sign > 0) {
        limited = true;
        return of<Number>(*spec.cap);
      }
    }
    if (spec.floor) {
      const auto sign = compare(*found, of<Number>(*spec.floor));
      if (!sign) return std::nullopt;
      if (*sign < 0) {
        limited = true;
        return of<Number>(*spec.floor);
      }
    }
    return found;
  }

  [[nodiscard]] double double_of(std::uint32_t node) const {
    const std::size_t leaves = side_.plan_.leaf_count();
    if (lane_ == 0 || node < leaves) return side_.figures_.value[std::size_t{node} * kMonths + month_];
    return side_.figures_.validated_value[(node - leaves) * kMonths + month_];
  }
  [[nodiscard]] bool is_signed(std::uint32_t node) const {
    return (side_.state_of(node, lane_, month_) & kSigned) != 0;
  }
  [[nodiscard]] bool present(std::uint32_t node) const {
    return cell_state(side_.state_of(node, lane_, month_)) == CellState::value;
  }

  // A leaf's figure: a multiple of the step, or the mean of up to twelve.
  [[nodiscard]] Number reported(std::uint32_t leaf, const MeasureClass& measure) const {
    if (!measure.divided) return of<Number>(decimal_of(double_of(leaf), measure.places));
    const int divisor = side_.figures_.divisor[std::size_t{leaf} * kMonths + month_];
    return of<Number>(decimal_of(double_of(leaf) * divisor, measure.places)) / whole<Number>(divisor);
  }

  // The one multiple of 10^-places within the error of a double.
  static std::optional<Number> read_off(double value, int places, double steps, bool is_signed) {
    if (places < 0 || is_signed) return std::nullopt;
    constexpr double kUnit = 0x1p-52, kMost = 0x1p62;
    const double scaled = value * ten_to(places);
    if (std::abs(scaled) > kMost || std::abs(scaled) * (steps + 4) * kUnit >= 0.25) return std::nullopt;
    return of<Number>(Decimal::from_parts(whole_near(scaled), places));
  }

  std::optional<Number> offered(std::uint32_t child, const MeasureClass& parent, bool& counts) {
    counts = true;
    if (parent.aggregation == Aggregation::share_meeting) {
      const double target = side_.figures_.target[std::size_t{child} * kMonths + month_];
      if (!present(child) || (!parent.mark && std::isnan(target))) {
        counts = false;
        return std::nullopt;
      }
      const auto met = meets(parent, child);
      if (!met) return std::nullopt;
      return whole<Number>(*met ? 1 : 0);
    }
    if (!present(child)) {
      counts = false;
      return std::nullopt;
    }
    if (parent.carry != Carry::achievement) return value(child);
    bool refused = false;
    auto found = settled_figure(child, refused);
    if (refused) counts = false;
    return found;
  }

public:
  std::optional<bool> meets(const MeasureClass& parent, std::uint32_t child) {
    const MeasureClass& measure = side_.plan_.measure(child);
    const auto realised = value(child);
    if (!realised) return std::nullopt;
    const double target = side_.figures_.target[std::size_t{child} * kMonths + month_];
    const auto goal = parent.mark ? parent.mark : whole_steps(target, measure.places);
    const auto sign =
        compare(*realised, goal ? of<Number>(*goal) : number_of(target, static_cast<const Number*>(nullptr)));
    if (!sign) return std::nullopt;
    return measure.polarity == Polarity::lower ? *sign <= 0 : *sign >= 0;
  }

private:
  std::optional<Number> weighted(std::uint32_t node, const MeasureClass& measure, bool mean) {
    Total<Number> terms;
    std::int64_t weights = 0;
    for (const Edge& edge : side_.plan_.children(node)) {
      bool counts = true;
      const auto found = offered(edge.child(), measure, counts);
      const bool zeroed = !counts && measure.missing == MissingPolicy::zero && is_empty(edge.child(), measure);
      if (!counts && !zeroed) continue;
      if (counts && !found) return std::nullopt;
      weights += edge.weight;
      if (counts) terms.add(*found * whole<Number>(edge.weight));
    }
    const Number sum = terms.take();
    if (mean) {
      if (weights == 0) return std::nullopt;
      return sum / whole<Number>(weights);
    }
    return sum * of<Number>(Decimal::from_parts(1, measure.weight_places));
  }

  [[nodiscard]] bool is_empty(std::uint32_t child, const MeasureClass& parent) const {
    const MeasureClass& below = side_.plan_.measure(child);
    if (parent.carry != Carry::achievement || child < side_.plan_.leaf_count()) {
      // Without a formula there is no achievement, so none is missing.
      const bool none = !below.goal && below.achievement.formula == AchievementFormula::none;
      if (parent.carry == Carry::achievement && none) return false;
      return cell_state(side_.state_of(child, lane_, month_)) == CellState::empty;
    }
    const InnerLane& lane = lane_ == 0 ? side_.figures_.all : side_.figures_.validated;
    return cell_state(lane.achieved[(child - side_.plan_.leaf_count()) * kMonths + month_]) == CellState::empty;
  }

  std::optional<Number> extremum(std::uint32_t node, const MeasureClass& measure) {
    std::optional<Number> best;
    for (const Edge& edge : side_.plan_.children(node)) {
      bool counts = true;
      auto found = offered(edge.child(), measure, counts);
      if (!counts) {
        if (measure.missing != MissingPolicy::zero || !is_empty(edge.child(), measure)) continue;
        found = Number{};
      }
      if (!found) return std::nullopt;
      if (best) {
        const auto sign = compare(*found, *best);
        if (!sign) return std::nullopt;
        if (measure.aggregation == Aggregation::maximum ? *sign <= 0 : *sign >= 0) continue;
      }
      best = found;
    }
    return best;
  }

  // Numerator or denominator of a ratio that has its pair.
  std::optional<Number> pair(std::uint32_t node, bool numerator) {
    const FlatPlan& plan = side_.plan_;
    const std::size_t leaves = plan.leaf_count();
    const InnerLane& lane = lane_ == 0 ? side_.figures_.all : side_.figures_.validated;
    const std::size_t row = std::size_t{plan.pair_row[node - leaves]} * kMonths + month_;
    const ClassBounds& bounds = side_.bounds_of(node);
    // The column is written after the value of the node itself was composed, before it is judged.
    if (const auto read = read_off((numerator ? lane.numerator : lane.denominator)[row], bounds.pair_places,
                                   bounds.pair_steps, is_signed(node))) {
      return read;
    }
    Total<Number> terms, own;
    bool own_complete = true;
    const MeasureClass& measure = plan.measure(node);
    for (const Edge& edge : plan.children(node)) {
      const std::uint32_t child = edge.child();
      const bool is_pair =
          child >= leaves && !edge.is_denominator() && plan.measure(child).aggregation == Aggregation::ratio;
      if (is_pair) {
        const std::size_t below = std::size_t{plan.pair_row[child - leaves]} * kMonths + month_;
        if (lane.denominator[below] == 0) continue;
        const auto found = pair(child, numerator);
        if (!found) return std::nullopt;
        terms.add(*found * whole<Number>(edge.weight));
      } else if (!present(child)) {
        own_complete = false;
      } else if (edge.is_denominator() != numerator) {
        const auto found = value(child);
        if (!found) return std::nullopt;
        own.add(*found * whole<Number>(edge.weight));
      }
    }
    // Half a pair is no pair, and one above nought is none either.
    if (own_complete && !own_is_void(node)) terms.add(own);
    return terms.take() * of<Number>(Decimal::from_parts(1, measure.weight_places));
  }
  [[nodiscard]] bool own_is_void(std::uint32_t node) const {
    double below = 0;
    for (const Edge& edge : side_.plan_.children(node)) {
      if (edge.is_denominator()) below += double_of(edge.child()) * edge.weight;
    }
    return below == 0;
  }

  const ExactSide& side_;
  int lane_;
  unsigned month_;
};

}  // namespace jenjang::bulk
