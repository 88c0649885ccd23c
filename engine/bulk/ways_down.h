// Which ways lead down from a node in one slot of one lane, and what they are worth: the rules of contributors, once
// for doubles and for exact numbers.
#pragma once

#include <cmath>
#include <vector>

#include "engine/bulk/lane_view.h"

namespace jenjang::bulk {

// What of a class its ways need.
struct WayRule {
  Aggregation aggregation = Aggregation::leaf;
  MissingPolicy missing = MissingPolicy::skip;
  bool carries_achievement = false;
  bool linear = false;    // sum, mean, ratio
  bool quotient = false;  // an achievement of 100 R/T
  double factor = 1, weight_unit = 1;
};
std::vector<WayRule> way_rules(const FlatPlan& plan);

// How an achievement goes on.
enum class AchievementWay : std::uint8_t {
  missing,   // there is none
  as_value,  // a goal's: its value
  quotient,  // 100 / target times the value
  ends,      // limited, or by a formula that is no multiple
};

class WaysDown {
public:
  WaysDown(const FlatPlan& plan, const Figures& figures, const std::vector<WayRule>& rules, bool validated,
           unsigned slot, bool gaps)
      : plan_(plan), figures_(figures), rules_(rules), view_(plan, figures, validated), slot_(slot), gaps_(gaps) {}

  [[nodiscard]] const FlatPlan& plan() const { return plan_; }
  [[nodiscard]] const LaneView& view() const { return view_; }
  [[nodiscard]] unsigned slot() const { return slot_; }
  [[nodiscard]] bool gaps() const { return gaps_; }
  [[nodiscard]] bool is_leaf(std::uint32_t node) const { return view_.is_leaf(node); }
  [[nodiscard]] const WayRule& rule(std::uint32_t node) const { return rules_[plan_.class_of[node]]; }
  [[nodiscard]] bool present(std::uint32_t node) const { return view_.present(node, slot_); }
  [[nodiscard]] double value(std::uint32_t node) const { return view_.value(node, slot_); }
  [[nodiscard]] double target(std::uint32_t node) const { return view_.target(node, slot_); }

  // State of what a child offers along a tie that carries values or achievements.
  [[nodiscard]] StateByte offered_state(std::uint32_t child, bool achievement) const {
    if (!achievement) return view_.state(child, slot_) & kStateMask;
    if (!is_leaf(child)) return view_.inner->achieved[view_.at(child, slot_)] & kStateMask;
    const StateByte state = view_.state(child, slot_) & kStateMask;
    const MeasureClass& measure = plan_.measure(child);
    const bool none = !measure.goal && measure.achievement.formula == AchievementFormula::none;
    if (none) return state_byte(CellState::not_applicable);
    if (state != 0) return state;
    return leaf_is_achieved(plan_, measure, child, value(child), target(child)) ? state
                                                                                : state_byte(CellState::not_applicable);
  }

  // A node's denominator, in the lane: nought where it has no pair.
  [[nodiscard]] double denominator(std::uint32_t node) const {
    return view_.inner->denominator[std::size_t{plan_.pair_row[node - view_.leaves]} * kMonths + slot_];
  }
  [[nodiscard]] bool is_pair(const Edge& edge) const {
    return !edge.is_denominator() && !is_leaf(edge.child()) && rule(edge.child()).aggregation == Aggregation::ratio;
  }
  // Whether a ratio's own operands make a pair: all there, and something below the line.
  [[nodiscard]] bool own_pair_counts(std::uint32_t node) const {
    double below = 0;
    for (const Edge& edge : plan_.children(node)) {
      if (is_pair(edge)) continue;
      if (!present(edge.child())) return false;
      if (edge.is_denominator()) below += value(edge.child()) * edge.weight;
    }
    return below != 0;
  }

  // Whether what stands at a child is part of the node's value; of a gap also where a figure is missing that would
  // have counted as nought. `own_pair` of a ratio: own_pair_counts.
  [[nodiscard]] bool leads_down(const WayRule& above, const Edge& edge, bool own_pair) const {
    if (above.aggregation == Aggregation::ratio) {
      if (edge.is_denominator()) return false;
      return is_pair(edge) ? denominator(edge.child()) != 0 : own_pair;
    }
    const StateByte state = offered_state(edge.child(), above.carries_achievement);
    if (state == 0) return true;
    if (!gaps_ || state == state_byte(CellState::not_applicable)) return false;
    return above.aggregation == Aggregation::sum || counts_as_nought(above, state);
  }
  // The sum of the weights that a mean divides by: whole, exact.
  [[nodiscard]] double weights(std::uint32_t node, const WayRule& above) const {
    std::int64_t sum = 0;
    for (const Edge& edge : plan_.children(node)) {
      const StateByte state = offered_state(edge.child(), above.carries_achievement);
      if (state == 0 || counts_as_nought(above, state)) sum += edge.weight;
    }
    return static_cast<double>(sum);
  }

  // Of an achievement that is there or not; `limited` is asked of a leaf only.
  template <class Limited>
  [[nodiscard]] AchievementWay achievement_way(std::uint32_t node, Limited&& limited) const {
    if (offered_state(node, true) != 0) return AchievementWay::missing;
    const MeasureClass& measure = plan_.measure(node);
    const bool quotient = rule(node).quotient && target(node) > 0;
    if (!measure.goal && !quotient) return AchievementWay::ends;
    const bool ends = is_leaf(node) ? limited() : (view_.inner->achieved[view_.at(node, slot_)] & kCapped) != 0;
    if (ends) return AchievementWay::ends;
    return measure.goal ? AchievementWay::as_value : AchievementWay::quotient;
  }

  // By gap: a target of its own, and none at what its ways lead to.
  [[nodiscard]] bool targets_end_here(std::uint32_t node, const WayRule& above, bool own_pair) const {
    if (std::isnan(target(node)) || above.carries_achievement) return false;
    for (const Edge& edge : plan_.children(node)) {
      if (leads_down(above, edge, own_pair) && !std::isnan(target(edge.child()))) return false;
    }
    return true;
  }

private:
  static bool counts_as_nought(const WayRule& above, StateByte state) {
    return above.missing == MissingPolicy::zero && state == state_byte(CellState::empty);
  }

  const FlatPlan& plan_;
  const Figures& figures_;
  const std::vector<WayRule>& rules_;
  LaneView view_;
  unsigned slot_;
  bool gaps_;
};

}  // namespace jenjang::bulk
