// One measure with one declared range at every unit: figures of months or quarters rolled up over units and to coarser
// periods. Every way to fill the holes is rolled up by the exact side; the range bounds each figure and no roll-up.
#include <functional>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

#include "jenjang/rollup/interval.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace interval_periods_test {

struct Hole {
  std::size_t node = 0;
  std::string period;
};

struct Family {
  PlainPlan plan;  // leaves, a district over the first two, and last but one the province; then one that keeps periods
  std::size_t top = 0;
  int low = 0, high = 0;  // of one figure
  std::vector<Hole> holes;
};

Family draw_family() {
  Family family;
  family.low = *rc::gen::inRange(0, 3);
  family.high = family.low + *rc::gen::inRange(1, 3);
  MeasureSpec spec;
  spec.accumulation = *rc::gen::element(Accumulation::increments, Accumulation::increments, Accumulation::average,
                                        Accumulation::peak, Accumulation::position);
  spec.frequency = *rc::gen::element(Granularity::month, Granularity::quarter);
  spec.least_possible = Decimal(family.low);
  spec.most_possible = Decimal(family.high);
  const int periods = periods_per_year(spec.frequency);
  const std::size_t wanted = static_cast<std::size_t>(*rc::gen::inRange(1, 4));
  std::set<std::pair<std::size_t, int>> holes;
  while (holes.size() < wanted) {
    holes.emplace(static_cast<std::size_t>(*rc::gen::inRange(0, 3)), *rc::gen::inRange(1, periods + 1));
  }
  const auto node = [&spec](std::string unit) {
    PlainNode made;
    made.code = "FM";
    made.unit = std::move(unit);
    made.spec = spec;
    return made;
  };
  for (std::size_t leaf = 0; leaf < 3; ++leaf) {
    family.plan.nodes.push_back(node(leaf < 2 ? "64.01.0" + std::to_string(leaf) : "64.02"));
    for (int at = 1; at <= periods; ++at) {
      const std::string period = Period(2024, spec.frequency, at).to_string();
      if (holes.contains({leaf, at})) {
        family.holes.push_back({leaf, period});
      } else {
        const int figure = *rc::gen::inRange(family.low, family.high + 1);
        family.plan.nodes[leaf].facts.push_back({period, std::to_string(figure)});
      }
    }
  }
  spec.aggregation = *rc::gen::element(Aggregation::sum, Aggregation::sum, Aggregation::weighted_mean,
                                       Aggregation::minimum, Aggregation::maximum);
  spec.value_bands = ScaleId(0);
  const std::string cut = std::to_string(*rc::gen::inRange(family.low, 10 * family.high));
  family.plan.scales = {make_bands({{"A", cut}, {"B", ""}}, {RoundingMode::exact, 0}, true)};
  family.plan.nodes.push_back(node("64.01"));
  family.plan.nodes.back().ties = {{0}, {1, std::to_string(*rc::gen::inRange(1, 3))}};
  family.plan.nodes.push_back(node("64"));
  family.plan.nodes.back().ties = {{3}, {2}};
  family.top = 4;
  family.plan.nodes.push_back(PlainNode{});
  family.plan.nodes.back().code = "LAIN";
  // Keeps the periods asked in the grid when nobody reported in one of them.
  family.plan.nodes.back().targets = {{"2024", "1"}, {"2024-S1", "1"}, {"2024-TW3", "1"}};
  return family;
}

// Every filling of the holes, rolled up exactly.
void enumerate(const Family& family, const std::function<void(const BuiltPlan&)>& visit) {
  PlainPlan filled = family.plan;
  const std::function<void(std::size_t)> next = [&](std::size_t at) {
    if (at == family.holes.size()) return visit(build(filled));
    std::vector<PlainFact>& facts = filled.nodes[family.holes[at].node].facts;
    for (int value = family.low; value <= family.high; ++value) {
      facts.push_back({family.holes[at].period, std::to_string(value)});
      next(at + 1);
      facts.pop_back();
    }
  };
  next(0);
}

RC_GTEST_PROP(IntervalPeriods, ARangeBoundsOneFigureAndNoRollUp, ()) {
  const Family family = draw_family();
  const std::vector<Period> asked{Period::year(2024), *Period::parse("2024-S1"), *Period::parse("2024-TW3")};
  const std::vector<std::size_t> nodes{0, 3, family.top};
  const Scale& scale = family.plan.scales.front();
  std::map<std::pair<std::size_t, std::size_t>, std::set<Rational>> seen;
  enumerate(family, [&](const BuiltPlan& built) {
    ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
    for (const std::size_t node : nodes) {
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto value = exact.value(built.node[node], asked[i]);
        RC_ASSERT(value.has_value());
        seen[{node, i}].insert(*value);
      }
    }
  });
  const BuiltPlan built = build(family.plan);
  IntervalEvaluator intervals(built.model, built.targets, built.facts, Lane::all);
  for (const auto& [where, values] : seen) {
    const NodeId node = built.node[where.first];
    const auto range = intervals.value(node, asked[where.second]);
    RC_ASSERT(range && range->least && range->most);
    RC_ASSERT(range->attained);
    RC_ASSERT(*range->least == *values.begin());
    RC_ASSERT(*range->most == *values.rbegin());
    if (where.first == 0) continue;
    std::set<int> bands;
    for (const Rational& value : values) bands.insert(band_of(scale, value));
    RC_ASSERT(intervals.certain_band(node, asked[where.second]) == (bands.size() == 1 ? *bands.begin() : -1));
  }
}

}  // namespace interval_periods_test
}  // namespace jenjang::testing
