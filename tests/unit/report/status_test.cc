// What a result row says about months: those of one unit, or unit-months of several.
#include <gtest/gtest.h>

#include "jenjang/report/report.h"

#include "engine/explain/figures.h"
#include "tests/support/plain_plan.h"

namespace jenjang {
namespace status_test {

using testing::PlainNode;
using testing::PlainPlan;

PlainNode monthly(std::string code, std::string unit, std::initializer_list<const char*> reported) {
  PlainNode node;
  node.code = std::move(code);
  node.unit = std::move(unit);
  node.spec.accumulation = Accumulation::increments;
  node.spec.frequency = Granularity::month;
  for (const char* period : reported) node.facts.push_back({period, "10"});
  return node;
}

std::string state_of(const PlainPlan& plain, const std::string& address) {
  const testing::BuiltPlan built = testing::build(plain);
  DiagnosticSink sink;
  const RollupResult result = run_rollup(built.model, built.targets, built.facts, {}, sink);
  for (const ResultRow& row : result_rows({built.model, built.targets, built.facts, result}, {}, false)) {
    if (row.address == address) return row.state;
  }
  return "no row " + address;
}

TEST(Status, MonthsOfSeveralUnitsAreUnitMonths) {
  PlainPlan plain;
  plain.nodes = {monthly("TON", "64.01", {"2024-01", "2024-02", "2024-03"}),
                 monthly("TON", "64.02", {"2024-01", "2024-02", "2024-03"}), monthly("TON", "64", {})};
  plain.nodes[2].spec.aggregation = Aggregation::sum;
  plain.nodes[2].ties = {{0}, {1}};
  EXPECT_EQ(state_of(plain, "TON@64.01:2024"), "sebagian (3 dari 12 bulan)");
  EXPECT_EQ(state_of(plain, "TON@64.01:2024-S1"), "sebagian (3 dari 6 bulan)");
  EXPECT_EQ(state_of(plain, "TON@64:2024"), "sebagian (6 dari 24 bulan-unit)");
  // 2 x 6 months: as many as a year has, and of two units all the same.
  EXPECT_EQ(state_of(plain, "TON@64:2024-S1"), "sebagian (6 dari 12 bulan-unit)");
  // Only one of the two reports: the months are its own, but the cell is of both.
  plain.nodes[1].facts.clear();
  EXPECT_EQ(state_of(plain, "TON@64:2024"), "sebagian (3 dari 12 bulan-unit)");
}

TEST(Status, BothSidesOfARatioCountTheirMonths) {
  PlainPlan plain;
  plain.nodes = {monthly("N", "64", {"2024-01", "2024-02", "2024-03"}),
                 monthly("D", "64", {"2024-01", "2024-02", "2024-03"}), monthly("R", "64", {})};
  plain.nodes[2].spec.aggregation = Aggregation::ratio;
  plain.nodes[2].ties = {{0, "1", Carry::value, EdgeRole::numerator}, {1, "1", Carry::value, EdgeRole::denominator}};
  // One unit, 3 + 3 months of 6 + 6 in half a year.
  EXPECT_EQ(state_of(plain, "R@64:2024-S1"), "sebagian (6 dari 12 bulan-unit)");
}

TEST(Status, MonthsInBothLanguages) {
  ResultCell cell;
  cell.state = CellState::value;
  cell.covered = 2;
  cell.expected = 2;
  cell.covered_months = 6;
  cell.expected_months = 12;
  const Period half = *Period::parse("2024-S1");
  EXPECT_EQ(months_text(cell, half, Language::indonesian), "6 dari 12 bulan-unit");
  EXPECT_EQ(months_text(cell, half, Language::english), "6 of 12 unit-months");
  cell.covered = cell.expected = 1;
  EXPECT_EQ(months_text(cell, half, Language::english), "6 of 12 unit-months");
  EXPECT_EQ(months_text(cell, Period::year(2024), Language::english), "6 of 12 months");
  EXPECT_EQ(state_text(cell, {}, Period::year(2024)), "sebagian (6 dari 12 bulan)");
}

}  // namespace status_test
}  // namespace jenjang
