// The graph is frozen, and everything that spoke of vertices is put in the order of its nodes.
#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/base/large_pages.h"
#include "engine/graph/overlaps.h"
#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

constexpr int kLastYear = 2199;  // of a Period

GoalGraphBuilder build_graph(const BindContext& bind, bool names) {  // `names`: and places
  GoalGraphBuilder builder;
  if (names) {
    for (std::size_t i = 0; i < bind.nodes.size(); ++i) {
      builder.add_vertex(bind.address(VertexId::from_index(i)), bind.nodes[i].span);
    }
  } else {
    builder.add_vertices(bind.nodes.size());
  }
  const auto place = [names](const SourceSpan& span) { return names ? span : SourceSpan(); };
  builder.reserve(bind.formulas.size());
  for (const DraftFormula& one : bind.formulas) {
    builder.add_edge(EdgeKind::formula, one.parent, one.child, place(one.edge.span), one.edge.role);
  }
  for (const DraftSupport& one : bind.supports) {
    builder.add_edge(EdgeKind::support, one.parent, one.child, place(one.span));
  }
  for (const DraftCrosscut& one : bind.crosscuts) {
    builder.add_edge(EdgeKind::crosscut, one.parent, one.child, place(one.edge.span));
  }
  return builder;
}

void fill_columns(BindContext& bind, const FrozenGraph& frozen) {
  Model& model = bind.model;
  reserve_large(model.node_item, bind.nodes.size());
  reserve_large(model.node_unit, bind.nodes.size());
  reserve_large(model.node_span, bind.nodes.size());
  reserve_large(model.formula_edges, frozen.formula_edge_source.size());
  reserve_large(model.crosscut_edges, frozen.crosscut_edge_source.size());
  for (const VertexId vertex : frozen.vertex_of_node) {
    const DraftNode& node = bind.nodes[vertex.index()];
    model.node_item.push_back(node.item);
    model.node_unit.push_back(node.unit);
    model.node_span.push_back(node.span);
  }
  for (const std::uint32_t source : frozen.formula_edge_source) {
    const auto edge = static_cast<std::uint32_t>(model.formula_edges.size());
    const DraftFormula& formula = bind.formulas[source];
    for (std::size_t i = 0; i < formula.years.size(); ++i) {
      const PlanYearWeight& from = formula.years[i];
      const int last = i + 1 < formula.years.size() ? formula.years[i + 1].from - 1 : kLastYear;
      model.dated_ties.push_back({edge, Period(from.from, Granularity::month, 1), Period(last, Granularity::month, 12),
                                  from.weight.value, from.weight.span});
    }
    model.formula_edges.push_back(formula.edge);
  }
  for (const std::uint32_t source : frozen.crosscut_edge_source) {
    model.crosscut_edges.push_back(bind.crosscuts[source].edge);
  }
}

// Rows by node: values sorted by (node, period, document), and where each node's begin.
template <class Draft, class Value>
void fill_rows(std::vector<Draft>& drafts, Value Draft::* value, const FrozenGraph& frozen, std::size_t nodes,
               std::vector<std::uint32_t>& begin, std::vector<Value>& values) {
  const auto order = [&](const Draft& draft) {
    const Value& one = draft.*value;
    return std::tuple(frozen.node_of_vertex[draft.node.index()], one.period, one.document);
  };
  std::stable_sort(drafts.begin(), drafts.end(), [&](const Draft& a, const Draft& b) { return order(a) < order(b); });
  begin.assign(nodes + 1, 0);
  for (const Draft& draft : drafts) ++begin[frozen.node_of_vertex[draft.node.index()].index() + 1];
  for (std::size_t n = 0; n < nodes; ++n) begin[n + 1] += begin[n];
  reserve_large(values, drafts.size());
  for (Draft& draft : drafts) values.push_back(std::move(draft.*value));
}

void fill_families(BindContext& bind, const FrozenGraph& frozen) {
  const auto node_of = [&](VertexId vertex) { return frozen.node_of_vertex[vertex.index()]; };
  reserve_large(bind.model.families, bind.families.size());
  for (DraftFamily& draft : bind.families) {
    draft.family.parent = node_of(draft.parent);
    draft.family.children.reserve(draft.children.size());
    for (const VertexId child : draft.children) draft.family.children.push_back(node_of(child));
    bind.model.families.push_back(std::move(draft.family));
  }
  for (const DraftCross& draft : bind.crosses) {
    CrossFamily& cross = bind.model.cross_families.emplace_back();
    for (const std::size_t column : draft.columns) cross.columns.push_back(FamilyId::from_index(column));
    for (const VertexId row : draft.rows) cross.rows.push_back(node_of(row));
    cross.span = draft.span;
  }
  for (DraftCoherence& draft : bind.coherence) {
    draft.check.parent = node_of(draft.parent);
    bind.model.coherence.push_back(std::move(draft.check));
  }
}

// Names and places serve messages only, and a million of them cost more than the graph: they are made when there is
// something to say.
std::optional<FrozenGraph> freeze(BindContext& bind) {
  DiagnosticSink findings;
  std::optional<FrozenGraph> frozen = build_graph(bind, false).freeze(findings);
  return findings.all().empty() ? std::move(frozen) : build_graph(bind, true).freeze(bind.sink);
}

}  // namespace

std::optional<Model> finish_model(BindContext& bind) {
  std::optional<FrozenGraph> frozen = freeze(bind);
  if (!frozen) return std::nullopt;
  const std::size_t nodes = bind.nodes.size();
  fill_columns(bind, *frozen);
  fill_rows(bind.statements, &DraftStatement::statement, *frozen, nodes, bind.model.statement_begin,
            bind.model.statements);
  fill_rows(bind.baselines, &DraftBaseline::baseline, *frozen, nodes, bind.model.baseline_begin, bind.model.baselines);
  if (!bind.bounds.empty()) {
    fill_rows(bind.bounds, &DraftBound::bound, *frozen, nodes, bind.model.bound_begin, bind.model.bounds);
  }
  fill_families(bind, *frozen);
  bind.model.graph = std::move(frozen->graph);
  bind.model.build_index();
  find_overlaps(bind.model, bind.sink);
  date_by_organisation(bind);
  return std::move(bind.model);
}

}  // namespace jenjang
