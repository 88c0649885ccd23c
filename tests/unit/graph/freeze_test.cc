// Freezing: level numbering, the renumbered edges, and the laws of both on random acyclic graphs.
#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/graph/goal_graph_builder.h"

namespace jenjang {
namespace freeze_test {

VertexId v(std::uint32_t n) {
  return VertexId(n);
}
std::vector<std::uint32_t> vertices(const FrozenGraph& f, std::span<const NodeId> nodes) {
  std::vector<std::uint32_t> out;
  for (const NodeId n : nodes) out.push_back(f.vertex_of_node[n.index()].value());
  return out;
}

TEST(Freeze, EmptyGraph) {
  DiagnosticSink sink;
  const auto frozen = GoalGraphBuilder().freeze(sink);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->graph.node_count(), 0U);
  EXPECT_EQ(frozen->graph.level_count(), 0U);
  EXPECT_EQ(frozen->graph.formula_edge_count(), 0U);
}

TEST(Freeze, EmptiesTheBuilder) {
  DiagnosticSink sink;
  GoalGraphBuilder builder;
  builder.add_vertex("a", {});
  ASSERT_TRUE(builder.freeze(sink));
  EXPECT_EQ(builder.vertex_count(), 0U);
  EXPECT_EQ(builder.freeze(sink)->graph.node_count(), 0U);
}

// A province (0) with cities 1 and 2; city 1 from agencies 3, 4; city 2 from agencies 5, 4 (4 shared); 6 stands alone.
TEST(Freeze, NumbersLevelsLeavesFirstAndChildrenInRuns) {
  DiagnosticSink sink;
  GoalGraphBuilder builder;
  for (int i = 0; i < 7; ++i) builder.add_vertex("n" + std::to_string(i), {});
  EXPECT_EQ(builder.add_edge(EdgeKind::formula, v(2), v(5), {}), 0U);
  EXPECT_EQ(builder.add_edge(EdgeKind::formula, v(0), v(1), {}), 1U);
  builder.add_edge(EdgeKind::formula, v(0), v(2), {});
  builder.add_edge(EdgeKind::formula, v(1), v(4), {});
  builder.add_edge(EdgeKind::formula, v(1), v(3), {});
  builder.add_edge(EdgeKind::formula, v(2), v(4), {});
  const auto frozen = builder.freeze(sink);
  ASSERT_TRUE(frozen);
  EXPECT_TRUE(sink.all().empty());
  std::vector<std::uint32_t> order;
  for (const VertexId id : frozen->vertex_of_node) order.push_back(id.value());
  // Leaves: the children of city 1 (3 unshared, then 4, shared and first declared by city 1), those of city 2, and last
  // the vertex without a parent; then the cities; then the province.
  EXPECT_EQ(order, (std::vector<std::uint32_t>{3, 4, 5, 6, 1, 2, 0}));
  const GoalGraph& g = frozen->graph;
  ASSERT_EQ(g.level_count(), 3U);
  EXPECT_EQ(g.level_first(0), NodeId(0));
  EXPECT_EQ(g.level_last(0), NodeId(4));
  EXPECT_EQ(g.level_last(1), NodeId(6));
  EXPECT_EQ(g.level_last(2), NodeId(7));
  // Rows keep declaration order whatever the numbering.
  EXPECT_EQ(vertices(*frozen, g.children(frozen->node_of_vertex[1])), (std::vector<std::uint32_t>{4, 3}));
  EXPECT_EQ(vertices(*frozen, g.children(frozen->node_of_vertex[2])), (std::vector<std::uint32_t>{5, 4}));
  EXPECT_EQ(vertices(*frozen, g.parents(frozen->node_of_vertex[4])), (std::vector<std::uint32_t>{1, 2}));
  // Edge columns follow: the edges of city 2 were calls 0 and 5.
  const std::size_t first = g.formula_first_edge(frozen->node_of_vertex[2]).index();
  EXPECT_EQ(frozen->formula_edge_source[first], 0U);
  EXPECT_EQ(frozen->formula_edge_source[first + 1], 5U);
}

TEST(Freeze, CrosscutDecidesLevelsAndSupportDoesNot) {
  DiagnosticSink sink;
  GoalGraphBuilder builder;
  for (int i = 0; i < 4; ++i) builder.add_vertex("n" + std::to_string(i), {});
  builder.add_edge(EdgeKind::crosscut, v(1), v(0), {});
  builder.add_edge(EdgeKind::support, v(2), v(1), {});
  const auto frozen = builder.freeze(sink);
  ASSERT_TRUE(frozen);
  const GoalGraph& g = frozen->graph;
  ASSERT_EQ(g.level_count(), 2U);
  EXPECT_EQ(g.level_last(0), NodeId(3));
  EXPECT_EQ(frozen->vertex_of_node[3], v(1));
  EXPECT_EQ(vertices(*frozen, g.crosscut_children(NodeId(3))), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(vertices(*frozen, g.crosscut_parents(frozen->node_of_vertex[0])), (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(vertices(*frozen, g.supporters(frozen->node_of_vertex[2])), (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(vertices(*frozen, g.supported(NodeId(3))), (std::vector<std::uint32_t>{2}));
  EXPECT_TRUE(g.children(NodeId(3)).empty());
  EXPECT_EQ(frozen->crosscut_edge_source, (std::vector<std::uint32_t>{0}));
}

TEST(Freeze, DeepChainNeedsNoDeepStack) {
  constexpr std::uint32_t kDepth = 300'000;
  DiagnosticSink sink;
  GoalGraphBuilder builder;
  for (std::uint32_t i = 0; i < kDepth; ++i) builder.add_vertex("", {});
  for (std::uint32_t i = 0; i + 1 < kDepth; ++i) builder.add_edge(EdgeKind::formula, v(i), v(i + 1), {});
  const auto frozen = builder.freeze(sink);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->graph.level_count(), kDepth);
  EXPECT_EQ(frozen->vertex_of_node.front(), v(kDepth - 1));
}

// --- random acyclic graphs -------------------------------------------------------------------------------------------

struct Edge {
  EdgeKind kind;
  std::uint32_t parent, child;
};
struct RandomPlan {
  std::uint32_t count = 0;
  std::vector<Edge> edges;

  explicit RandomPlan(std::mt19937& random) : count(1 + static_cast<std::uint32_t>(random() % 25)) {
    // Acyclic by a hidden order unrelated to the numbers; no pair twice within a kind.
    std::vector<std::uint32_t> rank(count);
    for (std::uint32_t i = 0; i < count; ++i) rank[i] = i;
    for (std::uint32_t i = count; i > 1; --i) std::swap(rank[i - 1], rank[random() % i]);
    std::set<std::pair<int, std::pair<std::uint32_t, std::uint32_t>>> used;
    for (std::size_t i = random() % (3 * count); i > 0; --i) {
      std::uint32_t a = static_cast<std::uint32_t>(random() % count);
      std::uint32_t b = static_cast<std::uint32_t>(random() % count);
      if (a == b) continue;
      if (rank[a] < rank[b]) std::swap(a, b);
      const std::size_t pick = random() % 8;
      const EdgeKind kind = pick < 5 ? EdgeKind::formula : pick < 6 ? EdgeKind::crosscut : EdgeKind::support;
      if (used.insert({static_cast<int>(kind), {a, b}}).second) edges.push_back({kind, a, b});
    }
  }
  [[nodiscard]] FrozenGraph freeze() const {
    DiagnosticSink sink;
    GoalGraphBuilder builder;
    for (std::uint32_t i = 0; i < count; ++i) builder.add_vertex("n" + std::to_string(i), {});
    for (const Edge& e : edges) builder.add_edge(e.kind, v(e.parent), v(e.child), {});
    auto frozen = builder.freeze(sink);
    EXPECT_TRUE(frozen);
    EXPECT_TRUE(sink.all().empty());
    return frozen ? std::move(*frozen) : FrozenGraph{};
  }
  [[nodiscard]] std::vector<Edge> of(EdgeKind kind) const {
    std::vector<Edge> out;
    for (const Edge& e : edges) {
      if (e.kind == kind) out.push_back(e);
    }
    return out;
  }
  // Longest way down over edges that carry arithmetic, by plain recursion.
  [[nodiscard]] std::size_t level(std::uint32_t vertex) const {
    std::size_t highest = 0;
    for (const Edge& e : edges) {
      if (e.parent == vertex && e.kind != EdgeKind::support) highest = std::max(highest, level(e.child) + 1);
    }
    return highest;
  }
};

class FreezeLaws : public ::testing::Test {
protected:
  template <class Check>
  void for_random_plans(Check check) {
    std::mt19937 random(1234);
    for (int round = 0; round < 400 && !HasFatalFailure(); ++round) {
      SCOPED_TRACE("round " + std::to_string(round));
      const RandomPlan plan(random);
      check(plan, plan.freeze());
    }
  }
};

TEST_F(FreezeLaws, PermutationsAreInverseAndLevelsAreRight) {
  for_random_plans([](const RandomPlan& plan, const FrozenGraph& f) {
    ASSERT_EQ(f.graph.node_count(), plan.count);
    ASSERT_EQ(f.vertex_of_node.size(), plan.count);
    for (std::uint32_t i = 0; i < plan.count; ++i) ASSERT_EQ(f.vertex_of_node[f.node_of_vertex[i].index()], v(i));
    std::size_t nodes = 0;
    for (std::size_t l = 0; l < f.graph.level_count(); ++l) {
      ASSERT_EQ(f.graph.level_first(l).index(), nodes);
      ASSERT_LT(f.graph.level_first(l), f.graph.level_last(l));
      for (; nodes < f.graph.level_last(l).index(); ++nodes) ASSERT_EQ(plan.level(f.vertex_of_node[nodes].value()), l);
    }
    ASSERT_EQ(nodes, plan.count);
  });
}

TEST_F(FreezeLaws, EveryEdgeIsKeptInDeclarationOrderBothWays) {
  for_random_plans([](const RandomPlan& plan, const FrozenGraph& f) {
    const GoalGraph& g = f.graph;
    ASSERT_EQ(g.formula_edge_count(), plan.of(EdgeKind::formula).size());
    ASSERT_EQ(g.crosscut_edge_count(), plan.of(EdgeKind::crosscut).size());
    for (std::uint32_t i = 0; i < plan.count; ++i) {
      const NodeId node = f.node_of_vertex[i];
      const auto expected = [&](EdgeKind kind, bool down) {
        std::vector<std::uint32_t> out;
        for (const Edge& e : plan.of(kind)) {
          if ((down ? e.parent : e.child) == i) out.push_back(down ? e.child : e.parent);
        }
        // Parents come in node order.
        if (!down) {
          std::sort(out.begin(), out.end(), [&](auto a, auto b) { return f.node_of_vertex[a] < f.node_of_vertex[b]; });
        }
        return out;
      };
      ASSERT_EQ(vertices(f, g.children(node)), expected(EdgeKind::formula, true));
      ASSERT_EQ(vertices(f, g.parents(node)), expected(EdgeKind::formula, false));
      ASSERT_EQ(vertices(f, g.crosscut_children(node)), expected(EdgeKind::crosscut, true));
      ASSERT_EQ(vertices(f, g.crosscut_parents(node)), expected(EdgeKind::crosscut, false));
      ASSERT_EQ(vertices(f, g.supporters(node)), expected(EdgeKind::support, true));
      ASSERT_EQ(vertices(f, g.supported(node)), expected(EdgeKind::support, false));
      for (const NodeId child : g.children(node)) ASSERT_LT(child, node);
      for (const NodeId child : g.crosscut_children(node)) ASSERT_LT(child, node);
    }
  });
}

TEST_F(FreezeLaws, EdgeSourcesPermuteTheCallersColumns) {
  for_random_plans([](const RandomPlan& plan, const FrozenGraph& f) {
    const auto check = [&](EdgeKind kind, const std::vector<std::uint32_t>& source, auto row, auto first) {
      const std::vector<Edge> edges = plan.of(kind);
      ASSERT_EQ(std::set<std::uint32_t>(source.begin(), source.end()).size(), edges.size());
      for (std::uint32_t n = 0; n < plan.count; ++n) {
        const auto children = row(NodeId(n));
        for (std::size_t i = 0; i < children.size(); ++i) {
          const Edge& e = edges[source[first(NodeId(n)).index() + i]];
          ASSERT_EQ(f.node_of_vertex[e.parent], NodeId(n));
          ASSERT_EQ(f.node_of_vertex[e.child], children[i]);
        }
      }
    };
    check(
        EdgeKind::formula, f.formula_edge_source, [&](NodeId n) { return f.graph.children(n); },
        [&](NodeId n) { return f.graph.formula_first_edge(n); });
    check(
        EdgeKind::crosscut, f.crosscut_edge_source, [&](NodeId n) { return f.graph.crosscut_children(n); },
        [&](NodeId n) { return f.graph.crosscut_first_edge(n); });
  });
}

TEST_F(FreezeLaws, UnsharedChildrenOnOneLevelAreOneRunInOrder) {
  std::size_t runs = 0;
  for_random_plans([&](const RandomPlan& plan, const FrozenGraph& f) {
    std::map<std::uint32_t, std::size_t> parents;
    for (const Edge& e : plan.of(EdgeKind::formula)) ++parents[e.child];
    for (std::uint32_t p = 0; p < plan.count; ++p) {
      std::map<std::size_t, std::vector<std::size_t>> by_level;  // node numbers in declaration order
      for (const Edge& e : plan.of(EdgeKind::formula)) {
        if (e.parent == p && parents[e.child] == 1) {
          by_level[plan.level(e.child)].push_back(f.node_of_vertex[e.child].index());
        }
      }
      for (const auto& [level, nodes] : by_level) {
        for (std::size_t i = 1; i < nodes.size(); ++i) ASSERT_EQ(nodes[i], nodes[i - 1] + 1);
        runs += nodes.size() > 1 ? 1 : 0;
      }
    }
  });
  EXPECT_GT(runs, 50U);  // the law was put to the test
}

TEST_F(FreezeLaws, SameCallsGiveTheSameNumbers) {
  for_random_plans([](const RandomPlan& plan, const FrozenGraph& f) {
    const FrozenGraph again = plan.freeze();
    ASSERT_EQ(again.vertex_of_node, f.vertex_of_node);
    ASSERT_EQ(again.formula_edge_source, f.formula_edge_source);
    ASSERT_EQ(again.crosscut_edge_source, f.crosscut_edge_source);
  });
}

// The order of calls for unrelated parents does not matter: only the order of the children under each one.
TEST_F(FreezeLaws, NumbersOfATreeDoNotDependOnHowParentsInterleave) {
  std::mt19937 random(99);
  for (int round = 0; round < 100; ++round) {
    const std::uint32_t count = 2 + static_cast<std::uint32_t>(random() % 30);
    std::vector<Edge> tree;
    for (std::uint32_t i = 1; i < count; ++i) {
      tree.push_back({EdgeKind::formula, static_cast<std::uint32_t>(random() % i), i});
    }
    RandomPlan one(random);
    one.count = count;
    one.edges = tree;
    RandomPlan other = one;
    std::stable_sort(other.edges.begin(), other.edges.end(),
                     [](const Edge& a, const Edge& b) { return a.parent > b.parent; });
    ASSERT_EQ(one.freeze().vertex_of_node, other.freeze().vertex_of_node);
  }
}

}  // namespace freeze_test
}  // namespace jenjang
