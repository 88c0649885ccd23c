// What an IntervalEvaluator remembers, cell by cell, and the steps by which a cell is made.
#pragma once

#include <unordered_map>
#include <vector>

#include "jenjang/rollup/interval.h"

#include "engine/rollup/accumulate.h"
#include "engine/rollup/interval_range.h"
#include "engine/rollup/semantics.h"

namespace jenjang {

struct IntervalEvaluator::Impl {
  struct Cell {
    std::optional<PossibleRange> value;     // empty: not applicable
    std::vector<rollup::PairRegion> pairs;  // of a ratio: one a unit, as they meet its parent
    bool achieved = false;                  // the next is computed
    std::optional<PossibleRange> raw, achievement;
    std::vector<std::uint32_t> shared;  // open nodes at or below it that feed several parents, ascending
  };

  const Model& model;
  const TargetTable& targets;
  const Facts& facts;
  Lane lane;
  std::optional<Date> as_of;
  PeriodGrid grid;
  rollup::TimeTree tree;
  ExactEvaluator exact;
  std::vector<rollup::OwnFigure<Rational>> scratch;
  std::vector<bool> is_shared;  // by node: more than one parent takes its figure
  std::unordered_map<std::uint64_t, Cell> cells;

  Impl(const Model& m, const TargetTable& t, const Facts& f, Lane l, std::optional<Date> day);
  Cell* find(NodeId node, Period period);
  Cell& cell(NodeId node, SlotId slot);
  Cell compute(NodeId node, SlotId slot);
  // The node's own figure over time, with the figures of missing periods anywhere in their range. Here alone the range
  // of a measure bounds something: one figure that nobody reported.
  std::optional<PossibleRange> own_range(NodeId node, SlotId slot);

  // ---- children (interval_children.cc) ------------------------------------------------------------

  // A second copy of something that does not apply, or a figure of another definition.
  bool is_refused(NodeId parent, const rollup::Tie& tie, SlotId slot);
  // Notes which open nodes a child brings; one that came before makes the range an outer bound.
  void meet(Cell& parent, const Cell& child, bool& twice) const;
  void roll_up(NodeId node, SlotId slot, Cell& made);
  std::optional<PossibleRange> combined(NodeId node, SlotId slot, Aggregation aggregation, Cell& made, bool& twice);
  // 1 where the child surely meets its mark or target, 0 where it surely does not, else both.
  std::optional<PossibleRange> met(NodeId parent, NodeId node, SlotId slot, const Cell& child) const;
  std::optional<PossibleRange> ratio(NodeId node, SlotId slot, Cell& made, bool& twice);
  // Between which quotients a unit's pair lies, by the possible values of the measure.
  rollup::QuotientLimits limits_of(const Item& item) const;
  // Every number of criteria that may still be met. A judgement nobody made is not given, as in the roll-up.
  std::optional<PossibleRange> looked_up(NodeId node, SlotId slot, Cell& made, bool& twice);

  // ---- against targets ----------------------------------------------------------------------------

  std::optional<PossibleRange> achieve(NodeId node, SlotId slot, Cell& at);
  int certain_band(NodeId node, Period period);
};

}  // namespace jenjang
