#include "jenjang/graph/goal_graph_builder.h"

#include <array>
#include <cassert>
#include <utility>

#include "engine/graph/detail/boost_graph.h"
#include "engine/graph/detail/compressed_rows.h"
#include "engine/graph/detail/numbering.h"
#include "engine/graph/detail/ring_report.h"
#include "engine/graph/detail/rings.h"

namespace jenjang {
namespace {

using detail::CompressedRows;
using detail::EdgeColumns;
using detail::EdgeList;
using detail::Numbering;
using detail::RowBy;
using detail::Vertex;

constexpr std::size_t at(EdgeKind kind) {
  return static_cast<std::size_t>(kind);
}

EdgeList joined(const EdgeList& a, const EdgeList& b) {
  EdgeList all;
  all.reserve(a.size() + b.size());
  all.insert(all.end(), a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

// The edges of one kind renumbered: rows by parent node in declaration order, rows by child node in node order.
struct FrozenRows {
  std::vector<std::uint32_t> begin, up_begin;
  std::vector<NodeId> child, parent;
  std::vector<std::uint32_t> source;  // index of the add_edge call

  FrozenRows(const CompressedRows& rows, const Numbering& numbering) {
    const std::size_t nodes = numbering.vertex_of_node.size();
    const std::size_t edges = rows.end_vertex.size();
    begin.reserve(nodes + 1);
    begin.push_back(0);
    child.reserve(edges);
    source.reserve(edges);
    up_begin.assign(nodes + 1, 0);
    for (const Vertex v : numbering.vertex_of_node) {
      for (std::uint32_t i = rows.begin[v]; i < rows.begin[v + std::size_t{1}]; ++i) {
        const std::uint32_t node = numbering.node_of_vertex[rows.end_vertex[i]];
        child.push_back(NodeId(node));
        source.push_back(rows.edge[i]);
        ++up_begin[node + std::size_t{1}];
      }
      begin.push_back(static_cast<std::uint32_t>(child.size()));
    }
    for (std::size_t n = 0; n < nodes; ++n) up_begin[n + 1] += up_begin[n];
    parent.resize(edges);
    std::vector<std::uint32_t> next(up_begin.begin(), up_begin.end() - 1);
    for (std::uint32_t n = 0; n < nodes; ++n) {
      for (std::uint32_t i = begin[n]; i < begin[n + std::size_t{1}]; ++i) parent[next[child[i].index()]++] = NodeId(n);
    }
  }
};

}  // namespace

struct GoalGraphBuilder::Impl {
  std::size_t vertex_count = 0;
  std::vector<std::string> names;  // up to the last vertex that has one, spans likewise
  std::vector<SourceSpan> spans;
  std::array<EdgeColumns, 3> edges;  // by EdgeKind
};

GoalGraphBuilder::GoalGraphBuilder() : impl_(std::make_unique<Impl>()) {}
GoalGraphBuilder::~GoalGraphBuilder() = default;
GoalGraphBuilder::GoalGraphBuilder(GoalGraphBuilder&&) noexcept = default;
GoalGraphBuilder& GoalGraphBuilder::operator=(GoalGraphBuilder&&) noexcept = default;

VertexId GoalGraphBuilder::add_vertex(std::string name, SourceSpan span) {
  impl_->names.resize(impl_->vertex_count);
  impl_->spans.resize(impl_->vertex_count);
  impl_->names.push_back(std::move(name));
  impl_->spans.push_back(span);
  return VertexId::from_index(impl_->vertex_count++);
}

VertexId GoalGraphBuilder::add_vertices(std::size_t count) {
  const VertexId first = VertexId::from_index(impl_->vertex_count);
  impl_->vertex_count += count;
  return first;
}

void GoalGraphBuilder::reserve(std::size_t formula_edges) {
  impl_->edges[at(EdgeKind::formula)].ends.reserve(formula_edges);
}

std::uint32_t GoalGraphBuilder::add_edge(EdgeKind kind, VertexId parent, VertexId child, SourceSpan span,
                                         EdgeRole role) {
  assert(parent.index() < vertex_count() && child.index() < vertex_count());
  EdgeColumns& columns = impl_->edges[at(kind)];
  columns.ends.emplace_back(parent.value(), child.value());
  if (span.valid()) {
    columns.spans.resize(columns.ends.size());
    columns.spans.back() = span;
  }
  if (role != EdgeRole::operand) {
    columns.roles.resize(columns.ends.size(), EdgeRole::operand);
    columns.roles.back() = role;
  }
  return static_cast<std::uint32_t>(columns.ends.size() - 1);
}

std::size_t GoalGraphBuilder::vertex_count() const {
  return impl_->vertex_count;
}

std::optional<FrozenGraph> GoalGraphBuilder::freeze(DiagnosticSink& sink) {
  const std::unique_ptr<Impl> plan = std::exchange(impl_, std::make_unique<Impl>());
  const auto vertices = static_cast<Vertex>(plan->vertex_count);
  std::array<CompressedRows, 3> rows;
  for (std::size_t kind = 0; kind < rows.size(); ++kind) {
    rows[kind] = detail::compress(vertices, plan->edges[kind].ends, RowBy::parent);
  }
  const detail::PlanView view{plan->vertex_count, plan->names, plan->spans, plan->edges, rows};
  for (const EdgeKind kind : {EdgeKind::formula, EdgeKind::support, EdgeKind::crosscut}) {
    detail::report_repeats(kind, view, sink);
  }

  const EdgeList& formula = plan->edges[at(EdgeKind::formula)].ends;
  const EdgeList arithmetic = joined(formula, plan->edges[at(EdgeKind::crosscut)].ends);
  const std::optional<std::vector<Vertex>> order = detail::targets_first_order(vertices, arithmetic);
  if (!order) {
    for (const auto& ring : detail::shortest_rings(vertices, arithmetic)) {
      detail::report_ring(Code::J1301, ring, view, sink);
    }
  }
  if (const EdgeList& support = plan->edges[at(EdgeKind::support)].ends; !support.empty()) {
    const EdgeList all = joined(arithmetic, support);
    // With a ring of arithmetic alone, the shortest of its part is reported above and skipped here; what support adds
    // to the same part shows once that is repaired.
    if (!order || !detail::targets_first_order(vertices, all)) {
      for (const auto& ring : detail::shortest_rings(vertices, all)) {
        if (detail::needs_support(ring, view)) detail::report_ring(Code::J1303, ring, view, sink);
      }
    }
  }
  if (!order) return std::nullopt;

  Numbering numbering =
      detail::number_by_level(*order, formula, rows[at(EdgeKind::formula)], rows[at(EdgeKind::crosscut)]);
  FrozenRows formula_rows(rows[at(EdgeKind::formula)], numbering);
  FrozenRows support_rows(rows[at(EdgeKind::support)], numbering);
  FrozenRows crosscut_rows(rows[at(EdgeKind::crosscut)], numbering);

  FrozenGraph frozen;
  GoalGraph& graph = frozen.graph;
  graph.level_begin_ = std::move(numbering.level_begin);
  graph.formula_begin_ = std::move(formula_rows.begin);
  graph.formula_child_ = std::move(formula_rows.child);
  graph.formula_up_begin_ = std::move(formula_rows.up_begin);
  graph.formula_parent_ = std::move(formula_rows.parent);
  graph.support_begin_ = std::move(support_rows.begin);
  graph.support_child_ = std::move(support_rows.child);
  graph.support_up_begin_ = std::move(support_rows.up_begin);
  graph.support_parent_ = std::move(support_rows.parent);
  graph.crosscut_begin_ = std::move(crosscut_rows.begin);
  graph.crosscut_child_ = std::move(crosscut_rows.child);
  graph.crosscut_up_begin_ = std::move(crosscut_rows.up_begin);
  graph.crosscut_parent_ = std::move(crosscut_rows.parent);
  frozen.formula_edge_source = std::move(formula_rows.source);
  frozen.crosscut_edge_source = std::move(crosscut_rows.source);
  frozen.node_of_vertex.reserve(vertices);
  frozen.vertex_of_node.reserve(vertices);
  for (const std::uint32_t node : numbering.node_of_vertex) frozen.node_of_vertex.push_back(NodeId(node));
  for (const Vertex vertex : numbering.vertex_of_node) frozen.vertex_of_node.push_back(VertexId(vertex));
  return frozen;
}

std::vector<std::uint32_t> shortest_cycle(std::uint32_t vertex_count,
                                          const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges) {
  std::vector<std::uint32_t> best;
  // Rings come sorted by their first vertex, and no two share a vertex: a strict comparison keeps the smallest numbers.
  for (auto& ring : detail::shortest_rings(vertex_count, edges)) {
    if (best.empty() || ring.size() < best.size()) best = std::move(ring);
  }
  return best;
}

std::vector<std::uint32_t> unreachable_from(std::uint32_t vertex_count,
                                            const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                                            const std::vector<std::uint32_t>& roots) {
  const std::vector<bool> reached = detail::reached_from(vertex_count, edges, roots);
  std::vector<std::uint32_t> missing;
  for (std::uint32_t v = 0; v < vertex_count; ++v) {
    if (!reached[v]) missing.push_back(v);
  }
  return missing;
}

}  // namespace jenjang
