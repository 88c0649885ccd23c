// Accumulation: one node's own facts carried from months to quarters, semesters and the year.
//
// Each kind has its own rule (planning facts 5.1): increments are summed, running totals, positions
// and official figures keep the last, averages are weighted by the months they cover, peaks keep
// the largest. Finer facts make the coarser figure; a coarser figure stated beside them is compared,
// except an official one (rilis), which is never made from parts and stands.
//
// What was reported is gathered first, month by month in a mask; then each period applies the measure's policy for
// periods without a figure (data_hilang.waktu) to its own months, so that no level fills a hole twice (decision 0022).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/model.h"
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
  // The months of the year that a slot is made of, January in the lowest bit.
  [[nodiscard]] std::uint16_t mask(std::size_t slot) const { return masks_[slot]; }
  // The next coarser slot; UINT32_MAX when there is none.
  [[nodiscard]] std::uint32_t parent(std::size_t slot) const { return parent_[slot]; }

private:
  std::vector<std::uint32_t> order_, child_begin_, child_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint8_t> months_;
  std::vector<std::uint16_t> masks_;
};

// Months of one year, January in the lowest bit.
using MonthMask = std::uint16_t;
MonthMask months_of(Period period);
// Those of them in which the node's unit exists: the others are no months of its period, neither expected nor missing.
MonthMask months_lived(const Model& model, NodeId node, Period period);

// What was reported inside one slot, before any policy: the state that coarser periods build on.
template <class Number>
struct Reported {
  bool any = false;   // a figure lies inside
  Number total{};     // of increments
  Number weighted{};  // sum of months times value, for averages
  Number best{};      // the largest
  Number last{};      // the latest
  std::uint32_t best_observation = UINT32_MAX, last_observation = UINT32_MAX;
  std::uint16_t flags = 0;
  MonthMask covered = 0;   // by a figure
  MonthMask excluded = 0;  // stated as not applicable, or outside the life of the unit: no month to wait for
  MonthMask spared = 0;    // stated as not due, awaited or of another definition: never counted as zero
  MonthMask awaited = 0;   // of those, an official figure still to come: the earlier one may be carried
};

// One slot of one node's own facts.
template <class Number>
struct OwnFigure {
  Number value{};
  CellState state = CellState::empty;
  bool has_fact = false;         // a fact of this lane lies inside the period
  bool complete_reason = false;  // without a number: the stated reason covers the whole period
  bool from_finer = false;
  bool partial = false;         // months are missing, and left out or counted as zero
  bool carried = false;         // an earlier figure was carried into a hole
  bool below_coverage = false;  // refused: too few months reported
  bool outside_life = false;    // a number stated for a time without the unit: it stays where it is
  bool stated_beside = false;   // a coarser figure was stated beside finer ones and did not stand
  Number stated{};              // that figure
  std::uint32_t stated_observation = 0;
  std::uint32_t observation = UINT32_MAX;  // the one fact that the figure is; none when made of several
  std::uint16_t flags = 0;                 // of ResultCell: unvalidated, illustrative, unverified, signed
  int covered_months = 0, expected_months = 0;
  int months = 0;         // that an average was divided by: reported, carried and counted as zero
  int reason_months = 0;  // covered by a stated reason
  Number weighted{};      // average: the sum that was divided
  Reported<Number> reported;
};

// What accumulate asks of an observation, beside each fact: 8 bytes instead of two cache lines that lie elsewhere. The
// figure is Fact::value.
struct FactDigest {
  Period period;
  std::uint16_t flags = 0;  // as flags_of says, in the lane `all`
  CellState state = CellState::value;
  bool differs = false;  // the validated lane sees something else
};
static_assert(sizeof(FactDigest) == 8);
FactDigest digest_of(const Item& item, const Observation& observation);

// State of a fact as an aggregate sees it: a figure by another definition version than the one its
// period takes is `redefined` (never mixed).
CellState fact_state(const Item& item, const Observation& observation);
// The figure of a row in a lane: as reported, or as the validator accepted it. nullptr when the lane does not see it.
const Decimal* figure_in(const Observation& observation, Lane lane);
// fact_state of what the lane sees: a verified figure is a number.
CellState state_in(const Item& item, const Observation& observation, Lane lane);

// Fills `figures` (by slot of the grid) for the slots in `order` from the facts of one node. `as_of`: a month that is
// not over by then is no hole to fill. A fact outside the life of the node's unit stands in its own period and makes
// nothing else. `digests`, where there are any, stand beside the node's facts.
template <class Number>
void accumulate(const PeriodGrid& grid, const TimeTree& tree, std::span<const std::uint32_t> order, const Model& model,
                NodeId node, const Facts& facts, Lane lane, std::span<OwnFigure<Number>> figures,
                const std::optional<Date>& as_of = std::nullopt, std::span<const FactDigest> digests = {});

}  // namespace jenjang::rollup
