// The registry of structural rules: one row a rule, in order of id.
#include <algorithm>
#include <array>

#include "engine/plan/lint/lint_context.h"

namespace jenjang {
namespace {

constexpr std::array<LintCheck, 22> kChecks{{
    {"CAS-STR-01", lint_structure_orphans},   {"CAS-STR-03", lint_structure_levels},
    {"CAS-STR-04", lint_structure_childless}, {"CAS-STR-05", lint_structure_copies},
    {"CAS-STR-06", lint_structure_years},     {"CAS-STR-07", lint_structure_vision},
    {"CAS-STR-08", lint_structure_factors},   {"CAS-STR-09", lint_structure_crosscuts},
    {"CAS-IND-01", lint_indicator_presence},  {"CAS-IND-02", lint_indicator_complete},
    {"CAS-IND-05", lint_indicator_same},      {"CAS-IND-07", lint_indicator_proportion},
    {"CAS-POS-01", lint_position_owner},      {"CAS-POS-03", lint_position_main_result},
    {"CAS-POS-04", lint_position_superior},   {"CAS-POS-05", lint_position_shares},
    {"CAS-POS-06", lint_position_indirect},   {"CAS-COD-01", lint_code_pattern},
    {"CAS-COD-02", lint_code_field},          {"CAS-COD-03", lint_code_level},
    {"CAS-COD-04", lint_code_prefix},         {"CAS-BUD-02", lint_budget_pairs},
}};

}  // namespace

std::size_t form_errors(const DiagnosticSink& sink) {
  const auto& all = sink.all();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Diagnostic& one) {
    const auto number = static_cast<unsigned>(one.code);
    return one.severity == Severity::error && number >= 1100 && number < 1600;
  }));
}

void lint_plan(const ParsedPlan& plan, const Model& model, const LintRules& rules, DiagnosticSink& sink) {
  if (const std::size_t errors = form_errors(sink); errors > 0) {
    if (!rules.all().empty()) {
      sink.report(make_diagnostic(Code::J1548, {}).arg("jumlah", std::to_string(errors)));
    }
    return;
  }
  const LintContext context(plan, model, rules, sink);
  lint_waivers(context);
  for (const LintCheck& check : kChecks) check.run(context);
}

std::vector<std::string_view> structural_lint_rules() {
  std::vector<std::string_view> ids;
  ids.reserve(kChecks.size());
  for (const LintCheck& check : kChecks) ids.push_back(check.id);
  return ids;
}

}  // namespace jenjang
