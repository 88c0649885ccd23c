// A template as a linear form of its answers: how much one point of each criterion moves the total.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/assess/sheet.h"
#include "jenjang/base/diagnostic.h"

namespace jenjang {

struct LinearLeaf {
  std::size_t node = 0;  // in PackTemplate::nodes
  const Scale* scale = nullptr;
  Rational per_point;  // of the total; zero for the members of a table
};
struct LinearTable {
  std::size_t node = 0;  // the sub-component
  const ShareTable* table = nullptr;
  std::vector<std::size_t> leaves;      // indices into LinearForm::leaves
  std::vector<std::string> judgements;  // keys, in order of the table
  Rational per_point;
};
struct LinearForm {
  std::vector<LinearLeaf> leaves;  // that count: answers that mean "not assessed" are left out
  std::vector<LinearTable> tables;
};

// nullopt with J3125 where the total is no linear form: a control, a rounding between, another aggregation, an answer
// that is no grade.
std::optional<LinearForm> linear_form(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                      const SheetAnswers& answers, SourceSpan use, DiagnosticSink& sink);

// The scale that a leaf's answer (or a judgement on its mode's answers) is on; nullptr: a plain number.
const Scale* answer_scale_of(const Pack& pack, const ScoringMode* mode, const TemplateNode& node);
// Value of a grade, and whether it counts as met where a table counts criteria.
Rational grade_value(const Scale& scale, std::size_t grade);
bool grade_is_met(const Scale& scale, std::size_t grade);

}  // namespace jenjang
