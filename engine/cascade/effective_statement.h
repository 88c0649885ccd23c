// Which statement gives a node its target, and how firm it is.
#pragma once

#include "jenjang/graph/model.h"

namespace jenjang::cascade {

struct EffectiveStatement {
  const Statement* statement = nullptr;  // nullptr: none
  StatementState state = StatementState::adopted;
};
// The adopted statement in force, one of the node's own government before one of another. Without
// an adopted one a proposal, then a draft, so that an unfinished plan can be cascaded too. What
// another government states is a proposal until the own government adopts a target.
EffectiveStatement effective_statement(const Model& model, NodeId node, Period period);

// True when both governments are known and differ.
bool differing_governments(const Model& model, UnitId a, UnitId b);

}  // namespace jenjang::cascade
