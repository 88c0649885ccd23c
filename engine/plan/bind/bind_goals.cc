// Goals become items and vertices. One code at one unit is one goal; a later document that repeats it
// cites it, and a document that replaces the other may give the code to a new goal.
#include <utility>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

Item make_goal_item(const GoalEntry& entry) {
  const PlanGoal& goal = *entry.goal;
  Item item;
  item.code = goal.code.value;
  item.kind = goal.kind;
  item.title = goal.title ? goal.title->value : std::string();
  item.document = entry.document;
  // The achievement of a goal is the mean of those of its own indicators.
  item.spec.aggregation = Aggregation::weighted_mean;
  item.spec.missing = MissingPolicy::skip;
  item.spec.polarity = Polarity::higher;
  if (goal.achievement) {
    if (goal.achievement->cap) item.spec.achievement.cap = goal.achievement->cap->value;
    if (goal.achievement->floor) item.spec.achievement.floor = goal.achievement->floor->value;
    if (goal.achievement->cap_level) item.spec.cap_level = goal.achievement->cap_level->value;
  }
  item.owner = goal.owner ? goal.owner->value : std::string();
  item.success_factor = goal.success_factor ? goal.success_factor->value : std::string();
  item.illustrative = entry.labels.illustrative;
  item.unverified = entry.labels.unverified;
  item.span = goal.code.span;
  return item;
}

void report_conflict(BindContext& bind, const GoalEntry& entry, const Item& first, std::string_view key,
                     std::string_view a, std::string_view b, SourceSpan place) {
  bind.sink.report(make_diagnostic(Code::J1512, place)
                       .arg("alamat", entry.goal->code.value + "@" + bind.model.units[entry.unit].path)
                       .arg("kunci", key)
                       .arg("nilai_pertama", a)
                       .arg("nilai_kedua", b)
                       .related(first.span, "pertama di sini", "first here"));
}

// The vertex this entry repeats, if any. Reports a repetition that says something else.
std::optional<VertexId> cited_goal(BindContext& bind, const GoalEntry& entry, bool& refused) {
  for (const VertexId vertex : bind.find_goals(entry.goal->code.value, entry.unit)) {
    const Item& first = bind.item_of(vertex);
    const bool other_title = entry.goal->title && !first.title.empty() && entry.goal->title->value != first.title;
    if (first.document == entry.document) {
      bind.sink.report(make_diagnostic(Code::J1504, entry.goal->code.span)
                           .arg("apa", to_string(entry.goal->kind))
                           .arg("kode", bind.address(vertex))
                           .related(first.span, "pertama di sini", "first here"));
      refused = true;
      return std::nullopt;
    }
    const bool same_kind = first.kind == entry.goal->kind;
    if (same_kind && !other_title) return vertex;
    if (bind.replaces(first.document, entry.document)) continue;
    if (!same_kind) {
      report_conflict(bind, entry, first, "jenis", to_string(first.kind), to_string(entry.goal->kind),
                      entry.goal->code.span);
    } else {
      report_conflict(bind, entry, first, "uraian", first.title, entry.goal->title->value, entry.goal->title->span);
    }
    refused = true;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void bind_goals(BindContext& bind) {
  for (GoalEntry& entry : bind.goals) {
    if (!entry.unit.valid()) continue;
    bool refused = false;
    if (const auto cited = cited_goal(bind, entry, refused)) {
      entry.vertex = *cited;
      Item& item = bind.item_of(*cited);
      if (item.title.empty() && entry.goal->title) item.title = entry.goal->title->value;
      continue;
    }
    if (refused) continue;
    const ItemId item = bind.add_item(make_goal_item(entry));
    entry.vertex = bind.add_node(item, entry.unit, entry.goal->code.span);
  }
}

}  // namespace jenjang
