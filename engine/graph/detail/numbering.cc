#include "engine/graph/detail/numbering.h"

#include <algorithm>
#include <cstddef>

namespace jenjang::detail {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

std::vector<std::uint32_t> levels(const std::vector<Vertex>& order, const CompressedRows& formula,
                                  const CompressedRows& crosscut) {
  std::vector<std::uint32_t> level(order.size(), 0);
  for (const Vertex v : order) {
    for (const CompressedRows* rows : {&formula, &crosscut}) {
      for (std::uint32_t i = rows->begin[v]; i < rows->begin[v + std::size_t{1}]; ++i) {
        level[v] = std::max(level[v], level[rows->end_vertex[i]] + 1);
      }
    }
  }
  return level;
}

// For each vertex its first formula edge upward, and whether another parent has one too.
struct Ownership {
  std::vector<std::uint32_t> edge;
  std::vector<bool> shared;

  Ownership(std::size_t vertex_count, const EdgeList& edges) : edge(vertex_count, kNone), shared(vertex_count, false) {
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
      const auto& [parent, child] = edges[i];
      if (edge[child] == kNone) {
        edge[child] = i;
      } else if (edges[edge[child]].first != parent) {
        shared[child] = true;
      }
    }
  }
};

}  // namespace

Numbering number_by_level(const std::vector<Vertex>& order, const EdgeList& formula_edges,
                          const CompressedRows& formula, const CompressedRows& crosscut) {
  Numbering numbering;
  const std::size_t count = order.size();
  if (count == 0) return numbering;
  const std::vector<std::uint32_t> level = levels(order, formula, crosscut);
  const Ownership owner(count, formula_edges);

  const std::size_t level_count = std::size_t{*std::max_element(level.begin(), level.end())} + 1;
  numbering.level_begin.assign(level_count + 1, 0);
  for (const std::uint32_t l : level) ++numbering.level_begin[l + std::size_t{1}];
  for (std::size_t l = 0; l < level_count; ++l) numbering.level_begin[l + 1] += numbering.level_begin[l];

  // Each level is filled from its front by parents above it (levels are walked from the top), then closed with its
  // roots; all its nodes are known when the walk comes to it.
  std::vector<std::uint32_t> next(numbering.level_begin.begin(), numbering.level_begin.end() - 1);
  numbering.vertex_of_node.resize(count);
  numbering.node_of_vertex.resize(count);
  const auto place = [&](Vertex v) {
    const std::uint32_t node = next[level[v]]++;
    numbering.vertex_of_node[node] = v;
    numbering.node_of_vertex[v] = node;
  };
  std::vector<std::vector<Vertex>> roots(level_count);
  for (Vertex v = 0; v < count; ++v) {
    if (owner.edge[v] == kNone) roots[level[v]].push_back(v);
  }
  for (std::size_t l = level_count; l-- > 0;) {
    for (const Vertex root : roots[l]) place(root);
    for (std::uint32_t node = numbering.level_begin[l]; node < numbering.level_begin[l + 1]; ++node) {
      const Vertex parent = numbering.vertex_of_node[node];
      for (const bool shared : {false, true}) {
        for (std::uint32_t i = formula.begin[parent]; i < formula.begin[parent + std::size_t{1}]; ++i) {
          const Vertex child = formula.end_vertex[i];
          if (owner.edge[child] == formula.edge[i] && owner.shared[child] == shared) place(child);
        }
      }
    }
  }
  return numbering;
}

}  // namespace jenjang::detail
