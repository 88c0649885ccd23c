#include <atomic>
#include <gtest/gtest.h>
#include <stdexcept>

#include "engine/rollup/level_sweep.h"
#include "tests/support/result_bits.h"
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace threads_test {

// A tree of four levels: 600 leaves, 60 means of ten, 6 sums of ten, one ratio-free top.
PlainPlan tree() {
  PlainPlan plan;
  for (int i = 0; i < 600; ++i) {
    plan.nodes.push_back(leaf("L", "64." + std::to_string(1000 + i),
                              {{"2024-01", std::to_string(i) + ".37", i % 7 != 0}, {"2024-02", "0.1"}}));
    plan.nodes.back().spec.accumulation = Accumulation::increments;
    // An own year beside the months that do not make it: a finding for every fifth leaf.
    if (i % 5 == 0) plan.nodes.back().facts.push_back({"2024", "1"});
  }
  std::size_t below = 0;
  for (const auto& [count, aggregation] : {std::pair(60, Aggregation::weighted_mean), std::pair(6, Aggregation::sum),
                                           std::pair(1, Aggregation::maximum)}) {
    for (int i = 0; i < count; ++i) {
      std::vector<PlainTie> ties;
      for (int k = 0; k < (count == 1 ? 6 : 10); ++k) ties.push_back({below++, k % 2 == 0 ? "1" : "0.3"});
      plan.nodes.push_back(inner("I" + std::to_string(count), aggregation, ties));
      plan.nodes.back().unit = "64." + std::to_string(2000 + i);
    }
  }
  return plan;
}

TEST(Threads, SameBitsAndFindingsInTheSameOrder) {
  const BuiltPlan built = build(tree());
  DiagnosticSink alone_sink;
  const RollupResult alone = run_rollup(built.model, built.targets, built.facts, {}, alone_sink);
  EXPECT_GE(alone_sink.all().size(), 100U);
  for (const unsigned threads : {0U, 2U, 3U, 8U, 1000U}) {
    RollupOptions options;
    options.threads = threads;
    DiagnosticSink sink;
    const RollupResult result = run_rollup(built.model, built.targets, built.facts, options, sink);
    EXPECT_TRUE(differences(built.node.size(), alone, result).empty());
    ASSERT_EQ(sink.all().size(), alone_sink.all().size());
    for (std::size_t i = 0; i < sink.all().size(); ++i) {
      EXPECT_EQ(message_text(sink.all()[i], Language::english), message_text(alone_sink.all()[i], Language::english));
    }
  }
}

// Every node once, in chunks numbered by node, and no node before the level below it is done.
TEST(Threads, LevelsWaitForOneAnother) {
  const BuiltPlan built = build(tree());
  const GoalGraph& graph = built.model.graph;
  const rollup::LevelSweep levels(graph, NodeId(0), 4);
  std::vector<std::atomic<int>> done(graph.node_count());
  std::vector<rollup::LevelSweep::Chunk> chunks(levels.chunk_count());
  std::atomic<int> early{0};
  levels.run([&](unsigned, const rollup::LevelSweep::Chunk& chunk, std::size_t number) {
    chunks[number] = chunk;
    for (std::uint32_t node = chunk.first; node < chunk.last; ++node) {
      for (const NodeId child : graph.children(NodeId(node))) early += done[child.index()] == 1 ? 0 : 1;
      ++done[node];
    }
  });
  EXPECT_EQ(early, 0);
  for (const std::atomic<int>& times : done) EXPECT_EQ(times, 1);
  std::uint32_t next = 0;
  for (const auto& chunk : chunks) {
    EXPECT_EQ(chunk.first, next);
    next = chunk.last;
  }
  EXPECT_EQ(next, graph.node_count());
}

TEST(Threads, AFailureReachesTheCaller) {
  const BuiltPlan built = build(tree());
  const rollup::LevelSweep levels(built.model.graph, NodeId(0), 3);
  EXPECT_THROW(levels.run([](unsigned, const rollup::LevelSweep::Chunk&, std::size_t number) {
    if (number == 5) throw std::runtime_error("a worker failed");
  }),
               std::runtime_error);
}

TEST(Threads, StartsInTheMiddle) {
  const BuiltPlan built = build(tree());
  const rollup::LevelSweep levels(built.model.graph, NodeId(605), 2);
  std::atomic<std::uint32_t> nodes{0};
  std::atomic<bool> below{false};
  levels.run([&](unsigned, const rollup::LevelSweep::Chunk& chunk, std::size_t) {
    nodes += chunk.last - chunk.first;
    if (chunk.first < 605) below = true;
  });
  EXPECT_EQ(nodes, 667U - 605U);
  EXPECT_FALSE(below);
}

}  // namespace threads_test
}  // namespace jenjang::testing
