// What exists: documents, ceilings, plans of units and of employees.
#include <algorithm>
#include <map>

#include "engine/assess/proposal_scope.h"

namespace jenjang::assess {
namespace {

std::string kind_word(const Document& document) {
  return std::string(to_string(document.kind)) + " " + document.years.to_string();
}

template <class Wanted>
Proposal check_kind(const ProposalScope& scope, std::string_view what, Wanted wanted) {
  Tally tally(scope);
  const std::string path = scope.model.units[scope.input.unit].path;
  std::string found;
  for (const DocumentId id : scope.documents) {
    const Document& document = scope.model.documents[id.index()];
    if (scope.unit_of(document) != scope.input.unit || !wanted(document)) continue;
    tally.add(true, {document.code, kind_word(document) + ", " + std::string(to_string(document.state)), document.span},
              document.illustrative);
    found += (found.empty() ? "" : ", ") + document.code;
  }
  if (tally.of() == 0) {
    tally.add(false, {path, "tanpa " + std::string(what), scope.model.units[scope.input.unit].span}, false);
    return tally.finish("tidak ada " + std::string(what) + " " + path + " yang berlaku untuk " +
                        std::to_string(scope.input.year));
  }
  return tally.finish(std::string(what) + " yang berlaku untuk " + std::to_string(scope.input.year) + ": " + found);
}

bool is_upper_goal(ItemKind kind) {
  return kind == ItemKind::programme;
}

bool is_budgeted_kind(ItemKind kind) {
  return kind == ItemKind::programme || kind == ItemKind::activity || kind == ItemKind::sub_activity;
}

bool has_activity_below(const ProposalScope& scope, NodeId programme) {
  const auto is_activity = [&](NodeId node) {
    const ItemKind kind = scope.model.item(node).kind;
    return kind == ItemKind::activity || kind == ItemKind::sub_activity;
  };
  const auto supporters = scope.model.graph.supporters(programme);
  const auto children = scope.model.graph.children(programme);
  return std::any_of(supporters.begin(), supporters.end(), is_activity) ||
         std::any_of(children.begin(), children.end(), is_activity);
}

}  // namespace

Proposal check_medium_term(const ProposalScope& scope) {
  const bool government = scope.model.units[scope.input.unit].is_government;
  return check_kind(scope, government ? "RPJMD atau RPD" : "Renstra", [&](const Document& document) {
    if (!government) return document.kind == DocumentKind::renstra;
    return document.kind == DocumentKind::rpjmd || document.kind == DocumentKind::rpd;
  });
}

Proposal check_annual(const ProposalScope& scope) {
  return check_kind(scope, "Renja atau PK", [](const Document& document) {
    return document.kind == DocumentKind::renja || document.kind == DocumentKind::pk;
  });
}

Proposal check_activities(const ProposalScope& scope) {
  Tally tally(scope);
  for (const NodeId goal : scope.goals) {
    if (!is_upper_goal(scope.model.item(goal).kind)) continue;
    const bool met = has_activity_below(scope, goal);
    tally.add(met, goal, met ? "" : "tanpa kegiatan di bawahnya");
  }
  if (tally.of() == 0) return tally.finish("rencana unit ini tidak memuat program");
  return tally.finish(tally.counted("program mempunyai kegiatan di bawahnya"));
}

Proposal check_ceilings(const ProposalScope& scope) {
  Tally tally(scope);
  std::vector<NodeId> with_ceiling;
  with_ceiling.reserve(scope.ceilings.size());
  for (const NodeId ceiling : scope.ceilings) with_ceiling.push_back(scope.goal_of_ceiling(ceiling));
  for (const NodeId goal : scope.goals) {
    if (!is_budgeted_kind(scope.model.item(goal).kind)) continue;
    const bool met = std::ranges::find(with_ceiling, goal) != with_ceiling.end();
    tally.add(met, goal, met ? "" : "tanpa pagu");
  }
  if (tally.of() == 0) return tally.finish("rencana unit ini tidak memuat program atau kegiatan");
  return tally.finish(tally.counted("program, kegiatan dan sub kegiatan mempunyai pagu ") +
                      std::to_string(scope.input.year));
}

Proposal check_formal(const ProposalScope& scope) {
  Tally tally(scope);
  for (const DocumentId id : scope.documents) {
    const Document& document = scope.model.documents[id.index()];
    const bool adopted = document.state == StatementState::adopted;
    tally.add(adopted, {document.code, std::string(to_string(document.state)), document.span}, document.illustrative);
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai dokumen rencana");
  return tally.finish(tally.counted("dokumen rencana berstatus ditetapkan"));
}

Proposal check_every_unit(const ProposalScope& scope) {
  Tally tally(scope);
  std::map<std::size_t, const Document*> own;  // by UnitId, the first
  for (const DocumentId id : scope.documents) {
    const Document& document = scope.model.documents[id.index()];
    if (document.kind != DocumentKind::skp) own.try_emplace(scope.unit_of(document).index(), &document);
  }
  for (std::size_t u = 0; u < scope.model.units.size(); ++u) {
    if (!scope.inside[u] || scope.is_position[u]) continue;
    const OrgUnit& unit = scope.model.units[UnitId::from_index(u)];
    // Below the last field stand positions of open kinds (petugas, orang): a unit under a position is one too.
    if (unit.parent.valid() && scope.is_position[unit.parent.index()]) continue;
    const auto found = own.find(u);
    if (found == own.end()) {
      tally.add(false, {unit.path, "tanpa dokumen rencana sendiri", unit.span}, false);
    } else {
      tally.add(true, {unit.path, found->second->code, found->second->span}, found->second->illustrative);
    }
  }
  return tally.finish(tally.counted("unit menetapkan rencana kinerja ") + std::to_string(scope.input.year));
}

Proposal check_every_employee(const ProposalScope& scope) {
  Tally tally(scope);
  std::map<std::size_t, const Document*> skp;
  for (const DocumentId id : scope.documents) {
    const Document& document = scope.model.documents[id.index()];
    if (document.kind == DocumentKind::skp) skp.try_emplace(scope.unit_of(document).index(), &document);
  }
  std::map<std::size_t, NodeId> carried;
  for (const NodeId node : scope.measures) {
    if (scope.has_target(node)) carried.try_emplace(scope.model.node_unit[node.index()].index(), node);
  }
  const Date first{scope.input.year, 1, 1};
  const Date last{scope.input.year, 12, 31};
  std::size_t by_cascade = 0;
  for (std::size_t u = 0; u < scope.model.units.size(); ++u) {
    if (!scope.inside[u]) continue;
    const UnitId id = UnitId::from_index(u);
    const auto holdings = scope.model.holdings_of(id);
    const auto held = std::find_if(holdings.begin(), holdings.end(), [&](const Holding& holding) {
      return holding.from <= last && (!holding.until || first <= *holding.until);
    });
    if (held == holdings.end()) continue;
    const OrgUnit& position = scope.model.units[id];
    if (const auto paper = skp.find(u); paper != skp.end()) {
      tally.add(true, {position.path, paper->second->code, paper->second->span}, paper->second->illustrative);
    } else if (const auto target = carried.find(u); target != carried.end()) {
      ++by_cascade;
      tally.add(true, {position.path, "target dari kaskade", scope.model.node_span[target->second.index()]}, false);
    } else {
      tally.add(false, {position.path, "dijabat, tanpa SKP dan tanpa target", held->span}, false);
    }
  }
  if (tally.of() == 0) return tally.finish("rencana ini tidak memuat daftar pemangku jabatan unit ini");
  std::string reason =
      tally.counted("jabatan yang terisi mempunyai SKP atau target ") + std::to_string(scope.input.year);
  if (by_cascade > 0) reason += "; " + std::to_string(by_cascade) + " di antaranya hanya target dari kaskade";
  return tally.finish(std::move(reason));
}

}  // namespace jenjang::assess
