// Shortest cycle and reachability against slow computations on small random graphs.
#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "jenjang/graph/goal_graph_builder.h"

#include "engine/graph/detail/boost_graph.h"
#include "engine/graph/detail/rings.h"

namespace jenjang {
namespace cycle_test {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Ring = std::vector<std::uint32_t>;

TEST(ShortestCycle, ReferenceGraph) {
  // One strong component of five vertices; the ring of three is shorter than the ring of five.
  const Edges edges{{1, 2}, {2, 3}, {3, 4}, {4, 2}, {4, 5}, {5, 1}};
  EXPECT_EQ(shortest_cycle(6, edges), (Ring{2, 3, 4}));
  EXPECT_EQ(detail::shortest_rings(6, edges), (std::vector<Ring>{{2, 3, 4}}));
}

TEST(ShortestCycle, SelfLoopIsTheShortest) {
  EXPECT_EQ(shortest_cycle(4, {{0, 1}, {1, 0}, {3, 3}}), (Ring{3}));
}

TEST(ShortestCycle, EmptyWithoutCycle) {
  EXPECT_TRUE(shortest_cycle(0, {}).empty());
  EXPECT_TRUE(shortest_cycle(3, {}).empty());
  EXPECT_TRUE(shortest_cycle(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {0, 3}, {0, 3}}).empty());
}

TEST(ShortestCycle, TiesGoToTheSmallestNumbers) {
  // Rings 0-3-2, 0-1-4 and 5-6-7: same length; 0-1-4 has the smallest second number.
  EXPECT_EQ(shortest_cycle(8, {{5, 6}, {6, 7}, {7, 5}, {0, 3}, {3, 2}, {2, 0}, {0, 1}, {1, 4}, {4, 0}}),
            (Ring{0, 1, 4}));
}

TEST(ShortestCycle, RotatedToItsSmallestVertex) {
  EXPECT_EQ(shortest_cycle(5, {{4, 2}, {2, 3}, {3, 4}}), (Ring{2, 3, 4}));
}

TEST(ShortestCycle, LongPlainRingTakesOneSearch) {
  // Quadratic work on 200 000 vertices would not come back within a test's time.
  constexpr std::uint32_t kLength = 200'000;
  Edges edges;
  for (std::uint32_t v = 0; v < kLength; ++v) edges.emplace_back(v, (v + 1) % kLength);
  const Ring ring = shortest_cycle(kLength, edges);
  ASSERT_EQ(ring.size(), kLength);
  EXPECT_EQ(ring.front(), 0U);
  EXPECT_EQ(ring.back(), kLength - 1);
}

// All simple cycles through `start` over vertices not below it, by depth-first enumeration.
void enumerate(const std::vector<std::set<std::uint32_t>>& out, std::uint32_t start, Ring& path, Ring& best) {
  for (const std::uint32_t next : out[path.back()]) {
    if (next == start) {
      if (best.empty() || path.size() < best.size() || (path.size() == best.size() && path < best)) best = path;
    } else if (next > start && std::find(path.begin(), path.end(), next) == path.end()) {
      path.push_back(next);
      enumerate(out, start, path, best);
      path.pop_back();
    }
  }
}

Ring brute_force_cycle(std::uint32_t n, const Edges& edges) {
  std::vector<std::set<std::uint32_t>> out(n);
  for (const auto& [a, b] : edges) out[a].insert(b);
  Ring best;
  for (std::uint32_t s = 0; s < n; ++s) {
    Ring path{s};
    enumerate(out, s, path, best);
  }
  return best;
}

Edges random_edges(std::mt19937& random, std::uint32_t n, std::size_t count, bool self_loops) {
  Edges edges;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t a = static_cast<std::uint32_t>(random() % n);
    const std::uint32_t b = static_cast<std::uint32_t>(random() % n);
    if (a != b || self_loops) edges.emplace_back(a, b);
  }
  return edges;
}

TEST(ShortestCycle, AgreesWithEnumerationOnRandomGraphs) {
  std::mt19937 random(1301);
  std::set<std::size_t> lengths;
  for (int round = 0; round < 4000; ++round) {
    const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % 8);
    const Edges edges = random_edges(random, n, random() % (2 * n), round % 10 == 0);
    const Ring expected = brute_force_cycle(n, edges);
    ASSERT_EQ(shortest_cycle(n, edges), expected) << "round " << round;
    ASSERT_EQ(detail::targets_first_order(n, edges).has_value(), expected.empty()) << "round " << round;
    lengths.insert(expected.size());
  }
  EXPECT_GE(lengths.size(), 5U);  // none, and rings of several lengths were seen
}

// Reachability by Warshall's closure.
std::vector<std::vector<bool>> closure(std::uint32_t n, const Edges& edges) {
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (std::uint32_t v = 0; v < n; ++v) reach[v][v] = true;
  for (const auto& [a, b] : edges) reach[a][b] = true;
  for (std::uint32_t k = 0; k < n; ++k) {
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) {
        if (reach[i][k] && reach[k][j]) reach[i][j] = true;
      }
    }
  }
  return reach;
}

TEST(ShortestRings, OneForEachComponentThatHoldsACycle) {
  std::mt19937 random(7);
  std::set<std::size_t> counts;
  for (int round = 0; round < 1500; ++round) {
    const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % 9);
    const Edges edges = random_edges(random, n, random() % (2 * n), true);
    const auto reach = closure(n, edges);
    // Slow way: for each class of mutually reachable vertices, the enumeration over its inner edges.
    std::vector<Ring> expected;
    for (std::uint32_t v = 0; v < n; ++v) {
      bool smallest = true;
      for (std::uint32_t w = 0; w < v; ++w) smallest = smallest && !(reach[v][w] && reach[w][v]);
      if (!smallest) continue;
      Edges inner;
      for (const auto& [a, b] : edges) {
        if (reach[v][a] && reach[a][v] && reach[v][b] && reach[b][v]) inner.emplace_back(a, b);
      }
      const Ring ring = brute_force_cycle(n, inner);
      if (!ring.empty()) expected.push_back(ring);
    }
    std::sort(expected.begin(), expected.end());
    ASSERT_EQ(detail::shortest_rings(n, edges), expected) << "round " << round;
    counts.insert(expected.size());
  }
  EXPECT_GE(counts.size(), 3U);
}

TEST(UnreachableFrom, AgreesWithClosureOnRandomGraphs) {
  std::mt19937 random(42);
  std::size_t total = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % 10);
    const Edges edges = random_edges(random, n, random() % (2 * n), true);
    std::vector<std::uint32_t> roots;
    for (std::size_t i = random() % 4; i > 0; --i) roots.push_back(static_cast<std::uint32_t>(random() % n));
    const auto reach = closure(n, edges);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t v = 0; v < n; ++v) {
      bool reached = false;
      for (const std::uint32_t root : roots) reached = reached || reach[root][v];
      if (!reached) expected.push_back(v);
    }
    ASSERT_EQ(unreachable_from(n, edges, roots), expected) << "round " << round;
    total += expected.size();
  }
  EXPECT_GT(total, 1000U);
}

TEST(TargetsFirstOrder, PointedToComesFirst) {
  // Parent 0 points to 1, 1 to 2: the only order is 2, 1, 0.
  EXPECT_EQ(detail::targets_first_order(3, {{0, 1}, {1, 2}}), (std::vector<std::uint32_t>{2, 1, 0}));
}

}  // namespace cycle_test
}  // namespace jenjang
