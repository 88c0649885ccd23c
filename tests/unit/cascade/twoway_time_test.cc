// Units x time, through run_cascade: parts of the year add up over units and over the year.
#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace twoway_time_test {

using testing::dec;
using testing::ModelFixture;

const Period kYear = Period::year(2026);
using Row = std::vector<std::string>;

// One parent with stated children, all of them sums.
struct Office {
  ModelFixture fixture;
  Accumulation accumulation = Accumulation::increments;
  Granularity frequency = Granularity::quarter;
  VertexId head;
  std::vector<VertexId> staff;

  struct Member {
    std::string target;
    std::vector<std::string> profile;
  };
  Office(const Member& top, const std::vector<Member>& members, Accumulation kind = Accumulation::increments)
      : accumulation(kind) {
    head = add("HEAD", "64", top);
    for (std::size_t i = 0; i < members.size(); ++i) {
      staff.push_back(add("S" + std::to_string(i + 1), "64/" + std::to_string(i + 1), members[i]));
      fixture.formula(head, staff.back());
    }
  }
  VertexId add(const std::string& code, const std::string& unit, const Member& member) {
    MeasureSpec spec;
    spec.accumulation = accumulation;
    spec.aggregation = Aggregation::sum;
    spec.frequency = frequency;
    for (const std::string& weight : member.profile) {
      spec.profile.push_back(dec(weight));
    }
    const VertexId node = fixture.node(fixture.item(code, spec), fixture.unit(unit));
    if (!member.target.empty()) {
      fixture.state(node, kYear, dec(member.target));
    }
    return node;
  }
  void state(VertexId node, std::string_view period, std::string_view target) {
    fixture.state(node, Period::parse(period).value(), dec(target));
  }

  struct Outcome {
    Row head;
    std::vector<Row> staff;
    std::vector<Diagnostic> findings;
    TargetTable table;
  };
  Outcome run() {
    const Model& model = fixture.build();
    DiagnosticSink sink;
    Outcome outcome;
    outcome.table = run_cascade(model, sink);
    outcome.findings = sink.all();
    const auto row = [&](VertexId node) {
      Row figures;
      for (const Period period : kYear.split(frequency)) {
        const TargetCell* cell = outcome.table.find(fixture.at(node), period);
        figures.push_back(cell == nullptr ? "-" : cell->target.to_string());
      }
      return figures;
    };
    outcome.head = row(head);
    for (const VertexId member : staff) {
      outcome.staff.push_back(row(member));
    }
    return outcome;
  }
};

TEST(UnitsByTime, TheParentKeepsItsOwnProfile) {
  // 10 by cumulative rounding: 2.5 -> 3, 5, 7.5 -> 8, 10: 3 2 3 2. Two of 5 have 1.5 1 1.5 1 each: the halves of the
  // first quarter go up for one and of the third for the other.
  const auto outcome = Office({"10", {}}, {{"5", {}}, {"5", {}}}).run();
  EXPECT_EQ(outcome.head, (Row{"3", "2", "3", "2"}));
  EXPECT_EQ(outcome.staff[0], (Row{"2", "1", "1", "1"}));
  EXPECT_EQ(outcome.staff[1], (Row{"1", "1", "2", "1"}));
  EXPECT_EQ(outcome.table.find(NodeId(0), Period::parse("2026-TW1").value())->origin, TargetOrigin::time_split);
}
TEST(UnitsByTime, OneYearBelowEveryFamilyMember) {
  // Four staff with one each: the head has 1 1 1 1, so each has a quarter of his own.
  const auto outcome = Office({"4", {}}, {{"1", {}}, {"1", {}}, {"1", {}}, {"1", {}}}).run();
  EXPECT_EQ(outcome.head, (Row{"1", "1", "1", "1"}));
  EXPECT_EQ(outcome.staff,
            (std::vector<Row>{{"1", "0", "0", "0"}, {"0", "1", "0", "0"}, {"0", "0", "1", "0"}, {"0", "0", "0", "1"}}));
}
TEST(UnitsByTime, ProfilesOfTheirOwnAreTheSeed) {
  // Head 20 equally: 5 each. S1 works in the first half only, S2 all year; both have 10. S1 5 5 0 0 takes all of the
  // first two quarters, so S2 has 0 0 5 5.
  const auto outcome = Office({"20", {}}, {{"10", {"1", "1", "0", "0"}}, {"10", {}}}).run();
  EXPECT_EQ(outcome.head, (Row{"5", "5", "5", "5"}));
  EXPECT_EQ(outcome.staff[0], (Row{"5", "5", "0", "0"}));
  EXPECT_EQ(outcome.staff[1], (Row{"0", "0", "5", "5"}));
}
TEST(UnitsByTime, PartsStatedForTheParentBindTheChildren) {
  // First quarter 8 of 20: two staff of 10 get 4 each, and 12 over three quarters is 4 each, 2 for each of them.
  Office office({"20", {}}, {{"10", {}}, {"10", {}}});
  office.state(office.head, "2026-TW1", "8");
  const auto outcome = office.run();
  EXPECT_EQ(outcome.head, (Row{"8", "4", "4", "4"}));
  EXPECT_EQ(outcome.staff[0], (Row{"4", "2", "2", "2"}));
  EXPECT_EQ(outcome.staff[1], (Row{"4", "2", "2", "2"}));
}
TEST(UnitsByTime, PartsStatedForAChildAreHolds) {
  // Head 5 5 5 5. S1 has stated 4 for the first quarter: 6 left; S2 has 1 there and 9 left. Of 15 over three quarters 6
  // go to S1: 2 each, and S2 3 each.
  Office office({"20", {}}, {{"10", {}}, {"10", {}}});
  office.state(office.staff[0], "2026-TW1", "4");
  const auto outcome = office.run();
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.head, (Row{"5", "5", "5", "5"}));
  EXPECT_EQ(outcome.staff[0], (Row{"4", "2", "2", "2"}));
  EXPECT_EQ(outcome.staff[1], (Row{"1", "3", "3", "3"}));
}
TEST(UnitsByTime, AStatedHalfYearIsABlock) {
  // S1: 8 in the first half, 2 in the second. Head 5 5 5 5: S1 4 4 1 1, S2 1 1 4 4.
  Office office({"20", {}}, {{"10", {}}, {"10", {}}});
  office.state(office.staff[0], "2026-S1", "8");
  const auto outcome = office.run();
  EXPECT_EQ(outcome.staff[0], (Row{"4", "4", "1", "1"}));
  EXPECT_EQ(outcome.staff[1], (Row{"1", "1", "4", "4"}));
  const TargetCell* part = outcome.table.find(office.fixture.at(office.staff[0]), Period::parse("2026-TW1").value());
  EXPECT_EQ(part->from_period, Period::parse("2026-S1").value());
}
TEST(UnitsByTime, RunningTotalsAddUpToo) {
  Office office({"10", {}}, {{"5", {}}, {"5", {}}}, Accumulation::cumulative);
  const auto outcome = office.run();
  EXPECT_EQ(outcome.head, (Row{"3", "5", "8", "10"}));
  EXPECT_EQ(outcome.staff[0], (Row{"2", "3", "4", "5"}));
  EXPECT_EQ(outcome.staff[1], (Row{"1", "2", "4", "5"}));
}
TEST(UnitsByTime, ARunningTotalThroughAStatedPoint) {
  // S1 stands at 8 of 10 by mid-year: 8 in two quarters, 2 in two. Head 5 a quarter: S1 4 8 9 10, S2 1 2 6 10.
  Office office({"20", {}}, {{"10", {}}, {"10", {}}}, Accumulation::cumulative);
  office.state(office.staff[0], "2026-TW2", "8");
  const auto outcome = office.run();
  EXPECT_EQ(outcome.head, (Row{"5", "10", "15", "20"}));
  EXPECT_EQ(outcome.staff[0], (Row{"4", "8", "9", "10"}));
  EXPECT_EQ(outcome.staff[1], (Row{"1", "2", "6", "10"}));
}
TEST(UnitsByTime, ChildrenThatDisagreeMakeTheParentTheirSum) {
  // Both staff state 6 for the first quarter where the head would have 5: their own cuts, 6 1 2 1 each (4 over three
  // quarters by cumulative rounding: 1.33 -> 1, 2.67 -> 3, 4), and the head their sum.
  Office office({"20", {}}, {{"10", {}}, {"10", {}}});
  office.state(office.staff[0], "2026-TW1", "6");
  office.state(office.staff[1], "2026-TW1", "6");
  const auto outcome = office.run();
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.staff[0], (Row{"6", "1", "2", "1"}));
  EXPECT_EQ(outcome.head, (Row{"12", "2", "4", "2"}));
  EXPECT_EQ(outcome.table.find(office.fixture.at(office.head), Period::parse("2026-TW1").value())->origin,
            TargetOrigin::summed);
}
TEST(UnitsByTime, ARefusedFamilyLeavesItsNeighboursWhole) {
  // Below the head S1 and S2; S2's own child is in conflict with nobody, S1's two children are.
  Office office({"40", {}}, {{"20", {}}, {"20", {}}});
  std::vector<VertexId> below;
  for (int i = 0; i < 4; ++i) {
    below.push_back(office.add("T" + std::to_string(i), "64/t" + std::to_string(i), {"10", {}}));
    office.fixture.formula(office.staff[i < 2 ? 0 : 1], below.back());
  }
  office.state(below[0], "2026-TW1", "6");
  office.state(below[1], "2026-TW1", "6");
  const auto outcome = office.run();
  EXPECT_EQ(outcome.staff[0], (Row{"12", "2", "4", "2"}));
  EXPECT_EQ(outcome.staff[1], (Row{"5", "5", "5", "5"}));
  EXPECT_EQ(outcome.head, (Row{"17", "7", "9", "7"}));
  EXPECT_EQ(outcome.table.find(office.fixture.at(office.staff[1]), Period::parse("2026-TW1").value())->origin,
            TargetOrigin::time_split);
}
TEST(UnitsByTime, AYearThatDoesNotAddUpIsCutApart) {
  const auto outcome = Office({"12", {}}, {{"5", {}}, {"5", {}}}).run();
  EXPECT_EQ(outcome.head, (Row{"3", "3", "3", "3"}));
  EXPECT_EQ(outcome.staff[0], (Row{"1", "2", "1", "1"}));
}
TEST(UnitsByTime, YearsAreJudgedOneByOne) {
  // 2025 does not add up, 2026 does.
  Office office({"10", {}}, {{"5", {}}, {"5", {}}});
  office.state(office.head, "2025", "12");
  office.state(office.staff[0], "2025", "5");
  const auto outcome = office.run();
  EXPECT_EQ(outcome.staff[1], (Row{"1", "1", "2", "1"}));
  const auto at_2025 = [&](VertexId node) {
    return outcome.table.find(office.fixture.at(node), Period::parse("2025-TW1").value())->target.to_string();
  };
  EXPECT_EQ(at_2025(office.head), "3");
  EXPECT_EQ(at_2025(office.staff[0]), "1");
}

}  // namespace twoway_time_test
}  // namespace jenjang
