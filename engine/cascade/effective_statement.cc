#include "engine/cascade/effective_statement.h"

#include <algorithm>

namespace jenjang::cascade {

bool differing_governments(const Model& model, UnitId a, UnitId b) {
  const UnitId of_a = model.units[a].government;
  const UnitId of_b = model.units[b].government;
  return of_a.valid() && of_b.valid() && of_a != of_b;
}

namespace {

bool is_foreign(const Model& model, NodeId node, const Statement& statement) {
  if (!statement.document.valid()) {
    return false;
  }
  const std::optional<UnitId> author = model.units.find(model.documents[statement.document.index()].unit);
  return author && differing_governments(model, *author, model.node_unit[node.index()]);
}

// A statement is no firmer than its document.
StatementState firmness(const Model& model, const Statement& statement) {
  return statement.document.valid() ? std::max(statement.state, model.documents[statement.document.index()].state)
                                    : statement.state;
}

}  // namespace

EffectiveStatement effective_statement(const Model& model, NodeId node, Period period) {
  const Statement* chosen = model.statement_in_force(node, period);
  if (chosen != nullptr && !is_foreign(model, node, *chosen)) {
    return {chosen, StatementState::adopted};
  }
  const Statement* unfinished = nullptr;
  for (const Statement& statement : model.statements_of(node)) {
    if (statement.period != period || model.is_replaced(statement.document, period.year())) {
      continue;
    }
    const StatementState state = firmness(model, statement);
    if (state == StatementState::adopted) {
      if (!is_foreign(model, node, statement)) {
        return {&statement, state};
      }
    } else if (unfinished == nullptr || state < firmness(model, *unfinished)) {
      unfinished = &statement;
    }
  }
  if (chosen != nullptr) {
    return {chosen, StatementState::proposed};
  }
  return {unfinished, unfinished == nullptr ? StatementState::adopted : firmness(model, *unfinished)};
}

}  // namespace jenjang::cascade
