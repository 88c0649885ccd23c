// Targets by person. Every expected figure is reckoned by hand in a comment.
#include "jenjang/cascade/staff_shares.h"

#include <gtest/gtest.h>

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace staff_shares_test {

using testing::dec;
using testing::ModelFixture;

Date day(std::string_view iso) {
  return Date::parse(iso).value();
}
Holding held(UnitId position, std::string person, std::string_view from, std::string_view until = "") {
  Holding holding;
  holding.position = position;
  holding.person = std::move(person);
  holding.from = day(from);
  if (!until.empty()) {
    holding.until = day(until);
  }
  holding.span = {FileId(0), 500, 1, 4};
  return holding;
}
Period month(int year, int index) {
  return Period(year, Granularity::month, index);
}

// One measure at one position (or two), with cells set by hand.
class StaffShares : public ::testing::Test {
protected:
  NodeId measure(Accumulation accumulation, Granularity frequency, std::string_view step = "1") {
    MeasureSpec spec;
    spec.accumulation = accumulation;
    spec.frequency = frequency;
    spec.step = dec(step);
    fixture_.unit("64");
    position_ = fixture_.unit("64/dlh");
    item_ = fixture_.item("IND", spec);
    vertex_ = fixture_.node(item_, position_);
    fixture_.build();
    return fixture_.at(vertex_);
  }
  void cell(NodeId node, Period period, Target target) {
    TargetCell cell;
    cell.node = node;
    cell.period = period;
    cell.target = std::move(target);
    table_.cells.push_back(std::move(cell));
  }
  StaffTargets run(std::vector<Holding> holdings, TransferRule rule = TransferRule::longest) {
    fixture_.model().holdings = std::move(holdings);
    fixture_.model().transfer_rule = rule;
    table_.sort();
    return staff_shares(fixture_.model(), table_, sink_);
  }
  // "person=target" of the rows of one period, in their order.
  static std::string rows_of(const StaffTargets& shares, Period period) {
    std::string text;
    for (const StaffShare& row : shares.rows) {
      if (row.period == period) {
        text += (text.empty() ? "" : " ") + std::string(row.person.empty() ? "-" : row.person) + "=" +
                row.target.to_string();
      }
    }
    return text;
  }

  ModelFixture fixture_;
  UnitId position_;
  ItemId item_;
  VertexId vertex_;
  TargetTable table_;
  DiagnosticSink sink_;
};

TEST_F(StaffShares, MonthsGoToWhoHoldsThem) {
  const NodeId node = measure(Accumulation::increments, Granularity::month);
  cell(node, Period::year(2026), dec("78"));
  for (int m = 1; m <= 12; ++m) {
    cell(node, month(2026, m), Decimal(m));
  }
  const StaffTargets shares =
      run({held(position_, "A", "2025-06-01", "2026-03-31"), held(position_, "B", "2026-05-01")});
  // A 1 + 2 + 3, nobody 4, B 5 + .. + 12 = 68.
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=6 B=68 -=4");
  EXPECT_EQ(rows_of(shares, month(2026, 3)), "A=3");
  EXPECT_EQ(rows_of(shares, month(2026, 4)), "-=4");
  EXPECT_EQ(rows_of(shares, month(2026, 5)), "B=5");
  EXPECT_EQ(shares.rows.size(), 3U + 12U);
  EXPECT_EQ(shares.rows.front().months, 3);
  EXPECT_EQ(shares.rows.front().days, 90);  // 31 + 28 + 31
  EXPECT_EQ(shares.rows.front().origin, StaffOrigin::summed);
  EXPECT_TRUE(shares.totals.empty());
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1655);
  EXPECT_NE(message_text(sink_.all()[0], Language::english).find("nobody holds it in 2026-04"), std::string::npos);
  EXPECT_NE(message_text(sink_.all()[0], Language::english).find("IND 4"), std::string::npos);
}

TEST_F(StaffShares, AYearWithoutMonthsGoesByMonthsServed) {
  const NodeId node = measure(Accumulation::increments, Granularity::year);
  cell(node, Period::year(2026), dec("100"));
  const StaffTargets shares =
      run({held(position_, "A", "2026-01-01", "2026-05-31"), held(position_, "B", "2026-06-01", "2026-09-30")});
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=42 B=33 -=25");  // see DivideByService
  EXPECT_EQ(shares.rows[0].origin, StaffOrigin::months);
  EXPECT_EQ(shares.rows[1].months, 4);
}

TEST_F(StaffShares, DailyDividesByDaysOfALeapYear) {
  const NodeId node = measure(Accumulation::increments, Granularity::year);
  cell(node, Period::year(2024), dec("366"));
  cell(node, Period::year(2023), dec("365"));
  // 2024: 31 + 29 = 60 days; 2023: nobody in January (31 days), A the rest.
  const StaffTargets shares =
      run({held(position_, "A", "2023-02-01", "2024-02-29"), held(position_, "B", "2024-03-01")}, TransferRule::daily);
  EXPECT_EQ(rows_of(shares, Period::year(2024)), "A=60 B=306");
  EXPECT_EQ(rows_of(shares, Period::year(2023)), "A=334 -=31");
}

TEST_F(StaffShares, DailyDividesAMonth) {
  const NodeId node = measure(Accumulation::increments, Granularity::month);
  cell(node, month(2026, 4), dec("11"));
  // 15 of 30 days each: 5.5 and 5.5, the step left to the earlier.
  const StaffTargets shares =
      run({held(position_, "A", "2026-01-01", "2026-04-15"), held(position_, "B", "2026-04-16")}, TransferRule::daily);
  EXPECT_EQ(rows_of(shares, month(2026, 4)), "A=6 B=5");
  EXPECT_EQ(shares.rows[0].origin, StaffOrigin::days);
}

TEST_F(StaffShares, ARunningTotalIsDividedByItsRises) {
  const NodeId node = measure(Accumulation::cumulative, Granularity::quarter);
  cell(node, Period::year(2026), dec("40"));
  for (int q = 1; q <= 4; ++q) {
    cell(node, Period(2026, Granularity::quarter, q), Decimal(10 * q));
  }
  // A January to April: the first rise of 10, and 10 x 1/3 = 3 1/3 of the second: 3 (6 2/3 of B takes the step).
  const StaffTargets shares =
      run({held(position_, "A", "2026-01-01", "2026-04-30"), held(position_, "B", "2026-05-01")});
  EXPECT_EQ(rows_of(shares, Period(2026, Granularity::quarter, 2)), "A=3 B=7");
  EXPECT_EQ(rows_of(shares, Period(2026, Granularity::quarter, 3)), "B=10");
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=13 B=27");
}

TEST_F(StaffShares, PartsThatDoNotAddUpLeaveTheYearToServiceMonths) {
  const NodeId node = measure(Accumulation::increments, Granularity::semester);
  cell(node, Period::year(2026), dec("24"));
  cell(node, Period(2026, Granularity::semester, 1), dec("10"));
  cell(node, Period(2026, Granularity::semester, 2), dec("10"));
  const StaffTargets shares =
      run({held(position_, "A", "2026-01-01", "2026-03-31"), held(position_, "B", "2026-04-01")});
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=6 B=18");
  EXPECT_EQ(rows_of(shares, Period(2026, Granularity::semester, 1)), "A=5 B=5");
}

TEST_F(StaffShares, AFigureIsTheSameForEverybodyWhoHeldThePosition) {
  const NodeId node = measure(Accumulation::position, Granularity::semester);
  cell(node, Period::year(2026), dec("90.5"));
  cell(node, Period(2026, Granularity::semester, 1), TargetGrade{"Baik"});
  const StaffTargets shares =
      run({held(position_, "A", "2026-01-01", "2026-03-31"), held(position_, "B", "2026-04-01", "2026-11-30")});
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=90.5 B=90.5 -=90.5");
  EXPECT_EQ(rows_of(shares, Period(2026, Granularity::semester, 1)), "A=Baik B=Baik");
  EXPECT_EQ(shares.rows.front().origin, StaffOrigin::figure);
}

TEST_F(StaffShares, WholeTargetKeepsItsOwnDigits) {
  const NodeId node = measure(Accumulation::increments, Granularity::year, "0.01");
  cell(node, Period::year(2026), dec("12.50"));
  const StaffTargets shares = run({held(position_, "A", "2020-01-01")});
  ASSERT_EQ(shares.rows.size(), 1U);
  EXPECT_EQ(shares.rows[0].target.to_string(), "12.50");
  EXPECT_EQ(shares.rows[0].origin, StaffOrigin::whole);
  EXPECT_EQ(shares.rows[0].months, 12);
  EXPECT_TRUE(sink_.all().empty());
}

TEST_F(StaffShares, YearsOutsideTheRosterHaveNoRows) {
  const NodeId node = measure(Accumulation::increments, Granularity::year);
  for (const int year : {2024, 2025, 2026, 2027}) {
    cell(node, Period::year(year), dec("12"));
  }
  const StaffTargets shares = run({held(position_, "A", "2025-01-01", "2026-12-31")});
  EXPECT_EQ(rows_of(shares, Period::year(2024)), "");
  EXPECT_EQ(rows_of(shares, Period::year(2025)), "A=12");
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=12");
  EXPECT_EQ(rows_of(shares, Period::year(2027)), "");
  EXPECT_TRUE(sink_.all().empty());
}

TEST_F(StaffShares, APositionNobodyHeldIsReportedAndOneWithoutTargetIsNot) {
  MeasureSpec spec;
  spec.accumulation = Accumulation::increments;
  fixture_.unit("64");
  const UnitId held_unit = fixture_.unit("64/a"), vacant = fixture_.unit("64/b"), idle = fixture_.unit("64/c");
  const UnitId office = fixture_.unit("64/dlh");
  const ItemId item = fixture_.item("IND", spec);
  std::vector<VertexId> vertices;
  for (const UnitId unit : {held_unit, vacant, idle, office}) {
    vertices.push_back(fixture_.node(item, unit));
  }
  fixture_.build();
  fixture_.model().units.edit(vacant).kind = "jabatan";
  fixture_.model().units.edit(idle).kind = "jabatan";
  for (const std::size_t v : {0U, 1U, 3U}) {
    cell(fixture_.at(vertices[v]), Period::year(2026), dec("9"));
  }
  const StaffTargets shares = run({held(held_unit, "A", "2026-01-01")});
  EXPECT_EQ(rows_of(shares, Period::year(2026)), "A=9 -=9");  // the office is no position
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].primary, fixture_.model().units[vacant].span);
  DiagnosticSink none;
  fixture_.model().holdings.clear();
  EXPECT_TRUE(staff_shares(fixture_.model(), table_, none).rows.empty());
  EXPECT_TRUE(none.all().empty());
}

TEST_F(StaffShares, TwoPositionsOfOnePersonHaveATotalOfDividedTargets) {
  MeasureSpec sum, level;
  sum.accumulation = Accumulation::increments;
  sum.step = dec("1");
  level.accumulation = Accumulation::position;
  fixture_.unit("64");
  const UnitId a = fixture_.unit("64/a"), b = fixture_.unit("64/b");
  const ItemId counted = fixture_.item("HITUNG", sum), rated = fixture_.item("NILAI", level);
  std::vector<VertexId> vertices;
  for (const UnitId unit : {a, b}) {
    vertices.push_back(fixture_.node(counted, unit));
    vertices.push_back(fixture_.node(rated, unit));
  }
  fixture_.build();
  cell(fixture_.at(vertices[0]), Period::year(2026), dec("12"));
  cell(fixture_.at(vertices[1]), Period::year(2026), dec("80"));
  cell(fixture_.at(vertices[2]), Period::year(2026), dec("24"));
  cell(fixture_.at(vertices[3]), Period::year(2026), dec("90"));
  // A holds a all year and b from October: 12 + 24 x 3/12 = 18.
  const StaffTargets shares =
      run({held(a, "A", "2026-01-01"), held(b, "B", "2026-01-01", "2026-09-30"), held(b, "A", "2026-10-01")});
  ASSERT_EQ(shares.totals.size(), 1U);
  EXPECT_EQ(shares.totals[0].person, "A");
  EXPECT_EQ(shares.totals[0].item, counted);
  EXPECT_FALSE(shares.totals[0].position.valid());
  EXPECT_EQ(shares.totals[0].target.to_string(), "18");
  EXPECT_EQ(shares.rows.size(), 6U);
  EXPECT_TRUE(sink_.all().empty());
}

}  // namespace staff_shares_test
}  // namespace jenjang
