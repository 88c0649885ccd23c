#include "jenjang/bulk/flat_plan.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace jenjang::bulk {
namespace {

[[noreturn]] void refuse(const char* what, std::uint32_t node) {
  throw std::invalid_argument(std::string(what) + ": node " + std::to_string(node));
}

}  // namespace

std::size_t FlatPlan::structure_bytes() const {
  return class_of.bytes() + owner.bytes() + edge_begin.bytes() + edges.bytes() + pair_row.bytes() + shared.bytes() +
         starts.bytes();
}

const FlatPlan::Start* FlatPlan::start_of(std::uint32_t node) const {
  const Start* const found = std::lower_bound(starts.begin(), starts.end(), Start{node});
  return found != starts.end() && found->node == node ? found : nullptr;
}

FlatPlan flatten(const GoalGraph& graph, std::vector<MeasureClass> classes, std::vector<Scale> scales,
                 std::span<const std::uint16_t> class_of, std::span<const Edge> ties) {
  const auto nodes = static_cast<std::uint32_t>(graph.node_count());
  if (class_of.size() != nodes) refuse("one class a node", static_cast<std::uint32_t>(class_of.size()));
  if (ties.size() != graph.formula_edge_count()) refuse("one tie an edge", static_cast<std::uint32_t>(ties.size()));
  if (nodes >= Edge::kDenominator) refuse("a node number has 31 bits", nodes);
  FlatPlan plan;
  plan.classes = std::move(classes);
  plan.scales = std::move(scales);
  for (std::size_t level = 0; level < graph.level_count(); ++level) {
    plan.level_begin.push_back(graph.level_first(level).value());
  }
  plan.level_begin.push_back(nodes);
  const auto leaves = static_cast<std::uint32_t>(plan.leaf_count());
  plan.class_of = Column<std::uint16_t>(nodes);
  plan.owner = Column<std::uint32_t>(nodes);
  plan.edge_begin = Column<std::uint32_t>(nodes - leaves + 1);
  plan.edges = Column<Edge>(ties.size());
  plan.pair_row = Column<std::uint32_t>(nodes - leaves);
  std::copy(class_of.begin(), class_of.end(), plan.class_of.begin());
  std::fill(plan.owner.begin(), plan.owner.end(), kNoNode);
  std::uint32_t next = 0;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (class_of[node] >= plan.classes.size()) refuse("no such class", node);
    const Aggregation aggregation = plan.measure(node).aggregation;
    const auto children = graph.children(NodeId(node));
    // Level 0 may hold ties of other kinds above it, never formula children.
    if ((aggregation == Aggregation::leaf) != (node < leaves)) refuse("a leaf class is for leaves alone", node);
    if (node < leaves) continue;
    plan.edge_begin[node - leaves] = next;
    const std::size_t first = graph.formula_first_edge(NodeId(node)).index();
    for (std::size_t i = 0; i < children.size(); ++i) {
      Edge edge = ties[first + i];
      const std::uint32_t child = children[i].value();
      edge.child_and_role = child | (edge.child_and_role & Edge::kDenominator);
      plan.edges[next++] = edge;
      if (plan.owner[child] == kNoNode) plan.owner[child] = node;
    }
    plan.pair_row[node - leaves] = aggregation == Aggregation::ratio ? plan.pair_rows++ : kNoNode;
  }
  plan.edge_begin[nodes - leaves] = next;
  plan.bounds = find_bounds(plan);
  plan.shared = find_shared(plan);
  return plan;
}

Column<FlatPlan::Shared> find_shared(const FlatPlan& plan) {
  std::vector<FlatPlan::Shared> found;
  const auto leaves = static_cast<std::uint32_t>(plan.leaf_count());
  for (std::uint32_t node = leaves; node < plan.node_count(); ++node) {
    for (const Edge& edge : plan.children(node)) {
      if (plan.owner[edge.child()] != node) found.push_back({edge.child(), node});
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  Column<FlatPlan::Shared> column(found.size());
  std::copy(found.begin(), found.end(), column.begin());
  return column;
}

}  // namespace jenjang::bulk
