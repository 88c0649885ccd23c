// Branch and bound over prerequisites, and the proof that nothing cheaper reaches.
#include <algorithm>
#include <limits>
#include <queue>
#include <stdexcept>

#include "engine/assess/reach_plans.h"
#include "engine/assess/reach_table.h"

namespace jenjang {
namespace {

constexpr std::int64_t kNoBudget = std::numeric_limits<std::int64_t>::max() / 4;

class ReachSearch {
public:
  ReachSearch(const ReachProblem& problem, const ReachLimits& limits)
      : problem_(problem), limits_(limits), table_(problem) {}

  ReachOutcome run() {
    if (problem_.need <= 0) return nothing_to_do();
    ReachPlan all = raise_all();
    outcome_.most_gain = all.gain;
    if (all.gain < problem_.need) {
      outcome_.lower_bound = kNoBudget;
      return std::move(outcome_);
    }
    best_ = lower(std::move(all));
    search();
    outcome_.cost = best_.cost;
    if (outcome_.verdict == ReachOutcome::Verdict::stopped) {
      outcome_.plans = {best_};
      outcome_.plan_count = 1;
      outcome_.count_is_least = true;
      return std::move(outcome_);
    }
    outcome_.lower_bound = best_.cost;
    prove();
    if (outcome_.verdict != ReachOutcome::Verdict::stopped)
      list_optimal_plans(problem_, table_, limits_, best_, outcome_);
    return std::move(outcome_);
  }

private:
  struct Open {
    ReachDomain domain;
    ReachPlan plan;
  };

  // The present state is a plan of cost 0, and the only one without a needless step.
  ReachOutcome nothing_to_do() {
    ReachPlan present;
    present.level = whole_domain(problem_).low;
    outcome_.plans = {with_figures(problem_, std::move(present))};
    outcome_.plan_count = 1;
    outcome_.most_gain = raise_all().gain;
    outcome_.verdict = ReachOutcome::Verdict::reached;
    return std::move(outcome_);
  }

  [[nodiscard]] ReachPlan raise_all() const {
    ReachPlan plan;
    plan.level = whole_domain(problem_).high;
    return with_figures(problem_, std::move(plan));
  }

  // A first plan for the search to beat: from everything raised, the dearest items are let go again.
  [[nodiscard]] ReachPlan lower(ReachPlan plan) const {
    std::vector<std::size_t> order(plan.level.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const std::vector<int> top = plan.level;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      return problem_.items[a].levels[static_cast<std::size_t>(top[a])].cost >
             problem_.items[b].levels[static_cast<std::size_t>(top[b])].cost;
    });
    for (const std::size_t item : order) {
      for (int level = 0; level < top[item]; ++level) {
        ReachPlan tried = plan;
        tried.level[item] = level;
        tried = with_figures(problem_, std::move(tried));
        if (tried.gain < problem_.need || tried.cost > plan.cost || broken_need(problem_, tried.level)) continue;
        plan = std::move(tried);
        break;
      }
    }
    return plan;
  }

  // The cheapest plan of the branch when prerequisites are left aside; nullopt when none is as cheap as the best.
  std::optional<ReachPlan> relaxed(const ReachDomain& domain, std::int64_t budget) {
    if (domain.is_empty()) return std::nullopt;
    ++outcome_.branches;
    const ReachTable::Filled filled = table_.fill(domain, budget, true, limits_.points - outcome_.points);
    outcome_.points += filled.points;
    if (filled.stopped || outcome_.branches > limits_.branches) {
      outcome_.verdict = ReachOutcome::Verdict::stopped;
      return std::nullopt;
    }
    const ReachTable::Row* row = filled.cheapest(problem_.need);
    if (row == nullptr) return std::nullopt;
    return table_.plan(domain, filled, *row);
  }

  void search() {
    outcome_.verdict = ReachOutcome::Verdict::reached;
    std::vector<Open> open;
    const auto later = [&](std::size_t a, std::size_t b) {
      return open[a].plan.cost != open[b].plan.cost ? open[a].plan.cost > open[b].plan.cost : a > b;
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
    const auto add = [&](ReachDomain domain) {
      std::optional<ReachPlan> plan = relaxed(domain, best_.cost);
      if (!plan) return;
      if (plan->cost < best_.cost && !broken_need(problem_, plan->level)) best_ = *plan;
      open.push_back({std::move(domain), *std::move(plan)});
      queue.push(open.size() - 1);
    };
    add(whole_domain(problem_));
    while (!queue.empty() && outcome_.verdict != ReachOutcome::Verdict::stopped) {
      const Open& at = open[queue.top()];  // until add() makes `open` grow
      queue.pop();
      outcome_.lower_bound = std::max(outcome_.lower_bound, at.plan.cost);
      if (at.plan.cost >= best_.cost) return;  // nothing left is cheaper
      const std::optional<BrokenNeed> broken = broken_need(problem_, at.plan.level);
      if (!broken) return;
      auto [without, with] = split(at.domain, *broken);
      add(std::move(without));
      add(std::move(with));
    }
  }

  [[nodiscard]] std::pair<ReachDomain, ReachDomain> split(const ReachDomain& domain, const BrokenNeed& broken) const {
    const ReachNeed& need =
        problem_.items[broken.item].levels[static_cast<std::size_t>(broken.level)].needs[broken.need];
    std::pair<ReachDomain, ReachDomain> parts{domain, domain};
    // Needs of a level hold for the levels above it too (they pass through it), so the split is between below and from
    // here on.
    int& high = parts.first.high[broken.item];
    high = std::min(high, broken.level - 1);
    int& low = parts.second.low[broken.item];
    low = std::max(low, broken.level);
    int& met = parts.second.low[need.item];
    met = std::max(met, need.level);
    return parts;
  }

  void prove() {
    outcome_.proof.cost = best_.cost;
    std::vector<ReachDomain> domains{whole_domain(problem_)};
    outcome_.proof.branches.emplace_back();
    for (std::size_t b = 0; b < domains.size(); ++b) {
      const ReachDomain domain = domains[b];
      if (domain.is_empty()) continue;
      const ReachTable::Filled filled =
          table_.fill(domain, best_.cost - 1, true, limits_.points - outcome_.proof.points);
      if (filled.stopped || b > limits_.branches) {
        outcome_.verdict = ReachOutcome::Verdict::stopped;
        outcome_.proof = {};
        return;
      }
      if (const ReachTable::Row* row = filled.cheapest(problem_.need)) {
        const std::optional<BrokenNeed> broken = broken_need(problem_, table_.plan(domain, filled, *row).level);
        if (!broken) throw std::logic_error("reach: a plan cheaper than the least one");
        auto [without, with] = split(domain, *broken);
        ReachBranch& branch = outcome_.proof.branches[b];
        branch.item = broken->item;
        branch.level = broken->level;
        branch.need = broken->need;
        branch.without = domains.size();
        branch.with = domains.size() + 1;
        domains.push_back(std::move(without));
        domains.push_back(std::move(with));
        outcome_.proof.branches.resize(domains.size());
        continue;
      }
      for (const std::vector<ReachTable::Row>& list : filled.lists) {
        std::vector<ReachPoint>& points = outcome_.proof.branches[b].table.emplace_back();
        for (const ReachTable::Row& row : list) points.push_back({row.cost, row.gain});
      }
      outcome_.proof.points += filled.points;
    }
  }

  const ReachProblem& problem_;
  ReachLimits limits_;
  ReachTable table_;
  ReachPlan best_;
  ReachOutcome outcome_;
};

}  // namespace

ReachPlan with_figures(const ReachProblem& problem, ReachPlan plan) {
  plan.cost = 0;
  plan.gain = 0;
  for (std::size_t i = 0; i < problem.items.size(); ++i) {
    const ReachLevel& at = problem.items[i].levels[static_cast<std::size_t>(plan.level[i])];
    plan.cost += at.cost;
    plan.gain += at.gain;
  }
  for (const ReachSet& set : problem.sets) {
    std::size_t raised = 0, mask = 0;
    for (const std::size_t member : set.members) raised += static_cast<std::size_t>(plan.level[member]);
    for (std::size_t j = 0; j < set.judgements.size(); ++j) {
      mask |= static_cast<std::size_t>(plan.level[set.judgements[j]]) << j;
    }
    plan.gain += set.gain[raised][mask];
  }
  return plan;
}

ReachOutcome solve_reach(const ReachProblem& problem, const ReachLimits& limits) {
  return ReachSearch(problem, limits).run();
}

std::vector<std::size_t> find_reach_ring(const ReachProblem& problem) {
  enum class Mark : std::uint8_t { fresh, on_path, done };
  std::vector<Mark> marks(problem.items.size(), Mark::fresh);
  struct Step {
    std::size_t item, next;
  };
  std::vector<std::vector<std::size_t>> wants(problem.items.size());
  for (std::size_t i = 0; i < problem.items.size(); ++i) {
    for (const ReachLevel& level : problem.items[i].levels) {
      for (const ReachNeed& need : level.needs) {
        // A need for the present level is met already and ties nothing.
        if (need.level > 0) wants[i].push_back(need.item);
      }
    }
  }
  for (std::size_t start = 0; start < problem.items.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    std::vector<Step> path{{start, 0}};
    marks[start] = Mark::on_path;
    while (!path.empty()) {
      Step& at = path.back();
      if (at.next == wants[at.item].size()) {
        marks[at.item] = Mark::done;
        path.pop_back();
        continue;
      }
      const std::size_t next = wants[at.item][at.next++];
      if (marks[next] == Mark::done) continue;
      if (marks[next] == Mark::on_path) {
        std::vector<std::size_t> ring;
        bool inside = false;
        for (const Step& step : path) {
          inside = inside || step.item == next;
          if (inside) ring.push_back(step.item);
        }
        ring.push_back(next);
        return ring;
      }
      marks[next] = Mark::on_path;
      path.push_back({next, 0});
    }
  }
  return {};
}

}  // namespace jenjang
