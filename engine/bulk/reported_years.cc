#include "engine/bulk/reported_years.h"

#include <bit>
#include <cmath>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/slot_figures.h"

namespace jenjang::bulk {
namespace {

constexpr double kSteps[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

constexpr std::size_t kFirstQuarter = 3;
// The next finer slots of the year and the semesters.
constexpr std::array<std::array<std::uint32_t, 2>, kFirstQuarter> kParts{{{1, 2}, {3, 4}, {5, 6}}};

// A report as rollup::take_stated asks for it.
struct Stated {
  CellState state{};
  std::uint16_t flags = 0;
  double steps = 0;
  static constexpr std::uint32_t shown = UINT32_MAX;

  [[nodiscard]] static std::uint32_t observation() { return UINT32_MAX; }
  [[nodiscard]] double value() const { return steps; }
};

std::uint16_t flags_of(StateByte byte, bool invented, bool unproven) {
  unsigned flags = 0;
  if ((byte & kUnvalidated) != 0) flags |= kTouchedUnvalidated;
  if ((byte & kSigned) != 0) flags |= jenjang::kSigned;
  if (invented) flags |= kIllustrative;
  if (unproven) flags |= kUnverified;
  return static_cast<std::uint16_t>(flags);
}

}  // namespace

bool fits_year(const MeasureClass& measure, const double* months, std::span<const CoarseReport> reports) {
  double total = 0;
  for (std::size_t at = 0; at < kMonths; ++at) total += std::abs(months[at]);
  // A mean weighs a report by its months; a year is in no mean.
  const bool mean = measure.accumulation == Accumulation::average;
  for (const CoarseReport& report : reports) {
    const int times = mean && report.slot != 0 ? std::popcount(unsigned{kCoarseMonths[report.slot]}) : 1;
    total += std::abs(report.value) * times;
  }
  return total * kSteps[measure.places] * (mean ? 64 : 1) < 0x1p51;
}

ReportedYears::ReportedYears(const FlatPlan& plan, const Figures& months, const RowFacts& rows, int year)
    : plan_(plan), months_(months), rows_(rows), year_(year) {
  if (rows.reports.empty()) return;
  for (const MeasureClass& measure : plan.classes) {
    MeasureSpec& spec = specs_.emplace_back();
    spec.accumulation = measure.accumulation;
    spec.missing_time = measure.missing_time;
  }
}

bool ReportedYears::fill(std::uint32_t leaf, std::span<const CoarseReport> reports, Lane lane, Slots& slots) const {
  const MeasureClass& measure = plan_.measure(leaf);
  const rollup::time_policy::Finisher<double> finisher(specs_[plan_.class_of[leaf]], {}, lane, rows_.as_of);
  const Months months = months_of(leaf, lane);
  bool waits = months.waits;
  // Fine before coarse; a slot has one report at most, and theirs stand in the same order.
  auto report = reports.rbegin();
  for (std::size_t slot = kCoarse; slot-- > 0;) {
    Own& own = slots[slot];
    own = slot >= kFirstQuarter ? gather_quarter(leaf, slot, months.reported)
                                : rollup::gather<double>(kParts[slot], slots);
    if (own.reported.any) finisher.finish(own, slot_period(year_, slot));
    if (report != reports.rend() && report->slot == slot) {
      const bool is_waiting = (report->state & kUnvalidated) != 0;
      if (!is_waiting || lane == Lane::all) take_report(*report, measure, own);
      waits = waits || is_waiting;
      ++report;
    }
    own.complete_reason =
        own.state != CellState::value && own.reason_months >= std::popcount(unsigned{kCoarseMonths[slot]});
  }
  return !waits;
}

ReportedYears::Months ReportedYears::months_of(std::uint32_t leaf, Lane lane) const {
  Months months;
  unsigned waiting = 0;
  for (std::size_t at = 0; at < kMonths; ++at) {
    const StateByte byte = months_.state[std::size_t{leaf} * kMonths + at];
    months.reported |= ((byte & kStateMask) == 0 ? 1U : 0U) << at;
    waiting |= ((byte & kUnvalidated) != 0 ? 1U : 0U) << at;
  }
  months.reported |= rows_.reasons[leaf];
  months.waits = (months.reported & waiting) != 0;
  if (lane == Lane::validated) months.reported &= ~waiting;
  return months;
}

ReportedYears::Own ReportedYears::gather_quarter(std::uint32_t leaf, std::size_t slot, unsigned reported) const {
  if ((reported & kCoarseMonths[slot]) == 0) return rollup::nothing_inside<double>();
  constexpr std::array<std::uint32_t, 3> kAll{0, 1, 2};
  const MeasureClass& measure = plan_.measure(leaf);
  std::array<Own, kAll.size()> inside;
  for (const std::uint32_t part : kAll) {
    const std::size_t month = 3 * (slot - kFirstQuarter) + part;
    if ((reported >> month & 1U) == 0) continue;
    const std::size_t at = std::size_t{leaf} * kMonths + month;
    const auto marked = [&](const Column<std::uint16_t>& column) {
      return !column.empty() && (column[leaf] >> month & 1U) != 0;
    };
    const StateByte byte = months_.state[at];
    const Stated stated{cell_state(byte), flags_of(byte, marked(rows_.illustrative), marked(rows_.unverified)),
                        std::nearbyint(months_.value[at] * kSteps[measure.places])};
    const auto bit = static_cast<rollup::MonthMask>(1U << month);
    inside[part] = rollup::nothing_inside<double>();
    rollup::take_stated(inside[part], stated, measure.accumulation, bit, bit);
  }
  return rollup::gather<double>(kAll, inside);
}

void ReportedYears::take_report(const CoarseReport& report, const MeasureClass& measure, Own& own) const {
  const bool invented = (report.marks & CoarseReport::kInvented) != 0;
  const bool unproven = (report.marks & CoarseReport::kUnproven) != 0;
  const Stated stated{cell_state(report.state), flags_of(report.state, invented, unproven),
                      std::nearbyint(report.value * kSteps[measure.places])};
  const rollup::MonthMask months = kCoarseMonths[report.slot];
  rollup::take_stated(own, stated, measure.accumulation, months, months);
}

}  // namespace jenjang::bulk
