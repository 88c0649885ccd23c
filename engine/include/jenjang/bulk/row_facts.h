// RowFacts: what the rows of a year say beside the figures of a FlatPlan.
//
// A year has nineteen slots, in the order in which a grid has them: the year, two semesters, four quarters, twelve
// months. The first seven are coarse; their figures are made of months (coarse.h), only their targets stand here, and
// what leaves report of them as they are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
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

// The months that a slot is made of.
constexpr std::uint16_t months_in(std::size_t slot) {
  return slot < kCoarse ? kCoarseMonths[slot] : static_cast<std::uint16_t>(1U << (slot - kCoarse));
}
// A figure of a slot gives every slot around it a row.
constexpr std::uint32_t slots_around(std::size_t slot) {
  std::uint32_t slots = std::uint32_t{1} << slot;
  for (std::size_t around = 0; around < std::min(slot, kCoarse); ++around) {
    if ((months_in(slot) & ~unsigned{kCoarseMonths[around]}) == 0) slots |= std::uint32_t{1} << around;
  }
  return slots;
}

// What a leaf reports of a coarse slot as it is, beside its months or instead of them.
struct CoarseReport {
  static constexpr std::uint8_t kInvented = 1, kUnproven = 2;  // marks: illustrative, not verified

  std::uint32_t leaf = 0;
  std::uint8_t slot = 0;   // below kCoarse
  std::uint8_t state = 0;  // a StateByte: rank of the state, kUnvalidated (the validated lane sees no report), kSigned
  std::uint8_t marks = 0;
  std::uint8_t unused = 0;
  double value = 0;  // a whole multiple of the class's step; 0 where the state is no number
  friend bool operator<(const CoarseReport& a, const CoarseReport& b) {
    return a.leaf != b.leaf ? a.leaf < b.leaf : a.slot < b.slot;
  }
};
static_assert(sizeof(CoarseReport) == 16);  // as it stands in a file

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
  Column<CoarseReport> reports;  // sorted, one a cell; empty: none
  std::optional<Date> as_of;
  struct Obstacle {
    RowLimit limit{};
    std::uint32_t node = 0;
  };
  std::optional<Obstacle> obstacle;  // the first

  // A search over all of them.
  [[nodiscard]] std::span<const CoarseReport> reports_of(std::uint32_t leaf) const {
    const auto before = [](const CoarseReport& report, std::uint32_t other) { return report.leaf < other; };
    const CoarseReport* const first = std::lower_bound(reports.begin(), reports.end(), leaf, before);
    const CoarseReport* last = first;
    while (last != reports.end() && last->leaf == leaf) ++last;
    return {first, last};
  }
};

}  // namespace jenjang::bulk
