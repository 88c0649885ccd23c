#include "engine/assess/reach_wish.h"

#include <algorithm>

#include "engine/rollup/achievement.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

const Scale* band_scale(const Model& model, ScaleId id) {
  if (!id.valid() || model.scale(id).kind != Scale::Kind::bands) return nullptr;
  return &model.scale(id);
}

int band_index(const Scale* scale, std::string_view label) {
  if (scale == nullptr) return -1;
  const auto found = std::ranges::find(scale->bands, label, &Band::label);
  return found == scale->bands.end() ? -1 : static_cast<int>(found - scale->bands.begin());
}

// The cut beneath the band, or above it where lower is better.
void set_cut(ReachWish& wish) {
  if (wish.below && wish.band == 0) return;
  const Band& edge = wish.scale->bands[static_cast<std::size_t>(wish.below ? wish.band - 1 : wish.band)];
  if (!edge.above) return;
  wish.least = preimage_above(*edge.above, wish.scale->open_below, wish.scale->decide_on);
  const bool exact = wish.scale->decide_on.mode == RoundingMode::exact;
  const int places =
      exact ? std::max(edge.above->scale(), wish.scale->open_below ? 2 : 0) : wish.scale->decide_on.places;
  const Decimal figure = least_figure_above(*edge.above, wish.scale->open_below, places);
  wish.words = wish.below ? "< " + figure.to_string() : figure.to_string();
}

// A figure instead of a predicate: goals have a score and no bands.
bool wish_figure(const Item& item, std::string_view text, ReachWish& made) {
  const std::optional<Decimal> number = Decimal::parse(text);
  if (!number) return false;
  if (is_goal(item.kind)) made.polarity = Polarity::higher;
  if (made.polarity != Polarity::higher && made.polarity != Polarity::lower) return false;
  made.of_achievement = false;
  made.scale = nullptr;
  made.is_figure = true;
  made.target = Target(*number);
  made.reference = number;
  made.words = (made.polarity == Polarity::higher ? ">= " : "<= ") + made.name;
  return true;
}

}  // namespace

bool ReachWish::holds(const Rational& figure) const {
  if (target) return rollup::meets<Rational>(polarity, figure, 0, *target) == rollup::Met::yes;
  if (!least) return true;
  return least->contains(figure) != below;
}

bool ReachWish::raises(const Rational& value) const {
  if (!of_achievement && !target) return !below;
  if (polarity == Polarity::higher) return true;
  if (polarity == Polarity::lower || !reference) return false;
  return value < Rational(*reference);
}

bool ReachWish::is_nearer(const Rational& a, const Rational& b) const {
  if (of_achievement) return b < a;
  return raises(a) ? b < a : a < b;
}

bool ReachWish::has_label(std::string_view label) const {
  const int at = band_index(scale, label);
  return at >= 0 && (below ? at >= band : at <= band);
}

bool ReachWish::holds_at_value(const Model& model, const TargetTable& targets, NodeId node, Period period,
                               const Rational& value) const {
  if (!of_achievement) return holds(value);
  const MeasureSpec& spec = model.item(node).spec;
  const TargetCell* cell = targets.find(node, period);
  const auto resolved = cell == nullptr ? std::nullopt : rollup::resolve_target(model, node, cell->target);
  if (!resolved) return false;
  const Baseline* baseline = model.baseline_before(node, period);
  const AchievementOutcome outcome =
      achievement_exact(spec.achievement, spec.polarity, value, *resolved,
                        baseline == nullptr ? std::nullopt : std::optional(baseline->value));
  return outcome.raw && holds(apply_cap(spec.achievement, *outcome.raw, nullptr));
}

std::optional<ReachWish> make_wish(const Model& model, const TargetTable& targets, NodeId node, Period period,
                                   const MeasureWish& wish, std::string& cause) {
  const MeasureSpec& spec = model.item(node).spec;
  ReachWish made;
  made.polarity = spec.polarity;
  const TargetCell* cell = targets.find(node, period);
  if (cell != nullptr) made.reference = cell->target.reference_number();
  if (wish.predicate.empty()) {
    const auto resolved = cell == nullptr ? std::nullopt : rollup::resolve_target(model, node, cell->target);
    if (!resolved) {
      cause = "tanpa target";
      return std::nullopt;
    }
    if (spec.polarity == Polarity::context || spec.polarity == Polarity::grade) {
      cause = to_string(spec.polarity);
      return std::nullopt;
    }
    made.target = *resolved;
    made.name = "target";
    made.words = cell->target.to_string();
    return made;
  }
  made.name = wish.predicate;
  made.scale = band_scale(model, spec.value_bands);
  made.band = band_index(made.scale, wish.predicate);
  if (made.band < 0) {
    made.scale = band_scale(model, spec.achievement_bands);
    made.band = band_index(made.scale, wish.predicate);
    made.of_achievement = true;
  }
  if (made.band < 0) {
    if (wish_figure(model.item(node), wish.predicate, made)) return made;
    cause = "predikat " + wish.predicate;
    return std::nullopt;
  }
  // A table read from the other end.
  if (made.of_achievement && spec.achievement.formula == AchievementFormula::reversed) {
    cause = to_string(spec.achievement.formula);
    return std::nullopt;
  }
  // Cuts fall from the first band on: where lower is better, the first band is the worst.
  made.below = !made.of_achievement && spec.polarity == Polarity::lower;
  set_cut(made);
  return made;
}

std::vector<std::string> measure_labels(const Model& model, NodeId node) {
  const MeasureSpec& spec = model.item(node).spec;
  const Scale* scale = band_scale(model, spec.value_bands);
  if (scale == nullptr) scale = band_scale(model, spec.achievement_bands);
  std::vector<std::string> labels;
  if (scale != nullptr) {
    for (const Band& band : scale->bands) labels.push_back(band.label);
  }
  return labels;
}

}  // namespace jenjang
