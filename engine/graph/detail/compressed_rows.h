// Edges sorted into rows by one end, keeping the order of the edges within a row.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/graph/detail/boost_graph.h"

namespace jenjang::detail {

struct CompressedRows {
  std::vector<std::uint32_t> begin;  // vertex_count + 1 entries
  std::vector<Vertex> end_vertex;    // the other end, by position
  std::vector<std::uint32_t> edge;   // index of the edge, by position
};

enum class RowBy : std::uint8_t { parent, child };

// Counting sort, stable: O(V + E). Edges are (parent, child).
inline CompressedRows compress(Vertex vertex_count, const EdgeList& edges, RowBy by) {
  const auto key = [by](const std::pair<Vertex, Vertex>& e) { return by == RowBy::parent ? e.first : e.second; };
  const auto other = [by](const std::pair<Vertex, Vertex>& e) { return by == RowBy::parent ? e.second : e.first; };
  CompressedRows rows;
  rows.begin.assign(std::size_t{vertex_count} + 1, 0);
  for (const auto& e : edges) ++rows.begin[key(e) + std::size_t{1}];
  for (std::size_t v = 0; v < vertex_count; ++v) rows.begin[v + 1] += rows.begin[v];
  rows.end_vertex.resize(edges.size());
  rows.edge.resize(edges.size());
  std::vector<std::uint32_t> next(rows.begin.begin(), rows.begin.end() - 1);
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    const std::uint32_t at = next[key(edges[i])]++;
    rows.end_vertex[at] = other(edges[i]);
    rows.edge[at] = i;
  }
  return rows;
}

}  // namespace jenjang::detail
