// What one leaf may come to be in each slot: reported, or anywhere between the limits of its class.
#pragma once

#include <optional>
#include <vector>

#include "jenjang/bulk/intervals.h"

#include "engine/bulk/fraction128.h"
#include "engine/bulk/reported_years.h"

namespace jenjang::bulk {

// The limits of a class as doubles.
struct PossibleEnds {
  double least = 0, most = 0;  // 0 where open
  double least_error = 0, most_error = 0;
  bool least_open = true, most_open = true, point = false;
};
PossibleEnds possible_ends(const MeasureClass& measure);

// One slot of a leaf: what is reported and how much of it is missing.
struct LeafSlot {
  enum class Kind : std::uint8_t {
    none,      // not applicable
    parts,     // (reported + any figure x missing / length) / divisor
    unknown,   // any figure
    at_least,  // the larger of what is reported and any figure
  };
  Kind kind = Kind::none;
  bool told = true;  // the roll-up says the same: of none not applicable, of a known figure a number
  double steps = 0;  // reported, in steps of the class: a whole number
  int missing = 0, length = 1, divisor = 1;
};

class LeafRanges {
public:
  LeafRanges(const FlatPlan& plan, const Figures& months, const RowFacts& rows, Lane lane, Intervals::Slots slots);

  [[nodiscard]] IntervalRow row(std::uint32_t leaf) const;
  // Of an inner node whose own figure stands first: nobody has reported it.
  [[nodiscard]] IntervalRow unreported(std::uint32_t node) const;
  // Slots of such a node in which an own figure is waited for.
  [[nodiscard]] std::uint16_t own_slots(const MeasureClass& measure) const;

  // One slot of a leaf, or of an inner node as in `unreported`.
  [[nodiscard]] std::optional<PossibleRange> exact(std::uint32_t node, std::size_t slot) const;
  // nullopt: open, not applicable, or beyond 128 bits.
  [[nodiscard]] std::optional<Fraction128> quick(std::uint32_t node, std::size_t slot, IntervalEnd end) const;
  // Ends of a class's figures are whole multiples of 10^-places; -1: not always.
  [[nodiscard]] int places_of(std::uint16_t class_number) const { return places_[class_number]; }
  [[nodiscard]] const PossibleEnds& ends_of(std::uint16_t class_number) const { return ends_[class_number]; }
  [[nodiscard]] bool is_coarse() const { return slots_ == Intervals::Slots::coarse; }

private:
  struct Months;
  [[nodiscard]] Months read(std::uint32_t leaf) const;
  [[nodiscard]] LeafSlot slot_of(std::uint32_t node, std::size_t slot) const;
  [[nodiscard]] LeafSlot month_of(std::uint32_t leaf, std::size_t month) const;
  [[nodiscard]] static LeafSlot coarse_of(const MeasureClass& measure, const Months& months, std::size_t slot);
  [[nodiscard]] static LeafSlot coarse_of(const MeasureClass& measure, const ReportedYears::Own& own, std::size_t slot);
  void put(IntervalRow& row, std::size_t at, const MeasureClass& measure, const PossibleEnds& ends,
           const LeafSlot& told) const;

  const FlatPlan& plan_;
  const Figures& months_;
  const RowFacts& rows_;
  Lane lane_;
  Intervals::Slots slots_;
  ReportedYears years_;
  std::vector<PossibleEnds> ends_;  // by class
  std::vector<int> places_;
};

}  // namespace jenjang::bulk
