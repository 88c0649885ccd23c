// Reach: the least effort to a wanted figure, proven least.
//
// The problem is plain: items with levels (each with a cost and a gain), sets whose gain depends on how many members
// were raised and which judgements are given, and prerequisites between levels. It knows no pack and no plan; all
// figures are whole numbers over one common denominator, so nothing is ever rounded.
//
// Method: multiple-choice covering knapsack by a table of undominated pairs (cost, gain), item by item [algorithms 5];
// prerequisites by branch and bound over that table, which ignores them and so never asks too much. A prerequisite
// that the cheapest table plan breaks splits the rest in two: the raised level is given up, or it is kept and its
// prerequisite with it. Cost: branches x items x levels x undominated pairs; the last are at most the least of the
// distinct costs and the distinct gains.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jenjang {

struct ReachNeed {  // that item at that level or a higher one
  std::size_t item = 0;
  int level = 0;
};
struct ReachLevel {
  std::int64_t cost = 0;         // whole cost of coming here from level 0; at least 0
  std::int64_t gain = 0;         // over level 0; members of a set have none of their own
  std::vector<ReachNeed> needs;  // a level needs at least what the levels below it need, for the way leads through them
};
struct ReachItem {
  std::vector<ReachLevel> levels;  // level 0 first: as it stands, cost and gain 0
};
// Items that count together: `gain[k][m]` for k members raised and the judgements of bit mask m given.
// Members and judgements have two levels (or only level 0). Each item is in one set at most.
struct ReachSet {
  std::vector<std::size_t> members, judgements;
  std::vector<std::vector<std::int64_t>> gain;
};
// A higher level, one more member and one more judgement never gain less.
struct ReachProblem {
  std::vector<ReachItem> items;
  std::vector<ReachSet> sets;
  std::int64_t need = 0;  // gain wanted over the present state
};

// Everything that a plan of the branch may be: lowest and highest level of each item.
struct ReachDomain {
  std::vector<int> low, high;
  [[nodiscard]] bool is_empty() const;
};
struct ReachPoint {
  std::int64_t cost = 0, gain = 0;
  friend bool operator==(const ReachPoint&, const ReachPoint&) = default;
};
// A branch of the proof. A split is on the prerequisite `need` of level `level` of `item`: the branch `without` keeps
// the item below that level, the branch `with` keeps it there and the prerequisite met. A closed branch has a table
// instead: after each class an undominated list of what cheaper plans can gain.
struct ReachBranch {
  std::size_t item = SIZE_MAX;  // SIZE_MAX: closed
  int level = 0;
  std::size_t need = 0;
  std::size_t without = 0, with = 0;  // indices of the two branches
  std::vector<std::vector<ReachPoint>> table;
};
// The statement "no plan of cost below `cost` gains `need`", with what is needed to check it.
struct ReachProof {
  std::int64_t cost = 0;
  std::vector<ReachBranch> branches;  // the first is the whole problem
  std::size_t points = 0;             // in all tables
};

struct ReachPlan {
  std::vector<int> level;  // by item
  std::int64_t cost = 0, gain = 0;
};
struct ReachLimits {
  std::size_t branches = 8'000;
  std::size_t points = 20'000'000;  // of all tables of one search
  std::size_t plans = 10'000;       // optimal plans counted one by one
  std::size_t steps = 5'000'000;    // of that counting
  std::size_t kept = 5;             // plans returned
};
struct ReachOutcome {
  enum class Verdict : std::uint8_t { reached, unreachable, stopped } verdict = Verdict::unreachable;
  std::int64_t cost = 0;         // least; when stopped: of the best plan found, -1 when none was
  std::int64_t lower_bound = 0;  // no plan is cheaper
  std::int64_t most_gain = 0;    // with everything raised
  std::int64_t gain_below =
      -1;  // the most that plans cheaper than `cost` gain, prerequisites left aside; -1: not known
  std::vector<ReachPlan> plans;          // of the least cost; by overshoot, then by level of the items in order
  std::size_t plan_count = 0;            // of all of them
  bool count_is_least = false;           // there may be more: counting met a limit
  std::size_t branches = 0, points = 0;  // examined while searching
  ReachProof proof;
};

ReachOutcome solve_reach(const ReachProblem& problem, const ReachLimits& limits = {});

// Checks a proof without the solver's tables, bounds or order: every split covers its branch, and in every closed
// branch each list follows from the one before with nothing left out. True when the statement holds.
bool check_reach_proof(const ReachProblem& problem, const ReachProof& proof);

// A ring among prerequisites (item indices, the first repeated at the end); empty when there is none.
std::vector<std::size_t> find_reach_ring(const ReachProblem& problem);

}  // namespace jenjang
