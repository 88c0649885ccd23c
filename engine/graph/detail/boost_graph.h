// The only door to Boost.Graph: structure checks over plain edge lists.
//
// Callers see vertex numbers only. Descriptors of Boost never leave boost_graph.cc, and the Boost graph lives no longer
// than one call.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace jenjang::detail {

using Vertex = std::uint32_t;
using EdgeList = std::vector<std::pair<Vertex, Vertex>>;

// Every vertex after all vertices that it points to: with edges from parent to child, children come first.
// nullopt when there is a cycle (which one is for `rings`). O(V + E).
std::optional<std::vector<Vertex>> targets_first_order(Vertex vertex_count, const EdgeList& edges);

// Number of the strongly connected component of each vertex (Tarjan). O(V + E).
std::vector<Vertex> component_of(Vertex vertex_count, const EdgeList& edges);

// By vertex: whether some root reaches it; a root reaches itself. O(V + E).
std::vector<bool> reached_from(Vertex vertex_count, const EdgeList& edges, const std::vector<Vertex>& roots);

}  // namespace jenjang::detail
