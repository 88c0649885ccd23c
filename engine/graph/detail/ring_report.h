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

// Edges of one kind in the order of the calls, (parent, child), with their columns.
struct EdgeColumns {
  EdgeList ends;
  std::vector<SourceSpan> spans;
  std::vector<EdgeRole> roles;
};

// What messages are made from. By EdgeKind where an array; rows by parent.
struct PlanView {
  const std::vector<std::string>& names;
  const std::vector<SourceSpan>& spans;
  const std::array<EdgeColumns, 3>& edges;
  const std::array<CompressedRows, 3>& rows;
};

// `code` is J1301 or J1303; the ring as `shortest_rings` gives it.
void report_ring(Code code, const std::vector<Vertex>& ring, const PlanView& plan, DiagnosticSink& sink);
// True when one of the ring's steps has no formula or crosscut edge.
bool needs_support(const std::vector<Vertex>& ring, const PlanView& plan);
// One J1302 for each edge beyond the first of its kind, role and pair.
void report_repeats(EdgeKind kind, const PlanView& plan, DiagnosticSink& sink);

}  // namespace jenjang::detail
