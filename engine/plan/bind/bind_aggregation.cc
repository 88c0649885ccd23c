// `agregasi.dari`: the children that make a measure without a cascade, by selector or by address.
#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/ladders.h"
#include "engine/plan/bind/references.h"
#include "engine/plan/bind/selectors.h"

namespace jenjang {
namespace {

void add_child(BindContext& bind, const MeasureEntry& entry, VertexId child) {
  const auto weight = edge_weight(bind, entry, child);
  if (!weight) return;
  FormulaEdge edge;
  edge.weight = weight->value;
  edge.illustrative = weight->illustrative;
  edge.span = entry.indicator->aggregation->span;
  bind.add_formula(entry.vertex, child, edge);
}

// The measure itself at the selected units; where it does not stand yet it comes to stand by this rule.
void add_units(BindContext& bind, const MeasureEntry& entry, const PlanSelectorTerm& term) {
  const ItemId item = bind.nodes[entry.vertex.index()].item;
  for (const UnitId unit : select_units(bind, {term}, entry.unit)) {
    auto child = bind.find_measure(entry.indicator->code.value, unit);
    if (!child) child = bind.add_node(item, unit, term.span);
    add_child(bind, entry, *child);
  }
}

void add_term(BindContext& bind, const MeasureEntry& entry, const PlanSelectorTerm& term) {
  const LocatedText& word = term.word;
  if (!term.kind && word.value.find('@') != std::string::npos) {
    const auto child = require_reference(bind, word, entry.document, entry.unit, ReferenceTo::measure);
    if (child) add_child(bind, entry, *child);
    return;
  }
  if (!select_units(bind, {term}, entry.unit).empty()) {
    add_units(bind, entry, term);
    return;
  }
  if (!term.kind) {
    if (const auto child = bind.find_measure(word.value, entry.unit)) {
      add_child(bind, entry, *child);
      return;
    }
  }
  report_empty_selector(bind, {term}, entry.unit);
}

}  // namespace

void bind_aggregation(BindContext& bind) {
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.vertex.valid() || !entry.indicator->aggregation || entry.indicator->aggregation->from.empty()) continue;
    const PlanAggregation& aggregation = *entry.indicator->aggregation;
    if (bind.item_of(entry.vertex).spec.aggregation == Aggregation::leaf) {
      bind.sink.report(make_diagnostic(Code::J1511, aggregation.span)
                           .arg("alamat", bind.address(entry.vertex))
                           .arg("kunci", "agregasi.cara"));
      continue;
    }
    for (const PlanSelectorTerm& term : aggregation.from) add_term(bind, entry, term);
  }
}

}  // namespace jenjang
