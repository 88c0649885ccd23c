#include "engine/explain/figures.h"

#include <cmath>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

double power_of_ten(int places) {
  double power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  return power;
}

// The rounded figure as a whole number of its last digit; nullopt when too close to a cut to trust.
std::optional<std::int64_t> round_clear_of_cut(double value, Rounding rounding) {
  const double scaled = value * power_of_ten(rounding.places);
  // Far wider than any kernel's bound (operations x 2^-53), far narrower than a digit.
  const double margin = 1e-9 + std::abs(scaled) * 1e-9;
  if (!(std::abs(scaled) < 1e8)) return std::nullopt;
  const double below = std::floor(scaled);
  const double part = scaled - below;
  switch (rounding.mode) {
    case RoundingMode::half_up:
    case RoundingMode::half_even:
      if (std::abs(part - 0.5) <= margin) return std::nullopt;
      return static_cast<std::int64_t>(part < 0.5 ? below : below + 1);
    case RoundingMode::truncate:
    case RoundingMode::floor:
    case RoundingMode::ceiling:
      if (part <= margin || part >= 1 - margin) return std::nullopt;
      if (rounding.mode == RoundingMode::ceiling || (rounding.mode == RoundingMode::truncate && scaled < 0)) {
        return static_cast<std::int64_t>(below + 1);
      }
      return static_cast<std::int64_t>(below);
    case RoundingMode::exact:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::string print_rounded(double approximate, Rounding rounding, const std::function<std::optional<Rational>()>& exact,
                          bool may_cancel) {
  if (rounding.mode != RoundingMode::exact && !may_cancel) {
    if (const auto units = round_clear_of_cut(approximate, rounding)) {
      return Decimal::from_parts(*units, rounding.places).to_string();
    }
  }
  if (!std::isfinite(approximate)) return {};
  const std::optional<Rational> decided = exact();
  const Rational value = decided ? *decided : Rational::from_double(approximate);
  if (rounding.mode != RoundingMode::exact) return round(value, rounding).to_string();
  if (const std::optional<Decimal> decimal = value.to_decimal()) return decimal->to_string();
  return round(value, Rounding{RoundingMode::half_up, 6}).to_string();
}

std::string print_exact(const Rational& value) {
  if (const std::optional<Decimal> decimal = value.to_decimal()) return decimal->to_string();
  return value.to_string();
}

std::string coverage_text(double covered, double expected) {
  constexpr double kNear = 1e-6;  // of a last digit: far more than weights can miss it by
  const double digits = 1e4 * covered / expected;
  const double below = std::floor(digits);
  if (std::abs(digits - below - 0.5) > kNear || !(std::abs(digits) < 1e15)) return format_fixed(digits / 100, 2);
  return Decimal::from_parts(static_cast<Int128>(std::fmod(below, 2) == 0 ? below : below + 1), 2).to_string();
}

std::string grade_label(const Scale& scale, double value) {
  // A grade's number is its points where the scale has them, else its rank (see facts.h).
  for (const GradePoint& grade : scale.grades) {
    if (grade.points && grade.points->to_double() == value) return grade.label;
  }
  if (!scale.grades.empty() && scale.grades.front().points) return {};
  const double rank = std::round(value);
  if (std::abs(rank - value) > 1e-9 || rank < 1 || rank > static_cast<double>(scale.grades.size())) return {};
  return scale.grades[scale.grades.size() - static_cast<std::size_t>(rank)].label;
}

std::string print_rounding(Rounding rounding) {
  std::string text(to_string(rounding.mode));
  if (rounding.mode != RoundingMode::exact) text += "/" + std::to_string(rounding.places);
  return text;
}

FigurePrinter::FigurePrinter(const ExplainContext& context, Lane lane) : context_(context), lane_(lane) {}

ExactEvaluator& FigurePrinter::exact() {
  if (!exact_) exact_.emplace(context_.model, context_.targets, context_.facts, lane_, context_.result.as_of());
  return *exact_;
}

namespace {

// Terms of both signs may have taken from each other more than any margin of digits allows for.
bool may_cancel(const ResultCell& cell) {
  return (cell.flags & kSigned) != 0;
}

}  // namespace

std::string FigurePrinter::value(NodeId node, SlotId slot) {
  const ResultCell& cell = context_.result.at(node, slot, lane_);
  if (cell.state != CellState::value) return {};
  const MeasureSpec& spec = context_.model.item(node).spec;
  if (spec.polarity == Polarity::grade && spec.grade_scale.valid()) {
    std::string label = grade_label(context_.model.scale(spec.grade_scale), cell.value);
    if (!label.empty()) return label;
  }
  const Period period = context_.result.grid()[slot];
  return print_rounded(cell.value, spec.rounding, [&] { return exact().value(node, period); }, may_cancel(cell));
}

std::string FigurePrinter::achievement_raw(NodeId node, SlotId slot) {
  const ResultCell& cell = context_.result.at(node, slot, lane_);
  if (cell.achievement_state != CellState::value) return {};
  const Period period = context_.result.grid()[slot];
  return print_rounded(
      cell.achievement_raw, context_.model.item(node).spec.achievement.rounding,
      [&] { return exact().achievement_raw(node, period); }, may_cancel(cell));
}

std::string FigurePrinter::achievement(NodeId node, SlotId slot) {
  const ResultCell& cell = context_.result.at(node, slot, lane_);
  if (cell.achievement_state != CellState::value) return {};
  const Period period = context_.result.grid()[slot];
  return print_rounded(
      cell.achievement, context_.model.item(node).spec.achievement.rounding,
      [&] { return exact().achievement(node, period); }, may_cancel(cell));
}

bool is_partial_in_time(const ResultCell& cell) {
  return cell.state == CellState::value && cell.covered_months < cell.expected_months;
}

std::string months_text(const ResultCell& cell, Period period, Language language) {
  const bool indonesian = language == Language::indonesian;
  std::string text =
      std::to_string(cell.covered_months) + (indonesian ? " dari " : " of ") + std::to_string(cell.expected_months);
  // One unit reports no more months than the period has; "6 of 12 months" of two units would read as half a year.
  const auto of_period = static_cast<std::uint32_t>(period.last_month() - period.first_month() + 1);
  if (cell.expected > 1 || cell.expected_months > of_period) {
    text += indonesian ? " bulan-unit" : " unit-months";
  } else {
    text += indonesian ? " bulan" : " months";
  }
  return text;
}

std::string state_text(const ResultCell& cell, const MeasureSpec& spec, Period period) {
  if ((cell.flags & kBelowCoverage) != 0 && cell.state != CellState::value && spec.least_coverage) {
    // By months where the figures are the measure's own, else by weight.
    const bool in_time = cell.expected <= 1 && cell.expected_months > 0;
    const double covered = in_time ? cell.covered_months : cell.covered_weight;
    const double expected = in_time ? cell.expected_months : cell.expected_weight;
    return std::string(to_string(cell.state)) + " (cakupan " +
           format_fixed(expected > 0 ? 100 * covered / expected : 0, 2) + " % di bawah " +
           print_exact(Rational(100) * Rational(*spec.least_coverage)) + " %)";
  }
  if (cell.state != CellState::value) return std::string(to_string(cell.state));
  const bool carried = (cell.flags & kCarried) != 0;
  if (is_partial_in_time(cell)) {
    return (carried ? "terbawa (" : "sebagian (") + months_text(cell, period, Language::indonesian) + ")";
  }
  return carried ? "terbawa" : std::string(to_string(cell.state));
}

PredicateView predicate_of(const ExplainContext& context, NodeId node, SlotId slot, Lane lane, Language language) {
  PredicateView view;
  const ResultCell& cell = context.result.at(node, slot, lane);
  const MeasureSpec& spec = context.model.item(node).spec;
  if (cell.band >= 0) {
    ScaleId id = cell.band_of_achievement ? spec.achievement_bands : spec.value_bands;
    if (!id.valid()) id = spec.grade_scale;
    if (id.valid()) {
      const Scale& scale = context.model.scale(id);
      const auto index = static_cast<std::size_t>(cell.band);
      view.scale = &scale;
      if (scale.kind == Scale::Kind::bands && index < scale.bands.size()) view.numeric = scale.bands[index].label;
      if (scale.kind == Scale::Kind::grades && index < scale.grades.size()) view.numeric = scale.grades[index].label;
    }
  }
  if (view.numeric.empty()) return view;
  view.gate = check_gate(context.model, context.result, node, slot, view.numeric);
  const bool indonesian = language == Language::indonesian;
  switch (view.gate.verdict) {
    case GateVerdict::none:
    case GateVerdict::met:
      view.printed = view.numeric;
      break;
    case GateVerdict::failed:
      if (view.gate.gate != nullptr && !view.gate.gate->fallback.empty()) {
        view.printed = view.gate.gate->fallback;
        break;
      }
      [[fallthrough]];
    case GateVerdict::undecided:
      view.printed = (indonesian ? "belum diputuskan (angka: " : "undecided (figure: ") + view.numeric + ")";
      break;
  }
  return view;
}

bool predicate_is_unofficial(const ResultCell& cell) {
  return cell.band >= 0 && (cell.flags & kTouchedUnvalidated) != 0;
}

std::vector<std::string> cell_labels(const ExplainContext& context, NodeId node, SlotId slot, Lane lane,
                                     LabelScope scope) {
  const ResultCell& cell = context.result.at(node, slot, lane);
  const bool whole = scope == LabelScope::row;
  const TargetCell* target = whole ? context.targets.find(node, context.result.grid()[slot]) : nullptr;
  std::vector<std::string> labels;
  if ((cell.flags & (whole ? kIllustrative : kValueIllustrative)) != 0 || (target != nullptr && target->illustrative)) {
    labels.emplace_back("ilustratif");
  }
  if ((cell.flags & (whole ? kUnverified : kValueUnverified)) != 0) labels.emplace_back("belum-diverifikasi");
  if (whole && predicate_is_unofficial(cell)) labels.emplace_back(kUnofficialLabel);
  return labels;
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string joined;
  for (const std::string& word : words) {
    if (!joined.empty()) joined += separator;
    joined += word;
  }
  return joined;
}

}  // namespace jenjang
