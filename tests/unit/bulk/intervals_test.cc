// Ranges by hand: what is not reported lies between 0 and 100 (persen), from 0 up (orang), or anywhere (indeks).
#include "jenjang/bulk/intervals.h"

#include <gtest/gtest.h>
#include <limits>

#include "jenjang/bulk/from_model.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace intervals_test {

using bulk::FlatModel;
using bulk::IntervalRow;
using bulk::Intervals;

constexpr double kOpen = std::numeric_limits<double>::infinity();

PlainNode leaf(const char* code, const char* unit_of_measure, std::vector<PlainFact> facts) {
  PlainNode node;
  node.code = code;
  node.unit = std::string("64.") + code;
  node.spec.unit_name = unit_of_measure;
  node.spec.frequency = Granularity::month;
  node.spec.accumulation = Accumulation::increments;
  node.facts = std::move(facts);
  return node;
}

PlainNode above(const char* code, Aggregation aggregation, std::vector<PlainTie> ties) {
  PlainNode node = leaf(code, "indeks", {});
  node.spec.aggregation = aggregation;
  node.ties = std::move(ties);
  return node;
}

// January of a plan, one lane; nodes in the order of the plan.
class Computed {
public:
  explicit Computed(PlainPlan plan, Lane lane = Lane::all, Intervals::Slots slots = Intervals::Slots::months)
      : built_(build(plan)), flat_(flatten()), intervals_(flat_.plan, flat_.figures, flat_.rows, lane, slots) {
    intervals_.compute();
  }
  // "30 .. 55", "0 .. open", with " outer" behind it; the doubles must hold it.
  std::string range(std::size_t node, std::size_t slot = 0) const {
    const std::uint32_t at = built_.node[node].value();
    const auto exact = intervals_.exact_value(at, slot);
    const IntervalRow row = intervals_.value(at);
    if (!exact) return (row.applies >> slot & 1U) != 0 ? "applies" : "none";
    EXPECT_TRUE(exact->least ? Rational::from_double(row.lowest(slot)) <= *exact->least : row.lowest(slot) == -kOpen);
    EXPECT_TRUE(exact->most ? Rational::from_double(row.highest(slot)) >= *exact->most : row.highest(slot) == kOpen);
    EXPECT_EQ((row.outer >> slot & 1U) == 0, exact->attained);
    return (exact->least ? exact->least->to_string() : "open") + " .. " +
           (exact->most ? exact->most->to_string() : "open") + (exact->attained ? "" : " outer");
  }
  int band(std::size_t node, std::size_t slot = 0) const {
    const std::uint32_t at = built_.node[node].value();
    return intervals_.certain_band(at, slot, intervals_.value(at));
  }
  IntervalRow row(std::size_t node) const { return intervals_.value(built_.node[node].value()); }

private:
  FlatModel flatten() const {
    auto outcome = bulk::flatten_model(built_.model, built_.targets, built_.facts, {}, 2025);
    EXPECT_TRUE(std::holds_alternative<FlatModel>(outcome));
    return std::move(std::get<FlatModel>(outcome));
  }
  BuiltPlan built_;
  FlatModel flat_;
  Intervals intervals_;
};

TEST(Intervals, SumsMeansAndExtrema) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "persen", {{"2025-01", "40"}}),
                leaf("B", "persen", {{"2025-02", "10"}}),
                above("S", Aggregation::sum, {{0, "1"}, {1, "2"}}),
                above("M", Aggregation::weighted_mean, {{0, "3"}, {1, "1"}}),
                above("X", Aggregation::maximum, {{0, "1"}, {1, "1"}}),
                above("N", Aggregation::minimum, {{0, "1"}, {1, "1"}})};
  const Computed found(plan);
  EXPECT_EQ(found.range(0), "40 .. 40");
  EXPECT_EQ(found.range(1), "0 .. 100");
  EXPECT_EQ(found.range(2), "40 .. 240");  // 40 + 2 x 0, 40 + 2 x 100
  EXPECT_EQ(found.range(3), "30 .. 55");   // (3 x 40 + 0) / 4, (120 + 100) / 4
  EXPECT_EQ(found.range(4), "40 .. 100");
  EXPECT_EQ(found.range(5), "0 .. 40");
  EXPECT_EQ(found.range(3, 1), "5/2 .. 155/2");  // (0 + 10) / 4, (300 + 10) / 4
  EXPECT_EQ(found.row(0).complete & 3, 1);
  EXPECT_EQ(found.row(3).complete, 0);
}

// A measure of quarters between 0 and 100 each, of which some are reported, and a semester as a whole.
TEST(Intervals, ReportsOfCoarsePeriods) {
  constexpr std::size_t kYear = 0, kS1 = 1, kQ1 = 3, kQ2 = 4;
  PlainPlan plan;
  PlainNode flow = leaf("A", "persen", {{"2025-TW1", "40"}, {"2025-TW3", "5"}});
  flow.spec.frequency = Granularity::quarter;
  PlainNode mean = leaf("B", "persen", {{"2025-S2", "60"}});
  mean.spec.accumulation = Accumulation::average;
  PlainNode peak = leaf("C", "persen", {{"2025-TW2", "30"}});
  peak.spec.accumulation = Accumulation::peak;
  // Every month does not apply, and yet somebody says of the semester that it is not reported.
  PlainNode odd = leaf("D", "persen", {{"2025-S1", "", true, CellState::empty}});
  for (const char* const month : {"2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"}) {
    odd.facts.push_back({month, "", true, CellState::not_applicable});
  }
  // A reason for a quarter of a measure of years.
  PlainNode yearly = leaf("E", "persen", {{"2025-TW1", "", true, CellState::empty}});
  yearly.spec.frequency = Granularity::year;
  plan.nodes = {flow, mean, peak, above("S", Aggregation::sum, {{0, "1"}, {1, "1"}}), odd, yearly};
  const Computed found(plan, Lane::all, Intervals::Slots::coarse);
  EXPECT_EQ(found.range(0, kQ1), "40 .. 40");
  EXPECT_EQ(found.range(0, kQ2), "0 .. 100");
  EXPECT_EQ(found.range(0, kS1), "40 .. 140");
  EXPECT_EQ(found.range(0, kYear), "45 .. 245");  // two quarters are missing
  EXPECT_EQ(found.range(1, kYear), "30 .. 80");   // 6 x 60 and six months of 0 to 100, over 12
  EXPECT_EQ(found.range(1, kS1), "0 .. 100");
  EXPECT_EQ(found.range(2, kQ2), "30 .. 30");
  EXPECT_EQ(found.range(2, kYear), "30 .. 100");
  EXPECT_EQ(found.range(3, kYear), "75 .. 325");
  EXPECT_EQ(found.row(0).complete & 0b1111111, 0b0101000);  // the two quarters that are reported
  EXPECT_EQ(found.range(4, kS1), "0 .. 0");                 // no month is missing, and none is reported
  EXPECT_EQ(found.row(4).complete >> kS1 & 1, 0);           // but there is no figure that a parent could take
  EXPECT_EQ(found.range(5, kQ1), "none");
  EXPECT_EQ(found.row(5).complete >> kQ1 & 3, 2);  // the second quarter is not applicable, the first is not reported
}

TEST(Intervals, OpenSides) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "orang", {}),
                leaf("B", "indeks", {}),
                leaf("C", "persen", {{"2025-01", "7"}}),
                above("S", Aggregation::sum, {{0, "1"}, {2, "1"}}),
                above("T", Aggregation::sum, {{1, "1"}, {2, "1"}}),
                above("X", Aggregation::maximum, {{1, "1"}, {2, "1"}})};
  PlainNode turned = above("V", Aggregation::sum, {{0, "1"}, {2, "1"}});
  turned.spec.factor = Decimal(-2);
  plan.nodes.push_back(turned);
  const Computed found(plan);
  EXPECT_EQ(found.range(3), "7 .. open");
  EXPECT_EQ(found.range(4), "open .. open");
  EXPECT_EQ(found.range(5), "7 .. open");    // the largest of 7 and anything
  EXPECT_EQ(found.range(6), "open .. -14");  // -2 x (7 or more)
}

TEST(Intervals, RatiosOfKnownAndUnknownPairs) {
  const auto operand = [](const char* code, std::vector<PlainFact> facts) {
    return leaf(code, "orang", std::move(facts));
  };
  PlainPlan plan;
  plan.nodes = {operand("N1", {{"2025-01", "30"}}), operand("D1", {{"2025-01", "50"}}), operand("N2", {}),
                operand("D2", {{"2025-01", "150"}})};
  const auto ratio = [](const char* code, std::vector<PlainTie> ties) {
    PlainNode node = above(code, Aggregation::ratio, std::move(ties));
    node.spec.unit_name = "persen";
    node.spec.factor = Decimal(100);
    return node;
  };
  plan.nodes.push_back(
      ratio("R1", {{0, "1", Carry::value, EdgeRole::numerator}, {1, "1", Carry::value, EdgeRole::denominator}}));
  plan.nodes.push_back(
      ratio("R2", {{2, "1", Carry::value, EdgeRole::numerator}, {3, "1", Carry::value, EdgeRole::denominator}}));
  plan.nodes.push_back(ratio("R", {{4, "1"}, {5, "1"}}));
  const Computed found(plan);
  EXPECT_EQ(found.range(4), "60 .. 60");
  EXPECT_EQ(found.range(5), "0 .. 100");     // no unit is above 100 per cent
  EXPECT_EQ(found.range(6), "15 .. 90");     // 30 / 200, (30 + 150) / 200
  EXPECT_EQ(found.range(4, 1), "0 .. 100");  // February: nobody
  EXPECT_EQ(found.range(6, 1), "0 .. 100");
}

TEST(Intervals, AchievementsRunTheirOwnWay) {
  Scale scale;
  scale.id = "uji";
  scale.bands.resize(3);
  scale.bands[0].label = "A";
  scale.bands[0].above = Decimal(100);
  scale.bands[1].label = "B";
  scale.bands[1].above = Decimal(40);
  scale.bands[2].label = "C";
  PlainPlan plan;
  plan.scales.push_back(scale);
  PlainNode less = leaf("L", "persen", {});
  less.spec.polarity = Polarity::lower;
  less.spec.achievement.formula = AchievementFormula::l1;
  less.targets["2025-01"] = "50";
  PlainNode more = leaf("H", "persen", {{"2025-01", "80"}});
  more.spec.achievement.formula = AchievementFormula::h1;
  more.targets["2025-01"] = "80";
  PlainNode goal = above("G", Aggregation::weighted_mean, {{0, "1", Carry::achievement}, {1, "1", Carry::achievement}});
  goal.kind = ItemKind::objective;
  goal.spec.achievement_bands = ScaleId::from_index(0);
  plan.nodes = {less, more, goal};
  const Computed open(plan);
  EXPECT_EQ(open.range(2), "50 .. 150");  // 200 - 2R: 0 .. 200, with 100 beside it
  EXPECT_EQ(open.band(2), -1);            // B or A
  plan.nodes[0].spec.achievement.cap = Decimal(98);
  const Computed capped(plan);
  EXPECT_EQ(capped.range(2), "50 .. 99");
  EXPECT_EQ(capped.band(2), 1);  // below 100 whatever comes
}

// A target of nought is met or missed, also by T/R: 100 at nought, 0 above.
TEST(Intervals, TargetOfNought) {
  PlainPlan plan;
  PlainNode less = leaf("L", "persen", {});
  less.spec.polarity = Polarity::lower;
  less.spec.achievement.formula = AchievementFormula::l2;
  less.spec.achievement.on_zero_target = ZeroTargetRule::met_or_missed;
  less.targets["2025-01"] = "0";
  PlainNode goal = above("G", Aggregation::weighted_mean, {{0, "1", Carry::achievement}});
  goal.kind = ItemKind::objective;
  plan.nodes = {less, goal};
  EXPECT_EQ(Computed(plan).range(1), "0 .. 100");
  plan.nodes[0].facts = {{"2025-01", "3"}};
  EXPECT_EQ(Computed(plan).range(1), "0 .. 0");
}

TEST(Intervals, QuotientByTheFigure) {
  PlainPlan plan;
  PlainNode less = leaf("L", "orang", {{"2025-02", "400"}});
  less.spec.polarity = Polarity::lower;
  less.spec.achievement.formula = AchievementFormula::l2;
  less.spec.achievement.cap = Decimal(120);
  less.targets["2025-01"] = "200";
  less.targets["2025-02"] = "200";
  PlainNode goal = above("G", Aggregation::weighted_mean, {{0, "1", Carry::achievement}});
  goal.kind = ItemKind::objective;
  plan.nodes = {less, goal};
  const Computed found(plan);
  EXPECT_EQ(found.range(1), "0 .. 120 outer");  // nears nought and never is
  EXPECT_EQ(found.range(1, 1), "50 .. 50");     // 100 x 200 / 400
}

TEST(Intervals, OneOpenFigureByTwoWaysIsAnOuterBound) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "persen", {}), above("S", Aggregation::sum, {{0, "1"}}),
                above("T", Aggregation::sum, {{0, "1"}}), above("U", Aggregation::sum, {{1, "1"}, {2, "1"}})};
  const Computed found(plan);
  EXPECT_EQ(found.range(1), "0 .. 100");
  EXPECT_EQ(found.range(3), "0 .. 200 outer");
}

TEST(Intervals, ValidatedLaneWaits) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "persen", {{"2025-01", "40", false}}), above("S", Aggregation::sum, {{0, "1"}})};
  EXPECT_EQ(Computed(plan).range(1), "40 .. 40");
  EXPECT_EQ(Computed(plan, Lane::validated).range(1), "0 .. 100");
}

TEST(Intervals, QuartersOfMonths) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "persen", {{"2025-01", "10"}, {"2025-03", "20"}}), above("S", Aggregation::sum, {{0, "1"}})};
  constexpr std::size_t kQ1 = 3, kQ2 = 4;
  const auto coarse = [&plan](Accumulation accumulation) {
    plan.nodes[0].spec.accumulation = accumulation;
    return Computed(plan, Lane::all, Intervals::Slots::coarse);
  };
  EXPECT_EQ(coarse(Accumulation::increments).range(1, kQ1), "30 .. 130");
  EXPECT_EQ(coarse(Accumulation::increments).range(1, kQ2), "0 .. 300");
  EXPECT_EQ(coarse(Accumulation::average).range(1, kQ1), "10 .. 130/3");  // 30 / 3, 130 / 3
  EXPECT_EQ(coarse(Accumulation::peak).range(1, kQ1), "20 .. 100");
  EXPECT_EQ(coarse(Accumulation::position).range(1, kQ1), "20 .. 20");  // the quarter's end is known
  EXPECT_EQ(coarse(Accumulation::position).range(1, kQ2), "0 .. 100");
}

}  // namespace intervals_test
}  // namespace jenjang::testing
