// Which statement gives a node its target, and how firm it is.
#pragma once

#include <optional>

#include "jenjang/graph/model.h"

namespace jenjang::cascade {

struct EffectiveStatement {
  const Statement* statement = nullptr;  // nullptr: none
  StatementState state = StatementState::adopted;
};
// The adopted statement in force, one of the node's own government before one of another. Without
// an adopted one a proposal, then a draft, so that an unfinished plan can be cascaded too. What
// another government states is a proposal until the own government adopts a target.
// A hold whose last day is before `as_of` no longer counts.
EffectiveStatement effective_statement(const Model& model, NodeId node, Period period,
                                       std::optional<Date> as_of = std::nullopt);
// How firm one statement about a node is: no firmer than its document, and at most a proposal when another
// government made it.
StatementState firmness_at(const Model& model, NodeId node, const Statement& statement);
// The unit whose document says it; none when the document names no known unit.
std::optional<UnitId> author_of(const Model& model, DocumentId document);

// True when both governments are known and differ.
bool differing_governments(const Model& model, UnitId a, UnitId b);

}  // namespace jenjang::cascade
