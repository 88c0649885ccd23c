// Builds small models in memory for tests of facts and cascade, without YAML.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/goal_graph_builder.h"
#include "jenjang/graph/model.h"

#include "tests/support/decimal.h"

namespace jenjang::testing {

// Every declaration gets a place of its own: file 0, a running line.
class ModelFixture {
public:
  ModelFixture() { model_.documents.push_back(document("RPD-64", "64", DocumentKind::rpd)); }

  static Document document(std::string code, std::string unit, DocumentKind kind) {
    Document document;
    document.code = std::move(code);
    document.unit = std::move(unit);
    document.kind = kind;
    document.years = {2020, 2030};
    return document;
  }
  DocumentId add_document(Document document) {
    model_.documents.push_back(std::move(document));
    return DocumentId::from_index(model_.documents.size() - 1);
  }

  UnitId unit(const std::string& path, const std::string& bps = "") {
    OrgUnit unit;
    unit.path = path;
    unit.name = path;
    unit.bps_code = bps;
    unit.is_government = path.find('/') == std::string::npos;
    unit.span = place();
    const std::size_t slash = path.find('/');
    if (slash != std::string::npos) {
      unit.government = model_.units.find(path.substr(0, slash)).value();
      unit.parent = unit.government;
    }
    const UnitId id = model_.units.add(std::move(unit));
    if (slash == std::string::npos) {
      model_.units.edit(id).government = id;
    }
    return id;
  }

  ItemId item(const std::string& code, MeasureSpec spec, ItemKind kind = ItemKind::indicator) {
    Item item;
    item.code = code;
    item.kind = kind;
    item.spec = std::move(spec);
    item.document = DocumentId(0);
    item.span = place();
    model_.items.push_back(std::move(item));
    return ItemId::from_index(model_.items.size() - 1);
  }

  // Nodes are named by their address until the graph is frozen.
  VertexId node(ItemId item, UnitId unit) {
    const SourceSpan span = place();
    items_.push_back(item);
    units_.push_back(unit);
    spans_.push_back(span);
    return builder_.add_vertex(model_.items[item.index()].code + "@" + model_.units[unit].path, span);
  }

  void formula(VertexId parent, VertexId child, const Decimal& weight = Decimal(1), Carry carry = Carry::value,
               EdgeRole role = EdgeRole::operand) {
    FormulaEdge edge;
    edge.weight = weight;
    edge.carry = carry;
    edge.role = role;
    edge.span = place();
    builder_.add_edge(EdgeKind::formula, parent, child, edge.span);
    formula_edges_.push_back(edge);
  }
  void support(VertexId supported, VertexId supporter) {
    builder_.add_edge(EdgeKind::support, supported, supporter, place());
  }
  void crosscut(VertexId parent, VertexId child, std::optional<Decimal> share, bool accepted) {
    CrosscutEdge edge{share, accepted, place()};
    builder_.add_edge(EdgeKind::crosscut, parent, child, edge.span);
    crosscut_edges_.push_back(edge);
  }

  struct FamilySpec {
    VertexId parent;
    std::vector<VertexId> children;
    CascadeRule rule;
    std::vector<Decimal> drivers;
    std::vector<Family::PlannedDenominator> denominators;
    bool to_other_government = false;
  };
  void family(FamilySpec spec) {
    if (!spec.rule.span.valid()) {
      spec.rule.span = place();
    }
    families_.push_back(std::move(spec));
  }

  // `columns` by their order of declaration; cells are tied to their rows here.
  void cross_family(const std::vector<std::size_t>& columns, const std::vector<VertexId>& rows) {
    CrossSpec cross{columns, rows, place()};
    for (const std::size_t column : columns) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        crosscut(rows[i], families_[column].children[i], std::nullopt, true);
      }
    }
    crosses_.push_back(std::move(cross));
  }

  void state(VertexId node, Period period, Target target, bool hold = false, DocumentId document = DocumentId(0),
             StatementState state = StatementState::adopted, bool illustrative = false) {
    Statement statement;
    statement.document = document;
    statement.period = period;
    statement.target = std::move(target);
    statement.state = state;
    statement.hold = hold;
    statement.illustrative = illustrative;
    statement.span = place();
    statements_[node.value()].push_back(std::move(statement));
  }
  // The path to the statement that was added last to that node.
  void path(VertexId node, PathShape shape, std::vector<Decimal> shares = {}) {
    statements_[node.value()].back().path = shape;
    statements_[node.value()].back().path_shares = std::move(shares);
  }
  // Of the last statement about that node.
  void ground(VertexId node, Grounds grounds) { statements_[node.value()].back().grounds = std::move(grounds); }
  void bound(VertexId node, Period period, std::optional<Decimal> least, std::optional<Decimal> most,
             Grounds grounds = {}, StatementState state = StatementState::adopted) {
    Bound bound;
    bound.document = DocumentId(0);
    bound.period = period;
    bound.least = least;
    bound.most = most;
    bound.state = state;
    bound.grounds = std::move(grounds);
    bound.span = place();
    bounds_[node.value()].push_back(std::move(bound));
  }
  void baseline(VertexId node, int year, const Decimal& value, DocumentId document = DocumentId(0)) {
    Baseline baseline;
    baseline.document = document;
    baseline.period = Period::year(year);
    baseline.value = value;
    baseline.span = place();
    baselines_[node.value()].push_back(baseline);
  }

  SourceSpan place() { return {FileId(0), ++line_, 1, 4}; }
  Model& model() { return model_; }

  // Freezes; afterwards `at` gives the node of a vertex.
  const Model& build() {
    DiagnosticSink sink;
    FrozenGraph frozen = builder_.freeze(sink).value();
    at_ = frozen.node_of_vertex;
    model_.graph = std::move(frozen.graph);
    for (const VertexId vertex : frozen.vertex_of_node) {
      model_.node_item.push_back(items_[vertex.index()]);
      model_.node_unit.push_back(units_[vertex.index()]);
      model_.node_span.push_back(spans_[vertex.index()]);
      append(statements_, vertex, model_.statement_begin, model_.statements);
      append(baselines_, vertex, model_.baseline_begin, model_.baselines);
      append(bounds_, vertex, model_.bound_begin, model_.bounds);
    }
    model_.statement_begin.push_back(static_cast<std::uint32_t>(model_.statements.size()));
    model_.baseline_begin.push_back(static_cast<std::uint32_t>(model_.baselines.size()));
    model_.bound_begin.push_back(static_cast<std::uint32_t>(model_.bounds.size()));
    for (const std::uint32_t source : frozen.formula_edge_source) {
      model_.formula_edges.push_back(formula_edges_[source]);
    }
    for (const std::uint32_t source : frozen.crosscut_edge_source) {
      model_.crosscut_edges.push_back(crosscut_edges_[source]);
    }
    for (FamilySpec& spec : families_) {
      Family family;
      family.parent = at(spec.parent);
      for (const VertexId child : spec.children) {
        family.children.push_back(at(child));
        family.driver_spans.push_back(place());
      }
      family.rule = spec.rule;
      family.drivers = spec.drivers;
      family.denominators = spec.denominators;
      family.to_other_government = spec.to_other_government;
      model_.families.push_back(std::move(family));
    }
    for (const CrossSpec& spec : crosses_) {
      CrossFamily& cross = model_.cross_families.emplace_back();
      for (const std::size_t column : spec.columns) {
        cross.columns.push_back(FamilyId::from_index(column));
      }
      for (const VertexId row : spec.rows) {
        cross.rows.push_back(at(row));
      }
      cross.span = spec.span;
    }
    model_.build_index();
    return model_;
  }
  [[nodiscard]] NodeId at(VertexId vertex) const { return at_[vertex.index()]; }

private:
  template <class Row>
  static void append(std::map<std::uint32_t, std::vector<Row>>& rows, VertexId vertex,
                     std::vector<std::uint32_t>& begin, std::vector<Row>& out) {
    begin.push_back(static_cast<std::uint32_t>(out.size()));
    std::vector<Row>& own = rows[vertex.value()];
    std::stable_sort(own.begin(), own.end(), [](const Row& a, const Row& b) { return a.period < b.period; });
    out.insert(out.end(), own.begin(), own.end());
  }

  Model model_;
  GoalGraphBuilder builder_;
  std::uint32_t line_ = 0;
  std::vector<ItemId> items_;
  std::vector<UnitId> units_;
  std::vector<SourceSpan> spans_;
  std::vector<FormulaEdge> formula_edges_;
  std::vector<CrosscutEdge> crosscut_edges_;
  struct CrossSpec {
    std::vector<std::size_t> columns;
    std::vector<VertexId> rows;
    SourceSpan span;
  };
  std::vector<FamilySpec> families_;
  std::vector<CrossSpec> crosses_;
  std::map<std::uint32_t, std::vector<Statement>> statements_;
  std::map<std::uint32_t, std::vector<Baseline>> baselines_;
  std::map<std::uint32_t, std::vector<Bound>> bounds_;
  std::vector<NodeId> at_;
};

// A rule of one method, with parameters "key", "text".
inline CascadeRule rule(std::string method, std::vector<std::pair<std::string, std::string>> parameters = {}) {
  CascadeRule rule;
  rule.method = std::move(method);
  rule.driver = rule.method == "proporsional" ? "penduduk" : "";
  for (auto& [key, text] : parameters) {
    rule.parameters.push_back({key, text, {FileId(0), 1000, 1, 3}, {FileId(0), 1000, 9, 3}});
  }
  return rule;
}

}  // namespace jenjang::testing
