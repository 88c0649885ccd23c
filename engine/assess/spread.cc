#include "jenjang/assess/spread.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "engine/assess/spread_reassign.h"

namespace jenjang {
namespace {

// Least and greatest whole number of people within the limits of a demand among n.
std::pair<std::int64_t, std::int64_t> limits(const SpreadDemand& demand, std::int64_t n) {
  std::int64_t low = 0, high = n;
  if (demand.at_least)
    low = std::max(low, (n * demand.at_least->num + demand.at_least->den - 1) / demand.at_least->den);
  if (demand.at_least_count) low = std::max(low, *demand.at_least_count);
  if (demand.at_most) high = std::min(high, n * demand.at_most->num / demand.at_most->den);
  return {low, high};
}

}  // namespace

SpreadCheck check_spread(const SpreadRow& row, std::span<const std::string> labels,
                         std::span<const std::int64_t> counts) {
  SpreadCheck check;
  check.counts.assign(counts.begin(), counts.end());
  check.staff = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  check.holds = true;
  if (check.staff == 0) {
    check.moves.emplace();
    return check;
  }
  std::vector<SpreadGroup> groups;
  std::vector<std::size_t> largest;
  for (std::size_t i = 0; i < row.demands.size(); ++i) {
    const SpreadDemand& demand = row.demands[i];
    SpreadOutcome outcome;
    outcome.demand = i;
    std::tie(outcome.low, outcome.high) = limits(demand, check.staff);
    SpreadGroup group{{}, outcome.low, outcome.high};
    for (std::size_t label = 0; label < labels.size(); ++label) {
      if (std::find(demand.labels.begin(), demand.labels.end(), labels[label]) == demand.labels.end()) continue;
      group.labels.push_back(label);
      outcome.count += counts[label];
    }
    outcome.holds = outcome.low <= outcome.count && outcome.count <= outcome.high;
    if (demand.largest) {
      // The group as a whole against every single label outside it.
      for (std::size_t label = 0; label < labels.size(); ++label) {
        const bool inside = std::find(group.labels.begin(), group.labels.end(), label) != group.labels.end();
        if (!inside && counts[label] > outcome.count) {
          outcome.holds = false;
          if (outcome.larger.empty()) outcome.larger = labels[label];
        }
      }
      largest = group.labels;
    }
    check.holds = check.holds && outcome.holds;
    check.outcomes.push_back(std::move(outcome));
    groups.push_back(std::move(group));
  }
  if (check.holds) {
    check.moves.emplace();
    return check;
  }
  const auto target = least_change(check.counts, groups, largest);
  if (!target) return check;
  // People who leave a label meet those it is short of in order of rank: no two of them cross, which is the least
  // change in grades for these numbers.
  check.moves.emplace();
  std::vector<std::int64_t> excess(labels.size()), lack(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    excess[i] = std::max<std::int64_t>(0, check.counts[i] - (*target)[i]);
    lack[i] = std::max<std::int64_t>(0, (*target)[i] - check.counts[i]);
    check.moved += excess[i];
  }
  for (std::size_t from = 0, to = 0; from < labels.size() && to < labels.size();) {
    if (excess[from] == 0) {
      ++from;
    } else if (lack[to] == 0) {
      ++to;
    } else {
      const std::int64_t count = std::min(excess[from], lack[to]);
      check.moves->push_back({labels[from], labels[to], count});
      excess[from] -= count;
      lack[to] -= count;
    }
  }
  return check;
}

}  // namespace jenjang
