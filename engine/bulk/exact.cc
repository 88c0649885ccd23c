#include "engine/bulk/exact.h"

#include <cmath>

#include "jenjang/rollup/rollup.h"

namespace jenjang::bulk {
namespace {

Decimal decimal_of(double value, int places) {
  // A leaf's figure is the double nearest to a multiple of the step: the product is within half of it.
  const double steps = value * std::pow(10.0, places);
  return Decimal::from_parts(static_cast<Int128>(std::llround(steps)), places);
}

Fraction128 number(const Decimal& value, const Fraction128*) {
  return Fraction128(value);
}
Rational number(const Decimal& value, const Rational*) {
  return Rational(value);
}
template <class Number>
Number of(const Decimal& value) {
  return number(value, static_cast<const Number*>(nullptr));
}
template <class Number>
Number whole(std::int64_t value) {
  return of<Number>(Decimal(value));
}

// Sign of a - b, nullopt when this kind of number cannot tell.
std::optional<int> compare(const Fraction128& a, const Fraction128& b) {
  return Fraction128::compare(a, b);
}
std::optional<int> compare(const Rational& a, const Rational& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// The number that a double is; the exponent of what is asked here is small.
Fraction128 number_of(double value, const Fraction128*) {
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  auto num = static_cast<Int128>(std::ldexp(mantissa, 53));
  exponent -= 53;
  while (exponent < 0 && num != 0 && (num & 1) == 0) {
    num >>= 1;
    ++exponent;
  }
  if (num == 0) return Fraction128();
  if (exponent < -100 || exponent > 60) return Fraction128(0, 0);
  return exponent < 0 ? Fraction128(num, Int128{1} << -exponent) : Fraction128(num << exponent, 1);
}
Rational number_of(double value, const Rational*) {
  return Rational::from_double(value);
}

// Sums: few terms in 128 bits; Rationals by halves, so that thousands of denominators meet in a tree of products.
Fraction128 total(std::vector<Fraction128>& terms) {
  Fraction128 sum;
  for (const Fraction128& term : terms) sum += term;
  return sum;
}
Rational total(std::vector<Rational>& terms) {
  for (std::size_t size = terms.size(); size > 1; size = (size + 1) / 2) {
    for (std::size_t i = 0; i < size / 2; ++i) terms[i] += terms[size - 1 - i];
  }
  return terms.empty() ? Rational() : terms.front();
}

}  // namespace

// One walk down from a cell, in one kind of number.
template <class Number>
class ExactWalk {
public:
  ExactWalk(const ExactSide& side, int lane, unsigned month) : side_(side), lane_(lane), month_(month) {}

  // Of a cell with a number. nullopt: this kind of number does not reach.
  std::optional<Number> value(std::uint32_t node) {
    const FlatPlan& plan = side_.plan_;
    const MeasureClass& measure = plan.measure(node);
    if (node < plan.leaf_count()) return of<Number>(decimal_of(double_of(node), measure.places));
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
    const Decimal goal = decimal_of(target, measure.places);
    return achieve(measure, *realised, goal, state, refused);
  }

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

  // The one multiple of 10^-places within the error of a double.
  static std::optional<Number> read_off(double value, int places, double steps, bool is_signed) {
    if (places < 0 || is_signed) return std::nullopt;
    constexpr double kUnit = 0x1p-52, kMost = 0x1p62;
    const double scaled = value * std::pow(10.0, places);
    if (std::abs(scaled) > kMost || std::abs(scaled) * (steps + 4) * kUnit >= 0.25) return std::nullopt;
    return of<Number>(Decimal::from_parts(static_cast<Int128>(std::llround(scaled)), places));
  }

  std::optional<Number> offered(std::uint32_t child, const MeasureClass& parent, bool& counts) {
    counts = true;
    if (parent.aggregation == Aggregation::share_meeting) {
      const double target = side_.figures_.target[std::size_t{child} * kMonths + month_];
      if (!present(child) || std::isnan(target)) {
        counts = false;
        return std::nullopt;
      }
      const auto met = meets(child);
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
  std::optional<bool> meets(std::uint32_t child) {
    const MeasureClass& measure = side_.plan_.measure(child);
    const auto realised = value(child);
    if (!realised) return std::nullopt;
    const double target = side_.figures_.target[std::size_t{child} * kMonths + month_];
    const auto sign = compare(*realised, of<Number>(decimal_of(target, measure.places)));
    if (!sign) return std::nullopt;
    return measure.polarity == Polarity::lower ? *sign <= 0 : *sign >= 0;
  }

private:
  std::optional<Number> weighted(std::uint32_t node, const MeasureClass& measure, bool mean) {
    std::vector<Number> terms;
    std::int64_t weights = 0;
    for (const Edge& edge : side_.plan_.children(node)) {
      bool counts = true;
      const auto found = offered(edge.child(), measure, counts);
      const bool zeroed = !counts && measure.missing == MissingPolicy::zero && is_empty(edge.child(), measure);
      if (!counts && !zeroed) continue;
      if (counts && !found) return std::nullopt;
      weights += edge.weight;
      if (counts) terms.push_back(*found * whole<Number>(edge.weight));
    }
    Number sum = total(terms);
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
    std::vector<Number> terms, own;
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
        terms.push_back(*found * whole<Number>(edge.weight));
      } else if (!present(child)) {
        own_complete = false;
      } else if (edge.is_denominator() != numerator) {
        const auto found = value(child);
        if (!found) return std::nullopt;
        own.push_back(*found * whole<Number>(edge.weight));
      }
    }
    // Half a pair is no pair, and one above nought is none either.
    if (own_complete && !own_is_void(node)) terms.insert(terms.end(), own.begin(), own.end());
    return total(terms) * of<Number>(Decimal::from_parts(1, measure.weight_places));
  }
  [[nodiscard]] bool own_is_void(std::uint32_t node) const {
    double below = 0;
    for (const Edge& edge : side_.plan_.children(node)) {
      if (edge.is_denominator()) below += double_of(edge.child()) * edge.weight;
    }
    return below == 0;
  }

  std::optional<Fraction128> achieve(const MeasureClass& measure, const Fraction128& realised, const Decimal& target,
                                     CellState&, bool&) {
    // The plain case of each formula; anything odd is for the named definition on Rationals.
    const Fraction128 goal(target), zero;
    if (target.sign() <= 0 || Fraction128::compare(realised, zero).value_or(-1) < 0) return std::nullopt;
    const Fraction128 hundred(100, 1);
    switch (measure.achievement.formula) {
      case AchievementFormula::h1:
        return hundred * realised / goal;
      case AchievementFormula::l1:
        return hundred * (Fraction128(2, 1) * goal + realised.negated()) / goal;
      case AchievementFormula::l2:
        if (realised.is_zero()) return std::nullopt;
        return hundred * goal / realised;
      default:
        return std::nullopt;
    }
  }
  std::optional<Rational> achieve(const MeasureClass& measure, const Rational& realised, const Decimal& target,
                                  CellState& state, bool& refused) {
    const AchievementOutcome outcome =
        achievement_exact(measure.achievement, measure.polarity, realised, Target(target), std::nullopt);
    state = outcome.state;
    refused = !outcome.raw;
    return outcome.raw;
  }

  const ExactSide& side_;
  int lane_;
  unsigned month_;
};

ExactSide::ExactSide(const FlatPlan& plan, const Figures& figures) : plan_(plan), figures_(figures) {
  for (const Scale& scale : plan.scales) {
    Thresholds cuts = thresholds_of(scale);
    Table& table = tables_.emplace_back();
    table.labels = std::move(cuts.labels);
    for (const HalfLine& line : cuts.reached) {
      const auto decimal = line.bound.to_decimal();
      // A pre-image is a decimal; were it none, the quick side says that it cannot tell.
      table.cuts.push_back({line.bound, decimal ? Fraction128(*decimal) : Fraction128(0, 0), line.inclusive});
    }
  }
}

StateByte ExactSide::state_of(std::uint32_t node, int lane, unsigned month) const {
  const std::size_t leaves = plan_.leaf_count();
  if (node >= leaves && lane == 1) return figures_.validated_state[(node - leaves) * kMonths + month];
  const StateByte byte = figures_.state[std::size_t{node} * kMonths + month];
  if (node >= leaves || lane == 0) return node < leaves ? byte & (kStateMask | kUnvalidated | kSigned) : byte;
  const bool waits = (byte & kUnvalidated) != 0 && (byte & kStateMask) == 0;
  return waits ? static_cast<StateByte>((byte >> 4) & kStateMask) : byte & (kStateMask | kSigned);
}

const ClassBounds& ExactSide::bounds_of(std::uint32_t node) const {
  std::size_t level = 0;
  while (plan_.level_begin[level + 1] <= node) ++level;
  return plan_.bounds[level * plan_.classes.size() + plan_.class_of[node]];
}

Rational ExactSide::value(std::uint32_t node, int lane, unsigned month) const {
  return ExactWalk<Rational>(*this, lane, month).value(node).value_or(Rational());
}

std::optional<ExactSide::Decision> ExactSide::decide(std::uint32_t node, int lane, unsigned month) const {
  const MeasureClass& measure = plan_.measure(node);
  ExactWalk<Fraction128> walk(*this, lane, month);
  Decision decision;
  bool refused = false;
  const auto figure = walk.figure(node, decision.state, refused, decision.limited);
  if (!figure && !refused) return std::nullopt;
  if (figure) {
    const auto rounded = figure->to_double();
    if (!rounded) return std::nullopt;
    decision.figure = *rounded;
    decision.whole = compare(*figure, number_of(*rounded, static_cast<const Fraction128*>(nullptr))) == 0;
  }
  if (measure.scale == kNoScale) return decision;
  const auto by_value = measure.scale_on_value ? walk.value(node) : std::nullopt;
  if (measure.scale_on_value && !by_value) return std::nullopt;
  if (!measure.scale_on_value && !figure) return decision;
  const Fraction128& judged = measure.scale_on_value ? *by_value : *figure;
  const Table& table = tables_[measure.scale];
  std::size_t place = 0;
  for (const Cut& cut : table.cuts) {
    const auto sign = Fraction128::compare(judged, cut.quick);
    if (!sign) return std::nullopt;
    if (*sign > 0 || (*sign == 0 && cut.inclusive)) break;
    ++place;
  }
  decision.band = table.labels[place];
  return decision;
}

ExactSide::Decision ExactSide::decide_slowly(std::uint32_t node, int lane, unsigned month) const {
  const MeasureClass& measure = plan_.measure(node);
  ExactWalk<Rational> walk(*this, lane, month);
  Decision decision;
  bool refused = false;
  const auto figure = walk.figure(node, decision.state, refused, decision.limited);
  if (figure) {
    decision.figure = figure->to_double();
    decision.whole = *figure == Rational::from_double(decision.figure);
  }
  if (!figure && decision.state == CellState::value) decision.state = CellState::not_applicable;
  if (measure.scale == kNoScale) return decision;
  const auto judged = measure.scale_on_value ? walk.value(node) : figure;
  if (!judged) return decision;
  const Table& table = tables_[measure.scale];
  std::size_t place = 0;
  for (const Cut& cut : table.cuts) {
    if (cut.bound < *judged || (cut.inclusive && cut.bound == *judged)) break;
    ++place;
  }
  decision.band = table.labels[place];
  return decision;
}

void ExactSide::settle(void* context, std::uint32_t node, int lane, unsigned months, double* achievement,
                       std::uint8_t* achieved, std::int8_t* band, std::uint8_t* state) {
  auto& side = *static_cast<ExactSide*>(context);
  const bool measured =
      side.plan_.measure(node).goal || side.plan_.measure(node).achievement.formula != AchievementFormula::none;
  std::uint64_t decided = 0;
  for (; months != 0; months &= months - 1, ++decided) {
    const auto month = static_cast<unsigned>(__builtin_ctz(months));
    const auto quick = side.decide(node, lane, month);
    const Decision decision = quick ? *quick : side.decide_slowly(node, lane, month);
    if (measured) {
      achievement[month] = decision.figure;
      const int flags = (decision.limited ? kCapped : 0) | (decision.whole && state != nullptr ? kExact : 0);
      achieved[month] = static_cast<StateByte>(state_byte(decision.state) | flags);
    }
    if (band != nullptr) band[month] = decision.band;
    if (state != nullptr) state[month] |= kExact;
  }
  side.decisions_.fetch_add(decided, std::memory_order_relaxed);
}

bool ExactSide::meets(void* context, std::uint32_t child, int lane, unsigned month) {
  auto& side = *static_cast<ExactSide*>(context);
  side.decisions_.fetch_add(1, std::memory_order_relaxed);
  if (const auto quick = ExactWalk<Fraction128>(side, lane, month).meets(child)) return *quick;
  return ExactWalk<Rational>(side, lane, month).meets(child).value_or(false);
}

}  // namespace jenjang::bulk
