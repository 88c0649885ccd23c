#include "engine/assess/reach_plans.h"

#include <algorithm>

namespace jenjang {
namespace {

// Walks the classes in order; what the classes left can gain for the money left is known exactly (prerequisites left
// aside), so every path ends in a plan of the least cost, or in one that a prerequisite forbids.
class PlanLister {
public:
  PlanLister(const ReachProblem& problem, const ReachTable& table, const ReachLimits& limits, std::int64_t cost)
      : problem_(problem), table_(table), limits_(limits), cost_(cost), domain_(whole_domain(problem)) {}

  // False when the tables are too large: then nothing was listed.
  bool prepare() {
    const std::vector<ReachClass>& classes = table_.classes();
    suffix_.assign(classes.size() + 1, {{0, 0}});
    std::size_t points = 0;
    for (std::size_t k = classes.size(); k-- > 0;) {
      choices_.insert(choices_.begin(), table_.choices_of(classes[k], domain_));
      std::vector<ReachPoint> next;
      for (const ReachPoint& point : suffix_[k + 1]) {
        for (const ReachChoice& choice : choices_.front()) {
          if (point.cost + choice.cost <= cost_) next.push_back({point.cost + choice.cost, point.gain + choice.gain});
        }
      }
      std::ranges::sort(next, [](const ReachPoint& a, const ReachPoint& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.gain > b.gain;
      });
      suffix_[k].clear();
      for (const ReachPoint& point : next) {
        if (suffix_[k].empty() || point.gain > suffix_[k].back().gain) suffix_[k].push_back(point);
      }
      points += suffix_[k].size();
      if (points > limits_.points) return false;
    }
    return true;
  }

  // The most that plans of cost at most `money` gain.
  [[nodiscard]] std::int64_t most_gain(std::int64_t money) const { return best_of(0, money).value_or(0); }

  void list() {
    plan_.level = domain_.low;
    visit(0, 0, 0);
  }

  std::vector<ReachPlan> plans;
  std::size_t count = 0;
  bool is_least = false;

private:
  [[nodiscard]] std::optional<std::int64_t> best_of(std::size_t k, std::int64_t money) const {
    const auto above = std::ranges::upper_bound(suffix_[k], money, {}, &ReachPoint::cost);
    if (above == suffix_[k].begin()) return std::nullopt;
    return std::prev(above)->gain;
  }
  [[nodiscard]] bool can_reach(std::size_t k, std::int64_t cost, std::int64_t gain) const {
    const std::optional<std::int64_t> more = best_of(k, cost_ - cost);
    return more && gain + *more >= problem_.need;
  }

  void visit(std::size_t k, std::int64_t cost, std::int64_t gain) {
    if (is_least) return;
    if (++steps_ > limits_.steps || count >= limits_.plans) {
      is_least = true;
      return;
    }
    if (k == table_.classes().size()) return keep(cost, gain);
    const ReachClass& which = table_.classes()[k];
    for (const ReachChoice& choice : choices_[k]) {
      if (!can_reach(k + 1, cost + choice.cost, gain + choice.gain)) continue;
      if (which.item != SIZE_MAX) {
        plan_.level[which.item] = choice.level;
        visit(k + 1, cost + choice.cost, gain + choice.gain);
        plan_.level[which.item] = 0;
      } else {
        visit_set(k, choice, cost, gain + choice.gain);
      }
    }
  }

  // Every set of `choice.raised` members that the money allows, not only the cheapest: a prerequisite may forbid that.
  void visit_set(std::size_t k, const ReachChoice& choice, std::int64_t cost, std::int64_t gain) {
    const ReachSet& set = problem_.sets[table_.classes()[k].set];
    for (std::size_t j = 0; j < set.judgements.size(); ++j) {
      if ((choice.mask >> j & 1U) == 0) continue;
      plan_.level[set.judgements[j]] = 1;
      cost += cost_of(set.judgements[j]);
    }
    std::vector<std::size_t> open;
    for (const std::size_t member : set.members) {
      if (domain_.high[member] == 1) open.push_back(member);
    }
    std::ranges::stable_sort(open, {}, [&](std::size_t member) { return cost_of(member); });
    pick(k, open, 0, choice.raised, cost, gain);
    for (const std::size_t judgement : set.judgements) plan_.level[judgement] = 0;
  }

  void pick(std::size_t k, const std::vector<std::size_t>& open, std::size_t from, std::size_t wanted,
            std::int64_t cost, std::int64_t gain) {
    if (wanted > open.size() - from) return;
    // The cheapest way to complete the set is with the next members in order of cost.
    std::int64_t least = cost;
    for (std::size_t i = 0; i < wanted; ++i) least += cost_of(open[from + i]);
    if (is_least || !can_reach(k + 1, least, gain)) return;
    if (wanted == 0) return visit(k + 1, cost, gain);
    plan_.level[open[from]] = 1;
    pick(k, open, from + 1, wanted - 1, cost + cost_of(open[from]), gain);
    plan_.level[open[from]] = 0;
    pick(k, open, from + 1, wanted, cost, gain);
  }

  void keep(std::int64_t cost, std::int64_t gain) {
    if (broken_need(problem_, plan_.level)) return;
    ++count;
    plan_.cost = cost;
    plan_.gain = gain;
    const auto place = std::ranges::upper_bound(plans, plan_, [](const ReachPlan& a, const ReachPlan& b) {
      // Plans that raise earlier items come first.
      return a.gain != b.gain ? a.gain < b.gain : a.level > b.level;
    });
    if (place == plans.end() && plans.size() >= limits_.kept) return;
    plans.insert(place, plan_);
    if (plans.size() > limits_.kept) plans.pop_back();
  }

  [[nodiscard]] std::int64_t cost_of(std::size_t item) const { return problem_.items[item].levels[1].cost; }

  const ReachProblem& problem_;
  const ReachTable& table_;
  const ReachLimits& limits_;
  std::int64_t cost_;
  ReachDomain domain_;
  std::vector<std::vector<ReachChoice>> choices_;  // by class
  std::vector<std::vector<ReachPoint>> suffix_;    // of the classes from k on
  ReachPlan plan_;
  std::size_t steps_ = 0;
};

}  // namespace

void list_optimal_plans(const ReachProblem& problem, const ReachTable& table, const ReachLimits& limits,
                        const ReachPlan& best, ReachOutcome& outcome) {
  PlanLister lister(problem, table, limits, best.cost);
  if (lister.prepare()) {
    outcome.gain_below = best.cost > 0 ? lister.most_gain(best.cost - 1) : 0;
    lister.list();
    outcome.plans = std::move(lister.plans);
    outcome.plan_count = lister.count;
    outcome.count_is_least = lister.is_least;
  }
  // The walk may have met its limit before the first plan that no prerequisite forbids.
  if (outcome.plans.empty()) {
    outcome.plans = {best};
    outcome.plan_count = 1;
    outcome.count_is_least = true;
  }
}

}  // namespace jenjang
