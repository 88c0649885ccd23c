// `agregasi.dari`: the children that make a measure without a cascade, by selector or by address.
#include <map>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/ladders.h"
#include "engine/plan/bind/references.h"
#include "engine/plan/bind/selectors.h"

namespace jenjang {
namespace {

// Children that one `dari` has named so far, each with its place.
using Named = std::map<VertexId, SourceSpan>;

void add_child(BindContext& bind, const MeasureEntry& entry, VertexId child, SourceSpan place, Named& named) {
  if (const auto [first, fresh] = named.emplace(child, place); !fresh) {
    bind.sink.report(make_diagnostic(Code::J1302, place)
                         .arg("jenis", to_string(EdgeKind::formula))
                         .arg("anak", bind.address(child))
                         .arg("induk", bind.address(entry.vertex))
                         .related(first->second, "pertama kali di sini", "first here"));
    return;
  }
  const auto weight = edge_weight(bind, entry, child);
  if (!weight) return;
  FormulaEdge edge;
  edge.weight = weight->value;
  edge.illustrative = weight->illustrative;
  edge.span = entry.indicator->aggregation->span;
  bind.add_formula(entry.vertex, child, edge, weight->years, weight->span);
}

// The measure itself at the selected units; where it does not stand yet it comes to stand by this rule.
void add_units(BindContext& bind, const MeasureEntry& entry, const PlanSelectorTerm& term, Named& named) {
  const ItemId item = bind.nodes[entry.vertex.index()].item;
  for (const UnitId unit : select_units(bind, {term}, entry.unit)) {
    auto child = bind.find_measure(entry.indicator->code.value, unit);
    if (!child) child = bind.add_node(item, unit, term.span);
    add_child(bind, entry, *child, term.span, named);
  }
}

void add_term(BindContext& bind, const MeasureEntry& entry, const PlanSelectorTerm& term, Named& named) {
  const LocatedText& word = term.word;
  if (!term.kind && word.value.find('@') != std::string::npos) {
    const auto child = require_reference(bind, word, entry.document, entry.unit, ReferenceTo::measure);
    if (child) add_child(bind, entry, *child, word.span, named);
    return;
  }
  if (!select_units(bind, {term}, entry.unit).empty()) {
    add_units(bind, entry, term, named);
    return;
  }
  if (!term.kind) {
    if (const auto child = bind.find_measure(word.value, entry.unit)) {
      add_child(bind, entry, *child, word.span, named);
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
    Named named;
    for (const PlanSelectorTerm& term : aggregation.from) add_term(bind, entry, term, named);
  }
}

}  // namespace jenjang
