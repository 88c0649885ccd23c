#include "engine/cascade/families/effective_statement.h"

#include <algorithm>

#include "engine/cascade/conflict/limits.h"

namespace jenjang::cascade {

bool differing_governments(const Model& model, UnitId a, UnitId b) {
  const UnitId of_a = model.units[a].government;
  const UnitId of_b = model.units[b].government;
  return of_a.valid() && of_b.valid() && of_a != of_b;
}

std::optional<UnitId> author_of(const Model& model, DocumentId document) {
  return document.valid() ? model.units.find(model.documents[document.index()].unit) : std::nullopt;
}

namespace {

bool is_foreign(const Model& model, NodeId node, const Statement& statement) {
  const std::optional<UnitId> author = author_of(model, statement.document);
  return author && differing_governments(model, *author, model.node_unit[node.index()]);
}

// A statement is no firmer than its document.
StatementState firmness(const Model& model, const Statement& statement) {
  return statement.document.valid() ? std::max(statement.state, model.documents[statement.document.index()].state)
                                    : statement.state;
}

}  // namespace

StatementState firmness_at(const Model& model, NodeId node, const Statement& statement) {
  const StatementState state = firmness(model, statement);
  return is_foreign(model, node, statement) ? std::max(state, StatementState::proposed) : state;
}

EffectiveStatement effective_statement(const Model& model, NodeId node, Period period, std::optional<Date> as_of) {
  const Statement* chosen = model.statement_in_force(node, period);
  if (chosen != nullptr && is_expired(chosen->grounds, as_of)) {
    chosen = nullptr;
  }
  if (chosen != nullptr && !is_foreign(model, node, *chosen)) {
    return {chosen, StatementState::adopted};
  }
  const Statement* unfinished = nullptr;
  for (const Statement& statement : model.statements_of(node)) {
    if (statement.period != period || is_expired(statement.grounds, as_of) ||
        model.is_replaced(statement.document, period.year())) {
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
