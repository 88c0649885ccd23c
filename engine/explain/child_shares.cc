#include "engine/explain/child_shares.h"

#include "engine/rollup/crosscut_totals.h"

namespace jenjang {

using rollup::Presence;
using rollup::Tie;

const ResultCell* ChildShares::cell_of(NodeId node, Period period) const {
  const std::optional<SlotId> slot = context_.result.grid().find(period);
  // Also one that nothing was planned or reported for: where missing figures count as nought, it counts above.
  if (!slot) return nullptr;
  return &context_.result.at(node, *slot, lane_);
}

std::optional<Rational> ChildShares::offered(NodeId child, Carry carry, Period period, CapLevel level) {
  const ResultCell* cell = cell_of(child, period);
  if (cell == nullptr) return std::nullopt;
  if (carry == Carry::achievement) {
    if (cell->achievement_state != CellState::value) return std::nullopt;
    return level == CapLevel::mean ? exact_.achievement_raw(child, period) : exact_.achievement(child, period);
  }
  return cell->state == CellState::value ? exact_.value(child, period) : std::nullopt;
}

// The ties that count in a period, with their weights then, and the period of the figure: another one only of a second
// copy of a shared result that came in from there.
template <class Visit>
void ChildShares::for_each_counted_tie(NodeId node, Period period, Visit&& visit) {
  const std::optional<SlotId> slot = context_.result.grid().find(period);
  if (!slot) return;
  rollup::for_each_tie(context_.model, node, [&](Tie tie) {
    std::optional<Decimal> weight;
    Period from = period;
    if (tie.overlap == nullptr) {
      weight = rollup::weight_in(context_.model, tie, period);
    } else if (const auto copy = rollup::copy_in_result(context_.model, context_.result, *tie.overlap, *slot, lane_)) {
      weight = copy->weight.to_decimal();
      from = context_.result.grid()[copy->slot];
    }
    if (!weight) return;
    tie.weight = *weight;
    visit(tie, from);
  });
}

std::vector<ChildShare> ChildShares::parts(NodeId node, Period period, Rational& weights) {
  const Model& model = context_.model;
  const Item& item = model.item(node);
  const PeriodGrid& grid = context_.result.grid();
  std::vector<ChildShare> shares;
  for_each_counted_tie(node, period, [&](const Tie& tie, Period from) {
    ChildShare share;
    share.tie = tie;
    share.from = from;
    share.figure = offered(tie.child, tie.carry, from, item.spec.cap_level);
    if (tie.overlap != nullptr) {
      share.presence = Presence::present;
      weights += Rational(tie.weight);
      shares.push_back(std::move(share));
      return;
    }
    const SlotId slot = *grid.find(period);
    const ResultCell& cell = context_.result.at(tie.child, slot, lane_);
    const CellState state = tie.carry == Carry::achievement ? cell.achievement_state : cell.state;
    const auto refused = rollup::refused_offer(model, node, tie, period);
    share.presence = rollup::presence_of(refused.value_or(state), item.spec.missing);
    if (!refused && item.spec.missing == MissingPolicy::carry && rollup::may_stand_in(state)) {
      const auto state_at = [&](SlotId earlier) {
        const ResultCell& at = context_.result.at(tie.child, earlier, lane_);
        return tie.carry == Carry::achievement ? at.achievement_state : at.state;
      };
      if (const auto earlier = rollup::carried_from(grid, model, tie.child, slot, item.spec.carry_months, state_at)) {
        share.from = grid[*earlier];
        share.figure = offered(tie.child, tie.carry, share.from, item.spec.cap_level);
        share.presence = Presence::present;
      }
    }
    if (share.presence == Presence::present || share.presence == Presence::zero) weights += Rational(tie.weight);
    shares.push_back(std::move(share));
  });
  const ResultCell* cell = cell_of(node, period);
  const Aggregation aggregation = rollup::aggregation_of(item);
  const bool mean = aggregation == Aggregation::weighted_mean;
  if (cell == nullptr || cell->state != CellState::value || (!mean && aggregation != Aggregation::sum)) return shares;
  const Rational factor(item.spec.factor);
  for (ChildShare& share : shares) {
    const bool counts = share.presence == Presence::present || share.presence == Presence::zero;
    // What a sum leaves out would have counted like the others; a mean spreads its weight over them.
    if (share.presence == Presence::excluded || (mean && !counts)) continue;
    share.coefficient = factor * Rational(share.tie.weight);
    if (mean && !weights.is_zero()) *share.coefficient /= weights;
  }
  return shares;
}

std::vector<ChildShare> ChildShares::pair(NodeId node, Period period) {
  std::vector<ChildShare> shares;
  bool own_complete = true;
  Rational own_below;
  for_each_counted_tie(node, period, [&](const Tie& tie, Period from) {
    ChildShare share;
    share.tie = tie;
    share.from = from;
    const Rational weight(tie.weight);
    if (tie.role == EdgeRole::numerator || tie.role == EdgeRole::denominator) {
      share.figure = offered(tie.child, tie.carry, period);
      own_complete = own_complete && share.figure.has_value();
      if (tie.role == EdgeRole::denominator && share.figure) own_below += weight * *share.figure;
    } else {
      share.is_pair = true;
      const ResultCell* below = cell_of(tie.child, from);
      if (below != nullptr && below->state == CellState::value) {
        if (auto found = exact_.quotient(tie.child, from)) {
          share.figure = std::move(found->first);
          share.denominator = std::move(found->second);
          share.coefficient = weight;
        }
      }
    }
    share.presence = share.figure ? Presence::present : Presence::absent;
    shares.push_back(std::move(share));
  });
  // Half a pair is no pair, and one above nought is none either.
  if (!own_complete || own_below.is_zero()) return shares;
  for (ChildShare& share : shares) {
    if (share.tie.role == EdgeRole::numerator) share.coefficient = Rational(share.tie.weight);
  }
  return shares;
}

}  // namespace jenjang
