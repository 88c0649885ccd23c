#include "engine/assess/reach_table.h"

#include <algorithm>

namespace jenjang {
namespace {

using Row = ReachTable::Row;

// Keeps the rows that no other row beats in both cost and gain. Sorted by cost, then gain falling.
std::vector<Row> undominated(std::vector<Row> rows) {
  std::ranges::sort(rows, [](const Row& a, const Row& b) {
    if (a.cost != b.cost) return a.cost < b.cost;
    if (a.gain != b.gain) return a.gain > b.gain;
    return a.before != b.before ? a.before < b.before : a.choice < b.choice;
  });
  std::vector<Row> kept;
  for (const Row& row : rows) {
    if (kept.empty() || row.gain > kept.back().gain) kept.push_back(row);
  }
  return kept;
}

}  // namespace

bool ReachDomain::is_empty() const {
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i] > high[i]) return true;
  }
  return false;
}

ReachDomain whole_domain(const ReachProblem& problem) {
  ReachDomain domain;
  for (const ReachItem& item : problem.items) {
    domain.low.push_back(0);
    domain.high.push_back(static_cast<int>(item.levels.size()) - 1);
  }
  return domain;
}

std::optional<BrokenNeed> broken_need(const ReachProblem& problem, const std::vector<int>& level) {
  for (std::size_t i = 0; i < problem.items.size(); ++i) {
    const auto& needs = problem.items[i].levels[static_cast<std::size_t>(level[i])].needs;
    for (std::size_t n = 0; n < needs.size(); ++n) {
      if (level[needs[n].item] < needs[n].level) return BrokenNeed{i, level[i], n};
    }
  }
  return std::nullopt;
}

std::vector<ReachClass> reach_classes(const ReachProblem& problem) {
  std::vector<ReachClass> classes;
  std::vector<bool> in_set(problem.items.size(), false);
  for (std::size_t s = 0; s < problem.sets.size(); ++s) {
    classes.push_back({SIZE_MAX, s});
    for (const std::size_t member : problem.sets[s].members) in_set[member] = true;
    for (const std::size_t judgement : problem.sets[s].judgements) in_set[judgement] = true;
  }
  for (std::size_t i = 0; i < problem.items.size(); ++i) {
    if (!in_set[i]) classes.push_back({i, SIZE_MAX});
  }
  return classes;
}

ReachTable::ReachTable(const ReachProblem& problem) : problem_(problem), classes_(reach_classes(problem)) {}

const Row* ReachTable::Filled::cheapest(std::int64_t need) const {
  const std::vector<Row>& last = lists.back();
  const auto found = std::ranges::find_if(last, [&](const Row& row) { return row.gain >= need; });
  return found == last.end() ? nullptr : &*found;
}

std::vector<std::size_t> ReachTable::free_members(const ReachSet& set, const ReachDomain& domain) const {
  std::vector<std::size_t> open;
  for (const std::size_t member : set.members) {
    if (domain.low[member] == 0 && domain.high[member] == 1) open.push_back(member);
  }
  std::ranges::stable_sort(open, [&](std::size_t a, std::size_t b) {
    return problem_.items[a].levels[1].cost < problem_.items[b].levels[1].cost;
  });
  return open;
}

std::vector<ReachChoice> ReachTable::choices_of_set(const ReachSet& set, const ReachDomain& domain) const {
  std::int64_t forced_cost = 0;
  std::size_t forced = 0, must = 0, may = 0;
  for (const std::size_t member : set.members) {
    if (domain.low[member] != 1) continue;
    ++forced;
    forced_cost += problem_.items[member].levels[1].cost;
  }
  for (std::size_t j = 0; j < set.judgements.size(); ++j) {
    if (domain.low[set.judgements[j]] == 1) must |= std::size_t{1} << j;
    if (domain.high[set.judgements[j]] == 1) may |= std::size_t{1} << j;
  }
  const std::vector<std::size_t> open = free_members(set, domain);
  std::vector<ReachChoice> choices;
  for (std::size_t mask = 0; mask < std::size_t{1} << set.judgements.size(); ++mask) {
    if ((mask & must) != must || (mask & ~may) != 0) continue;
    std::int64_t cost = forced_cost;
    for (std::size_t j = 0; j < set.judgements.size(); ++j) {
      if ((mask >> j & 1U) != 0) cost += problem_.items[set.judgements[j]].levels[1].cost;
    }
    for (std::size_t more = 0; more <= open.size(); ++more) {
      if (more > 0) cost += problem_.items[open[more - 1]].levels[1].cost;
      choices.push_back({cost, set.gain[forced + more][mask], 0, forced + more, mask});
    }
  }
  return choices;
}

std::vector<ReachChoice> ReachTable::choices_of(const ReachClass& which, const ReachDomain& domain) const {
  if (which.set != SIZE_MAX) return choices_of_set(problem_.sets[which.set], domain);
  std::vector<ReachChoice> choices;
  const std::vector<ReachLevel>& levels = problem_.items[which.item].levels;
  for (int level = domain.low[which.item]; level <= domain.high[which.item]; ++level) {
    const ReachLevel& at = levels[static_cast<std::size_t>(level)];
    choices.push_back({at.cost, at.gain, level, 0, 0});
  }
  return choices;
}

ReachTable::Filled ReachTable::fill(const ReachDomain& domain, std::int64_t budget, bool useful_only,
                                    std::size_t most_points) const {
  Filled filled;
  for (const ReachClass& which : classes_) filled.choices.push_back(choices_of(which, domain));
  // The most that the classes after each one can add.
  std::vector<std::int64_t> rest(classes_.size() + 1, 0);
  for (std::size_t k = classes_.size(); k-- > 0;) {
    const auto best = std::ranges::max_element(filled.choices[k], {}, &ReachChoice::gain);
    rest[k] = rest[k + 1] + (best == filled.choices[k].end() ? 0 : best->gain);
  }
  std::vector<Row> list{{0, 0, 0, 0}};
  for (std::size_t k = 0; k < classes_.size(); ++k) {
    const std::vector<ReachChoice>& choices = filled.choices[k];
    std::vector<Row> next;
    next.reserve(list.size() * choices.size());
    for (std::uint32_t r = 0; r < list.size(); ++r) {
      for (std::uint32_t c = 0; c < choices.size(); ++c) {
        const Row row{list[r].cost + choices[c].cost, list[r].gain + choices[c].gain, r, c};
        if (row.cost > budget || (useful_only && row.gain + rest[k + 1] < problem_.need)) continue;
        next.push_back(row);
      }
    }
    list = undominated(std::move(next));
    filled.points += list.size();
    filled.lists.push_back(list);
    if (filled.points > most_points) {
      filled.stopped = true;
      return filled;
    }
  }
  if (filled.lists.empty()) filled.lists.push_back(list);
  return filled;
}

ReachPlan ReachTable::plan(const ReachDomain& domain, const Filled& filled, const Row& row) const {
  ReachPlan plan;
  plan.level = domain.low;
  plan.cost = row.cost;
  plan.gain = row.gain;
  Row at = row;
  for (std::size_t k = classes_.size(); k-- > 0;) {
    const ReachChoice& choice = filled.choices[k][at.choice];
    if (classes_[k].item != SIZE_MAX) {
      plan.level[classes_[k].item] = choice.level;
    } else {
      const ReachSet& set = problem_.sets[classes_[k].set];
      for (std::size_t j = 0; j < set.judgements.size(); ++j) {
        plan.level[set.judgements[j]] = static_cast<int>(choice.mask >> j & 1U);
      }
      std::size_t raised = 0;
      for (const std::size_t member : set.members) raised += static_cast<std::size_t>(domain.low[member]);
      for (const std::size_t member : free_members(set, domain)) {
        if (raised++ < choice.raised) plan.level[member] = 1;
      }
    }
    if (k > 0) at = filled.lists[k - 1][at.before];
  }
  return plan;
}

}  // namespace jenjang
