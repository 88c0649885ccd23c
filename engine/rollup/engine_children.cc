// What the children of a node offer it, slot by slot: operands, partials, coverage.
#include <algorithm>

#include "engine/rollup/engine.h"
#include "engine/rollup/shared_copies.h"

namespace jenjang {

using rollup::Operand;
using rollup::Partial;
using rollup::Tie;

void RollupWorker::pull_children(NodeId node, Lane lane) {
  const Item& item = *item_;
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
    if (tie.overlap != nullptr) {
      take_out_copy(tie, lane, item);
      return;
    }
    offer(tie, lane, item.spec);
    refuse_offers(node, tie);
    if (rollup::is_dated(model_, tie)) {
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

// All children in one slot before the next slot, and each child by the kernels that any parent uses: the same figures
// in the same order, but nothing is asked that the plan of the node has answered.
void RollupWorker::pull_plain(Lane lane) {
  const rollup::NodePlan& plan = *plan_;
  const Item& item = *item_;
  const bool achievements = plan.is(rollup::NodePlan::carries_achievement);
  const Aggregation aggregation = plan.is(rollup::NodePlan::mean) ? Aggregation::weighted_mean : Aggregation::sum;
  const MissingPolicy policy = item.spec.missing;
  const ResultCell* const cells = (lane == Lane::all ? result_.all_ : result_.validated_).data();
  const double* const weights = &shared_.weights_[plan.first_edge];
  const std::size_t step = plan.is(rollup::NodePlan::equal_weights) ? 0 : 1;
  const Tie tie;
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const std::size_t slot = wanted_[place] * RollupResult::kAbreast;
    Partial<double> partial;
    Coverage coverage;
    for (std::uint32_t i = 0; i < plan.child_count; ++i) {
      const ResultCell& cell = cells[RollupResult::first_cell(plan.first_child + i, slots_) + slot];
      Operand<double> offered;
      offered.value = achievements
                          ? rollup::carried<double>(item.spec.cap_level, cell.achievement_raw, cell.achievement)
                          : cell.value;
      offered.state = achievements ? cell.achievement_state : cell.state;
      rollup::add_weighted_to<double>(partial, offered, weights[i * step], policy);
      cover_cell(coverage, tie, weights[i * step], aggregation, achievements, offered, cell, cell.expected_weight);
    }
    partials_[place] = partial;
    coverage_[place] = coverage;
  }
}

void RollupWorker::ask_for_inputs(NodeId node, std::span<const std::uint32_t> slots) {
  const rollup::NodePlan& plan = shared_.plans_[node.index()];
  if (!plan.is(rollup::NodePlan::plain)) return;
  // More would only drive out what was asked for first.
  constexpr std::uint32_t kMost = 32;
  const std::size_t last = plan.first_child + std::min(plan.child_count, kMost) - 1;
  for (const Lane lane : {Lane::all, Lane::validated}) {
    const auto& cells = lane == Lane::all ? result_.all_ : result_.validated_;
    if (cells.empty()) continue;
    for (const std::uint32_t slot : slots) {
      for (std::size_t child = plan.first_child; child <= last;) {
        // Neighbours up to the end of their block, line by line.
        const std::size_t end = std::min(last, child | (RollupResult::kAbreast - 1));
        const auto address = [&](std::size_t at) {
          return reinterpret_cast<const char*>(
              &cells[RollupResult::first_cell(at, slots_) + slot * RollupResult::kAbreast]);
        };
        constexpr std::ptrdiff_t kLine = 64;
        for (const char* line = address(child); line < address(end) + sizeof(ResultCell); line += kLine) {
          __builtin_prefetch(line);
        }
        child = end + 1;
      }
    }
  }
  __builtin_prefetch(&shared_.weights_[plan.first_edge]);
}

void RollupWorker::ask_for_targets(NodeId node, std::span<const std::uint32_t> slots) {
  const rollup::NodePlan& plan = shared_.plans_[node.index()];
  if (!plan.is(rollup::NodePlan::dense_targets)) return;
  for (const std::uint32_t slot : slots) {
    const TargetCell& cell = shared_.targets_.cells[plan.first_target + slot];
    __builtin_prefetch(&cell.target);
    __builtin_prefetch(&cell.illustrative);
  }
}

void RollupWorker::ask_for(NodeId child, Lane lane) {
  const auto cells = row(child, lane);
  for (const std::uint32_t slot : wanted_) {
    __builtin_prefetch(&cells[slot]);
    __builtin_prefetch(&cells[slot].expected_months);  // a cell may lie across two lines
  }
}

void RollupWorker::refuse_offers(NodeId node, const Tie& tie) {
  const bool one_item = model_.node_item[node.index()] == model_.node_item[tie.child.index()];
  if (one_item && rollup::exists_always(model_, tie.child)) return;
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const auto refused = rollup::refused_offer(model_, node, tie, period(wanted_[place]));
    if (refused) operands_[place].state = *refused;
  }
}

// The second copy of a shared result goes out with the figure that it came in with.
void RollupWorker::take_out_copy(const Tie& tie, Lane lane, const Item& parent) {
  const Aggregation aggregation = rollup::aggregation_of(parent);
  const auto state_at = [&](NodeId above, NodeId node, SlotId slot) {
    const ResultCell& cell = row(node, lane)[slot.index()];
    if (rollup::aggregation_of(model_.item(above)) != Aggregation::ratio) return cell.state;
    return cell.denominator != 0 ? CellState::value : cell.state == CellState::value ? CellState::empty : cell.state;
  };
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const std::uint32_t slot = wanted_[place];
    const auto copy = rollup::copy_in(model_, result_.grid_, *tie.overlap, SlotId(slot), state_at);
    const auto held = rollup::weight_in(model_, tie, period(slot));
    if (!copy && !held) continue;
    operands_[place] = offer_in(tie, copy ? copy->slot.index() : slot, lane, parent.spec);
    operands_[place].carried = copy && copy->carried;
    if (!copy) operands_[place].state = CellState::not_applicable;
    const double weight = copy ? copy->weight.to_double() : held->to_double();
    add_operands(tie, weight, parent, place, 1);
    if (held) cover(tie, weight, lane, aggregation, place, 1);
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
  operand.flags = cell.flags;
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
  const auto child = row(tie.child, lane);
  const bool carries_target = tie.carry == Carry::achievement || aggregation == Aggregation::share_meeting;
  for (std::size_t place = first; place < first + count; ++place) {
    const std::size_t slot = wanted_[place];
    cover_cell(coverage_[place], tie, weight, aggregation, carries_target, operands_[place], child[slot],
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
