// GoalGraph: the frozen plan graph in compressed rows, numbered by level.
//
// Vertices are nodes (an item at a unit). `rumus` and `lintas` edges decide levels, because both may
// carry arithmetic: a leaf has level 0, a parent one more than its highest child. Nodes of one level are one index
// range, leaves first, and the unshared children of one parent (no other formula parent) that stand on one level are
// contiguous in declaration order, in the order of their parents, so that a bottom-up sweep reads
// memory forward. Rows of children keep declaration order, rows of parents node order; two edges between one pair (a
// numerator that is part of the denominator too) are two entries in both. Structure costs 4 bytes a node and 16 a
// formula edge and its reverse row. Immutable and safe to share between threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "jenjang/base/strong_id.h"
#include "jenjang/measure/kinds.h"

namespace jenjang {

using NodeId = StrongId<struct NodeTag>;
using EdgeId = StrongId<struct EdgeTag>;  // index into the edge columns of one kind

class GoalGraph {
public:
  [[nodiscard]] std::size_t node_count() const { return formula_begin_.empty() ? 0 : formula_begin_.size() - 1; }
  [[nodiscard]] std::size_t level_count() const { return level_begin_.empty() ? 0 : level_begin_.size() - 1; }
  // Nodes of a level are [first, last).
  [[nodiscard]] NodeId level_first(std::size_t level) const { return NodeId(level_begin_[level]); }
  [[nodiscard]] NodeId level_last(std::size_t level) const { return NodeId(level_begin_[level + 1]); }

  // Formula children of a node in declaration order, and the edge ids beside them:
  // edge of children(n)[i] is EdgeId(formula_first_edge(n).value() + i).
  [[nodiscard]] std::span<const NodeId> children(NodeId node) const;
  [[nodiscard]] EdgeId formula_first_edge(NodeId node) const { return EdgeId(formula_begin_[node.index()]); }
  [[nodiscard]] std::span<const NodeId> parents(NodeId node) const;  // formula parents
  [[nodiscard]] std::size_t formula_edge_count() const { return formula_child_.size(); }

  // Support: supporters(n) help n; supported(n) is what n helps. No arithmetic.
  [[nodiscard]] std::span<const NodeId> supporters(NodeId node) const;
  [[nodiscard]] std::span<const NodeId> supported(NodeId node) const;
  // Crosscut: results of other owners that n sees by share or full credit; edge ids run along.
  [[nodiscard]] std::span<const NodeId> crosscut_children(NodeId node) const;
  [[nodiscard]] EdgeId crosscut_first_edge(NodeId node) const { return EdgeId(crosscut_begin_[node.index()]); }
  [[nodiscard]] std::size_t crosscut_edge_count() const { return crosscut_child_.size(); }
  [[nodiscard]] std::span<const NodeId> crosscut_parents(NodeId node) const;

private:
  friend class GoalGraphBuilder;
  std::vector<std::uint32_t> level_begin_;
  std::vector<std::uint32_t> formula_begin_, support_begin_, crosscut_begin_;
  std::vector<NodeId> formula_child_, support_child_, crosscut_child_;
  std::vector<std::uint32_t> formula_up_begin_, support_up_begin_, crosscut_up_begin_;
  std::vector<NodeId> formula_parent_, support_parent_, crosscut_parent_;
};

}  // namespace jenjang
