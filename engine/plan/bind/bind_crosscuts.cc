// `lintas_sektor`: another unit shares a result. The shared result stays where it is; at the other
// unit a goal or measure sees it, by a share or with full credit.
#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

// Who sees the result at the other unit: what `untuk` names, else the same goal or measure there.
std::optional<VertexId> viewer(BindContext& bind, const PlanCrosscut& crosscut, VertexId shared, UnitId unit,
                               DocumentId document) {
  if (crosscut.serves) {
    // The result serves something of the other unit: a bare code is sought there first.
    const auto there = bare_code_at(bind, *crosscut.serves, unit, ReferenceTo::goal_or_measure);
    if (there && *there != shared) return there;
    return require_reference(bind, *crosscut.serves, document, unit, ReferenceTo::goal_or_measure);
  }
  const Item& item = bind.item_of(shared);
  if (item.is_measure()) {
    if (const auto known = bind.find_measure(item.code, unit)) return known;
  } else {
    for (const VertexId known : bind.find_goals(item.code, unit)) {
      const Item& other = bind.item_of(known);
      if (other.kind == item.kind && other.title == item.title) return known;
    }
  }
  return bind.add_node(bind.nodes[shared.index()].item, unit, crosscut.span);
}

void add(BindContext& bind, const std::vector<PlanCrosscut>& list, VertexId shared, DocumentId document) {
  for (const PlanCrosscut& crosscut : list) {
    const UnitId home = bind.nodes[shared.index()].unit;
    const auto unit = require_unit(bind, crosscut.unit, home);
    if (!unit) continue;
    const bool outside = crosscut.share && (crosscut.share->value.is_negative() || crosscut.share->value > Decimal(1));
    if (*unit == home || outside) {
      bind.sink.report(make_diagnostic(Code::J1528, crosscut.span)
                           .arg("alamat", bind.address(shared))
                           .arg("unit", bind.model.units[*unit].path)
                           .arg("bagian", crosscut.share ? crosscut.share->value.to_string() : "-"));
      continue;
    }
    const auto parent = viewer(bind, crosscut, shared, *unit, document);
    if (!parent) continue;
    CrosscutEdge edge;
    if (crosscut.share) edge.share = crosscut.share->value;
    edge.accepted = crosscut.accepted;
    edge.span = crosscut.span;
    bind.add_crosscut(*parent, shared, edge);
  }
}

}  // namespace

void bind_crosscuts(BindContext& bind) {
  for (const GoalEntry& entry : bind.goals) {
    if (entry.vertex.valid()) add(bind, entry.goal->crosscuts, entry.vertex, entry.document);
  }
  for (const MeasureEntry& entry : bind.measures) {
    if (entry.vertex.valid()) add(bind, entry.indicator->crosscuts, entry.vertex, entry.document);
  }
}

}  // namespace jenjang
