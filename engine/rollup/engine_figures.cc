// Achievement, limits and predicates of a composed cell, each decided on the double where its error
// allows and by the exact side where not; and the findings about figures.
#include <cmath>

#include "jenjang/base/text.h"

#include "engine/facts/doubts.h"
#include "engine/rollup/engine.h"

namespace jenjang {

void RollupWorker::achieve(NodeId node, std::size_t slot, Lane lane, ResultCell& cell) {
  const Item& item = *item_;
  double error = 0;
  if (is_goal(item.kind)) {
    // A goal's figure is an achievement already.
    cell.achievement_state = cell.state;
    cell.achievement_raw = cell.value;
    error = value_error_ * std::abs(cell.value);
  } else if (!achieve_measure(node, slot, lane, cell, &error)) {
    return;
  }
  if (cell.achievement_state != CellState::value) return;
  const AchievementSpec& spec = item.spec.achievement;
  bool limited = false;
  bool uncertain = (cell.flags & kSigned) != 0 && (spec.cap || spec.floor);
  cell.achievement = rollup::limit<double>(spec, cell.achievement_raw, error, &limited, &uncertain);
  if (uncertain && exactly_on_target(slot, cell)) {
    const Decimal hundred(100);
    const bool above = spec.cap && *spec.cap < hundred;
    const bool below = !above && spec.floor && hundred < *spec.floor;
    cell.achievement = above ? spec.cap->to_double() : below ? spec.floor->to_double() : 100.0;
    limited = above || below;
  } else if (uncertain) {
    cell.flags |= kDecidedExactly;
    if (const auto raw = exact(lane).achievement_raw(node, period(slot))) {
      cell.achievement = apply_cap(spec, *raw, &limited).to_double();
    }
  }
  if (limited) cell.flags |= kCapped;
}

// Realised exactly as targeted, one fact against one number: the common case on a cut, settled by
// comparing two decimals. Every formula that can be asked gives 100 there.
bool RollupWorker::exactly_on_target(std::size_t slot, const ResultCell& cell) const {
  const std::uint32_t fact = own_[slot].observation;
  const TargetCell* target = target_at_[slot];
  if (fact == UINT32_MAX || target == nullptr || target->target.number() == nullptr) return false;
  if (plan_->is(rollup::NodePlan::inner) && (cell.flags & kOwnFigure) == 0) return false;
  if (plan_->is(rollup::NodePlan::goal)) return false;  // its figure is its achievement, whatever was targeted
  if ((cell.flags & kZeroTarget) != 0 || cell.achievement_state != CellState::value) return false;
  return facts_.observations[fact].number == *target->target.number();
}

// The limited achievement where it is known without arithmetic: 100 on target, or a limit that bit.
std::optional<Decimal> RollupWorker::exact_achievement(NodeId node, std::size_t slot, const ResultCell& cell) const {
  const AchievementSpec& spec = model_.item(node).spec.achievement;
  if ((cell.flags & kCapped) != 0) {
    return spec.cap && cell.achievement == spec.cap->to_double() ? spec.cap : spec.floor;
  }
  return exactly_on_target(slot, cell) ? std::optional(Decimal(100)) : std::nullopt;
}

int RollupWorker::band_of_figure(ScaleId id, const Decimal& figure) {
  const auto [found, is_new] = known_bands_.try_emplace({id.value(), figure}, -1);
  if (is_new) found->second = band_of(model_.scale(id), Rational(figure));
  return found->second;
}

// Raw achievement of a measure; false when there is none. `error` bounds the double.
bool RollupWorker::achieve_measure(NodeId node, std::size_t slot, Lane lane, ResultCell& cell, double* error) {
  const Item& item = *item_;
  const AchievementSpec& spec = item.spec.achievement;
  if (spec.formula == AchievementFormula::none) return false;
  if (cell.state != CellState::value) {
    cell.achievement_state = cell.state;
    return false;
  }
  const TargetCell* target = target_at_[slot];
  if (target == nullptr) {
    cell.achievement_state = CellState::not_applicable;  // nothing to measure against in this period
    return false;
  }
  // A number is its own resolution: nearly all of the millions of targets.
  const bool is_number = target->target.number() != nullptr;
  const auto resolved = is_number ? std::nullopt : rollup::resolve_target(model_, node, target->target);
  if (!is_number && !resolved) return false;
  bool broken = false;
  const Baseline* const baseline =
      plan_->is(rollup::NodePlan::has_baseline) ? rollup::baseline_for(model_, node, period(slot), &broken) : nullptr;
  const auto start = baseline != nullptr && !broken ? std::optional(baseline->value) : std::nullopt;
  const bool is_signed = (cell.flags & kSigned) != 0;
  const auto achieved =
      rollup::achieve<double>(spec, item.spec.polarity, cell.value, value_error_ * std::abs(cell.value),
                              is_number ? target->target : *resolved, start);
  if (target->illustrative || (baseline != nullptr && baseline->illustrative && start)) cell.flags |= kIllustrative;
  if (achieved.zero_target_rule) cell.flags |= kZeroTarget;
  cell.achievement_state = achieved.needs_baseline && broken ? CellState::redefined : achieved.state;
  cell.achievement_raw = achieved.raw;
  *error = achievement_error_ * achieved.terms;
  if (is_signed || achieved.uncertain) {
    cell.flags |= kDecidedExactly;
    const auto raw = exact(lane).achievement_raw(node, period(slot));
    if (raw) {
      cell.achievement_state = CellState::value;
      cell.achievement_raw = raw->to_double();
    } else if (cell.achievement_state == CellState::value) {
      cell.achievement_state = CellState::not_applicable;
    }
  }
  if (cell.achievement_state != CellState::value) {
    if (lane == Lane::all && cell.achievement_state == CellState::not_applicable) {
      refuse_achievement(node, slot,
                         achieved.needs_baseline     ? Code::J1721
                         : achieved.zero_target_rule ? Code::J1720
                                                     : Code::J1722);
    }
    return false;
  }
  if (rollup::ErrorBounds::cancels(cell.achievement_raw, achieved.terms)) cell.flags |= kSigned;
  return true;
}

void RollupWorker::refuse_achievement(NodeId node, std::size_t slot, Code code) {
  if (sink_ == nullptr) return;
  const Item& item = model_.item(node);
  const TargetCell& target = *target_at_[slot];
  const SourceSpan place = fact_span(node, slot);
  auto finding = make_diagnostic(code, place.valid() ? place : model_.node_span[node.index()])
                     .arg("alamat", model_.address(node, period(slot)))
                     .arg("rumus", to_string(item.spec.achievement.formula))
                     .arg("target", target.target.to_string());
  if (target.statement < model_.statements.size()) {
    finding.related(model_.statements[target.statement].span, "targetnya", "its target");
  }
  sink_->report(std::move(finding));
}

void RollupWorker::find_band(NodeId node, std::size_t slot, Lane lane, ResultCell& cell) {
  const MeasureSpec& spec = item_->spec;
  const bool by_value = spec.value_bands.valid() || spec.grade_scale.valid();
  const ScaleId id = spec.value_bands.valid()   ? spec.value_bands
                     : spec.grade_scale.valid() ? spec.grade_scale
                                                : spec.achievement_bands;
  if (!id.valid()) return;
  if ((by_value ? cell.state : cell.achievement_state) != CellState::value) return;
  const Scale& scale = model_.scale(id);
  const double figure = by_value ? cell.value : cell.achievement;
  cell.band_of_achievement = !by_value;
  if (scale.kind == Scale::Kind::grades) {
    cell.band = static_cast<std::int16_t>(rollup::grade_index<double>(scale, figure));
    return;
  }
  // Limits only ever bring an achievement closer to nought, so the raw figure's error covers both.
  const double error = by_value || plan_->is(rollup::NodePlan::goal)
                           ? value_error_ * std::abs(figure)
                           : achievement_error_ * (16 * std::max(std::abs(cell.achievement_raw), std::abs(figure)));
  std::optional<int> band;
  if ((cell.flags & kSigned) == 0) band = shared_.cuts_.at(id.value()).find(figure, error);
  if (!band && !by_value) {
    if (const auto known = exact_achievement(node, slot, cell)) band = band_of_figure(id, *known);
  }
  if (!band) {
    cell.flags |= kDecidedExactly;
    const auto figure_exact =
        by_value ? exact(lane).value(node, period(slot)) : exact(lane).achievement(node, period(slot));
    band = figure_exact ? band_of(scale, *figure_exact) : -1;
  }
  cell.band = static_cast<std::int16_t>(*band);
  if (scale.unverified) cell.flags |= kUnverified;
  if (*band < 0 && lane == Lane::all && sink_ != nullptr) {
    const SourceSpan place = fact_span(node, slot);
    sink_->report(make_diagnostic(Code::J1706, place.valid() ? place : model_.node_span[node.index()])
                      .arg("alamat", model_.address(node, period(slot)))
                      .arg("nilai", format_fixed(figure, std::max(2, scale.decide_on.places)))
                      .arg("skala", scale.id)
                      .arg("batas", (scale.domain_low ? scale.domain_low->to_string() : std::string("-")) + ".." +
                                        (scale.domain_high ? scale.domain_high->to_string() : std::string("-"))));
  }
}

bool RollupWorker::meets_target(NodeId node, std::size_t slot, Lane lane, const ResultCell& cell,
                                const std::optional<Decimal>& mark, bool* has_target) {
  const TargetCell* target = mark ? nullptr : shared_.target_in(node, period(slot));
  *has_target = false;
  if (!mark && target == nullptr) return false;
  const auto resolved = mark ? std::optional(Target(*mark)) : rollup::resolve_target(model_, node, target->target);
  if (!resolved) return false;
  const Polarity polarity = model_.item(node).spec.polarity;
  rollup::Met met = rollup::Met::uncertain;
  if ((cell.flags & kSigned) == 0) {
    met = rollup::meets<double>(polarity, cell.value, bounds_.value_error(node, cell.value), *resolved);
  }
  if (met == rollup::Met::uncertain) {
    const auto value = exact(lane).value(node, period(slot));
    if (!value) return false;
    met = rollup::meets<Rational>(polarity, *value, 0, *resolved);
  }
  *has_target = met != rollup::Met::no_target;
  return met == rollup::Met::yes;
}

// Place of the last own fact inside a slot.
SourceSpan RollupWorker::fact_span(NodeId node, std::size_t slot) const {
  SourceSpan place;
  for (const Fact& fact : facts_.of(node)) {
    const Observation& observation = facts_.observation(fact);
    if (period(slot).contains(observation.period)) place = observation.places.number();
  }
  return place;
}

// An own figure agrees with its roll-up when it lies within half a unit of the last digit the measure
// prints: 75.25 and 75.25125 are one figure.
void RollupWorker::compare_own(NodeId node, std::size_t slot, double roll_up, ResultCell& cell) {
  const double own = own_[slot].value;
  const Rounding rounding = model_.item(node).spec.rounding;
  const bool exact_figure = rounding.mode == RoundingMode::exact;
  const double tolerance = exact_figure ? 1e-12 * std::abs(own) : 0.5 * std::pow(10.0, -rounding.places) * (1 + 1e-9);
  if (std::abs(own - roll_up) <= tolerance) return;
  cell.flags |= kOwnDiffers;
  if (sink_ == nullptr || &cell != &row(node, Lane::all)[slot]) return;  // reported once, not once a lane
  const int places = exact_figure ? 6 : rounding.places;
  sink_->report(
      make_diagnostic(Code::J1708, fact_span(node, slot))
          .arg("alamat", model_.address(node, period(slot)))
          .arg("sendiri", format_fixed(own, places))
          .arg("gabungan", format_fixed(roll_up, places))
          .arg("dipakai", (cell.flags & kOwnFigure) != 0 ? format_fixed(own, places) : format_fixed(roll_up, places)));
}

void RollupWorker::check_range(NodeId node) {
  const MeasureSpec& spec = model_.item(node).spec;
  if (!spec.least_possible && !spec.most_possible) return;
  for (const Fact& fact : facts_.of(node)) {
    facts::report_out_of_range(model_, node, facts_.observation(fact), *sink_);
  }
}

// A coarser figure beside finer ones that do not make it.
void RollupWorker::compare_stated(NodeId node, std::size_t slot) {
  if (sink_ == nullptr) return;
  const rollup::OwnFigure<double>& own = own_[slot];
  const Item& item = model_.item(node);
  const Observation& stated = facts_.observations[own.stated_observation];
  // A stated average was rounded to its digits; everything else adds up exactly.
  const double tolerance =
      item.spec.accumulation == Accumulation::average ? 0.5 * std::pow(10.0, -stated.number.scale()) * (1 + 1e-9) : 0;
  double gap = std::abs(own.value - own.stated);
  if (gap <= tolerance) return;
  if (gap < 1e-9 * std::abs(own.stated)) {
    // Perhaps only the doubles differ.
    std::vector<rollup::OwnFigure<Rational>> figures(slots_);
    rollup::accumulate<Rational>(result_.grid_, tree_, tree_.inside(slot), model_, node, facts_, Lane::all, figures,
                                 options_.as_of);
    if (figures[slot].value == figures[slot].stated) return;
  }
  const int places = std::max(stated.number.scale(), item.spec.rounding.places);
  sink_->report(make_diagnostic(Code::J1723, stated.places.number())
                    .arg("alamat", model_.address(node, period(slot)))
                    .arg("dinyatakan", stated.number.to_string())
                    .arg("terhitung", format_fixed(own.value, places))
                    .arg("akumulasi", to_string(item.spec.accumulation)));
}

}  // namespace jenjang
