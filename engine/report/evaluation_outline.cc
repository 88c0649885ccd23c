#include "engine/report/evaluation_outline.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "engine/plan/nomenclature.h"
#include "engine/report/rows.h"

namespace jenjang::evaluation {
namespace {

constexpr std::array<std::string_view, 6> kLevelWords{"unit",    "urusan",   "bidang",
                                                      "program", "kegiatan", "sub_kegiatan"};

std::optional<Level> level_of(ItemKind kind) {
  switch (kind) {
    case ItemKind::programme:
      return Level::programme;
    case ItemKind::activity:
      return Level::activity;
    case ItemKind::sub_activity:
      return Level::sub_activity;
    default:
      return std::nullopt;
  }
}

std::string sort_key(const Model& model, NodeId goal) {
  const auto code = read_nomenclature(model.item(goal).code);
  return code ? code->text : std::string();
}

class Outliner {
public:
  Outliner(const Model& model, int year) : model_(model), year_(year) {
    for (const NodeId node : reading_order(model)) {
      const std::optional<Level> level = level_of(model.item(node).kind);
      if (level && is_planned(node)) goals_[static_cast<std::size_t>(*level)].push_back(node);
    }
    // Goals that another one holds are reached through it; the rest stand first in their unit.
    std::set<NodeId> held;
    for (const auto& goals : goals_) {
      for (const NodeId goal : goals) {
        for (const NodeId child : nested(goal)) held.insert(child);
      }
    }
    for (const auto& goals : goals_) {
      for (const NodeId goal : goals) {
        if (!held.contains(goal)) tops_[model_.node_unit[goal.index()]].push_back(goal);
      }
    }
    for (auto& [unit, goals] : tops_) by_code(goals);
  }

  void add_unit(UnitId unit, std::vector<Entry>& out) {
    const auto found = tops_.find(unit);
    if (found == tops_.end()) return;
    out.push_back({Level::unit, unit, model_.units[unit].path, NodeId(), {}});
    std::string affair, field;
    for (const NodeId goal : found->second) {
      const auto code = read_nomenclature(model_.item(goal).code);
      if (code && code->part(0) != affair) {
        affair = code->part(0);
        field.clear();
        out.push_back({Level::affair, unit, affair, NodeId(), code->text});
      }
      if (code && !code->part(1).empty() && affair + "." + code->part(1) != field) {
        field = affair + "." + code->part(1);
        out.push_back({Level::field, unit, field, NodeId(), code->text});
      }
      add_goal(goal, out);
    }
  }

private:
  // A goal may be first declared by a document that is over, and only cited by the one in force: then what that one
  // says about its figures shows it.
  [[nodiscard]] bool is_planned(NodeId goal) const {
    const DocumentId declared = model_.item(goal).document;
    if (declared.valid() && in_force(model_, declared, year_)) return true;
    const auto stated = [&](NodeId node) {
      const auto statements = model_.statements_of(node);
      return std::any_of(statements.begin(), statements.end(), [&](const Statement& one) {
        return one.period.year() == year_ && in_force(model_, one.document, year_);
      });
    };
    const std::optional<NodeId> budget = budget_of(model_, goal);
    if (budget && stated(*budget)) return true;
    const std::vector<NodeId> own = indicators_of(model_, goal);
    if (std::any_of(own.begin(), own.end(), stated)) return true;
    const std::vector<NodeId> below = nested(goal);
    return std::any_of(below.begin(), below.end(), [&](NodeId child) { return is_planned(child); });
  }

  // Goals of a deeper level that this one holds, by tie or by formula. A goal of another unit in another document only
  // helps this one, and stands where it is nested.
  [[nodiscard]] std::vector<NodeId> nested(NodeId goal) const {
    std::vector<NodeId> found;
    const Item& holder = model_.item(goal);
    const auto take = [&](NodeId child) {
      const Item& item = model_.item(child);
      const std::optional<Level> level = level_of(item.kind);
      if (!level || *level <= *level_of(holder.kind)) return;
      if (model_.node_unit[child.index()] != model_.node_unit[goal.index()] && item.document != holder.document) return;
      if (std::find(found.begin(), found.end(), child) == found.end()) found.push_back(child);
    };
    for (const NodeId child : model_.graph.supporters(goal)) take(child);
    for (const NodeId child : model_.graph.children(goal)) take(child);
    return found;
  }

  void by_code(std::vector<NodeId>& goals) const {
    std::stable_sort(goals.begin(), goals.end(),
                     [&](NodeId a, NodeId b) { return sort_key(model_, a) < sort_key(model_, b); });
  }

  void add_goal(NodeId goal, std::vector<Entry>& out) {
    // A goal that two others hold stands below the first of them only, so that no figure is shown twice.
    if (!shown_.insert(goal).second) return;
    const Item& item = model_.item(goal);
    out.push_back({*level_of(item.kind), model_.node_unit[goal.index()], item.code, goal, {}});
    std::vector<NodeId> below = nested(goal);
    std::erase_if(below, [&](NodeId child) { return !is_planned(child); });
    by_code(below);
    for (const NodeId child : below) add_goal(child, out);
  }

  const Model& model_;
  int year_;
  std::array<std::vector<NodeId>, kLevelWords.size()> goals_;
  std::map<UnitId, std::vector<NodeId>> tops_;
  std::set<NodeId> shown_;
};

// Units with those below them right behind, in the order of the table.
std::vector<UnitId> tree_order(const UnitTable& units) {
  std::vector<std::vector<UnitId>> below(units.size());
  std::vector<UnitId> stack;
  for (std::size_t i = units.size(); i-- > 0;) {
    const UnitId unit = UnitId::from_index(i);
    (units[unit].parent.valid() ? below[units[unit].parent.index()] : stack).push_back(unit);
  }
  std::vector<UnitId> order;
  order.reserve(units.size());
  while (!stack.empty()) {
    const UnitId unit = stack.back();
    stack.pop_back();
    order.push_back(unit);
    // Filled from the end of the table, so the first unit is taken first.
    stack.insert(stack.end(), below[unit.index()].begin(), below[unit.index()].end());
  }
  return order;
}

}  // namespace

std::string_view to_string(Level level) {
  return kLevelWords[static_cast<std::size_t>(level)];
}

bool plans_programmes(DocumentKind kind) {
  return kind == DocumentKind::rpjmd || kind == DocumentKind::rpd || kind == DocumentKind::renstra ||
         kind == DocumentKind::renja;
}

bool in_force(const Model& model, DocumentId document, int year) {
  const Document& one = model.documents[document.index()];
  return plans_programmes(one.kind) && one.state == StatementState::adopted && one.years.contains(year) &&
         !model.is_replaced(document, year);
}

std::vector<NodeId> indicators_of(const Model& model, NodeId goal) {
  std::vector<NodeId> found;
  for (const NodeId child : model.graph.children(goal)) {
    if (model.item(child).kind == ItemKind::indicator) found.push_back(child);
  }
  for (const NodeId beside : model.graph.supporters(goal)) {
    const Item& item = model.item(beside);
    if (item.kind == ItemKind::indicator && item.spec.achievement.formula == AchievementFormula::none &&
        std::find(found.begin(), found.end(), beside) == found.end()) {
      found.push_back(beside);
    }
  }
  return found;
}

std::optional<NodeId> budget_of(const Model& model, NodeId goal) {
  return model.find("PAGU-" + model.item(goal).code, model.unit(goal).path);
}

std::vector<Entry> outline(const Model& model, std::string_view unit, int year) {
  std::vector<Entry> entries;
  const std::optional<UnitId> asked = unit.empty() ? std::nullopt : model.units.find(unit);
  if (!unit.empty() && !asked) return entries;
  Outliner outliner(model, year);
  for (const UnitId one : tree_order(model.units)) {
    if (!asked || one == *asked || model.units.is_below(one, *asked)) outliner.add_unit(one, entries);
  }
  return entries;
}

}  // namespace jenjang::evaluation
