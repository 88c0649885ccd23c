// Families: hand-set targets and budgets against what they are made of, over units and over time.
#include <algorithm>

#include "engine/rollup/lint/value_rules.h"
#include "engine/rollup/semantics.h"

namespace jenjang::rollup {
namespace {

constexpr std::string_view kBudgetPrefix = "PAGU-";

std::string figure_text(const Rational& value, Rounding rounding) {
  if (const auto decimal = value.to_decimal(); decimal && decimal->scale() <= 4) return decimal->to_string();
  const int places = rounding.mode == RoundingMode::exact ? 4 : std::max(rounding.places, 2);
  return round(value, Rounding{RoundingMode::half_up, places}).to_string();
}

// A mean is set to the digits its parent prints; a total or an extremum is exact.
bool agrees(const Rational& made, const Rational& wanted, Aggregation aggregation, Rounding rounding) {
  if (made == wanted) return true;
  if (aggregation != Aggregation::weighted_mean || rounding.mode == RoundingMode::exact) return false;
  return round(made, rounding) == round(wanted, rounding);
}

// Aggregate of the hand-set child targets in one period; nullopt unless each child has one.
std::optional<Rational> combine_children(const LintContext& context, NodeId parent, Period period) {
  const Item& item = context.model.item(parent);
  const Aggregation aggregation = aggregation_of(item);
  Rational total, weight;
  std::optional<Rational> best;
  bool complete = true;
  for_each_tie_in(context.model, parent, period, [&](const Tie& tie) {
    const TargetCell* cell = context.targets.find(tie.child, period);
    const Decimal* number = cell != nullptr && is_stated(*cell) ? cell->target.number() : nullptr;
    if (number == nullptr || tie.carry != Carry::value || tie.role != EdgeRole::operand) {
      complete = false;
      return;
    }
    const Rational x(*number), w(tie.weight);
    total += w * x;
    weight += w;
    if (!best || (aggregation == Aggregation::maximum ? *best < x : x < *best)) best = x;
  });
  if (!complete || !best) return std::nullopt;
  const Rational factor(item.spec.factor);
  switch (aggregation) {
    case Aggregation::sum:
      return total * factor;
    case Aggregation::weighted_mean:
      if (weight.is_zero()) return std::nullopt;
      return total / weight * factor;
    case Aggregation::minimum:
    case Aggregation::maximum:
      return *best * factor;
    default:
      return std::nullopt;
  }
}

bool has_coherence_check(const Model& model, NodeId node) {
  return std::any_of(model.coherence.begin(), model.coherence.end(),
                     [node](const CoherenceCheck& check) { return check.parent == node; });
}

}  // namespace

void lint_families(const LintContext& context, NodeId node) {
  if (has_coherence_check(context.model, node)) return;  // CAS-TGT-08, with its own tolerance
  const Item& item = context.model.item(node);
  const bool budget = item.code.starts_with(kBudgetPrefix);
  for (const TargetCell& cell : context.row) {
    if (!is_stated(cell) || cell.target.number() == nullptr) continue;
    const LintRule* rule = context.applicable(budget ? "CAS-BUD-01" : "CAS-TGT-04", context.document_of(cell));
    if (rule == nullptr) continue;
    const auto made = combine_children(context, node, cell.period);
    const Rational wanted(*cell.target.number());
    if (!made || agrees(*made, wanted, aggregation_of(item), item.spec.rounding)) continue;
    Diagnostic finding = make_diagnostic(budget ? Code::J2601 : Code::J2304, context.place_of(cell))
                             .arg("alamat", context.model.address(node))
                             .arg("periode", cell.period.to_string())
                             .arg("nilai", cell.target.to_string())
                             .arg("nilai_anak", figure_text(*made, item.spec.rounding));
    for_each_tie_in(context.model, node, cell.period, [&](const Tie& tie) {
      const TargetCell* child = context.targets.find(tie.child, cell.period);
      if (child == nullptr || finding.related.size() >= 8) return;
      const std::string label = context.model.address(tie.child) + ": " + child->target.to_string();
      finding.related.push_back({context.place_of(*child), label, label});
    });
    context.report(*rule, node, std::move(finding));
  }
}

void lint_cascade_residuals(const LintContext& context) {
  for (const CascadeResidual& residual : context.targets.residuals) {
    if (residual.holds) continue;
    const Family& family = context.model.families[residual.family.index()];
    const Item& item = context.model.item(family.parent);
    const LintRule* rule = context.applicable("CAS-TGT-04", item.document);
    if (rule == nullptr) continue;
    context.report(*rule, family.parent,
                   make_diagnostic(Code::J2304, family.rule.span)
                       .arg("alamat", context.model.address(family.parent))
                       .arg("periode", residual.period.to_string())
                       .arg("nilai", figure_text(residual.parent, item.spec.rounding))
                       .arg("nilai_anak", figure_text(residual.children, item.spec.rounding)));
  }
}

void lint_coherence(const LintContext& context) {
  for (const CoherenceOutcome& outcome : check_coherence(context.model, context.targets)) {
    if (outcome.passes) continue;
    const LintRule* rule = context.applicable("CAS-TGT-08", outcome.document);
    if (rule == nullptr) continue;
    Diagnostic finding =
        make_diagnostic(Code::J2308, outcome.span)
            .arg("alamat", context.model.address(outcome.parent))
            .arg("periode", outcome.period.to_string())
            .arg("nilai", outcome.stated.to_string())
            .arg("nilai_komponen", figure_text(outcome.combined, context.model.item(outcome.parent).spec.rounding))
            .arg("toleransi", outcome.tolerance.to_string());
    for (const auto& [component, target] : outcome.components) {
      const TargetCell* cell = context.targets.find(component, outcome.period);
      const std::string label = context.model.address(component) + ": " + target.to_string();
      if (cell != nullptr) finding.related.push_back({context.place_of(*cell), label, label});
    }
    context.report(*rule, outcome.parent, std::move(finding));
  }
}

namespace {

struct PeriodParts {
  std::vector<const TargetCell*> cells;  // of one granularity inside the year, in order
  bool stated = false;
};

PeriodParts parts_of(const LintContext& context, Period year, Granularity granularity) {
  PeriodParts parts;
  for (const TargetCell& cell : context.row) {
    if (cell.period.granularity() != granularity || !year.contains(cell.period)) continue;
    if (cell.target.number() == nullptr) continue;
    parts.cells.push_back(&cell);
    parts.stated = parts.stated || is_stated(cell);
  }
  return parts;
}

// What the periods make of a year by their kind; nullopt when that cannot be said yet.
std::optional<Rational> make_year(Accumulation kind, const PeriodParts& parts, Granularity granularity) {
  const bool complete = parts.cells.size() == static_cast<std::size_t>(periods_per_year(granularity));
  Rational last(*parts.cells.back()->target.number());
  switch (kind) {
    case Accumulation::position:
    case Accumulation::cumulative:
      if (parts.cells.back()->period.index() != periods_per_year(granularity)) return std::nullopt;
      return last;
    case Accumulation::release:
      return last;
    default:
      break;
  }
  if (!complete) return std::nullopt;
  Rational total, largest = last;
  for (const TargetCell* cell : parts.cells) {
    const Rational x(*cell->target.number());
    total += x;
    if (largest < x) largest = x;
  }
  if (kind == Accumulation::peak) return largest;
  if (kind == Accumulation::average) return total / Rational(periods_per_year(granularity));
  return total;
}

}  // namespace

void lint_periods(const LintContext& context, NodeId node) {
  // What a cascade split is no finding: of a million measures nearly none has a part that a document states.
  const auto is_stated_part = [](const TargetCell& cell) {
    return is_stated(cell) && cell.period.granularity() != Granularity::year && cell.target.number() != nullptr;
  };
  if (std::none_of(context.row.begin(), context.row.end(), is_stated_part)) return;
  const Item& item = context.model.item(node);
  const Accumulation kind = item.spec.accumulation;
  for (const TargetCell& year : context.row) {
    if (year.period.granularity() != Granularity::year || year.target.number() == nullptr) continue;
    for (const Granularity g : {Granularity::semester, Granularity::quarter, Granularity::month}) {
      const PeriodParts parts = parts_of(context, year.period, g);
      if (!parts.stated) continue;
      const LintRule* rule = context.applicable("CAS-TGT-05", context.document_of(*parts.cells.front()));
      const auto made = make_year(kind, parts, g);
      if (rule == nullptr || !made) continue;
      const Rational wanted(*year.target.number());
      const bool spread = kind == Accumulation::release && parts.cells.size() > 1;
      const Aggregation compared_as = kind == Accumulation::average ? Aggregation::weighted_mean : Aggregation::sum;
      if (!spread && agrees(*made, wanted, compared_as, item.spec.rounding)) continue;
      context.report(*rule, node,
                     make_diagnostic(Code::J2305, context.place_of(*parts.cells.front()))
                         .arg("alamat", context.model.address(node))
                         .arg("tahun", year.period.to_string())
                         .arg("nilai", year.target.to_string())
                         .arg("nilai_periode", spread ? std::to_string(parts.cells.size()) + " x"
                                                      : figure_text(*made, item.spec.rounding)));
    }
  }
}

}  // namespace jenjang::rollup
