#include "jenjang/assess/bulk_formula.h"

#include <algorithm>

#include "engine/base/side_by_side.h"

namespace jenjang {
namespace {

// Combinations computed beforehand: as many as evaluate_formula does in some tens of milliseconds.
constexpr std::size_t kMostOutcomes = 4096;
constexpr std::size_t kRowsOfPart = std::size_t{1} << 16;

BulkQuestion question_of(const Pack& pack, const FormulaInput& input) {
  BulkQuestion question{input.code, input.title};
  question.required = input.required;
  switch (input.type) {
    case FormulaType::number:
      question.kind = BulkQuestion::Kind::number;
      question.low = input.low;
      question.high = input.high;
      break;
    case FormulaType::label:
    case FormulaType::truth:
      question.labels = labels_of(pack, input);
      break;
    case FormulaType::evidence:
      question.kind = BulkQuestion::Kind::text;
      break;
  }
  return question;
}

std::vector<FormulaResult> evaluate(const BulkFormula& formula, const BulkAnswers& answers, std::size_t row) {
  FormulaInputs inputs;
  const std::vector<FormulaInput>& asked = formula.formula().inputs;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (answers.codes(row)[i] == kBulkUnanswered) continue;
    FormulaInputReading reading = read_formula_input(formula.pack(), asked[i], answers.written(row, i));
    if (reading.value) inputs.emplace(asked[i].code, *std::move(reading.value));
  }
  return evaluate_formula(formula.pack(), formula.formula(), inputs);
}

// Rows of two inputs are what millions of civil servants have; any other number takes the general loop.
void index_rows(const std::vector<std::uint16_t>& factors, const BulkCode* codes, std::size_t rows,
                std::uint16_t* outcomes) {
  const std::size_t width = factors.size();
  if (width == 2) {
    const unsigned first = factors[0], second = factors[1];
    for (std::size_t row = 0; row < rows; ++row) {
      outcomes[row] = static_cast<std::uint16_t>(codes[2 * row] * first + codes[2 * row + 1] * second);
    }
    return;
  }
  for (std::size_t row = 0; row < rows; ++row) {
    unsigned combination = 0;
    for (std::size_t i = 0; i < width; ++i) combination += unsigned{codes[row * width + i]} * factors[i];
    outcomes[row] = static_cast<std::uint16_t>(combination);
  }
}

}  // namespace

BulkFormula BulkFormula::compile(const Pack& pack, const PackFormula& formula) {
  BulkFormula made;
  made.pack_ = &pack;
  made.formula_ = &formula;
  std::size_t combinations = 1;
  bool labels_alone = !formula.inputs.empty();
  for (const FormulaInput& input : formula.inputs) {
    BulkQuestion question = question_of(pack, input);
    made.fits_ = made.fits_ && question.labels.size() <= kMostBulkLabels;
    labels_alone = labels_alone && question.kind == BulkQuestion::Kind::label;
    made.factors_.push_back(static_cast<std::uint16_t>(combinations));
    combinations = std::min(kMostOutcomes + 1, combinations * (question.labels.size() + 1));
    made.form_.add(std::move(question));
  }
  if (!made.fits_ || !labels_alone || combinations > kMostOutcomes) return made;
  BulkAnswers one(made.form_, 1);
  made.outcomes_.resize(combinations);
  for (std::size_t i = 0; i < combinations; ++i) {
    std::size_t rest = i;
    bool complete = true;
    for (std::size_t k = 0; k < made.form_.questions.size(); ++k) {
      const BulkQuestion& question = made.form_.questions[k];
      one.codes(0)[k] = static_cast<BulkCode>(rest % (question.labels.size() + 1));
      rest /= question.labels.size() + 1;
      complete = complete && (one.codes(0)[k] != kBulkUnanswered || !question.required);
    }
    if (complete) made.outcomes_[i] = evaluate(made, one, 0);
  }
  return made;
}

BulkResults::BulkResults(const BulkFormula& formula, BulkAnswers answers, unsigned threads, const Watch* watch)
    : formula_(&formula), answers_(std::move(answers)) {
  const std::size_t rows = answers_.sheets();
  if (!formula.is_flat()) return;
  outcomes_ = std::make_unique_for_overwrite<std::uint16_t[]>(rows);
  side_by_side(threads, (rows + kRowsOfPart - 1) / kRowsOfPart, [&] {
    return [&](std::size_t part) {
      const std::size_t first = part * kRowsOfPart;
      look(watch, Stage::scoring, first, rows);
      index_rows(formula.factors(), answers_.codes(first).data(), std::min(kRowsOfPart, rows - first),
                 outcomes_.get() + first);
    };
  });
}

std::vector<FormulaResult> BulkResults::results(std::size_t row) const {
  return formula_->is_flat() ? formula_->outcomes()[outcomes_[row]] : general(row);
}

std::vector<FormulaResult> BulkResults::general(std::size_t row) const {
  return evaluate(*formula_, answers_, row);
}

}  // namespace jenjang
