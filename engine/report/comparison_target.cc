#include "engine/report/comparison_target.h"

#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/report/rows.h"
#include "engine/rollup/semantics.h"

namespace jenjang::report {
namespace {

// The document whose word about the node counts in that year, among those that state a target of it.
const Statement* of_document_in_force(const Model& model, NodeId node, int year) {
  const Statement* first = nullptr;
  const auto precedes = [&](const Statement& a, const Statement& b) {
    const Document& x = model.documents[a.document.index()];
    const Document& y = model.documents[b.document.index()];
    if (x.kind != y.kind) return x.kind < y.kind;
    if (x.valid_from != y.valid_from) return x.valid_from > y.valid_from;
    return a.document < b.document;
  };
  for (const Statement& statement : model.statements_of(node)) {
    const Document& document = model.documents[statement.document.index()];
    if (statement.state != StatementState::adopted || document.state != StatementState::adopted) continue;
    if (year < document.years.first_year || year > document.years.last_year) continue;
    if (model.is_replaced(statement.document, year)) continue;
    if (first == nullptr || precedes(statement, *first)) first = &statement;
  }
  return first;
}

// Formulas are quotients of differences of R, T and b, so one factor on all three changes nothing: times its
// denominator a fraction becomes a whole target, which every formula takes.
std::optional<Decimal> denominator_of(const Rational& figure) {
  const std::string text = figure.to_string();
  const std::size_t bar = text.find('/');
  return bar == std::string::npos ? Decimal(1) : Decimal::parse(std::string_view(text).substr(bar + 1));
}

std::optional<Decimal> times(const Rational& figure, const Decimal& factor) {
  return (figure * Rational(factor)).to_decimal();
}

// Units too, which a result row tells in columns of its own: the compared row has those of the realisation alone.
std::string shortfall_of(const ResultCell& cell, Period period) {
  std::vector<std::string> lacks;
  if (cell.covered < cell.expected) {
    lacks.push_back(std::to_string(cell.covered) + " dari " + std::to_string(cell.expected) + " unit");
  }
  if (is_partial_in_time(cell)) lacks.push_back(months_text(cell, period, Language::indonesian));
  const bool carried = (cell.flags & kCarried) != 0;
  if (lacks.empty()) return carried ? "terbawa" : "";
  return (carried ? "terbawa (" : "sebagian (") + join(lacks, " dan ") + ")";
}

}  // namespace

ComparisonTarget ComparisonTargets::find(NodeId node, Period period, Comparison kind) {
  switch (kind) {
    case Comparison::plan_end:
      return plan_end(node, period);
    case Comparison::last_year:
      return last_year(node, period);
    case Comparison::nation:
      return nation(node, period);
    case Comparison::year:
      break;
  }
  return {};
}

ComparisonTarget ComparisonTargets::plan_end(NodeId node, Period period) {
  const Model& model = context_.model;
  ComparisonTarget found;
  const Item& item = model.item(node);
  // Part of a year of a flow is no part of the way to the target of a whole year.
  if (period.granularity() != Granularity::year && item.spec.accumulation == Accumulation::increments) return found;
  const int year = period.year();
  int last = 0;
  DocumentId document;
  if (const Statement* stated = of_document_in_force(model, node, year)) {
    document = stated->document;
    for (const Statement& one : model.statements_of(node)) {
      if (one.document != document || one.period.granularity() != Granularity::year) continue;
      if (one.period.year() < std::max(year, last)) continue;
      last = one.period.year();
      found.written = one.target;
      found.illustrative = one.illustrative;
    }
  }
  if (!found.written) {
    // No document states it here: a cascade brought it, for the years of the document that declares the measure.
    document = item.document;
    if (!document.valid()) return found;
    const PeriodRange years = model.documents[document.index()].years;
    if (year < years.first_year || year > years.last_year) return found;
    for (const TargetCell& cell : context_.targets.of(node)) {
      const int at = cell.period.year();
      if (cell.period.granularity() != Granularity::year || at < std::max(year, last) || at > years.last_year) continue;
      last = at;
      found.written = cell.target;
      found.illustrative = cell.illustrative;
    }
  }
  if (!found.written) return found;
  found.printed = found.written->to_string();
  found.against = "target " + model.address(node, Period::year(last)) + " " + model.documents[document.index()].code;
  return found;
}

ComparisonTarget ComparisonTargets::realised(NodeId node, Period period) {
  ComparisonTarget found;
  const std::optional<SlotId> slot = context_.result.grid().find(period);
  if (!slot) return found;
  const ResultCell& cell = context_.result.at(node, *slot, lane_);
  found.redefined = cell.state == CellState::redefined;
  if (found.redefined) {
    // A figure under the other definition is shown as it was reported.
    for (const Fact& fact : context_.facts.of(node)) {
      const Observation& row = context_.facts.observation(fact);
      if (row.period != period || row.state != CellState::redefined) continue;
      found.printed = row.number.to_string();
      found.against = "realisasi " + context_.model.address(node, period);
      found.illustrative = row.illustrative;
      found.unverified = row.unverified;
    }
  }
  if (cell.state != CellState::value) return found;
  found.figure = exact().value(node, period);
  if (!found.figure) return found;
  found.printed = figures_.value(node, *slot);
  found.shortfall = shortfall_of(cell, period);
  found.against = "realisasi " + context_.model.address(node, period);
  found.illustrative = (cell.flags & kValueIllustrative) != 0;
  found.unverified = (cell.flags & kValueUnverified) != 0;
  return found;
}

ComparisonTarget ComparisonTargets::last_year(NodeId node, Period period) {
  constexpr int kFirstYear = 1900;
  if (period.year() <= kFirstYear) return {};
  const Model& model = context_.model;
  const Period before(period.year() - 1, period.granularity(), period.index());
  const auto& since = model.item(node).spec.definition_since;
  const bool broken = since && before.year() < *since && period.year() >= *since;
  ComparisonTarget found = realised(node, before);
  if (!found.figure && !found.redefined) {
    // The year before the plan is told by its baseline, where no fact was kept.
    for (const Baseline& baseline : model.baselines_of(node)) {
      if (baseline.period != before || model.is_replaced(baseline.document, period.year())) continue;
      found.figure = Rational(baseline.value);
      const MeasureSpec& spec = model.item(node).spec;
      found.printed = spec.grade_scale.valid() ? grade_label(model.scale(spec.grade_scale), baseline.value.to_double())
                                               : baseline.value.to_string();
      found.against = "baseline " + model.address(node, before);
      found.illustrative = baseline.illustrative;
      break;
    }
  }
  if (!broken) return found;
  // Growth over a break would compare two measures: the old figure is shown and not compared.
  found.figure.reset();
  found.redefined = true;
  return found;
}

ComparisonTarget ComparisonTargets::nation(NodeId node, Period period) {
  const Model& model = context_.model;
  const Item& item = model.item(node);
  std::string_view code = item.code;
  std::string_view unit = "00";
  if (const std::size_t at = item.national.find('@'); at != std::string::npos) {
    code = std::string_view(item.national).substr(0, at);
    unit = std::string_view(item.national).substr(at + 1);
  }
  const std::optional<NodeId> nation = model.find(code, unit);
  if (!nation || *nation == node) return {};
  ComparisonTarget found = realised(*nation, period);
  if (found.figure || found.redefined) return found;
  const TargetCell* target = context_.targets.find(*nation, period);
  if (target == nullptr) return found;
  found.written = target->target;
  found.printed = target->target.to_string();
  found.against = "target " + model.address(*nation, period);
  found.illustrative = target->illustrative;
  return found;
}

Achieved achieve_against(const Model& model, NodeId node, Period period, const Rational& realised,
                         const ComparisonTarget& target) {
  const MeasureSpec& spec = model.item(node).spec;
  if (spec.achievement.formula == AchievementFormula::none) return {};
  bool broken = false;
  const Baseline* start = rollup::baseline_for(model, node, period, &broken);
  std::optional<Decimal> baseline;
  if (start != nullptr && !broken) baseline = start->value;
  Rational figure = realised;
  std::optional<Target> wanted;
  if (target.written) {
    wanted = rollup::resolve_target(model, node, *target.written);
  } else if (const auto whole = target.figure->to_decimal()) {
    wanted = Target(*whole);
  } else if (const auto factor = denominator_of(*target.figure)) {
    const auto scaled = times(*target.figure, *factor);
    const auto scaled_start = baseline ? times(Rational(*baseline), *factor) : std::nullopt;
    if (scaled && baseline.has_value() == scaled_start.has_value()) {
      wanted = Target(*scaled);
      figure *= Rational(*factor);
      baseline = scaled_start;
    }
  }
  // A fraction beyond 36 digits stands as it is printed.
  if (!wanted && target.figure) wanted = Target(round(*target.figure, spec.rounding));
  if (!wanted) return {};
  const AchievementOutcome outcome = achievement_exact(spec.achievement, spec.polarity, figure, *wanted, baseline);
  if (!outcome.raw && broken && outcome.state == CellState::not_applicable &&
      spec.achievement.formula == AchievementFormula::baseline) {
    return {std::nullopt, CellState::redefined};
  }
  return {outcome.raw, outcome.state};
}

}  // namespace jenjang::report
