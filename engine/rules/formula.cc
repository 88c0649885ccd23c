#include "jenjang/rules/formula.h"

#include <algorithm>
#include <fmt/format.h>

#include "jenjang/base/text.h"
#include "jenjang/rules/pack.h"

#include "engine/rules/formula_check.h"
#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

// A figure of 36 digits at most is rounded without loss; beyond that `round` would stay at the end of its range.
bool fits(const Rational& value, int places) {
  Int128 limit = 1;
  for (int i = places; i < 36; ++i) limit *= 10;
  return value.absolute() < Rational(Decimal::from_parts(limit, 0));
}

const Scale& scale_of(const Pack& pack, std::string_view id) {
  return *pack.scale(id);  // checked when the pack was read
}

std::string_view text_of(const FormulaValue& value) {
  return value.type == FormulaType::truth ? (value.truth ? "ya" : "tidak") : std::string_view(value.label);
}

FormulaValue of_number(Rational number) {
  FormulaValue value;
  value.number = std::move(number);
  return value;
}
FormulaValue of_truth(bool truth) {
  FormulaValue value;
  value.type = FormulaType::truth;
  value.truth = truth;
  return value;
}
FormulaValue of_label(std::string label) {
  FormulaValue value;
  value.type = FormulaType::label;
  value.label = std::move(label);
  return value;
}

// Computes the steps of one formula in order. Where a value is missing the first reason found stands; `dan` and `atau`
// look at their right side only when the left leaves it open, so that a guard can stand before a division.
class Evaluation {
public:
  Evaluation(const Pack& pack, const PackFormula& formula, const FormulaInputs& inputs)
      : pack_(pack), formula_(formula), inputs_(inputs) {}

  std::vector<FormulaResult> run() {
    results_.reserve(formula_.steps.size());
    for (const FormulaStep& step : formula_.steps) {
      current_ = {};
      current_.code = current_.origin = step.code;
      current_.article = step.article;
      current_.unverified = step.unverified;
      std::optional<FormulaValue> value = value_of(step);
      if (value && value->type == FormulaType::number && step.rounding.mode != RoundingMode::exact) {
        value = rounded(value->number, step.rounding);
      }
      current_.value = std::move(value);
      if (step.kind == FormulaStep::Kind::check) {
        current_.check_failed = current_.value.has_value() && !current_.value->truth;
      }
      results_.push_back(current_);
    }
    return std::move(results_);
  }

private:
  using Value = std::optional<FormulaValue>;  // nullopt: current_ says why

  Value gap(FormulaGap gap, std::string_view detail = {}) {
    current_.gap = gap;
    current_.detail = std::string(detail);
    return std::nullopt;
  }

  Value rounded(const Rational& number, Rounding rounding) {
    if (!fits(number, rounding.places)) return gap(FormulaGap::too_large);
    return of_number(Rational(round(number, rounding)));
  }

  Value value_of(const FormulaStep& step) {
    switch (step.kind) {
      case FormulaStep::Kind::table:
        return cell_of(step);
      case FormulaStep::Kind::grade:
        return grade_of(step);
      case FormulaStep::Kind::compute:
      case FormulaStep::Kind::check:
        break;
    }
    for (std::size_t i = 0; i < step.branches.size(); ++i) {
      const FormulaBranch& branch = step.branches[i];
      if (branch.condition != nullptr) {
        const Value holds = evaluate(*branch.condition, branch.condition->root());
        if (!holds) return std::nullopt;
        if (!holds->truth) continue;
      }
      current_.branch = i;
      current_.article = branch.article;
      current_.unverified = current_.unverified || branch.unverified;
      if (!branch.refusal.empty()) return gap(FormulaGap::stated, branch.refusal);
      if (branch.empty_slot) return gap(FormulaGap::empty_slot);
      return evaluate(*branch.value, branch.value->root());
    }
    return gap(FormulaGap::empty_slot);
  }

  Value cell_of(const FormulaStep& step) {
    const Value row = named(step.row);
    if (!row) return std::nullopt;
    const Value column = named(step.column);
    if (!column) return std::nullopt;
    const auto found = step.cells.find({std::string(text_of(*row)), std::string(text_of(*column))});
    if (found == step.cells.end() || found->second.empty()) return gap(FormulaGap::empty_slot);
    return of_label(found->second);
  }

  Value grade_of(const FormulaStep& step) {
    const Scale& scale = scale_of(pack_, step.scale);
    const Value number = named(step.of);
    if (!number) return std::nullopt;
    current_.unverified = current_.unverified || scale.unverified;
    if (scale.has_empty_slot) return gap(FormulaGap::empty_slot, step.scale);
    const auto band = scale.find_band(number->number);
    if (!band) return gap(FormulaGap::outside_scale, step.scale);
    return of_label(scale.bands[*band].label);
  }

  Value named(std::string_view code) {
    for (const FormulaResult& result : results_) {
      if (result.code != code) continue;
      current_.unverified = current_.unverified || result.unverified;
      if (result.value) return result.value;
      current_.gap = result.gap;
      current_.origin = result.origin;
      current_.detail = result.detail;
      current_.article = result.article;
      return std::nullopt;
    }
    const auto input = inputs_.find(code);
    if (input == inputs_.end()) return gap(FormulaGap::missing_input, code);
    return input->second;
  }

  Value evaluate(const Expression& expression, const ExpressionNode& node) {
    const auto argument = [&](std::size_t i) { return evaluate(expression, expression.nodes()[node.arguments[i]]); };
    switch (node.op) {
      case ExpressionOp::number:
        return of_number(node.number);
      case ExpressionOp::label:
        return of_label(node.text);
      case ExpressionOp::truth:
        return of_truth(node.truth);
      case ExpressionOp::name:
        return named(node.text);
      case ExpressionOp::negative: {
        const Value value = argument(0);
        return value ? of_number(value->number.negated()) : Value();
      }
      case ExpressionOp::negation: {
        const Value value = argument(0);
        return value ? of_truth(!value->truth) : Value();
      }
      case ExpressionOp::both:
      case ExpressionOp::either: {
        const Value left = argument(0);
        const bool settled = left && left->truth == (node.op == ExpressionOp::either);
        return !left || settled ? left : argument(1);
      }
      case ExpressionOp::call:
        return called(expression, node);
      default:
        break;
    }
    const Value left = argument(0);
    if (!left) return std::nullopt;
    const Value right = argument(1);
    if (!right) return std::nullopt;
    return joined(node.op, *left, *right);
  }

  Value joined(ExpressionOp op, const FormulaValue& left, const FormulaValue& right) {
    switch (op) {
      case ExpressionOp::add:
        return of_number(left.number + right.number);
      case ExpressionOp::subtract:
        return of_number(left.number - right.number);
      case ExpressionOp::multiply:
        return of_number(left.number * right.number);
      case ExpressionOp::divide:
        if (right.number.is_zero()) return gap(FormulaGap::division_by_zero);
        return of_number(left.number / right.number);
      case ExpressionOp::less:
        return of_truth(left.number < right.number);
      case ExpressionOp::less_equal:
        return of_truth(left.number <= right.number);
      case ExpressionOp::greater:
        return of_truth(left.number > right.number);
      case ExpressionOp::greater_equal:
        return of_truth(left.number >= right.number);
      default:
        break;
    }
    const bool same = left.type == FormulaType::number  ? left.number == right.number
                      : left.type == FormulaType::truth ? left.truth == right.truth
                                                        : left.label == right.label;
    return of_truth(same == (op == ExpressionOp::equal));
  }

  Value called(const Expression& expression, const ExpressionNode& node) {
    if (node.function == ExpressionFunction::given) return of_truth(inputs_.contains(node.text));
    if (node.function == ExpressionFunction::absent) return of_truth(!inputs_.contains(node.text));
    Value result;
    for (const std::uint32_t index : node.arguments) {
      Value value = evaluate(expression, expression.nodes()[index]);
      if (!value) return std::nullopt;
      const bool keep = result && (node.function == ExpressionFunction::least ? result->number <= value->number
                                                                              : result->number >= value->number);
      if (!keep) result = std::move(value);
    }
    switch (node.function) {
      case ExpressionFunction::absolute:
        return of_number(result->number.absolute());
      case ExpressionFunction::rounded:
        return rounded(result->number, {RoundingMode::half_up, node.places});
      case ExpressionFunction::floor:
        return rounded(result->number, {RoundingMode::floor, 0});
      case ExpressionFunction::ceiling:
        return rounded(result->number, {RoundingMode::ceiling, 0});
      case ExpressionFunction::points:
        return points_of(node.text, result->label);
      default:
        return result;
    }
  }

  Value points_of(std::string_view id, std::string_view label) {
    const Scale& scale = scale_of(pack_, id);
    current_.unverified = current_.unverified || scale.unverified;
    const auto grade = scale.find_grade(label);
    if (!grade) return gap(FormulaGap::outside_scale, id);
    const auto& points = scale.grades[*grade].points;
    if (!points) return gap(FormulaGap::empty_slot, id);
    return of_number(Rational(*points));
  }

  const Pack& pack_;
  const PackFormula& formula_;
  const FormulaInputs& inputs_;
  std::vector<FormulaResult> results_;
  FormulaResult current_;
};

std::string own_text(const FormulaResult& result, bool indonesian) {
  switch (result.gap) {
    case FormulaGap::none:
      break;
    case FormulaGap::missing_input:
      return fmt::format(fmt::runtime(indonesian ? "masukan {} tidak diisi" : "input {} is not given"), result.detail);
    case FormulaGap::stated:
      return result.detail;
    case FormulaGap::empty_slot:
      if (result.detail.empty()) {
        return indonesian ? "nilainya belum diketahui; isi dengan `perluas`"
                          : "a value nobody knows yet; fill it in with `perluas`";
      }
      return fmt::format(fmt::runtime(indonesian ? "skala {} memuat nilai yang belum diketahui"
                                                 : "scale {} holds a value that is not known yet"),
                         result.detail);
    case FormulaGap::division_by_zero:
      return indonesian ? "pembagian dengan nol" : "division by zero";
    case FormulaGap::outside_scale:
      return fmt::format(fmt::runtime(indonesian ? "di luar skala {}" : "outside scale {}"), result.detail);
    case FormulaGap::too_large:
      return indonesian ? "angkanya lebih dari 36 digit" : "a figure of more than 36 digits";
  }
  return {};
}

}  // namespace

const FormulaInput* PackFormula::input(std::string_view code) const {
  const auto found =
      std::find_if(inputs.begin(), inputs.end(), [&](const FormulaInput& one) { return one.code == code; });
  return found == inputs.end() ? nullptr : &*found;
}

const FormulaStep* PackFormula::step(std::string_view code) const {
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const FormulaStep& one) { return one.code == code; });
  return found == steps.end() ? nullptr : &*found;
}

std::vector<std::string> PackFormula::shown() const {
  if (!outputs.empty()) return outputs;
  return texts_of(steps, &FormulaStep::code);
}

Rounding PackFormula::print_of(const FormulaStep& one) const {
  const bool fewer = one.rounding.mode != RoundingMode::exact &&
                     (print.mode == RoundingMode::exact || one.rounding.places < print.places);
  return fewer ? one.rounding : print;
}

std::string gap_text(const FormulaResult& result, Language language) {
  if (result.gap == FormulaGap::none) return {};
  const std::string text = own_text(result, language == Language::indonesian);
  return result.origin == result.code ? text : result.origin + ": " + text;
}

std::vector<std::string> labels_of(const Pack& pack, const FormulaInput& input) {
  if (input.type == FormulaType::truth) return {"ya", "tidak"};
  const Scale* scale = input.scale.empty() ? nullptr : pack.scale(input.scale);
  return scale == nullptr ? input.labels : scale_labels(*scale);
}

FormulaInputReading check_formula_number(const FormulaInput& input, const Decimal& number) {
  if ((input.low && number < *input.low) || (input.high && number > *input.high)) {
    return {std::nullopt, FormulaInputProblem::outside_range};
  }
  return {of_number(Rational(number)), FormulaInputProblem::none};
}

FormulaInputReading read_formula_input(const Pack& pack, const FormulaInput& input, std::string_view text) {
  switch (input.type) {
    case FormulaType::number: {
      const auto number = Decimal::parse(text);
      return number ? check_formula_number(input, *number)
                    : FormulaInputReading{std::nullopt, FormulaInputProblem::no_number};
    }
    case FormulaType::label:
    case FormulaType::truth: {
      const std::vector<std::string> known = labels_of(pack, input);
      if (std::find(known.begin(), known.end(), text) == known.end()) {
        return {std::nullopt, FormulaInputProblem::unknown_label};
      }
      return {input.type == FormulaType::truth ? of_truth(text == "ya") : of_label(std::string(text)),
              FormulaInputProblem::none};
    }
    case FormulaType::evidence:
      break;
  }
  FormulaValue value = of_label(std::string(text));
  value.type = FormulaType::evidence;
  return {std::move(value), FormulaInputProblem::none};
}

std::vector<FormulaResult> evaluate_formula(const Pack& pack, const PackFormula& formula, const FormulaInputs& inputs) {
  return Evaluation(pack, formula, inputs).run();
}

std::string formula_value_text(const FormulaValue& value, Rounding print) {
  if (value.type != FormulaType::number) return std::string(text_of(value));
  if (print.mode != RoundingMode::exact) {
    return fits(value.number, print.places) ? round(value.number, print).to_string() : value.number.to_string();
  }
  const auto decimal = value.number.to_decimal();
  return decimal ? decimal->normalised().to_string() : value.number.to_string();
}

}  // namespace jenjang
