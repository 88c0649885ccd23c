// What an Intervals holds, and the steps by which it is made and asked.
#pragma once

#include <atomic>
#include <vector>

#include "engine/bulk/interval_leaves.h"
#include "engine/bulk/program.h"
#include "engine/rollup/interval_range.h"

namespace jenjang::bulk {

inline constexpr std::uint16_t kAllSlots12 = 0xFFF;
// Twice the rounding of one operation, and as much as a handful of them come to.
inline constexpr double kIntervalUnit = 0x1p-52, kIntervalSome = 0x1p-50;

// One slot of a row.
struct IntervalCell {
  double least = 0, most = 0, least_error = 0, most_error = 0;
  bool applies = false, least_open = false, most_open = false, point = false, outer = false;
};
inline IntervalCell cell_at(const IntervalRow& row, std::size_t slot) {
  const auto has = [slot](std::uint16_t mask) { return (mask >> slot & 1U) != 0; };
  return {row.least[slot],     row.most[slot],     row.least_error[slot], row.most_error[slot], has(row.applies),
          has(row.least_open), has(row.most_open), has(row.point),        has(row.outer)};
}
// `complete` stays as it is.
void put_cell(IntervalRow& row, std::size_t slot, const IntervalCell& cell);

// The box of one unit's pair in a slot, weighted, with the quotients that it may have.
struct PairBox {
  double numerator[2] = {}, denominator[2] = {};  // least, most
  bool numerator_open = false, denominator_open = false;
  double error = 0;  // relative, of each of them
  double weight = 1;
  std::uint16_t class_number = 0;
};

class ExactIntervals;

struct Intervals::Impl {
  struct Masks {
    std::uint16_t applies = 0, least_open = 0, most_open = 0, point = 0, outer = 0, complete = 0;
  };
  // Of a ratio, by pair row: the sum of the pairs that are known, or the box of its own operands.
  struct PairMasks {
    std::uint16_t known = 0;                                 // some pair below is known
    std::uint16_t open = 0;                                  // some pair below is not
    std::uint16_t unknown = 0;                               // of those, one with a side that may be below nought
    std::uint16_t doubtful = 0;                              // doubles do not tell
    std::uint16_t numerator_open = 0, denominator_open = 0;  // of the own box: no most
    std::uint16_t outer = 0;                                 // of the own operands
  };
  // An open node that feeds several parents, and the slots in which it is open.
  struct OpenShare {
    std::uint32_t node = 0;
    std::uint16_t slots = 0;
    friend bool operator<(const OpenShare& a, const OpenShare& b) { return a.node < b.node; }
  };
  struct ClassCode {
    double cap = 0, floor = 0, factor = 1, unit = 1, mark = 0;
    bool has_cap = false, has_floor = false, has_mark = false;
    // Quotients of one unit's pair: range of the measure by its factor.
    std::optional<double> least_quotient, most_quotient;
    const Thresholds* cuts = nullptr;
    std::vector<double> cut_doubles;
    int above = -1, below = -1;  // bands of an end that is open
  };
  // What a parent is made of while its children are looked at.
  struct Scratch {
    std::vector<OpenShare> shares;
    std::vector<PairBox> boxes;
    std::vector<std::uint8_t> picks, before;
  };

  Impl(const FlatPlan& a_plan, const Figures& some_months, const RowFacts& some_rows, Lane a_lane, Slots some_slots);

  const FlatPlan& plan;
  const Figures& months;
  const RowFacts& rows;
  Lane lane;
  Slots slots;
  LeafRanges leaves;
  std::vector<Thresholds> thresholds;                   // by scale
  std::vector<ClassCode> codes;                         // by class
  Column<double> least, most, least_error, most_error;  // [inner][12]
  Column<Masks> masks;                                  // by inner node
  Column<std::int8_t> places;  // by inner node: ends are multiples of 10^-places; -1: not always
  // By pair row.
  Column<double> pair_least[2], pair_most[2], pair_error[2];  // numerator, denominator
  Column<PairMasks> pair_masks;
  std::vector<std::uint8_t> is_shared;              // by node: more than one tie takes its figure
  std::vector<std::vector<OpenShare>> open_shares;  // by inner node, ascending
  mutable std::atomic<std::uint64_t> exact_decisions{0};

  [[nodiscard]] bool is_leaf(std::uint32_t node) const { return node < plan.leaf_count(); }
  [[nodiscard]] std::size_t inner_of(std::uint32_t node) const { return node - plan.leaf_count(); }
  [[nodiscard]] bool is_pair(const Edge& edge) const {
    return !edge.is_denominator() && !is_leaf(edge.child()) &&
           plan.measure(edge.child()).aggregation == Aggregation::ratio;
  }
  // A ratio of operands, not of pairs.
  [[nodiscard]] bool has_own_pair(std::uint32_t ratio) const {
    const auto ties = plan.children(ratio);
    return !ties.empty() && !is_pair(ties.front());
  }
  [[nodiscard]] IntervalRow row(std::uint32_t node) const;
  void store(std::uint32_t node, const IntervalRow& row);
  [[nodiscard]] const double* targets_of(std::uint32_t node) const;  // nullptr: none in any slot
  // Target of a node as a decimal of its class; nullopt where it is not.
  [[nodiscard]] std::optional<Decimal> decimal_target(std::uint32_t node, double target) const;

  // ---- intervals.cc ------------------------------------------------------------------------------
  void make(std::uint32_t node, Scratch& scratch);
  IntervalRow roll_up(std::uint32_t node, Scratch& scratch);
  [[nodiscard]] std::int8_t find_places(std::uint32_t node) const;
  // Notes the open shared nodes that a child brings in `slots`.
  void meet(std::uint32_t child, std::uint16_t slots, Scratch& scratch) const;
  // Slots in which one of them came twice; what is left is one entry a node.
  static std::uint16_t join(std::vector<OpenShare>& shares);

  // ---- interval_cells.cc: what a child offers ------------------------------------------------------
  // Achievement of one cell after the limits.
  [[nodiscard]] IntervalCell achieved(std::uint32_t node, std::size_t slot, const IntervalCell& value) const;
  [[nodiscard]] IntervalRow achieved_row(std::uint32_t node, const IntervalRow& value) const;
  // Whether children meet their targets, or the mark of the parent: 0, 1 or both.
  [[nodiscard]] IntervalRow met_row(std::uint32_t parent, std::uint32_t child, const IntervalRow& value) const;
  [[nodiscard]] int certain_band(std::uint32_t node, std::size_t slot, const IntervalRow& row) const;
  [[nodiscard]] std::optional<IntervalCell> achieved_plainly(std::uint32_t node, const IntervalCell& value,
                                                             double target) const;
  void limit(const ClassCode& code, IntervalCell& cell, bool& doubtful) const;

  // ---- interval_ratio.cc ---------------------------------------------------------------------------
  IntervalRow ratio(std::uint32_t node, Scratch& scratch);
  void own_pair(std::uint32_t node, Scratch& scratch, IntervalRow& row);
  void pairs_below(std::uint32_t node, Scratch& scratch, IntervalRow& row);
  void collect(std::uint32_t ratio, std::size_t slot, double weight, std::vector<PairBox>& boxes) const;
  // nullopt: doubles do not tell.
  [[nodiscard]] std::optional<IntervalCell> quotient(std::uint32_t node, std::size_t slot, Scratch& scratch) const;

  // ---- interval_exact.cc ---------------------------------------------------------------------------
  // Of a leaf or a finished node.
  [[nodiscard]] std::optional<PossibleRange> exact_value(std::uint32_t node, std::size_t slot) const;
  // Of an inner node from its children, which are finished.
  [[nodiscard]] std::optional<PossibleRange> exact_from_children(std::uint32_t node, std::size_t slot) const;
  [[nodiscard]] std::optional<PossibleRange> exact_achieved(std::uint32_t node, std::size_t slot,
                                                            const PossibleRange& value) const;
  [[nodiscard]] std::optional<PossibleRange> exact_raw(std::uint32_t node, std::size_t slot,
                                                       const PossibleRange& value) const;
  [[nodiscard]] std::optional<PossibleRange> exact_met(std::uint32_t parent, std::uint32_t child, std::size_t slot,
                                                       const PossibleRange& value) const;
  void exact_pairs(std::uint32_t ratio, std::size_t slot, std::vector<rollup::PairRegion>& regions,
                   bool& own_attained) const;
  [[nodiscard]] rollup::QuotientLimits exact_limits(const MeasureClass& measure) const;
  // A finished end that is a whole number of steps.
  [[nodiscard]] std::optional<Decimal> read_off(std::uint32_t node, double end, double error) const;
  [[nodiscard]] std::optional<Fraction128> quick_end(std::uint32_t node, std::size_t slot, IntervalEnd end,
                                                     const IntervalRow& row) const;
  [[nodiscard]] std::optional<Fraction128> quick_achieved(std::uint32_t node, std::size_t slot, IntervalEnd end,
                                                          const IntervalRow& value, const IntervalCell& cell) const;
};

// A range from exact numbers as a cell, rounded once.
IntervalCell cell_of(const std::optional<PossibleRange>& range);

}  // namespace jenjang::bulk
