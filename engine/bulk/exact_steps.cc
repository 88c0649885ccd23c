// Decisions of cells whose value and target are whole multiples of a step: most of those that a double leaves in doubt,
// since figures on target are. The same answer as ExactWalk's, in a tenth of its instructions.
#include <algorithm>
#include <cmath>

#include "engine/bulk/exact.h"
#include "engine/bulk/exact_numbers.h"

namespace jenjang::bulk {

namespace {
constexpr int kMostPlaces = 9;
constexpr std::int64_t kTens[kMostPlaces + 1] = {1,       10,        100,        1'000,       10'000,
                                                 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

// The one multiple of 10^-places within `steps` roundings of a double, counted in steps; nullopt where there may be
// two, and of what is no number. Without roundings the double nearest to a multiple is meant.
std::optional<std::int64_t> steps_in(double value, int places, double steps) {
  const double scaled = value * static_cast<double>(kTens[places]);
  if (!(std::abs(scaled) < 0x1p53) || std::abs(scaled) * steps * 0x1p-52 >= 0.25) return std::nullopt;
  return static_cast<std::int64_t>(whole_near(scaled));
}
}  // namespace

std::optional<ExactSide::Decision> ExactSide::decide_in_steps(std::uint32_t node, int lane, unsigned month) const {
  const MeasureClass& measure = plan_.measure(node);
  const AchievementSpec& spec = measure.achievement;
  const bool over = spec.formula == AchievementFormula::h1, under = spec.formula == AchievementFormula::l2;
  if (!over && !under && spec.formula != AchievementFormula::l1) return std::nullopt;
  if (measure.goal || measure.by_rule || measure.scale_on_value) return std::nullopt;
  const std::size_t leaves = plan_.leaf_count(), cell = std::size_t{node} * kMonths + month;
  int places = measure.places;
  // A leaf's figure and a target are the doubles nearest to their decimals.
  double value = figures_.value[cell], steps = 0;
  if (node >= leaves) {
    if (is_signed(node, lane, month)) return std::nullopt;
    const ClassBounds& bounds = bounds_of(node);
    if (lane == 1) value = figures_.validated_value[cell - leaves * kMonths];
    places = bounds.places;
    steps = bounds.value_steps + 4;
  } else if (measure.divided) {
    return std::nullopt;
  }
  if (std::min<int>(places, measure.places) < 0 || std::max<int>(places, measure.places) > kMostPlaces) {
    return std::nullopt;
  }
  const double target = figures_.target[cell];
  const auto reported = steps_in(value, places, steps), aimed = steps_in(target, measure.places, 0);
  if (!reported || !aimed || *aimed <= 0 || *reported < (under ? 1 : 0)) return std::nullopt;
  // A share of a parent's target need not be a multiple of any step.
  if (static_cast<double>(*aimed) / static_cast<double>(kTens[measure.places]) != target) return std::nullopt;
  // In steps of the finer of the two.
  const Int128 realised = Int128{*reported} * kTens[std::max(measure.places - places, 0)];
  const Int128 goal = Int128{*aimed} * kTens[std::max(places - measure.places, 0)];
  Fraction128 figure(100 * (over ? realised : under ? goal : 2 * goal - realised), under ? realised : goal);
  Decision decision;
  if (spec.cap) {
    const auto sign = Fraction128::compare(figure, Fraction128(*spec.cap));
    if (!sign) return std::nullopt;
    decision.limited = *sign > 0;
    if (decision.limited) figure = Fraction128(*spec.cap);
  }
  if (spec.floor && !decision.limited) {
    const auto sign = Fraction128::compare(figure, Fraction128(*spec.floor));
    if (!sign) return std::nullopt;
    decision.limited = *sign < 0;
    if (decision.limited) figure = Fraction128(*spec.floor);
  }
  const auto nearest = figure.rounded();
  if (!nearest) return std::nullopt;
  decision.figure = nearest->value;
  decision.whole = nearest->exact;
  if (measure.scale == kNoScale) return decision;
  const auto label = label_of(measure.scale, figure, nearest->value);
  if (!label) return std::nullopt;
  decision.band = *label;
  return decision;
}

}  // namespace jenjang::bulk
