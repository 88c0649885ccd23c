#include "engine/cascade/cell_store.h"

#include <algorithm>

namespace jenjang::cascade {

const TargetCell* CellStore::find(NodeId node, Period period) const {
  for (std::uint32_t i = head_[node.index()]; i != kNone; i = next_[i]) {
    if (cells_[i].period == period) {
      return &cells_[i];
    }
  }
  return nullptr;
}

TargetCell* CellStore::find(NodeId node, Period period) {
  return const_cast<TargetCell*>(static_cast<const CellStore*>(this)->find(node, period));
}

void CellStore::add(TargetCell cell) {
  next_.push_back(head_[cell.node.index()]);
  head_[cell.node.index()] = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back(std::move(cell));
}

std::vector<const TargetCell*> CellStore::of(NodeId node) const {
  std::vector<const TargetCell*> cells;
  for (std::uint32_t i = head_[node.index()]; i != kNone; i = next_[i]) {
    cells.push_back(&cells_[i]);
  }
  std::sort(cells.begin(), cells.end(), [](const TargetCell* a, const TargetCell* b) { return a->period < b->period; });
  return cells;
}

}  // namespace jenjang::cascade
