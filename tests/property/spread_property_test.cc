// The smallest reassignment of staff predicates against every distribution there is.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "jenjang/assess/spread.h"

namespace jenjang {
namespace spread_property_test {

const std::vector<std::string> kLabels{"a", "b", "c", "d"};

bool holds(const SpreadRow& row, const std::vector<std::int64_t>& counts, std::int64_t staff) {
  return std::all_of(row.demands.begin(), row.demands.end(), [&](const SpreadDemand& demand) {
    std::int64_t sum = 0, outside = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (std::find(demand.labels.begin(), demand.labels.end(), kLabels[i]) != demand.labels.end()) {
        sum += counts[i];
      } else {
        outside = std::max(outside, counts[i]);
      }
    }
    if (demand.at_most && sum * demand.at_most->den > staff * demand.at_most->num) return false;
    if (demand.at_least && sum * demand.at_least->den < staff * demand.at_least->num) return false;
    if (demand.at_least_count && sum < *demand.at_least_count) return false;
    return !demand.largest || sum >= outside;
  });
}

std::optional<std::int64_t> least_by_trying(const SpreadRow& row, const std::vector<std::int64_t>& counts) {
  std::int64_t staff = 0;
  for (const std::int64_t count : counts) staff += count;
  std::optional<std::int64_t> least;
  std::vector<std::int64_t> tried(counts.size());
  const std::function<void(std::size_t, std::int64_t)> fill = [&](std::size_t i, std::int64_t left) {
    if (i + 1 == counts.size()) {
      tried[i] = left;
      if (!holds(row, tried, staff)) return;
      std::int64_t moved = 0;
      for (std::size_t k = 0; k < counts.size(); ++k) moved += std::max<std::int64_t>(0, counts[k] - tried[k]);
      if (!least || moved < *least) least = moved;
      return;
    }
    for (tried[i] = 0; tried[i] <= left; ++tried[i]) fill(i + 1, left - tried[i]);
  };
  fill(0, staff);
  return least;
}

RC_GTEST_PROP(SpreadProperty, FewestMovesEqualTheBestOfAll, ()) {
  // Nested or disjoint groups only, as the reader of packs demands.
  const std::vector<std::vector<std::string>> sets{{"a"}, {"b"}, {"c"}, {"c", "d"}, {"b", "c", "d"}, {"d"}};
  std::vector<std::int64_t> counts;
  for (std::size_t i = 0; i < kLabels.size(); ++i) counts.push_back(*rc::gen::inRange<std::int64_t>(0, 5));
  SpreadRow row;
  const std::size_t largest = *rc::gen::inRange<std::size_t>(0, sets.size() + 1);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!*rc::gen::element(true, false)) continue;
    SpreadDemand demand;
    demand.labels = sets[i];
    demand.largest = i == largest;
    if (*rc::gen::element(true, false)) demand.at_most = SpreadShare{*rc::gen::inRange<std::int64_t>(0, 11), 10};
    if (*rc::gen::element(true, false)) demand.at_least = SpreadShare{*rc::gen::inRange<std::int64_t>(0, 8), 10};
    if (*rc::gen::element(true, false)) demand.at_least_count = *rc::gen::inRange<std::int64_t>(0, 3);
    row.demands.push_back(std::move(demand));
  }
  std::int64_t staff = 0;
  for (const std::int64_t count : counts) staff += count;
  const SpreadCheck check = check_spread(row, kLabels, counts);
  if (staff == 0) {
    RC_ASSERT(check.holds);
    return;
  }
  RC_ASSERT(check.holds == holds(row, counts, staff));
  const auto least = least_by_trying(row, counts);
  RC_ASSERT(least.has_value() == check.moves.has_value());
  if (!least) return;
  RC_ASSERT(check.moved == *least);
  // And what it proposes complies.
  std::vector<std::int64_t> after = counts;
  for (const SpreadMove& move : *check.moves) {
    after[static_cast<std::size_t>(std::find(kLabels.begin(), kLabels.end(), move.from) - kLabels.begin())] -=
        move.count;
    after[static_cast<std::size_t>(std::find(kLabels.begin(), kLabels.end(), move.to) - kLabels.begin())] += move.count;
  }
  RC_ASSERT(holds(row, after, staff));
}

}  // namespace spread_property_test
}  // namespace jenjang
