// Shared results beyond two units: copies inside copies, shares, factors, dates, and that plans without crosscuts have
// none. Figures are invented; the arithmetic stands beside each.
#include "engine/graph/overlaps.h"
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace {

// Full credit for every crosscut of the plain plan, then the roll-up.
struct Credited {
  explicit Credited(const PlainPlan& plain) : built(build(plain)) {
    for (CrosscutEdge& edge : built.model.crosscut_edges) edge.share.reset();
    find_overlaps(built.model, sink);
    result = run_rollup(built.model, built.targets, built.facts, {}, sink);
  }
  Rational value(std::size_t node) {
    ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
    const Period year = *Period::parse("2024");
    const Rational found = exact.value(built.node[node], year).value_or(Rational(-1));
    EXPECT_EQ(result.at(built.node[node], *result.grid().find(year)).value, found.to_double());
    return found;
  }
  BuiltPlan built;
  DiagnosticSink sink;
  RollupResult result;
};

// T = A + B + C; A makes S of L and M; B sees the whole S, C sees L, which is a part of S.
TEST(Overlaps, ACopyInsideACopyGoesOutOnce) {
  PlainPlan plan;
  plan.nodes = {leaf("L", "64", {{"2024", "1"}}),
                leaf("M", "64", {{"2024", "10"}}),
                inner("S", Aggregation::sum, {{0}, {1}}),
                inner("A", Aggregation::sum, {{2}}),
                leaf("P", "64", {{"2024", "100"}}),
                inner("B", Aggregation::sum, {{4}}),
                leaf("Q", "64", {{"2024", "1000"}}),
                inner("C", Aggregation::sum, {{6}}),
                inner("T", Aggregation::sum, {{3}, {5}, {7}}),
                inner("U", Aggregation::sum, {{8}})};
  plan.nodes[5].shared = {{2, "1"}};
  plan.nodes[7].shared = {{0, "1"}};
  Credited credited(plan);
  EXPECT_EQ(credited.value(5), Rational(111));
  EXPECT_EQ(credited.value(7), Rational(1001));
  EXPECT_EQ(credited.value(8), Rational(1111));  // L, M, P and Q, each once
  EXPECT_EQ(credited.value(9), Rational(1111));  // and nothing is taken out a second time above
  EXPECT_EQ(credited.built.model.overlaps.size(), 2U);
}

// Two units see a result whose owner stands outside the total: one of the two copies stays.
TEST(Overlaps, OneOfTwoCopiesStays) {
  PlainPlan plan;
  plan.nodes = {leaf("S", "64", {{"2024", "20"}}),   inner("A", Aggregation::sum, {{3}}),
                inner("B", Aggregation::sum, {{4}}), leaf("X", "64", {{"2024", "1"}}),
                leaf("Y", "64", {{"2024", "2"}}),    inner("T", Aggregation::sum, {{1}, {2}})};
  plan.nodes[1].shared = {{0, "1"}};
  plan.nodes[2].shared = {{0, "1"}};
  Credited credited(plan);
  EXPECT_EQ(credited.value(5), Rational(23));
}

// In between the figure changes its unit: B is in kilograms (factor 1000), T weighs it by 0.001.
TEST(Overlaps, WeightsAndFactorsOnTheWayAreKept) {
  PlainPlan plan;
  plan.nodes = {leaf("S", "64", {{"2024", "20"}}), inner("A", Aggregation::sum, {{0}}),
                leaf("Y", "64", {{"2024", "2"}}), inner("B", Aggregation::sum, {{2}}),
                inner("T", Aggregation::sum, {{1}, {3, "0.001"}})};
  plan.nodes[3].shared = {{0, "1"}};
  plan.nodes[3].spec.factor = Decimal(1000);
  Credited credited(plan);
  EXPECT_EQ(credited.value(3), Rational(22000));
  EXPECT_EQ(credited.value(4), Rational(22));
}

// Ratios add pairs: 1/4 and 2/4 with 2/4 shared make 3/8, not 5/12.
TEST(Overlaps, PairsOfRatiosToo) {
  PlainPlan plan;
  const auto pair = [&](const char* unit, const char* numerator, const char* denominator) {
    const std::size_t first = plan.nodes.size();
    plan.nodes.push_back(leaf("N", unit, {{"2024", numerator}}));
    plan.nodes.push_back(leaf("D", unit, {{"2024", denominator}}));
    plan.nodes.push_back(inner(
        "R", Aggregation::ratio,
        {{first, "1", Carry::value, EdgeRole::numerator}, {first + 1, "1", Carry::value, EdgeRole::denominator}}));
    plan.nodes.back().unit = unit;
    return first + 2;
  };
  const std::size_t one = pair("64.01", "1", "4"), two_ = pair("64.02", "2", "4");
  plan.nodes.push_back(inner("RA", Aggregation::ratio, {{one}}));
  plan.nodes.push_back(inner("RB", Aggregation::ratio, {{two_}}));
  plan.nodes.push_back(inner("RT", Aggregation::ratio, {{6}, {7}}));
  plan.nodes[6].shared = {{two_, "1"}};
  Credited credited(plan);
  EXPECT_EQ(credited.value(6), Rational(3, 8));
  EXPECT_EQ(credited.value(8), Rational(3, 8));
  const ResultCell& top =
      credited.result.at(credited.built.node[8], *credited.result.grid().find(*Period::parse("2024")));
  EXPECT_EQ(top.covered, 2U);
  EXPECT_EQ(top.expected, 2U);
  EXPECT_EQ(top.expected_weight, 8);
}

// A broken way leaves the copy in: with A ended in 2023, only B still carries S.
TEST(Overlaps, ExistOnlyWhileBothWaysHold) {
  PlainPlan plan;
  plan.nodes = {leaf("S", "64", {{"2024", "20"}}), inner("A", Aggregation::sum, {{0}}),
                leaf("Y", "64", {{"2024", "2"}}), inner("B", Aggregation::sum, {{2}}),
                inner("T", Aggregation::sum, {{1}, {3}})};
  plan.nodes[3].shared = {{0, "1"}};
  BuiltPlan built = build(plan);
  for (CrosscutEdge& edge : built.model.crosscut_edges) edge.share.reset();
  DiagnosticSink sink;
  find_overlaps(built.model, sink);
  const auto edge = static_cast<std::uint32_t>(built.model.graph.formula_first_edge(built.node[4]).index());
  ASSERT_EQ(built.model.graph.children(built.node[4])[0], built.node[1]);
  built.model.dated_ties = {
      {edge, Period(2020, Granularity::month, 1), Period(2023, Granularity::month, 12), Decimal(1), {}}};
  const RollupResult result = run_rollup(built.model, built.targets, built.facts, {}, sink);
  const Period year = *Period::parse("2024");
  EXPECT_EQ(result.at(built.node[4], *result.grid().find(year)).value, 22);
  ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
  EXPECT_EQ(*exact.value(built.node[4], year), Rational(22));
  EXPECT_EQ(result.at(built.node[4], *result.grid().find(year)).expected, 2U);
}

TEST(Overlaps, MinimaAndPlansWithoutCrosscutsHaveNone) {
  PlainPlan plan;
  plan.nodes = {leaf("S", "64", {{"2024", "20"}}), inner("A", Aggregation::minimum, {{0}}),
                leaf("Y", "64", {{"2024", "2"}}), inner("B", Aggregation::minimum, {{2}}),
                inner("T", Aggregation::minimum, {{1}, {3}})};
  Credited bare(plan);
  EXPECT_TRUE(bare.built.model.overlaps.empty());
  plan.nodes[3].shared = {{0, "1"}};
  Credited seen(plan);
  EXPECT_TRUE(seen.built.model.overlaps.empty());
  EXPECT_EQ(seen.value(4), Rational(2));
}

}  // namespace
}  // namespace jenjang::testing
