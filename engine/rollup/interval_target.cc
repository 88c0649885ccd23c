// A possible range against a target. Every formula is monotone between a few cuts (the target's ends, nought, the
// baseline), so its extremes lie at the ends of the range, at a cut, or next to one.
#include <algorithm>

#include "engine/rollup/interval_range.h"

namespace jenjang::rollup {
namespace {

std::vector<Rational> cuts_of(const Target& target, const std::optional<Decimal>& baseline) {
  std::vector<Rational> cuts{Rational()};
  if (const Decimal* number = target.number()) cuts.emplace_back(*number);
  if (const TargetRange* range = target.range()) {
    cuts.emplace_back(range->low);
    cuts.emplace_back(range->high);
  }
  if (const TargetBound* bound = target.bound()) cuts.emplace_back(bound->value);
  if (baseline) cuts.emplace_back(*baseline);
  return cuts;
}

}  // namespace

std::optional<PossibleRange> achievement_range(const AchievementSpec& spec, Polarity polarity,
                                               const PossibleRange& realised, const Target& target,
                                               const std::optional<Decimal>& baseline) {
  const auto at = [&](const Rational& value) -> std::optional<Rational> {
    const auto achieved = achieve<Rational>(spec, polarity, value, 0, target, baseline);
    return achieved.state == CellState::value ? std::optional(achieved.raw) : std::nullopt;
  };
  const std::vector<Rational> points = samples(realised, cuts_of(target, baseline));
  PossibleRange range;
  range.attained = realised.attained;
  bool any = false;
  for (const Rational& value : points) {
    const auto here = at(value);
    if (!here) continue;
    if (!any || *here < *range.least) range.least = here;
    if (!any || *range.most < *here) range.most = here;
    any = true;
  }
  if (!any) return std::nullopt;
  // A target of nought is met or missed, by whatever formula.
  const Decimal* const number = target.number();
  const bool inverse = spec.formula == AchievementFormula::l2 && !(number != nullptr && number->is_zero());
  // Towards an open end: still rising or falling beyond the last cut.
  const auto open_end = [&](const Rational& near, const Rational& far) {
    const auto first = at(near), second = at(far);
    if (!first || !second || *first == *second) return;
    if (*first < *second) {
      range.most.reset();
    } else if (inverse) {
      range.least = std::min(*range.least, Rational());  // T/R nears nought and never is
      range.attained = false;
    } else {
      range.least.reset();
    }
  };
  if (!realised.most) open_end(points[points.size() - 2], points.back());
  if (!realised.least) open_end(points[1], points[0]);
  // T/R has no largest value where R may come near nought from above.
  const bool near_zero =
      (!realised.least || realised.least->sign() <= 0) && (!realised.most || realised.most->sign() > 0);
  if (inverse && near_zero) range.most.reset();
  return range;
}

PossibleRange limited(const AchievementSpec& spec, const PossibleRange& raw) {
  PossibleRange range = raw;
  if (spec.cap) {
    const Rational cap(*spec.cap);
    if (!range.most || cap < *range.most) range.most = cap;
    if (range.least && cap < *range.least) range.least = cap;
  }
  if (spec.floor) {
    const Rational floor(*spec.floor);
    if (!range.least || *range.least < floor) range.least = floor;
    if (range.most && *range.most < floor) range.most = floor;
  }
  return range;
}

Met meets_range(Polarity polarity, const PossibleRange& realised, const Target& target) {
  std::optional<Met> all;
  for (const Rational& value : samples(realised, cuts_of(target, std::nullopt))) {
    const Met here = meets<Rational>(polarity, value, 0, target);
    if (here == Met::no_target) return here;
    if (all && *all != here) return Met::uncertain;
    all = here;
  }
  return all.value_or(Met::no_target);
}

}  // namespace jenjang::rollup
