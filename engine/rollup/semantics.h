// The parts of a roll-up that are not numbers: which edges count, which state a missing figure has.
// The double side and the exact side both ask here, so that they cannot drift apart.
#pragma once

#include <optional>
#include <span>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/period_grid.h"
#include "jenjang/graph/target_table.h"

namespace jenjang::rollup {

// Every period with a target or a bound fact, closed upward.
PeriodGrid make_grid(const TargetTable& targets, const Facts& facts);

// A goal without a declared aggregation is the mean of what it carries.
Aggregation aggregation_of(const Item& item);

// Whether the node's unit exists in a period. Only a change of the organisation begins or ends a unit, so a plan
// without changes does not even look.
inline bool exists_in(const Model& model, NodeId node, Period period) {
  return model.unit_changes.empty() || model.unit(node).exists_in(period);
}
// The same for every period there is.
inline bool exists_always(const Model& model, NodeId node) {
  if (model.unit_changes.empty()) return true;
  const OrgUnit& unit = model.unit(node);
  return !unit.since && !unit.until;
}

// One arithmetic tie of a parent, formula or accepted crosscut.
struct Tie {
  NodeId child;
  Carry carry = Carry::value;
  EdgeRole role = EdgeRole::operand;
  Decimal weight{1};
  std::size_t index = 0;  // of the edge among formula edges; crosscut edges follow after all of these, then overlaps
  const Overlap* overlap = nullptr;  // set: takes out a second copy of a shared result
};
template <class Visit>
void for_each_tie(const Model& model, NodeId node, Visit&& visit) {
  const Item& item = model.item(node);
  if (aggregation_of(item) == Aggregation::leaf) return;
  const auto children = model.graph.children(node);
  const std::size_t first = model.graph.formula_first_edge(node).index();
  for (std::size_t i = 0; i < children.size(); ++i) {
    const FormulaEdge& edge = model.formula_edges[first + i];
    visit(Tie{children[i], edge.carry, edge.role, edge.weight, first + i});
  }
  for (const Overlap& overlap : model.overlaps_of(node)) {
    const auto number = static_cast<std::size_t>(&overlap - model.overlaps.data());
    visit(Tie{overlap.shared, Carry::value, EdgeRole::operand, overlap.weight.negated(),
              model.graph.formula_edge_count() + model.graph.crosscut_edge_count() + number, &overlap});
  }
  // A shared result counts only when its owner accepted, by its share, else in full.
  const auto shared = model.graph.crosscut_children(node);
  if (shared.empty() || item.spec.aggregation == Aggregation::table) return;
  const std::size_t first_shared = model.graph.crosscut_first_edge(node).index();
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const CrosscutEdge& edge = model.crosscut_edges[first_shared + i];
    if (!edge.accepted) continue;
    visit(Tie{shared[i], is_goal(item.kind) ? Carry::achievement : Carry::value, EdgeRole::operand,
              edge.share.value_or(Decimal(1)), model.graph.formula_edge_count() + first_shared + i});
  }
}

// True when parent and child hold one measure by different definitions in that year: the same code, another version.
bool mixes_definitions(const Model& model, NodeId parent, NodeId child, int year);

// True when the edge of a tie has a calendar of its own (weights by year, organisation changes).
inline bool is_dated(const Model& model, const Tie& tie) {
  if (model.dated_ties.empty()) return false;
  return tie.overlap != nullptr || (tie.index < model.formula_edges.size() && !model.dates_of(tie.index).empty());
}
// Weight of a tie in a period; nullopt outside its dates.
inline std::optional<Decimal> weight_in(const Model& model, const Tie& tie, Period period) {
  if (!is_dated(model, tie)) return tie.weight;
  if (tie.overlap == nullptr) return model.weight_in(tie.index, period);
  const auto copied = model.overlap_weight(*tie.overlap, period);
  return copied ? std::optional(copied->negated()) : std::nullopt;
}
// The ties that hold in a period, with their weights of that period. A tie outside its dates is no part of the parent.
template <class Visit>
void for_each_tie_in(const Model& model, NodeId node, Period period, Visit&& visit) {
  for_each_tie(model, node, [&](Tie tie) {
    const auto weight = weight_in(model, tie, period);
    if (!weight) return;
    tie.weight = *weight;
    visit(tie);
  });
}

// What a tie's child offers when the child's figure may not be used as it is: figures of two definitions of one measure
// never mix, and a figure of a time in which its unit did not exist is carried to nobody. The state to offer instead;
// nullopt: as it is. Second copies of shared results have a rule of their own: copy_in (shared_copies.h).
inline std::optional<CellState> refused_offer(const Model& model, NodeId parent, const Tie& tie, Period period) {
  if (!exists_in(model, tie.child, period)) return CellState::not_applicable;
  return mixes_definitions(model, parent, tie.child, period.year()) ? std::optional(CellState::redefined)
                                                                    : std::nullopt;
}

// True when the node's figure comes from children.
bool is_inner(const Model& model, NodeId node);
// True when an own figure of an inner node outranks its roll-up.
bool own_figure_first(const Item& item);

// State of a cell that nobody reported (DESIGN section 5): finer than its frequency or of a time without its unit, not
// over yet, carrying no target, official figure still to come (it appears in the year after), else empty. A period is
// due in which a target or a figure lies, were it only of one of its months; `targets` are those of the node.
CellState missing_state(const Model& model, NodeId node, Period period, const std::optional<Date>& as_of,
                        std::span<const TargetCell> targets, bool any_figure);
// The same for a unit that exists then. `untargeted`: the node has targets, none inside the period, and no figure
// there.
CellState missing_state(Granularity frequency, Accumulation accumulation, Period period,
                        const std::optional<Date>& as_of, bool untargeted);

// Whether an earlier figure may stand in for a missing one (bawa-terakhir): it should be there, or is an official
// figure not published yet. A period that is not over is no hole, and a changed definition has no earlier figure.
constexpr bool may_stand_in(CellState state) {
  return state == CellState::empty || state == CellState::awaiting_release;
}
// The latest earlier slot of the same granularity whose figure may be carried into `slot`, not older than `months` from
// end to end, of the same definition and of a time in which the child's unit existed. `state_at(slot)` is the state of
// what the child offers in a slot of its own.
template <class StateAt>
std::optional<SlotId> carried_from(const PeriodGrid& grid, const Model& model, NodeId child, SlotId slot, int months,
                                   StateAt&& state_at) {
  const Period hole = grid[slot];
  const int length = 12 / periods_per_year(hole.granularity());
  const auto& since = model.item(child).spec.definition_since;
  int age = length;
  for (Period earlier = hole.previous(); earlier.valid() && age <= months;
       earlier = earlier.previous(), age += length) {
    if (since && earlier.year() < *since && hole.year() >= *since) return std::nullopt;
    const auto found = grid.find(earlier);
    if (found && exists_in(model, child, earlier) && state_at(*found) == CellState::value) return found;
  }
  return std::nullopt;
}
// True when a figure of this parent, or a fact of this measure, may count in later periods than its own.
inline bool reaches_later(const MeasureSpec& spec) {
  return spec.missing == MissingPolicy::carry || spec.missing_time == MissingPolicy::carry;
}

// The target with a grade replaced by the number that facts hold for it (points or rank); nullopt
// when the grade is not on the measure's scale.
std::optional<Target> resolve_target(const Model& model, NodeId node, const Target& target);

// Index of the grade that `value` stands for on a grade scale, or -1.
template <class Number>
int grade_index(const Scale& scale, const Number& value);

// Baseline of a measure for a period: the latest one before it. `broken` is set when the definition
// changed between the two, so that they cannot be compared.
const Baseline* baseline_for(const Model& model, NodeId node, Period period, bool* broken);

}  // namespace jenjang::rollup
