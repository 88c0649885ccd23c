#include "engine/workspace/flat_grid.h"

#include <algorithm>
#include <cmath>

#include "jenjang/rollup/rollup.h"

namespace jenjang {
namespace {

using bulk::cell_state;
using bulk::ClassBounds;
using bulk::kMonths;
using bulk::LaneView;
using bulk::MeasureClass;
using bulk::StateByte;

constexpr double kUnit = 0x1p-52;
constexpr double kScales[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                              1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
constexpr std::int64_t kPowers[] = {1,
                                    10,
                                    100,
                                    1000,
                                    10000,
                                    100000,
                                    1000000,
                                    10000000,
                                    100000000,
                                    1000000000,
                                    10000000000,
                                    100000000000,
                                    1000000000000,
                                    10000000000000,
                                    100000000000000,
                                    1000000000000000,
                                    10000000000000000,
                                    100000000000000000,
                                    1000000000000000000};

}  // namespace

void FlatGrid::add_lane(Lane lane, const bulk::FlatPlan& plan, bulk::Figures& figures, bool second,
                        bulk::LaneOrigins origins, const bulk::Column<std::uint8_t>* leaf_months) {
  lanes_[index(lane)].emplace(plan, figures, second, std::move(origins), leaf_months);
}

const ClassBounds& FlatGrid::bounds_of(std::uint32_t node) const {
  const bulk::FlatPlan& plan = *lanes_[0]->view.plan;
  const auto above = std::upper_bound(plan.level_begin.begin(), plan.level_begin.end(), node);
  const auto level = static_cast<std::size_t>(above - plan.level_begin.begin()) - 1;
  return plan.bounds[level * plan.classes.size() + plan.class_of[node]];
}

FlatFigure FlatGrid::value(Lane lane, std::uint32_t node, std::size_t slot, const ClassBounds& bounds) const {
  const LaneView& view = this->view(lane);
  FlatFigure found;
  found.approximate = view.value(node, slot);
  const MeasureClass& measure = view.plan->measure(node);
  if (view.is_leaf(node)) {
    // The double nearest to a whole number of steps, or to a quotient of it by the months of a mean.
    Int128 den = kPowers[measure.places];
    if (measure.divided) den *= view.figures->divisor[std::size_t{node} * kMonths + slot];
    found.whole = WholeQuotient{std::llround(found.approximate * static_cast<double>(den)), den};
    return found;
  }
  const bool is_signed = (view.state(node, slot) & bulk::kSigned) != 0;
  if (is_signed) {
    found.error = std::numeric_limits<double>::infinity();
    return found;
  }
  if (bounds.places >= 0) {
    const double scaled = found.approximate * kScales[bounds.places];
    if (std::abs(scaled) < 0x1p62 && std::abs(scaled) * (bounds.value_steps + 4) * kUnit < 0.25) {
      found.whole = WholeQuotient{std::llround(scaled), kPowers[bounds.places]};
      return found;
    }
  }
  found.error = (std::abs(found.approximate) + bounds.value_offset) * (bounds.value_steps + 4) * kUnit;
  return found;
}

namespace {
// What is made of it must fit as well.
std::optional<WholeQuotient> short_quotient(const std::optional<bulk::Fraction128>& found) {
  constexpr Int128 kMost = Int128{1} << 60;
  if (!found || found->numerator() > kMost || found->numerator() < -kMost || found->denominator() > kMost) {
    return std::nullopt;
  }
  return WholeQuotient{found->numerator(), found->denominator()};
}
}  // namespace

std::optional<WholeQuotient> FlatGrid::quick_value(Lane lane, std::uint32_t node, std::size_t slot) const {
  const LanePart& part = *lanes_[index(lane)];
  return short_quotient(part.exact.quick_value(node, part.exact_lane, static_cast<unsigned>(slot)));
}

Rational FlatGrid::exact_value(Lane lane, std::uint32_t node, std::size_t slot) const {
  const LanePart& part = *lanes_[index(lane)];
  return part.exact.value(node, part.exact_lane, static_cast<unsigned>(slot));
}

bool FlatGrid::is_achieved(Lane lane, std::uint32_t node, std::size_t slot) const {
  const LaneView& view = this->view(lane);
  if (!view.is_leaf(node)) return cell_state(view.inner->achieved[view.at(node, slot)]) == CellState::value;
  const bulk::FlatPlan& plan = *view.plan;
  return bulk::leaf_is_achieved(plan, plan.measure(node), node, view.value(node, slot), view.target(node, slot));
}

FlatFigure FlatGrid::achievement_raw(Lane lane, std::uint32_t node, std::size_t slot, const FlatFigure& value,
                                     const ClassBounds& bounds) const {
  const LaneView& view = this->view(lane);
  const MeasureClass& measure = view.plan->measure(node);
  if (measure.goal) return value;
  FlatFigure raw;
  if (measure.by_rule) {
    const LanePart& part = *lanes_[index(lane)];
    raw.whole = short_quotient(part.exact.quick_raw(node, part.exact_lane, static_cast<unsigned>(slot)));
    raw.error = std::numeric_limits<double>::infinity();
    return raw;
  }
  const double target = view.target(node, slot);
  const AchievementFormula formula = measure.achievement.formula;
  if (value.whole && target > 0) {
    const Int128 steps = std::llround(target * kScales[measure.places]);
    const WholeQuotient& v = *value.whole;
    const Int128 power = kPowers[measure.places];
    // Most figures have the steps of their targets.
    const bool same = v.den == power;
    const Int128 a = same ? v.num : v.num * power, b = same ? steps : steps * v.den;
    switch (formula) {
      case AchievementFormula::h1:
        raw.whole = WholeQuotient{100 * a, b};
        return raw;
      case AchievementFormula::l1:
        raw.whole = WholeQuotient{100 * (2 * b - a), b};
        return raw;
      case AchievementFormula::l2:
        if (a > 0) {
          raw.whole = WholeQuotient{100 * b, a};
          return raw;
        }
        break;
      default:
        break;
    }
  }
  raw.error = std::numeric_limits<double>::infinity();
  if (!(target > 0) || view.is_leaf(node)) return raw;
  const double realised = value.approximate;
  const double relative = (bounds.value_steps + 12) * kUnit;
  switch (formula) {
    case AchievementFormula::h1:
      raw.approximate = 100 * realised / target;
      raw.error = 100 * (std::abs(realised) + bounds.value_offset) / target * relative;
      break;
    case AchievementFormula::l1:
      raw.approximate = 100 - 100 * (realised - target) / target;
      raw.error = (300 + 100 * (std::abs(realised) + bounds.value_offset) / target) * relative;
      break;
    case AchievementFormula::l2:
      if (!(realised > 0) || bounds.value_offset > 0) break;
      raw.approximate = 100 * target / realised;
      raw.error = raw.approximate * relative;
      break;
    default:
      break;
  }
  if (value.error == std::numeric_limits<double>::infinity()) raw.error = value.error;
  return raw;
}

Decimal FlatGrid::target_of(const LaneView& view, std::uint32_t node, std::size_t slot) const {
  const int places = view.plan->measure(node).places;
  return Decimal::from_parts(std::llround(view.target(node, slot) * kScales[places]), places);
}

Rational FlatGrid::exact_achievement_raw(Lane lane, std::uint32_t node, std::size_t slot) const {
  const LaneView& view = this->view(lane);
  const MeasureClass& measure = view.plan->measure(node);
  Rational realised = exact_value(lane, node, slot);
  if (measure.goal) return realised;
  const bulk::FlatPlan::Start* const start = measure.by_rule ? view.plan->start_of(node) : nullptr;
  const AchievementOutcome outcome =
      achievement_exact(measure.achievement, measure.polarity, realised, Target(target_of(view, node, slot)),
                        start == nullptr ? std::nullopt : std::optional(start->value()));
  return outcome.raw.value_or(Rational());
}

int FlatGrid::limit_of(Lane lane, std::uint32_t node, std::size_t slot, const FlatFigure& raw) const {
  const LaneView& view = this->view(lane);
  const AchievementSpec& spec = view.plan->measure(node).achievement;
  if (!spec.cap && !spec.floor) return 0;
  if (!view.is_leaf(node)) {
    const std::size_t at = view.at(node, slot);
    if ((view.inner->achieved[at] & bulk::kCapped) == 0) return 0;
    const bool capped = spec.cap && (!spec.floor || view.inner->achievement[at] == spec.cap->to_double());
    return capped ? 1 : -1;
  }
  // Sign of raw - limit, both whole quotients.
  const auto sign = [&](const Decimal& limit) -> std::optional<int> {
    Int128 left = 0, right = 0;
    if (!raw.whole || __builtin_mul_overflow(raw.whole->num, Int128{kPowers[limit.scale()]}, &left) ||
        __builtin_mul_overflow(raw.whole->den, limit.mantissa(), &right)) {
      return std::nullopt;
    }
    return left < right ? -1 : left > right ? 1 : 0;
  };
  const auto exactly = [&](const Decimal& limit) {
    const auto quick = sign(limit);
    if (quick) return *quick;
    const Rational figure = exact_achievement_raw(lane, node, slot), bound(limit);
    return figure < bound ? -1 : bound < figure ? 1 : 0;
  };
  if (spec.cap && exactly(*spec.cap) > 0) return 1;
  return spec.floor && exactly(*spec.floor) < 0 ? -1 : 0;
}

bool FlatGrid::is_illustrative(Lane lane, std::uint32_t node, std::size_t slot) const {
  const auto& marks = lanes_[index(lane)]->origins.illustrative;
  if (marks.empty()) return false;
  if ((marks[node] >> slot & 1) != 0) return true;
  const LaneView& view = this->view(lane);
  return bulk::starts_invented(*view.plan, node) && view.present(node, slot) && !std::isnan(view.target(node, slot));
}

bool FlatGrid::is_unverified(Lane lane, std::uint32_t node, std::size_t slot) const {
  const auto& marks = lanes_[index(lane)]->origins.unverified;
  return !marks.empty() && (marks[node] >> slot & 1) != 0;
}

FlatGrid::Reports FlatGrid::reports(Lane lane, std::uint32_t node, std::size_t slot) const {
  const LanePart& part = *lanes_[index(lane)];
  constexpr std::size_t kRow = bulk::CoarseFigures::kMonthsRow;
  if (part.view.is_leaf(node)) {
    const std::uint8_t told = (*part.leaf_months)[std::size_t{node} * kRow + slot];
    return {told & 15U, static_cast<std::uint32_t>(told >> 4U)};
  }
  const std::size_t at = std::size_t{node - part.view.leaves} * kRow + slot;
  return {part.origins.covered_months[at], part.origins.expected_months[at]};
}

}  // namespace jenjang
