// PeriodGrid and TargetTable.
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "jenjang/graph/period_grid.h"
#include "jenjang/graph/target_table.h"

namespace jenjang {
namespace tables_test {

std::vector<std::string> texts(const PeriodGrid& grid) {
  std::vector<std::string> out;
  for (const Period p : grid.periods()) out.push_back(p.to_string());
  return out;
}

TEST(PeriodGrid, ClosesUpwardAndSorts) {
  const PeriodGrid grid({*Period::parse("2025-05"), *Period::parse("2024"), *Period::parse("2025-05"), Period()});
  EXPECT_EQ(texts(grid), (std::vector<std::string>{"2024", "2025", "2025-S1", "2025-TW2", "2025-05"}));
  EXPECT_EQ(grid.find(*Period::parse("2025-S1")), SlotId(2));
  EXPECT_EQ(grid[SlotId(4)], *Period::parse("2025-05"));
  EXPECT_FALSE(grid.find(*Period::parse("2025-06")));
  EXPECT_FALSE(grid.find(*Period::parse("2026")));
  EXPECT_FALSE(PeriodGrid().find(*Period::parse("2024")));
}

TEST(PeriodGrid, HoldsEveryPeriodThatContainsAGivenOne) {
  std::mt19937 random(31);
  // Every period of three years: the universe to search by brute force.
  std::vector<Period> universe;
  for (int year = 2023; year <= 2025; ++year) {
    for (const Granularity g : {Granularity::year, Granularity::semester, Granularity::quarter, Granularity::month}) {
      for (int i = 1; i <= periods_per_year(g); ++i) universe.push_back(Period(year, g, i));
    }
  }
  for (int round = 0; round < 300; ++round) {
    std::vector<Period> given;
    for (std::size_t k = random() % 6; k > 0; --k) given.push_back(universe[random() % universe.size()]);
    std::set<Period> expected;
    for (const Period p : universe) {
      for (const Period g : given) {
        if (p.contains(g)) expected.insert(p);
      }
    }
    const PeriodGrid grid(given);
    ASSERT_EQ(std::vector<Period>(grid.periods().begin(), grid.periods().end()),
              std::vector<Period>(expected.begin(), expected.end()));
    for (const Period p : universe) ASSERT_EQ(grid.find(p).has_value(), expected.contains(p));
  }
}

TargetCell cell(std::uint32_t node, const char* period, std::int64_t target) {
  TargetCell c;
  c.node = NodeId(node);
  c.period = *Period::parse(period);
  c.target = Decimal(target);
  return c;
}

TEST(TargetTable, FindsCellsAfterSorting) {
  TargetTable table;
  table.cells = {cell(5, "2025", 1), cell(2, "2026", 2), cell(5, "2024-TW1", 3), cell(5, "2024", 4),
                 cell(2, "2024", 5)};
  table.residuals.push_back({FamilyId(1), Period::year(2024), Rational(1), Rational(1), true});
  table.residuals.push_back({FamilyId(0), Period::year(2025), Rational(2), Rational(1), false});
  table.residuals.push_back({FamilyId(0), Period::year(2024), Rational(3), Rational(3), true});
  table.sort();
  const auto at = [&](std::uint32_t node, const char* period) -> std::string {
    const TargetCell* c = table.find(NodeId(node), *Period::parse(period));
    return c == nullptr ? "-" : c->target.to_string();
  };
  EXPECT_EQ(at(2, "2024"), "5");
  EXPECT_EQ(at(2, "2026"), "2");
  EXPECT_EQ(at(5, "2024"), "4");
  EXPECT_EQ(at(5, "2024-TW1"), "3");
  EXPECT_EQ(at(5, "2025"), "1");
  EXPECT_EQ(at(2, "2025"), "-");
  EXPECT_EQ(at(3, "2024"), "-");
  EXPECT_EQ(at(9, "2024"), "-");
  ASSERT_EQ(table.of(NodeId(5)).size(), 3U);
  EXPECT_EQ(table.of(NodeId(5))[0].period, Period::year(2024));
  EXPECT_TRUE(table.of(NodeId(3)).empty());
  EXPECT_EQ(table.residuals[0].parent, Rational(3));
  EXPECT_EQ(table.residuals[1].parent, Rational(2));
  EXPECT_EQ(table.residuals[2].family, FamilyId(1));
}

TEST(TargetTable, EmptyTableHasNothing) {
  const TargetTable table;
  EXPECT_EQ(table.find(NodeId(0), Period::year(2024)), nullptr);
  EXPECT_TRUE(table.of(NodeId(0)).empty());
}

}  // namespace tables_test
}  // namespace jenjang
