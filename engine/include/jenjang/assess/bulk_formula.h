// Many rows of one formula sheet at once: where every input is a label, the formula compiled into one look-up.
//
// A formula over labels has as many different results as its inputs have combinations: nine for the predicate of a
// civil servant. Each combination is computed once, by evaluate_formula itself, refusals included; a row is then an
// index into those. A formula with numbers or evidence among its inputs (or with too many combinations) is computed row
// by row when it is asked about.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "jenjang/assess/bulk_answers.h"
#include "jenjang/base/watch.h"
#include "jenjang/rules/pack.h"

namespace jenjang {

class BulkFormula {
public:
  // `pack` and `formula` outlive it.
  static BulkFormula compile(const Pack& pack, const PackFormula& formula);

  [[nodiscard]] const Pack& pack() const { return *pack_; }
  [[nodiscard]] const PackFormula& formula() const { return *formula_; }
  [[nodiscard]] const BulkForm& form() const { return form_; }
  // False for an input of more labels than a code can tell apart: then the form takes no answers.
  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] bool is_flat() const { return !outcomes_.empty(); }
  // Results by step, of each combination of labels; combinations that lack a required input have none.
  [[nodiscard]] const std::vector<std::vector<FormulaResult>>& outcomes() const { return outcomes_; }
  [[nodiscard]] const std::vector<std::uint16_t>& factors() const { return factors_; }

private:
  const Pack* pack_ = nullptr;
  const PackFormula* formula_ = nullptr;
  BulkForm form_;
  bool fits_ = true;
  std::vector<std::uint16_t> factors_;  // by input: its code times this, added up, is the combination
  std::vector<std::vector<FormulaResult>> outcomes_;
};

class BulkResults {
public:
  // `answers` are of the formula's form; the formula outlives this.
  BulkResults(const BulkFormula& formula, BulkAnswers answers, unsigned threads = 1, const Watch* watch = nullptr);

  [[nodiscard]] std::size_t rows() const { return answers_.sheets(); }
  [[nodiscard]] const BulkAnswers& answers() const { return answers_; }
  // Of a flat formula: the place of a row's results among its outcomes.
  [[nodiscard]] std::uint16_t outcome(std::size_t row) const { return outcomes_[row]; }
  // By step of the formula. From several threads at once, too.
  [[nodiscard]] std::vector<FormulaResult> results(std::size_t row) const;
  [[nodiscard]] std::vector<FormulaResult> general(std::size_t row) const;  // by evaluate_formula, whatever the formula

private:
  const BulkFormula* formula_;
  BulkAnswers answers_;
  std::unique_ptr<std::uint16_t[]> outcomes_;  // first written by the thread that finds them
};

}  // namespace jenjang
