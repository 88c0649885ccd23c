#include "jenjang/graph/target_table.h"

#include <algorithm>
#include <tuple>

namespace jenjang {

void TargetTable::sort() {
  // Stable, so that a mistaken second cell of one place stays behind the first on every run.
  std::stable_sort(cells.begin(), cells.end(), [](const TargetCell& a, const TargetCell& b) {
    return std::tie(a.node, a.period) < std::tie(b.node, b.period);
  });
  std::stable_sort(residuals.begin(), residuals.end(), [](const CascadeResidual& a, const CascadeResidual& b) {
    return std::tie(a.family, a.period) < std::tie(b.family, b.period);
  });
}

std::span<const TargetCell> TargetTable::of(NodeId node) const {
  const auto first =
      std::partition_point(cells.begin(), cells.end(), [&](const TargetCell& cell) { return cell.node < node; });
  // Rows are short: their end is looked for from their beginning, not from the middle of what is left.
  auto last = first;
  while (last != cells.end() && last->node == node) ++last;
  return {first, last};
}

const TargetCell* TargetTable::find(NodeId node, Period period) const {
  const std::span<const TargetCell> row = of(node);
  const auto it = std::partition_point(row.begin(), row.end(), [&](const TargetCell& c) { return c.period < period; });
  return it != row.end() && it->period == period ? &*it : nullptr;
}

}  // namespace jenjang
