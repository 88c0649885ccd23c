// Districts x programmes, through run_cascade.
#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace twoway_families_test {

using testing::dec;
using testing::ModelFixture;
using testing::rule;

const Period kYear = Period::year(2026);

MeasureSpec sum_of(Granularity frequency = Granularity::year) {
  MeasureSpec spec;
  spec.accumulation = Accumulation::increments;
  spec.aggregation = Aggregation::sum;
  spec.frequency = frequency;
  return spec;
}

// Districts 64.1.. as rows of TOTAL, which its own ladder divides or which states its targets itself; programmes
// P1.. at the province as columns.
struct Grid {
  ModelFixture fixture;
  std::vector<VertexId> programmes, districts;
  std::vector<std::vector<VertexId>> cells;  // by programme
  VertexId total;

  Grid(std::size_t rows, std::size_t columns, const std::vector<std::vector<int>>& drivers, bool own_ladder = false,
       Granularity frequency = Granularity::year) {
    const UnitId province = fixture.unit("64");
    std::vector<UnitId> units;
    for (std::size_t i = 0; i < rows; ++i) {
      units.push_back(fixture.unit("64." + std::to_string(i + 1)));
    }
    const ItemId total_item = fixture.item("TOTAL", sum_of(frequency));
    total = fixture.node(total_item, province);
    for (const UnitId unit : units) {
      districts.push_back(fixture.node(total_item, unit));
      fixture.formula(total, districts.back());
    }
    std::vector<std::size_t> places;
    std::vector<ModelFixture::FamilySpec> families;
    for (std::size_t j = 0; j < columns; ++j) {
      const ItemId item = fixture.item("P" + std::to_string(j + 1), sum_of(frequency));
      programmes.push_back(fixture.node(item, province));
      ModelFixture::FamilySpec family;
      family.parent = programmes.back();
      family.rule = rule("dua-arah");
      family.rule.margin = "TOTAL";
      family.rule.driver = "penduduk";
      for (std::size_t i = 0; i < rows; ++i) {
        family.children.push_back(fixture.node(item, units[i]));
        fixture.formula(programmes.back(), family.children.back());
        family.drivers.emplace_back(drivers[j][i]);
      }
      cells.push_back(family.children);
      places.push_back(j);
      fixture.family(std::move(family));
    }
    fixture.cross_family(places, districts);
    if (own_ladder) {  // declared after the columns: the order of solving must turn it round
      ModelFixture::FamilySpec ladder;
      ladder.parent = total;
      ladder.children = districts;
      ladder.rule = rule("rata");
      fixture.family(std::move(ladder));
    }
  }
  void state(const std::vector<VertexId>& nodes, const std::vector<std::string>& targets) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (!targets[i].empty()) {
        fixture.state(nodes[i], kYear, Target::parse(targets[i]).value());
      }
    }
  }

  struct Outcome {
    std::string cells;  // rows of programmes
    std::vector<Diagnostic> findings;
    TargetTable table;
  };
  Outcome run() {
    const Model& model = fixture.build();
    DiagnosticSink sink;
    Outcome outcome;
    outcome.table = run_cascade(model, sink);
    outcome.findings = sink.all();
    for (std::size_t i = 0; i < districts.size(); ++i) {
      for (std::size_t j = 0; j < programmes.size(); ++j) {
        const TargetCell* cell = outcome.table.find(fixture.at(cells[j][i]), kYear);
        outcome.cells += (j == 0 ? "" : " ") + (cell == nullptr ? "-" : cell->target.to_string());
      }
      outcome.cells += "\n";
    }
    return outcome;
  }
};

std::string argument(const Diagnostic& finding, std::string_view name) {
  for (const auto& arg : finding.args) {
    if (arg.name == name) {
      return arg.value;
    }
  }
  return "?";
}

TEST(CrossFamilies, BothMarginsHold) {
  // Equal drivers: row x column / 20: 10 x 8 / 20 = 4, 6 | 4 x .. = 1.6, 2.4 | 6: 2.4, 3.6. The first row is whole;
  // below, 2 of column 1 go to 1.6 -> 2 and 2.4 -> 2 (0.32 against 1.0 for 1 and 3).
  Grid grid(3, 2, {{1, 1, 1}, {1, 1, 1}});
  grid.state(grid.districts, {"10", "4", "6"});
  grid.state(grid.programmes, {"8", "12"});
  const auto outcome = grid.run();
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.cells, "4 6\n2 2\n2 4\n");
  ASSERT_EQ(outcome.table.residuals.size(), 2U);
  EXPECT_EQ(outcome.table.residuals[1].parent, Rational(12));
  EXPECT_TRUE(outcome.table.residuals[1].holds);
  const TargetCell* cell = outcome.table.find(grid.fixture.at(grid.cells[0][1]), kYear);
  EXPECT_EQ(cell->origin, TargetOrigin::cascaded);
  EXPECT_EQ(cell->family, FamilyId(0));
  // 4 x 8 / 20 before rounding, to the billionth.
  EXPECT_EQ(outcome.table.exact[cell->exact], Rational(8, 5));
}
TEST(CrossFamilies, TheDriverIsTheSeed) {
  // Seed 9 1 / 1 9 with margins 10 10 / 10 10 stays as it is.
  Grid grid(2, 2, {{9, 1}, {1, 9}});
  grid.state(grid.districts, {"10", "10"});
  grid.state(grid.programmes, {"10", "10"});
  EXPECT_EQ(grid.run().cells, "9 1\n1 9\n");
}
TEST(CrossFamilies, RowsMayComeFromTheirOwnLadder) {
  // 21 in three equal parts, 7 each; 12 and 9 equally: 4 and 3 in every district.
  Grid grid(3, 2, {{1, 1, 1}, {1, 1, 1}}, true);
  grid.state({grid.total}, {"21"});
  grid.state(grid.programmes, {"12", "9"});
  EXPECT_EQ(grid.run().cells, "4 3\n4 3\n4 3\n");
}
TEST(CrossFamilies, HeldCellsLeaveBothMargins) {
  // 9 held of row 1 (10): 1 for programme 2; programme 1 (12) leaves 3 to row 2, which gives 7 to programme 2.
  Grid grid(2, 2, {{1, 1}, {1, 1}});
  grid.state(grid.districts, {"10", "10"});
  grid.state(grid.programmes, {"12", "8"});
  grid.fixture.state(grid.cells[0][0], kYear, dec("9"), true);
  const auto outcome = grid.run();
  EXPECT_EQ(outcome.cells, "9 1\n3 7\n");
  EXPECT_EQ(outcome.table.find(grid.fixture.at(grid.cells[0][0]), kYear)->origin, TargetOrigin::hold);
}
TEST(CrossFamilies, LimitsOfCellsAreKept) {
  // 10 10 / 10 10 equally is 5 5 / 5 5; at most 3 in the first cell gives 3 7 / 7 3.
  Grid grid(2, 2, {{1, 1}, {1, 1}});
  grid.state(grid.districts, {"10", "10"});
  grid.state(grid.programmes, {"10", "10"});
  grid.fixture.bound(grid.cells[0][0], kYear, std::nullopt, dec("3"));
  const auto outcome = grid.run();
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.cells, "3 7\n7 3\n");
}
TEST(CrossFamilies, WithoutRowTargetsColumnsAreDividedAlone) {
  Grid grid(2, 2, {{1, 3}, {1, 1}});
  grid.state(grid.programmes, {"12", "8"});
  const auto outcome = grid.run();
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.cells, "3 4\n9 4\n");
}
TEST(CrossFamilies, MarginsThatDifferAreNamedWithTheDifference) {
  Grid grid(2, 2, {{1, 1}, {1, 1}});
  grid.state(grid.districts, {"10", "10"});
  grid.state(grid.programmes, {"12", "9"});
  const auto outcome = grid.run();
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Diagnostic& finding = outcome.findings[0];
  EXPECT_EQ(finding.code, Code::J1625);
  EXPECT_EQ(argument(finding, "jumlah_baris"), "20");
  EXPECT_EQ(argument(finding, "jumlah_kolom"), "21");
  EXPECT_EQ(argument(finding, "selisih"), "1");
  EXPECT_EQ(finding.related.size(), 4U);
  EXPECT_EQ(outcome.cells, "- -\n- -\n");
}
TEST(CrossFamilies, UnreachableMarginsAreNamedByRowsAndColumns) {
  // District 1 only works in programme 1, which offers 6 where it needs 10.
  Grid grid(2, 2, {{1, 1}, {0, 1}});
  grid.state(grid.districts, {"10", "10"});
  grid.state(grid.programmes, {"6", "14"});
  const auto outcome = grid.run();
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Diagnostic& finding = outcome.findings[0];
  EXPECT_EQ(finding.code, Code::J1626);
  EXPECT_EQ(argument(finding, "baris"), "TOTAL@64.1");
  EXPECT_EQ(argument(finding, "kolom"), "P1@64");
  EXPECT_EQ(argument(finding, "perlu"), "10");
  EXPECT_EQ(argument(finding, "tersedia"), "6");
}
TEST(CrossFamilies, HoldsBeyondARowAreAHoldConflict) {
  Grid grid(2, 2, {{1, 1}, {1, 1}});
  grid.state(grid.districts, {"10", "10"});
  grid.state(grid.programmes, {"12", "8"});
  grid.fixture.state(grid.cells[0][0], kYear, dec("9"), true);
  grid.fixture.state(grid.cells[1][0], kYear, dec("3"), true);
  const auto outcome = grid.run();
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1608);
  EXPECT_EQ(argument(outcome.findings[0], "induk"), "TOTAL@64.1:2026");
  EXPECT_EQ(argument(outcome.findings[0], "selisih"), "2");
}
TEST(CrossFamilies, EveryMarginNeedsANumber) {
  Grid grid(2, 2, {{1, 1}, {1, 1}});
  grid.state(grid.districts, {"10", ""});
  grid.state(grid.programmes, {"12", "8..9"});
  const auto outcome = grid.run();
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1627);
  EXPECT_NE(argument(outcome.findings[0], "kurang").find("TOTAL@64.2"), std::string::npos);
  EXPECT_NE(argument(outcome.findings[0], "kurang").find("P2@64"), std::string::npos);
}
TEST(CrossFamilies, TooManyStepsAreRefused) {
  Grid grid(1, 1, {{1}});
  grid.state(grid.districts, {"9000000000000000.5"});
  grid.state(grid.programmes, {"9000000000000000.5"});
  const auto outcome = grid.run();
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1628);
}
TEST(CrossFamilies, MonthsOfRowsAreTheSumsOfTheirCells) {
  // Both programmes are cut in quarters with their cells; the districts take theirs from the cells, the province from
  // the districts.
  Grid grid(2, 2, {{1, 1}, {1, 1}}, true, Granularity::quarter);
  grid.state({grid.total}, {"22"});
  grid.state(grid.programmes, {"9", "13"});
  const auto outcome = grid.run();
  EXPECT_TRUE(outcome.findings.empty());
  const auto at = [&](VertexId node, Period period) {
    const TargetCell* cell = outcome.table.find(grid.fixture.at(node), period);
    return cell == nullptr ? Rational(-1000) : Rational(*cell->target.number());
  };
  for (const Period quarter : kYear.split(Granularity::quarter)) {
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(at(grid.districts[i], quarter), at(grid.cells[0][i], quarter) + at(grid.cells[1][i], quarter));
    }
    for (std::size_t j = 0; j < 2; ++j) {
      EXPECT_EQ(at(grid.programmes[j], quarter), at(grid.cells[j][0], quarter) + at(grid.cells[j][1], quarter));
    }
    EXPECT_EQ(at(grid.total, quarter), at(grid.districts[0], quarter) + at(grid.districts[1], quarter));
  }
}

}  // namespace twoway_families_test
}  // namespace jenjang
