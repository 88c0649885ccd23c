// The least effort equals brute force on small random problems, its proof holds, and a broken proof is refused.
#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <set>

#include "jenjang/assess/reach.h"

namespace jenjang {
namespace reach_property_test {

// Up to two sets of up to three members and two judgements, up to three graded items, prerequisites anywhere.
ReachProblem draw_problem() {
  ReachProblem problem;
  const auto draw = [](int low, int high) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
  };
  const auto two_levels = [&] {
    ReachItem item;
    item.levels.resize(1);
    if (draw(0, 4) > 0) item.levels.push_back({draw(0, 4), 0, {}});
    problem.items.push_back(item);
    return problem.items.size() - 1;
  };
  for (int s = draw(0, 2); s > 0; --s) {
    ReachSet set;
    for (int m = draw(0, 3); m > 0; --m) set.members.push_back(two_levels());
    for (int j = draw(0, 2); j > 0; --j) set.judgements.push_back(two_levels());
    const std::size_t masks = std::size_t{1} << set.judgements.size();
    set.gain.assign(set.members.size() + 1, std::vector<std::int64_t>(masks, 0));
    for (std::size_t k = 0; k <= set.members.size(); ++k) {
      for (std::size_t m = 0; m < masks; ++m) {
        std::int64_t least = 0;
        if (k > 0) least = set.gain[k - 1][m];
        for (std::size_t j = 0; j < set.judgements.size(); ++j) {
          if ((m >> j & 1U) != 0) least = std::max(least, set.gain[k][m ^ (std::size_t{1} << j)]);
        }
        set.gain[k][m] = k == 0 && m == 0 ? 0 : least + draw(0, 3);
      }
    }
    problem.sets.push_back(set);
  }
  for (int i = draw(0, 3); i > 0; --i) {
    ReachItem item;
    item.levels.resize(1);
    for (int l = draw(0, 3); l > 0; --l) item.levels.push_back({draw(0, 6), item.levels.back().gain + draw(0, 4), {}});
    problem.items.push_back(item);
  }
  for (int p = draw(0, 4); p > 0 && problem.items.size() > 1; --p) {
    const auto item = static_cast<std::size_t>(draw(0, static_cast<int>(problem.items.size()) - 1));
    const auto wanted = static_cast<std::size_t>(draw(0, static_cast<int>(problem.items.size()) - 1));
    auto& levels = problem.items[item].levels;
    const int highest = static_cast<int>(problem.items[wanted].levels.size()) - 1;
    if (item == wanted || levels.size() < 2 || highest < 1) continue;
    const int from = draw(1, static_cast<int>(levels.size()) - 1), level = draw(1, highest);
    for (auto l = static_cast<std::size_t>(from); l < levels.size(); ++l) levels[l].needs.push_back({wanted, level});
  }
  std::int64_t most = 0;
  for (const ReachItem& item : problem.items) most += item.levels.back().gain;
  for (const ReachSet& set : problem.sets) most += set.gain.back().back();
  problem.need = draw(0, 9) == 0 ? draw(-1, 0) : draw(1, static_cast<int>(most) + 1);
  return problem;
}

struct Brute {
  std::int64_t cost = std::numeric_limits<std::int64_t>::max(), most_gain = 0;
  std::size_t count = 0;
  std::set<std::vector<int>> plans;
};

// Every assignment of levels, one after the other.
Brute all_plans(const ReachProblem& problem) {
  Brute brute;
  std::vector<int> level(problem.items.size(), 0);
  for (;;) {
    std::int64_t cost = 0, gain = 0;
    bool allowed = true;
    for (std::size_t i = 0; i < level.size(); ++i) {
      const ReachLevel& at = problem.items[i].levels[static_cast<std::size_t>(level[i])];
      cost += at.cost;
      gain += at.gain;
      for (const ReachNeed& need : at.needs) allowed = allowed && level[need.item] >= need.level;
    }
    for (const ReachSet& set : problem.sets) {
      std::size_t raised = 0, mask = 0;
      for (const std::size_t m : set.members) raised += level[m] == 1 ? 1 : 0;
      for (std::size_t j = 0; j < set.judgements.size(); ++j) mask += level[set.judgements[j]] == 1 ? 1U << j : 0U;
      gain += set.gain[raised][mask];
    }
    if (allowed) {
      brute.most_gain = std::max(brute.most_gain, gain);
      if (gain >= problem.need) {
        if (cost < brute.cost) brute = {cost, brute.most_gain, 0, {}};
        if (cost == brute.cost) {
          ++brute.count;
          brute.plans.insert(level);
        }
      }
    }
    std::size_t i = 0;
    while (i < level.size() && ++level[i] == static_cast<int>(problem.items[i].levels.size())) level[i++] = 0;
    if (i == level.size()) return brute;
  }
}

RC_GTEST_PROP(ReachProperty, EqualsBruteForceAndIsProven, ()) {
  const ReachProblem problem = draw_problem();
  const Brute brute = all_plans(problem);
  ReachLimits limits;
  limits.kept = 1000;
  const ReachOutcome found = solve_reach(problem, limits);
  RC_ASSERT(found.most_gain == brute.most_gain);
  RC_TAG(brute.count == 0 ? "unreachable" : brute.cost == 0 ? "for nothing" : "reachable");
  if (brute.count == 0) {
    RC_ASSERT(found.verdict == ReachOutcome::Verdict::unreachable);
    return;
  }
  RC_ASSERT(found.verdict == ReachOutcome::Verdict::reached);
  RC_ASSERT(found.cost == brute.cost);
  RC_ASSERT(found.lower_bound == brute.cost);
  RC_ASSERT(check_reach_proof(problem, found.proof));
  for (const ReachPlan& plan : found.plans) RC_ASSERT(brute.plans.contains(plan.level));
  if (problem.need > 0) {
    RC_ASSERT(!found.count_is_least);
    RC_ASSERT(found.plan_count == brute.count);
    RC_ASSERT(found.plans.size() == std::min<std::size_t>(brute.count, limits.kept));
    RC_ASSERT(found.cost == 0 || found.gain_below >= 0);
  }
}

// The same proof does not carry a stronger statement: that nothing of the least cost itself reaches.
RC_GTEST_PROP(ReachProperty, AStrongerStatementIsRefused, ()) {
  const ReachProblem problem = draw_problem();
  const ReachOutcome found = solve_reach(problem);
  RC_PRE(found.verdict == ReachOutcome::Verdict::reached);
  ReachProof stronger = found.proof;
  ++stronger.cost;
  RC_ASSERT(!check_reach_proof(problem, stronger));
}

// A proof that leaves a useful point out of a list is refused, or the statement held without it.
RC_GTEST_PROP(ReachProperty, AForgedProofNeverCarriesAFalseStatement, ()) {
  const ReachProblem problem = draw_problem();
  const ReachOutcome found = solve_reach(problem);
  RC_PRE(found.verdict == ReachOutcome::Verdict::reached);
  const Brute brute = all_plans(problem);
  ReachProof forged = found.proof;
  forged.cost += *rc::gen::inRange(0, 3);
  for (ReachBranch& branch : forged.branches) {
    for (auto& list : branch.table) {
      std::erase_if(list, [](const ReachPoint&) { return *rc::gen::inRange(0, 3) == 0; });
    }
  }
  if (check_reach_proof(problem, forged)) RC_ASSERT(forged.cost <= brute.cost);
}

}  // namespace reach_property_test
}  // namespace jenjang
