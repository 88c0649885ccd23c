// CAS-BUD-02.
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

}  // namespace jenjang
