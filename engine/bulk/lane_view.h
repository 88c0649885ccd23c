// One lane of columns as rows read it, months or coarse slots, whichever way the lane is stored: beside the full lane
// for months, in columns of its own for coarse slots.
#pragma once

#include <cmath>

#include "jenjang/bulk/figures.h"

namespace jenjang::bulk {

// The validated lane's state of a leaf in columns that hold both lanes.
constexpr StateByte validated_state(StateByte byte) {
  if ((byte & kUnvalidated) == 0) return byte & (kStateMask | kSigned);
  return static_cast<StateByte>((byte >> 4) & kStateMask);
}

struct LaneView {
  LaneView(const FlatPlan& a_plan, const Figures& some_figures, bool is_second)
      : plan(&a_plan),
        figures(&some_figures),
        inner(is_second ? &some_figures.validated : &some_figures.all),
        second(is_second),
        leaves(static_cast<std::uint32_t>(a_plan.leaf_count())) {
    const std::size_t leaf_cells = std::size_t{leaves} * kMonths;
    inner_value = is_second ? some_figures.validated_value.data() : some_figures.value.data() + leaf_cells;
    inner_state = is_second ? some_figures.validated_state.data() : some_figures.state.data() + leaf_cells;
    inner_band = is_second ? some_figures.validated_band.data() : some_figures.band.data() + leaf_cells;
  }

  const FlatPlan* plan;
  const Figures* figures;
  const InnerLane* inner;
  bool second;
  std::uint32_t leaves;
  const double* inner_value;
  const StateByte* inner_state;
  const std::int8_t* inner_band;

  [[nodiscard]] bool is_leaf(std::uint32_t node) const { return node < leaves; }
  // Of an inner node, and a slot of it, in columns by inner node.
  [[nodiscard]] std::size_t at(std::uint32_t node, std::size_t slot) const {
    return std::size_t{node - leaves} * kMonths + slot;
  }
  [[nodiscard]] StateByte state(std::uint32_t node, std::size_t slot) const {
    if (!is_leaf(node)) return inner_state[at(node, slot)];
    const StateByte byte = figures->state[std::size_t{node} * kMonths + slot];
    return second ? validated_state(byte) : byte;
  }
  [[nodiscard]] bool present(std::uint32_t node, std::size_t slot) const {
    return (state(node, slot) & kStateMask) == 0;
  }
  [[nodiscard]] double value(std::uint32_t node, std::size_t slot) const {
    return is_leaf(node) ? figures->value[std::size_t{node} * kMonths + slot] : inner_value[at(node, slot)];
  }
  [[nodiscard]] std::int8_t band(std::uint32_t node, std::size_t slot) const {
    if (!is_leaf(node)) return inner_band[at(node, slot)];
    return present(node, slot) ? figures->band[std::size_t{node} * kMonths + slot] : kNoBand;
  }
  [[nodiscard]] double target(std::uint32_t node, std::size_t slot) const {
    return figures->target[std::size_t{node} * kMonths + slot];
  }
};

// Whether achievements of the node are measured from an invented baseline, or could be: it marks them all.
inline bool starts_invented(const FlatPlan& plan, std::uint32_t node) {
  if (plan.starts.empty()) return false;
  const FlatPlan::Start* const start = plan.start_of(node);
  return start != nullptr && start->invented != 0;
}

// True when a leaf with a number and this target has an achievement. `measure`: its class.
inline bool leaf_is_achieved(const FlatPlan& plan, const MeasureClass& measure, std::uint32_t leaf, double value,
                             double target) {
  if (measure.goal) return true;
  const AchievementSpec& spec = measure.achievement;
  if (spec.formula == AchievementFormula::none || std::isnan(target)) return false;
  if (measure.by_rule) {
    if (spec.formula == AchievementFormula::baseline) return plan.start_of(leaf) != nullptr;
    // A figure met and a grade say something of any target.
    if (spec.formula == AchievementFormula::ordinal) return true;
    if (spec.formula == AchievementFormula::range && value == target) return true;
    if (target == 0 && spec.on_zero_target == ZeroTargetRule::baseline) return plan.start_of(leaf) != nullptr;
  }
  if (target == 0) {
    return spec.on_zero_target == ZeroTargetRule::met_or_missed && measure.polarity != Polarity::higher &&
           measure.polarity != Polarity::context;
  }
  // T/R means nothing at nought, nor where one of them is below it.
  return spec.formula != AchievementFormula::l2 || (value > 0 && target > 0);
}

}  // namespace jenjang::bulk
