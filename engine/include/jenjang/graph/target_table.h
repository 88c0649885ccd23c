// TargetTable: the effective target of every (node, period), with where each came from.
//
// Sparse and sorted by (node, period): most nodes have targets in few periods. `cascade` makes it,
// `rollup`, `explain` and `report` read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/graph/model.h"

namespace jenjang {

enum class TargetOrigin : std::uint8_t {
  stated,      // a document says so
  hold,        // stated by hand below a cascade; the cascade worked around it
  cascaded,    // from the parent by a family's rule
  time_split,  // from the node's own year by accumulation kind
  summed,      // part of a year of a sum: the same part of its children, added, so that months agree on every level
};

struct TargetCell {
  NodeId node;
  Period period;
  Target target;
  TargetOrigin origin = TargetOrigin::stated;
  StatementState state = StatementState::adopted;  // proposed: handed to another government
  FamilyId family;                                 // cascaded and hold: the family
  std::uint32_t statement = UINT32_MAX;            // stated and hold: index into Model::statements
  Period from_period;                              // time_split and summed: the period it is a part of
  // Share before the step, as n/d; empty when the step did not move it.
  std::optional<Decimal> exact_before_rounding_num, exact_before_rounding_den;
  bool illustrative = false;  // its own or inherited
};

// Residual of one family in one period after rounding: parent target minus roll-up of children.
struct CascadeResidual {
  FamilyId family;
  Period period;
  Rational parent;    // T
  Rational children;  // aggregate of the rounded child targets
  bool holds = true;  // the law of DESIGN section 1: exact for jumlah; equal after the parent's rounding otherwise
};

class TargetTable {
public:
  std::vector<TargetCell> cells;           // sorted by (node, period)
  std::vector<CascadeResidual> residuals;  // by family, period

  void sort();
  [[nodiscard]] const TargetCell* find(NodeId node, Period period) const;
  [[nodiscard]] std::span<const TargetCell> of(NodeId node) const;
};

}  // namespace jenjang
