#include "jenjang/bulk/coarse.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/side_by_side.h"
#include "engine/bulk/reported_years.h"
#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/time_policy.h"

namespace jenjang::bulk {
namespace {

using rollup::MonthMask;
using rollup::time_policy::count;
using rollup::time_policy::mask;

constexpr double kSteps[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

// A view that owns nothing: plan and rows stay where they are.
template <class T>
Column<T> view_of(const Column<T>& column) {
  return {const_cast<T*>(column.data()), column.size(), nullptr};
}

FlatPlan view_of(const FlatPlan& plan) {
  FlatPlan view;
  view.classes = plan.classes;
  view.scales = plan.scales;
  view.level_begin = plan.level_begin;
  view.class_of = view_of(plan.class_of);
  view.owner = view_of(plan.owner);
  view.edge_begin = view_of(plan.edge_begin);
  view.edges = view_of(plan.edges);
  view.pair_row = view_of(plan.pair_row);
  view.pair_rows = plan.pair_rows;
  view.bounds = plan.bounds;
  view.shared = view_of(plan.shared);
  view.starts = view_of(plan.starts);
  return view;
}

// What a class says of a slot that nobody reported in.
struct Silence {
  CellState targeted = CellState::empty, untargeted = CellState::empty;
};

// One leaf in one lane: its months as this lane sees them.
struct Months {
  double steps[kMonths];  // whole multiples of the class's step, exact in doubles
  MonthMask numbers = 0, reasons = 0, waiting = 0, negative = 0;
  StateByte state[kMonths];
};

class CoarseMaker {
public:
  CoarseMaker(const FlatPlan& plan, const Figures& months, const RowFacts& rows, int year, unsigned slots)
      : plan_(plan), months_(months), rows_(rows), year_(year), slots_(slots), years_(plan, months, rows, year) {
    due_ = rollup::time_policy::due_months(year, rows.as_of);
    for (const MeasureClass& measure : plan.classes) {
      auto& silences = silences_.emplace_back();
      for (std::size_t slot = 0; slot < kCoarse; ++slot) {
        const auto said = [&](bool untargeted) {
          return rollup::missing_state(measure.frequency, measure.accumulation, slot_period(year, slot), rows.as_of,
                                       untargeted);
        };
        silences[slot] = {said(false), said(true)};
      }
    }
  }

  CoarseFigures make(bool two_lanes, bool divided) const {
    CoarseFigures made;
    made.plan = view_of(plan_);
    if (divided) {
      for (MeasureClass& measure : made.plan.classes) {
        measure.divided = measure.aggregation == Aggregation::leaf && measure.accumulation == Accumulation::average;
      }
      made.plan.bounds = find_bounds(made.plan);
    }
    made.all = make_lane(divided);
    if (two_lanes) made.validated = make_lane(divided);
    return made;
  }

  void fill(std::uint32_t leaf, CoarseFigures& made) const {
    const MeasureClass& measure = plan_.measure(leaf);
    Months months = read(leaf, measure);
    const std::uint32_t aimed = aimed_months(leaf);
    fill_lane(leaf, measure, months, aimed, made.all);
    if (!made.has_validated_lane()) return;
    // What waits is no report at all to the validated lane.
    months.numbers = mask(months.numbers & ~unsigned{months.waiting});
    months.reasons = mask(months.reasons & ~unsigned{months.waiting});
    months.waiting = 0;
    fill_lane(leaf, measure, months, aimed, made.validated);
  }

  // The same for a leaf with reports of coarser periods.
  void fill(std::uint32_t leaf, std::span<const CoarseReport> reports, CoarseFigures& made) const {
    ReportedYears::Slots told;
    const std::uint32_t aimed = aimed_months(leaf);
    const bool alike = years_.fill(leaf, reports, Lane::all, told);
    fill_lane(leaf, told, aimed, made.all);
    if (!made.has_validated_lane()) return;
    if (!alike) years_.fill(leaf, reports, Lane::validated, told);
    fill_lane(leaf, told, aimed, made.validated);
  }

private:
  struct Cell {
    double value = 0;
    StateByte state = 0;
    int divisor = 1;
    int covered = 0, expected = 0;
  };

  void fill_lane(std::uint32_t leaf, const MeasureClass& measure, const Months& months, std::uint32_t aimed,
                 CoarseLane& into) const {
    put_cells(leaf, into, [&](std::size_t slot) { return cell_of(leaf, measure, months, slot, aimed); });
  }
  void fill_lane(std::uint32_t leaf, const ReportedYears::Slots& told, std::uint32_t aimed, CoarseLane& into) const {
    put_cells(leaf, into, [&](std::size_t slot) { return cell_of(leaf, told[slot], slot, aimed); });
  }
  template <class CellOf>
  void put_cells(std::uint32_t leaf, CoarseLane& into, const CellOf& cell_of) const {
    const std::size_t first = std::size_t{leaf} * kMonths;
    for (std::size_t slot = 0; slot < kMonths; ++slot) {
      Figures& to = into.figures;
      to.value[first + slot] = 0;
      to.state[first + slot] = state_byte(CellState::not_applicable);
      if (slot >= kCoarse || (slots_ >> slot & 1U) == 0) continue;
      const Cell cell = cell_of(slot);
      to.value[first + slot] = cell.value;
      to.state[first + slot] = cell.state;
      if (!to.divisor.empty()) to.divisor[first + slot] = static_cast<std::uint8_t>(cell.divisor);
      into.leaf_months[std::size_t{leaf} * CoarseFigures::kMonthsRow + slot] =
          static_cast<std::uint8_t>(cell.covered | cell.expected << 4);
    }
  }

  CoarseLane make_lane(bool divided) const {
    CoarseLane lane;
    lane.figures = make_figures(plan_, false, false);
    if (rows_.coarse_target.empty()) {
      std::fill(lane.figures.target.begin(), lane.figures.target.end(), std::numeric_limits<double>::quiet_NaN());
    } else {
      lane.figures.target = view_of(rows_.coarse_target);
    }
    lane.leaf_months = Column<std::uint8_t>(plan_.leaf_count() * CoarseFigures::kMonthsRow);
    if (divided) lane.figures.divisor = Column<std::uint8_t>(plan_.leaf_count() * kMonths);
    return lane;
  }

  // As the full lane sees them.
  [[nodiscard]] Months read(std::uint32_t leaf, const MeasureClass& measure) const {
    Months months;
    const std::size_t first = std::size_t{leaf} * kMonths;
    const double steps = kSteps[measure.places];
    unsigned numbers = 0, waiting = 0, negative = 0;
    for (std::size_t at = 0; at < kMonths; ++at) {
      const StateByte byte = months_.state[first + at];
      months.state[at] = byte;
      // A figure is the double nearest to a multiple of the step; below 2^51 of them this sum leaves a whole number.
      constexpr double kWhole = 0x1.8p52;
      months.steps[at] = (months_.value[first + at] * steps + kWhole) - kWhole;
      const unsigned bit = 1U << at;
      if ((byte & kStateMask) == 0) numbers |= bit;
      if ((byte & kUnvalidated) != 0) waiting |= bit;
      if ((byte & kSigned) != 0) negative |= bit;
    }
    months.numbers = mask(numbers);
    months.reasons = rows_.reasons[leaf];
    months.waiting = mask(waiting);
    months.negative = mask(negative);
    return months;
  }

  // Months with a target.
  [[nodiscard]] std::uint32_t aimed_months(std::uint32_t leaf) const {
    if ((rows_.slots[leaf] & RowFacts::kTargeted) == 0) return 0;
    const double* const target = &months_.target[std::size_t{leaf} * kMonths];
    std::uint32_t aimed = 0;
    for (std::size_t at = 0; at < kMonths; ++at) aimed |= (std::isnan(target[at]) ? 0U : 1U) << at;
    return aimed;
  }
  // False when the leaf has targets, but none inside the slot.
  [[nodiscard]] bool lies_within(std::uint32_t leaf, std::size_t slot, std::uint32_t aimed) const {
    if ((rows_.slots[leaf] & RowFacts::kTargeted) == 0 || (aimed & kCoarseMonths[slot]) != 0) return true;
    if (rows_.coarse_target.empty()) return false;
    for (std::size_t inside = slot; inside < kCoarse; ++inside) {
      const bool lies = (kCoarseMonths[inside] & ~unsigned{kCoarseMonths[slot]}) == 0;
      if (lies && !std::isnan(rows_.coarse_target[std::size_t{leaf} * kMonths + inside])) return true;
    }
    return false;
  }

  // The same steps as rollup::accumulate, which the tests compare it with: what was reported inside the slot, then the
  // policy for its holes.
  [[nodiscard]] Cell cell_of(std::uint32_t leaf, const MeasureClass& measure, const Months& months, std::size_t slot,
                             std::uint32_t aimed) const {
    const MonthMask all = kCoarseMonths[slot];
    const MonthMask numbers = mask(months.numbers & all), reasons = mask(months.reasons & all);
    const Silence& silence = silences_[static_cast<std::size_t>(&measure - plan_.classes.data())][slot];
    Cell cell;
    if (numbers != 0) {
      if (accumulate(measure, months, all, cell)) return cell;
      // Refused: some month is missing. A figure lies inside, so the period is due whatever is targeted.
      cell = {};
      cell.state = state_byte(silence.targeted);
      return cell;
    }
    StateByte worst = 0;
    for (std::size_t at = 0; at < kMonths; ++at) {
      if ((reasons >> at & 1) != 0) worst = std::max<StateByte>(worst, months.state[at] & kStateMask);
    }
    // Reasons for every month are the reason of all; else what the silence of the others says may be more urgent.
    if (count(reasons) < count(all)) {
      worst = std::max(worst, state_byte(lies_within(leaf, slot, aimed) ? silence.targeted : silence.untargeted));
    }
    cell.state = worst;
    return cell;
  }

  // What is reported of coarser periods too, as compose_leaf of the general engine reads it.
  [[nodiscard]] Cell cell_of(std::uint32_t leaf, const ReportedYears::Own& own, std::size_t slot,
                             std::uint32_t aimed) const {
    const MeasureClass& measure = plan_.measure(leaf);
    const Silence& silence = silences_[plan_.class_of[leaf]][slot];
    Cell cell;
    if (own.state != CellState::value) {
      const bool targeted = own.reported.any || lies_within(leaf, slot, aimed);
      const CellState missing = targeted ? silence.targeted : silence.untargeted;
      cell.state = state_byte(own.complete_reason ? own.state
                              : own.has_fact      ? rollup::more_urgent(own.state, missing)
                                                  : missing);
      return cell;
    }
    const double steps = kSteps[measure.places];
    const bool mean = measure.accumulation == Accumulation::average && own.from_finer;
    cell.divisor = mean ? own.months : 1;
    cell.value = mean ? own.weighted / (steps * own.months) : own.value / steps;
    if (cell.value == 0) cell.value = 0;  // never the negative one
    cell.covered = own.covered_months;
    cell.expected = own.expected_months;
    if ((own.flags & kTouchedUnvalidated) != 0) cell.state |= kUnvalidated;
    if ((own.flags & jenjang::kSigned) != 0) cell.state |= kSigned;
    return cell;
  }

  // False when missing months refuse the figure.
  bool accumulate(const MeasureClass& measure, const Months& months, MonthMask all, Cell& cell) const {
    const MonthMask numbers = mask(months.numbers & all);
    unsigned excluded = 0, spared = 0;
    for (unsigned left = months.reasons & all; left != 0; left &= left - 1) {
      const int at = std::countr_zero(left);
      const CellState state = cell_state(months.state[at]);
      if (state == CellState::not_applicable) excluded |= 1U << at;
      if (state != CellState::not_applicable && state != CellState::empty) spared |= 1U << at;
    }
    const Accumulation kind = measure.accumulation;
    const MonthMask wanted = mask((all & ~excluded) | numbers);
    const MonthMask holes = rollup::time_policy::holes_of(kind, wanted, numbers);
    cell.expected = count(wanted);
    cell.covered = count(mask(wanted & ~unsigned{holes}));
    int figures = count(numbers);
    double total = 0, best = -std::numeric_limits<double>::infinity();
    for (unsigned left = numbers; left != 0; left &= left - 1) {
      const double steps = months.steps[std::countr_zero(left)];
      total += steps;
      best = std::max(best, steps);
    }
    double last = months.steps[std::bit_width(unsigned{numbers}) - 1];
    if (holes != 0) {
      if (measure.missing_time == MissingPolicy::strict) return false;
      const int zeros = measure.missing_time == MissingPolicy::zero ? count(mask(holes & due_ & ~spared)) : 0;
      if (zeros > 0 && kind != Accumulation::release) {
        figures += zeros;
        best = std::max(best, 0.0);
        if (kind == Accumulation::position) last = 0;
      }
    }
    // Whole numbers below 2^51, and divisors below 2^24: each quotient is the double nearest to the exact figure.
    const double steps = kSteps[measure.places];
    switch (kind) {
      case Accumulation::increments:
        cell.value = total / steps;
        break;
      case Accumulation::average:
        cell.value = total / (steps * figures);
        cell.divisor = figures;
        break;
      case Accumulation::peak:
        cell.value = best / steps;
        break;
      default:
        cell.value = last / steps;
        break;
    }
    if (cell.value == 0) cell.value = 0;  // never the negative one
    if ((months.waiting & numbers) != 0) cell.state |= kUnvalidated;
    if ((months.negative & numbers) != 0) cell.state |= kSigned;
    return true;
  }

  const FlatPlan& plan_;
  const Figures& months_;
  const RowFacts& rows_;
  int year_;
  unsigned slots_;
  ReportedYears years_;
  MonthMask due_ = 0;
  std::vector<std::array<Silence, kCoarse>> silences_;  // by class
};

}  // namespace

CoarseFigures derive_coarse(const FlatPlan& plan, const Figures& months, const RowFacts& rows, int year, unsigned slots,
                            unsigned threads) {
  const CoarseMaker maker(plan, months, rows, year, slots);
  const bool divided = std::any_of(plan.classes.begin(), plan.classes.end(), [](const MeasureClass& measure) {
    return measure.aggregation == Aggregation::leaf && measure.accumulation == Accumulation::average;
  });
  const bool two_lanes = months.has_validated_lane();
  CoarseFigures made = maker.make(two_lanes, divided);
  constexpr std::size_t kBlock = 4096;
  const std::size_t leaves = plan.leaf_count();
  side_by_side(threads, (leaves + kBlock - 1) / kBlock, [&] {
    return [&](std::size_t block) {
      const auto last = static_cast<std::uint32_t>(std::min(leaves, (block + 1) * kBlock));
      const auto first = static_cast<std::uint32_t>(block * kBlock);
      const CoarseReport* report = std::lower_bound(rows.reports.begin(), rows.reports.end(), CoarseReport{first});
      for (std::uint32_t leaf = first; leaf < last; ++leaf) {
        const std::uint32_t reporting = report == rows.reports.end() ? last : std::min(last, report->leaf);
        for (; leaf < reporting; ++leaf) maker.fill(leaf, made);
        if (leaf == last) break;
        const CoarseReport* const begin = report;
        while (report != rows.reports.end() && report->leaf == leaf) ++report;
        maker.fill(leaf, {begin, report}, made);
      }
    };
  });
  return made;
}

SweepReport roll_up(CoarseFigures& coarse, const SweepOptions& options) {
  SweepReport report = roll_up(coarse.plan, coarse.all.figures, options);
  if (!coarse.has_validated_lane() || report.cancelled) return report;
  const SweepReport second = roll_up(coarse.plan, coarse.validated.figures, options);
  report.exact_decisions += second.exact_decisions;
  report.cancelled = second.cancelled;
  return report;
}

}  // namespace jenjang::bulk
