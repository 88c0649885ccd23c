// What rows of a year will take, by hand for one sum of two leaves, one lane, one thread.
#include <gtest/gtest.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/intervals.h"
#include "jenjang/workspace/flat_rows.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace flat_memory_test {

class FlatMemory : public ::testing::Test {
protected:
  FlatMemory() {
    PlainPlan plan;
    for (const char* code : {"A", "B", "S"}) {
      PlainNode node;
      node.code = code;
      node.unit = std::string("64.") + code;
      node.spec.unit_name = "orang";
      node.spec.frequency = Granularity::month;
      plan.nodes.push_back(node);
    }
    plan.nodes[0].facts = {{"2025-01", "40"}};
    plan.nodes[2].spec.aggregation = Aggregation::sum;
    plan.nodes[2].ties = {{0, "1"}, {1, "1"}};
    built_ = build(plan);
    flat_ = std::get<bulk::FlatModel>(bulk::flatten_model(built_.model, built_.targets, built_.facts, {}, 2025));
    names_ = snapshot::names_of(built_.model, 2025);
  }
  std::uint64_t need(const FlatRowFilter& filter, bool swept = false) {
    const FlatYear year{2025, flat_.plan, flat_.figures, flat_.rows, names_, swept};
    const MemoryNeed found = FlatRows::memory_need(year, filter);
    EXPECT_EQ(found.measures, 3U);
    return found.bytes;
  }
  static FlatRowFilter per(Granularity granularity) {
    FlatRowFilter filter;
    filter.granularity = granularity;
    return filter;
  }
  // With an eighth for the rest and 12 MiB for the program.
  static std::uint64_t around(std::uint64_t bytes) { return bytes + bytes / 8 + (12U << 20); }

  BuiltPlan built_;
  bulk::FlatModel flat_;
  snapshot::PlanNames names_;
};

// The order of three nodes, and two mebibytes of text of one thread.
constexpr std::uint64_t kBase = 3 * 4 + (2U << 20);
constexpr std::uint64_t kMarks = 3 * 4;

TEST_F(FlatMemory, MonthsTakeWhatTheSweepWrites) {
  // 12 months of: bands of three nodes (3), figure and state of the sum (9), its achievement, state, coverage by number
  // and by weight (8 + 1 + 8 + 16).
  EXPECT_EQ(need(per(Granularity::month)), around(kBase + kMarks + 12U * (3 + 9 + 33)));
  EXPECT_EQ(need(per(Granularity::month), true), around(kBase + kMarks));  // swept already
}

TEST_F(FlatMemory, CoarseSlotsHaveColumnsOfTheirOwn) {
  // 12 places of: target, figure, state, band of three nodes (54) and the sum's 33; months behind the figures: a byte
  // for each of 8 slots of two leaves, two counts of 4 bytes for each of the sum.
  constexpr std::uint64_t kCoarse = 12U * (54 + 33) + 2 * 8 + 8 * 2 * 4;
  EXPECT_EQ(need(per(Granularity::year)), around(kBase + kMarks + kCoarse));
  EXPECT_EQ(need({}), around(kBase + 2 * kMarks + kCoarse + 12U * (3 + 9 + 33)));
}

// Two reports of periods coarser than months, 16 bytes each, where such periods are wanted.
TEST_F(FlatMemory, CoarseReportsAreCounted) {
  const std::uint64_t months = need(per(Granularity::month)), year = need(per(Granularity::year));
  flat_.rows.reports = bulk::Column<bulk::CoarseReport>(2);
  EXPECT_EQ(need(per(Granularity::month)), months);
  EXPECT_EQ(need(per(Granularity::year)), year + 32 + 32 / 8);
}

TEST_F(FlatMemory, IntervalsComeOnTop) {
  FlatRowFilter filter = per(Granularity::month);
  filter.intervals = true;
  EXPECT_EQ(need(filter), around(kBase + kMarks + 12U * 45 + bulk::Intervals::bytes(flat_.plan)));
  // At least four doubles a month of the sum.
  EXPECT_GE(bulk::Intervals::bytes(flat_.plan), 12U * 4 * 8);
}

TEST_F(FlatMemory, NothingWantedTakesNoColumns) {
  FlatRowFilter filter;
  filter.period = Period::year(2024);
  EXPECT_EQ(need(filter), around(kBase));
}

}  // namespace flat_memory_test
}  // namespace jenjang::testing
