// What a flat plan cannot say, node by node; from_model_classes.cc and from_model_columns.cc make what it can.
#include "jenjang/bulk/from_model.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/bulk/model_reader.h"
#include "engine/bulk/program.h"
#include "engine/rollup/accumulate.h"
#include "engine/rollup/engine.h"

namespace jenjang::bulk {
namespace {

using rollup::Tie;

constexpr std::array<FlatLimit, kFlatLimits> all_limits() {
  std::array<FlatLimit, kFlatLimits> limits{};
  for (std::size_t i = 0; i < kFlatLimits; ++i) limits[i] = static_cast<FlatLimit>(i);
  return limits;
}
constexpr auto kLimits = all_limits();
constexpr std::array<std::string_view, kFlatLimits> kWords{"table",
                                                           "judgement",
                                                           "polarity",
                                                           "mark",
                                                           "carry-forward",
                                                           "least-coverage",
                                                           "cap-on-mean",
                                                           "grades",
                                                           "leaf-above",
                                                           "no-ties",
                                                           "mixed-carry",
                                                           "mixed-ratio",
                                                           "zero-pair",
                                                           "dated-tie",
                                                           "overlap",
                                                           "definitions",
                                                           "unit-life",
                                                           "weight",
                                                           "target-form",
                                                           "baseline",
                                                           "own-figure",
                                                           "verified-figure",
                                                           "unvalidated-beside",
                                                           "digits",
                                                           "classes"};

// Figures of six places, or means of twelve of them, are told from it as doubles.
bool is_said_as_mark(const Decimal& mark) {
  return mark.normalised().scale() <= kMostPlaces && std::abs(mark.to_double()) * 1e6 < 0x1p45;
}

// Bands that a kernel can hold: few, and their cuts and ends of the domain one falling row.
bool is_said_by_cuts(const Scale& scale) {
  if (scale.kind != Scale::Kind::bands) return false;
  try {
    return !thresholds_of(scale).labels.empty();
  } catch (const std::invalid_argument&) {
    return false;
  }
}

}  // namespace

std::span<const FlatLimit> flat_limits() {
  return kLimits;
}

std::string_view to_string(FlatLimit limit) {
  return kWords[static_cast<std::size_t>(limit)];
}

bool Refusals::any() const {
  return std::any_of(entries_.begin(), entries_.end(), [](const FlatRefusal& entry) { return entry.count > 0; });
}

std::vector<FlatRefusal> Refusals::list() const {
  std::vector<FlatRefusal> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].count == 0) continue;
    found.push_back(entries_[i]);
    found.back().limit = kLimits[i];
  }
  return found;
}

ModelReader::ModelReader(const Model& model, const TargetTable& targets, const Facts& facts,
                         const RollupOptions& options, int year)
    : model_(model), targets_(targets), facts_(facts), options_(options), year_(year), digits_(model.items.size()) {
  for (std::size_t i = 0; i < kMonths; ++i) months_[i] = Period(year, Granularity::month, static_cast<int>(i) + 1);
  lanes_ = options.validated_lane && rollup::lanes_differ(facts);
  leaves_ = model.graph.level_count() == 0 ? 0 : model.graph.level_last(0).index();
  carry_.resize(model.node_count() - leaves_);
  target_begin_.assign(model.node_count() + 1, 0);
  for (const TargetCell& cell : targets.cells) ++target_begin_[cell.node.index() + 1];
  for (std::size_t i = 0; i < model.node_count(); ++i) target_begin_[i + 1] += target_begin_[i];
}

void ModelReader::check_nodes() {
  for (const Overlap& overlap : model_.overlaps) refusals_.add(FlatLimit::overlap, overlap.parent);
  for (std::size_t i = 0; i < model_.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    check_life(node);
    check_item(node);
    if (!is_leaf(node)) check_ties(node);
    check_facts(node);
  }
  check_targets();
  check_starts();
}

// What the declaration alone refuses.
void ModelReader::check_item(NodeId node) {
  const Item& item = model_.item(node);
  const MeasureSpec& spec = item.spec;
  const auto refuse_if = [&](bool holds, FlatLimit limit) {
    if (holds) refusals_.add(limit, node);
  };
  refuse_if(spec.least_coverage.has_value(), FlatLimit::least_coverage);
  const bool leaf = is_leaf(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  refuse_if((leaf ? spec.missing_time : spec.missing) == MissingPolicy::carry, FlatLimit::carry_forward);
  if (!leaf) {
    refuse_if(aggregation == Aggregation::leaf, FlatLimit::leaf_above);
    refuse_if(aggregation == Aggregation::table, FlatLimit::table);
    refuse_if(aggregation == Aggregation::share_meeting && spec.mark && !is_said_as_mark(*spec.mark), FlatLimit::mark);
  }
  const ScaleId id = spec.value_bands.valid()   ? spec.value_bands
                     : spec.grade_scale.valid() ? spec.grade_scale
                                                : spec.achievement_bands;
  if (!id.valid()) return;
  if (said_scales_.empty()) {
    for (const Scale& scale : model_.scales) said_scales_.push_back(is_said_by_cuts(scale));
  }
  refuse_if(!said_scales_[id.index()], FlatLimit::grades);
}

void ModelReader::check_ties(NodeId node) {
  const Item& item = model_.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  if (aggregation == Aggregation::leaf) return;
  const bool ratio = aggregation == Aggregation::ratio, share = aggregation == Aggregation::share_meeting;
  const bool extremum = aggregation == Aggregation::minimum || aggregation == Aggregation::maximum;
  std::size_t values = 0, achievements = 0, pairs = 0, operands = 0;
  bool judged = false, dated = false, strange_weight = false, mixed_definitions = false, pairless = false;
  bool two_sided = false;
  ItemDigits& digits = digits_[model_.node_item[node.index()].index()];
  rollup::for_each_tie(model_, node, [&](const Tie& tie) {
    if (tie.overlap != nullptr) return;
    const auto weight = weight_all_year(tie);
    dated |= !weight;
    mixed_definitions |= rollup::mixes_definitions(model_, node, tie.child, year_);
    crosscuts_ |= tie.index >= model_.formula_edges.size();
    const Polarity polarity = model_.item(tie.child).spec.polarity;
    two_sided |= share && (polarity == Polarity::range || polarity == Polarity::stabilise);
    judged |= tie.role == EdgeRole::judgement;
    ++(tie.carry == Carry::achievement ? achievements : values);
    // A pair is what a ratio with children of its own keeps.
    const bool has_pair = !is_leaf(tie.child) && rollup::aggregation_of(model_.item(tie.child)) == Aggregation::ratio;
    ++(tie.role == EdgeRole::operand ? pairs : operands);
    pairless |= ratio && has_pair != (tie.role == EdgeRole::operand);
    if (!weight || extremum) return;  // an extremum has no weights
    strange_weight |= weight->is_negative();
    if (weight->scale() > digits.weight_places) {
      digits.weight_places = std::max(digits.weight_places, weight->normalised().scale());
    }
  });
  carry_[node.index() - leaves_] = achievements > 0 && !ratio && !share ? Carry::achievement : Carry::value;
  const auto refuse_if = [&](bool holds, FlatLimit limit) {
    if (holds) refusals_.add(limit, node);
  };
  refuse_if(values + achievements == 0, FlatLimit::no_ties);
  refuse_if(judged, FlatLimit::judgement);
  refuse_if(two_sided, FlatLimit::polarity);
  refuse_if(dated, FlatLimit::dated_tie);
  refuse_if(mixed_definitions, FlatLimit::definitions);
  refuse_if(strange_weight, FlatLimit::weight);
  refuse_if(ratio && (pairless || (pairs > 0 && operands > 0)), FlatLimit::mixed_ratio);
  refuse_if(ratio && pairs > 0 && item.spec.missing == MissingPolicy::zero, FlatLimit::zero_pair);
  refuse_if(!ratio && !share && values > 0 && achievements > 0, FlatLimit::mixed_carry);
  refuse_if(achievements > 0 && item.spec.cap_level == CapLevel::mean, FlatLimit::cap_on_mean);
}

// A weight that changes within the year is none; one that changes from year to year is.
std::optional<Decimal> ModelReader::weight_all_year(const Tie& tie) const {
  if (!rollup::is_dated(model_, tie)) return tie.weight;
  const auto first = rollup::weight_in(model_, tie, month(0));
  if (!first) return std::nullopt;
  for (const Period period : months_) {
    const auto held = rollup::weight_in(model_, tie, period);
    if (!held || *held != *first) return std::nullopt;
  }
  return first;
}

void ModelReader::check_life(NodeId node) {
  if (rollup::exists_always(model_, node)) return;
  const auto lives = [&](Period period) { return rollup::exists_in(model_, node, period); };
  if (!std::all_of(months_.begin(), months_.end(), lives)) refusals_.add(FlatLimit::unit_life, node);
}

void ModelReader::check_targets() {
  for (const TargetCell& cell : targets_.cells) {
    if (cell.period.year() != year_) continue;
    const Decimal* const number = cell.target.number();
    if (number == nullptr) {
      refusals_.add(FlatLimit::target_form, cell.node);
      continue;
    }
    note_digits(*number, cell.node);
    if (number->is_zero()) digits_[model_.node_item[cell.node.index()].index()].zero_target = true;
  }
}

void ModelReader::check_facts(NodeId node) {
  const Item& item = model_.item(node);
  Period before;
  for (const Fact& fact : facts_.of(node)) {
    const Observation& observation = facts_.observation(fact);
    if (observation.period.year() != year_) continue;
    if (!is_leaf(node)) {
      refusals_.add(FlatLimit::own_figure, node);
      continue;
    }
    if (observation.verified->number) refusals_.add(FlatLimit::verified_figure, node);
    const CellState state = rollup::state_in(item, observation, Lane::all);
    const bool repeated = observation.period == before;
    // The row before it may be the one that only one lane sees.
    if (repeated && lanes_) refusals_.add(FlatLimit::unvalidated_beside, node);
    before = observation.period;
    if (state == CellState::value) note_digits(observation.number, node);
  }
}

void ModelReader::note_digits(const Decimal& figure, NodeId node) {
  int& places = digits_[model_.node_item[node.index()].index()].places;
  if (figure.scale() <= places) return;
  const int needed = figure.normalised().scale();
  if (needed > kMostPlaces) {
    refusals_.add(FlatLimit::digits, node);
    return;
  }
  places = std::max(places, needed);
}

FlatOutcome ModelReader::run() {
  check_nodes();
  number_classes();
  if (refusals_.any()) return refusals_.list();
  FlatModel made;
  made.year = year_;
  made.plan = make_plan();
  if (!starts_.empty()) {
    made.plan.starts = Column<FlatPlan::Start>(starts_.size());
    std::copy(starts_.begin(), starts_.end(), made.plan.starts.begin());
  }
  made.figures = make_figures(made.plan, lanes_, false);
  fill_targets(made.figures);
  make_rows(made);
  fill_leaves(made);
  if (refusals_.any()) return refusals_.list();
  return made;
}

FlatOutcome flatten_model(const Model& model, const TargetTable& targets, const Facts& facts,
                          const RollupOptions& options, int year) {
  return ModelReader(model, targets, facts, options, year).run();
}

}  // namespace jenjang::bulk
