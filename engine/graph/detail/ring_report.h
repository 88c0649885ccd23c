// Messages about the structure of a plan graph: rings (J1301, J1303) and repeated edges (J1302).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/measure/kinds.h"

#include "engine/graph/detail/boost_graph.h"
#include "engine/graph/detail/compressed_rows.h"

namespace jenjang::detail {

// Edges of one kind in the order of the calls, (parent, child), with their columns. Spans and roles end with the last
// edge that has one: those that no file wrote cost nothing.
struct EdgeColumns {
  EdgeList ends;
  std::vector<SourceSpan> spans;
  std::vector<EdgeRole> roles;

  [[nodiscard]] SourceSpan span(std::size_t edge) const { return edge < spans.size() ? spans[edge] : SourceSpan{}; }
  [[nodiscard]] EdgeRole role(std::size_t edge) const { return edge < roles.size() ? roles[edge] : EdgeRole::operand; }
};

// What messages are made from. By EdgeKind where an array; rows by parent.
struct PlanView {
  std::size_t vertex_count;
  const std::vector<std::string>& names;  // up to the last vertex that has one, spans likewise
  const std::vector<SourceSpan>& spans;
  const std::array<EdgeColumns, 3>& edges;
  const std::array<CompressedRows, 3>& rows;

  [[nodiscard]] std::string name(Vertex vertex) const { return vertex < names.size() ? names[vertex] : std::string(); }
  [[nodiscard]] SourceSpan span(Vertex vertex) const { return vertex < spans.size() ? spans[vertex] : SourceSpan{}; }
};

// `code` is J1301 or J1303; the ring as `shortest_rings` gives it.
void report_ring(Code code, const std::vector<Vertex>& ring, const PlanView& plan, DiagnosticSink& sink);
// True when one of the ring's steps has no formula or crosscut edge.
bool needs_support(const std::vector<Vertex>& ring, const PlanView& plan);
// One J1302 for each edge beyond the first of its kind, role and pair.
void report_repeats(EdgeKind kind, const PlanView& plan, DiagnosticSink& sink);

}  // namespace jenjang::detail
