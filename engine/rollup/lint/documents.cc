// One measure in several documents: the target of a year is one target.
#include "engine/rollup/lint/value_rules.h"

namespace jenjang::rollup {
namespace {

bool is_plan(DocumentKind kind) {
  return kind == DocumentKind::rpjmd || kind == DocumentKind::rpd || kind == DocumentKind::renstra ||
         kind == DocumentKind::renja;
}

}  // namespace

void lint_documents(const LintContext& context, NodeId node) {
  const Model& model = context.model;
  for (const Statement& statement : model.statements_of(node)) {
    if (statement.state != StatementState::adopted) continue;
    const Document& document = model.documents[statement.document.index()];
    if (document.state != StatementState::adopted) continue;
    const Statement* governing = model.statement_in_force(node, statement.period);
    if (governing == nullptr || governing->document == statement.document || governing->target == statement.target) {
      continue;
    }
    const Document& above = model.documents[governing->document.index()];
    if (!is_plan(above.kind)) continue;
    if (document.kind == DocumentKind::pk) {
      // A PK that replaces another is a recorded amendment.
      const LintRule* rule = context.applicable("CAS-TGT-03", statement.document);
      if (rule == nullptr || !document.replaces.empty()) continue;
      context.report(*rule, node,
                     make_diagnostic(Code::J2303, statement.span)
                         .arg("alamat", model.address(node))
                         .arg("periode", statement.period.to_string())
                         .arg("dokumen", document.code)
                         .arg("nilai", statement.target.to_string())
                         .arg("dokumen_induk", above.code)
                         .arg("nilai_induk", governing->target.to_string())
                         .related(governing->span, "target induk", "governing target"));
      continue;
    }
    const LintRule* rule = is_plan(document.kind) ? context.applicable("CAS-IND-05", statement.document) : nullptr;
    if (rule == nullptr || model.is_replaced(statement.document, statement.period.year())) continue;
    context.report(
        *rule, node,
        make_diagnostic(Code::J2205, statement.span)
            .arg("alamat", model.address(node))
            .arg("perbedaan", "target " + statement.period.to_string() + ": " + statement.target.to_string() + " (" +
                                  document.code + "), " + governing->target.to_string() + " (" + above.code + ")")
            .related(governing->span, above.code, above.code));
  }
}

}  // namespace jenjang::rollup
