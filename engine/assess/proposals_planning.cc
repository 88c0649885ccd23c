// Quality of the plan: complete indicators, targets that demand something, alignment, shared results.
#include <algorithm>
#include <map>

#include "engine/assess/proposal_scope.h"

namespace jenjang::assess {
namespace {

void add_word(std::string& words, std::string_view word) {
  if (!words.empty()) words += ", ";
  words += word;
}

// What the engine computes by a declared aggregation or a pack says how it is measured by that alone.
bool is_made(const Item& item) {
  return item.spec.aggregation != Aggregation::leaf || !item.pack.empty();
}

std::string argument(const Diagnostic& finding, std::string_view name) {
  for (const DiagnosticArg& arg : finding.args) {
    if (arg.name == name) return arg.value;
  }
  return {};
}

// A goal that is the root of its own tree: nothing stands above the goals of a government's plan.
bool may_be_top(const ProposalScope& scope, NodeId goal) {
  const Item& item = scope.model.item(goal);
  const DocumentKind kind = scope.model.documents[item.document.index()].kind;
  return item.kind == ItemKind::goal && (kind == DocumentKind::rpjmd || kind == DocumentKind::rpd);
}

bool serves_above(const ProposalScope& scope, NodeId goal) {
  const GoalGraph& graph = scope.model.graph;
  return !graph.supported(goal).empty() || !graph.parents(goal).empty() || !graph.crosscut_parents(goal).empty();
}

bool is_carried_below(const ProposalScope& scope, NodeId goal) {
  const Model& model = scope.model;
  const auto is_goal_node = [&](NodeId node) { return is_goal(model.item(node).kind); };
  const auto supporters = model.graph.supporters(goal);
  const auto children = model.graph.children(goal);
  if (std::any_of(supporters.begin(), supporters.end(), is_goal_node) ||
      std::any_of(children.begin(), children.end(), is_goal_node)) {
    return true;
  }
  // Or its indicator is: a cascade hands targets down from measure to measure.
  const auto handed_down = [&](NodeId node) {
    if (is_goal_node(node)) return false;
    const auto below = model.graph.children(node);
    return !model.graph.supporters(node).empty() || !model.graph.crosscut_children(node).empty() ||
           std::any_of(below.begin(), below.end(),
                       [&](NodeId child) { return model.node_unit[child.index()] != model.node_unit[node.index()]; });
  };
  return std::any_of(children.begin(), children.end(), handed_down) ||
         std::any_of(supporters.begin(), supporters.end(), handed_down);
}

// What a unit sees of a goal that another unit shares with it: that goal is counted where it is owned.
bool is_shared_view(const ProposalScope& scope, NodeId goal) {
  const GoalGraph& graph = scope.model.graph;
  return !graph.crosscut_children(goal).empty() && graph.children(goal).empty() && graph.supporters(goal).empty();
}

// Levels that end in somebody's hands: below a kegiatan or a work result nothing need follow.
bool needs_carrier(const ProposalScope& scope, NodeId goal) {
  const Item& item = scope.model.item(goal);
  if (item.kind >= ItemKind::activity) return false;
  const UnitId unit = scope.model.node_unit[goal.index()];
  return !scope.is_position[unit.index()];
}

}  // namespace

Proposal check_smart(const ProposalScope& scope) {
  Tally tally(scope);
  for (const NodeId node : scope.measures) {
    const Item& item = scope.model.item(node);
    std::string missing;
    if (item.spec.unit_name.empty() && !item.spec.grade_scale.valid()) add_word(missing, "satuan");
    if (!scope.has_target(node)) add_word(missing, "target " + std::to_string(scope.input.year));
    if (item.definition.empty() && !is_made(item)) add_word(missing, "definisi atau rumus");
    if (item.source.empty()) add_word(missing, "sumber");
    tally.add(missing.empty(), node, missing.empty() ? "" : "tanpa " + missing);
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai indikator pada tahun itu");
  return tally.finish(tally.counted("indikator lengkap: satuan, target ") + std::to_string(scope.input.year) +
                      ", definisi atau rumus, dan sumber");
}

Proposal check_definitions(const ProposalScope& scope) {
  Tally tally(scope);
  for (const NodeId node : scope.measures) {
    const Item& item = scope.model.item(node);
    const bool met = !item.definition.empty() || is_made(item);
    tally.add(met, node, met ? "" : "tanpa definisi");
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai indikator pada tahun itu");
  return tally.finish(tally.counted("indikator mempunyai definisi operasional atau rumus yang dinyatakan"));
}

Proposal check_challenging(const ProposalScope& scope) {
  Tally tally(scope);
  if (!scope.input.was_linted)
    return tally.finish("aturan pemeriksaan tidak dijalankan karena galat bentuk; perbaiki dahulu");
  std::map<std::string, const Diagnostic*> found;
  for (const Diagnostic& finding : scope.input.findings) {
    // A waived finding has its reason in the plan and does not count here.
    if (finding.code == Code::J2001) continue;
    if (finding.rule != "CAS-TGT-02" && finding.rule != "CAS-TGT-07") continue;
    found.emplace(argument(finding, "alamat"), &finding);
  }
  std::size_t stuck = 0;
  for (const NodeId node : scope.measures) {
    if (!scope.has_target(node)) continue;
    const auto flaw = found.find(scope.model.address(node));
    if (flaw == found.end()) {
      tally.add(true, node);
      continue;
    }
    ++stuck;
    tally.add(false,
              {flaw->first, flaw->second->rule + ": " + message_text(*flaw->second, Language::indonesian),
               flaw->second->primary},
              scope.model.item(node).illustrative);
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai target pada tahun itu");
  return tally.finish(tally.counted("indikator bertarget tanpa temuan target mundur atau tetap di batas tertinggi") +
                      (stuck > 0 ? "; " + std::to_string(stuck) + " perlu dilihat" : ""));
}

Proposal check_cascading(const ProposalScope& scope) {
  Tally tally(scope);
  std::size_t orphans = 0;
  std::size_t childless = 0;
  for (const NodeId goal : scope.goals) {
    if (is_shared_view(scope, goal)) continue;
    std::string missing;
    if (!may_be_top(scope, goal) && !serves_above(scope, goal)) {
      ++orphans;
      add_word(missing, "tidak melayani tujuan di atasnya");
    }
    if (needs_carrier(scope, goal) && !is_carried_below(scope, goal)) {
      ++childless;
      add_word(missing, "tidak ada yang memikulnya di bawah");
    }
    tally.add(missing.empty(), goal, missing);
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai tujuan, sasaran, atau hasil kerja pada tahun itu");
  return tally.finish(tally.counted("tujuan, sasaran, program, kegiatan dan hasil kerja tersambung") +
                      "; tanpa atasan " + std::to_string(orphans) + ", tanpa pemikul " + std::to_string(childless));
}

Proposal check_crosscuts(const ProposalScope& scope) {
  Tally tally(scope);
  const Model& model = scope.model;
  const GoalGraph& graph = model.graph;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId parent = NodeId::from_index(n);
    const auto children = graph.crosscut_children(parent);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const UnitId a = model.node_unit[n];
      const UnitId b = model.node_unit[children[i].index()];
      if (a == b || (!scope.inside[a.index()] && !scope.inside[b.index()])) continue;
      const CrosscutEdge& edge = model.crosscut_edges[graph.crosscut_first_edge(parent).index() + i];
      tally.add(edge.accepted,
                {model.address(children[i]),
                 (edge.accepted ? "diterima oleh " : "belum diterima: ") + model.address(parent), edge.span},
                false);
    }
  }
  if (tally.of() == 0) {
    const OrgUnit& unit = model.units[scope.input.unit];
    tally.add(false, {unit.path, "tanpa lintas_sektor", unit.span}, false);
    return tally.finish("rencana tidak menyatakan satu pun hasil bersama dengan unit lain");
  }
  return tally.finish(tally.counted("hasil bersama dengan unit lain sudah diterima"));
}

Proposal check_ceilings_perform(const ProposalScope& scope) {
  Tally tally(scope);
  for (const NodeId ceiling : scope.ceilings) {
    const NodeId goal = scope.goal_of_ceiling(ceiling);
    if (!goal.valid()) continue;
    const bool met = scope.has_performance(goal);
    tally.add(met, goal, met ? "" : "berpagu tanpa indikator bertarget");
  }
  if (tally.of() == 0) return tally.finish("rencana unit ini tidak memuat pagu pada tahun itu");
  return tally.finish(tally.counted("program dan kegiatan berpagu mempunyai indikator bertarget"));
}

}  // namespace jenjang::assess
