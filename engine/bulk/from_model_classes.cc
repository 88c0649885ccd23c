// Kinds of measures, one for every distinct behaviour, and the ties of a flat plan.
#include <algorithm>
#include <limits>

#include "engine/bulk/model_reader.h"
#include "engine/rollup/interval_range.h"

namespace jenjang::bulk {

using rollup::Tie;

std::uint16_t ModelReader::scale_for(NodeId node, const MeasureSpec& spec, bool* on_value) {
  *on_value = spec.value_bands.valid();
  const ScaleId id = spec.value_bands.valid() ? spec.value_bands : spec.achievement_bands;
  if (!id.valid()) return kNoScale;
  const auto [found, is_new] = known_scales_.try_emplace(id, kNoScale);
  if (!is_new) return found->second;
  if (scales_.size() == kNoScale) {
    refusals_.add(FlatLimit::classes, node);
    return kNoScale;
  }
  found->second = static_cast<std::uint16_t>(scales_.size());
  scales_.push_back(model_.scale(id));
  return found->second;
}

bool ModelReader::asks_baseline(NodeId node) const {
  const Item& item = model_.item(node);
  const AchievementSpec& spec = item.spec.achievement;
  if (is_goal(item.kind) || spec.formula == AchievementFormula::none) return false;
  return spec.formula == AchievementFormula::baseline ||
         (spec.on_zero_target == ZeroTargetRule::baseline && digits_of(node).zero_target);
}

// The baseline in force is that of the year, whatever the period.
void ModelReader::check_starts() {
  for (std::size_t i = 0; i < model_.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    if (model_.baselines_of(node).empty()) continue;
    bool broken = false;
    const Baseline* const baseline = rollup::baseline_for(model_, node, Period::year(year_), &broken);
    if (baseline == nullptr) continue;
    const bool asked = asks_baseline(node);
    if (broken) {
      if (asked) refusals_.add(FlatLimit::baseline, node);
      continue;
    }
    const Item& item = model_.item(node);
    const bool marks =
        baseline->illustrative && !is_goal(item.kind) && item.spec.achievement.formula != AchievementFormula::none;
    if (!asked && !marks) continue;
    FlatPlan::Start start;
    start.node = node.value();
    start.invented = baseline->illustrative ? 1 : 0;
    start.places = static_cast<std::uint8_t>(baseline->value.scale());
    const Int128 mantissa = baseline->value.mantissa();
    start.mantissa = static_cast<std::int64_t>(mantissa);
    if (start.mantissa != mantissa) refusals_.add(FlatLimit::digits, node);
    starts_.push_back(start);
  }
}

// A range bounds one figure that nobody reported: of a leaf, or an own figure that stands before the roll-up; of a
// ratio it bounds the quotient of each unit. Other sums and means have none, and their classes stay as few as they are.
void ModelReader::set_possible(const Item& item, bool leaf, MeasureClass& made) const {
  made.own_first = !leaf && rollup::own_figure_first(item);
  if (made.own_first) made.frequency = item.spec.frequency;
  if (!leaf && !made.own_first && made.aggregation != Aggregation::ratio) return;
  const PossibleRange range = rollup::range_of(model_, item);
  if (range.least) made.least_possible = range.least->to_decimal();
  if (range.most) made.most_possible = range.most->to_decimal();
}

std::uint16_t ModelReader::class_for(NodeId node) {
  const ItemId item_id = model_.node_item[node.index()];
  const bool leaf = is_leaf(node);
  const Carry carry = leaf ? Carry::value : carry_[node.index() - leaves_];
  const auto [found, is_new] = class_of_item_.try_emplace({item_id, leaf, carry}, std::uint16_t{0});
  if (!is_new) return found->second;
  const Item& item = model_.item(node);
  MeasureClass made;
  made.aggregation = leaf ? Aggregation::leaf : rollup::aggregation_of(item);
  made.carry = carry;
  if (!leaf) made.missing = item.spec.missing;
  made.polarity = item.spec.polarity;
  made.achievement = item.spec.achievement;
  // F-L3 is H1 under a band table that runs the other way.
  if (made.achievement.formula == AchievementFormula::reversed) made.achievement.formula = AchievementFormula::h1;
  made.goal = is_goal(item.kind);
  made.by_rule = !made.goal && (made.achievement.formula == AchievementFormula::range ||
                                made.achievement.formula == AchievementFormula::stabilise ||
                                made.achievement.formula == AchievementFormula::ordinal || asks_baseline(node));
  const ItemDigits& digits = digits_[item_id.index()];
  made.places = digits.places;
  if (!leaf) {
    made.weight_places = digits.weight_places;
    made.factor = item.spec.factor;
    if (made.aggregation == Aggregation::share_meeting) made.mark = item.spec.mark;
  }
  made.accumulation = item.spec.accumulation;
  if (leaf) {
    made.missing_time = item.spec.missing_time;
    made.frequency = item.spec.frequency;
  }
  set_possible(item, leaf, made);
  made.scale = scale_for(node, item.spec, &made.scale_on_value);
  ClassKey key;
  key.kinds = {made.aggregation,  made.carry, made.missing,        made.polarity,
               made.accumulation, made.goal,  made.scale_on_value, made.scale};
  key.in_time = {made.missing_time, made.frequency, made.own_first};
  key.formula = {made.achievement.formula, made.achievement.on_zero_target, made.achievement.rounding.mode,
                 made.achievement.rounding.places, made.by_rule};
  key.cap = made.achievement.cap;
  key.floor = made.achievement.floor;
  key.mark = made.mark;
  key.least_possible = made.least_possible;
  key.most_possible = made.most_possible;
  key.factor = made.factor;
  key.places = made.places;
  key.weight_places = made.weight_places;
  const auto [known, is_new_class] = known_classes_.try_emplace(key, std::uint16_t{0});
  if (is_new_class) {
    if (classes_.size() == std::numeric_limits<std::uint16_t>::max()) {
      refusals_.add(FlatLimit::classes, node);
    } else {
      known->second = static_cast<std::uint16_t>(classes_.size());
      classes_.push_back(made);
    }
  }
  return found->second = known->second;
}

void ModelReader::number_classes() {
  class_of_.resize(model_.node_count());
  for (std::size_t i = 0; i < class_of_.size(); ++i) {
    const NodeId node = NodeId::from_index(i);
    class_of_[i] = class_for(node);
    if (is_leaf(node)) continue;
    const MeasureClass& measure = classes_[class_of_[i]];
    bool fits = true;
    for_each_taken_tie(node, [&](const Tie& tie) {
      if (measure.aggregation == Aggregation::minimum || measure.aggregation == Aggregation::maximum) return;
      const auto steps = tie.weight.rescaled(measure.weight_places);
      fits &= steps && steps->mantissa() <= std::numeric_limits<std::int32_t>::max();
    });
    if (!fits) refusals_.add(FlatLimit::weight, node);
  }
}

Edge ModelReader::edge_for(NodeId parent, const Tie& tie) const {
  const MeasureClass& measure = classes_[class_of_[parent.index()]];
  Edge edge;
  edge.child_and_role = tie.child.value();
  if (measure.aggregation == Aggregation::ratio && tie.role == EdgeRole::denominator) {
    edge.child_and_role |= Edge::kDenominator;
  }
  if (measure.aggregation == Aggregation::minimum || measure.aggregation == Aggregation::maximum) return edge;
  edge.weight = static_cast<std::int32_t>(tie.weight.rescaled(measure.weight_places)->mantissa());
  return edge;
}

FlatPlan ModelReader::make_plan() {
  std::vector<Edge> ties(model_.graph.formula_edge_count());
  for (std::size_t i = leaves_; i < model_.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    for_each_taken_tie(node, [&](const Tie& tie) {
      if (tie.index < ties.size()) ties[tie.index] = edge_for(node, tie);
    });
  }
  FlatPlan plan = flatten(model_.graph, classes_, scales_, class_of_, ties);
  if (crosscuts_) add_crosscuts(plan);
  return plan;
}

// The rows of the graph hold formula edges alone; accepted crosscuts stand behind those of their parent.
void ModelReader::add_crosscuts(FlatPlan& plan) const {
  std::size_t total = 0;
  for (std::size_t i = leaves_; i < model_.node_count(); ++i) {
    for_each_taken_tie(NodeId::from_index(i), [&](const Tie&) { ++total; });
  }
  Column<std::uint32_t> begin(plan.inner_count() + 1);
  Column<Edge> edges(total);
  std::uint32_t next = 0;
  for (std::size_t i = leaves_; i < model_.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    begin[i - leaves_] = next;
    for_each_taken_tie(node, [&](const Tie& tie) { edges[next++] = edge_for(node, tie); });
  }
  begin[plan.inner_count()] = next;
  plan.edge_begin = std::move(begin);
  plan.edges = std::move(edges);
  plan.bounds = find_bounds(plan);
  plan.shared = find_shared(plan);
}

}  // namespace jenjang::bulk
