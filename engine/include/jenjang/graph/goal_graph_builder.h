// GoalGraphBuilder: takes vertices and edges in any order, checks them with Boost.Graph, freezes.
//
// Vertices are numbered as added (VertexId); `freeze` gives the renumbering. Boost.Graph stays in
// engine/graph/detail. The builder is emptied by freeze.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/goal_graph.h"

namespace jenjang {

using VertexId = StrongId<struct VertexTag>;

struct FrozenGraph {
  GoalGraph graph;
  std::vector<NodeId> node_of_vertex;    // by VertexId
  std::vector<VertexId> vertex_of_node;  // by NodeId
  // For every formula (crosscut) edge of the frozen graph, in its edge order, the index in the
  // order of add_edge calls of that kind: lets the caller permute its own edge columns.
  std::vector<std::uint32_t> formula_edge_source;
  std::vector<std::uint32_t> crosscut_edge_source;
};

class GoalGraphBuilder {
public:
  GoalGraphBuilder();
  ~GoalGraphBuilder();
  GoalGraphBuilder(GoalGraphBuilder&&) noexcept;
  GoalGraphBuilder& operator=(GoalGraphBuilder&&) noexcept;

  // `name` and `span` serve messages only.
  VertexId add_vertex(std::string name, SourceSpan span);
  // Vertices without name or place, for graphs that no plan file wrote; the first of them. They cost no memory here.
  VertexId add_vertices(std::size_t count);
  // Room for formula edges that will come.
  void reserve(std::size_t formula_edges);
  // Edge from parent to child (for support: from the supported to the supporter; for crosscut: from
  // the parent that sees a shared result to that result). Returns its index among edges of that kind. A second edge of
  // the same kind and role between the same pair is kept and reported at freeze as J1302 (a warning for support, which
  // nothing counts). Roles keep a quantity that is numerator and part of the denominator of one ratio from being a
  // repeat.
  std::uint32_t add_edge(EdgeKind kind, VertexId parent, VertexId child, SourceSpan span,
                         EdgeRole role = EdgeRole::operand);
  [[nodiscard]] std::size_t vertex_count() const;

  // A cycle among formula and crosscut edges is J1301, and the result nullopt. A cycle that needs a support edge is
  // J1303, an error too, but nothing is computed along it, so the graph freezes. One report for every strongly
  // connected part, with its shortest ring (fewest edges, ties by smallest vertex numbers), each edge a related span.
  // An edge to itself is a ring of one. O(V + E) without cycles. Without errors the numbering depends only on the order
  // of the calls.
  std::optional<FrozenGraph> freeze(DiagnosticSink& sink);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Shortest directed cycle of a graph given as edges (from, to) over vertices 0..n-1; smallest
// numbers first among equals, rotated to start at its smallest vertex; empty when acyclic.
// Tarjan's components by Boost.Graph, then breadth-first search inside each (algorithms 7).
std::vector<std::uint32_t> shortest_cycle(std::uint32_t vertex_count,
                                          const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges);
// Vertices not reachable from any of `roots`.
std::vector<std::uint32_t> unreachable_from(std::uint32_t vertex_count,
                                            const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                                            const std::vector<std::uint32_t>& roots);

}  // namespace jenjang
