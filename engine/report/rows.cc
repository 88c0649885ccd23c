#include "engine/report/rows.h"

#include <algorithm>
#include <utility>

namespace jenjang {

bool matches(const Model& model, const RowFilter& filter, NodeId node) {
  if (!filter.code.empty() && model.item(node).code != filter.code) return false;
  if (!filter.unit.empty()) {
    const std::optional<UnitId> wanted = model.units.find(filter.unit);
    const UnitId unit = model.node_unit[node.index()];
    if (!wanted || (unit != *wanted && !model.units.is_below(unit, *wanted))) return false;
  }
  return true;
}

bool matches(const RowFilter& filter, Period period) {
  if (filter.period && !filter.period->contains(period)) return false;
  return !filter.granularity || period.granularity() == *filter.granularity;
}

std::string document_of(const Model& model, NodeId node, Period period) {
  if (const Statement* statement = model.statement_in_force(node, period)) {
    return model.documents[statement->document.index()].code;
  }
  const DocumentId declared = model.item(node).document;
  return declared.valid() ? model.documents[declared.index()].code : std::string();
}

std::vector<NodeId> reading_order(const Model& model) {
  std::vector<NodeId> order;
  order.reserve(model.node_count());
  for (std::size_t n = 0; n < model.node_count(); ++n) order.push_back(NodeId::from_index(n));
  std::sort(order.begin(), order.end(), [&model](NodeId a, NodeId b) {
    return std::pair(model.node_item[a.index()], model.node_unit[a.index()]) <
           std::pair(model.node_item[b.index()], model.node_unit[b.index()]);
  });
  return order;
}

}  // namespace jenjang
