// Ties between goals and measures: most are support and carry no arithmetic; `langsung: ya` makes a
// formula of those that can be one.
#include <algorithm>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

bool is_direct(const std::optional<Located<bool>>& direct) {
  return direct && direct->value;
}

void refuse_direct(BindContext& bind, VertexId child, VertexId parent, SourceSpan place) {
  bind.sink.report(make_diagnostic(Code::J1527, place)
                       .arg("anak", bind.address(child))
                       .arg("induk", bind.address(parent))
                       .related(bind.nodes[parent.index()].span, "yang didukung", "what is supported"));
}

void support(BindContext& bind, VertexId parent, VertexId child, SourceSpan span) {
  // An operand needs no second tie to say that it helps.
  if (parent != child && !bind.has_formula(parent, child)) bind.add_support(parent, child, span);
}

// `langsung: ya` on an indicator: it becomes an operand of what it supports.
void tie_measure(BindContext& bind, const MeasureEntry& entry, VertexId parent, SourceSpan span) {
  const Item& above = bind.item_of(parent);
  FormulaEdge edge;
  edge.span = span;
  const std::vector<PlanYearWeight>* years = nullptr;
  SourceSpan written;
  if (entry.indicator->weight) {
    written = entry.indicator->weight->span;
    edge.weight = entry.indicator->weight->value;
    years = &entry.indicator->weight->years;
  }
  if (!above.is_measure()) {
    edge.carry = Carry::achievement;
    bind.add_formula(parent, entry.vertex, edge, years, written);
    return;
  }
  if (bind.has_formula(parent, entry.vertex)) return;
  const bool ratio = above.spec.aggregation == Aggregation::ratio;
  const bool adds_up = above.spec.aggregation != Aggregation::leaf &&
                       (!ratio || bind.item_of(entry.vertex).spec.aggregation == Aggregation::ratio);
  if (!adds_up) {
    refuse_direct(bind, entry.vertex, parent, entry.indicator->direct->span);
    return;
  }
  bind.add_formula(parent, entry.vertex, edge, years, written);
}

// A direct work result claims that its indicator is part of the superior's figure. The formula edge
// comes from a cascade or from the indicator's own tie; here it is only checked.
bool work_result_is_operand(const BindContext& bind, std::size_t goal_index, VertexId target) {
  std::vector<VertexId> above;
  if (bind.item_of(target).is_measure()) {
    above.push_back(target);
  } else {
    above = bind.formula_children(target);
  }
  for (const std::size_t index : bind.goals[goal_index].measures) {
    const MeasureEntry& entry = bind.measures[index];
    if (!entry.vertex.valid()) continue;
    const bool below = std::any_of(above.begin(), above.end(),
                                   [&](VertexId parent) { return bind.is_operand_of(entry.vertex, parent); });
    if (below) return true;
  }
  return false;
}

void tie_goal(BindContext& bind, std::size_t index, VertexId target, bool direct, SourceSpan span) {
  const GoalEntry& entry = bind.goals[index];
  if (!direct) {
    support(bind, target, entry.vertex, span);
    return;
  }
  if (entry.goal->kind == ItemKind::work_result) {
    if (!work_result_is_operand(bind, index, target)) {
      refuse_direct(bind, entry.vertex, target, entry.goal->direct->span);
    }
    support(bind, target, entry.vertex, span);
    return;
  }
  if (bind.item_of(target).is_measure()) {
    refuse_direct(bind, entry.vertex, target, entry.goal->direct->span);
    support(bind, target, entry.vertex, span);
    return;
  }
  FormulaEdge edge;
  edge.carry = Carry::achievement;
  edge.span = span;
  bind.add_formula(target, entry.vertex, edge);
}

void tie_own_indicators(BindContext& bind) {
  for (const MeasureEntry& entry : bind.measures) {
    if (entry.goal == SIZE_MAX || !entry.vertex.valid()) continue;
    const VertexId goal = bind.goals[entry.goal].vertex;
    if (!goal.valid()) continue;
    // A context measure has no achievement that the goal could average.
    if (bind.item_of(entry.vertex).spec.achievement.formula == AchievementFormula::none) {
      support(bind, goal, entry.vertex, entry.indicator->code.span);
      continue;
    }
    FormulaEdge edge;
    edge.carry = Carry::achievement;
    edge.span = entry.indicator->code.span;
    const std::vector<PlanYearWeight>* years = nullptr;
    SourceSpan written;
    if (entry.indicator->weight) {
      written = entry.indicator->weight->span;
      edge.weight = entry.indicator->weight->value;
      edge.illustrative = entry.labels.illustrative;
      years = &entry.indicator->weight->years;
    }
    bind.add_formula(goal, entry.vertex, edge, years, written);
  }
}

// `batas_pada: rata` on an indicator: its cap is that of the mean which its goal makes. All indicators of one goal say
// the same, and mean the same cap.
void place_caps(BindContext& bind) {
  for (const GoalEntry& goal : bind.goals) {
    if (!goal.vertex.valid()) continue;
    const auto written = [&](std::size_t index) -> const PlanAchievement* {
      const PlanIndicator& indicator = *bind.measures[index].indicator;
      return indicator.achievement && indicator.achievement->cap_level ? &*indicator.achievement : nullptr;
    };
    const PlanAchievement* first = nullptr;
    for (const std::size_t index : goal.measures) {
      const PlanAchievement* here = written(index);
      if (here == nullptr) continue;
      MeasureSpec& spec = bind.item_of(goal.vertex).spec;
      const bool of_goal = goal.goal->achievement && goal.goal->achievement->cap_level;
      const bool fits = first == nullptr ? !of_goal || here->cap_level->value == spec.cap_level
                                         : here->cap_level->value == first->cap_level->value &&
                                               (here->cap_level->value == CapLevel::leaf || !here->cap || !first->cap ||
                                                here->cap->value == first->cap->value);
      if (!fits) {
        bind.sink.report(make_diagnostic(Code::J1545, here->cap_level->span)
                             .arg("kunci", "capaian.batas_pada")
                             .arg("syarat", "satu cara dan satu batas untuk seluruh " + bind.address(goal.vertex))
                             .arg("ditemukan", to_string(here->cap_level->value)));
        continue;
      }
      if (first == nullptr) first = here;
      spec.cap_level = here->cap_level->value;
      if (spec.cap_level == CapLevel::mean && here->cap && !spec.achievement.cap) {
        spec.achievement.cap = here->cap->value;
      }
    }
    const MeasureSpec& spec = bind.item_of(goal.vertex).spec;
    const PlanAchievement* said = first != nullptr         ? first
                                  : goal.goal->achievement ? &*goal.goal->achievement
                                                           : nullptr;
    if (said != nullptr && said->cap_level && spec.cap_level == CapLevel::mean && !spec.achievement.cap) {
      bind.sink.report(
          make_diagnostic(Code::J1574, said->cap_level->span).arg("kunci", "batas_pada: rata").arg("syarat", "batas"));
    }
  }
}

}  // namespace

void bind_measure_ties(BindContext& bind) {
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.vertex.valid()) continue;
    for (const LocatedText& written : entry.indicator->supports) {
      const auto target = require_reference(bind, written, entry.document, entry.unit, ReferenceTo::goal_or_measure);
      if (!target) continue;
      if (is_direct(entry.indicator->direct)) {
        tie_measure(bind, entry, *target, written.span);
      } else {
        support(bind, *target, entry.vertex, written.span);
      }
    }
  }
}

void bind_goal_ties(BindContext& bind) {
  tie_own_indicators(bind);
  place_caps(bind);
  for (std::size_t i = 0; i < bind.goals.size(); ++i) {
    const GoalEntry& entry = bind.goals[i];
    if (!entry.vertex.valid()) continue;
    const bool direct = is_direct(entry.goal->direct);
    if (entry.parent != SIZE_MAX && bind.goals[entry.parent].vertex.valid()) {
      // `langsung` speaks of the stated tie; without one, of the nesting.
      tie_goal(bind, i, bind.goals[entry.parent].vertex, direct && entry.goal->supports.empty(), entry.goal->code.span);
    }
    for (const LocatedText& written : entry.goal->supports) {
      const auto target = require_reference(bind, written, entry.document, entry.unit, ReferenceTo::goal_or_measure);
      if (target) tie_goal(bind, i, *target, direct, written.span);
    }
  }
}

}  // namespace jenjang
