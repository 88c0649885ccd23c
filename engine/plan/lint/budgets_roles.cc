// CAS-BUD-02 and CAS-ROL-01.
#include "engine/plan/lint/lint_context.h"

namespace jenjang {

void lint_budget_pairs(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-BUD-02", *entry.document);
    const ItemKind kind = entry.goal->kind;
    if (rule == nullptr || kind < ItemKind::programme || kind > ItemKind::sub_activity) continue;
    const bool has_indicator = !entry.goal->indicators.empty();
    const bool has_budget = !entry.goal->budget.empty();
    if (has_indicator == has_budget) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2602, entry.goal->code.span)
                       .arg("alamat", context.model.address(entry.node))
                       .arg("jenis", to_string(kind))
                       .arg("indikator", std::to_string(entry.goal->indicators.size()))
                       .arg("pagu", std::to_string(entry.goal->budget.size())));
  }
}

void lint_role_operands(const LintContext& context) {
  const Model& model = context.model;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    const Item& item = model.item(node);
    const auto children = model.graph.children(node);
    if (children.empty() || item.spec.aggregation != Aggregation::leaf) continue;
    const PlanDocument* document = context.document_of(node);
    const LintRule* rule = document == nullptr ? nullptr : context.rule("CAS-ROL-01", *document);
    if (rule == nullptr) continue;
    const FormulaEdge& edge = model.formula_edges[model.graph.formula_first_edge(node).index()];
    context.report(*rule, node,
                   make_diagnostic(Code::J2701, edge.span)
                       .arg("alamat", model.address(node))
                       .arg("anak", model.address(children.front())));
  }
}

}  // namespace jenjang
