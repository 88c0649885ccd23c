// Level numbering: which vertex becomes which node.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/graph/detail/compressed_rows.h"

namespace jenjang::detail {

struct Numbering {
  std::vector<std::uint32_t> level_begin;  // level_count + 1 entries; empty without vertices
  std::vector<Vertex> vertex_of_node;      // by node number
  std::vector<std::uint32_t> node_of_vertex;
};

// `order` lists every vertex after its children by `formula` and `crosscut` (rows by parent).
//
// Level: 0 without children, else one more than the highest child. Within a level, nodes stand in the order of the
// parent that declared them first, and under one parent in declaration order, those without a second formula parent
// first; so the unshared children of a parent on one level are one run, and the runs follow the order of their parents.
// Vertices without a formula parent close their level, in the order they were added. O(V + E).
Numbering number_by_level(const std::vector<Vertex>& order, const EdgeList& formula_edges,
                          const CompressedRows& formula, const CompressedRows& crosscut);

}  // namespace jenjang::detail
