#include "engine/workspace/formula_cases.h"

#include <algorithm>

namespace jenjang {
namespace {

// A figure is compared in as many decimals as it is printed with, or as the case writes when that is more; a fraction
// ("265/3") exactly, labels letter by letter.
PackCaseOutcome::Check check_step(const FormulaStep& step, Rounding print, const FormulaResult& result,
                                  const std::string& expected) {
  if (!result.value) {
    const std::string word = result.refused() ? "tolak" : "kosong";
    return {step.code, expected, word + ": " + gap_text(result, Language::indonesian), expected == word};
  }
  const std::optional<Decimal> wanted = Decimal::parse(expected);
  if (step.type != FormulaType::number || !wanted) {
    const std::string found = formula_value_text(*result.value, {RoundingMode::exact, 0});
    const bool same =
        step.type == FormulaType::number ? result.value->number.to_string() == expected : found == expected;
    return {step.code, expected, found, same};
  }
  if (print.mode != RoundingMode::exact) print.places = std::max(print.places, wanted->scale());
  const std::string found = formula_value_text(*result.value, print);
  const std::optional<Decimal> got = Decimal::parse(found);
  return {step.code, expected, found, got && *got == *wanted};
}

}  // namespace

std::vector<PackCaseOutcome::Check> run_formula_case(const Pack& pack, const PackCase& kase) {
  std::vector<PackCaseOutcome::Check> checks;
  const PackFormula* formula = pack.formula(kase.formula);
  if (formula == nullptr) return checks;
  FormulaInputs inputs;
  for (const auto& [code, text] : kase.inputs) {
    const FormulaInput* input = formula->input(code);
    auto reading = input == nullptr ? FormulaInputReading{} : read_formula_input(pack, *input, text);
    if (reading.value) inputs.emplace(code, std::move(*reading.value));
  }
  for (const FormulaResult& result : evaluate_formula(pack, *formula, inputs)) {
    const auto expected = kase.expected.find(result.code);
    const FormulaStep* step = formula->step(result.code);
    if (expected == kase.expected.end() || step == nullptr) continue;
    checks.push_back(check_step(*step, formula->print_of(*step), result, expected->second));
  }
  return checks;
}

}  // namespace jenjang
