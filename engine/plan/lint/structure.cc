// CAS-STR: the shape of the tree.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <unordered_map>

#include "jenjang/base/text.h"

#include "engine/plan/lint/lint_context.h"

namespace jenjang {
namespace {

bool is_planning_level(ItemKind kind) {
  return kind <= ItemKind::sub_activity;
}

bool has_goal_above(const LintContext& context, NodeId node) {
  const GoalGraph& graph = context.model.graph;
  return !graph.supported(node).empty() || !graph.parents(node).empty() || !graph.crosscut_parents(node).empty();
}

// A document that governs this one: of an earlier kind, of the same government, in the same years.
bool has_governing_document(const LintContext& context, const PlanDocument& document, NodeId node) {
  const OrgUnit& unit = context.model.unit(node);
  return std::any_of(context.model.documents.begin(), context.model.documents.end(), [&](const Document& other) {
    if (other.code == document.code.value || other.kind == DocumentKind::reference) return false;
    if (other.kind >= document.kind || document.kind <= DocumentKind::rpd) return false;
    const auto home = context.model.units.find(other.unit);
    const bool same_government = home && context.model.units[*home].government == unit.government;
    return same_government && other.years.first_year <= document.years.last_year &&
           document.years.first_year <= other.years.last_year;
  });
}

// The top of a plan needs nothing above it: the goals of a governing document, or of the only one.
bool is_root(const LintContext& context, const LintGoal& entry) {
  if (entry.goal->kind == ItemKind::goal && entry.document->kind <= DocumentKind::rpd) return true;
  if (entry.document->kind <= DocumentKind::rpd) return false;
  return !has_governing_document(context, *entry.document, entry.node);
}

// Codes of goals that a governing document of the government has placed in its tree: an agreement between two
// positions may restate the programme of a Renstra at a unit of its own.
class PlacedGoals {
public:
  explicit PlacedGoals(const LintContext& context) : context_(context) {
    for (const LintGoal& entry : context.goals) {
      const DocumentKind kind = entry.document->kind;
      if (!has_goal_above(context, entry.node) && !is_root(context, entry)) continue;
      const auto [found, is_new] = placed_.emplace(key(entry), kind);
      if (!is_new) found->second = std::min(found->second, kind);
    }
  }
  [[nodiscard]] bool restated(const LintGoal& entry) const {
    if (entry.document->kind < DocumentKind::renja) return false;
    const auto found = placed_.find(key(entry));
    return found != placed_.end() && found->second < entry.document->kind;
  }

private:
  [[nodiscard]] std::string key(const LintGoal& entry) const {
    return std::string(to_string(entry.goal->kind)) + " " + entry.goal->code.value + "@" +
           std::to_string(context_.model.unit(entry.node).government.value());
  }
  const LintContext& context_;
  std::unordered_map<std::string, DocumentKind> placed_;
};

std::string same_words(std::string_view text) {
  std::string plain;
  for (const char c : trim(text)) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      if (!plain.empty() && plain.back() != ' ') plain += ' ';
    } else if (std::ispunct(static_cast<unsigned char>(c)) == 0) {
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return plain;
}

// Lower goals of a node, whichever document states them.
std::vector<NodeId> lower_goals(const LintContext& context, NodeId node) {
  std::vector<NodeId> found;
  for (const NodeId below : context.model.graph.supporters(node)) {
    if (context.is_goal_node(below)) found.push_back(below);
  }
  for (const NodeId below : context.model.graph.children(node)) {
    if (context.is_goal_node(below)) found.push_back(below);
  }
  return found;
}

bool holds_level(const std::vector<PlanGoal>& goals, ItemKind level) {
  return std::any_of(goals.begin(), goals.end(), [&](const PlanGoal& goal) {
    return (goal.kind >= level && is_planning_level(goal.kind)) || holds_level(goal.goals, level);
  });
}

// The agency a unit belongs to: the unit right below the government, or the government itself.
UnitId agency_of(const UnitTable& units, UnitId unit) {
  UnitId at = unit;
  while (!units[at].is_government && units[at].parent.valid() && !units[units[at].parent].is_government) {
    at = units[at].parent;
  }
  return at;
}

void check_crosscuts(const LintContext& context, const std::vector<PlanCrosscut>& list, NodeId node,
                     const PlanDocument& document) {
  const LintRule* rule = context.rule("CAS-STR-09", document);
  if (rule == nullptr) return;
  const UnitTable& units = context.model.units;
  const UnitId home = context.model.node_unit[node.index()];
  for (const PlanCrosscut& crosscut : list) {
    auto unit = units.find(crosscut.unit.value);
    if (!unit) unit = units.find(units[home].path + "/" + crosscut.unit.value);
    if (!unit) continue;
    const UnitId here = agency_of(units, home);
    const UnitId there = agency_of(units, *unit);
    if (here != there && crosscut.accepted) continue;
    context.report(*rule, node,
                   make_diagnostic(Code::J2109, crosscut.span)
                       .arg("alamat", context.model.address(node))
                       .arg("unit", units[*unit].path)
                       .arg("diterima", crosscut.accepted ? "ya" : "tidak")
                       .arg("opd", units[here].path)
                       .arg("opd_lain", units[there].path));
  }
}

}  // namespace

void lint_structure_orphans(const LintContext& context) {
  const PlacedGoals placed(context);
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-STR-01", *entry.document);
    if (rule == nullptr || has_goal_above(context, entry.node) || is_root(context, entry)) continue;
    if (placed.restated(entry)) continue;
    context.report(
        *rule, entry.node,
        make_diagnostic(Code::J2101, entry.goal->code.span).arg("alamat", context.model.address(entry.node)));
  }
  for (const LintMeasure& entry : context.measures) {
    const LintRule* rule = context.rule("CAS-STR-01", *entry.document);
    if (rule == nullptr || has_goal_above(context, entry.node)) continue;
    context.report(
        *rule, entry.node,
        make_diagnostic(Code::J2101, entry.indicator->code.span).arg("alamat", context.model.address(entry.node)));
  }
}

void lint_structure_levels(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-STR-03", *entry.document);
    if (rule == nullptr || entry.parent == SIZE_MAX || !is_planning_level(entry.goal->kind)) continue;
    const LintGoal& parent = context.goals[entry.parent];
    std::string skipped;
    for (auto level = static_cast<std::size_t>(parent.goal->kind) + 1;
         level < static_cast<std::size_t>(entry.goal->kind); ++level) {
      const auto kind = static_cast<ItemKind>(level);
      // A level that the kind of document does not hold takes no part.
      if (context.rules.holds(entry.document->kind, kind)) {
        skipped += (skipped.empty() ? "" : ", ") + std::string(to_string(kind));
      }
    }
    if (skipped.empty()) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2103, entry.goal->code.span)
                       .arg("alamat", context.model.address(entry.node))
                       .arg("jenis", to_string(entry.goal->kind))
                       .arg("induk", context.model.address(parent.node))
                       .arg("jenis_induk", to_string(parent.goal->kind))
                       .arg("lewat", skipped)
                       .related(parent.goal->code.span, "induknya", "its parent"));
  }
}

void lint_structure_childless(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-STR-04", *entry.document);
    if (rule == nullptr || entry.goal->kind >= ItemKind::sub_activity) continue;
    const auto next = static_cast<ItemKind>(static_cast<std::size_t>(entry.goal->kind) + 1);
    if (!context.rules.holds(entry.document->kind, next)) continue;
    // A document whose ladder ends above this level leaves it to another.
    if (next >= ItemKind::activity && !holds_level(entry.document->goals, next)) continue;
    if (!entry.children.empty() || !lower_goals(context, entry.node).empty()) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2104, entry.goal->code.span)
                       .arg("alamat", context.model.address(entry.node))
                       .arg("jenis", to_string(entry.goal->kind))
                       .arg("harapan", to_string(next)));
  }
}

void lint_structure_copies(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-STR-05", *entry.document);
    if (rule == nullptr || !entry.goal->title) continue;
    const std::string words = same_words(entry.goal->title->value);
    const auto& graph = context.model.graph;
    for (const NodeId parent : graph.supported(entry.node)) {
      if (!context.is_goal_node(parent) || lower_goals(context, parent).size() != 1) continue;
      if (words.empty() || same_words(context.model.item(parent).title) != words) continue;
      context.report(*rule, entry.node,
                     make_diagnostic(Code::J2105, entry.goal->title->span)
                         .arg("alamat", context.model.address(entry.node))
                         .arg("induk", context.model.address(parent))
                         .related(context.model.node_span[parent.index()], "induknya", "its parent"));
      break;
    }
  }
}

void lint_structure_years(const LintContext& context) {
  const Model& model = context.model;
  // Every document that states a goal lends it its years.
  std::vector<std::vector<const PlanDocument*>> stated(model.node_count());
  for (const LintGoal& entry : context.goals) stated[entry.node.index()].push_back(entry.document);
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-STR-06", *entry.document);
    if (rule == nullptr || entry.goal->supports.empty()) continue;
    const PeriodRange years = entry.document->years;
    for (const NodeId parent : model.graph.supported(entry.node)) {
      const auto& documents = stated[parent.index()];
      if (documents.empty()) continue;
      const bool inside = std::any_of(documents.begin(), documents.end(), [&](const PlanDocument* document) {
        return document->years.contains(years.first_year) && document->years.contains(years.last_year);
      });
      if (inside) continue;
      context.report(*rule, entry.node,
                     make_diagnostic(Code::J2106, entry.goal->code.span)
                         .arg("alamat", model.address(entry.node))
                         .arg("tahun", years.to_string())
                         .arg("induk", model.address(parent))
                         .arg("tahun_induk", documents.front()->years.to_string())
                         .related(model.node_span[parent.index()], "induknya", "its parent"));
    }
  }
}

void lint_structure_vision(const LintContext& context) {
  for (const PlanDocument* document : context.documents) {
    const LintRule* rule = context.rule("CAS-STR-07", *document);
    if (rule == nullptr) continue;
    const bool any = document->vision || !document->missions.empty();
    const bool both = document->vision && !document->missions.empty();
    const bool wrong = (document->kind == DocumentKind::rpd && any) || (document->kind == DocumentKind::rpjmd && !both);
    if (!wrong) continue;
    const SourceSpan place = document->vision              ? document->vision->span
                             : !document->missions.empty() ? document->missions.front().span
                                                           : document->span;
    context.rules.report(*rule, document->code.value,
                         make_diagnostic(Code::J2107, place)
                             .arg("dokumen", document->code.value)
                             .arg("jenis", to_string(document->kind)),
                         context.sink);
  }
}

void lint_structure_factors(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-STR-08", *entry.document);
    if (rule == nullptr || entry.goal->success_factor || !context.model.item(entry.node).success_factor.empty())
      continue;
    context.report(
        *rule, entry.node,
        make_diagnostic(Code::J2108, entry.goal->code.span).arg("alamat", context.model.address(entry.node)));
  }
}

void lint_structure_crosscuts(const LintContext& context) {
  for (const LintGoal& entry : context.goals) {
    check_crosscuts(context, entry.goal->crosscuts, entry.node, *entry.document);
  }
  for (const LintMeasure& entry : context.measures) {
    check_crosscuts(context, entry.indicator->crosscuts, entry.node, *entry.document);
  }
}

}  // namespace jenjang
