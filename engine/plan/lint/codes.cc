// CAS-COD: nomenclature codes of programmes, activities and sub-activities.
#include <cctype>
#include <string>

#include "engine/plan/lint/lint_context.h"
#include "engine/plan/nomenclature.h"

namespace jenjang {
namespace {

// Parts of a code by level: U.BB.PP, U.BB.PP.L.KK, U.BB.PP.L.KK.SSSS.
std::size_t expected_parts(ItemKind kind) {
  switch (kind) {
    case ItemKind::programme:
      return 3;
    case ItemKind::activity:
      return 5;
    case ItemKind::sub_activity:
      return 6;
    default:
      return 0;
  }
}

// A province's path has no dot, that of a regency or city has one: 64 and 64.72. Kinds are an open list of
// words that people also write with a capital.
bool is_province(const OrgUnit& government) {
  std::string kind;
  for (const char c : government.kind) kind += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return kind == "provinsi" || (kind.empty() && government.path.find('.') == std::string::npos);
}

}  // namespace

void lint_code_pattern(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const std::size_t parts = expected_parts(entry.goal->kind);
    const LintRule* rule = context.rule("CAS-COD-01", *entry.document);
    if (rule == nullptr || parts == 0) continue;
    const auto code = read_nomenclature(entry.goal->raw_code);
    if (code && code->parts.size() == parts) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2501, entry.goal->code.span)
                       .arg("kode", entry.goal->raw_code)
                       .arg("baku", code ? code->text : "-"));
  }
}

void lint_code_field(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-COD-02", *entry.document);
    if (rule == nullptr || expected_parts(entry.goal->kind) == 0) continue;
    const auto code = read_nomenclature(entry.goal->raw_code);
    if (!code || field_fits_affair(*code)) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2502, entry.goal->code.span)
                       .arg("kode", code->text)
                       .arg("bidang", code->part(1))
                       .arg("urusan", code->part(0)));
  }
}

void lint_code_level(const LintContext& context) {
  const UnitTable& units = context.model.units;
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-COD-03", *entry.document);
    if (rule == nullptr || expected_parts(entry.goal->kind) == 0) continue;
    const auto code = read_nomenclature(entry.goal->raw_code);
    if (!code || code->parts.size() < 4) continue;
    const OrgUnit& government = units[context.model.unit(entry.node).government];
    if ((code->part(3) == "1") == is_province(government)) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2503, entry.goal->code.span)
                       .arg("kode", code->text)
                       .arg("tingkat", code->part(3))
                       .arg("unit", government.path)
                       .arg("pemerintah", government.kind));
  }
}

void lint_code_prefix(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-COD-04", *entry.document);
    if (rule == nullptr || entry.parent == SIZE_MAX || expected_parts(entry.goal->kind) == 0) continue;
    const LintGoal& parent = context.goals[entry.parent];
    if (expected_parts(parent.goal->kind) == 0) continue;
    const std::string& code = entry.goal->code.value;
    const std::string& above = parent.goal->code.value;
    if (code.compare(0, above.size() + 1, above + ".") == 0) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2504, entry.goal->code.span)
                       .arg("kode", code)
                       .arg("kode_induk", above)
                       .related(parent.goal->code.span, "induknya", "its parent"));
  }
}

}  // namespace jenjang
