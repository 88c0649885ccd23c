#include "engine/rollup/engine_plan.h"

#include <algorithm>

#include "engine/rollup/large_pages.h"
#include "engine/rollup/semantics.h"

namespace jenjang::rollup {
namespace {

// Whether the ties of a parent are all of one kind, so that no tie has to be looked at by itself.
class PlainParents {
public:
  explicit PlainParents(const Model& model) : model_(model), dated_(model.formula_edges.size(), false) {
    for (const DatedTie& tie : model.dated_ties) dated_[tie.edge] = true;
  }

  [[nodiscard]] bool is_plain(NodeId node) const {
    const Item& item = model_.item(node);
    const Aggregation aggregation = aggregation_of(item);
    if (aggregation != Aggregation::sum && aggregation != Aggregation::weighted_mean) return false;
    if (item.spec.missing == MissingPolicy::carry || !model_.overlaps_of(node).empty()) return false;
    const auto children = model_.graph.children(node);
    if (children.empty() || !model_.graph.crosscut_children(node).empty()) return false;
    const std::size_t first = model_.graph.formula_first_edge(node).index();
    for (std::size_t i = 0; i < children.size(); ++i) {
      const FormulaEdge& edge = model_.formula_edges[first + i];
      if (children[i].index() != children.front().index() + i || dated_[first + i]) return false;
      if (edge.role != EdgeRole::operand || edge.carry != model_.formula_edges[first].carry) return false;
      if (!may_be_plain(node, children[i], aggregation)) return false;
    }
    return true;
  }

private:
  [[nodiscard]] bool may_be_plain(NodeId parent, NodeId child, Aggregation aggregation) const {
    if (!exists_always(model_, child)) return false;
    const Item& below = model_.item(child);
    // Two definitions of one measure never mix: that is decided year by year.
    const bool one_item = model_.node_item[parent.index()] == model_.node_item[child.index()];
    if (!one_item && below.code == model_.item(parent).code) return false;
    // The coverage of a ratio in a mean is told by denominators of the full lane.
    return aggregation == Aggregation::sum || aggregation_of(below) != Aggregation::ratio;
  }

  const Model& model_;
  std::vector<bool> dated_;  // by formula edge
};

}  // namespace

std::vector<NodePlan> make_node_plans(const Model& model, const TargetTable& targets, const PeriodGrid& grid,
                                      const std::vector<std::uint32_t>& target_begin) {
  const std::size_t nodes = model.node_count();
  std::vector<NodePlan> plans;
  reserve_large(plans, nodes);
  plans.resize(nodes);
  const PlainParents parents(model);
  for (std::size_t i = 0; i < nodes; ++i) {
    const NodeId node = NodeId::from_index(i);
    const Item& item = model.item(node);
    NodePlan& plan = plans[i];
    unsigned traits = 0;
    const auto set = [&traits](NodePlan::Trait trait, bool holds) { traits |= holds ? unsigned{trait} : 0U; };
    plan.item = model.node_item[i].value();
    const auto children = model.graph.children(node);
    plan.child_count = static_cast<std::uint32_t>(children.size());
    plan.first_edge = model.graph.formula_first_edge(node).value();
    if (!children.empty()) plan.first_child = children.front().value();
    const Aggregation aggregation = aggregation_of(item);
    set(NodePlan::inner, is_inner(model, node));
    set(NodePlan::crosscut, !model.graph.crosscut_children(node).empty());
    set(NodePlan::ratio, aggregation == Aggregation::ratio);
    set(NodePlan::goal, is_goal(item.kind));
    set(NodePlan::has_baseline, !model.baselines_of(node).empty());
    if (parents.is_plain(node)) {
      set(NodePlan::plain, true);
      set(NodePlan::mean, aggregation == Aggregation::weighted_mean);
      const std::span<const FormulaEdge> edges =
          std::span(model.formula_edges).subspan(plan.first_edge, plan.child_count);
      set(NodePlan::equal_weights, std::all_of(edges.begin(), edges.end(), [&edges](const FormulaEdge& edge) {
            return edge.weight == edges.front().weight;
          }));
      set(NodePlan::carries_achievement, model.formula_edges[plan.first_edge].carry == Carry::achievement);
    }
    plan.first_target = target_begin[i];
    const auto own = std::span(targets.cells).subspan(target_begin[i], target_begin[i + 1] - target_begin[i]);
    const auto same_period = [](const TargetCell& cell, Period period) { return cell.period == period; };
    set(NodePlan::dense_targets,
        std::equal(own.begin(), own.end(), grid.periods().begin(), grid.periods().end(), same_period));
    const auto above = model.graph.parents(node);
    if (!above.empty()) plan.parent = above.front().value();
    plan.traits = static_cast<std::uint16_t>(traits);
  }
  // Who reads a node. Parents without a roll-up of their own draw their children and do not count them.
  std::vector<bool> read_beyond(nodes, false);
  for (const Overlap& overlap : model.overlaps) {
    read_beyond[overlap.shared.index()] = true;
    for (const NodeId between : overlap.copied) read_beyond[between.index()] = true;
    for (const NodeId between : overlap.counted) read_beyond[between.index()] = true;
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    const NodeId node = NodeId::from_index(i);
    const auto above = model.graph.parents(node);
    const bool alone = above.size() == 1 && !read_beyond[i] && model.graph.crosscut_parents(node).empty();
    if (alone && (plans[above.front().index()].traits & NodePlan::plain) != 0) plans[i].traits |= NodePlan::only_parent;
  }
  return plans;
}

}  // namespace jenjang::rollup
