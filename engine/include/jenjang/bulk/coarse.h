// Quarters, semesters and the year of a FlatPlan, as one more set of columns that the same kernels sweep.
//
// A parent aggregates its children slot by slot, whatever the slot; only a leaf makes its coarse figures of its months,
// by the accumulation of its class and what that says about months without a report, or has reported them as they are
// (RowFacts::reports). Each lane has columns of its own, because a leaf may have reported eleven months that are
// validated and one that waits.
#pragma once

#include "jenjang/bulk/row_facts.h"
#include "jenjang/bulk/sweep.h"

namespace jenjang::bulk {

struct CoarseLane {
  Figures figures;                   // [node][12], the first seven used; one lane, whichever it is
  Column<std::uint8_t> leaf_months;  // [leaf][kMonthsRow]: covered + 16 x expected; of cells with a number
};
struct CoarseFigures {
  static constexpr std::size_t kMonthsRow = 8;

  FlatPlan plan;  // that of the months, in views; bounds of rounding errors of its own where leaves are means
  CoarseLane all, validated;

  [[nodiscard]] bool has_validated_lane() const { return !validated.figures.value.empty(); }
};

// The leaves of both lanes, from their months and reports; `slots`: bits of the coarse slots that are wanted, the
// others stay without a figure. Views of `plan` and `rows`, which stay where they are. `year` as in FlatModel.
CoarseFigures derive_coarse(const FlatPlan& plan, const Figures& months, const RowFacts& rows, int year,
                            unsigned slots = (1U << kCoarse) - 1, unsigned threads = 1);
// All nodes of both lanes.
SweepReport roll_up(CoarseFigures& coarse, const SweepOptions& options = {});

}  // namespace jenjang::bulk
