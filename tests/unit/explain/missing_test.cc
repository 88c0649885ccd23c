// Missing figures in explanations: what was carried is told, and the contributions still add up to the value.
#include <gtest/gtest.h>

#include "tests/unit/explain/explain_fixture.h"

namespace jenjang::testing {
namespace missing_test {

TEST(ExplainMissing, CarriedQuartersAddUpWithTheReportedOnes) {
  // 30 + 50 + 40, and the last quarter carried at the rate of the third: 40 more.
  for (const Accumulation kind : {Accumulation::increments, Accumulation::average}) {
    ExplainFixture f;
    MeasureSpec spec = measure_spec(Aggregation::leaf, kind);
    spec.frequency = Granularity::quarter;
    spec.missing_time = MissingPolicy::carry;
    spec.carry_months = 3;
    const VertexId node = f.node(f.item("X", spec), f.unit("64"));
    f.fact("X", "64", "2024-TW1", "30");
    f.fact("X", "64", "2024-TW2", "50");
    f.fact("X", "64", "2024-TW3", "40");
    f.evaluate();
    const auto tree = f.tree(node, "2024", ExplainWhat::realisation);
    ASSERT_TRUE(tree);
    EXPECT_EQ(contributions(*tree), Rational(kind == Accumulation::increments ? 160 : 40));
    ASSERT_EQ(tree->inputs.size(), 4U);
    EXPECT_EQ(tree->inputs[3].what, "terbawa");
    EXPECT_EQ(tree->inputs[3].contribution, kind == Accumulation::increments ? "40" : "10");
    EXPECT_TRUE(has_note(*tree, "9 bulan terlaporkan dari 12"));
  }
}

TEST(ExplainMissing, ACarriedChildIsShownInItsOwnPeriod) {
  // (2 x 80 + 3 x 90 + 5 x 70) / 10 = 78, the 70 of a year ago.
  ExplainFixture f;
  MeasureSpec mean = measure_spec(Aggregation::weighted_mean);
  mean.missing = MissingPolicy::carry;
  mean.carry_months = 12;
  const VertexId top = f.node(f.item("M", mean), f.unit("64"));
  const ItemId part = f.item("P", measure_spec());
  const char* const weights[] = {"2", "3", "5"};
  const char* const facts[][2] = {{"2024", "80"}, {"2024", "90"}, {"2023", "70"}};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string unit = "64.0" + std::to_string(i + 1);
    f.formula(top, f.node(part, f.unit(unit)), dec(weights[i]));
    f.fact("P", unit, facts[i][0], facts[i][1]);
  }
  f.evaluate();
  const auto tree = f.tree(top, "2024", ExplainWhat::realisation);
  ASSERT_TRUE(tree);
  EXPECT_EQ(contributions(*tree), Rational(78));
  EXPECT_EQ(tree->inputs[2].address, "P@64.03:2023");
  EXPECT_EQ(tree->inputs[2].weight, "5 dari 10 (terbawa dari 2023)");
  EXPECT_FALSE(has_note(*tree, "tidak dapat dirunut"));
}

TEST(ExplainMissing, TheThresholdIsNamed) {
  ExplainFixture f;
  MeasureSpec mean = measure_spec(Aggregation::weighted_mean);
  mean.least_coverage = dec("0.6");
  const VertexId top = f.node(f.item("M", mean), f.unit("64"));
  const ItemId part = f.item("P", measure_spec());
  f.formula(top, f.node(part, f.unit("64.01")));
  f.formula(top, f.node(part, f.unit("64.02")));
  f.fact("P", "64.01", "2024", "80");
  f.evaluate();
  const auto tree = f.tree(top, "2024", ExplainWhat::realisation);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->value, "kosong");
  EXPECT_TRUE(has_note(*tree, "cakupan di bawah cakupan_minimal 0.6"));
}

}  // namespace missing_test
}  // namespace jenjang::testing
