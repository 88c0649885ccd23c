// Accumulation: one node's own facts carried from months to quarters, semesters and the year.
//
// Each kind has its own rule (planning facts 5.1): increments are summed, running totals, positions
// and official figures keep the last, averages are weighted by the months they cover, peaks keep
// the largest. Finer facts make the coarser figure; a coarser figure stated beside them is compared,
// except an official one (rilis), which is never made from parts and stands.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/period_grid.h"

#include "engine/rollup/number.h"

namespace jenjang::rollup {

// Slots of a grid as a forest: month under quarter under semester under year.
class TimeTree {
public:
  TimeTree() = default;
  explicit TimeTree(const PeriodGrid& grid);
  [[nodiscard]] std::span<const std::uint32_t> children(std::size_t slot) const {
    return std::span(child_).subspan(child_begin_[slot], child_begin_[slot + 1] - child_begin_[slot]);
  }
  // All slots, fine before coarse.
  [[nodiscard]] std::span<const std::uint32_t> order() const { return order_; }
  // The slots inside `slot`, fine before coarse, itself last.
  [[nodiscard]] std::vector<std::uint32_t> inside(std::size_t slot) const;
  [[nodiscard]] int months(std::size_t slot) const { return months_[slot]; }

private:
  std::vector<std::uint32_t> order_, child_begin_, child_;
  std::vector<std::uint8_t> months_;
};

// One slot of one node's own facts.
template <class Number>
struct OwnFigure {
  Number value{};
  CellState state = CellState::empty;
  bool has_fact = false;         // a fact of this lane lies inside the period
  bool complete_reason = false;  // without a number: the stated reason covers the whole period
  bool from_finer = false;
  bool partial = false;        // a total, average or peak that does not cover all months
  bool stated_beside = false;  // a coarser figure was stated beside finer ones and did not stand
  Number stated{};             // that figure
  std::uint32_t stated_observation = 0;
  std::uint32_t observation = UINT32_MAX;  // the one fact that the figure is; none when made of several
  std::uint16_t flags = 0;                 // of ResultCell: unvalidated, illustrative, unverified, signed
  // Running state.
  Number weighted{};      // average: sum of months times value
  int months = 0;         // months covered by figures
  int reason_months = 0;  // months covered by a stated reason
};

// State of a fact as an aggregate sees it: a figure by another definition version than the one its
// period takes is `redefined` (never mixed).
CellState fact_state(const Item& item, const Observation& observation);

// Fills `figures` (by slot of the grid) for the slots in `order` from the facts of one node.
template <class Number>
void accumulate(const PeriodGrid& grid, const TimeTree& tree, std::span<const std::uint32_t> order, const Item& item,
                const Facts& facts, std::span<const Fact> own, Lane lane, std::span<OwnFigure<Number>> figures);

}  // namespace jenjang::rollup
