// Laws of one cascade step on random families: exact sums, holds, order, round trip.
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/allocation.h"

#include "tests/unit/cascade/one_family.h"

namespace jenjang {
namespace cascade_family_test {

using testing::dec;
using testing::OneFamily;
using testing::rule;

std::string fixed_point(int mantissa, int places) {
  return Decimal::from_parts(mantissa, places).to_string();
}

// Figures with `places` decimals, each from [low, high) in units of the last digit.
std::vector<std::string> figures(std::size_t count, int low, int high, int places) {
  std::vector<std::string> out;
  for (const int mantissa : *rc::gen::container<std::vector<int>>(count, rc::gen::inRange(low, high))) {
    out.push_back(fixed_point(mantissa, places));
  }
  return out;
}

// An additive family: one of the splitting methods, some children held.
OneFamily additive_family() {
  OneFamily family;
  family.aggregation = Aggregation::sum;
  family.children = static_cast<std::size_t>(*rc::gen::inRange(1, 9));
  const int places = *rc::gen::inRange(0, 3);
  const int mantissa = *rc::gen::inRange(0, 100000);
  family.target = fixed_point(mantissa, places);
  const int method = *rc::gen::inRange(0, 3);
  if (method == 0) {
    family.rule = rule("rata");
  } else if (method == 1) {
    family.rule = rule("proporsional");
    family.rule.on_zero_driver = ZeroDriverPolicy::equal;
    family.drivers = figures(family.children, 0, 50, 1);
  } else {
    family.rule = rule("bagian-tetap");
    family.rule.on_zero_driver = ZeroDriverPolicy::equal;
    // Shares of a thousandth each; the last takes the rest, so that they sum to one.
    int left = 1000;
    for (std::size_t i = 0; i + 1 < family.children; ++i) {
      const int share = *rc::gen::inRange(0, left + 1);
      family.drivers.push_back(fixed_point(share, 3));
      left -= share;
    }
    family.drivers.push_back(fixed_point(left, 3));
  }
  // Holds of up to twice a child's fair part: most families can stand, some cannot.
  const int fair = mantissa / static_cast<int>(family.children);
  for (std::size_t i = 0; i < family.children; ++i) {
    const bool held = *rc::gen::inRange(0, 4) >= 2;  // never in the smallest cases
    family.holds.push_back(held ? fixed_point(*rc::gen::inRange(0, 2 * fair + 1), places) : "");
  }
  return family;
}

bool cascaded(const OneFamily::Outcome& outcome) {
  return outcome.findings.empty() && std::find(outcome.cells.begin(), outcome.cells.end(), "-") == outcome.cells.end();
}

Rational sum_of(const std::vector<std::string>& cells) {
  Rational sum;
  for (const std::string& cell : cells) {
    sum += Rational(dec(cell));
  }
  return sum;
}

RC_GTEST_PROP(CascadeSum, PartsAddUpExactlyAndHoldsDoNotMove, ()) {
  const OneFamily family = additive_family();
  const auto outcome = family.run();
  for (std::size_t i = 0; i < family.children; ++i) {
    if (!family.holds[i].empty()) {
      RC_ASSERT(outcome.cells[i] == family.holds[i]);
    }
  }
  RC_CLASSIFY(cascaded(outcome), "cascaded");
  if (cascaded(outcome)) {
    RC_ASSERT(sum_of(outcome.cells) == Rational(dec(family.target)));
    return;
  }
  // Refused: then the holds alone exceed the target, or nobody is free to take the difference.
  Rational held;
  bool any_free = false;
  for (const std::string& hold : family.holds) {
    any_free |= hold.empty();
    held += hold.empty() ? Rational() : Rational(dec(hold));
  }
  RC_ASSERT(outcome.findings.size() == 1U);
  RC_ASSERT(outcome.findings[0].code == Code::J1608);
  RC_ASSERT(held > Rational(dec(family.target)) || (!any_free && held != Rational(dec(family.target))));
}

RC_GTEST_PROP(CascadeSum, PermutedChildrenGivePermutedResults, ()) {
  OneFamily family = additive_family();
  for (std::size_t i = 0; i < family.children; ++i) {
    family.paths.push_back("64.1" + std::to_string(i));
  }
  const auto before = family.run();
  std::vector<std::size_t> order(family.children);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(i)))]);
  }
  OneFamily permuted = family;
  for (std::size_t i = 0; i < order.size(); ++i) {
    permuted.paths[i] = family.paths[order[i]];
    permuted.holds[i] = family.holds[order[i]];
    if (!family.drivers.empty()) {
      permuted.drivers[i] = family.drivers[order[i]];
    }
  }
  const auto after = permuted.run();
  for (std::size_t i = 0; i < order.size(); ++i) {
    RC_ASSERT(after.cells[i] == before.cells[order[i]]);
  }
}

RC_GTEST_PROP(CascadeSum, FeedingTheResultBackChangesNothing, ()) {
  OneFamily family = additive_family();
  const auto first = family.run();
  RC_PRE(cascaded(first));
  family.holds = first.cells;
  const auto second = family.run();
  RC_ASSERT(second.cells == first.cells);
  RC_ASSERT(second.findings.empty());
}

RC_GTEST_PROP(CascadeSum, ALargerDriverNeverGetsLess, ()) {
  OneFamily family = additive_family();
  family.rule = rule("proporsional");
  family.rule.on_zero_driver = ZeroDriverPolicy::equal;
  family.drivers = figures(family.children, 0, 50, 1);
  family.holds = {};
  const auto outcome = family.run();
  RC_ASSERT(cascaded(outcome));
  const bool all_zero = std::all_of(family.drivers.begin(), family.drivers.end(),
                                    [](const std::string& driver) { return dec(driver).is_zero(); });
  for (std::size_t i = 0; i < family.children && !all_zero; ++i) {
    for (std::size_t j = 0; j < family.children; ++j) {
      if (dec(family.drivers[i]) > dec(family.drivers[j])) {
        RC_ASSERT(dec(outcome.cells[i]) >= dec(outcome.cells[j]));
      }
    }
  }
}

// Least sum of |x_i - q_i| over all whole x >= 0 with the given sum, by trying every one.
Rational least_departure(const std::vector<Rational>& shares, std::size_t child, int left) {
  if (child + 1 == shares.size()) {
    return (Rational(left) - shares[child]).absolute();
  }
  std::optional<Rational> best;
  for (int x = 0; x <= left; ++x) {
    const Rational cost = (Rational(x) - shares[child]).absolute() + least_departure(shares, child + 1, left - x);
    if (!best || cost < *best) {
      best = cost;
    }
  }
  return *best;
}

RC_GTEST_PROP(CascadeSum, LargestRemainderIsTheNearestWholeSplit, ()) {
  const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
  const int total = *rc::gen::inRange(0, 13);
  const auto drivers = *rc::gen::container<std::vector<int>>(count, rc::gen::inRange(1, 20));
  const int sum = std::accumulate(drivers.begin(), drivers.end(), 0);
  std::vector<Rational> shares;
  for (const int driver : drivers) {
    shares.emplace_back(total * driver, sum);
  }
  const std::vector<Decimal> cells = round_largest_remainder(shares, Decimal(total), Decimal(1), {}, {});
  Rational departure;
  for (std::size_t i = 0; i < count; ++i) {
    departure += (Rational(cells[i]) - shares[i]).absolute();
  }
  RC_ASSERT(departure == least_departure(shares, 0, total));
}

RC_GTEST_PROP(CascadeSum, AConflictIsIrreducible, ()) {
  OneFamily family{.target = fixed_point(*rc::gen::inRange(0, 60), 0), .children = 5, .rule = rule("rata")};
  family.holds = figures(4, 0, 40, 0);
  family.holds.emplace_back();
  const auto outcome = family.run();
  RC_PRE(!outcome.findings.empty());
  // Related places: the target, then the holds to blame. Together they exceed it; without any one they do not.
  std::vector<Rational> blamed;
  for (std::size_t i = 0; i < family.children; ++i) {
    for (const RelatedSpan& related : outcome.findings[0].related) {
      if (related.span == outcome.children[i]) {
        blamed.emplace_back(dec(family.holds[i]));
      }
    }
  }
  Rational sum;
  for (const Rational& value : blamed) {
    sum += value;
  }
  const Rational target(dec(family.target));
  RC_ASSERT(sum > target);
  for (const Rational& value : blamed) {
    RC_ASSERT(sum - value <= target);
  }
}

// Means and ratios: the rolled-up figure, printed, is the target, or the family is refused.
OneFamily level_family(Aggregation aggregation) {
  OneFamily family;
  family.aggregation = aggregation;
  family.children = static_cast<std::size_t>(*rc::gen::inRange(1, 7));
  family.target = fixed_point(*rc::gen::inRange(6500, 9900), 2);
  family.baselines = figures(family.children, 3000, 9500, 2);
  family.factor = aggregation == Aggregation::ratio ? "100" : "1";
  const std::vector<std::string> weights = figures(family.children, 1, 500, 1);
  (aggregation == Aggregation::ratio ? family.denominators : family.weights) = weights;
  const int method = *rc::gen::inRange(0, 3);
  if (method == 0) {
    family.rule = rule("sama");
  } else {
    family.rule = rule("tutup-selisih", {{"batas_depan", "100"}});
    if (method == 2) {
      family.rule.least = RuleLimit{true, {}, {}};
    }
  }
  if (*rc::gen::inRange(0, 3) == 0) {
    family.step = *rc::gen::element<std::string>("0.01", "0.1", "0.5", "1");
  }
  return family;
}

void check_level_family(const OneFamily& family) {
  const auto outcome = family.run();
  RC_CLASSIFY(outcome.findings.empty(), "cascaded");
  if (!outcome.findings.empty()) {
    const Code code = outcome.findings[0].code;
    // Out of reach of the baselines (as the method or as the rule keeps them), or a step too coarse: nothing else.
    RC_ASSERT(code == Code::J1609 || code == Code::J1641 ||
              ((code == Code::J1613 || code == Code::J1612) && !family.step.empty()));
    return;
  }
  RC_ASSERT(cascaded(outcome));
  const std::vector<std::string>& weights =
      family.aggregation == Aggregation::ratio ? family.denominators : family.weights;
  // Independent roll-up: sum of w x over sum of w; for a ratio numerators D x / 100 over D, times 100.
  Rational top, bottom;
  for (std::size_t i = 0; i < family.children; ++i) {
    top += Rational(dec(weights[i])) * Rational(dec(outcome.cells[i]));
    bottom += Rational(dec(weights[i]));
    if (family.rule.least) {
      RC_ASSERT(dec(outcome.cells[i]) >= dec(family.baselines[i]));  // nobody falls back
    }
  }
  RC_ASSERT(round(top / bottom, {RoundingMode::half_up, 2}) == dec(family.target));
  RC_ASSERT(outcome.table.residuals.size() == 1U);
  RC_ASSERT(outcome.table.residuals[0].children == top / bottom);
}

RC_GTEST_PROP(CascadeRoundTrip, WeightedMean, ()) {
  check_level_family(level_family(Aggregation::weighted_mean));
}
RC_GTEST_PROP(CascadeRoundTrip, RatioOverPlannedDenominators, ()) {
  check_level_family(level_family(Aggregation::ratio));
}

RC_GTEST_PROP(CascadeRoundTrip, GapClosingKeepsTheOrderOfBaselines, ()) {
  OneFamily family = level_family(Aggregation::weighted_mean);
  family.rule = rule("tutup-selisih", {{"batas_depan", "100"}});
  family.step = "";
  const auto outcome = family.run();
  RC_PRE(cascaded(outcome));
  for (std::size_t i = 0; i < family.children; ++i) {
    for (std::size_t j = 0; j < family.children; ++j) {
      if (dec(family.baselines[i]) <= dec(family.baselines[j])) {
        RC_ASSERT(dec(outcome.cells[i]) <= dec(outcome.cells[j]));
      }
    }
  }
}

}  // namespace cascade_family_test
}  // namespace jenjang
