// What a node hears from its parents, and what it contributes where the way ends.
#include <algorithm>

#include "engine/bulk/contributor_walk.h"
#include "engine/bulk/ways_exact.h"

namespace jenjang::bulk {
namespace {

// Before cap and floor, as kernels make it, of a leaf that has one.
double raw_achievement(const MeasureClass& measure, double value, double target) {
  if (measure.goal) return value;
  if (target == 0) {  // met or missed; where more is better there is none
    const bool met = measure.polarity == Polarity::lower ? value <= 0 : value == 0;
    return met ? 100 : 0;
  }
  if (measure.achievement.formula == AchievementFormula::l2) return 100 * target / value;
  const double distance = 100 * (value - target) / std::abs(target);
  if (measure.achievement.formula == AchievementFormula::l1) return 100 - distance;
  return target > 0 ? 100 * value / target : 100 + distance;
}

}  // namespace

void ContributorWalk::add(double& sum, double part) {
  if (sum != 0 && part != 0 && (sum < 0) != (part < 0)) mixed_.store(true, std::memory_order_relaxed);
  sum += part;
}

double ContributorWalk::denominator(std::uint32_t node) const {
  if (!tables_.doubtful_pairs) return ways_.denominator(node);
  const std::size_t at = tables_.level_of(node) * plan_.classes.size() + plan_.class_of[node];
  if (plan_.bounds[at].pair_offset == 0) return ways_.denominator(node);
  const auto exact =
      ExactWalk<Rational>(tables_.side, question_.validated ? 1 : 0, question_.slot).pair_of(node, false);
  return exact ? exact->to_double() : ways_.denominator(node);
}

// What one parent brings: of a ratio among ratios its denominator's share, an achievement in its own unit.
void ContributorWalk::take(const WayRule& above, bool is_pair, std::uint32_t node, double raw, Heard& heard) {
  if (is_pair) {
    add(heard.value, raw * denominator(node) / ways_.rule(node).factor);
  } else {
    add(above.carries_achievement ? heard.achievement : heard.value, raw);
  }
}

ContributorWalk::Heard ContributorWalk::hear(std::uint32_t node) {
  if (node == question_.node) return {1, 0};
  if (tables_.is_shared(node)) return hear_places(node, tables_.shared_place(node));
  Heard heard;
  const WayRule& above = ways_.rule(plan_.owner[node]);
  const bool is_pair = above.aggregation == Aggregation::ratio && ways_.rule(node).aggregation == Aggregation::ratio;
  take(above, is_pair, node, tables_.worth[node - tables_.leaves], heard);
  settle_achievement(node, heard);
  return heard;
}

// From each parent that brought something, the owner first. The places are nought again afterwards.
ContributorWalk::Heard ContributorWalk::hear_places(std::uint32_t node, std::size_t place) {
  Heard heard;
  const bool ratio = !ways_.is_leaf(node) && ways_.rule(node).aggregation == Aggregation::ratio;
  const auto hear_part = [&](std::uint32_t parent, double& part) {
    if (part == 0) return;
    const WayRule& above = ways_.rule(parent);
    take(above, ratio && above.aggregation == Aggregation::ratio, node, part, heard);
    part = 0;
  };
  hear_part(plan_.owner[node], tables_.by_owner[place]);
  for (std::uint32_t i = tables_.shared_first[place]; i < tables_.shared_first[place + 1]; ++i) {
    hear_part(plan_.shared[i].parent, tables_.by_others[i]);
  }
  settle_achievement(node, heard);
  return heard;
}

bool ContributorWalk::leaf_limited(std::uint32_t leaf) const {
  const MeasureClass& measure = plan_.measure(leaf);
  const AchievementSpec& spec = measure.achievement;
  if (!spec.cap && !spec.floor) return false;
  if (measure.by_rule) return leaf_is_limited(tables_.side, leaf, question_.validated ? 1 : 0, question_.slot);
  const double raw = raw_achievement(measure, ways_.value(leaf), ways_.target(leaf));
  const auto far_from = [&](double limit) {
    return std::abs(raw - limit) > 1e-9 * (std::abs(raw) + std::abs(limit) + 400);
  };
  const double cap = spec.cap ? spec.cap->to_double() : std::numeric_limits<double>::infinity();
  const double floor = spec.floor ? spec.floor->to_double() : -std::numeric_limits<double>::infinity();
  if (far_from(cap) && far_from(floor)) return raw > cap || raw < floor;
  return leaf_is_limited(tables_.side, leaf, question_.validated ? 1 : 0, question_.slot);
}

void ContributorWalk::settle_achievement(std::uint32_t node, Heard& heard) {
  if (heard.achievement == 0) return;
  switch (ways_.achievement_way(node, [&] { return leaf_limited(node); })) {
    case AchievementWay::as_value:
      add(heard.value, heard.achievement);
      heard.achievement = 0;
      break;
    case AchievementWay::quotient:
      add(heard.value, heard.achievement * 100 / ways_.target(node));
      heard.achievement = 0;
      break;
    default:
      break;
  }
}

WayEnd ContributorWalk::achievement_end(std::uint32_t node) const {
  if (ways_.offered_state(node, true) != 0) return WayEnd::missing;
  const LaneView& view = ways_.view();
  const bool limited =
      ways_.is_leaf(node) ? leaf_limited(node) : (view.inner->achieved[view.at(node, question_.slot)] & kCapped) != 0;
  return limited ? WayEnd::limited : WayEnd::formula;
}

void ContributorWalk::end(std::uint32_t node, bool achievement, WayEnd why, double coefficient, BestKept& best) {
  Candidate found;
  found.is.node = node;
  found.is.achievement = achievement;
  found.is.end = why;
  found.is.coefficient = coefficient;
  const ClassBounds& bounds = plan_.bounds[tables_.level_of(node) * plan_.classes.size() + plan_.class_of[node]];
  const LaneView& view = ways_.view();
  const MeasureClass& measure = plan_.measure(node);
  double figure = 0;
  if (why == WayEnd::missing) {
    figure = 0;
  } else if (!achievement) {
    figure = ways_.value(node);
  } else if (!ways_.is_leaf(node)) {
    figure = view.inner->achievement[view.at(node, question_.slot)];
  } else if (measure.by_rule) {
    figure = leaf_figure(tables_.side, node, question_.validated ? 1 : 0, question_.slot);
  } else {
    figure = raw_achievement(measure, ways_.value(node), ways_.target(node));
    if (measure.achievement.cap) figure = std::min(figure, measure.achievement.cap->to_double());
    if (measure.achievement.floor) figure = std::max(figure, measure.achievement.floor->to_double());
  }
  found.is.figure = figure;
  found.is.target = achievement ? 100 : ways_.target(node);
  // Of the figure itself, and of the way.
  const double offset = achievement ? bounds.achieved_offset : bounds.value_offset;
  const double own = (achievement ? bounds.achieved_steps : bounds.value_steps) * (std::abs(figure) + offset);
  double size = figure;
  if (ways_.gaps()) {
    if (std::isnan(found.is.target)) {
      ++best.untargeted;
      return;
    }
    size = turned_ ? figure - found.is.target : found.is.target - figure;
  }
  found.is.contribution = coefficient * size;
  found.error = unbounded_
                    ? std::numeric_limits<double>::infinity()
                    : kRounding * std::abs(coefficient) *
                          ((steps_ + 4) * std::abs(size) + own + (ways_.gaps() ? 2 * std::abs(found.is.target) : 0));
  best.offer(found);
}

void ContributorWalk::end_leaf(std::uint32_t leaf, const Heard& heard, BestKept& best) {
  if (heard.achievement != 0) end(leaf, true, achievement_end(leaf), heard.achievement, best);
  if (heard.value == 0) return;
  const bool present = ways_.present(leaf);
  if (present && !ways_.gaps() && !unbounded_) return offer_figure(leaf, heard.value, ways_.value(leaf), best);
  end(leaf, false, present ? WayEnd::reported : WayEnd::missing, heard.value, best);
}

void ContributorWalk::leave_at(std::uint32_t parent, std::uint32_t child, double raw) {
  const std::size_t place = tables_.shared_place(child);
  if (plan_.owner[child] == parent) {
    tables_.by_owner[place] += raw;
    return;
  }
  std::uint32_t at = tables_.shared_first[place];
  while (plan_.shared[at].parent != parent) ++at;
  tables_.by_others[at] += raw;
}

}  // namespace jenjang::bulk
