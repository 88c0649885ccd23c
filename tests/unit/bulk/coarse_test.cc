// Coarse figures of one leaf by hand: months 2025-01 10, -02 20 (waiting for validation), -04 60, -05 not applicable,
// -06 30; nothing else is reported.
#include "jenjang/bulk/coarse.h"

#include <gtest/gtest.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/origins.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace coarse_test {

using bulk::cell_state;
using bulk::CoarseFigures;
using bulk::FlatModel;
using bulk::kMonths;

// Slots: 0 the year, 1 and 2 semesters, 3 to 6 quarters.
constexpr std::size_t kYear = 0, kS1 = 1, kS2 = 2, kQ1 = 3, kQ2 = 4, kQ3 = 5;

FlatModel one_leaf(Accumulation accumulation, MissingPolicy missing, std::optional<Date> as_of = std::nullopt) {
  PlainPlan plan;
  PlainNode leaf, sum;
  leaf.code = "L";
  leaf.spec.frequency = Granularity::month;
  leaf.spec.accumulation = accumulation;
  leaf.spec.missing_time = missing;
  leaf.facts = {{"2025-01", "10"},
                {"2025-02", "20", false},
                {"2025-04", "60"},
                {"2025-05", "", true, CellState::not_applicable},
                {"2025-06", "30"}};
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
