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
  path,        // a year between two points of the document, by its declared path
  aligned,     // the node's own plan has ended: by the policy of the rule (ExpiredPolicy)
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
  std::uint32_t exact =
      UINT32_MAX;  // index into TargetTable::exact: the share before the step; none when it did not move
  ExpiredPolicy policy = ExpiredPolicy::propose;  // aligned: which
  bool illustrative = false;                      // its own or inherited
};

// Residual of one family in one period after rounding: parent target minus roll-up of children.
struct CascadeResidual {
  FamilyId family;
  Period period;
  Rational parent;    // T
  Rational children;  // aggregate of the rounded child targets
  bool holds = true;  // the law of DESIGN section 1: exact for jumlah; equal after the parent's rounding otherwise
};

// One family in one period, firm and proposed apart, and what its children say of themselves.
struct FamilyStanding {
  FamilyId family;
  Period period;
  Rational wanted;                // the parent's target
  std::optional<Rational> firm;   // aggregate of the children whose target is adopted (mean: weights normalised)
  std::optional<Rational> whole;  // aggregate of all children with a target; empty when the policy leaves none
  Rational firm_weight;           // their part of the weights: planned denominators, mean weights, or n/N for a sum
  std::uint32_t firm_children = 0;
  std::uint32_t children = 0;
  bool provisional = false;  // a figure came from a path or a policy
};

// Another government answered a proposal with a figure of its own.
struct CounterProposal {
  NodeId child;
  FamilyId family;
  Period period;
  Target handed, answered;
  std::uint32_t statement = UINT32_MAX;  // the answer
  Rational effect;                       // on the parent's figure when the answer stands and nobody else moves
};

class TargetTable {
public:
  std::vector<TargetCell> cells;           // sorted by (node, period)
  std::vector<CascadeResidual> residuals;  // by family, period
  std::vector<Rational> exact;             // see TargetCell::exact
  std::vector<FamilyStanding> standings;   // by family, period; families of several governments or calendars only
  std::vector<CounterProposal> counters;   // by child, period

  void sort();
  [[nodiscard]] const TargetCell* find(NodeId node, Period period) const;
  [[nodiscard]] std::span<const TargetCell> of(NodeId node) const;
};

}  // namespace jenjang
