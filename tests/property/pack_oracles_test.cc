// Every formula of every pack under models/ against its literal oracle; a formula without one fails.
#include <cctype>
#include <gtest/gtest.h>

#include "jenjang/rules/pack.h"

#include "tests/property/pack_oracle.h"

namespace jenjang::testing {
namespace pack_oracles_test {

const PackLibrary& library() {
  static const PackLibrary loaded = [] {
    SourceMap sources;
    DiagnosticSink sink;
    PackLibrary packs;
    packs.load_folder(std::filesystem::path(JENJANG_SOURCE_DIR) / "models", sources, sink);
    return packs;
  }();
  return loaded;
}

std::string found_text(const FormulaResult& result) {
  const FormulaValue& value = *result.value;
  if (value.type == FormulaType::number) return value.number.to_string();
  return value.type == FormulaType::truth ? (value.truth ? "ya" : "tidak") : value.label;
}

void compare_row(const Pack& pack, const PackFormula& formula, const OracleRow& row) {
  FormulaInputs inputs;
  for (const auto& [code, text] : row.inputs) {
    const FormulaInput* input = formula.input(code);
    if (input == nullptr) RC_FAIL("no input " + code);
    const FormulaInputReading reading = read_formula_input(pack, *input, text);
    if (reading.value.has_value() == row.outside.contains(code)) RC_FAIL("input " + code + " = " + text);
    if (reading.value) inputs.emplace(code, *reading.value);
  }
  if (!row.outside.empty()) return;
  for (const FormulaInput& input : formula.inputs) {
    if (input.required && !inputs.contains(input.code)) RC_FAIL("the oracle forgets the input " + input.code);
  }
  std::string shown;
  for (const auto& [code, text] : row.inputs) shown += code + " = " + text + "; ";
  const std::vector<FormulaResult> results = evaluate_formula(pack, formula, inputs);
  RC_ASSERT(results.size() == row.steps.size());
  for (const FormulaResult& result : results) {
    const auto wanted = row.steps.find(result.code);
    if (wanted == row.steps.end()) RC_FAIL("the oracle forgets the step " + result.code);
    const Outcome& outcome = wanted->second;
    const std::string found = result.value ? found_text(result) : gap_text(result, Language::indonesian);
    const bool same = result.gap == outcome.gap && (!result.value || found == outcome.text);
    if (!same) RC_FAIL(shown + "step " + result.code + ": found " + found + ", the oracle says " + outcome.text);
    if (outcome.unverified && *outcome.unverified != result.unverified) RC_FAIL(shown + "mark of " + result.code);
    const bool check = formula.step(result.code)->kind == FormulaStep::Kind::check;
    RC_ASSERT(result.check_failed == (check && outcome.text == "tidak"));
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, oracle] : formula_oracles()) all.push_back(name);
  return all;
}

class PackOracle : public ::testing::TestWithParam<std::string> {};

TEST_P(PackOracle, AgreesOnEveryStep) {
  const std::string& name = GetParam();
  const std::size_t slash = name.find('/');
  const Pack* pack = library().find(name.substr(0, slash));
  ASSERT_NE(pack, nullptr);
  const PackFormula* formula = pack->formula(name.substr(slash + 1));
  ASSERT_NE(formula, nullptr);
  const Oracle& oracle = formula_oracles().at(name);
  // 100 rounds of five rows: a branch that one row in fifty takes is met with near certainty.
  EXPECT_TRUE(rc::check(name, [&] {
    for (int i = 0; i < 5; ++i) compare_row(*pack, *formula, oracle());
  }));
}

std::string test_name(const ::testing::TestParamInfo<std::string>& parameter) {
  std::string name = parameter.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}
INSTANTIATE_TEST_SUITE_P(Packs, PackOracle, ::testing::ValuesIn(names()), test_name);

TEST(PackOracles, EveryFormulaHasOne) {
  std::size_t formulas = 0;
  for (const Pack& pack : library().all()) {
    for (const PackFormula& formula : pack.formulas) {
      ++formulas;
      EXPECT_TRUE(formula_oracles().contains(pack.id + "/" + formula.id)) << pack.id << "/" << formula.id;
    }
  }
  EXPECT_EQ(formulas, formula_oracles().size());
}

}  // namespace pack_oracles_test
}  // namespace jenjang::testing
