// Floors, caps and rule limits: what a cascade keeps, on every level and under every aggregation.
#include <gtest/gtest.h>

#include "tests/unit/cascade/limits_fixture.h"
#include "tests/unit/cascade/one_family.h"

namespace jenjang {
namespace bounds_test {

using testing::Cells;
using testing::dec;
using testing::LimitTree;
using testing::OneFamily;
using testing::rule;

TEST(Bounds, AFloorTakesFromTheOthers) {
  // Equal parts of 90 are 30; 50 for one leaves 20 and 20.
  LimitTree tree{.nodes = {{"64", -1, "1", "90"}, {"64/a", 0}, {"64/b", 0}, {"64/c", 0}}, .rule = rule("rata")};
  EXPECT_EQ(tree.run().cells, (Cells{"90", "30", "30", "30"}));
  tree.nodes[1].least = "50";
  EXPECT_EQ(tree.run().cells, (Cells{"90", "50", "20", "20"}));
  tree.nodes[1].least = "";
  tree.nodes[1].most = "12";
  EXPECT_EQ(tree.run().cells, (Cells{"90", "12", "39", "39"}));
}

TEST(Bounds, FloorsFarBelowAreKnownAtTheTop) {
  // Two agencies share 100 equally, but the staff of the first need 30 + 40 = 70.
  LimitTree tree{.nodes = {{"64", -1, "1", "100"}, {"64/a", 0}, {"64/b", 0}, {"64/a/1", 1}, {"64/a/2", 1}},
                 .rule = rule("rata")};
  tree.nodes[3].least = "30";
  tree.nodes[4].least = "40";
  const auto outcome = tree.run();
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.cells, (Cells{"100", "70", "30", "30", "40"}));
}

TEST(Bounds, AnAggregatesCapIsKeptByTheLevelBelow) {
  LimitTree tree{.nodes = {{"64", -1, "1", "100"}, {"64/a", 0}, {"64/b", 0}, {"64/a/1", 1}, {"64/a/2", 1}},
                 .rule = rule("rata")};
  tree.nodes[1].most = "20";
  EXPECT_EQ(tree.run().cells, (Cells{"100", "20", "80", "10", "10"}));
}

TEST(Bounds, WholeNumbersKeepBrokenFloors) {
  // 2.5 and 2.5 of 6 in whole numbers need 3 and 3: nothing is left for the third.
  LimitTree tree{
      .nodes = {{"64", -1, "1", "6"}, {"64/a", 0}, {"64/b", 0}, {"64/c", 0}}, .rule = rule("rata"), .step = "1"};
  tree.nodes[1].least = "2.5";
  tree.nodes[2].least = "2.5";
  EXPECT_EQ(tree.run().cells, (Cells{"6", "3", "3", "0"}));
  tree.nodes[0].target = "5";
  const auto refused = tree.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1641);
  EXPECT_EQ(refused.arg("jumlah"), "6");
}

TEST(Bounds, MeansAndRatiosByTheirWeights) {
  // Mean with weights 1:3 at 80; the heavy one may be 70 at most: x = (80 x 4 - 3 x 70) / 1 = 110.
  LimitTree tree{.aggregation = Aggregation::weighted_mean,
                 .nodes = {{"64", -1, "1", "80"}, {"64/a", 0, "1"}, {"64/b", 0, "3"}},
                 .rule = rule("sama")};
  tree.nodes[2].most = "70";
  EXPECT_EQ(tree.run().cells, (Cells{"80", "110.00", "70.00"}));
  // Ratio over 100 and 300 planned: the same by denominators.
  tree.aggregation = Aggregation::ratio;
  tree.nodes[1].weight = tree.nodes[2].weight = "1";
  tree.nodes[1].denominator = "100";
  tree.nodes[2].denominator = "300";
  EXPECT_EQ(tree.run().cells, (Cells{"80", "110.00", "70.00"}));
  // In percent nothing is beyond the whole: 110 is no way out.
  tree.unit_name = "persen";
  tree.factor = "100";
  const auto refused = tree.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1642);
  // (100 x 100 + 300 x 70) / 400 = 77.5.
  EXPECT_EQ(refused.arg("jumlah"), "77.5");
  EXPECT_EQ(refused.arg("selisih"), "2.5");
}

TEST(Bounds, ExtremaAreCarriedAsFarAsEachCan) {
  LimitTree tree{.aggregation = Aggregation::minimum,
                 .nodes = {{"64", -1, "1", "70"}, {"64/a", 0}, {"64/b", 0}},
                 .rule = rule("sama")};
  tree.nodes[1].least = "85";
  EXPECT_EQ(tree.run().cells, (Cells{"70", "85", "70"}));
  tree.nodes[2].most = "60";  // then the least is 60
  const auto refused = tree.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1642);
  EXPECT_EQ(refused.arg("tuntutan"), "IND@64/b <= 60");
  tree.aggregation = Aggregation::maximum;
  tree.nodes[1].least = "";
  EXPECT_EQ(tree.run().cells, (Cells{"70", "70", "60"}));
}

TEST(Bounds, UntiedChildrenCarryWhatTheyCan) {
  OneFamily family{.aggregation = Aggregation::leaf, .target = "80", .children = 2, .rule = rule("sama")};
  family.rule.most = RuleLimit{false, dec("75"), {}};
  EXPECT_EQ(family.run().cells, (Cells{"75", "75"}));
}

TEST(Bounds, ARulesLimitsHoldForEveryChild) {
  OneFamily family{.target = "100", .children = 3, .rule = rule("proporsional"), .drivers = {"8", "1", "1"}};
  EXPECT_EQ(family.run().cells, (Cells{"80", "10", "10"}));
  family.rule.most = RuleLimit{false, dec("50"), {}};
  EXPECT_EQ(family.run().cells, (Cells{"50", "25", "25"}));
  family.rule.most.reset();
  family.rule.least = RuleLimit{true, {}, {}};  // nobody below his baseline
  family.baselines = {"10", "30", "10"};
  // 30 is fixed by its floor; 70 is split 8:1, 62.2 and 7.8, below 10: so 60 and 10.
  EXPECT_EQ(family.run().cells, (Cells{"60", "30", "10"}));
  // What somebody holds stands, whatever the rule says.
  family.holds = {"", "5", ""};
  EXPECT_EQ(family.run().cells, (Cells{"84", "5", "11"}));
}

TEST(Bounds, NoShareOfASumFallsBelowZero) {
  // A shift from 10, 50, 90 (150) to 60 takes 30 from each: -20, 20, 60. Within zero it takes 40 twice: 0, 10, 50.
  OneFamily family{.target = "60", .children = 3, .rule = rule("geser"), .baselines = {"10", "50", "90"}};
  EXPECT_EQ(family.run().cells, (Cells{"0", "10", "50"}));
}

TEST(Bounds, DraftsGiveWayToAnAdoptedTarget) {
  testing::ModelFixture fixture;
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  const ItemId item = fixture.item("IND", spec);
  const VertexId top = fixture.node(item, fixture.unit("64"));
  const VertexId a = fixture.node(item, fixture.unit("64/a"));
  const VertexId b = fixture.node(item, fixture.unit("64/b"));
  fixture.formula(top, a);
  fixture.formula(top, b);
  fixture.state(top, LimitTree::year(), dec("10"));
  fixture.state(top, Period::year(2027), dec("10"), false, DocumentId(0), StatementState::draft);
  for (const Period period : {LimitTree::year(), Period::year(2027)}) {
    fixture.bound(a, period, dec("8"), std::nullopt, {}, StatementState::draft);
  }
  fixture.family({top, {a, b}, rule("rata"), {}, {}, false});
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  EXPECT_EQ(table.find(fixture.at(a), LimitTree::year())->target, Target(dec("5")));
  EXPECT_EQ(table.find(fixture.at(a), Period::year(2027))->target, Target(dec("8")));
}

TEST(Bounds, AnExpiredLimitIsToldOnceAndNotKept) {
  LimitTree tree{.nodes = {{"64", -1, "1", "90"}, {"64/a", 0}, {"64/b", 0}, {"64/c", 0}}, .rule = rule("rata")};
  tree.nodes[1].least = "50";
  tree.nodes[1].bound_grounds.until = Date{2026, 6, 30};
  tree.nodes[2].target = "6";
  tree.nodes[2].grounds.until = Date{2025, 12, 31};
  EXPECT_EQ(tree.run().cells, (Cells{"90", "50", "6", "34"}));  // no day given: all stand
  tree.as_of = Date{2026, 6, 30};
  const auto last_day = tree.run();
  EXPECT_EQ(last_day.cells, (Cells{"90", "50", "20", "20"}));
  ASSERT_EQ(last_day.findings.size(), 1U);
  EXPECT_EQ(last_day.findings[0].code, Code::J1640);
  EXPECT_EQ(last_day.arg("nilai"), "= 6");
  tree.as_of = Date{2026, 7, 1};
  const auto after = tree.run();
  EXPECT_EQ(after.cells, (Cells{"90", "30", "30", "30"}));
  EXPECT_EQ(after.findings.size(), 2U);
}

TEST(Bounds, ChildrenThatReachTheMark) {
  // 60 percent of five is three: the nearest to 80 first; one is held at 85 and counts, one may not go beyond 70.
  OneFamily family{.aggregation = Aggregation::share_meeting,
                   .target = "60",
                   .children = 5,
                   .rule = rule("pilih", {{"ambang", "80"}}),
                   .baselines = {"78", "40", "75", "60", "70"},
                   .holds = {"", "", "", "", "85"},
                   .factor = "100"};
  EXPECT_EQ(family.run().cells, (Cells{"80", "-", "80", "-", "85"}));
  family.target = "61";  // more than three fifths: four of five
  EXPECT_EQ(family.run().cells, (Cells{"80", "-", "80", "80", "85"}));
  family.holds = {"10", "10", "10", "", ""};
  EXPECT_FALSE(family.run().findings.empty());
}

TEST(Bounds, YearsSinceTheBaselineReachTheMethod) {
  // Half the gap in five years from 2025: one fifth of it in 2026: 50 + 0.1 x 50 = 55.
  OneFamily family{
      .aggregation = Aggregation::leaf,
      .target = "60",
      .children = 2,
      .rule = rule("tutup-selisih", {{"batas_depan", "100"}, {"bagian_selisih", "0.5"}, {"tahun_selisih", "5"}}),
      .baselines = {"50", "80"}};
  EXPECT_EQ(family.run().cells, (Cells{"55.00", "82.00"}));
}

TEST(Bounds, DivisorRoundingIsTheRules) {
  // C21: seats 35 by 503, 304, 193: Sainte-Lague 17, 11, 7; Jefferson 18, 11, 6.
  OneFamily family{
      .target = "35", .children = 3, .rule = rule("proporsional"), .drivers = {"503", "304", "193"}, .step = "1"};
  family.rule.rounding = PartRounding::sainte_lague;
  EXPECT_EQ(family.run().cells, (Cells{"17", "11", "7"}));
  family.rule.rounding = PartRounding::jefferson;
  EXPECT_EQ(family.run().cells, (Cells{"18", "11", "6"}));
}

}  // namespace bounds_test
}  // namespace jenjang
