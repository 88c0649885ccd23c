// From a template, its answers and the costs to a problem in whole numbers.
#pragma once

#include "jenjang/assess/reach_sheet.h"

#include "engine/assess/reach_linear.h"

namespace jenjang {

struct SheetItem {
  std::string code;
  const Scale* scale = nullptr;
  std::size_t present = 0;          // grade index of the present answer
  std::vector<std::size_t> grades;  // by level
};
struct SheetProblem {
  ReachProblem problem;
  std::vector<SheetItem> items;
  Rational gain_scale, cost_scale;  // worth of one whole number
  Rational base;                    // present total
  std::vector<std::string> unpriced;
  bool default_costs = false;
};

// `answers` are complete. `least`: the totals wanted. nullopt with J3121 or J3125.
std::optional<SheetProblem> make_sheet_problem(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                               const LinearForm& form, const SheetAnswers& answers,
                                               const HalfLine& least, const std::vector<ReachCost>& costs,
                                               SourceSpan use, DiagnosticSink& sink);

}  // namespace jenjang
