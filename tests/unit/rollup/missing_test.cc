// Missing figures: the policies over units and over time, coverage thresholds, merging of partial results.
#include "engine/rollup/coverage.h"
#include "engine/rollup/kernels/kernels.h"
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace missing_test {

// R01: values 80, 90 and a hole, weights 2, 3, 5; the third unit last reported 70, a year ago.
PlainPlan three_units(MissingPolicy policy, int carry_months = 12) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01", {{"2024", "80"}}), leaf("B", "64.02", {{"2024", "90"}}),
                leaf("C", "64.03", {{"2023", "70"}}),
                inner("M", Aggregation::weighted_mean, {{0, "2"}, {1, "3"}, {2, "5"}}, policy)};
  plan.nodes[3].spec.carry_months = carry_months;
  return plan;
}

TEST(MissingVectors, R01CarriesTheLastFigureForward) {
  const Rolled rolled(three_units(MissingPolicy::carry));
  const ResultCell& cell = rolled.at(3, "2024");
  EXPECT_EQ(cell.value, 78);  // (160 + 270 + 350) / 10
  EXPECT_EQ(*rolled.value(3, "2024"), Rational(78));
  EXPECT_TRUE(cell.flags & kCarried);
  EXPECT_FALSE(cell.flags & kPartial);
  // Carried figures are no fresh coverage.
  EXPECT_EQ(cell.covered, 2U);
  EXPECT_EQ(cell.expected, 3U);
  EXPECT_EQ(cell.covered_weight / cell.expected_weight, 0.5);
}

TEST(MissingVectors, R01AFigureTooOldIsLeftOut) {
  const Rolled rolled(three_units(MissingPolicy::carry, 11));
  EXPECT_EQ(rolled.at(3, "2024").value, 86);  // (160 + 270) / 5
  EXPECT_EQ(*rolled.value(3, "2024"), Rational(86));
  EXPECT_FALSE(rolled.at(3, "2024").flags & kCarried);
  EXPECT_TRUE(rolled.at(3, "2024").flags & kPartial);
}

TEST(MissingVectors, R01BelowTheThresholdThereIsNoResult) {
  for (const MissingPolicy policy : {MissingPolicy::skip, MissingPolicy::zero, MissingPolicy::carry}) {
    SCOPED_TRACE(std::string(to_string(policy)));
    PlainPlan plan = three_units(policy);
    plan.nodes[3].spec.least_coverage = dec("0.6");
    const Rolled refused(plan);
    EXPECT_EQ(refused.at(3, "2024").state, CellState::empty);
    EXPECT_TRUE(refused.at(3, "2024").flags & kBelowCoverage);
    EXPECT_FALSE(refused.value(3, "2024"));
    // Exactly on the threshold is enough.
    plan.nodes[3].spec.least_coverage = dec("0.5");
    const Rolled enough(plan);
    EXPECT_EQ(enough.at(3, "2024").state, CellState::value);
    EXPECT_TRUE(enough.value(3, "2024"));
    EXPECT_FALSE(enough.at(3, "2024").flags & kBelowCoverage);
  }
}

TEST(MissingThreshold, IsDecidedExactlyWhereDoublesCannot) {
  // Weights of a tenth: three of ten reported is 0.3 in decimals and not in doubles (0.1 + 0.1 + 0.1 > 0.3).
  PlainPlan plan;
  std::vector<PlainTie> ties;
  for (std::size_t i = 0; i < 10; ++i) {
    plan.nodes.push_back(leaf("A", "64." + std::to_string(10 + i), {}));
    if (i < 3) plan.nodes[i].facts = {{"2024", "7"}};
    ties.push_back({i, "0.1"});
  }
  plan.nodes.push_back(inner("M", Aggregation::weighted_mean, ties));
  plan.nodes[10].spec.least_coverage = dec("0.3");
  EXPECT_EQ(Rolled(plan).at(10, "2024").state, CellState::value);
  EXPECT_TRUE(Rolled(plan).at(10, "2024").flags & kDecidedExactly);
  plan.nodes[10].spec.least_coverage = dec("0.3000000000001");
  EXPECT_EQ(Rolled(plan).at(10, "2024").state, CellState::empty);
}

TEST(MissingThreshold, CountsWhatStandsBehindTheChildren) {
  // Two districts of equal weight, each with two agencies of which one reported: 50 %, not 100 %.
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01/a", {{"2024", "1"}}),
                leaf("A", "64.01/b", {}),
                leaf("A", "64.02/a", {{"2024", "3"}}),
                leaf("A", "64.02/b", {}),
                inner("M", Aggregation::weighted_mean, {{0}, {1}}),
                inner("M", Aggregation::weighted_mean, {{2}, {3}}),
                inner("P", Aggregation::weighted_mean, {{4}, {5}})};
  plan.nodes[6].spec.least_coverage = dec("0.51");
  EXPECT_EQ(Rolled(plan).at(6, "2024").state, CellState::empty);
  EXPECT_FALSE(Rolled(plan).value(6, "2024"));
  plan.nodes[6].spec.least_coverage = dec("0.5");
  EXPECT_EQ(Rolled(plan).at(6, "2024").value, 2);
  EXPECT_EQ(*Rolled(plan).value(6, "2024"), Rational(2));
}

TEST(MissingThreshold, OfARatioIsByDenominators) {
  PlainPlan plan;
  for (const std::string unit : {"64.01", "64.02"}) {
    const std::size_t first = plan.nodes.size();
    plan.nodes.push_back(leaf("N", unit, {{"2024", "30"}}));
    plan.nodes.push_back(leaf("D", unit, {{"2024", unit == "64.01" ? "60" : "40"}}));
    plan.nodes.push_back(inner(
        "R", Aggregation::ratio,
        {{first, "1", Carry::value, EdgeRole::numerator}, {first + 1, "1", Carry::value, EdgeRole::denominator}}));
    plan.nodes.back().unit = unit;
  }
  plan.nodes.push_back(inner("R", Aggregation::ratio, {{2}, {5}}));
  plan.nodes[3].facts.clear();  // 60 of 100 by denominators
  plan.nodes[6].spec.least_coverage = dec("0.6");
  EXPECT_EQ(*Rolled(plan).value(6, "2024"), rat("1/2"));
  EXPECT_EQ(Rolled(plan).at(6, "2024").value, 0.5);
  plan.nodes[6].spec.least_coverage = dec("0.61");
  EXPECT_FALSE(Rolled(plan).value(6, "2024"));
  EXPECT_EQ(Rolled(plan).at(6, "2024").state, CellState::empty);
}

TEST(MissingStates, AllFiveStayDistinctBesideEveryPolicy) {
  for (const MissingPolicy policy :
       {MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::zero, MissingPolicy::carry}) {
    SCOPED_TRACE(std::string(to_string(policy)));
    PlainPlan plan;
    plan.nodes = {leaf("A", "64.01", {{"2024", "10"}})};
    const CellState states[] = {CellState::empty, CellState::not_due, CellState::awaiting_release, CellState::redefined,
                                CellState::not_applicable};
    std::vector<PlainTie> ties{{0}};
    for (std::size_t i = 0; i < 5; ++i) {
      plan.nodes.push_back(leaf("B", "64.1" + std::to_string(i), {{"2023", "40"}, {"2024", "", true, states[i]}}));
      ties.push_back({i + 1});
    }
    plan.nodes.push_back(inner("M", Aggregation::weighted_mean, ties, policy));
    plan.nodes.back().spec.carry_months = 12;
    const Rolled rolled(plan);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(rolled.at(i + 1, "2024").state, states[i]);
    const ResultCell& cell = rolled.at(6, "2024");
    // 2024: strict has none; skip 10; zero (10 + 0) / 2, only for `kosong`; carry (10 + 40 + 40) / 3, for `kosong` and
    // the figure still to be published.
    if (policy == MissingPolicy::strict) {
      EXPECT_EQ(cell.state, CellState::empty);
      continue;
    }
    EXPECT_EQ(cell.value, policy == MissingPolicy::skip ? 10 : policy == MissingPolicy::zero ? 5 : 30);
    EXPECT_EQ(rolled.value(6, "2024")->to_double(), cell.value);
    EXPECT_EQ(cell.covered, 1U);
    EXPECT_EQ(cell.expected, 5U);
  }
}

TEST(MissingStates, ACarriedFigureNeverCrossesADefinitionNorADayToCome) {
  PlainPlan plan = three_units(MissingPolicy::carry);
  plan.nodes[2].spec.definition_version = 2;
  plan.nodes[2].spec.definition_since = 2024;
  EXPECT_EQ(Rolled(plan).at(3, "2024").value, 86);
  plan = three_units(MissingPolicy::carry);
  RollupOptions options;
  options.as_of = *Date::parse("2024-06-30");
  EXPECT_EQ(Rolled(plan, options).at(3, "2024").value, 86);
}

// ---- over time -------------------------------------------------------------------------------------

PlainPlan quarters(Accumulation kind, MissingPolicy policy, std::vector<PlainFact> facts, int carry_months = 0) {
  PlainPlan plan;
  plan.nodes = {leaf("X", "64", std::move(facts))};
  plan.nodes[0].spec.frequency = Granularity::quarter;
  plan.nodes[0].spec.accumulation = kind;
  plan.nodes[0].spec.missing_time = policy;
  plan.nodes[0].spec.carry_months = carry_months;
  return plan;
}
const std::vector<PlainFact> kThreeQuarters{{"2024-TW1", "30"}, {"2024-TW2", "50"}, {"2024-TW3", "40"}};

TEST(MissingTime, AYearOfThreeQuartersByKindAndPolicy) {
  // The last quarter is missing. skip: what is there; zero: nought for it (average 120 / 4 = 30; a running total simply
  // does not grow); carry: the third quarter again (sum 160, average 160 / 4 = 40).
  const struct {
    Accumulation kind;
    double skip, zero, carry;
  } rows[] = {{Accumulation::increments, 120, 120, 160}, {Accumulation::average, 40, 30, 40},
              {Accumulation::peak, 50, 50, 50},          {Accumulation::position, 40, 0, 40},
              {Accumulation::cumulative, 40, 40, 40},    {Accumulation::release, 40, 40, 40}};
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(to_string(row.kind)));
    const Rolled skip(quarters(row.kind, MissingPolicy::skip, kThreeQuarters));
    EXPECT_EQ(skip.at(0, "2024").value, row.skip);
    EXPECT_EQ(skip.value(0, "2024")->to_double(), row.skip);
    EXPECT_TRUE(skip.at(0, "2024").flags & kPartial);
    EXPECT_EQ(skip.at(0, "2024").covered_months, 9U);
    EXPECT_EQ(skip.at(0, "2024").expected_months, 12U);
    const Rolled zero(quarters(row.kind, MissingPolicy::zero, kThreeQuarters));
    EXPECT_EQ(zero.at(0, "2024").value, row.zero);
    EXPECT_EQ(zero.value(0, "2024")->to_double(), row.zero);
    EXPECT_EQ(zero.at(0, "2024").covered_months, 9U);
    const Rolled carry(quarters(row.kind, MissingPolicy::carry, kThreeQuarters, 3));
    EXPECT_EQ(carry.at(0, "2024").value, row.carry);
    EXPECT_EQ(carry.value(0, "2024")->to_double(), row.carry);
    EXPECT_TRUE(carry.at(0, "2024").flags & kCarried);
    EXPECT_FALSE(carry.at(0, "2024").flags & kPartial);
    EXPECT_EQ(carry.at(0, "2024").covered_months, 9U);
    const Rolled strict(quarters(row.kind, MissingPolicy::strict, kThreeQuarters));
    EXPECT_EQ(strict.at(0, "2024").state, CellState::empty);
    EXPECT_FALSE(strict.value(0, "2024"));
    EXPECT_EQ(strict.at(0, "2024-TW3").value, 40);
  }
}

TEST(MissingTime, APeriodThatFiguresLieInIsDueWithoutATargetOfItsOwn) {
  PlainPlan plan = quarters(Accumulation::increments, MissingPolicy::strict, kThreeQuarters);
  plan.nodes[0].targets = {{"2024", "200"}};
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(0, "2024-S2").state, CellState::empty);
  EXPECT_EQ(rolled.at(0, "2024").state, CellState::empty);
}

TEST(MissingTime, AStockIsCompleteWithItsLastReportAlone) {
  const Rolled rolled(quarters(Accumulation::position, MissingPolicy::strict, {{"2024-TW4", "7"}}));
  EXPECT_EQ(rolled.at(0, "2024").value, 7);
  EXPECT_EQ(rolled.at(0, "2024").covered_months, 12U);
}

TEST(MissingTime, ACarriedFigureAges) {
  // Two months of age reach November only: 120 + 2 x 40/3; a stock of September is too old for the end of December.
  const Rolled flow(quarters(Accumulation::increments, MissingPolicy::carry, kThreeQuarters, 2));
  EXPECT_EQ(*flow.value(0, "2024"), rat("440/3"));
  EXPECT_NEAR(flow.at(0, "2024").value, 440.0 / 3, 1e-12);
  EXPECT_TRUE(flow.at(0, "2024").flags & kPartial);
  EXPECT_EQ(Rolled(quarters(Accumulation::position, MissingPolicy::carry, kThreeQuarters, 2)).at(0, "2024").state,
            CellState::empty);
  // A hole at the beginning is filled from the year before: 12 / 12 x 3 = 3, and 30 + 50 + 40.
  std::vector<PlainFact> facts{{"2023", "12"}, {"2024-TW2", "30"}, {"2024-TW3", "50"}, {"2024-TW4", "40"}};
  EXPECT_EQ(Rolled(quarters(Accumulation::increments, MissingPolicy::carry, facts, 3)).at(0, "2024").value, 123);
}

TEST(MissingTime, MonthsToComeAreNoHoles) {
  RollupOptions options;
  options.as_of = *Date::parse("2024-09-30");
  const auto year = [&](Accumulation kind, MissingPolicy policy) {
    return Rolled(quarters(kind, policy, kThreeQuarters, 6), options).at(0, "2024");
  };
  EXPECT_EQ(year(Accumulation::average, MissingPolicy::zero).value, 40);
  EXPECT_EQ(year(Accumulation::position, MissingPolicy::zero).value, 40);
  EXPECT_EQ(year(Accumulation::increments, MissingPolicy::carry).value, 120);
  EXPECT_FALSE(year(Accumulation::increments, MissingPolicy::carry).flags & kCarried);
  EXPECT_EQ(year(Accumulation::increments, MissingPolicy::strict).state, CellState::not_due);
  EXPECT_EQ(year(Accumulation::increments, MissingPolicy::skip).covered_months, 9U);
}

TEST(MissingTime, StatedReasonsAreNeverZeroAndWhatDoesNotApplyIsNotExpected) {
  std::vector<PlainFact> facts = kThreeQuarters;
  facts.push_back({"2024-TW4", "", true, CellState::awaiting_release});
  EXPECT_EQ(Rolled(quarters(Accumulation::average, MissingPolicy::zero, facts)).at(0, "2024").value, 40);
  facts.back().state = CellState::not_applicable;
  const Rolled strict(quarters(Accumulation::increments, MissingPolicy::strict, facts));
  EXPECT_EQ(strict.at(0, "2024").value, 120);
  EXPECT_EQ(strict.at(0, "2024").covered_months, 9U);
  EXPECT_EQ(strict.at(0, "2024").expected_months, 9U);
  EXPECT_FALSE(strict.at(0, "2024").flags & kPartial);
}

TEST(MissingTime, AThresholdOfMonthsThatAreDue) {
  PlainPlan plan = quarters(Accumulation::increments, MissingPolicy::skip, kThreeQuarters);
  plan.nodes[0].spec.least_coverage = dec("0.75");
  EXPECT_EQ(Rolled(plan).at(0, "2024").value, 120);
  plan.nodes[0].spec.least_coverage = dec("0.76");
  EXPECT_EQ(Rolled(plan).at(0, "2024").state, CellState::empty);
  EXPECT_TRUE(Rolled(plan).at(0, "2024").flags & kBelowCoverage);
  RollupOptions options;
  options.as_of = *Date::parse("2024-10-31");  // nine of the ten months that are over
  EXPECT_EQ(Rolled(plan, options).at(0, "2024").value, 120);
}

TEST(MissingTime, AStatedTotalStandsWherePartsAreTooFew) {
  std::vector<PlainFact> facts = kThreeQuarters;
  facts.push_back({"2024", "155"});
  EXPECT_EQ(Rolled(quarters(Accumulation::increments, MissingPolicy::skip, facts)).at(0, "2024").value, 120);
  const Rolled strict(quarters(Accumulation::increments, MissingPolicy::strict, facts));
  EXPECT_EQ(strict.at(0, "2024").value, 155);
  EXPECT_EQ(strict.at(0, "2024").covered_months, 12U);
}

TEST(MissingTime, UnitsAddTheirMonths) {
  PlainPlan plan = quarters(Accumulation::increments, MissingPolicy::skip, kThreeQuarters);
  plan.nodes.push_back(leaf("X", "64.01", {{"2024", "5"}}));
  plan.nodes.push_back(leaf("X", "64.02", {}));
  plan.nodes.push_back(inner("S", Aggregation::sum, {{0}, {1}, {2}}));
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(3, "2024").value, 125);
  EXPECT_EQ(rolled.at(3, "2024").covered_months, 21U);
  EXPECT_EQ(rolled.at(3, "2024").expected_months, 24U);
  EXPECT_EQ(rolled.at(3, "2024").covered, 2U);
  EXPECT_EQ(rolled.at(3, "2024").expected, 3U);
}

TEST(MissingTime, TheValidatorsFigureStandsInItsLane) {
  PlainPlan plan = quarters(Accumulation::increments, MissingPolicy::skip, kThreeQuarters);
  BuiltPlan built = build(plan);
  built.facts.observations[1].validated = false;
  built.facts.observations[1].verified.change().number = dec("45");
  DiagnosticSink sink;
  const RollupResult result = run_rollup(built.model, built.targets, built.facts, {}, sink);
  const SlotId year = *result.grid().find(Period::year(2024));
  EXPECT_EQ(result.at(built.node[0], year, Lane::all).value, 120);
  EXPECT_EQ(result.at(built.node[0], year, Lane::validated).value, 115);
}

// ---- partial results -------------------------------------------------------------------------------

using rollup::Operand;
using rollup::Partial;

template <class Number>
class PartialResults : public ::testing::Test {};
using Numbers = ::testing::Types<double, Rational>;
TYPED_TEST_SUITE(PartialResults, Numbers);

template <class Number>
Operand<Number> pair_of(int numerator, int denominator) {
  Operand<Number> operand;
  operand.state = CellState::value;
  operand.numerator = Number(numerator);
  operand.denominator = operand.known = Number(denominator);
  return operand;
}

TYPED_TEST(PartialResults, P01RatiosOfTwoPartitionsMeetAsOne) {
  using Number = TypeParam;
  const Operand<Number> first = pair_of<Number>(45, 50), second = pair_of<Number>(10, 100);
  Partial<Number> a, b;
  rollup::add_pair<Number>(std::span(&a, 1), std::span(&first, 1), Number(1), MissingPolicy::skip);
  rollup::add_pair<Number>(std::span(&b, 1), std::span(&second, 1), Number(1), MissingPolicy::skip);
  EXPECT_EQ(a.numerator.value(), Number(45));
  EXPECT_EQ(b.denominator.value(), Number(100));
  rollup::merge<Number>(a, b, false);
  const auto outcome = rollup::finish_ratio<Number>(a, MissingPolicy::skip);
  EXPECT_EQ(outcome.value, Number(11) / Number(30));
}

TYPED_TEST(PartialResults, P03ExtremaMergeAndAnEmptyPartSaysNothing) {
  using Number = TypeParam;
  Partial<Number> parts[4];
  const int values[] = {5, 5, 9};
  for (std::size_t i = 0; i < 3; ++i) {
    Operand<Number> operand;
    operand.state = CellState::value;
    operand.value = Number(values[i]);
    rollup::add_extremum<Number>(std::span(&parts[i], 1), std::span(&operand, 1), false, MissingPolicy::skip);
  }
  Partial<Number> all;  // begins empty: its nought is no figure
  for (const Partial<Number>& part : parts) rollup::merge<Number>(all, part, false);
  EXPECT_EQ(rollup::finish_extremum<Number>(all, MissingPolicy::skip).value, Number(5));
  EXPECT_EQ(all.present, 3U);
}

TEST(PartialResultsOfTime, P03TheLatestPeriodStands) {
  // June as corrected (55 stands for it), March later by nothing.
  const Rolled rolled(quarters(Accumulation::position, MissingPolicy::skip, {{"2025-06", "55"}, {"2025-03", "40"}}));
  EXPECT_EQ(rolled.at(0, "2025").value, 55);
}

TYPED_TEST(PartialResults, MeansAndReasonsMergeLikeOneStage) {
  using Number = TypeParam;
  const CellState states[] = {CellState::value, CellState::empty, CellState::value, CellState::not_due};
  for (const MissingPolicy policy : {MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::zero}) {
    Partial<Number> whole, left, right;
    for (int i = 0; i < 4; ++i) {
      Operand<Number> operand;
      operand.state = states[i];
      operand.value = Number(10 * (i + 1));
      const std::span<const Operand<Number>> row(&operand, 1);
      rollup::add_weighted<Number>(std::span(&whole, 1), row, Number(i + 1), policy);
      rollup::add_weighted<Number>(std::span(i < 2 ? &left : &right, 1), row, Number(i + 1), policy);
    }
    rollup::merge<Number>(left, right, false);
    const auto one = rollup::finish_mean<Number>(whole, policy), two = rollup::finish_mean<Number>(left, policy);
    EXPECT_EQ(one.state, two.state);
    EXPECT_EQ(one.value, two.value);
    EXPECT_EQ(one.reason, two.reason);
    EXPECT_EQ(one.partial, two.partial);
  }
}

}  // namespace missing_test
}  // namespace jenjang::testing
