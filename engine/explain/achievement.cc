#include <array>

#include "engine/explain/tree_builder.h"

namespace jenjang {
namespace {

// Formulas as the planning facts write them, by AchievementFormula.
constexpr std::array<std::string_view, 9> kFormulaTexts{
    "",
    "100 R/T",
    "100 (2T - R)/T",
    "100 T/R",
    "100 di dalam rentang; di luar dihitung terhadap batas terdekat | 100 inside the range; outside against the nearer "
    "bound",
    "100 (R - b)/(T - b)",
    "100 (1 - |R - T|/T)",
    "100 R/T, tabel predikat terbalik | 100 R/T, reversed band table",
    "100 bila peringkat mencapai target, selain itu 0 | 100 when the grade reaches the target, else 0"};

std::string formula_text(AchievementFormula formula, Language language) {
  const std::string_view text = kFormulaTexts[static_cast<std::size_t>(formula)];
  const std::size_t bar = text.find(" | ");
  if (bar == std::string_view::npos) return std::string(text);
  return std::string(language == Language::indonesian ? text.substr(0, bar) : text.substr(bar + 3));
}

}  // namespace

std::optional<ExplanationNode> TreeBuilder::achievement(NodeId node, Period period, std::size_t depth) {
  const ResultCell* cell = cell_of(node, period);
  const Item& item = context_.model.item(node);
  const AchievementSpec& spec = item.spec.achievement;
  if (cell == nullptr || (spec.formula == AchievementFormula::none && cell->achievement_state != CellState::value)) {
    return std::nullopt;
  }
  const SlotId slot = *context_.result.grid().find(period);
  ExplanationNode tree = head(node, period, say("capaian", "achievement"));
  tree.labels = cell_labels(context_, node, slot, options_.lane, LabelScope::row);
  tree.rule = std::string(to_string(spec.formula)) + " = " + formula_text(spec.formula, options_.language);
  if (spec.formula == AchievementFormula::h1 || spec.formula == AchievementFormula::l1) {
    const TargetCell* target = context_.targets.find(node, period);
    if (target != nullptr && target->target.number() != nullptr && target->target.number()->is_negative()) {
      tree.notes.push_back(
          spec.formula == AchievementFormula::h1
              ? say("target negatif: 100 (1 + (R - T)/|T|)", "negative target: 100 (1 + (R - T)/|T|)")
              : say("target negatif: 100 (1 - (R - T)/|T|)", "negative target: 100 (1 - (R - T)/|T|)"));
    }
  }
  const std::optional<Rational> raw = figures_.exact().achievement_raw(node, period);
  const std::optional<Rational> final = figures_.exact().achievement(node, period);
  if (cell->achievement_state == CellState::value && raw && final) {
    const std::string printed = figures_.achievement(node, slot);
    const std::string printed_raw = figures_.achievement_raw(node, slot);
    tree.value = printed + " %";
    tree.exact = print_exact(*final);
    if (*raw != *final) {
      const bool capped = *final < *raw;
      tree.notes.push_back(
          say("mentah ", "raw ") + printed_raw + " % (" + print_exact(*raw) + "); " +
          (capped ? say("dibatasi pada ", "capped at ") : say("dinaikkan ke batas bawah ", "raised to the floor ")) +
          (capped ? spec.cap : spec.floor).value_or(Decimal()).to_string() + " %");
    } else if (spec.cap) {
      tree.notes.push_back(say("batas ", "cap ") + spec.cap->to_string() + say(" % tidak terkena", " % not reached"));
    }
    add_rounding(tree, *final, printed, spec.rounding);
  } else {
    tree.value = to_string(cell->achievement_state);
  }
  if ((cell->flags & kZeroTarget) != 0) {
    tree.notes.push_back(say("target nol: aturan ", "zero target: rule ") +
                         std::string(to_string(spec.on_zero_target)));
  }
  add_bands(tree, node, slot, true);
  const bool uses_baseline = spec.formula == AchievementFormula::baseline ||
                             ((cell->flags & kZeroTarget) != 0 && spec.on_zero_target == ZeroTargetRule::baseline);
  if (uses_baseline) {
    if (const Baseline* baseline = context_.model.baseline_before(node, period)) {
      tree.notes.push_back(say("baseline ", "baseline ") + baseline->period.to_string() + " = " +
                           baseline->value.to_string());
      if (baseline->span.valid()) tree.places.push_back(baseline->span);
    }
  }
  if (may_descend(tree, depth)) {
    if (auto input = realisation(node, period, depth + 1)) {
      input->weight = "R";
      tree.inputs.push_back(std::move(*input));
    }
    if (auto input = target(node, period, depth + 1)) {
      input->weight = "T";
      tree.inputs.push_back(std::move(*input));
    }
  }
  return tree;
}

}  // namespace jenjang
