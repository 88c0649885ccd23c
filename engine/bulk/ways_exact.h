// Contributions in exact numbers: what doubles leave in doubt is asked here, from the contributor up to the node that
// is taken apart, every node on the way remembered.
#pragma once

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "engine/bulk/exact_walk.h"
#include "engine/bulk/ways_down.h"

namespace jenjang::bulk {

// Whether a leaf's achievement is at its cap or floor, beyond all doubt.
inline bool leaf_is_limited(const ExactSide& side, std::uint32_t leaf, int lane, unsigned slot) {
  CellState state = CellState::value;
  bool refused = false, limited = false;
  const auto quick = ExactWalk<Fraction128>(side, lane, slot).figure(leaf, state, refused, limited);
  if (quick || refused) return limited;
  (void)ExactWalk<Rational>(side, lane, slot).figure(leaf, state, refused, limited);
  return limited;
}

// Its achievement after cap and floor, of a leaf that has one.
inline double leaf_figure(const ExactSide& side, std::uint32_t leaf, int lane, unsigned slot) {
  CellState state = CellState::value;
  bool refused = false, limited = false;
  const auto quick = ExactWalk<Fraction128>(side, lane, slot).figure(leaf, state, refused, limited);
  const auto rounded = quick ? quick->rounded() : std::nullopt;
  if (rounded) return rounded->value;
  const auto slow = ExactWalk<Rational>(side, lane, slot).figure(leaf, state, refused, limited);
  return slow ? slow->to_double() : 0;
}

// What the search left for the way back: which node is taken apart, and what one unit of weight below a node is worth
// (nought where its ways were not followed).
struct WaysFollowed {
  std::uint32_t top = 0;
  const double* worth = nullptr;  // by inner node
  bool turned = false;            // gaps the other way round
};

// Number: Fraction128, which may give up (nullopt), or Rational.
template <class Number>
class ExactWays {
public:
  ExactWays(const WaysDown& ways, const WaysFollowed& followed, const ExactSide& side, bool validated)
      : ways_(ways),
        plan_(ways.plan()),
        followed_(followed),
        side_(side),
        lane_(validated ? 1 : 0),
        walk_(side, lane_, ways.slot()) {}

  struct Found {
    Number coefficient, contribution;
  };
  std::optional<Found> contribution(const RankedContributor& of) {
    const auto heard = hear(of.node);
    if (!heard) return std::nullopt;
    Found found;
    found.coefficient = of.achievement ? heard->achievement : heard->value;
    Number figure{};
    if (of.end != WayEnd::missing) {
      CellState state = CellState::value;
      bool refused = false, limited = false;
      const auto own = of.achievement ? walk_.figure(of.node, state, refused, limited) : walk_.value(of.node);
      if (!own) return std::nullopt;
      figure = *own;
    }
    if (ways_.gaps()) {
      const Number target = of.achievement ? whole<Number>(100) : target_of(of.node);
      figure = followed_.turned ? figure + target.negated() : target + figure.negated();
    }
    found.contribution = found.coefficient * figure;
    if (!sound(found.contribution) || !sound(found.coefficient)) return std::nullopt;
    return found;
  }

private:
  struct Heard {
    Number value{}, achievement{};
  };
  static bool sound(const Fraction128& number) { return number.ok(); }
  static bool sound(const Rational&) { return true; }

  [[nodiscard]] Number target_of(std::uint32_t node) const {
    const double target = ways_.target(node);
    const auto decimal = whole_steps(target, plan_.measure(node).places);
    return decimal ? of<Number>(*decimal) : number_of(target, static_cast<const Number*>(nullptr));
  }

  // From all parents whose ways were followed.
  std::optional<Heard> hear(std::uint32_t node) {
    Heard heard;
    if (node == followed_.top) {
      heard.value = whole<Number>(1);
      return heard;
    }
    if (!add(plan_.owner[node], node, heard)) return std::nullopt;
    for (auto at = std::lower_bound(plan_.shared.begin(), plan_.shared.end(), FlatPlan::Shared{node, 0});
         at != plan_.shared.end() && at->child == node; ++at) {
      if (!add(at->parent, node, heard)) return std::nullopt;
    }
    if (heard.achievement.is_zero()) return heard;
    switch (ways_.achievement_way(node, [&] { return leaf_is_limited(side_, node, lane_, ways_.slot()); })) {
      case AchievementWay::as_value:
        heard.value += heard.achievement;
        heard.achievement = Number{};
        break;
      case AchievementWay::quotient:
        heard.value += heard.achievement * whole<Number>(100) / target_of(node);
        heard.achievement = Number{};
        break;
      default:
        break;
    }
    return heard;
  }

  bool add(std::uint32_t parent, std::uint32_t child, Heard& heard) {
    if (parent == kNoNode || followed_.worth[parent - plan_.leaf_count()] == 0) return true;
    const auto worth = worth_of(parent);
    if (!worth) return false;
    const WayRule& above = ways_.rule(parent);
    const bool ratio = above.aggregation == Aggregation::ratio;
    const bool own_pair = ratio && ways_.own_pair_counts(parent);
    for (const Edge& edge : plan_.children(parent)) {
      if (edge.child() != child || !ways_.leads_down(above, edge, own_pair)) continue;
      Number part = *worth * whole<Number>(edge.weight);
      if (ratio && ways_.is_pair(edge)) {
        const auto below = walk_.pair_of(child, false);
        if (!below) return false;
        part = part * *below / of<Number>(plan_.measure(child).factor);
      }
      (above.carries_achievement ? heard.achievement : heard.value) += part;
    }
    return true;
  }

  // What one unit of weight below a node is worth.
  std::optional<Number> worth_of(std::uint32_t node) {
    if (const auto known = worth_.find(node); known != worth_.end()) return known->second;
    const auto heard = hear(node);
    if (!heard) return std::nullopt;
    const MeasureClass& measure = plan_.measure(node);
    Number worth = heard->value * of<Number>(measure.factor);
    if (measure.aggregation == Aggregation::weighted_mean) {
      worth /= whole<Number>(static_cast<std::int64_t>(ways_.weights(node, ways_.rule(node))));
    } else {
      worth *= of<Number>(Decimal::from_parts(1, measure.weight_places));
    }
    if (measure.aggregation == Aggregation::ratio) {
      const auto below = walk_.pair_of(node, false);
      if (!below) return std::nullopt;
      worth /= *below;
    }
    if (!sound(worth)) return std::nullopt;
    worth_.emplace(node, worth);
    return worth;
  }

  const WaysDown& ways_;
  const FlatPlan& plan_;
  WaysFollowed followed_;
  const ExactSide& side_;
  int lane_;
  ExactWalk<Number> walk_;
  std::unordered_map<std::uint32_t, Number> worth_;
};

}  // namespace jenjang::bulk
