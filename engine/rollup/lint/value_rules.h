// Value rules of the cascade: each looks at targets of the model and reports through the lint table,
// so that severity, documents and waivers are data.
#pragma once

#include <span>

#include "jenjang/rollup/rollup.h"

namespace jenjang::rollup {

struct LintContext {
  const Model& model;
  const TargetTable& targets;
  const LintRules& rules;
  DiagnosticSink& sink;
  std::span<const TargetCell> row = {};  // targets of the node that is being looked at

  // The rule when it is on for the document of a statement, or of the item's declaration.
  [[nodiscard]] const LintRule* applicable(std::string_view id, DocumentId document) const;
  [[nodiscard]] SourceSpan place_of(const TargetCell& cell) const;
  [[nodiscard]] DocumentId document_of(const TargetCell& cell) const;
  void report(const LintRule& rule, NodeId node, Diagnostic finding) const;
};

// True for targets that a document states, also below a cascade.
bool is_stated(const TargetCell& cell);

void lint_target_paths(const LintContext& context, NodeId node);  // CAS-TGT-01, 02, 06, 07
void lint_documents(const LintContext& context, NodeId node);     // CAS-TGT-03, CAS-IND-05
void lint_families(const LintContext& context, NodeId node);      // CAS-TGT-04, CAS-BUD-01
void lint_periods(const LintContext& context, NodeId node);       // CAS-TGT-05
void lint_cascade_residuals(const LintContext& context);          // CAS-TGT-04
void lint_coherence(const LintContext& context);                  // CAS-TGT-08

}  // namespace jenjang::rollup
