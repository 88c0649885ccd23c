// The year of a leaf that reports quarters, semesters or the year as they are, beside its months or instead of them:
// made by the very steps of the general engine (rollup/slot_figures.h), in whole steps of the leaf's class. Such leaves
// are few, or report little; those of months alone have columns (coarse.cc, interval_leaves.cc).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "jenjang/bulk/figures.h"
#include "jenjang/bulk/row_facts.h"

#include "engine/rollup/accumulate.h"

namespace jenjang::bulk {

// What a coarse period makes of all that one leaf reports must be exact as a double: sums like any figure; means of at
// most twelve months lie apart by a twelfth of a step at least, so their doubles need four bits more, and two for their
// rounding. `months`: twelve figures.
bool fits_year(const MeasureClass& measure, const double* months, std::span<const CoarseReport> reports);

class ReportedYears {
public:
  // Values are whole steps; observations are not named.
  using Own = rollup::OwnFigure<double>;
  using Slots = std::array<Own, kCoarse>;

  // `year` decides which months are due, and so which missing ones count as nought: that changes values, not what was
  // reported, with which marks, of which months. Who asks for these alone need not name it.
  static constexpr int kAnyYear = 2000;
  ReportedYears(const FlatPlan& plan, const Figures& months, const RowFacts& rows, int year = kAnyYear);

  [[nodiscard]] bool any() const { return !rows_.reports.empty(); }
  [[nodiscard]] std::span<const CoarseReport> of(std::uint32_t leaf) const {
    return any() ? rows_.reports_of(leaf) : std::span<const CoarseReport>();
  }
  // The coarse slots from the months of this leaf and its reports. True when nothing of the leaf waits for validation:
  // both lanes are alike.
  bool fill(std::uint32_t leaf, std::span<const CoarseReport> reports, Lane lane, Slots& slots) const;

private:
  struct Months {
    unsigned reported = 0;  // seen by the lane, with a number or a reason
    bool waits = false;     // some report does, whether the lane sees it or not
  };
  [[nodiscard]] Months months_of(std::uint32_t leaf, Lane lane) const;
  [[nodiscard]] Own gather_quarter(std::uint32_t leaf, std::size_t slot, unsigned reported) const;
  void take_report(const CoarseReport& report, const MeasureClass& measure, Own& own) const;

  const FlatPlan& plan_;
  const Figures& months_;
  const RowFacts& rows_;
  int year_;
  std::vector<MeasureSpec> specs_;  // by class: what the general engine asks of a measure
};

}  // namespace jenjang::bulk
