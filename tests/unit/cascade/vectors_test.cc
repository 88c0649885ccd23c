// Reference vectors of cascading, through the function that the command line uses. Ids (C01 ...)
// are those of the collected reference facts; what is not from there is worked out in a comment.
#include <algorithm>
#include <gtest/gtest.h>

#include "jenjang/cascade/allocation.h"

#include "tests/unit/cascade/one_family.h"

namespace jenjang {
namespace vectors_test {

using testing::Cells;
using testing::dec;
using testing::OneFamily;
using testing::rule;

std::vector<std::string> spans_of(const Diagnostic& finding) {
  std::vector<std::string> lines;
  for (const RelatedSpan& related : finding.related) {
    lines.push_back(std::to_string(related.span.line));
  }
  return lines;
}

TEST(CascadeVectors, C01ReplicateKeepsAnyWeightedMean) {
  const auto outcome = OneFamily{.aggregation = Aggregation::weighted_mean,
                                 .target = "85.00",
                                 .children = 4,
                                 .rule = rule("sama"),
                                 .weights = {"1", "2", "3", "4"}}
                           .run();
  EXPECT_EQ(outcome.cells, (Cells{"85.00", "85.00", "85.00", "85.00"}));
  ASSERT_EQ(outcome.table.residuals.size(), 1U);
  EXPECT_EQ(outcome.table.residuals[0].children, Rational(85));
}

TEST(CascadeVectors, C01ReplicateIsRefusedForASum) {
  const auto outcome = OneFamily{.target = "85", .children = 2, .rule = rule("sama")}.run();
  EXPECT_EQ(outcome.cells, (Cells{"-", "-"}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1607);
  EXPECT_EQ(outcome.findings[0].primary, outcome.rule);
  // One child takes the whole under any method.
  EXPECT_EQ((OneFamily{.target = "85", .children = 1, .rule = rule("sama")}.run().cells), Cells{"85"});
}

TEST(CascadeVectors, C02EqualWholeNumbers) {
  EXPECT_EQ((OneFamily{.target = "10", .children = 4, .rule = rule("rata")}.run().cells), (Cells{"3", "3", "2", "2"}));
}

TEST(CascadeVectors, C03Proportional) {
  EXPECT_EQ(
      (OneFamily{
          .target = "1200", .children = 3, .rule = rule("proporsional"), .drivers = {"350000", "150000", "500000"}}
           .run()
           .cells),
      (Cells{"420", "180", "600"}));
}

TEST(CascadeVectors, C04StepComesFromTheDigitsWritten) {
  EXPECT_EQ((OneFamily{.target = "1000.00", .children = 3, .rule = rule("proporsional"), .drivers = {"1", "1", "1"}}
                 .run()
                 .cells),
            (Cells{"333.34", "333.33", "333.33"}));
}

TEST(CascadeVectors, C05ZeroAndNegativeDrivers) {
  CascadeRule equal = rule("proporsional");
  equal.on_zero_driver = ZeroDriverPolicy::equal;
  const std::vector<std::string> zeros{"0", "0", "0"};
  EXPECT_EQ((OneFamily{.target = "90", .children = 3, .rule = equal, .drivers = zeros}.run().cells),
            (Cells{"30", "30", "30"}));
  const auto refused = OneFamily{.target = "90", .children = 3, .rule = rule("proporsional"), .drivers = zeros}.run();
  EXPECT_EQ(refused.cells, (Cells{"-", "-", "-"}));
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1605);
  EXPECT_EQ(refused.arg("galat"), "E_ZERO_DRIVER");
  EXPECT_EQ(refused.findings[0].related.size(), 4U);  // the target and three drivers
  EXPECT_EQ((OneFamily{.target = "0", .children = 3, .rule = rule("proporsional"), .drivers = zeros}.run().cells),
            (Cells{"0", "0", "0"}));
  const auto negative = OneFamily{.target = "90", .children = 3, .rule = equal, .drivers = {"5", "-1", "2"}}.run();
  ASSERT_EQ(negative.findings.size(), 1U);
  EXPECT_EQ(negative.findings[0].code, Code::J1604);
  EXPECT_EQ(negative.arg("galat"), "E_NEGATIVE_DRIVER");
  EXPECT_EQ(negative.arg("anak"), "IND@64.02");
}

TEST(CascadeVectors, C06HoldsStayAndTheRestFollows) {
  // Proportional to the current figures 100, 200, 300, 400 with the second held.
  const auto outcome = OneFamily{.target = "1200",
                                 .children = 4,
                                 .rule = rule("proporsional"),
                                 .drivers = {"100", "200", "300", "400"},
                                 .holds = {"", "200", "", ""}}
                           .run();
  EXPECT_EQ(outcome.cells, (Cells{"125", "200", "375", "500"}));
  std::size_t held = 0;
  for (const TargetCell& cell : outcome.table.cells) {
    held += cell.origin == TargetOrigin::hold ? 1U : 0U;
  }
  EXPECT_EQ(held, 1U);
}

TEST(CascadeVectors, C09GapClosingSolvesTheShareThatTheParentNeeds) {
  // k = 11/31: 60 + 40k = 74.193548..., 70 + 30k = 80.645161..., 90 + 10k = 93.548387...
  const OneFamily family{.aggregation = Aggregation::weighted_mean,
                         .target = "80",
                         .children = 3,
                         .rule = rule("tutup-selisih", {{"batas_depan", "100"}}),
                         .weights = {"0.5", "0.3", "0.2"},
                         .baselines = {"60", "70", "90"}};
  const auto outcome = family.run();
  EXPECT_EQ(outcome.cells, (Cells{"74.19", "80.65", "93.55"}));
  // 0.5 x 74.19 + 0.3 x 80.65 + 0.2 x 93.55 = 37.095 + 24.195 + 18.71 = 80.000, printed 80.00.
  EXPECT_EQ(outcome.table.residuals.at(0).children, Rational(80));
  const TargetCell& first = *std::find_if(outcome.table.cells.begin(), outcome.table.cells.end(),
                                          [](const auto& c) { return c.target == Target(dec("74.19")); });
  // 60 + 40 x 11/31 = 2300/31.
  EXPECT_EQ(outcome.table.exact.at(first.exact), Rational(2300, 31));
}

TEST(CascadeVectors, C09NeedsBaselinesAndAReachableTarget) {
  OneFamily family{.aggregation = Aggregation::weighted_mean,
                   .target = "80",
                   .children = 3,
                   .rule = rule("tutup-selisih", {{"batas_depan", "100"}}),
                   .baselines = {"60", "", "90"}};
  const auto missing = family.run();
  ASSERT_EQ(missing.findings.size(), 1U);
  EXPECT_EQ(missing.findings[0].code, Code::J1611);
  EXPECT_EQ(missing.arg("galat"), "E_NEEDS_BASELINE");
  EXPECT_EQ(missing.arg("kurang"), "IND@64.02");

  // Everybody at the frontier 78 gives 78 < 80.
  family.baselines = {"60", "70", "90"};
  family.rule = rule("tutup-selisih", {{"batas_depan", "78"}});
  const auto out_of_reach = family.run();
  ASSERT_EQ(out_of_reach.findings.size(), 1U);
  EXPECT_EQ(out_of_reach.findings[0].code, Code::J1609);
  // Equal weights: the baselines' mean is 220/3, told to four places.
  EXPECT_EQ(out_of_reach.arg("terendah"), "73.3333");
  EXPECT_EQ(out_of_reach.arg("tertinggi"), "78");
}

TEST(CascadeVectors, GapClosingOneSidedKeepsLeaders) {
  // Frontier 85: gaps 25, 15, 0 (the leader at 90 is beyond it). Weighted 12.5 + 4.5 + 0 = 17; B = 69,
  // need 80 - 69 = 11, k = 11/17: 60 + 25k = 76.176..., 70 + 15k = 79.705..., 90.
  CascadeRule one_sided = rule("tutup-selisih", {{"batas_depan", "85"}});
  one_sided.least = RuleLimit{true, {}, {}};
  const auto outcome = OneFamily{.aggregation = Aggregation::weighted_mean,
                                 .target = "80.00",
                                 .children = 3,
                                 .rule = one_sided,
                                 .weights = {"0.5", "0.3", "0.2"},
                                 .baselines = {"60", "70", "90"}}
                           .run();
  EXPECT_EQ(outcome.cells, (Cells{"76.18", "79.71", "90.00"}));
  // 38.09 + 23.913 + 18 = 80.003, printed 80.00.
  EXPECT_EQ(outcome.table.residuals.at(0).children, Rational(dec("80.003")));
}

TEST(CascadeVectors, C17FirstCensusOfFifteenStates) {
  const std::vector<std::string> states{"VA", "MA", "PA", "NC", "NY", "MD", "CT", "SC",
                                        "NJ", "NH", "VT", "GA", "KY", "RI", "DE"};
  const auto outcome = OneFamily{.target = "120",
                                 .children = 15,
                                 .rule = rule("proporsional"),
                                 .drivers = {"630560", "475327", "432879", "353523", "331589", "278514", "236841",
                                             "206236", "179570", "141822", "85533", "70835", "68705", "68446", "55540"},
                                 .paths = states}
                           .run();
  EXPECT_EQ(outcome.cells, (Cells{"21", "16", "14", "12", "11", "9", "8", "7", "6", "5", "3", "2", "2", "2", "2"}));
}

TEST(CascadeVectors, C19AlabamaParadoxIsLargestRemainders) {
  OneFamily family{.target = "10", .children = 3, .rule = rule("proporsional"), .drivers = {"6", "6", "2"}};
  EXPECT_EQ(family.run().cells, (Cells{"4", "4", "2"}));
  family.target = "11";
  EXPECT_EQ(family.run().cells, (Cells{"5", "5", "1"}));
}

TEST(CascadeVectors, C29RatioOverTheDenominatorsOfTheTargetYear) {
  const auto outcome = OneFamily{.aggregation = Aggregation::ratio,
                                 .target = "0.85",
                                 .children = 3,
                                 .rule = rule("tutup-selisih", {{"batas_depan", "1"}}),
                                 .baselines = {"0.5", "0.7", "0.9"},
                                 .denominators = {"1000", "3000", "6000"},
                                 .step = "0.001"}
                           .run();
  EXPECT_EQ(outcome.cells, (Cells{"0.625", "0.775", "0.925"}));
  // Numerators 625 + 2325 + 5550 = 8500 of 10000.
  EXPECT_EQ(outcome.table.residuals.at(0).children, Rational(17, 20));
  // The same ratio for all needs no weights at all.
  EXPECT_EQ(
      (OneFamily{.aggregation = Aggregation::ratio, .target = "0.85", .children = 3, .rule = rule("sama")}.run().cells),
      (Cells{"0.85", "0.85", "0.85"}));
}

TEST(CascadeVectors, C29NumeratorsByDriver) {
  // Half of 10000 tonnes: 5000 by drivers 1:1:2 = 1250, 1250, 2500 over 2500, 2500, 5000: 50 percent each.
  // With 1:3:4 instead: 625, 1875, 2500 over the same: 25, 75, 50 percent.
  OneFamily family{.aggregation = Aggregation::ratio,
                   .target = "50.00",
                   .children = 3,
                   .rule = rule("proporsional"),
                   .drivers = {"1", "3", "4"},
                   .denominators = {"2500", "2500", "5000"},
                   .factor = "100"};
  EXPECT_EQ(family.run().cells, (Cells{"25.00", "75.00", "50.00"}));
  family.denominators[1] = "";
  const auto refused = family.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1610);
  EXPECT_EQ(refused.arg("kurang"), "IND@64.02");
  // A child that produces nothing has no ratio. The rest: 5000 x 1/2 over 2500 = 100 percent, 5000 x 1/2 over 7500.
  family.drivers = {"1", "0", "1"};
  family.denominators = {"2500", "0", "7500"};
  EXPECT_EQ(family.run().cells, (Cells{"100.00", "-", "33.33"}));
}

TEST(CascadeVectors, C29ARatioBeyondTheWholeIsWarnedOf) {
  // 5000 split 3:1 over 2500 and 7500: 150 percent and 16.67 percent.
  const auto outcome = OneFamily{.aggregation = Aggregation::ratio,
                                 .target = "50.00",
                                 .children = 2,
                                 .rule = rule("proporsional"),
                                 .drivers = {"3", "1"},
                                 .denominators = {"2500", "7500"},
                                 .factor = "100"}
                           .run();
  // Told, and kept within the whole: 2500 of the 5000 are left for 7500.
  EXPECT_EQ(outcome.cells, (Cells{"100.00", "33.33"}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1616);
  EXPECT_EQ(outcome.arg("nilai"), "150");
  EXPECT_EQ(outcome.arg("dipakai"), "100.00");
}

TEST(CascadeVectors, C30LowerIsBetterWithGoalZero) {
  CascadeRule one_sided = rule("tutup-selisih", {{"batas_depan", "0"}});
  one_sided.most = RuleLimit{true, {}, {}};
  const auto outcome =
      OneFamily{
          .target = "15", .children = 3, .rule = one_sided, .baselines = {"12", "6", "2"}, .polarity = Polarity::lower}
          .run();
  EXPECT_EQ(outcome.cells, (Cells{"9", "5", "1"}));
}

TEST(CascadeVectors, C33SmallestSetOfHoldsAndItsExcess) {
  const auto outcome =
      OneFamily{.target = "100", .children = 5, .rule = rule("rata"), .holds = {"40", "35", "30", "5", ""}}.run();
  EXPECT_EQ(outcome.cells, (Cells{"40", "35", "30", "5", "-"}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Diagnostic& finding = outcome.findings[0];
  EXPECT_EQ(finding.code, Code::J1608);
  EXPECT_EQ(finding.primary, outcome.rule);
  EXPECT_EQ(outcome.arg("galat"), "E_HOLD_CONFLICT");
  EXPECT_EQ(outcome.arg("jumlah"), "105");
  EXPECT_EQ(outcome.arg("selisih"), "5");
  // The target, then A, B and C; D is not needed for the conflict.
  EXPECT_EQ(
      spans_of(finding),
      (std::vector<std::string>{std::to_string(outcome.parent.line), std::to_string(outcome.children[0].line),
                                std::to_string(outcome.children[1].line), std::to_string(outcome.children[2].line)}));
}

TEST(CascadeVectors, C36SpreadAgainFromTheDriver) {
  OneFamily family{.target = "10", .children = 3, .rule = rule("proporsional"), .drivers = {"1", "1", "1"}};
  EXPECT_EQ(family.run().cells, (Cells{"4", "3", "3"}));
  family.target = "20";
  EXPECT_EQ(family.run().cells, (Cells{"7", "7", "6"}));
}

TEST(LargestRemainder, NegativeTotalIsSplitAsItsOpposite) {
  const std::vector<Rational> shares{Rational(-10, 3), Rational(-10, 3), Rational(-10, 3)};
  const std::vector<std::string_view> keys{"a", "b", "c"};
  EXPECT_EQ(round_largest_remainder(shares, dec("-10"), dec("1"), {}, keys),
            (std::vector<Decimal>{dec("-4"), dec("-3"), dec("-3")}));
}

TEST(LargestRemainder, TiesGoToTheLargerDriverThenToTheKey) {
  // 6 by 1 : 3 = 1.5 and 4.5: equal remainders.
  const std::vector<Rational> shares{Rational(3, 2), Rational(9, 2)};
  const std::vector<Rational> drivers{Rational(1), Rational(3)};
  const std::vector<std::string_view> keys{"a", "b"};
  EXPECT_EQ(round_largest_remainder(shares, dec("6"), dec("1"), drivers, keys),
            (std::vector<Decimal>{dec("1"), dec("5")}));
  EXPECT_EQ(round_largest_remainder(shares, dec("6"), dec("1"), {}, keys), (std::vector<Decimal>{dec("2"), dec("4")}));
}

}  // namespace vectors_test
}  // namespace jenjang
