// Ceilings: `pagu` on a goal is a measure PAGU-<kode>, increments that add up along the nesting.
// Spending is reported as its facts, so its achievement is the absorption.
#include <utility>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

// The unit of a ceiling: its own, or that of the nearest goal around it.
const LocatedText* budget_unit(const BindContext& bind, const GoalEntry& entry) {
  if (entry.goal->budget_unit) return &*entry.goal->budget_unit;
  for (std::size_t up = entry.parent; up != SIZE_MAX; up = bind.goals[up].parent) {
    if (bind.goals[up].goal->budget_unit) return &*bind.goals[up].goal->budget_unit;
  }
  return nullptr;
}

Item make_budget_item(const GoalEntry& entry, const LocatedText& unit) {
  const PlanGoal& goal = *entry.goal;
  Item item;
  item.code = "PAGU-" + goal.code.value;
  item.kind = ItemKind::indicator;
  item.title = "Pagu " + (goal.title ? goal.title->value : goal.code.value);
  item.document = entry.document;
  item.owner = goal.owner ? goal.owner->value : std::string();
  item.illustrative = entry.labels.illustrative;
  item.unverified = entry.labels.unverified;
  item.span = goal.code.span;
  item.spec.unit_name = unit.value;
  item.spec.polarity = Polarity::higher;
  item.spec.accumulation = Accumulation::increments;
  item.spec.frequency = goal.budget_frequency ? goal.budget_frequency->value : Granularity::year;
  item.spec.achievement.formula = AchievementFormula::h1;
  return item;
}

void add_to_parent(BindContext& bind, const GoalEntry& entry) {
  for (std::size_t up = entry.parent; up != SIZE_MAX; up = bind.goals[up].parent) {
    const GoalEntry& outer = bind.goals[up];
    if (!outer.budget.valid()) continue;
    Item& parent = bind.item_of(outer.budget);
    const Item& child = bind.item_of(entry.budget);
    if (parent.spec.unit_name != child.spec.unit_name) {
      bind.sink.report(make_diagnostic(Code::J1512, entry.goal->budget_unit->span)
                           .arg("alamat", bind.address(entry.budget))
                           .arg("kunci", "satuan_pagu")
                           .arg("nilai_pertama", parent.spec.unit_name)
                           .arg("nilai_kedua", child.spec.unit_name)
                           .related(parent.span, "pagu di atasnya", "the ceiling above"));
      return;
    }
    parent.spec.aggregation = Aggregation::sum;
    FormulaEdge edge;
    edge.span = entry.goal->code.span;
    bind.add_formula(outer.budget, entry.budget, edge);
    return;
  }
}

}  // namespace

void bind_budgets(BindContext& bind) {
  for (GoalEntry& entry : bind.goals) {
    if (!entry.vertex.valid() || entry.goal->budget.empty()) continue;
    if (const auto known = bind.find_measure("PAGU-" + entry.goal->code.value, entry.unit)) {
      entry.budget = *known;
      continue;
    }
    const LocatedText* unit = budget_unit(bind, entry);
    if (unit == nullptr) {
      bind.sink.report(make_diagnostic(Code::J1511, entry.goal->code.span)
                           .arg("alamat", bind.address(entry.vertex))
                           .arg("kunci", "satuan_pagu"));
      continue;
    }
    entry.budget = bind.add_node(bind.add_item(make_budget_item(entry, *unit)), entry.unit, entry.goal->code.span);
  }
  // A goal stands before those nested in it, so every parent is known by now.
  for (const GoalEntry& entry : bind.goals) {
    if (entry.budget.valid()) add_to_parent(bind, entry);
  }
}

}  // namespace jenjang
