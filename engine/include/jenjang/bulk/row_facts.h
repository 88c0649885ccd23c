// RowFacts: what the rows of a year say beside the figures of a FlatPlan.
//
// A year has nineteen slots, in the order in which a grid has them: the year, two semesters, four quarters, twelve
// months. The first seven are coarse; their figures are made of months (coarse.h), only their targets stand here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "jenjang/bulk/column.h"
#include "jenjang/bulk/flat_plan.h"
#include "jenjang/measure/period.h"

namespace jenjang::bulk {

inline constexpr std::size_t kCoarse = 7, kYearSlots = kCoarse + kMonths;
// Months of each coarse slot, January in the lowest bit.
inline constexpr std::uint16_t kCoarseMonths[kCoarse] = {0xFFF, 0x03F, 0xFC0, 0x007, 0x038, 0x1C0, 0xE00};
constexpr Granularity granularity_of(std::size_t slot) {
  return slot == 0  ? Granularity::year
         : slot < 3 ? Granularity::semester
         : slot < 7 ? Granularity::quarter
                    : Granularity::month;
}
Period slot_period(int year, std::size_t slot);
std::size_t slot_of(Period period);

// A figure of a month (January 0) gives every slot around it a row.
constexpr std::uint32_t slots_around(std::size_t month) {
  std::uint32_t slots = std::uint32_t{1} << (kCoarse + month);
  for (std::size_t slot = 0; slot < kCoarse; ++slot) {
    if ((kCoarseMonths[slot] >> month & 1) != 0) slots |= std::uint32_t{1} << slot;
  }
  return slots;
}

// What keeps rows from being written from columns although the figures are right.
enum class RowLimit : std::uint8_t {
  gates,      // predicates that other units' predicates decide
  documents,  // a statement about a part of the year by another document than the measure's own
};
std::string_view to_string(RowLimit limit);

struct RowFacts {
  static constexpr std::uint32_t kAllSlots = (std::uint32_t{1} << kYearSlots) - 1;
  static constexpr std::uint32_t kTargeted = std::uint32_t{1} << 31;  // some target in some period of any year
  static constexpr std::size_t kPlacesRow = 20;

  Column<double> coarse_target;        // [node][12], the first seven; NaN: none; empty: no node has one
  Column<std::uint32_t> slots;         // by node: the slots that have a row, and kTargeted
  Column<std::uint16_t> reasons;       // by leaf: months whose report is a reason instead of a number
  Column<std::uint8_t> target_places;  // [node][20]: decimals of a target as written
  // By node: slots with an invented target. By leaf: months with an invented, an unverified figure. Empty: none.
  Column<std::uint32_t> illustrative_targets;
  Column<std::uint16_t> illustrative, unverified;
  std::optional<Date> as_of;
  struct Obstacle {
    RowLimit limit{};
    std::uint32_t node = 0;
  };
  std::optional<Obstacle> obstacle;  // the first
};

}  // namespace jenjang::bulk
