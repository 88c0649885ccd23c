#include "jenjang/rollup/incremental.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "tests/support/result_bits.h"
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace incremental_test {

// A plan kept up to date, with short access.
class Live {
public:
  explicit Live(const PlainPlan& plain, RollupOptions options = {})
      : built(build(plain)), rollup(built.model, built.targets, built.facts, options, sink) {}

  ChangeReport set(std::size_t node, const char* period, const char* number, bool validated = true) {
    Observation observation;
    observation.period = *Period::parse(period);
    observation.number = dec(number);
    observation.validated = validated;
    return rollup.set(built.node[node], std::move(observation));
  }
  ChangeReport withdraw(std::size_t node, const char* period) {
    return rollup.withdraw(built.node[node], *Period::parse(period));
  }
  const ResultCell& at(std::size_t node, const char* period, Lane lane = Lane::all) const {
    return rollup.result().at(built.node[node], *rollup.result().grid().find(*Period::parse(period)), lane);
  }
  // "CODE:PERIOD" of what a report names, both lanes once.
  std::set<std::string> cells(const ChangeReport& report) const {
    std::set<std::string> names;
    for (const ChangedCell& cell : report.cells) {
      names.insert(built.model.item(cell.node).code + ":" + rollup.result().grid()[cell.slot].to_string());
    }
    return names;
  }

  BuiltPlan built;
  DiagnosticSink sink;
  LiveRollup rollup;
};

using Names = std::set<std::string>;

// I01: A = min(100, L1 + L2), B = L2 + L3, R = A + B. The limit is a child of its own, so A is made in two nodes:
// S = L1 + L2 and A = min(S, C). Start 80, 40, 10: S 120, A 100, B 50, R 150.
TEST(Incremental, I01EarlyCutOff) {
  PlainPlan plan;
  plan.nodes = {leaf("L1", "64.01", {{"2024", "80"}}),    leaf("L2", "64.02", {{"2024", "40"}}),
                leaf("L3", "64.03", {{"2024", "10"}}),    leaf("C", "64.04", {{"2024", "100"}}),
                inner("S", Aggregation::sum, {{0}, {1}}), inner("A", Aggregation::minimum, {{4}, {3}}),
                inner("B", Aggregation::sum, {{1}, {2}}), inner("R", Aggregation::sum, {{5}, {6}})};
  Live live(plan);
  EXPECT_EQ(live.at(7, "2024").value, 150);
  // L1 = 90: S = 130, A stays 100; nothing above A is looked at.
  const ChangeReport first = live.set(0, "2024", "90");
  EXPECT_EQ(live.cells(first), (Names{"L1:2024", "S:2024"}));
  EXPECT_EQ(first.visited_nodes, 3U);  // L1, S, A
  EXPECT_EQ(live.at(7, "2024").value, 150);
  // L2 = 45: S = 135, A stays 100, B = 55, R = 155.
  const ChangeReport second = live.set(1, "2024", "45");
  EXPECT_EQ(live.cells(second), (Names{"L2:2024", "S:2024", "B:2024", "R:2024"}));
  EXPECT_EQ(second.visited_nodes, 5U);  // L2, S, A, B, R
  EXPECT_EQ(live.at(7, "2024").value, 155);
  EXPECT_FALSE(first.swept || second.swept || first.rebuilt || second.rebuilt);
  EXPECT_FALSE(live.rollup.check());
}

// I03: sum w x with w = (2, 3), x = (10, 20) is 80; dx = (0, 5) adds w dx = 15; dw = (1, 0) adds dw x = 10; dw dx = 0.
// A weight is plan, not fact: its change is another model over the same facts.
TEST(Incremental, I03Bilinear) {
  const auto plan_of = [](const char* first, const char* second) {
    PlainPlan plan;
    plan.nodes = {leaf("X1", "64.01", {{"2024", "10"}}), leaf("X2", "64.02", {{"2024", "20"}}),
                  inner("R", Aggregation::sum, {{0, first}, {1, second}})};
    return plan;
  };
  Live live(plan_of("2", "3"));
  EXPECT_EQ(live.at(2, "2024").value, 80);
  live.set(1, "2024", "25");
  EXPECT_EQ(live.at(2, "2024").value, 95);
  const BuiltPlan heavier = build(plan_of("3", "3"));
  DiagnosticSink sink;
  const LiveRollup after(heavier.model, heavier.targets, live.rollup.facts(), {}, sink);
  EXPECT_EQ(after.result().at(heavier.node[2], SlotId(0)).value, 105);
}

// 80 and 80.000000000000000001 are one double. The leaf and the sum keep their bits, yet the sum is now above the cut.
TEST(Incremental, AnExactDecisionFollowsAChangeBelowTheLastBit) {
  PlainPlan plan;
  plan.scales = {make_bands({{"A", "80"}, {"B", ""}}, {RoundingMode::exact, 0}, true)};
  plan.nodes = {leaf("L1", "64.01", {{"2024", "80"}}), inner("S", Aggregation::sum, {{0}}),
                inner("R", Aggregation::sum, {{1}})};
  plan.nodes[2].spec.value_bands = ScaleId(0);
  Live live(plan);
  EXPECT_EQ(live.at(2, "2024").band, 1);
  const ChangeReport report = live.set(0, "2024", "80.000000000000000001");
  EXPECT_EQ(live.at(2, "2024").band, 0);
  EXPECT_EQ(live.cells(report), (Names{"R:2024"}));
  EXPECT_FALSE(live.rollup.check());
}

TEST(Incremental, AMonthReachesItsQuarterSemesterAndYearOnly) {
  PlainPlan plan;
  plan.nodes = {leaf("L", "64.01", {{"2024-01", "1"}, {"2024-05", "2"}, {"2024-11", "3"}}),
                inner("R", Aggregation::sum, {{0}})};
  plan.nodes[0].spec.accumulation = Accumulation::increments;
  Live live(plan);
  const ChangeReport report = live.set(0, "2024-05", "4");
  EXPECT_EQ(live.cells(report), (Names{"L:2024-05", "L:2024-TW2", "L:2024-S1", "L:2024", "R:2024-05", "R:2024-TW2",
                                       "R:2024-S1", "R:2024"}));
  EXPECT_EQ(live.at(1, "2024").value, 8);
  EXPECT_EQ(live.at(1, "2024-S2").value, 3);
}

TEST(Incremental, AnEqualFigureChangesNothing) {
  PlainPlan plan;
  plan.nodes = {leaf("L", "64.01", {{"2024", "7.50"}}), inner("R", Aggregation::sum, {{0}})};
  Live live(plan);
  const ChangeReport report = live.set(0, "2024", "7.5");
  EXPECT_TRUE(report.cells.empty());
  EXPECT_EQ(report.visited_nodes, 1U);
}

TEST(Incremental, WithdrawnFactLeavesAHole) {
  PlainPlan plan;
  plan.nodes = {leaf("L1", "64.01", {{"2024", "3"}}), leaf("L2", "64.02", {{"2024", "4"}}),
                inner("R", Aggregation::sum, {{0}, {1}})};
  Live live(plan);
  EXPECT_EQ(live.cells(live.withdraw(0, "2024")), (Names{"L1:2024", "R:2024"}));
  EXPECT_EQ(live.at(0, "2024").state, CellState::empty);
  EXPECT_EQ(live.at(2, "2024").value, 4);
  EXPECT_EQ(live.at(2, "2024").covered, 1U);
  const ChangeReport again = live.withdraw(0, "2024");
  EXPECT_TRUE(again.cells.empty());
  EXPECT_EQ(again.visited_nodes, 0U);
  EXPECT_EQ(live.cells(live.set(0, "2024", "3")), (Names{"L1:2024", "R:2024"}));
  EXPECT_EQ(live.at(2, "2024").value, 7);
}

// The last fact of a month goes: a full run would have no such slot, so the columns are laid out anew.
TEST(Incremental, PeriodsComeAndGo) {
  PlainPlan plan;
  plan.nodes = {leaf("L", "64.01", {{"2024", "3"}}), inner("R", Aggregation::sum, {{0}})};
  Live live(plan);
  const ChangeReport come = live.set(0, "2025-02", "5");
  EXPECT_TRUE(come.rebuilt);
  EXPECT_EQ(live.rollup.result().grid().size(), 5U);  // 2024; 2025, its first semester, first quarter, February
  EXPECT_EQ(live.at(1, "2025-02").value, 5);
  EXPECT_TRUE(live.cells(come).contains("R:2025-TW1"));
  EXPECT_FALSE(live.cells(come).contains("R:2024"));
  const ChangeReport go = live.withdraw(0, "2025-02");
  EXPECT_TRUE(go.rebuilt);
  EXPECT_EQ(live.rollup.result().grid().size(), 1U);
  EXPECT_FALSE(live.rollup.check());
}

TEST(Incremental, TheLanesPartWithTheFirstUnvalidatedFact) {
  PlainPlan plan;
  plan.nodes = {leaf("L1", "64.01", {{"2024", "3"}}), leaf("L2", "64.02", {{"2024", "4"}}),
                inner("R", Aggregation::sum, {{0}, {1}})};
  Live live(plan);
  EXPECT_FALSE(live.rollup.result().has_validated_lane());
  EXPECT_TRUE(live.set(0, "2024", "5", false).rebuilt);
  EXPECT_TRUE(live.rollup.result().has_validated_lane());
  EXPECT_EQ(live.at(2, "2024").value, 9);
  EXPECT_EQ(live.at(2, "2024", Lane::validated).value, 4);
  const ChangeReport second = live.set(1, "2024", "6", false);
  EXPECT_FALSE(second.rebuilt);
  EXPECT_EQ(live.at(2, "2024", Lane::validated).state, CellState::empty);
  live.set(0, "2024", "5");
  EXPECT_TRUE(live.set(1, "2024", "6").rebuilt);
  EXPECT_FALSE(live.rollup.result().has_validated_lane());
}

// Shared results count where their owner accepted; an arrow of support carries nothing.
TEST(Incremental, FollowsAcceptedCrosscutsOnly) {
  PlainPlan plan;
  plan.nodes = {leaf("L1", "64.01", {{"2024", "3"}}), leaf("L2", "64.02", {{"2024", "4"}}),
                inner("R", Aggregation::sum, {{0}}), inner("Q", Aggregation::sum, {{0}})};
  plan.nodes[2].shared = {{1, "0.5"}};
  plan.nodes[3].shared = {{1, "0.5"}};
  BuiltPlan built = build(plan);
  const std::size_t refused = built.model.graph.crosscut_first_edge(built.node[3]).index();
  built.model.crosscut_edges[refused].accepted = false;
  DiagnosticSink sink;
  LiveRollup live(built.model, built.targets, built.facts, {}, sink);
  Observation observation;
  observation.period = *Period::parse("2024");
  observation.number = Decimal(10);
  const ChangeReport report = live.set(built.node[1], observation);
  EXPECT_EQ(live.result().at(built.node[2], SlotId(0)).value, 8);
  EXPECT_EQ(live.result().at(built.node[3], SlotId(0)).value, 3);
  EXPECT_EQ(report.visited_nodes, 2U);  // L2 and R
}

TEST(Incremental, SweepsTheRestBeyondItsLimit) {
  PlainPlan plan;
  plan.nodes = {leaf("L1", "64.01", {{"2024", "3"}}), leaf("L2", "64.02", {{"2024", "4"}}),
                inner("S", Aggregation::sum, {{0}, {1}}), inner("R", Aggregation::sum, {{2}})};
  Live live(plan);
  live.rollup.set_sweep_limit(0);
  const ChangeReport report = live.set(0, "2024", "5");
  EXPECT_TRUE(report.swept);
  EXPECT_EQ(live.cells(report), (Names{"L1:2024", "S:2024", "R:2024"}));
  EXPECT_EQ(live.at(3, "2024").value, 9);
  EXPECT_FALSE(live.rollup.check());
}

TEST(Incremental, WatchersHearEveryChangeUntilTheyLeave) {
  PlainPlan plan;
  plan.nodes = {leaf("L", "64.01", {{"2024", "3"}}), inner("R", Aggregation::sum, {{0}})};
  Live live(plan);
  std::size_t first = 0, second = 0;
  const std::size_t handle = live.rollup.watch([&first](const ChangeReport& report) { first += report.cells.size(); });
  live.rollup.watch([&second](const ChangeReport& report) { second += report.cells.size(); });
  live.set(0, "2024", "4");
  EXPECT_EQ(first, 2U);
  live.rollup.unwatch(handle);
  live.set(0, "2024", "5");
  EXPECT_EQ(first, 2U);
  EXPECT_EQ(second, 4U);
  live.withdraw(1, "2024");  // there is none: nobody is told
  EXPECT_EQ(second, 4U);
}

TEST(Incremental, SeveralEditsAreOneChange) {
  PlainPlan plan;
  plan.nodes = {leaf("L1", "64.01", {{"2024", "3"}}), leaf("L2", "64.02", {{"2024", "4"}}),
                inner("R", Aggregation::sum, {{0}, {1}})};
  Live live(plan);
  Observation up, down;
  up.period = down.period = *Period::parse("2024");
  up.number = Decimal(5);
  down.number = Decimal(2);
  const std::vector<LiveRollup::Edit> edits{{live.built.node[0], up, up.period}, {live.built.node[1], down, up.period}};
  // 3 + 4 = 5 + 2: both leaves differ, the sum does not.
  EXPECT_EQ(live.cells(live.rollup.apply(edits)), (Names{"L1:2024", "L2:2024"}));
  EXPECT_EQ(live.at(2, "2024").value, 7);
}

TEST(Incremental, APlanWithoutFigures) {
  PlainPlan plan;
  plan.nodes = {leaf("L", "64.01", {}), inner("R", Aggregation::sum, {{0}})};
  Live live(plan);
  EXPECT_EQ(live.rollup.result().grid().size(), 0U);
  EXPECT_FALSE(live.rollup.check());
  EXPECT_TRUE(live.set(0, "2024", "4").rebuilt);
  EXPECT_EQ(live.at(1, "2024").value, 4);
}

}  // namespace incremental_test
}  // namespace jenjang::testing
