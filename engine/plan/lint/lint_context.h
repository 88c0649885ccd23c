// What the structural lint rules look at: every goal and indicator entry beside its node.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jenjang/plan/plan.h"

#include "engine/plan/plan_document.h"

namespace jenjang {

struct LintGoal {
  const PlanGoal* goal = nullptr;
  const PlanDocument* document = nullptr;
  std::size_t parent = SIZE_MAX;      // index of the goal around it
  std::vector<std::size_t> children;  // nested goals
  NodeId node;
};
struct LintMeasure {
  const PlanIndicator* indicator = nullptr;
  const PlanDocument* document = nullptr;
  std::size_t goal = SIZE_MAX;
  NodeId node;
};

struct LintContext {
  LintContext(const ParsedPlan& parsed, const Model& bound, const LintRules& table, DiagnosticSink& out);

  const ParsedPlan& plan;
  const Model& model;
  const LintRules& rules;
  DiagnosticSink& sink;
  // Only what was bound, and only of documents in force: one that another adopted document replaces is
  // history that nobody can repair.
  std::vector<LintGoal> goals;
  std::vector<LintMeasure> measures;
  std::vector<const PlanDocument*> documents;
  std::vector<const PlanIndicator*> declaration;  // by ItemId: the entry that declares it; nullptr for parts of packs

  // The rule when it applies to that document.
  [[nodiscard]] const LintRule* rule(std::string_view id, const PlanDocument& document) const {
    return rules.applicable(id, document.kind);
  }
  void report(const LintRule& rule, NodeId node, Diagnostic finding) const {
    rules.report(rule, model.address(node), std::move(finding), sink);
  }
  [[nodiscard]] bool is_goal_node(NodeId node) const { return !model.item(node).is_measure(); }
  // The document that declares the item of a node; nullptr for parts of packs.
  [[nodiscard]] const PlanDocument* document_of(NodeId node) const {
    return document_source_[model.item(node).document.index()];
  }
  [[nodiscard]] const PlanIndicator* declaration_of(NodeId node) const {
    return declaration[model.node_item[node.index()].index()];
  }
  // True when the entry declares the measure, or is the first word in force about one that a replaced
  // document declared.
  [[nodiscard]] bool speaks_for(const LintMeasure& entry) const;

private:
  [[nodiscard]] bool is_replaced(const PlanDocument& document) const;
  std::vector<const PlanDocument*> document_source_;  // by DocumentId
};

// J1549, J1550: waivers that waive nothing because they name nothing.
void lint_waivers(const LintContext& context);

// The check of each rule, by id, in order of id.
struct LintCheck {
  std::string_view id;
  void (*run)(const LintContext& context);
};
void lint_structure_orphans(const LintContext& context);     // CAS-STR-01
void lint_structure_levels(const LintContext& context);      // CAS-STR-03
void lint_structure_childless(const LintContext& context);   // CAS-STR-04
void lint_structure_copies(const LintContext& context);      // CAS-STR-05
void lint_structure_years(const LintContext& context);       // CAS-STR-06
void lint_structure_vision(const LintContext& context);      // CAS-STR-07
void lint_structure_factors(const LintContext& context);     // CAS-STR-08
void lint_structure_crosscuts(const LintContext& context);   // CAS-STR-09
void lint_indicator_presence(const LintContext& context);    // CAS-IND-01
void lint_indicator_complete(const LintContext& context);    // CAS-IND-02
void lint_indicator_same(const LintContext& context);        // CAS-IND-05
void lint_indicator_proportion(const LintContext& context);  // CAS-IND-07
void lint_position_owner(const LintContext& context);        // CAS-POS-01
void lint_position_main_result(const LintContext& context);  // CAS-POS-03
void lint_position_superior(const LintContext& context);     // CAS-POS-04
void lint_position_shares(const LintContext& context);       // CAS-POS-05
void lint_position_indirect(const LintContext& context);     // CAS-POS-06
void lint_code_pattern(const LintContext& context);          // CAS-COD-01
void lint_code_field(const LintContext& context);            // CAS-COD-02
void lint_code_level(const LintContext& context);            // CAS-COD-03
void lint_code_prefix(const LintContext& context);           // CAS-COD-04
void lint_budget_pairs(const LintContext& context);          // CAS-BUD-02

}  // namespace jenjang
