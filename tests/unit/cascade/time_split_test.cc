// Targets of a year in the periods of the measure's frequency, through run_cascade.
#include <gtest/gtest.h>

#include "jenjang/cascade/allocation.h"
#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace time_split_test {

using testing::dec;
using testing::ModelFixture;

using Row = std::vector<std::string>;

struct Stated {
  std::string period, target;
};
struct SplitCase {
  Accumulation accumulation = Accumulation::increments;
  Granularity frequency = Granularity::quarter;
  std::vector<Stated> stated;
  std::vector<std::string> profile = {};
  std::string baseline_2025 = "";
  std::string step = "";

  struct Outcome {
    Row row;  // the periods of 2026 at the frequency
    std::vector<Diagnostic> findings;
    TargetTable table;
  };
  [[nodiscard]] Outcome run() const {
    ModelFixture fixture;
    MeasureSpec spec;
    spec.accumulation = accumulation;
    spec.frequency = frequency;
    for (const std::string& weight : profile) {
      spec.profile.push_back(dec(weight));
    }
    if (!step.empty()) {
      spec.step = dec(step);
    }
    const VertexId node = fixture.node(fixture.item("IND", spec), fixture.unit("64"));
    for (const Stated& each : stated) {
      fixture.state(node, Period::parse(each.period).value(), Target::parse(each.target).value());
    }
    if (!baseline_2025.empty()) {
      fixture.baseline(node, 2025, dec(baseline_2025));
    }
    const Model& model = fixture.build();
    DiagnosticSink sink;
    Outcome outcome;
    outcome.table = run_cascade(model, sink);
    outcome.findings = sink.all();
    for (const Period period : Period::year(2026).split(frequency)) {
      const TargetCell* cell = outcome.table.find(fixture.at(node), period);
      outcome.row.push_back(cell == nullptr ? "-" : cell->target.to_string());
    }
    return outcome;
  }
  [[nodiscard]] Row row() const { return run().row; }
};

const std::vector<std::string> kTenths{"0.10", "0.20", "0.30", "0.40"};

TEST(TimeSplit, T05SumByProfile) {
  EXPECT_EQ((SplitCase{.stated = {{"2026", "1200"}}, .profile = kTenths}.row()), (Row{"120", "240", "360", "480"}));
}
TEST(TimeSplit, T05CumulativeIsTheRunningSum) {
  EXPECT_EQ(
      (SplitCase{.accumulation = Accumulation::cumulative, .stated = {{"2026", "1200"}}, .profile = kTenths}.row()),
      (Row{"120", "360", "720", "1200"}));
}
TEST(TimeSplit, T05AverageAndPeakAreRepeated) {
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::average, .stated = {{"2026", "80"}}}.row()),
            (Row{"80", "80", "80", "80"}));
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::peak, .stated = {{"2026", "80"}}}.row()),
            (Row{"80", "80", "80", "80"}));
}
TEST(TimeSplit, ADeclaredProfileMovesAveragesAndPeaks) {
  // Mean one: 80 x 0.4, 0.8, 1.2, 1.6. At least the printed digits, 2.
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::average, .stated = {{"2026", "80"}}, .profile = kTenths}.row()),
            (Row{"32.00", "64.00", "96.00", "128.00"}));
  // Largest one: 80 x 1/4, 2/4, 3/4, and the figure itself.
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::peak, .stated = {{"2026", "80"}}, .profile = kTenths}.row()),
            (Row{"20.00", "40.00", "60.00", "80"}));
  // Whole steps: 4 x 10 = 40 by 1 : 1 : 2 : 3 is 5.7, 5.7, 11.4, 17.1; to date 6, 11, 23, 40.
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::average,
                       .stated = {{"2026", "10"}},
                       .profile = {"1", "1", "2", "3"},
                       .step = "1"}
                 .row()),
            (Row{"6", "5", "12", "17"}));
  // Beside a stated part the rest keeps the profile: 320 - 20 = 300 by 2 : 3 : 4 is 66.67, 100, 133.33.
  EXPECT_EQ(
      (SplitCase{
          .accumulation = Accumulation::average, .stated = {{"2026", "80"}, {"2026-TW1", "20"}}, .profile = kTenths}
           .row()),
      (Row{"20", "66.67", "100.00", "133.33"}));
  // A stated peak below the figure leaves it to the largest free part.
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::peak,
                       .stated = {{"2026", "80"}, {"2026-TW4", "50"}},
                       .profile = kTenths,
                       .step = "1"}
                 .row()),
            (Row{"27", "53", "80", "50"}));
}
TEST(TimeSplit, AnAverageThatNoStepsGiveIsRepeatedAloud) {
  // Mean 10.1 of four whole numbers: 40.4 lies between 40 (10.00) and 41 (10.25), neither prints as 10.1.
  const auto outcome =
      SplitCase{.accumulation = Accumulation::average, .stated = {{"2026", "10.1"}}, .profile = kTenths, .step = "1"}
          .run();
  EXPECT_EQ(outcome.row, (Row{"10.1", "10.1", "10.1", "10.1"}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1638);
}
TEST(TimeSplit, T05PositionWalksFromTheEndOfTheYearBefore) {
  const SplitCase known{.accumulation = Accumulation::position, .stated = {{"2025", "60"}, {"2026", "80"}}};
  EXPECT_EQ(known.row(), (Row{"65", "70", "75", "80"}));
  const SplitCase from_baseline{
      .accumulation = Accumulation::position, .stated = {{"2026", "80"}}, .baseline_2025 = "60"};
  EXPECT_EQ(from_baseline.row(), (Row{"65", "70", "75", "80"}));
  const SplitCase unknown{.accumulation = Accumulation::position, .stated = {{"2024", "60"}, {"2026", "80"}}};
  EXPECT_EQ(unknown.row(), (Row{"80", "80", "80", "80"}));
}
TEST(TimeSplit, APathEndsOnItsTargetWhateverTheStep) {
  // 60 to 80.5 in whole numbers: 65.125, 70.25, 75.375, and the target itself.
  EXPECT_EQ(
      (SplitCase{.accumulation = Accumulation::position, .stated = {{"2025", "60"}, {"2026", "80.5"}}, .step = "1"}
           .row()),
      (Row{"65", "70", "75", "80.5"}));
}
TEST(TimeSplit, T06MonthsOfAHundred) {
  const Row months{"8", "9", "8", "8", "9", "8", "8", "9", "8", "8", "9", "8"};
  EXPECT_EQ((SplitCase{.frequency = Granularity::month, .stated = {{"2026", "100"}}}.row()), months);
}
TEST(TimeSplit, CumulativeRoundingFollowsTheStep) {
  // 1.00 by thirds at 0.05: 0.3333 -> 0.35, 0.6667 -> 0.65, 1.00: parts 0.35, 0.30, 0.35.
  const std::vector<Decimal> thirds(3, Decimal(1));
  EXPECT_EQ(split_cumulative(dec("1.00"), thirds, dec("0.05")),
            (std::vector<Decimal>{dec("0.35"), dec("0.30"), dec("0.35")}));
  // Zero weights mean equal parts; a total that is no multiple of the step still adds up.
  const std::vector<Decimal> zeros(2, Decimal(0));
  EXPECT_EQ(split_cumulative(dec("5.5"), zeros, dec("1")), (std::vector<Decimal>{dec("3"), dec("2.5")}));
  // Half away from zero on the way down too: -2.5 -> -3.
  EXPECT_EQ(split_cumulative(dec("-5"), zeros, dec("1")), (std::vector<Decimal>{dec("-3"), dec("-2")}));
}
TEST(TimeSplit, CumulativeRoundingBeyond128Bits) {
  // Weights of 30 digits leave the integer road; 3 : 1 all the same.
  const std::vector<Decimal> pattern{dec("3000000000000000000000000000.00"), dec("1000000000000000000000000000.00")};
  EXPECT_EQ(split_cumulative(dec("4000000000000"), pattern, dec("1")),
            (std::vector<Decimal>{dec("3000000000000"), dec("1000000000000")}));
}
TEST(TimeSplit, ReleaseIsNeverSpread) {
  const auto outcome = SplitCase{.accumulation = Accumulation::release, .stated = {{"2026", "76.30"}}}.run();
  EXPECT_EQ(outcome.row, (Row{"-", "-", "-", "-"}));
  EXPECT_EQ(outcome.table.cells.size(), 1U);
}
TEST(TimeSplit, ProfileMayBeFinerOrCoarserThanTheFrequency) {
  // Months 1..12 as weights, sum 78; quarters 6, 15, 24, 33: of 78 exactly these.
  const std::vector<std::string> months{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
  EXPECT_EQ((SplitCase{.stated = {{"2026", "78"}}, .profile = months}.row()), (Row{"6", "15", "24", "33"}));
  // Semesters 1 : 2 over quarters of 60: 10, 10, 20, 20.
  EXPECT_EQ((SplitCase{.stated = {{"2026", "60"}}, .profile = {"1", "2"}}.row()), (Row{"10", "10", "20", "20"}));
  const auto wrong = SplitCase{.stated = {{"2026", "60"}}, .profile = {"1", "2", "3"}}.run();
  ASSERT_EQ(wrong.findings.size(), 1U);
  EXPECT_EQ(wrong.findings[0].code, Code::J1618);
  EXPECT_EQ(wrong.row, (Row{"-", "-", "-", "-"}));
}
TEST(TimeSplit, StatedQuartersAreHolds) {
  // 100 with TW2 stated 40: 60 left over TW1, TW3, TW4.
  EXPECT_EQ((SplitCase{.stated = {{"2026", "100"}, {"2026-TW2", "40"}}}.row()), (Row{"20", "40", "20", "20"}));
  // Mean 80 over four quarters is 320; 50 stated leaves 270 over three.
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::average, .stated = {{"2026", "80"}, {"2026-TW1", "50"}}}.row()),
            (Row{"50", "90", "90", "90"}));
  // To date: 40 at mid-year, 100 at its end.
  EXPECT_EQ(
      (SplitCase{.accumulation = Accumulation::cumulative, .stated = {{"2026", "100"}, {"2026-TW2", "40"}}}.row()),
      (Row{"20", "40", "70", "100"}));
  // A path through 70 at the end of TW2, from 60: 65, 70, then 75, 80.
  EXPECT_EQ(
      (SplitCase{.accumulation = Accumulation::position, .stated = {{"2025", "60"}, {"2026", "90"}, {"2026-TW2", "70"}}}
           .row()),
      (Row{"65", "70", "80", "90"}));
}
TEST(TimeSplit, AQuarterInsideAStatedSemesterCountsOnce) {
  // 100: the first semester takes 60, of which TW1 takes 10; 40 are left for TW3 and TW4.
  EXPECT_EQ((SplitCase{.stated = {{"2026", "100"}, {"2026-S1", "60"}, {"2026-TW1", "10"}}}.row()),
            (Row{"10", "50", "20", "20"}));
}
TEST(TimeSplit, AStatedQuarterIsSplitIntoItsOwnMonths) {
  const Row row = SplitCase{.frequency = Granularity::month, .stated = {{"2026", "100"}, {"2026-TW1", "10"}}}.row();
  // TW1: 10/3 = 3.33, 6.67, 10: 3, 4, 3. The rest: 90 over nine months.
  EXPECT_EQ(row, (Row{"3", "4", "3", "10", "10", "10", "10", "10", "10", "10", "10", "10"}));
}
TEST(TimeSplit, ContradictingPartsAreNamedWithTheDifference) {
  const auto over = SplitCase{.stated = {{"2026", "100"}, {"2026-TW1", "70"}, {"2026-TW2", "50"}}}.run();
  ASSERT_EQ(over.findings.size(), 1U);
  EXPECT_EQ(over.findings[0].code, Code::J1617);
  EXPECT_EQ(over.findings[0].related.size(), 2U);
  EXPECT_EQ(over.findings[0].args[3].value, "20");
  EXPECT_EQ(over.row, (Row{"70", "50", "-", "-"}));
  const auto peak = SplitCase{.accumulation = Accumulation::peak, .stated = {{"2026", "80"}, {"2026-TW1", "90"}}}.run();
  ASSERT_EQ(peak.findings.size(), 1U);
  const auto falling =
      SplitCase{.accumulation = Accumulation::cumulative, .stated = {{"2026", "80"}, {"2026-TW1", "90"}}}.run();
  ASSERT_EQ(falling.findings.size(), 1U);
  EXPECT_EQ(falling.findings[0].code, Code::J1617);
  const auto last =
      SplitCase{.accumulation = Accumulation::position, .stated = {{"2026", "80"}, {"2026-TW4", "90"}}}.run();
  ASSERT_EQ(last.findings.size(), 1U);
}
TEST(TimeSplit, TextTargetsAreRepeatedOrLeftWhole) {
  EXPECT_EQ((SplitCase{.accumulation = Accumulation::position, .stated = {{"2026", "BB"}}}.row()),
            (Row{"BB", "BB", "BB", "BB"}));
  const auto spread = SplitCase{.stated = {{"2026", "80..90"}}}.run();
  EXPECT_EQ(spread.row, (Row{"-", "-", "-", "-"}));
  ASSERT_EQ(spread.findings.size(), 1U);
  EXPECT_EQ(spread.findings[0].code, Code::J1619);
}
TEST(TimeSplit, PartsRememberTheirWhole) {
  const auto outcome = SplitCase{.stated = {{"2026", "4"}}}.run();
  ASSERT_EQ(outcome.table.cells.size(), 5U);
  for (std::size_t i = 1; i < 5; ++i) {
    EXPECT_EQ(outcome.table.cells[i].origin, TargetOrigin::time_split);
    EXPECT_EQ(outcome.table.cells[i].from_period, Period::year(2026));
  }
}

}  // namespace time_split_test
}  // namespace jenjang
