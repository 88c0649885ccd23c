#include "jenjang/graph/goal_graph.h"

namespace jenjang {
namespace {

std::span<const NodeId> row(const std::vector<std::uint32_t>& begin, const std::vector<NodeId>& ends, NodeId node) {
  const std::size_t first = begin[node.index()];
  return std::span(ends).subspan(first, begin[node.index() + 1] - first);
}

}  // namespace

std::span<const NodeId> GoalGraph::children(NodeId node) const {
  return row(formula_begin_, formula_child_, node);
}
std::span<const NodeId> GoalGraph::parents(NodeId node) const {
  return row(formula_up_begin_, formula_parent_, node);
}
std::span<const NodeId> GoalGraph::supporters(NodeId node) const {
  return row(support_begin_, support_child_, node);
}
std::span<const NodeId> GoalGraph::supported(NodeId node) const {
  return row(support_up_begin_, support_parent_, node);
}
std::span<const NodeId> GoalGraph::crosscut_children(NodeId node) const {
  return row(crosscut_begin_, crosscut_child_, node);
}
std::span<const NodeId> GoalGraph::crosscut_parents(NodeId node) const {
  return row(crosscut_up_begin_, crosscut_parent_, node);
}

}  // namespace jenjang
