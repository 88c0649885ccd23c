// Checking the proof. Nothing here comes from the solver but the proof itself.
#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "jenjang/assess/reach.h"

namespace jenjang {
namespace {

class ProofChecker {
public:
  ProofChecker(const ReachProblem& problem, const ReachProof& proof) : problem_(problem), proof_(proof) {}

  bool check() {
    if (proof_.cost <= 0) return true;  // costs are at least 0
    if (proof_.branches.empty()) return false;
    ReachDomain whole;
    for (const ReachItem& item : problem_.items) {
      whole.low.push_back(0);
      whole.high.push_back(static_cast<int>(item.levels.size()) - 1);
    }
    // A branch is looked at once; a proof that points back into itself is refused.
    std::vector<bool> seen(proof_.branches.size(), false);
    std::vector<std::pair<std::size_t, ReachDomain>> todo{{0, std::move(whole)}};
    while (!todo.empty()) {
      auto [at, domain] = std::move(todo.back());
      todo.pop_back();
      if (at >= proof_.branches.size() || seen[at]) return false;
      seen[at] = true;
      if (domain.is_empty()) continue;
      const ReachBranch& branch = proof_.branches[at];
      if (branch.item == SIZE_MAX) {
        if (!is_closed(domain, branch.table)) return false;
        continue;
      }
      if (!splits(branch)) return false;
      const ReachNeed& need =
          problem_.items[branch.item].levels[static_cast<std::size_t>(branch.level)].needs[branch.need];
      ReachDomain with = domain;
      domain.high[branch.item] = std::min(domain.high[branch.item], branch.level - 1);
      with.low[branch.item] = std::max(with.low[branch.item], branch.level);
      with.low[need.item] = std::max(with.low[need.item], need.level);
      todo.emplace_back(branch.without, std::move(domain));
      todo.emplace_back(branch.with, std::move(with));
    }
    return true;
  }

private:
  // A plan keeps the item below the level, or has it there or above; then the prerequisite must hold for every level
  // from there on, else the second branch would leave plans out.
  [[nodiscard]] bool splits(const ReachBranch& branch) const {
    if (branch.item >= problem_.items.size()) return false;
    const std::vector<ReachLevel>& levels = problem_.items[branch.item].levels;
    const auto level = static_cast<std::size_t>(branch.level);
    if (branch.level < 1 || level >= levels.size() || branch.need >= levels[level].needs.size()) return false;
    const ReachNeed& need = levels[level].needs[branch.need];
    return std::all_of(levels.begin() + branch.level, levels.end(), [&](const ReachLevel& above) {
      return std::ranges::any_of(
          above.needs, [&](const ReachNeed& other) { return other.item == need.item && other.level >= need.level; });
    });
  }

  struct Choice {
    std::int64_t cost, gain;
  };

  // What can be chosen in a set: for each number of members raised the least cost, by adding members one at a time.
  [[nodiscard]] std::vector<Choice> choices_of(const ReachSet& set, const ReachDomain& domain) const {
    std::map<std::size_t, std::int64_t> least{{0, 0}};
    for (const std::size_t member : set.members) {
      std::map<std::size_t, std::int64_t> next;
      for (int level = domain.low[member]; level <= domain.high[member]; ++level) {
        const std::int64_t cost = problem_.items[member].levels[static_cast<std::size_t>(level)].cost;
        for (const auto& [count, sum] : least) {
          const std::size_t raised = count + static_cast<std::size_t>(level);
          const auto [place, fresh] = next.try_emplace(raised, sum + cost);
          if (!fresh) place->second = std::min(place->second, sum + cost);
        }
      }
      least = std::move(next);
    }
    std::vector<std::pair<std::size_t, std::int64_t>> masks{{0, 0}};
    for (std::size_t j = 0; j < set.judgements.size(); ++j) {
      const std::size_t item = set.judgements[j];
      std::vector<std::pair<std::size_t, std::int64_t>> next;
      for (const auto& [mask, sum] : masks) {
        if (domain.low[item] == 0) next.emplace_back(mask, sum);
        if (domain.high[item] == 1)
          next.emplace_back(mask | std::size_t{1} << j, sum + problem_.items[item].levels[1].cost);
      }
      masks = std::move(next);
    }
    std::vector<Choice> choices;
    for (const auto& [count, sum] : least) {
      for (const auto& [mask, more] : masks) choices.push_back({sum + more, set.gain[count][mask]});
    }
    return choices;
  }

  [[nodiscard]] std::vector<std::vector<Choice>> classes(const ReachDomain& domain) const {
    std::vector<std::vector<Choice>> all;
    std::set<std::size_t> in_set;
    for (const ReachSet& set : problem_.sets) {
      all.push_back(choices_of(set, domain));
      in_set.insert(set.members.begin(), set.members.end());
      in_set.insert(set.judgements.begin(), set.judgements.end());
    }
    for (std::size_t i = 0; i < problem_.items.size(); ++i) {
      if (in_set.contains(i)) continue;
      std::vector<Choice>& choices = all.emplace_back();
      for (int level = domain.low[i]; level <= domain.high[i]; ++level) {
        const ReachLevel& at = problem_.items[i].levels[static_cast<std::size_t>(level)];
        choices.push_back({at.cost, at.gain});
      }
    }
    return all;
  }

  // By induction over the classes: every choice of the first k classes that is cheap enough, and from which the need
  // can still be met, is matched by a point of list k that costs no more and gains no less. So if no point of the last
  // list meets the need, no plan does.
  [[nodiscard]] bool is_closed(const ReachDomain& domain, const std::vector<std::vector<ReachPoint>>& table) const {
    const std::vector<std::vector<Choice>> all = classes(domain);
    if (all.empty()) return problem_.need > 0;
    if (table.size() != all.size()) return false;
    std::vector<std::int64_t> rest(all.size() + 1, 0);
    for (std::size_t k = all.size(); k-- > 0;) {
      rest[k] = rest[k + 1] + std::ranges::max(all[k], {}, &Choice::gain).gain;
    }
    std::vector<ReachPoint> before{{0, 0}};
    for (std::size_t k = 0; k < all.size(); ++k) {
      // Best gain for each amount of money, from the list as it stands.
      std::map<std::int64_t, std::int64_t> best;
      for (const ReachPoint& point : table[k]) {
        const auto [place, fresh] = best.try_emplace(point.cost, point.gain);
        if (!fresh) place->second = std::max(place->second, point.gain);
      }
      std::int64_t most = std::numeric_limits<std::int64_t>::min();
      for (auto& [cost, gain] : best) gain = most = std::max(most, gain);
      for (const ReachPoint& point : before) {
        for (const Choice& choice : all[k]) {
          const ReachPoint made{point.cost + choice.cost, point.gain + choice.gain};
          if (made.cost >= proof_.cost || made.gain + rest[k + 1] < problem_.need) continue;
          const auto above = best.upper_bound(made.cost);
          if (above == best.begin() || std::prev(above)->second < made.gain) return false;
        }
      }
      before = table[k];
    }
    return std::ranges::none_of(
        before, [&](const ReachPoint& point) { return point.gain >= problem_.need && point.cost < proof_.cost; });
  }

  const ReachProblem& problem_;
  const ReachProof& proof_;
};

}  // namespace

bool check_reach_proof(const ReachProblem& problem, const ReachProof& proof) {
  return ProofChecker(problem, proof).check();
}

}  // namespace jenjang
