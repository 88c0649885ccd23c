#include "engine/rollup/lint/value_rules.h"

namespace jenjang {
namespace rollup {

const LintRule* LintContext::applicable(std::string_view id, DocumentId document) const {
  if (!document.valid() || document.index() >= model.documents.size()) return nullptr;
  return rules.applicable(id, model.documents[document.index()].kind);
}

SourceSpan LintContext::place_of(const TargetCell& cell) const {
  if (cell.statement < model.statements.size()) return model.statements[cell.statement].span;
  return model.node_span[cell.node.index()];
}

DocumentId LintContext::document_of(const TargetCell& cell) const {
  if (cell.statement < model.statements.size()) return model.statements[cell.statement].document;
  return model.item(cell.node).document;
}

void LintContext::report(const LintRule& rule, NodeId node, Diagnostic finding) const {
  rules.report(rule, model.address(node), std::move(finding), sink);
}

bool is_stated(const TargetCell& cell) {
  return cell.origin == TargetOrigin::stated || cell.origin == TargetOrigin::hold;
}

}  // namespace rollup

void lint_values(const Model& model, const TargetTable& targets, const LintRules& rules, DiagnosticSink& sink,
                 const Watch* watch) {
  rollup::LintContext context{model, targets, rules, sink};
  auto first = targets.cells.begin();
  for (std::size_t i = 0; i < model.node_count(); ++i) {
    look_now_and_then(watch, Stage::findings, i, model.node_count());
    const NodeId node = NodeId::from_index(i);
    // Cells stand in the order of nodes.
    auto last = first;
    while (last != targets.cells.end() && last->node == node) ++last;
    context.row = {first, last};
    first = last;
    if (context.row.empty() && model.statements_of(node).empty()) continue;
    rollup::lint_target_paths(context, node);
    rollup::lint_documents(context, node);
    rollup::lint_families(context, node);
    rollup::lint_periods(context, node);
  }
  rollup::lint_cascade_residuals(context);
  rollup::lint_coherence(context);
}

std::vector<std::string_view> value_lint_rules() {
  return {"CAS-IND-05", "CAS-TGT-01", "CAS-TGT-02", "CAS-TGT-03", "CAS-TGT-04",
          "CAS-TGT-05", "CAS-TGT-06", "CAS-TGT-07", "CAS-TGT-08", "CAS-BUD-01"};
}

}  // namespace jenjang
