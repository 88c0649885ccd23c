// The parts of a roll-up that are not numbers: which edges count, which state a missing figure has.
// The double side and the exact side both ask here, so that they cannot drift apart.
#pragma once

#include <optional>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/period_grid.h"
#include "jenjang/graph/target_table.h"

namespace jenjang::rollup {

// Every period with a target or a bound fact, closed upward.
PeriodGrid make_grid(const TargetTable& targets, const Facts& facts);

// A goal without a declared aggregation is the mean of what it carries.
Aggregation aggregation_of(const Item& item);

// One arithmetic tie of a parent, formula or accepted crosscut.
struct Tie {
  NodeId child;
  Carry carry = Carry::value;
  EdgeRole role = EdgeRole::operand;
  Decimal weight{1};
  std::size_t index = 0;  // of the edge among formula edges; crosscut edges follow after all of these
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

// True when the node's figure comes from children.
bool is_inner(const Model& model, NodeId node);
// True when an own figure of an inner node outranks its roll-up.
bool own_figure_first(const Item& item);

// State of a cell that nobody reported (DESIGN section 5): finer than its frequency, not over yet,
// carrying no target, official figure still to come (it appears in the year after), else empty.
CellState missing_state(const Item& item, Period period, const std::optional<Date>& as_of, bool has_targets,
                        bool has_target_here);

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
