// What the children of a node offer it, slot by slot: operands, partials, coverage.
#include <algorithm>

#include "engine/rollup/engine.h"

namespace jenjang {

using rollup::Operand;
using rollup::Partial;
using rollup::Tie;

void RollupWorker::pull_children(NodeId node, Lane lane) {
  const Item& item = model_.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  const std::size_t count = wanted_.size();
  std::fill_n(partials_.begin(), count, Partial<double>{});
  std::fill_n(coverage_.begin(), count, Coverage{});
  if (aggregation == Aggregation::table) std::fill_n(shares_.begin(), count, rollup::ShareCount{});
  // A few cells of rows that lie far apart: they are asked for some children ahead, so that memory answers several at a
  // time. A full sweep reads whole rows in order, which the processor foresees.
  constexpr std::size_t kAhead = 8;
  const auto children = count < slots_ ? model_.graph.children(node) : std::span<const NodeId>{};
  std::size_t asked = 0;
  while (asked < std::min(kAhead, children.size())) ask_for(children[asked++], lane);
  rollup::for_each_tie(model_, node, [&](const Tie& tie) {
    if (asked < children.size()) ask_for(children[asked++], lane);
    offer(tie, lane, item.spec);
    refuse_offers(node, tie, lane);
    if (tie.overlap != nullptr || rollup::is_dated(model_, tie)) {
      // Outside its dates the child is no part of the parent: neither in the arithmetic nor in the coverage.
      for (std::size_t place = 0; place < count; ++place) {
        const auto held = rollup::weight_in(model_, tie, period(wanted_[place]));
        if (!held) continue;
        add_operands(tie, held->to_double(), item, place, 1);
        cover(tie, held->to_double(), lane, aggregation, place, 1);
      }
      return;
    }
    const double weight = shared_.weights_[tie.index];
    add_operands(tie, weight, item, 0, count);
    cover(tie, weight, lane, aggregation, 0, count);
  });
}

void RollupWorker::ask_for_inputs(NodeId node, std::span<const std::uint32_t> slots) {
  wanted_ = slots;
  const auto children = model_.graph.children(node);
  // More would only drive out what was asked for first.
  constexpr std::size_t kMost = 16;
  for (const NodeId child : children.first(std::min(children.size(), kMost))) {
    ask_for(child, Lane::all);
    if (result_.has_validated_lane()) ask_for(child, Lane::validated);
  }
  const std::span<const TargetCell> cells = shared_.targets_of(node);
  for (const std::uint32_t slot : slots) {
    if (slot < cells.size()) __builtin_prefetch(&cells[slot]);
  }
}

void RollupWorker::ask_for(NodeId child, Lane lane) {
  const ResultCell* const cells = row(child, lane);
  for (const std::uint32_t slot : wanted_) {
    __builtin_prefetch(&cells[slot]);
    __builtin_prefetch(&cells[slot].expected_months);  // a cell may lie across two lines
  }
}

void RollupWorker::refuse_offers(NodeId node, const Tie& tie, Lane lane) {
  const bool one_item = model_.node_item[node.index()] == model_.node_item[tie.child.index()];
  if (tie.overlap == nullptr && one_item && rollup::exists_always(model_, tie.child)) return;
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const std::uint32_t slot = wanted_[place];
    const auto carries = [&](NodeId below) {
      const ResultCell& cell = row(below, lane)[slot];
      return rollup::aggregation_of(model_.item(below)) == Aggregation::ratio ? cell.denominator != 0
                                                                              : cell.state == CellState::value;
    };
    const auto refused = rollup::refused_offer(model_, node, tie, period(slot), carries);
    if (refused) operands_[place].state = *refused;
  }
}

// Adds what one tie offered to the partials of some places, all with one weight.
void RollupWorker::add_operands(const Tie& tie, double weight, const Item& parent, std::size_t first,
                                std::size_t count) {
  const Aggregation aggregation = rollup::aggregation_of(parent);
  const MissingPolicy policy = parent.spec.missing;
  const std::span<Partial<double>> into = std::span(partials_).subspan(first, count);
  const std::span<const Operand<double>> child = std::span(operands_).subspan(first, count);
  switch (aggregation) {
    case Aggregation::ratio:
      if (tie.role == EdgeRole::operand) {
        rollup::add_pair<double>(into, child, weight, policy);
      } else {
        rollup::add_pair_operand<double>(into, child, weight, tie.role);
      }
      break;
    case Aggregation::minimum:
    case Aggregation::maximum:
      rollup::add_extremum<double>(into, child, aggregation == Aggregation::maximum, policy);
      break;
    case Aggregation::table:
      for (std::size_t i = 0; i < count; ++i) {
        shares_[first + i].add(model_, tie, child[i].state, child[i].value > 0, policy);
      }
      break;
    default:
      rollup::add_weighted<double>(into, child, weight, policy);
      break;
  }
}

// Fills operands_ with what the child of one tie offers in every wanted slot.
void RollupWorker::offer(const Tie& tie, Lane lane, const MeasureSpec& parent) {
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    operands_[place] = offer_in(tie, wanted_[place], lane, parent);
  }
  // Half a pair is no pair: the operands of a ratio of its own are not carried apart.
  if (parent.missing != MissingPolicy::carry || tie.role != EdgeRole::operand) return;
  const auto offer_at = [&](SlotId earlier) { return offer_in(tie, earlier.index(), lane, parent); };
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    rollup::carry_forward<double>(operands_[place], result_.grid_, model_, tie.child, SlotId(wanted_[place]),
                                  parent.carry_months, offer_at);
  }
}

Operand<double> RollupWorker::offer_in(const Tie& tie, std::size_t slot, Lane lane, const MeasureSpec& parent) {
  const Aggregation aggregation = parent.aggregation;
  const ResultCell& cell = row(tie.child, lane)[slot];
  Operand<double> operand;
  operand.state = cell.state;
  if (aggregation == Aggregation::ratio && tie.role == EdgeRole::operand) {
    const bool has_pair = cell.denominator != 0;
    if (has_pair) {
      operand.state = CellState::value;
    } else if (cell.state == CellState::value) {
      operand.state = CellState::empty;
    }
    operand.numerator = cell.numerator;
    operand.denominator = cell.denominator;
    operand.known = lane_denominator(tie.child, slot, lane, cell);
    return operand;
  }
  operand.value = cell.value;
  if (aggregation == Aggregation::share_meeting) {
    if (cell.state != CellState::value) return operand;
    bool has_target = false;
    const bool met = meets_target(tie.child, slot, lane, cell, parent.mark, &has_target);
    operand.value = met ? 1 : 0;
    if (!has_target) operand.state = CellState::not_applicable;
  } else if (aggregation == Aggregation::table) {
    operand.value =
        cell.state == CellState::value && rollup::answers_yes<double>(model_, tie.child, cell.value) ? 1 : 0;
  } else if (tie.carry == Carry::achievement) {
    operand.value = rollup::carried<double>(parent.cap_level, cell.achievement_raw, cell.achievement);
    operand.state = cell.achievement_state;
  }
  return operand;
}

// Coverage and origin flags along one tie, at some places; operands_ hold what it offered.
void RollupWorker::cover(const Tie& tie, double weight, Lane lane, Aggregation aggregation, std::size_t first,
                         std::size_t count) {
  const ResultCell* const child = row(tie.child, lane);
  const bool carries_target = tie.carry == Carry::achievement || aggregation == Aggregation::share_meeting;
  for (std::size_t place = first; place < first + count; ++place) {
    const std::size_t slot = wanted_[place];
    const ResultCell& cell = child[slot];
    Coverage& coverage = coverage_[place];
    const bool contributes = operands_[place].state == CellState::value;
    if (contributes) {
      unsigned inherited =
          cell.flags & (kTouchedUnvalidated | kSigned | kPartial | kCarried | kValueIllustrative | kValueUnverified);
      if (carries_target && (cell.flags & kIllustrative) != 0) inherited |= kValueIllustrative;
      if (weight < 0) inherited |= kSigned;
      coverage.flags |= inherited;
    }
    if (contributes && operands_[place].carried) coverage.flags |= kCarried;
    const rollup::Coverage<double> told{cell.covered,         cell.expected,       cell.covered_weight,
                                        cell.expected_weight, cell.covered_months, cell.expected_months};
    rollup::cover<double>(coverage, tie, weight, aggregation, operands_[place], told,
                          aggregation == Aggregation::weighted_mean ? known_weight(tie.child, slot, lane) : 0);
  }
}

// Weight that coverage is measured against: of a ratio the denominators that the full lane knows,
// for both lanes, so that the validated share is a share of all there is.
double RollupWorker::known_weight(NodeId node, std::size_t slot, Lane lane) {
  const bool ratio = rollup::aggregation_of(model_.item(node)) == Aggregation::ratio;
  return row(node, ratio ? Lane::all : lane)[slot].expected_weight;
}

}  // namespace jenjang
