// Error bounds of a flat plan: how far the doubles of a sweep may be from what the decimals say.
//
// Of every class at every level: |double - exact| <= steps x 2^-52 x (|double| + offset). A sum of terms of both signs
// may be smaller than they are, which the offset makes up for: when no term is above `most`, those below nought are at
// most as much as the sum lacks of that, so the magnitudes exceed |sum| by at most twice `most`.
#include <algorithm>
#include <cmath>
#include <limits>

#include "jenjang/bulk/flat_plan.h"

#include "engine/bulk/program.h"

namespace jenjang::bulk {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
// L1 is made of terms that together are at most 400 more than itself: 100 (2T - R)/T out of 200, 100 and 100 R/T.
constexpr double kL1Terms = 400;

// Between which figures a class lies, cells marked kSigned apart.
struct Range {
  double least = 0, most = 0;
  void include(const Range& other) {
    least = std::min(least, other.least);
    most = std::max(most, other.most);
  }
  // 0 x infinity is 0 here: a limit that is nought stays there.
  void scale(double by) {
    least = least == 0 ? 0 : least * by;
    most = most == 0 ? 0 : most * by;
    if (by < 0) std::swap(least, most);
  }
};
// Facts, unless marked kSigned.
constexpr Range kFacts{0, kUnbounded}, kNothing{kUnbounded, -kUnbounded};

double excess(const Range& terms) {
  if (terms.least >= 0) return 0;
  return 2 * std::min(std::max(0.0, terms.most), -terms.least);
}

struct Limits {
  Range value = kNothing, achieved = kNothing;
};

// Achievements of figures in `value`, whose error has this offset.
Range achieved_range(const MeasureClass& measure, const Range& value, double value_offset) {
  if (measure.goal) return value;
  // The sweep marks what has a smaller target than this (without an offset it is nought, and nothing is marked), and
  // achievements by L1 or by rule below kDeepest.
  Range part = value;
  part.scale(100 / least_target(value_offset));
  Range range = part;
  if (measure.by_rule) {
    range = {kernel::kDeepest, kUnbounded};
  } else if (measure.achievement.formula == AchievementFormula::l1) {
    range = {std::max(kernel::kDeepest, 200 - std::max(0.0, part.most)), 200 - std::min(0.0, part.least)};
  } else if (measure.achievement.formula == AchievementFormula::l2) {
    // No figure below nought is plain here, and the exact side may say anything of it.
    range = {value.least < 0 ? -kUnbounded : 0, kUnbounded};
  }
  range.include({});
  const auto clamp = [&](double low, double high) {
    range.least = std::clamp(range.least, low, high);
    range.most = std::clamp(range.most, low, high);
  };
  if (measure.achievement.cap) clamp(-kUnbounded, measure.achievement.cap->to_double());
  if (measure.achievement.floor) clamp(measure.achievement.floor->to_double(), kUnbounded);
  return range;
}

double achieved_offset(const MeasureClass& measure, double value_offset) {
  if (measure.goal) return value_offset;
  // Made exactly, rounded once.
  if (measure.by_rule) return 0;
  const double terms = measure.achievement.formula == AchievementFormula::l1 ? kL1Terms : 0;
  if (value_offset == 0) return terms;
  // The error of a quotient by a figure grows with the square of a small one.
  if (measure.achievement.formula == AchievementFormula::l2) return kUnbounded;
  return terms + 100 * value_offset / least_target(value_offset);
}

// The finest step of two; -1 spoils.
std::int8_t finer(std::int8_t a, std::int8_t b) {
  return a < 0 || b < 0 ? std::int8_t{-1} : std::max(a, b);
}

void raise(double& bound, double steps) {
  bound = std::max(bound, steps);
}

// What the children of one node bring to it.
struct Below {
  double steps = 0, pair_steps = 0, offset = 0, pair_offset = 0, weights = 0;
  Range range = kNothing;
  std::int8_t places = 0, pair_places = 0;
};

class BoundsFinder {
public:
  explicit BoundsFinder(const FlatPlan& plan)
      : plan_(plan),
        bounds_(plan.level_count() * plan.classes.size()),
        limits_(bounds_.size()),
        seen_(bounds_.size(), false) {}

  std::vector<ClassBounds> find() {
    if (plan_.level_count() == 0) return {};
    for (std::size_t i = 0; i < plan_.classes.size(); ++i) {
      const MeasureClass& leaf = plan_.classes[i];
      if (leaf.aggregation != Aggregation::leaf) continue;
      bounds_[i].value_steps = 1;
      bounds_[i].achieved_steps = leaf.goal ? 1 : 1 + kFormulaSteps;
      bounds_[i].achieved_offset = achieved_offset(leaf, 0);
      bounds_[i].places = leaf.divided ? std::int8_t{-1} : static_cast<std::int8_t>(leaf.places);
      limits_[i] = {kFacts, achieved_range(leaf, kFacts, 0)};
    }
    for (std::size_t level = 1; level < plan_.level_count(); ++level) {
      for (std::uint32_t node = plan_.level_begin[level]; node < plan_.level_begin[level + 1]; ++node) {
        raise_by(node, level * plan_.classes.size() + plan_.class_of[node]);
      }
    }
    return std::move(bounds_);
  }

private:
  [[nodiscard]] Below gather(std::uint32_t node) {
    const bool achievements = plan_.measure(node).carry == Carry::achievement;
    Below below;
    for (const Edge& edge : plan_.children(node)) {
      const std::uint32_t child = edge.child();
      std::size_t level = 0;
      while (plan_.level_begin[level + 1] <= child) ++level;
      const std::size_t at = level * plan_.classes.size() + plan_.class_of[child];
      ClassBounds& its = bounds_[at];
      its.offered = its.offered || achievements;
      const bool pair = plan_.measure(child).aggregation == Aggregation::ratio && !edge.is_denominator();
      raise(below.steps, achievements ? its.achieved_steps : its.value_steps);
      raise(below.pair_steps, pair ? its.pair_steps : its.value_steps);
      raise(below.offset, achievements ? its.achieved_offset : its.value_offset);
      raise(below.pair_offset, pair ? its.pair_offset : its.value_offset);
      Range term = achievements ? limits_[at].achieved : limits_[at].value;
      if (edge.weight < 0) term.scale(-1);  // in a sum
      below.range.include(term);
      below.weights += std::abs(static_cast<double>(edge.weight));
      below.places = finer(below.places, achievements ? std::int8_t{-1} : its.places);
      below.pair_places = finer(below.pair_places, pair ? its.pair_places : its.places);
    }
    if (below.range.least > below.range.most) below.range = {};
    return below;
  }

  // Its class's bounds, so that they hold for this node too.
  void raise_by(std::uint32_t node, std::size_t at) {
    const MeasureClass& measure = plan_.measure(node);
    ClassBounds& mine = bounds_[at];
    Below below = gather(node);
    const auto ties = static_cast<double>(plan_.children(node).size());
    const auto weighted = [&](std::int8_t step) {
      const int all = step + measure.weight_places;
      return step < 0 || all > Decimal::kMaxScale ? std::int8_t{-1} : static_cast<std::int8_t>(all);
    };
    const bool plain = measure.factor == Decimal(1);
    const double weights = std::max(1.0, below.weights * Decimal::from_parts(1, measure.weight_places).to_double());
    std::int8_t step = -1;
    double steps = below.steps + 2 * ties + 8, offset = below.offset + excess(below.range);
    Range range = below.range;
    // Where no child has a figure, or all count as nought.
    range.include({});
    switch (measure.aggregation) {
      case Aggregation::sum:
        step = plain ? weighted(below.places) : std::int8_t{-1};
        offset *= weights;
        range.scale(weights);
        break;
      case Aggregation::minimum:
      case Aggregation::maximum:
        step = plain ? below.places : std::int8_t{-1};
        break;
      case Aggregation::share_meeting:
        steps = 2 * ties + 8;
        offset = 0;
        range = {0, 1};
        break;
      case Aggregation::ratio: {
        const double pair = below.pair_steps + 2 * ties + 4;
        const double pair_offset = below.range.least < 0 ? kUnbounded : below.pair_offset * weights;
        raise(mine.pair_steps, pair);
        raise(mine.pair_offset, pair_offset);
        // A quotient of figures with an error of their own has no bound: its decisions are all exact.
        offset = pair_offset > 0 ? kUnbounded : 0;
        range = {below.range.least < 0 ? -kUnbounded : 0, kUnbounded};
        mine.pair_places =
            seen_[at] ? finer(mine.pair_places, weighted(below.pair_places)) : weighted(below.pair_places);
        steps = 2 * pair + 8;
        break;
      }
      default:
        break;
    }
    const double factor = measure.factor.to_double();
    offset *= std::max(1.0, std::abs(factor));
    range.scale(factor);
    mine.places = seen_[at] ? finer(mine.places, step) : step;
    raise(mine.value_steps, steps);
    raise(mine.value_offset, offset);
    raise(mine.achieved_steps, measure.goal ? steps : steps + kFormulaSteps);
    limits_[at].value.include(range);
    limits_[at].achieved = achieved_range(measure, limits_[at].value, mine.value_offset);
    mine.achieved_offset = achieved_offset(measure, mine.value_offset);
    mine.least_value = limits_[at].value.least;
    mine.most_value = limits_[at].value.most;
    mine.least_achieved = limits_[at].achieved.least;
    mine.most_achieved = limits_[at].achieved.most;
    seen_[at] = true;
  }

  const FlatPlan& plan_;
  std::vector<ClassBounds> bounds_;
  std::vector<Limits> limits_;
  std::vector<bool> seen_;
};

}  // namespace

double least_target(double value_offset) {
  constexpr double kMost = 20, kShare = 64;
  return std::min(kMost, value_offset / kShare);
}

std::vector<ClassBounds> find_bounds(const FlatPlan& plan) {
  return BoundsFinder(plan).find();
}

}  // namespace jenjang::bulk
