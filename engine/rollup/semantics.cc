#include "engine/rollup/semantics.h"

#include <algorithm>

#include "engine/rollup/number.h"

namespace jenjang::rollup {

PeriodGrid make_grid(const TargetTable& targets, const Facts& facts) {
  // Millions of cells share a handful of periods, so repeats are dropped as they come.
  std::vector<Period> periods;
  const auto add = [&periods](Period period) {
    const auto place = std::lower_bound(periods.begin(), periods.end(), period);
    if (place == periods.end() || *place != period) periods.insert(place, period);
  };
  for (const TargetCell& cell : targets.cells) add(cell.period);
  for (const Fact& fact : facts.facts) {
    if (facts.revised.empty() || !facts.revised.contains(fact.node.value())) add(facts.observation(fact).period);
  }
  for (const auto& [node, list] : facts.revised) {
    for (const Fact& fact : list) add(facts.observation(fact).period);
  }
  return PeriodGrid(periods);
}

Aggregation aggregation_of(const Item& item) {
  if (is_goal(item.kind) && item.spec.aggregation == Aggregation::leaf) return Aggregation::weighted_mean;
  return item.spec.aggregation;
}

bool mixes_definitions(const Model& model, NodeId parent, NodeId child, int year) {
  if (model.node_item[parent.index()] == model.node_item[child.index()]) return false;
  const Item& above = model.item(parent);
  const Item& below = model.item(child);
  // Before its first year the version before it applied.
  const auto version = [year](const MeasureSpec& spec) {
    return spec.definition_since && year < *spec.definition_since ? spec.definition_version - 1
                                                                  : spec.definition_version;
  };
  return version(above.spec) != version(below.spec) && above.code == below.code;
}

bool is_inner(const Model& model, NodeId node) {
  if (aggregation_of(model.item(node)) == Aggregation::leaf) return false;
  return !model.graph.children(node).empty() || !model.graph.crosscut_children(node).empty();
}

bool own_figure_first(const Item& item) {
  return item.external || item.spec.accumulation == Accumulation::release;
}

CellState missing_state(const Model& model, NodeId node, Period period, const std::optional<Date>& as_of,
                        std::span<const TargetCell> targets, bool any_figure) {
  if (!exists_in(model, node, period)) return CellState::not_applicable;
  const MeasureSpec& spec = model.item(node).spec;
  const auto lies_within = [period](const TargetCell& target) { return period.contains(target.period); };
  const bool untargeted = !targets.empty() && !any_figure && std::none_of(targets.begin(), targets.end(), lies_within);
  return missing_state(spec.frequency, spec.accumulation, period, as_of, untargeted);
}

CellState missing_state(Granularity frequency, Accumulation accumulation, Period period,
                        const std::optional<Date>& as_of, bool untargeted) {
  if (period.granularity() > frequency) return CellState::not_applicable;
  if (as_of && !as_of->is_over(period)) return CellState::not_due;
  if (untargeted) return CellState::not_due;
  if (accumulation == Accumulation::release && as_of && period.year() >= as_of->year - 1) {
    return CellState::awaiting_release;
  }
  return CellState::empty;
}

std::optional<Target> resolve_target(const Model& model, NodeId node, const Target& target) {
  const TargetGrade* grade = target.grade();
  if (grade == nullptr) return target;
  const ScaleId id = model.item(node).spec.grade_scale;
  if (!id.valid()) return std::nullopt;
  const Scale& scale = model.scale(id);
  const auto index = scale.find_grade(grade->label);
  if (!index) return std::nullopt;
  return Target(scale.grades[*index].points.value_or(Decimal(scale.rank(*index))));
}

template <class Number>
int grade_index(const Scale& scale, const Number& value) {
  for (std::size_t i = 0; i < scale.grades.size(); ++i) {
    const Decimal stands_for = scale.grades[i].points.value_or(Decimal(scale.rank(i)));
    if (value == number_from<Number>(stands_for)) return static_cast<int>(i);
  }
  return -1;
}
template int grade_index<double>(const Scale&, const double&);
template int grade_index<Rational>(const Scale&, const Rational&);

const Baseline* baseline_for(const Model& model, NodeId node, Period period, bool* broken) {
  const Baseline* baseline = model.baseline_before(node, period);
  const auto& since = model.item(node).spec.definition_since;
  *broken = baseline != nullptr && since && baseline->period.year() < *since && period.year() >= *since;
  return baseline;
}

}  // namespace jenjang::rollup
