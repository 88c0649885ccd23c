// One year of the flat engine, swept: what the rows of all its nodes are read from, by many threads.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "jenjang/bulk/intervals.h"
#include "jenjang/bulk/origins.h"
#include "jenjang/workspace/flat_rows.h"

#include "engine/workspace/flat_grid.h"

namespace jenjang::flat {

using bulk::kCoarse;
using bulk::kYearSlots;

// What rows of one class have in common.
struct ClassText {
  std::string cap, floor;               // the limits as an achievement prints them
  std::vector<std::string> predicates;  // by band, as CSV
  bool unverified_scale = false;
};

// Bits of the slots of a year that a filter takes.
inline std::uint32_t wanted_slots(int year, const FlatRowFilter& filter) {
  std::uint32_t wanted = 0;
  for (std::size_t slot = 0; slot < kYearSlots; ++slot) {
    const Period period = bulk::slot_period(year, slot);
    const bool taken = (!filter.period || filter.period->contains(period)) &&
                       (!filter.granularity || period.granularity() == *filter.granularity);
    if (taken) wanted |= std::uint32_t{1} << slot;
  }
  return wanted;
}

// One year, swept, ready to be read by many threads.
class YearSource {
public:
  YearSource(const FlatYear& year, const FlatRowFilter& filter, const bulk::SweepOptions& sweep)
      : year_(year), has_validated_(year.months.has_validated_lane()), wanted_(wanted_slots(year.year, filter)) {
    for (std::size_t slot = 0; slot < kYearSlots; ++slot) {
      periods_[slot] = bulk::slot_period(year.year, slot).to_string();
    }
    // A filter may leave no slot of this year.
    if (wanted_ == 0) return;
    make_classes();
    const bulk::NodeMarks marks = node_marks();
    const unsigned coarse = wanted_ & ((1U << kCoarse) - 1);
    if ((wanted_ >> kCoarse) != 0) sweep_months(marks, sweep);
    if (coarse != 0 && !cancelled_) sweep_coarse(coarse, marks, sweep);
    if (filter.intervals) find_intervals(filter.validated_only, coarse, sweep);
  }

  [[nodiscard]] bool cancelled() const { return cancelled_; }
  [[nodiscard]] std::uint32_t wanted() const { return wanted_; }
  [[nodiscard]] bool has_validated_lane() const { return has_validated_; }
  [[nodiscard]] const FlatYear& year() const { return year_; }
  [[nodiscard]] std::string_view period(std::size_t slot) const { return periods_[slot]; }
  [[nodiscard]] const FlatGrid& grid(std::size_t slot) const { return slot < kCoarse ? coarse_grid_ : month_grid_; }
  [[nodiscard]] const ClassText& class_text(std::uint32_t node) const { return classes_[year_.plan.class_of[node]]; }
  // nullptr: not asked for.
  [[nodiscard]] const bulk::Intervals* intervals(Lane lane, bool coarse) const {
    const auto& found = intervals_[static_cast<std::size_t>(lane)][coarse ? 1 : 0];
    return found ? &*found : nullptr;
  }

private:
  void make_classes() {
    for (const bulk::MeasureClass& measure : year_.plan.classes) {
      ClassText& text = classes_.emplace_back();
      const AchievementSpec& spec = measure.achievement;
      if (spec.cap) text.cap = printed(Rational(*spec.cap), spec.rounding);
      if (spec.floor) text.floor = printed(Rational(*spec.floor), spec.rounding);
      if (measure.scale == bulk::kNoScale) continue;
      const Scale& scale = year_.plan.scales[measure.scale];
      for (const Band& band : scale.bands) text.predicates.push_back(csv_text(band.label));
      text.unverified_scale = scale.unverified;
    }
  }

  [[nodiscard]] bulk::NodeMarks node_marks() const {
    const snapshot::PlanNames& names = year_.names;
    constexpr auto kMarked = static_cast<std::uint8_t>(snapshot::kIllustrative | snapshot::kUnverified);
    bulk::NodeMarks marks;
    const auto is_marked = [](std::uint8_t mark) { return (mark & kMarked) != 0; };
    if (std::none_of(names.item_marks.begin(), names.item_marks.end(), is_marked)) return marks;
    marks.marks = bulk::Column<std::uint8_t>(year_.plan.node_count());
    for (std::size_t node = 0; node < marks.marks.size(); ++node) {
      marks.marks[node] = names.item_marks[names.node_item[node]] & kMarked;
    }
    return marks;
  }

  void sweep_months(const bulk::NodeMarks& marks, const bulk::SweepOptions& sweep) {
    if (!year_.swept) cancelled_ = bulk::roll_up(year_.plan, year_.months, sweep).cancelled;
    if (cancelled_) return;
    for (const Lane lane : {Lane::all, Lane::validated}) {
      if (lane == Lane::validated && !has_validated_) continue;
      month_grid_.add_lane(lane, year_.plan, year_.months, lane == Lane::validated,
                           bulk::find_origins(year_.plan, year_.months, year_.rows, marks, lane, sweep.threads),
                           nullptr);
    }
  }

  void sweep_coarse(unsigned slots, const bulk::NodeMarks& marks, const bulk::SweepOptions& sweep) {
    coarse_ = bulk::derive_coarse(year_.plan, year_.months, year_.rows, year_.year, slots, sweep.threads);
    cancelled_ = bulk::roll_up(coarse_, sweep).cancelled;
    if (cancelled_) return;
    for (const Lane lane : {Lane::all, Lane::validated}) {
      if (lane == Lane::validated && !has_validated_) continue;
      bulk::LaneOrigins origins = bulk::find_origins(coarse_, year_.months, year_.rows, marks, lane, sweep.threads);
      bulk::CoarseLane& own = lane == Lane::all ? coarse_.all : coarse_.validated;
      coarse_grid_.add_lane(lane, coarse_.plan, own.figures, false, std::move(origins), &own.leaf_months);
    }
  }

  void find_intervals(bool validated_only, unsigned coarse, const bulk::SweepOptions& sweep) {
    using Slots = bulk::Intervals::Slots;
    for (const Lane lane : {Lane::all, Lane::validated}) {
      const bool second = lane == Lane::validated;
      if (second ? !has_validated_ : has_validated_ && validated_only) continue;
      for (const Slots slots : {Slots::months, Slots::coarse}) {
        const bool is_coarse = slots == Slots::coarse;
        if (cancelled_ || (is_coarse ? coarse : wanted_ >> kCoarse) == 0) continue;
        auto& made = intervals_[static_cast<std::size_t>(lane)][is_coarse ? 1 : 0];
        made.emplace(year_.plan, year_.months, year_.rows, lane, slots);
        cancelled_ = made->compute(sweep).cancelled;
      }
    }
  }

  FlatYear year_;
  bool has_validated_;
  std::uint32_t wanted_;
  bool cancelled_ = false;
  std::array<std::string, kYearSlots> periods_;
  std::vector<ClassText> classes_;
  bulk::CoarseFigures coarse_;
  FlatGrid month_grid_, coarse_grid_;
  std::optional<bulk::Intervals> intervals_[2][2];  // by lane; months, coarse
};

}  // namespace jenjang::flat
