// Shared results beyond two units: copies inside copies, shares, factors, dates, and that plans without crosscuts have
// none. Figures are invented; the arithmetic stands beside each.
#include <array>
#include <functional>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "jenjang/rollup/incremental.h"

#include "engine/graph/overlaps.h"
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace crosscut_test {

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

// ---- copies that came in from an earlier period (bawa-terakhir) --------------------------------------

// 0 S (shared), 1 X, 2 A = X + S, 3 Y, 4 B = Y + S by full credit, 5 T = A + B; quarters of 2024.
PlainPlan carried_plan(MissingPolicy of_a, MissingPolicy of_b, MissingPolicy of_t, std::vector<PlainFact> shared,
                       std::vector<PlainFact> beside_a, std::vector<PlainFact> beside_b) {
  PlainPlan plan;
  plan.nodes = {leaf("S", "64", std::move(shared)),
                leaf("X", "64", std::move(beside_a)),
                inner("A", Aggregation::sum, {{1}, {0}}, of_a),
                leaf("Y", "64", std::move(beside_b)),
                inner("B", Aggregation::sum, {{3}}, of_b),
                inner("T", Aggregation::sum, {{2}, {4}}, of_t)};
  plan.nodes[4].shared = {{0, "1"}};
  for (PlainNode& node : plan.nodes) {
    node.spec.frequency = Granularity::quarter;
    node.spec.carry_months = 6;
  }
  return plan;
}

// Both sides of one cell, once they agree.
struct Copied {
  explicit Copied(const PlainPlan& plain) : credited(plain) {}
  Rational total(std::size_t node, const char* period) {
    ExactEvaluator exact(credited.built.model, credited.built.targets, credited.built.facts, Lane::all);
    const Period when = *Period::parse(period);
    const Rational found = exact.value(credited.built.node[node], when).value_or(Rational(-1));
    EXPECT_EQ(cell(node, period).value, found.to_double());
    return found;
  }
  const ResultCell& cell(std::size_t node, const char* period) {
    return credited.result.at(credited.built.node[node], *credited.result.grid().find(*Period::parse(period)));
  }
  Credited credited;
};

constexpr MissingPolicy kCarry = MissingPolicy::carry, kSkip = MissingPolicy::skip, kStrict = MissingPolicy::strict;

// In the second quarter S is silent and both units show its 20 of the first: 21 + 22 count it twice, the total once.
TEST(CarriedCopies, GoOutOnce) {
  Copied plan(carried_plan(kCarry, kCarry, kSkip, {{"2024-TW1", "20"}}, {{"2024-TW1", "1"}, {"2024-TW2", "1"}},
                           {{"2024-TW1", "2"}, {"2024-TW2", "2"}}));
  EXPECT_EQ(plan.total(5, "2024-TW1"), Rational(23));
  EXPECT_EQ(plan.total(2, "2024-TW2"), Rational(21));
  EXPECT_EQ(plan.total(4, "2024-TW2"), Rational(22));
  EXPECT_EQ(plan.total(5, "2024-TW2"), Rational(23));
  // S, X and Y are asked; X and Y told.
  EXPECT_EQ(plan.cell(5, "2024-TW2").expected, 3U);
  EXPECT_EQ(plan.cell(5, "2024-TW2").covered, 2U);
  EXPECT_EQ(plan.cell(5, "2024-TW1").covered, 3U);
}

// A leaves S out, so only B shows it: nothing is there twice.
TEST(CarriedCopies, StayWhereOneWayAloneCarries) {
  Copied plan(carried_plan(kSkip, kCarry, kSkip, {{"2024-TW1", "20"}}, {{"2024-TW2", "1"}}, {{"2024-TW2", "2"}}));
  EXPECT_EQ(plan.total(2, "2024-TW2"), Rational(1));
  EXPECT_EQ(plan.total(4, "2024-TW2"), Rational(22));
  EXPECT_EQ(plan.total(5, "2024-TW2"), Rational(23));
}

// A is strict and silent in the second quarter, so T hands on its 21 of the first, with S at 20; B shows S at 30. What
// came in as the copy goes out: 21 + 32 - 30.
TEST(CarriedCopies, GoOutWithTheFigureTheyCameInWith) {
  Copied plan(carried_plan(kStrict, kSkip, kCarry, {{"2024-TW1", "20"}, {"2024-TW2", "30"}}, {{"2024-TW1", "1"}},
                           {{"2024-TW1", "2"}, {"2024-TW2", "2"}}));
  EXPECT_EQ(plan.total(4, "2024-TW2"), Rational(32));
  EXPECT_EQ(plan.total(5, "2024-TW2"), Rational(23));
  // S is covered by way of B alone; A's units are not.
  EXPECT_EQ(plan.cell(5, "2024-TW2").expected, 3U);
  EXPECT_EQ(plan.cell(5, "2024-TW2").covered, 2U);
}

// The other way round: B is handed on from the first quarter with S at 20, A is fresh with S at 30: 31 + 22 - 20.
TEST(CarriedCopies, GoOutWithTheirOwnFigureThoughTheOtherIsFresh) {
  Copied plan(carried_plan(kSkip, kStrict, kCarry, {{"2024-TW1", "20"}, {"2024-TW2", "30"}},
                           {{"2024-TW1", "1"}, {"2024-TW2", "1"}}, {{"2024-TW1", "2"}}));
  EXPECT_EQ(plan.total(2, "2024-TW2"), Rational(31));
  EXPECT_EQ(plan.total(5, "2024-TW2"), Rational(33));
}

// Two quarters later the figure is too old for anybody.
TEST(CarriedCopies, TooOldIsNowhere) {
  Copied plan(carried_plan(kCarry, kCarry, kSkip, {{"2024-TW1", "20"}}, {{"2024-TW1", "1"}, {"2024-TW4", "1"}},
                           {{"2024-TW1", "2"}, {"2024-TW4", "2"}}));
  EXPECT_EQ(plan.total(5, "2024-TW4"), Rational(3));
}

// Ratios hand on pairs: S has 2/4 in the first quarter; the second has 1/4 and 3/4 beside it: (1+3+2)/(4+4+4).
TEST(CarriedCopies, PairsOfRatiosToo) {
  PlainPlan plan;
  const auto pair = [&](const char* unit, std::vector<PlainFact> numerators, std::vector<PlainFact> denominators) {
    const std::size_t first = plan.nodes.size();
    plan.nodes.push_back(leaf("N", unit, std::move(numerators)));
    plan.nodes.push_back(leaf("D", unit, std::move(denominators)));
    plan.nodes.push_back(inner(
        "R", Aggregation::ratio,
        {{first, "1", Carry::value, EdgeRole::numerator}, {first + 1, "1", Carry::value, EdgeRole::denominator}}));
    plan.nodes.back().unit = unit;
    return first + 2;
  };
  const std::size_t shared = pair("64.01", {{"2024-TW1", "2"}}, {{"2024-TW1", "4"}});
  const std::size_t of_a = pair("64.02", {{"2024-TW2", "1"}}, {{"2024-TW2", "4"}});
  const std::size_t of_b = pair("64.03", {{"2024-TW2", "3"}}, {{"2024-TW2", "4"}});
  const std::size_t a = plan.nodes.size();
  plan.nodes.push_back(inner("RA", Aggregation::ratio, {{of_a}, {shared}}, kCarry));
  plan.nodes.push_back(inner("RB", Aggregation::ratio, {{of_b}}, kCarry));
  plan.nodes.back().shared = {{shared, "1"}};
  plan.nodes.push_back(inner("RT", Aggregation::ratio, {{a}, {a + 1}}));
  for (PlainNode& node : plan.nodes) {
    node.spec.frequency = Granularity::quarter;
    node.spec.carry_months = 6;
  }
  Copied copied(plan);
  EXPECT_EQ(copied.total(a, "2024-TW2"), Rational(3, 8));
  EXPECT_EQ(copied.total(a + 1, "2024-TW2"), Rational(5, 8));
  EXPECT_EQ(copied.total(a + 2, "2024-TW2"), Rational(6, 12));
}

// The same plan reckoned by lists: what each figure is made of, as (leaf, quarter), by the letter of the policies.
class ByLists {
public:
  using Parts = std::vector<std::pair<std::size_t, int>>;
  ByLists(std::array<MissingPolicy, 3> policies, const std::array<std::array<int, 5>, 4>& facts)
      : policies_(policies), facts_(facts) {}

  std::optional<Parts> leaf_in(std::size_t leaf, int quarter) const {
    if (facts_[leaf][static_cast<std::size_t>(quarter)] == 0) return std::nullopt;
    return Parts{{leaf, quarter}};
  }
  std::optional<Parts> a(int quarter) const {
    return gather(policies_[0], quarter, {[&](int q) { return leaf_in(1, q); }, [&](int q) { return leaf_in(0, q); }});
  }
  std::optional<Parts> b(int quarter) const {
    return gather(policies_[1], quarter, {[&](int q) { return leaf_in(3, q); }, [&](int q) { return leaf_in(0, q); }});
  }
  // Of S in A and S in B the one in B goes out.
  std::optional<int> total(int quarter) const {
    std::vector<Parts> sides;
    const auto parts =
        gather(policies_[2], quarter, {[&](int q) { return a(q); }, [&](int q) { return b(q); }}, &sides);
    if (!parts) return std::nullopt;
    int sum = value(*parts), copies = 0, copy = 0;
    for (const Parts& side : sides) {
      for (const auto& part : side) {
        if (part.first != 0) continue;
        ++copies;
        copy = value({part});
      }
    }
    return copies == 2 ? sum - copy : sum;
  }

private:
  using Child = std::function<std::optional<Parts>(int)>;
  static std::optional<Parts> gather(MissingPolicy policy, int quarter, const std::vector<Child>& children,
                                     std::vector<Parts>* sides = nullptr) {
    Parts all;
    bool any = false;
    for (const Child& child : children) {
      std::optional<Parts> parts = child(quarter);
      if (policy == kCarry) {
        for (int back = 1; !parts && back <= 2 && quarter - back >= 1; ++back) parts = child(quarter - back);
      }
      if (!parts && policy == kStrict) return std::nullopt;
      if (!parts) continue;
      any = true;
      all.insert(all.end(), parts->begin(), parts->end());
      if (sides != nullptr) sides->push_back(*parts);
    }
    return any ? std::optional(all) : std::nullopt;
  }
  int value(const Parts& parts) const {
    int sum = 0;
    for (const auto& [leaf, quarter] : parts) sum += facts_[leaf][static_cast<std::size_t>(quarter)];
    return sum;
  }

  std::array<MissingPolicy, 3> policies_;
  std::array<std::array<int, 5>, 4> facts_;  // leaf 0, 1, 3; quarter 1..4; 0: silent
};

TEST(CarriedCopies, AsTheListsOfEveryFigureSay) {
  std::mt19937 draw(7);
  const std::array<MissingPolicy, 3> words{kSkip, kStrict, kCarry};
  int taken_out_of_time = 0;
  for (int round = 0; round < 540; ++round) {
    const std::array<MissingPolicy, 3> policies{words[static_cast<std::size_t>(round % 3)],
                                                words[static_cast<std::size_t>(round / 3 % 3)],
                                                words[static_cast<std::size_t>(round / 9 % 3)]};
    std::array<std::array<int, 5>, 4> facts{};
    std::array<std::vector<PlainFact>, 4> rows;
    for (const std::size_t leaf_number : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
      for (int quarter = 1; quarter <= 4; ++quarter) {
        const int number = draw() % 2 == 0 ? 0 : static_cast<int>(draw() % 90) + 1;
        facts[leaf_number][static_cast<std::size_t>(quarter)] = number;
        if (number > 0) rows[leaf_number].push_back({"2024-TW" + std::to_string(quarter), std::to_string(number)});
      }
    }
    if (rows[0].empty() && rows[1].empty() && rows[3].empty()) continue;
    Copied plan(carried_plan(policies[0], policies[1], policies[2], rows[0], rows[1], rows[3]));
    const ByLists lists(policies, facts);
    const PeriodGrid& grid = plan.credited.result.grid();
    for (int quarter = 1; quarter <= 4; ++quarter) {
      const std::string period = "2024-TW" + std::to_string(quarter);
      if (!grid.find(*Period::parse(period))) continue;
      // A quarter of which nobody said anything is no slot, and nothing is carried out of it.
      const std::optional<int> wanted = lists.total(quarter);
      const bool is_value = plan.cell(5, period.c_str()).state == CellState::value;
      ASSERT_EQ(is_value, wanted.has_value()) << round << " " << period;
      if (!wanted) continue;
      ASSERT_EQ(plan.total(5, period.c_str()), Rational(*wanted)) << round << " " << period;
      taken_out_of_time += facts[0][static_cast<std::size_t>(quarter)] == 0 && lists.a(quarter) && lists.b(quarter);
    }
  }
  EXPECT_GT(taken_out_of_time, 100);  // the interesting case was there
}

// A change of the first quarter reaches the total of the second, as a full sweep says.
TEST(CarriedCopies, ReachTheTotalOneByOneToo) {
  for (const MissingPolicy of_t : {kSkip, kCarry}) {
    BuiltPlan built = build(carried_plan(kCarry, kCarry, of_t, {{"2024-TW1", "20"}, {"2024-TW3", "5"}},
                                         {{"2024-TW1", "1"}, {"2024-TW2", "1"}}, {{"2024-TW1", "2"}}));
    for (CrosscutEdge& edge : built.model.crosscut_edges) edge.share.reset();
    DiagnosticSink sink;
    find_overlaps(built.model, sink);
    LiveRollup live(built.model, built.targets, built.facts, {}, sink);
    const auto set = [&](std::size_t node, const char* period, const char* number) {
      Observation observation;
      observation.period = *Period::parse(period);
      observation.number = dec(number);
      observation.validated = true;
      live.set(built.node[node], std::move(observation));
      return !live.check();
    };
    EXPECT_TRUE(set(0, "2024-TW1", "21"));
    EXPECT_TRUE(set(1, "2024-TW1", "7"));
    EXPECT_TRUE(set(3, "2024-TW2", "8"));
    EXPECT_TRUE(set(0, "2024-TW2", "9"));
    live.withdraw(built.node[0], *Period::parse("2024-TW1"));
    EXPECT_FALSE(live.check());
    live.withdraw(built.node[1], *Period::parse("2024-TW2"));
    EXPECT_FALSE(live.check());
  }
}

}  // namespace crosscut_test
}  // namespace jenjang::testing
