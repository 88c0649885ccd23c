#include "engine/graph/detail/rings.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>

namespace jenjang::detail {
namespace {

constexpr Vertex kFar = std::numeric_limits<Vertex>::max();

// Compressed rows of the edges that stay inside one component, in both directions.
struct Rows {
  std::vector<std::size_t> begin;
  std::vector<Vertex> to;

  Rows(Vertex vertex_count, const EdgeList& edges, bool forward) : begin(std::size_t{vertex_count} + 1) {
    for (const auto& [from, target] : edges) ++begin[(forward ? from : target) + std::size_t{1}];
    for (std::size_t v = 0; v < vertex_count; ++v) begin[v + 1] += begin[v];
    to.resize(edges.size());
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (const auto& [from, target] : edges) {
      to[next[forward ? from : target]++] = forward ? target : from;
    }
  }
  [[nodiscard]] const Vertex* first(Vertex v) const { return to.data() + begin[v]; }
  [[nodiscard]] const Vertex* last(Vertex v) const { return to.data() + begin[v + std::size_t{1}]; }
};

// Takes the vertices of a component one after the other, smallest first: the shortest ring through the smallest vertex
// left is found, then that vertex is removed, since every ring through it is settled. A ring found this way starts at
// its smallest vertex, and only a strictly shorter one replaces an earlier one.
class RingFinder {
public:
  RingFinder(Vertex vertex_count, const EdgeList& edges)
      : forward_(vertex_count, edges, true),
        backward_(vertex_count, edges, false),
        removed_(vertex_count, false),
        distance_(vertex_count, kFar),
        out_left_(vertex_count),
        in_left_(vertex_count) {
    for (const auto& [from, target] : edges) {
      ++out_left_[from];
      ++in_left_[target];
    }
  }

  // `members` ascending.
  std::vector<Vertex> shortest(const std::vector<Vertex>& members) {
    std::vector<Vertex> best;
    for (const Vertex start : members) {
      if (removed_[start]) continue;
      const std::size_t limit = best.empty() ? members.size() : best.size() - 1;
      std::vector<Vertex> ring = ring_through(start, limit);
      if (!ring.empty()) best = std::move(ring);
      if (best.size() == 1) break;
      remove(start);
    }
    return best;
  }

private:
  // The shortest ring through `start` of at most `limit` vertices; among equals the smallest sequence.
  std::vector<Vertex> ring_through(Vertex start, std::size_t limit) {
    // Distances to `start`, found backwards, level by level, until a level holds a successor of start.
    std::vector<Vertex> seen{start};
    distance_[start] = 0;
    std::size_t level_end = seen.size();
    std::size_t at = 0;
    Vertex second = nearest_successor(start, 0);
    Vertex length = 1;
    while (second == kFar && at < seen.size() && length < limit) {
      for (; at < level_end; ++at) {
        for (const Vertex* p = backward_.first(seen[at]); p != backward_.last(seen[at]); ++p) {
          if (removed_[*p] || distance_[*p] != kFar) continue;
          distance_[*p] = length;
          seen.push_back(*p);
        }
      }
      level_end = seen.size();
      second = nearest_successor(start, length);
      ++length;
    }
    std::vector<Vertex> ring;
    if (second != kFar && length <= limit) {
      ring.push_back(start);
      Vertex left = length - 1;  // edges from `v` back to start
      for (Vertex v = second; v != start; v = nearest_successor(v, --left)) ring.push_back(v);
    }
    for (const Vertex v : seen) distance_[v] = kFar;
    return ring;
  }

  // Smallest vertex that `v` points to at that distance from the start; kFar when there is none.
  [[nodiscard]] Vertex nearest_successor(Vertex v, Vertex distance) const {
    Vertex found = kFar;
    for (const Vertex* w = forward_.first(v); w != forward_.last(v); ++w) {
      if (!removed_[*w] && distance_[*w] == distance) found = std::min(found, *w);
    }
    return found;
  }

  // Removes a vertex and, with it, all that can no longer lie on a ring: a long plain ring costs one search, not one
  // for each of its vertices. O(E) over all removals.
  void remove(Vertex vertex) {
    std::vector<Vertex> pending{vertex};
    removed_[vertex] = true;
    while (!pending.empty()) {
      const Vertex v = pending.back();
      pending.pop_back();
      for (const Vertex* w = forward_.first(v); w != forward_.last(v); ++w) {
        if (--in_left_[*w] == 0 && !removed_[*w]) {
          removed_[*w] = true;
          pending.push_back(*w);
        }
      }
      for (const Vertex* w = backward_.first(v); w != backward_.last(v); ++w) {
        if (--out_left_[*w] == 0 && !removed_[*w]) {
          removed_[*w] = true;
          pending.push_back(*w);
        }
      }
    }
  }

  Rows forward_, backward_;
  std::vector<bool> removed_;
  std::vector<Vertex> distance_;  // to the start of the current search; kFar when not reached
  std::vector<Vertex> out_left_, in_left_;
};

}  // namespace

std::vector<std::vector<Vertex>> shortest_rings(Vertex vertex_count, const EdgeList& edges) {
  const std::vector<Vertex> component = component_of(vertex_count, edges);
  EdgeList inner;
  for (const auto& edge : edges) {
    if (component[edge.first] == component[edge.second]) inner.push_back(edge);
  }
  if (inner.empty()) return {};

  // Members of the components that hold an edge, hence a cycle; ordered by component, members ascending.
  std::map<Vertex, std::vector<Vertex>> members;
  for (const auto& edge : inner) members[component[edge.first]];
  for (Vertex v = 0; v < vertex_count; ++v) {
    if (const auto it = members.find(component[v]); it != members.end()) it->second.push_back(v);
  }
  RingFinder finder(vertex_count, inner);
  std::vector<std::vector<Vertex>> rings;
  rings.reserve(members.size());
  for (const auto& [number, vertices] : members) rings.push_back(finder.shortest(vertices));
  std::sort(rings.begin(), rings.end());
  return rings;
}

}  // namespace jenjang::detail
