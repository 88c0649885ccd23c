// Shortest rings: the witness that a planner can read when a plan runs in a circle.
#pragma once

#include <vector>

#include "engine/graph/detail/boost_graph.h"

namespace jenjang::detail {

// For every strongly connected component that holds a cycle, its shortest directed cycle as vertices in edge order
// (the last points back to the first): fewest vertices, then smallest numbers compared in order, each rotated to start
// at its smallest vertex. Sorted by first vertex. An edge to itself is a ring of one.
// O(V + E) without cycles; O(Vs Es) for a component of Vs vertices and Es edges at worst.
std::vector<std::vector<Vertex>> shortest_rings(Vertex vertex_count, const EdgeList& edges);

}  // namespace jenjang::detail
