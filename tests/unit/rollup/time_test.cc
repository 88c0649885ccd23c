// Accumulation over time, states of missing figures, definition versions, official figures.
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace time_test {

PlainPlan months(Accumulation kind, std::vector<PlainFact> facts) {
  PlainPlan plan;
  plan.nodes = {leaf("X", "64", std::move(facts))};
  plan.nodes[0].spec.accumulation = kind;
  return plan;
}

const std::vector<PlainFact> kMonths{{"2024-01", "3"}, {"2024-02", "5"}, {"2024-05", "4"}};

TEST(Accumulation, MonthsMakeQuarterSemesterAndYearByKind) {
  const struct {
    Accumulation kind;
    double first_quarter, year;
  } rows[] = {{Accumulation::increments, 8, 12}, {Accumulation::cumulative, 5, 4}, {Accumulation::position, 5, 4},
              {Accumulation::average, 4, 4},     {Accumulation::peak, 5, 5},       {Accumulation::release, 5, 4}};
  for (const auto& row : rows) {
    const Rolled rolled(months(row.kind, kMonths));
    SCOPED_TRACE(std::string(to_string(row.kind)));
    EXPECT_EQ(rolled.at(0, "2024-TW1").value, row.first_quarter);
    EXPECT_EQ(rolled.at(0, "2024").value, row.year);
    EXPECT_EQ(rolled.at(0, "2024-S1").value, row.year);
    EXPECT_EQ(rolled.value(0, "2024")->to_double(), row.year);
    EXPECT_EQ(rolled.at(0, "2024-TW2").value, 4);
    EXPECT_FALSE(rolled.result.grid().find(*Period::parse("2024-TW3")));
  }
}

TEST(Accumulation, ATotalThatDoesNotCoverItsMonthsIsPartial) {
  EXPECT_TRUE(Rolled(months(Accumulation::increments, kMonths)).at(0, "2024").flags & kPartial);
  // A stock is partial while the end of its period is not reported: May is the last of the year, but the end of a stock
  // reported for December alone is all there is to know.
  EXPECT_TRUE(Rolled(months(Accumulation::position, kMonths)).at(0, "2024").flags & kPartial);
  EXPECT_FALSE(Rolled(months(Accumulation::position, {{"2024-12", "4"}})).at(0, "2024").flags & kPartial);
  EXPECT_FALSE(Rolled(months(Accumulation::increments, {{"2024-01", "1"}, {"2024-02", "1"}, {"2024-03", "1"}}))
                   .at(0, "2024-TW1")
                   .flags &
               kPartial);
}

TEST(Accumulation, AveragesWeighByTheMonthsTheyCover) {
  // A quarter of 90 and one month of 50: (3 x 90 + 50) / 4 = 80.
  const Rolled rolled(months(Accumulation::average, {{"2024-TW1", "90"}, {"2024-04", "50"}}));
  EXPECT_EQ(*rolled.value(0, "2024"), Rational(80));
}

TEST(Accumulation, ACoarserFigureStandsAloneAndIsComparedOtherwise) {
  const Rolled alone(months(Accumulation::increments, {{"2024", "50"}}));
  EXPECT_EQ(alone.at(0, "2024").value, 50);
  const Rolled differs(months(Accumulation::increments, {{"2024-01", "3"}, {"2024-02", "5"}, {"2024", "50"}}));
  EXPECT_EQ(differs.at(0, "2024").value, 8);
  EXPECT_EQ(differs.count(Code::J1723), 1U);
  const Rolled agrees(months(Accumulation::increments, {{"2024-01", "0.1"}, {"2024-02", "0.2"}, {"2024", "0.3"}}));
  EXPECT_EQ(agrees.count(Code::J1723), 0U);
  const Rolled official(months(Accumulation::release, {{"2024-06", "71"}, {"2024", "72"}}));
  EXPECT_EQ(official.at(0, "2024").value, 72);
}

TEST(MissingStates, NobodyReported) {
  PlainPlan plan = months(Accumulation::position, {{"2024-01", "3"}, {"2024-12", "9"}});
  plan.nodes.push_back(leaf("Y", "64", {}));
  plan.nodes.push_back(leaf("Z", "64", {}));
  plan.nodes[1].spec.frequency = Granularity::year;
  plan.nodes[2].targets = {{"2024-12", "5"}};
  RollupOptions options;
  options.as_of = *Date::parse("2024-06-30");
  const Rolled rolled(plan, options);
  EXPECT_EQ(rolled.at(1, "2024-01").state, CellState::not_applicable);  // finer than its frequency
  EXPECT_EQ(rolled.at(1, "2024").state, CellState::not_due);            // the year is not over
  EXPECT_EQ(rolled.at(2, "2024-01").state, CellState::not_due);         // no target in that month
  EXPECT_EQ(Rolled(plan).at(2, "2024-12").state, CellState::empty);
  EXPECT_EQ(rolled.at(0, "2024-01").state, CellState::value);
}

TEST(MissingStates, OfficialFiguresAreAwaitedForAYear) {
  PlainPlan plan = months(Accumulation::release, {});
  plan.nodes[0].spec.frequency = Granularity::year;
  plan.nodes[0].spec.achievement.formula = AchievementFormula::h1;
  plan.nodes[0].targets = {{"2023", "70"}, {"2024", "71"}, {"2021", "60"}};
  RollupOptions options;
  options.as_of = *Date::parse("2025-02-01");
  const Rolled rolled(plan, options);
  EXPECT_EQ(rolled.at(0, "2024").state, CellState::awaiting_release);
  EXPECT_EQ(rolled.at(0, "2024").achievement_state, CellState::awaiting_release);
  EXPECT_EQ(rolled.at(0, "2021").state, CellState::empty);
}

TEST(MissingStates, ARecordedZeroIsZeroAndAMissingFigureIsNot) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01", {{"2024", "0"}}), leaf("B", "64.02", {}), leaf("C", "64.03", {{"2024", "10"}}),
                inner("M", Aggregation::weighted_mean, {{0}, {1}, {2}})};
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(0, "2024").state, CellState::value);
  EXPECT_EQ(rolled.at(1, "2024").state, CellState::empty);
  EXPECT_EQ(rolled.at(3, "2024").value, 5);  // (0 + 10) / 2
}

TEST(MissingStates, ZeroPolicySparesWhatIsNotDue) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01", {{"2024", "10"}}), leaf("B", "64.02", {}),
                inner("M", Aggregation::weighted_mean, {{0}, {1}}, MissingPolicy::zero)};
  EXPECT_EQ(Rolled(plan).at(2, "2024").value, 5);
  RollupOptions options;
  options.as_of = *Date::parse("2024-06-30");
  const Rolled early(plan, options);
  EXPECT_EQ(early.at(2, "2024").value, 10);
  EXPECT_EQ(*early.value(2, "2024"), Rational(10));
}

TEST(Definitions, FiguresOfAnotherVersionNeverMix) {
  PlainPlan plan;
  plan.nodes = {
      leaf("A", "64.01", {{"2024", "10", true, CellState::value, 2}, {"2025", "20", true, CellState::value, 2}}),
      leaf("B", "64.02", {{"2024", "30", true, CellState::value, 1}, {"2025", "40", true, CellState::value, 1}}),
      inner("S", Aggregation::sum, {{0}, {1}})};
  for (std::size_t i = 0; i < 2; ++i) {
    plan.nodes[i].spec.definition_version = 2;
    plan.nodes[i].spec.definition_since = 2025;
  }
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(0, "2024").state, CellState::redefined);
  EXPECT_EQ(rolled.at(0, "2024").value, 10);  // still readable
  EXPECT_EQ(rolled.at(2, "2024").value, 30);
  EXPECT_EQ(rolled.at(1, "2025").state, CellState::redefined);
  EXPECT_EQ(rolled.at(2, "2025").value, 20);
  EXPECT_EQ(rolled.at(2, "2025").covered, 1U);
}

TEST(Definitions, NoProgressAcrossAChangeOfDefinition) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64", {{"2025", "50"}})};
  plan.nodes[0].spec.achievement.formula = AchievementFormula::baseline;
  plan.nodes[0].spec.polarity = Polarity::higher;
  plan.nodes[0].targets = {{"2025", "60"}};
  plan.nodes[0].baseline = std::pair(2024, "40");
  EXPECT_EQ(Rolled(plan).at(0, "2025").achievement, 50);
  plan.nodes[0].spec.definition_version = 2;
  plan.nodes[0].spec.definition_since = 2025;
  EXPECT_EQ(Rolled(plan).at(0, "2025").achievement_state, CellState::redefined);
}

TEST(OwnFigures, TheOfficialFigureStandsAndADifferenceIsFound) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01", {{"2024", "70"}}), leaf("B", "64.02", {{"2024", "80"}}),
                inner("M", Aggregation::weighted_mean, {{0}, {1}})};
  plan.nodes[2].facts = {{"2024", "74.46"}};
  const Rolled rolled_up(plan);  // 75.00 from the units
  EXPECT_EQ(rolled_up.at(2, "2024").value, 75);
  EXPECT_TRUE(rolled_up.at(2, "2024").flags & kOwnDiffers);
  EXPECT_FALSE(rolled_up.at(2, "2024").flags & kOwnFigure);
  EXPECT_EQ(rolled_up.count(Code::J1708), 1U);
  plan.nodes[2].spec.accumulation = Accumulation::release;
  const Rolled official(plan);
  EXPECT_EQ(official.at(2, "2024").value, 74.46);
  EXPECT_TRUE(official.at(2, "2024").flags & kOwnFigure);
  EXPECT_EQ(*official.value(2, "2024"), rat("74.46"));
  plan.nodes[2].facts = {{"2024", "75.004"}};  // prints 75.00 too
  EXPECT_EQ(Rolled(plan).count(Code::J1708), 0U);
  plan.nodes[0].facts.clear();
  plan.nodes[1].facts.clear();
  plan.nodes[2].spec.accumulation = Accumulation::position;
  EXPECT_EQ(Rolled(plan).at(2, "2024").value, 75.004);  // nobody below reported: the own figure is all there is
}

TEST(Relevance, FactsAndTargetsMakeACellWorthShowing) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01", {{"2024-02", "70"}}), leaf("B", "64.02", {}), inner("S", Aggregation::sum, {{0}})};
  plan.nodes[1].targets = {{"2025", "3"}};
  const Rolled rolled(plan);
  const auto relevant = [&](std::size_t node, const char* period) {
    return rolled.result.is_relevant(rolled.built.node[node], *rolled.result.grid().find(*Period::parse(period)));
  };
  EXPECT_TRUE(relevant(0, "2024-02"));
  EXPECT_TRUE(relevant(0, "2024"));
  EXPECT_TRUE(relevant(2, "2024-S1"));
  EXPECT_FALSE(relevant(0, "2025"));
  EXPECT_TRUE(relevant(1, "2025"));
  EXPECT_FALSE(relevant(1, "2024"));
}

}  // namespace time_test
}  // namespace jenjang::testing
