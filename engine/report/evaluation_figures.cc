#include "engine/report/evaluation_figures.h"

#include <algorithm>
#include <array>

#include "engine/report/evaluation_outline.h"
#include "engine/report/rows.h"

namespace jenjang::evaluation {
namespace {

Figure nothing(CellState state) {
  return {std::nullopt, std::string(to_string(state)), state};
}

Figure figure(const Rational& value, Rounding rounding) {
  return {value, rounding.mode == RoundingMode::exact ? print_figure(value) : round(value, rounding).to_string(),
          CellState::value};
}

// What was done in several years adds up: increments, or sums and means of them. A ratio of such sums does not, nor
// does a level, a running total or an official figure: of these the last one counts.
bool adds_over_years(const MeasureSpec& spec) {
  return spec.accumulation == Accumulation::increments &&
         (spec.aggregation == Aggregation::leaf || spec.aggregation == Aggregation::sum ||
          spec.aggregation == Aggregation::weighted_mean);
}

}  // namespace

Figures::Figures(const ExplainContext& context, const Scale& scale, int year)
    : context_(context), scale_(scale), year_(Period::year(year)), printer_(context, Lane::all) {}

std::string Figures::predicate(const Rational& achievement) const {
  const int band = band_of(scale_, achievement);
  return band < 0 ? "di luar skala" : scale_.bands[static_cast<std::size_t>(band)].label;
}

CellState Figures::absent(Period period) const {
  const std::optional<Date>& day = context_.result.as_of();
  return day && !day->is_over(period) ? CellState::not_due : CellState::empty;
}

Figure Figures::value(NodeId node, Period period) {
  const std::optional<SlotId> slot = context_.result.grid().find(period);
  if (!slot || !context_.result.is_relevant(node, *slot)) return nothing(absent(period));
  const ResultCell& cell = context_.result.at(node, *slot);
  if (cell.state != CellState::value) return nothing(cell.state);
  return {printer_.exact().value(node, period), printer_.value(node, *slot), CellState::value,
          cell.covered < cell.expected};
}

// The plan of several years that a measure belongs to: a Renstra before an RPD before an RPJMD.
std::optional<DocumentId> Figures::medium_term(NodeId node) const {
  const Model& model = context_.model;
  std::optional<DocumentId> best;
  const auto take = [&](DocumentId document) {
    if (!document.valid() || !in_force(model, document, year_.year())) return;
    const DocumentKind kind = model.documents[document.index()].kind;
    if (kind == DocumentKind::renja) return;
    // Enumerators rise from the plan of the government to that of the agency.
    if (!best || kind > model.documents[best->index()].kind) best = document;
  };
  take(model.item(node).document);
  for (const Statement& one : model.statements_of(node)) take(one.document);
  return best;
}

// The yearly plan's own word about the year first: it is the plan that is evaluated. Else the target in force.
Figures::Aim Figures::aim(NodeId node, Side& side) const {
  const Model& model = context_.model;
  const TargetCell* cell = context_.targets.find(node, year_);
  for (const Statement& one : model.statements_of(node)) {
    if (one.period != year_ || one.state != StatementState::adopted) continue;
    const Document& document = model.documents[one.document.index()];
    if (document.kind != DocumentKind::renja || !in_force(model, one.document, year_.year())) continue;
    side.document = document.code;
    side.illustrative = one.illustrative;
    return {one.target, cell == nullptr || !(cell->target == one.target)};
  }
  if (cell == nullptr) return {};
  side.document = document_of(model, node, year_);
  side.illustrative = cell->illustrative;
  side.proposed = cell->state == StatementState::proposed;
  return {cell->target, false};
}

Figure Figures::end_of_plan(NodeId node, PeriodRange years, std::optional<Target>& target) const {
  const MeasureSpec& spec = context_.model.item(node).spec;
  if (!adds_over_years(spec)) {
    const TargetCell* cell = context_.targets.find(node, Period::year(years.last_year));
    if (cell == nullptr) return nothing(CellState::empty);
    target = cell->target;
    return {std::nullopt, cell->target.to_string(), CellState::value};
  }
  Rational sum;
  for (int year = years.first_year; year <= years.last_year; ++year) {
    const TargetCell* cell = context_.targets.find(node, Period::year(year));
    if (cell == nullptr || cell->target.number() == nullptr) return nothing(CellState::empty);
    sum += Rational(*cell->target.number());
  }
  const std::optional<Decimal> total = sum.to_decimal();
  if (!total) return nothing(CellState::not_applicable);
  target = Target(*total);
  return {sum, total->to_string(), CellState::value};
}

Figure Figures::before(NodeId node, const std::optional<PeriodRange>& years) {
  const Item& item = context_.model.item(node);
  const Period last = Period::year(year_.year() - 1);
  if (!adds_over_years(item.spec)) {
    Figure found = value(node, last);
    if (found.state == CellState::value) return found;
    // The state that the plan started from is a figure of that year too.
    for (const Baseline& one : context_.model.baselines_of(node)) {
      if (one.period == last) return {Rational(one.value), one.value.to_string(), CellState::value};
    }
    return found;
  }
  if (!years) return nothing(CellState::not_applicable);
  if (years->first_year == year_.year()) return nothing(CellState::not_applicable);
  Rational sum;
  for (int year = years->first_year; year < year_.year(); ++year) {
    const Figure found = value(node, Period::year(year));
    if (!found.exact) return nothing(found.state == CellState::value ? CellState::not_applicable : found.state);
    if (found.lacking) return nothing(CellState::empty);  // a sum that lacks a part is no sum
    sum += *found.exact;
  }
  return figure(sum, item.spec.rounding);
}

Figure Figures::achieved(NodeId node, const Rational& done, const Target& target, Period period, bool capped) const {
  const MeasureSpec& spec = context_.model.item(node).spec;
  // Grades are compared by rank, which only the roll-up resolves.
  if (target.grade() != nullptr) return nothing(CellState::not_applicable);
  const Baseline* baseline = context_.model.baseline_before(node, period);
  const AchievementOutcome outcome =
      achievement_exact(spec.achievement, spec.polarity, done, target,
                        baseline == nullptr ? std::nullopt : std::optional<Decimal>(baseline->value));
  if (!outcome.raw) {
    return nothing(outcome.state == CellState::value ? CellState::not_applicable : outcome.state);
  }
  return figure(capped ? apply_cap(spec.achievement, *outcome.raw, nullptr) : *outcome.raw, spec.achievement.rounding);
}

void Figures::fill_year(NodeId node, const Figure& done, Side& side) {
  const Aim aim = this->aim(node, side);
  EvaluationSide& out = side.printed;
  out.target = aim.target ? aim.target->to_string() : std::string(to_string(CellState::empty));
  if (aim.target && aim.target->number() != nullptr) side.target = Rational(*aim.target->number());
  if (!side.has_formula) return;
  const std::optional<SlotId> slot = context_.result.grid().find(year_);
  if (aim.of_annual_plan && side.done) {
    const Figure raw = achieved(node, *side.done, *aim.target, year_, false);
    const Figure capped = achieved(node, *side.done, *aim.target, year_, true);
    out.achievement_raw = raw.text;
    out.achievement = capped.text;
    side.achievement = capped.exact;
  } else if (slot && context_.result.is_relevant(node, *slot) &&
             context_.result.at(node, *slot).achievement_state == CellState::value) {
    out.achievement_raw = printer_.achievement_raw(node, *slot);
    out.achievement = printer_.achievement(node, *slot);
    side.achievement = printer_.exact().achievement(node, year_);
  } else {
    // Without a figure the reason is that of the figure, with one that of the achievement.
    CellState state = done.state;
    if (state == CellState::value) state = slot ? context_.result.at(node, *slot).achievement_state : CellState::empty;
    out.achievement = to_string(state == CellState::value ? CellState::not_applicable : state);
    out.achievement_raw = out.achievement;
  }
  out.predicate = side.achievement ? predicate(*side.achievement) : out.achievement;
}

void Figures::fill_plan(NodeId node, const Figure& done, Side& side) {
  EvaluationSide& out = side.printed;
  const std::optional<DocumentId> document = medium_term(node);
  const std::optional<PeriodRange> years =
      document ? std::optional(context_.model.documents[document->index()].years) : std::nullopt;
  const MeasureSpec& spec = context_.model.item(node).spec;
  const Figure earlier = before(node, years);
  out.done_before = earlier.text;
  Figure total = done;
  if (adds_over_years(spec)) {
    const bool first_year = years && years->first_year == year_.year();
    if (!years || (!first_year && !earlier.exact)) {
      total = nothing(years ? earlier.state : CellState::not_applicable);
    } else if (!first_year && done.exact) {
      total = figure(*earlier.exact + *done.exact, spec.rounding);
    }
  }
  out.done_total = total.text;
  std::optional<Target> target;
  const Figure end = years ? end_of_plan(node, *years, target) : nothing(CellState::not_applicable);
  out.target_end = end.text;
  if (!side.has_formula) return;
  out.achievement_end = target && total.exact
                            ? achieved(node, *total.exact, *target, Period::year(years->last_year), true).text
                            : nothing(total.state != CellState::value ? total.state
                                      : end.state != CellState::value ? end.state
                                                                      : CellState::not_applicable)
                                  .text;
}

Side Figures::of(NodeId node) {
  const Item& item = context_.model.item(node);
  const MeasureSpec& spec = item.spec;
  Side side;
  side.has_formula = spec.achievement.formula != AchievementFormula::none;
  side.printed.unit_name = spec.unit_name;
  const Figure done = value(node, year_);
  side.done = done.exact;
  side.printed.done = done.text;
  side.printed.state = std::string(to_string(done.state));
  const std::optional<SlotId> slot = context_.result.grid().find(year_);
  if (slot && context_.result.is_relevant(node, *slot)) {
    const ResultCell& cell = context_.result.at(node, *slot);
    side.printed.state = state_text(cell, spec, year_);
    side.lacking = cell.state == CellState::value && (cell.flags & kPartial) != 0;
    // Months are told by the text already; units that are missing altogether are not.
    if (done.lacking) {
      side.printed.state = "sebagian (" + std::to_string(cell.covered) + " dari " + std::to_string(cell.expected) +
                           " laporan di bawahnya)";
    }
    side.unofficial = (cell.flags & kTouchedUnvalidated) != 0;
    side.unverified = (cell.flags & kValueUnverified) != 0;
    side.illustrative = (cell.flags & kValueIllustrative) != 0;
  }
  const bool of_value = side.illustrative;
  const std::array<std::string*, 4> quarters{&side.printed.quarter_1, &side.printed.quarter_2, &side.printed.quarter_3,
                                             &side.printed.quarter_4};
  for (std::size_t i = 0; i < quarters.size(); ++i) {
    const Figure part = value(node, Period(year_.year(), Granularity::quarter, static_cast<int>(i) + 1));
    // A measure reported by the year or the half year has no quarters; that is no hole.
    const bool too_fine = part.state != CellState::value && spec.frequency < Granularity::quarter;
    *quarters[i] = too_fine ? std::string(to_string(CellState::not_applicable)) : part.text;
  }
  fill_year(node, done, side);
  fill_plan(node, done, side);
  side.illustrative = side.illustrative || of_value || item.illustrative;
  side.unverified = side.unverified || item.unverified;
  return side;
}

Side Figures::of_budget(NodeId node) {
  Side side = of(node);
  const std::optional<SlotId> slot = context_.result.grid().find(year_);
  if (!slot || !context_.result.is_relevant(node, *slot)) return side;
  const ResultCell& cell = context_.result.at(node, *slot);
  if (cell.state != CellState::value || cell.covered >= cell.expected) return side;
  const std::string missing(to_string(CellState::empty));
  EvaluationSide& out = side.printed;
  out.achievement = out.achievement_raw = out.predicate = out.done_total = out.achievement_end = missing;
  side.done.reset();
  side.achievement.reset();
  return side;
}

}  // namespace jenjang::evaluation
