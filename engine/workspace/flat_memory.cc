// How much memory the rows of one year take while they are made.
#include "engine/workspace/flat_year.h"

namespace jenjang {
namespace {

// Text of some hundred nodes with every slot, being made and waiting for its turn.
constexpr std::uint64_t kTextOfThread = std::uint64_t{2} << 20;
// Of months, what a sweep only reads: targets of every node, figures and states of leaves.
constexpr std::uint64_t kReadEvery = bulk::kMonths * std::uint64_t{8}, kReadLeaf = bulk::kMonths * std::uint64_t{8 + 1};
constexpr std::uint64_t kOrder = 4, kMarks = 4;  // bytes a node
// The program itself, and one part in eight for what is not columns: exact ratios of half-known pairs, whole pages of
// which a few cells are written. Measured on 300,000 measures: 0.71 to 1.0 of what this says, with and without
// intervals.
constexpr std::uint64_t kProgram = std::uint64_t{12} << 20, kRest = 8;

}  // namespace

MemoryNeed FlatRows::memory_need(const FlatYear& year, const FlatRowFilter& filter, unsigned threads) {
  const bulk::FlatPlan& plan = year.plan;
  const std::uint64_t nodes = plan.node_count(), inner = plan.inner_count(), leaves = plan.leaf_count();
  const bool second = year.months.has_validated_lane();
  const std::uint64_t lanes = second ? 2 : 1;
  const std::uint32_t wanted = flat::wanted_slots(year.year, filter);
  const bool months = (wanted >> bulk::kCoarse) != 0, coarse = (wanted & ((1U << bulk::kCoarse) - 1)) != 0;

  MemoryNeed need;
  need.measures = nodes;
  need.bytes = nodes * kOrder + std::max(1U, threads) * kTextOfThread;
  if (months && !year.swept) need.bytes += bulk::Figures::bytes(plan, second) - nodes * kReadEvery - leaves * kReadLeaf;
  if (coarse) {
    constexpr std::uint64_t kReports = 2 * sizeof(std::uint32_t) * bulk::CoarseFigures::kMonthsRow;
    need.bytes +=
        lanes * (bulk::Figures::bytes(plan, false) + leaves * bulk::CoarseFigures::kMonthsRow + inner * kReports);
    need.bytes += year.rows.reports.size() * sizeof(bulk::CoarseReport);
  }
  const std::uint64_t grids = (months ? 1U : 0U) + (coarse ? 1U : 0U);
  need.bytes += grids * lanes * nodes * kMarks;
  if (filter.intervals) need.bytes += grids * lanes * bulk::Intervals::bytes(plan);
  need.bytes += need.bytes / kRest + kProgram;
  return need;
}

}  // namespace jenjang
