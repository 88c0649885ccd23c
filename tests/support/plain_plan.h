// A plan in plain structs, from which tests make a Model, targets and facts, and which the literal
// oracle reads on its own.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/goal_graph_builder.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/target_table.h"

#include "tests/support/decimal.h"

namespace jenjang::testing {

struct PlainFact {
  std::string period, number;
  bool validated = true;
  CellState state = CellState::value;
  int version = 0;
  bool illustrative = false;
};

struct PlainTie {
  std::size_t child = 0;
  std::string weight = "1";
  Carry carry = Carry::value;
  EdgeRole role = EdgeRole::operand;
};

struct PlainNode {
  std::string code;
  std::string unit = "64";
  ItemKind kind = ItemKind::indicator;
  MeasureSpec spec;
  std::vector<PlainTie> ties;
  std::vector<PlainTie> shared;  // accepted crosscuts; weight is the share
  std::vector<PlainFact> facts;
  std::map<std::string, std::string> targets;  // period -> target as written
  std::optional<std::pair<int, std::string>> baseline;
  bool external = false;
};

struct PlainPlan {
  std::vector<PlainNode> nodes;  // children before or after parents, as one likes
  std::vector<Scale> scales;
  std::vector<ShareTable> share_tables;
  std::map<std::string, std::string> clusters;  // unit -> klaster
};

struct BuiltPlan {
  Model model;
  TargetTable targets;
  Facts facts;
  std::vector<NodeId> node;  // by index into PlainPlan::nodes
  DiagnosticSink sink;
};

// A decimal, or a fraction "11/31".
inline Rational rat(std::string_view text) {
  const auto bar = text.find('/');
  if (bar == std::string_view::npos) return Rational(dec(text));
  return Rational(dec(text.substr(0, bar))) / Rational(dec(text.substr(bar + 1)));
}

// Bands from label and lower cut, best first; the last cut empty.
inline Scale make_bands(std::vector<std::pair<std::string, std::string>> label_and_cut, Rounding decide_on,
                        bool open_below) {
  Scale scale;
  scale.id = "uji/pita";
  scale.decide_on = decide_on;
  scale.open_below = open_below;
  for (auto& [label, cut] : label_and_cut) {
    Band band;
    band.label = label;
    if (!cut.empty()) band.above = dec(cut);
    scale.bands.push_back(std::move(band));
  }
  return scale;
}

namespace detail {

inline UnitId add_unit(Model& model, const PlainPlan& plain, const std::string& path) {
  if (const auto found = model.units.find(path)) return *found;
  OrgUnit unit;
  unit.path = path;
  unit.name = path;
  unit.is_government = path.find('/') == std::string::npos;
  unit.kind = unit.is_government ? (path.size() > 2 ? "kabkota" : "provinsi") : "opd";
  const auto cut = path.find_last_of("/.");
  if (cut != std::string::npos) unit.parent = add_unit(model, plain, path.substr(0, cut));
  const bool own_government = unit.is_government;
  if (!own_government && unit.parent.valid()) unit.government = model.units[unit.parent].government;
  if (const auto cluster = plain.clusters.find(path); cluster != plain.clusters.end()) unit.cluster = cluster->second;
  const UnitId id = model.units.add(std::move(unit));
  if (own_government) model.units.edit(id).government = id;
  return id;
}

}  // namespace detail

inline BuiltPlan build(const PlainPlan& plain) {
  BuiltPlan built;
  Model& model = built.model;
  model.scales = plain.scales;
  model.share_tables = plain.share_tables;
  Document document;
  document.code = "RPD-64";
  document.unit = "64";
  document.years = {2024, 2026};
  model.documents.push_back(document);

  GoalGraphBuilder builder;
  std::vector<VertexId> vertices;
  std::vector<FormulaEdge> edges;
  std::vector<CrosscutEdge> shares;
  for (const PlainNode& node : plain.nodes) vertices.push_back(builder.add_vertex(node.code + "@" + node.unit, {}));
  for (std::size_t i = 0; i < plain.nodes.size(); ++i) {
    for (const PlainTie& tie : plain.nodes[i].ties) {
      builder.add_edge(EdgeKind::formula, vertices[i], vertices[tie.child], {});
      edges.push_back({tie.carry, tie.role, false, dec(tie.weight), {}});
    }
    for (const PlainTie& tie : plain.nodes[i].shared) {
      builder.add_edge(EdgeKind::crosscut, vertices[i], vertices[tie.child], {});
      shares.push_back({dec(tie.weight), true, {}});
    }
  }
  auto frozen = builder.freeze(built.sink);
  if (!frozen) std::abort();
  model.graph = std::move(frozen->graph);
  for (const std::uint32_t source : frozen->formula_edge_source) model.formula_edges.push_back(edges[source]);
  for (const std::uint32_t source : frozen->crosscut_edge_source) model.crosscut_edges.push_back(shares[source]);
  for (std::size_t i = 0; i < plain.nodes.size(); ++i) {
    built.node.push_back(frozen->node_of_vertex[vertices[i].index()]);
  }

  const std::size_t n = plain.nodes.size();
  model.node_item.resize(n);
  model.node_unit.resize(n);
  model.node_span.resize(n);
  std::vector<const PlainNode*> by_node(n);
  for (std::size_t i = 0; i < n; ++i) {
    const PlainNode& node = plain.nodes[i];
    by_node[built.node[i].index()] = &node;
    Item item;
    item.code = node.code;
    item.kind = node.kind;
    item.spec = node.spec;
    item.external = node.external;
    item.document = DocumentId(0);
    model.node_item[built.node[i].index()] = ItemId::from_index(model.items.size());
    model.items.push_back(std::move(item));
    model.node_unit[built.node[i].index()] = detail::add_unit(model, plain, node.unit);
  }
  model.statement_begin.push_back(0);
  model.baseline_begin.push_back(0);
  for (std::size_t v = 0; v < n; ++v) {
    const PlainNode& node = *by_node[v];
    std::vector<std::pair<Period, std::string>> targets;
    for (const auto& [period, target] : node.targets) targets.emplace_back(*Period::parse(period), target);
    std::sort(targets.begin(), targets.end());
    for (const auto& [period, text] : targets) {
      Statement statement;
      statement.document = DocumentId(0);
      statement.period = period;
      statement.target = *Target::parse(text);
      TargetCell cell;
      cell.node = NodeId::from_index(v);
      cell.period = period;
      cell.target = statement.target;
      cell.statement = static_cast<std::uint32_t>(model.statements.size());
      built.targets.cells.push_back(cell);
      model.statements.push_back(statement);
    }
    model.statement_begin.push_back(static_cast<std::uint32_t>(model.statements.size()));
    if (node.baseline) {
      Baseline baseline;
      baseline.document = DocumentId(0);
      baseline.period = Period::year(node.baseline->first);
      baseline.value = dec(node.baseline->second);
      model.baselines.push_back(baseline);
    }
    model.baseline_begin.push_back(static_cast<std::uint32_t>(model.baselines.size()));
  }
  built.targets.sort();
  model.build_index();

  built.facts.fact_begin.push_back(0);
  for (std::size_t v = 0; v < n; ++v) {
    const PlainNode& node = *by_node[v];
    std::vector<PlainFact> facts = node.facts;
    std::stable_sort(facts.begin(), facts.end(), [](const PlainFact& a, const PlainFact& b) {
      return *Period::parse(a.period) < *Period::parse(b.period);
    });
    for (const PlainFact& fact : facts) {
      Observation observation;
      observation.code = node.code;
      observation.unit = node.unit;
      observation.period = *Period::parse(fact.period);
      observation.state = fact.state;
      if (!fact.number.empty()) observation.number = dec(fact.number);
      observation.validated = fact.validated;
      observation.definition_version = fact.version;
      observation.illustrative = fact.illustrative;
      built.facts.facts.push_back({NodeId::from_index(v), static_cast<std::uint32_t>(built.facts.observations.size()),
                                   observation.number.to_double()});
      built.facts.observations.push_back(std::move(observation));
    }
    built.facts.fact_begin.push_back(static_cast<std::uint32_t>(built.facts.facts.size()));
  }
  return built;
}

}  // namespace jenjang::testing
