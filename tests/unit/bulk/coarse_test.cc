// Coarse figures of one leaf by hand: first of months alone, 2025-01 10, -02 20 (waiting for validation), -04 60, -05
// not applicable, -06 30; then of reports of quarters, semesters and the year as well.
#include "jenjang/bulk/coarse.h"

#include <gtest/gtest.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/origins.h"

#include "engine/bulk/reported_years.h"
#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace coarse_test {

using bulk::cell_state;
using bulk::CoarseFigures;
using bulk::FlatModel;
using bulk::kMonths;

// Slots: 0 the year, 1 and 2 semesters, 3 to 6 quarters.
constexpr std::size_t kYear = 0, kS1 = 1, kS2 = 2, kQ1 = 3, kQ2 = 4, kQ3 = 5, kQ4 = 6;

const std::vector<PlainFact> kSomeMonths{{"2025-01", "10"},
                                         {"2025-02", "20", false},
                                         {"2025-04", "60"},
                                         {"2025-05", "", true, CellState::not_applicable},
                                         {"2025-06", "30"}};

FlatModel one_leaf(Accumulation accumulation, MissingPolicy missing, std::optional<Date> as_of = std::nullopt,
                   std::vector<PlainFact> facts = kSomeMonths, std::map<std::string, std::string> targets = {}) {
  PlainPlan plan;
  PlainNode leaf, sum;
  leaf.code = "L";
  leaf.spec.frequency = Granularity::month;
  leaf.spec.accumulation = accumulation;
  leaf.spec.missing_time = missing;
  leaf.facts = std::move(facts);
  leaf.targets = std::move(targets);
  sum.code = "S";
  sum.spec.aggregation = Aggregation::sum;
  sum.spec.frequency = Granularity::month;
  sum.ties = {{0, "1"}};
  plan.nodes = {leaf, sum};
  const BuiltPlan built = build(plan);
  RollupOptions options;
  options.as_of = as_of;
  auto outcome = bulk::flatten_model(built.model, built.targets, built.facts, options, 2025);
  EXPECT_TRUE(std::holds_alternative<FlatModel>(outcome));
  return std::move(std::get<FlatModel>(outcome));
}

struct Leaf {
  explicit Leaf(const FlatModel& flat) : made(bulk::derive_coarse(flat.plan, flat.figures, flat.rows, 2025)) {}
  double value(std::size_t slot) const { return made.all.figures.value[slot]; }
  double valid(std::size_t slot) const { return made.validated.figures.value[slot]; }
  CellState state(std::size_t slot) const { return cell_state(made.all.figures.state[slot]); }
  // covered, expected
  std::pair<int, int> months(std::size_t slot) const {
    const int told = made.all.leaf_months[slot];
    return {told % 16, told / 16};
  }
  CoarseFigures made;
};

TEST(Coarse, IncrementsAdd) {
  const FlatModel flat = one_leaf(Accumulation::increments, MissingPolicy::skip);
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.value(kQ1), 30);  // 10 + 20
  EXPECT_EQ(leaf.value(kQ2), 90);  // 60 + 30
  EXPECT_EQ(leaf.value(kS1), 120);
  EXPECT_EQ(leaf.value(kYear), 120);
  EXPECT_EQ(leaf.state(kQ3), CellState::empty);
  EXPECT_EQ(leaf.state(kS2), CellState::empty);
  // May does not apply: two of two in the second quarter, four of eleven in the year.
  EXPECT_EQ(leaf.months(kQ1), (std::pair{2, 3}));
  EXPECT_EQ(leaf.months(kQ2), (std::pair{2, 2}));
  EXPECT_EQ(leaf.months(kYear), (std::pair{4, 11}));
}

TEST(Coarse, ALaneSeesItsOwnMonths) {
  const FlatModel flat = one_leaf(Accumulation::increments, MissingPolicy::skip);
  const Leaf leaf(flat);
  ASSERT_TRUE(leaf.made.has_validated_lane());
  EXPECT_EQ(leaf.valid(kQ1), 10);
  EXPECT_EQ(leaf.valid(kYear), 100);
  EXPECT_NE(leaf.made.all.figures.state[kYear] & bulk::kUnvalidated, 0);
  EXPECT_EQ(leaf.made.validated.figures.state[kYear] & bulk::kUnvalidated, 0);
}

TEST(Coarse, MissingMonthsRefuseUnderStrict) {
  const FlatModel flat = one_leaf(Accumulation::increments, MissingPolicy::strict);
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.value(kQ2), 90);  // complete: May does not apply
  EXPECT_EQ(leaf.state(kQ1), CellState::empty);
  EXPECT_EQ(leaf.value(kQ1), 0);
  EXPECT_EQ(leaf.state(kYear), CellState::empty);
}

TEST(Coarse, AMeanCountsNoughtForMonthsThatAreDue) {
  const FlatModel skipped = one_leaf(Accumulation::average, MissingPolicy::skip);
  EXPECT_EQ(Leaf(skipped).value(kYear), 30);  // (10 + 20 + 60 + 30) / 4
  // On 2025-07-31 March and July are nought, August to December are not due: 120 / 6.
  const FlatModel zeroed = one_leaf(Accumulation::average, MissingPolicy::zero, *Date::parse("2025-07-31"));
  const Leaf leaf(zeroed);
  EXPECT_EQ(leaf.value(kYear), 20);
  EXPECT_EQ(leaf.made.all.figures.divisor[kYear], 6);
  EXPECT_EQ(leaf.state(kS2), CellState::not_due);
}

TEST(Coarse, PeaksAndPositions) {
  const FlatModel peak = one_leaf(Accumulation::peak, MissingPolicy::skip);
  EXPECT_EQ(Leaf(peak).value(kYear), 60);
  const FlatModel position = one_leaf(Accumulation::position, MissingPolicy::skip);
  EXPECT_EQ(Leaf(position).value(kYear), 30);
  EXPECT_EQ(Leaf(position).months(kYear), (std::pair{5, 11}));  // up to June, May apart
  // A stock that nobody reported at the end of the year is nought.
  const FlatModel emptied = one_leaf(Accumulation::position, MissingPolicy::zero);
  EXPECT_EQ(Leaf(emptied).value(kYear), 0);
  EXPECT_EQ(Leaf(emptied).value(kS1), 30);
}

FlatModel reporting(Accumulation accumulation, MissingPolicy missing, std::vector<PlainFact> facts) {
  return one_leaf(accumulation, missing, std::nullopt, std::move(facts));
}

// Two months of the first quarter beside what is reported of it, then the second quarter and the second semester.
const std::vector<PlainFact> kMixed{
    {"2025-01", "10"}, {"2025-02", "20"}, {"2025-TW1", "45"}, {"2025-TW2", "60"}, {"2025-S2", "100"}};

TEST(Coarse, MonthsStandBeforeAReportOfTheirQuarter) {
  const FlatModel flat = reporting(Accumulation::increments, MissingPolicy::skip, kMixed);
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.value(kQ1), 30);  // 10 + 20, and not 45
  EXPECT_EQ(leaf.value(kQ2), 60);
  EXPECT_EQ(leaf.value(kS1), 90);
  EXPECT_EQ(leaf.value(kS2), 100);
  EXPECT_EQ(leaf.value(kYear), 190);
  EXPECT_EQ(leaf.months(kQ1), (std::pair{2, 3}));
  EXPECT_EQ(leaf.months(kQ2), (std::pair{3, 3}));
  EXPECT_EQ(leaf.months(kYear), (std::pair{11, 12}));
  // A semester says nothing about its quarters.
  EXPECT_EQ(leaf.state(kQ3), CellState::empty);
  EXPECT_EQ(leaf.state(kQ4), CellState::empty);
}

TEST(Coarse, AReportStandsWhereItsMonthsAreTooFew) {
  const FlatModel flat = reporting(Accumulation::increments, MissingPolicy::strict, kMixed);
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.value(kQ1), 45);  // March is missing, so 10 + 20 is refused
  EXPECT_EQ(leaf.value(kS1), 105);
  EXPECT_EQ(leaf.value(kYear), 205);
  EXPECT_EQ(leaf.months(kYear), (std::pair{12, 12}));
}

// A quarter without a target is not due where nothing is reported in it, and is where something is.
TEST(Coarse, ARefusedQuarterIsDue) {
  const FlatModel flat = one_leaf(Accumulation::increments, MissingPolicy::strict, std::nullopt,
                                  {{"2025-TW1", "45"}, {"2025-07", "5"}}, {{"2025-02", "1"}});
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.state(kQ2), CellState::not_due);
  EXPECT_EQ(leaf.state(kQ3), CellState::empty);
  EXPECT_EQ(leaf.state(kQ4), CellState::not_due);
}

TEST(Coarse, AMeanWeighsReportsByTheirMonths) {
  const FlatModel flat =
      reporting(Accumulation::average, MissingPolicy::skip, {{"2025-TW1", "30"}, {"2025-S2", "60.5"}});
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.value(kS2), 60.5);
  EXPECT_EQ(leaf.value(kS1), 30);
  EXPECT_EQ(leaf.value(kYear), 453.0 / 9);  // (3 x 30 + 6 x 60.5) / 9
  EXPECT_EQ(leaf.made.all.figures.divisor[kYear], 9);
  EXPECT_EQ(leaf.months(kYear), (std::pair{9, 12}));
  // What is missing counts as nought: 453 over twelve months.
  const FlatModel zeroed =
      reporting(Accumulation::average, MissingPolicy::zero, {{"2025-TW1", "30"}, {"2025-S2", "60.5"}});
  EXPECT_EQ(Leaf(zeroed).value(kYear), 37.75);
}

// Sums stay below 2^51 steps; a mean needs six bits more and weighs a report by its months, but a year is in no mean.
TEST(Coarse, FiguresThatAYearIsMadeOfFitIntoDoubles) {
  bulk::MeasureClass measure;
  const double months[kMonths] = {};
  const auto fits = [&](std::uint8_t slot, double value) {
    bulk::CoarseReport report;
    report.slot = slot;
    report.value = value;
    return bulk::fits_year(measure, months, std::span(&report, 1));
  };
  EXPECT_TRUE(fits(kS1, 0x1p50));
  EXPECT_FALSE(fits(kS1, 0x1p51));
  measure.accumulation = Accumulation::average;
  EXPECT_TRUE(fits(kYear, 0x1p44));
  EXPECT_FALSE(fits(kYear, 0x1p45));
  EXPECT_TRUE(fits(kS1, 0x1p42));  // 6 x 2^42 < 8 x 2^42 = 2^45
  EXPECT_FALSE(fits(kS1, -0x1p43));
}

TEST(Coarse, PeaksTakeTheLargestAndStocksTheLatest) {
  const std::vector<PlainFact> facts{{"2025-TW1", "80"}, {"2025-TW3", "50"}, {"2025-S1", "70"}};
  const FlatModel peak = reporting(Accumulation::peak, MissingPolicy::skip, facts);
  EXPECT_EQ(Leaf(peak).value(kS1), 80);
  EXPECT_EQ(Leaf(peak).value(kYear), 80);
  const FlatModel position = reporting(Accumulation::position, MissingPolicy::skip, facts);
  EXPECT_EQ(Leaf(position).value(kS1), 80);  // a figure of its quarters is there
  EXPECT_EQ(Leaf(position).value(kYear), 50);
  EXPECT_EQ(Leaf(position).months(kYear), (std::pair{9, 12}));
}

// An official figure is never made of parts where it is published itself.
TEST(Coarse, AnOfficialYearStands) {
  const FlatModel flat = reporting(Accumulation::release, MissingPolicy::skip, {{"2025-TW4", "80"}, {"2025", "82"}});
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.value(kQ4), 80);
  EXPECT_EQ(leaf.value(kS2), 80);
  EXPECT_EQ(leaf.value(kYear), 82);
  const FlatModel flow = reporting(Accumulation::increments, MissingPolicy::skip, {{"2025-TW4", "80"}, {"2025", "82"}});
  EXPECT_EQ(Leaf(flow).value(kYear), 80);
}

TEST(Coarse, AReasonForAQuarterIsOneForItsMonths) {
  const FlatModel flat = reporting(Accumulation::increments, MissingPolicy::skip,
                                   {{"2025-TW1", "", true, CellState::not_applicable}, {"2025-TW2", "60"}});
  const Leaf leaf(flat);
  EXPECT_EQ(leaf.state(kQ1), CellState::not_applicable);
  EXPECT_EQ(leaf.months(kS1), (std::pair{3, 3}));
  EXPECT_EQ(leaf.months(kYear), (std::pair{3, 9}));
  // With nothing else the semester is not applicable in part only: the other quarter is not reported.
  const FlatModel alone =
      reporting(Accumulation::increments, MissingPolicy::skip, {{"2025-TW1", "", true, CellState::not_applicable}});
  EXPECT_EQ(Leaf(alone).state(kQ1), CellState::not_applicable);
  EXPECT_EQ(Leaf(alone).state(kS1), CellState::empty);
}

TEST(Coarse, ALaneSeesItsOwnReports) {
  const FlatModel flat = reporting(Accumulation::increments, MissingPolicy::skip,
                                   {{"2025-TW1", "40"}, {"2025-TW2", "60", false}, {"2025-S2", "-7", false}});
  const Leaf leaf(flat);
  ASSERT_TRUE(leaf.made.has_validated_lane());
  EXPECT_EQ(leaf.value(kYear), 93);
  EXPECT_EQ(leaf.valid(kYear), 40);
  EXPECT_EQ(leaf.made.all.figures.state[kYear], bulk::kUnvalidated | bulk::kSigned);
  EXPECT_EQ(leaf.made.validated.figures.state[kYear], 0);
  EXPECT_EQ(cell_state(leaf.made.validated.figures.state[kQ2]), CellState::empty);
}

TEST(Coarse, MarksOfReportsGoUp) {
  FlatModel flat = reporting(Accumulation::increments, MissingPolicy::skip,
                             {{"2025-TW1", "40"}, {"2025-TW2", "60", false, CellState::value, 0, true}});
  CoarseFigures made = bulk::derive_coarse(flat.plan, flat.figures, flat.rows, 2025);
  bulk::roll_up(made);
  EXPECT_EQ(made.all.figures.value[kMonths + kYear], 100);
  const bulk::LaneOrigins all = bulk::find_origins(made, flat.figures, flat.rows, {}, Lane::all);
  // The year, the first semester and its second quarter, of the leaf and of the sum.
  EXPECT_EQ(all.illustrative[0], 0b001'0011);
  EXPECT_EQ(all.illustrative[1], 0b001'0011);
  EXPECT_TRUE(all.unverified.empty());
  EXPECT_EQ(all.covered_months[kYear], 6U);
  EXPECT_EQ(all.expected_months[kYear], 12U);
  const bulk::LaneOrigins valid = bulk::find_origins(made, flat.figures, flat.rows, {}, Lane::validated);
  EXPECT_EQ(valid.illustrative[1], 0);
  EXPECT_EQ(valid.covered_months[kYear], 3U);
}

TEST(Coarse, ParentsAggregateSlotsAndCountTheMonthsBehindThem) {
  FlatModel flat = one_leaf(Accumulation::increments, MissingPolicy::skip);
  CoarseFigures made = bulk::derive_coarse(flat.plan, flat.figures, flat.rows, 2025);
  bulk::roll_up(made);
  EXPECT_EQ(made.all.figures.value[kMonths + kYear], 120);
  EXPECT_EQ(made.validated.figures.value[kMonths + kYear], 100);
  const bulk::LaneOrigins all = bulk::find_origins(made, flat.figures, flat.rows, {}, Lane::all);
  EXPECT_EQ(all.covered_months[kYear], 4U);
  EXPECT_EQ(all.expected_months[kYear], 11U);
  const bulk::LaneOrigins valid = bulk::find_origins(made, flat.figures, flat.rows, {}, Lane::validated);
  EXPECT_EQ(valid.covered_months[kYear], 3U);
  EXPECT_TRUE(all.illustrative.empty());
}

TEST(Coarse, OnlyWantedSlotsAreMade) {
  const FlatModel flat = one_leaf(Accumulation::increments, MissingPolicy::skip);
  const CoarseFigures made = bulk::derive_coarse(flat.plan, flat.figures, flat.rows, 2025, 1U << kYear);
  EXPECT_EQ(made.all.figures.value[kYear], 120);
  EXPECT_EQ(cell_state(made.all.figures.state[kQ1]), CellState::not_applicable);
}

}  // namespace coarse_test
}  // namespace jenjang::testing
