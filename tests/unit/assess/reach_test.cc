#include "jenjang/assess/reach.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace reach_test {

ReachItem item(std::vector<std::pair<std::int64_t, std::int64_t>> gain_and_cost) {
  ReachItem made;
  made.levels.resize(1);
  for (const auto& [gain, cost] : gain_and_cost) made.levels.push_back({cost, gain, {}});
  return made;
}

// Vector E05 (reach.mckp): points and costs by level; 58 points as it stands, 75 needed; the answer is 76 at cost 9.
TEST(Reach, VectorE05) {
  ReachProblem problem;
  problem.items = {item({{24 - 18, 3}, {30 - 18, 9}}), item({{20 - 15, 2}, {25 - 15, 6}}),
                   item({{25 - 20, 4}, {30 - 20, 5}}), item({{8 - 5, 2}, {10 - 5, 5}})};
  problem.need = 75 - 58;
  const ReachOutcome found = solve_reach(problem);
  ASSERT_EQ(found.verdict, ReachOutcome::Verdict::reached);
  EXPECT_EQ(found.cost, 9);
  ASSERT_FALSE(found.plans.empty());
  EXPECT_EQ(found.plans.front().level, (std::vector<int>{0, 1, 2, 1}));
  EXPECT_EQ(58 + found.plans.front().gain, 76);
  EXPECT_EQ(found.plan_count, 1U);
  EXPECT_TRUE(check_reach_proof(problem, found.proof));
  // The best for 8: 6 + 10 points at 3 + 5.
  EXPECT_EQ(found.gain_below, 16);
}

TEST(Reach, TakesThePrerequisiteIntoAccount) {
  // b gains 10 for 1 but needs a, which gains nothing for 5; c gains 10 for 4.
  ReachProblem problem;
  problem.items = {item({{0, 5}}), item({{10, 1}}), item({{10, 4}})};
  problem.items[1].levels[1].needs = {{0, 1}};
  problem.need = 10;
  ReachOutcome found = solve_reach(problem);
  EXPECT_EQ(found.cost, 4);
  EXPECT_EQ(found.plans.front().level, (std::vector<int>{0, 0, 1}));
  EXPECT_TRUE(check_reach_proof(problem, found.proof));
  EXPECT_GT(found.proof.branches.size(), 1U);
  problem.need = 20;
  found = solve_reach(problem);
  EXPECT_EQ(found.cost, 10);
  EXPECT_EQ(found.plans.front().level, (std::vector<int>{1, 1, 1}));
}

// Three of four in one set, whichever: 4 plans; the judgement on top of all four is dearer.
TEST(Reach, CountsEveryPlanOfTheLeastCost) {
  ReachProblem problem;
  problem.items.assign(4, item({{0, 1}}));
  problem.items.push_back(item({{0, 1}}));
  problem.sets = {{{0, 1, 2, 3}, {4}, {{0, 0}, {0, 0}, {0, 0}, {5, 5}, {5, 9}}}};
  problem.need = 5;
  ReachOutcome found = solve_reach(problem);
  EXPECT_EQ(found.cost, 3);
  EXPECT_EQ(found.plan_count, 4U);
  EXPECT_FALSE(found.count_is_least);
  EXPECT_EQ(found.plans.front().level, (std::vector<int>{1, 1, 1, 0, 0}));
  problem.need = 9;
  found = solve_reach(problem);
  EXPECT_EQ(found.cost, 5);
  EXPECT_EQ(found.plan_count, 1U);
  ReachLimits few;
  few.plans = 2;
  problem.need = 5;
  found = solve_reach(problem, few);
  EXPECT_EQ(found.plan_count, 2U);
  EXPECT_TRUE(found.count_is_least);
}

TEST(Reach, OutOfReachTellsTheMost) {
  ReachProblem problem;
  problem.items = {item({{3, 1}, {7, 4}})};
  problem.need = 8;
  const ReachOutcome found = solve_reach(problem);
  EXPECT_EQ(found.verdict, ReachOutcome::Verdict::unreachable);
  EXPECT_EQ(found.most_gain, 7);
  EXPECT_TRUE(found.plans.empty());
}

TEST(Reach, NothingToDo) {
  ReachProblem problem;
  problem.items = {item({{3, 0}})};
  const ReachOutcome found = solve_reach(problem);
  EXPECT_EQ(found.verdict, ReachOutcome::Verdict::reached);
  EXPECT_EQ(found.cost, 0);
  EXPECT_EQ(found.plans.front().level, std::vector<int>{0});
}

// A limit is said, never passed over: what was found is no more than a bound then.
TEST(Reach, StopsAtItsLimits) {
  ReachProblem problem;
  for (int i = 0; i < 6; ++i) {
    problem.items.push_back(item({{0, 3}}));
    problem.items.push_back(item({{2, 1}}));
    problem.items.back().levels[1].needs = {{problem.items.size() - 2, 1}};
  }
  problem.need = 8;
  ReachLimits limits;
  limits.branches = 2;
  const ReachOutcome found = solve_reach(problem, limits);
  EXPECT_EQ(found.verdict, ReachOutcome::Verdict::stopped);
  EXPECT_GE(found.cost, 16);
  EXPECT_LE(found.lower_bound, 16);
  EXPECT_EQ(solve_reach(problem).cost, 16);  // four pairs of 4
}

TEST(Reach, NamesARing) {
  ReachProblem problem;
  problem.items.assign(4, item({{1, 1}}));
  EXPECT_TRUE(find_reach_ring(problem).empty());
  problem.items[1].levels[1].needs = {{2, 1}};
  problem.items[2].levels[1].needs = {{3, 1}};
  EXPECT_TRUE(find_reach_ring(problem).empty());
  problem.items[3].levels[1].needs = {{1, 1}};
  EXPECT_EQ(find_reach_ring(problem), (std::vector<std::size_t>{1, 2, 3, 1}));
}

TEST(Reach, AProofWithoutItsTableIsRefused) {
  ReachProblem problem;
  problem.items = {item({{3, 2}}), item({{4, 2}})};
  problem.need = 7;
  ReachOutcome found = solve_reach(problem);
  ASSERT_TRUE(check_reach_proof(problem, found.proof));
  found.proof.branches.clear();
  EXPECT_FALSE(check_reach_proof(problem, found.proof));
}

}  // namespace reach_test
}  // namespace jenjang
