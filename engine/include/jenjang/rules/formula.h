// Formula sheet (rumus): a regulation's arithmetic as data, computed in exact rationals.
//
// Named inputs, then named steps in order, each an expression over what stands above it, a choice between conditions, a
// table of labels, a label from a scale, or a condition that must hold. A choice whose branch is an empty slot refuses;
// a division by zero refuses; a refusal names the step, the article and the reason, and everything that rests on it is
// refused with it. Nothing is rounded unless a step says so.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/rational.h"
#include "jenjang/base/rounding.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

struct Pack;
class Expression;  // engine/rules/expression.h: parsed once, at load

enum class FormulaType : std::uint8_t { number, label, truth, evidence };  // angka, label, ya-tidak, bukti

struct FormulaInput {
  std::string code, title, unit_name;
  FormulaType type = FormulaType::number;
  bool required = true;              // wajib: tidak; a missing optional input is `tanpa(x)` = ya
  std::optional<Decimal> low, high;  // rentang, both ends allowed
  std::string scale;                 // of a label: a grade scale inside the pack; empty: `label` below
  std::vector<std::string> labels;   // of a label without a scale
  SourceSpan span;
};

// One branch of a choice. Without a condition it is the last ("selain itu").
struct FormulaBranch {
  std::shared_ptr<const Expression> condition, value;
  bool empty_slot = false;  // `hitung:` without a value: reached, it refuses
  std::string refusal;      // tolak: reached, it refuses with these words
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

struct FormulaStep {
  enum class Kind : std::uint8_t {
    compute,  // hitung, or pilih: the first branch whose condition holds
    table,    // tabel: label by a row label and a column label
    grade,    // skala: label of a number on a band scale of the pack
    check,    // periksa: must hold, else a finding beside the result (never a refusal)
  } kind = Kind::compute;
  std::string code, title, unit_name;
  std::vector<FormulaBranch> branches;
  Rounding rounding{RoundingMode::exact, 0};  // of the value itself, once, where the regulation rounds
  std::string row, column;                    // of a table: codes of inputs or steps
  std::map<std::pair<std::string, std::string>, std::string> cells;  // an empty text is an empty slot
  std::string scale, of;  // of a grade: scale inside the pack, code of the number; else of the labels it may come to
  std::string reason;     // of a check: what it means when it does not hold
  FormulaType type = FormulaType::number;  // of its value; a check gives a truth
  std::vector<std::string> labels;         // of a label: every one it can come to
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

struct PackFormula {
  std::string id, title, article, note;  // id inside the pack; named "PACK/ID" elsewhere
  bool unverified = false;
  std::vector<FormulaInput> inputs;
  std::vector<FormulaStep> steps;
  std::vector<std::string> outputs;  // hasil: codes shown, in order; empty: every step
  Rounding print{RoundingMode::half_up, 2};
  SourceSpan span;

  [[nodiscard]] const FormulaInput* input(std::string_view code) const;
  [[nodiscard]] const FormulaStep* step(std::string_view code) const;
  [[nodiscard]] std::vector<std::string> shown() const;  // outputs, else every step
  // How a step's figure is printed: no more decimals than the regulation rounds it to.
  [[nodiscard]] Rounding print_of(const FormulaStep& step) const;
};

struct FormulaValue {
  FormulaType type = FormulaType::number;
  Rational number;
  std::string label;  // also the reference of an evidence
  bool truth = false;
};

// Why a step has no value.
enum class FormulaGap : std::uint8_t {
  none,
  missing_input,     // an optional input it needs was not given
  stated,            // `tolak` of the branch
  empty_slot,        // a value, a cell, a cut or a grade's points that nobody has filled in
  division_by_zero,  //
  outside_scale,     // the number lies outside the scale's range, or the label has no points there
  too_large,         // a rounded figure of more than 128 bits
};

// What one step came to.
struct FormulaResult {
  std::string code;
  std::optional<FormulaValue> value;
  FormulaGap gap = FormulaGap::none;  // none exactly when there is a value
  std::string origin;                 // code of the step that has no value of its own; this one rests on it
  std::string detail;                 // words of `tolak`, code of the input, id of the scale
  std::size_t branch = 0;             // of a choice
  std::string article;                // of the branch taken, else of the step; of the origin when that refused
  bool unverified = false;            // the step, its branch, or anything it rests on
  bool check_failed = false;

  [[nodiscard]] bool refused() const { return gap != FormulaGap::none && gap != FormulaGap::missing_input; }
};
// "target nol tidak mempunyai capaian"; for a step that rests on another: "capaian: target nol ...". Empty with a
// value.
std::string gap_text(const FormulaResult& result, Language language);

using FormulaInputs = std::map<std::string, FormulaValue, std::less<>>;

// The labels an input takes, from its scale or its list; `ya`, `tidak` of a truth.
std::vector<std::string> labels_of(const Pack& pack, const FormulaInput& input);

// One input from text.
enum class FormulaInputProblem : std::uint8_t { none, no_number, unknown_label, outside_range };
struct FormulaInputReading {
  std::optional<FormulaValue> value;
  FormulaInputProblem problem = FormulaInputProblem::none;
};
FormulaInputReading read_formula_input(const Pack& pack, const FormulaInput& input, std::string_view text);
// The same from a number that was read already.
FormulaInputReading check_formula_number(const FormulaInput& input, const Decimal& number);

// Every step in order. `inputs` hold values of the declared types, as the functions above give them.
std::vector<FormulaResult> evaluate_formula(const Pack& pack, const PackFormula& formula, const FormulaInputs& inputs);

// A value as printed: a number under `print`, or exactly where that loses nothing; a label; ya or tidak.
std::string formula_value_text(const FormulaValue& value, Rounding print);

}  // namespace jenjang
