// The least whole units over small graphs; every answer is worked out by hand beside its test.
#include "jenjang/assess/reach_measure.h"

#include <gtest/gtest.h>

#include "tests/support/plain_plan.h"

namespace jenjang {
namespace reach_measure_test {

using testing::BuiltPlan;
using testing::PlainNode;
using testing::PlainPlan;

PlainNode leaf(std::string code, std::string unit, std::string number) {
  PlainNode node;
  node.code = std::move(code);
  node.unit = std::move(unit);
  node.spec.polarity = Polarity::higher;
  node.spec.unit_name = "ton";
  node.spec.step = Decimal(1);
  if (!number.empty()) node.facts = {{"2025", std::move(number)}};
  return node;
}

PlainNode top(Aggregation how, std::vector<testing::PlainTie> ties) {
  PlainNode node;
  node.code = "X";
  node.spec.polarity = Polarity::higher;
  node.spec.aggregation = how;
  node.spec.value_bands = ScaleId(0);
  node.ties = std::move(ties);
  return node;
}

class ReachMeasure : public ::testing::Test {
protected:
  // The first node is the one asked about; "A" from `cut` on.
  std::optional<MeasureReach> reach(std::vector<PlainNode> nodes, const std::string& cut, std::string wanted = "A",
                                    std::vector<MeasureCost> costs = {}) {
    PlainPlan plain;
    plain.nodes = std::move(nodes);
    plain.scales = {testing::make_bands({{"A", cut}, {"B", ""}}, {RoundingMode::exact, 0}, false)};
    built_ = testing::build(plain);
    return reach_measure(built_.model, built_.targets, built_.facts, {}, built_.node[0], Period::year(2025),
                         {std::move(wanted), std::move(costs)}, sink_);
  }
  [[nodiscard]] std::vector<std::string> steps(const MeasureReach& reach) const {
    std::vector<std::string> text;
    for (const MeasureStep& step : reach.steps) {
      text.push_back(built_.model.address(step.node) + " " + step.from.to_string() + " -> " + step.to.to_string());
    }
    return text;
  }
  [[nodiscard]] std::vector<Code> codes() const {
    std::vector<Code> found;
    for (const Diagnostic& finding : sink_.all()) found.push_back(finding.code);
    return found;
  }

  BuiltPlan built_;
  DiagnosticSink sink_;
};

// 5 + 7 = 12 tons; 20 are wanted: 8 more, and 7 would be 19.
TEST_F(ReachMeasure, Sum) {
  const auto found = reach({top(Aggregation::sum, {{1}, {2}}), leaf("T", "64.01", "5"), leaf("T", "64.02", "7")}, "20");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->method, MeasureReach::Method::even);
  EXPECT_EQ(found->units, 8);
  EXPECT_EQ(found->after, Rational(20));
  EXPECT_EQ(found->label_now, "B");
  EXPECT_EQ(found->label_after, "A");
  EXPECT_EQ(found->one_less, Rational(19));
}

// Weights 1 and 3: a unit of the second moves the mean by 3/4, of the first by 1/4. The second goes up to its limit of
// 52 (two units, 1.5), the first gives the 1.5 that lack for 53: six units. Eight together.
TEST_F(ReachMeasure, MeanTakesTheSteepestUpToItsLimit) {
  PlainNode second = leaf("T", "64.02", "50");
  second.spec.most_possible = Decimal(52);
  const auto found =
      reach({top(Aggregation::weighted_mean, {{1, "1"}, {2, "3"}}), leaf("T", "64.01", "50"), second}, "53");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->units, 8);
  EXPECT_EQ(steps(*found), (std::vector<std::string>{"T@64.02 50 -> 52", "T@64.01 50 -> 56"}));
  EXPECT_EQ(found->after, Rational(53));
}

// 10 + 5 of 20 + 20 tons is 37.5 percent; half is 20 tons: five more. A share has no room beyond the whole.
TEST_F(ReachMeasure, RatioMovesNumeratorsOnly) {
  const auto ratio = [] {
    PlainNode node = top(Aggregation::ratio, {{1, "1", Carry::value, EdgeRole::numerator},
                                              {2, "1", Carry::value, EdgeRole::numerator},
                                              {3, "1", Carry::value, EdgeRole::denominator},
                                              {4, "1", Carry::value, EdgeRole::denominator}});
    node.spec.unit_name = "persen";
    node.spec.factor = Decimal(100);
    return node;
  };
  const std::vector<PlainNode> parts{leaf("KELOLA", "64.01", "10"), leaf("KELOLA", "64.02", "5"),
                                     leaf("TIMBUL", "64.01", "20"), leaf("TIMBUL", "64.02", "20")};
  std::vector<PlainNode> nodes{ratio()};
  nodes.insert(nodes.end(), parts.begin(), parts.end());
  auto found = reach(nodes, "50");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->units, 5);
  EXPECT_EQ(found->after, Rational(50));
  found = reach(nodes, "100");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->units, 25);
  EXPECT_FALSE(reach(nodes, "101"));
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3127});
}

// One of four districts is at 80 or more: 25 percent. For 75 two more are needed: those at 79 (one unit) and 70 (ten).
TEST_F(ReachMeasure, CountsTheNearestToTheirThreshold) {
  PlainNode counted = top(Aggregation::share_meeting, {{1}, {2}, {3}, {4}});
  counted.spec.mark = Decimal(80);
  counted.spec.factor = Decimal(100);
  const auto found = reach(
      {counted, leaf("V", "64.01", "85"), leaf("V", "64.02", "60"), leaf("V", "64.03", "79"), leaf("V", "64.04", "70")},
      "75");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->method, MeasureReach::Method::counting);
  EXPECT_EQ(found->units, 11);
  ASSERT_EQ(found->newly_met.size(), 2U);
  EXPECT_EQ(found->after, Rational(75));
}

TEST_F(ReachMeasure, OneFigureUnderAMinimum) {
  PlainNode least = top(Aggregation::minimum, {{1}});
  const auto found = reach({least, leaf("V", "64.01", "7")}, "9");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->method, MeasureReach::Method::single);
  EXPECT_EQ(found->units, 2);
}

TEST_F(ReachMeasure, SeveralFiguresUnderAMinimumAreRefused) {
  EXPECT_FALSE(reach({top(Aggregation::minimum, {{1}, {2}}), leaf("V", "64.01", "7"), leaf("V", "64.02", "8")}, "9"));
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3128});
}

// Complaints should fall: 4 + 4 against a target of at most 5 is three fewer.
TEST_F(ReachMeasure, LowerIsBetterAndTheTarget) {
  PlainNode sum = top(Aggregation::sum, {{1}, {2}});
  sum.spec.polarity = Polarity::lower;
  sum.spec.value_bands = ScaleId();
  sum.targets = {{"2025", "5"}};
  const auto found = reach({sum, leaf("P", "64.01", "4"), leaf("P", "64.02", "4")}, "1", "");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->target_met);
  EXPECT_EQ(found->units, 3);
  EXPECT_EQ(found->after, Rational(5));
}

// 100 R/T: 90 percent of 40 is 36; the cap above does not matter.
TEST_F(ReachMeasure, PredicateOfTheAchievement) {
  PlainNode sum = top(Aggregation::sum, {{1}});
  sum.spec.value_bands = ScaleId();
  sum.spec.achievement_bands = ScaleId(0);
  sum.spec.achievement.formula = AchievementFormula::h1;
  sum.spec.achievement.cap = Decimal(120);
  sum.targets = {{"2025", "40"}};
  const auto found = reach({sum, leaf("T", "64.01", "30")}, "90");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->of_achievement);
  EXPECT_EQ(found->units, 6);
  EXPECT_EQ(found->after, Rational(90));
}

PlainNode scored(std::string code, std::string number, std::string target) {
  PlainNode node = leaf(std::move(code), "64", std::move(number));
  node.spec.achievement.formula = AchievementFormula::h1;
  node.spec.achievement.cap = Decimal(100);
  node.targets = {{"2025", std::move(target)}};
  return node;
}
PlainNode goal(std::vector<std::string> weights) {
  PlainNode node = top(Aggregation::weighted_mean, {});
  for (std::size_t i = 0; i < weights.size(); ++i) node.ties.push_back({i + 1, weights[i], Carry::achievement});
  return node;
}

// E06: 0.5 x 60 + 0.3 x 80 + 0.2 x 90 = 72. A cost of 1 buys 0.25, 0.3 and 0.2 points: the second goes up to its cap
// (20 steps, 6 points), the first gives the 2 that lack (4 steps at 2 each). 20 + 8 = 28; one point more costs 2/0.5.
TEST_F(ReachMeasure, CarriedAchievementsWithCaps) {
  const std::vector<PlainNode> nodes{goal({"0.5", "0.3", "0.2"}), scored("V1", "60", "100"), scored("V2", "80", "100"),
                                     scored("V3", "90", "100")};
  auto found =
      reach(nodes, "80", "A", {{"V1", Decimal(2)}, {"V2", Decimal(9)}, {"V2@64", Decimal(1)}, {"V3", Decimal(1)}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->method, MeasureReach::Method::carried);
  EXPECT_EQ(found->now, Rational(72));
  EXPECT_EQ(found->after, Rational(80));
  EXPECT_EQ(steps(*found), (std::vector<std::string>{"V1@64 60 -> 64", "V2@64 80 -> 100"}));
  EXPECT_EQ(found->cost, Rational(28));
  EXPECT_EQ(found->even_cost, Rational(28));
  EXPECT_EQ(found->price, Rational(4));
  EXPECT_FALSE(found->default_costs);
  // Nothing is above 100: that needs every step, 40 x 2 + 20 + 10.
  found = reach(nodes, "100", "A", {{"V1", Decimal(2)}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->cost, Rational(110));
  EXPECT_FALSE(reach(nodes, "101"));
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3127});
}

// Targets 50 and 8: a step is 2 and 12.5 points of achievement, at as many points of cost. 0.5 x 80 + 0.5 x 50 = 65;
// for 70 the cheapest steps that gain 5 points cost 10: five of the first.  For 71 six of the first cost 12 and one of
// the second 12.5.
TEST_F(ReachMeasure, CarriedStepsOfDifferentUnitsCostTheirPoints) {
  const std::vector<PlainNode> nodes{goal({"1", "1"}), scored("V1", "40", "50"), scored("V2", "4", "8")};
  auto found = reach(nodes, "70");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->default_costs);
  EXPECT_EQ(found->cost, Rational(10));
  EXPECT_EQ(found->price, Rational(2));
  found = reach(nodes, "71");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->cost, Rational(12));
  EXPECT_EQ(steps(*found), (std::vector<std::string>{"V1@64 40 -> 46"}));
  EXPECT_EQ(found->one_less, Rational(70));
}

// L1 of 12 against 10 is 100 (20 - 12)/10 = 80: two fewer make it 100, and B1 of 5 from 0 to 10 is 50. Mean 65; the 25
// points that lack for 90 need at least 50 points of achievement, 20 of them from the first.
TEST_F(ReachMeasure, CarriedFallingAndFromABaseline) {
  PlainNode falling = scored("V1", "12", "10"), based = scored("V2", "5", "10");
  falling.spec.polarity = Polarity::lower;
  falling.spec.achievement.formula = AchievementFormula::l1;
  based.spec.achievement.formula = AchievementFormula::baseline;
  based.baseline = {{2024, "0"}};
  const auto found = reach({goal({"1", "1"}), falling, based}, "90");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->cost, Rational(50));
  EXPECT_EQ(found->after, Rational(90));
}

TEST_F(ReachMeasure, CarriedJumpsAndCostsThatNothingUsesAreRefused) {
  PlainNode ordinal = scored("V1", "60", "100");
  ordinal.spec.achievement.formula = AchievementFormula::l2;
  EXPECT_FALSE(reach({goal({"1", "1"}), ordinal, scored("V2", "80", "100")}, "95"));
  EXPECT_FALSE(reach({top(Aggregation::sum, {{1}}), leaf("T", "64.01", "5")}, "9", "A", {{"T", Decimal(2)}}));
  EXPECT_EQ(codes(), (std::vector<Code>{Code::J3128, Code::J3128}));
}

TEST_F(ReachMeasure, AlreadyThereAndNothingReported) {
  const auto found = reach({top(Aggregation::sum, {{1}}), leaf("T", "64.01", "30")}, "20");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->method, MeasureReach::Method::already);
  EXPECT_EQ(found->label_now, "A");
  EXPECT_EQ(found->units, 0);
  EXPECT_FALSE(reach({top(Aggregation::sum, {{1}}), leaf("T", "64.01", "")}, "20"));
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3128});
}

}  // namespace reach_measure_test
}  // namespace jenjang
