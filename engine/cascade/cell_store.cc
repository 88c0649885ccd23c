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

std::vector<std::uint32_t> CellStore::places_of(NodeId node) const {
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = head_[node.index()]; i != kNone; i = next_[i]) {
    places.push_back(i);
  }
  std::sort(places.begin(), places.end(),
            [this](std::uint32_t a, std::uint32_t b) { return cells_[a].period < cells_[b].period; });
  return places;
}

std::vector<const TargetCell*> CellStore::of(NodeId node) const {
  std::vector<const TargetCell*> cells;
  for (const std::uint32_t place : places_of(node)) {
    cells.push_back(&cells_[place]);
  }
  return cells;
}

std::vector<TargetCell> CellStore::take() && {
  std::vector<TargetCell> sorted;
  sorted.reserve(cells_.size());
  for (std::size_t n = 0; n < head_.size(); ++n) {
    for (const std::uint32_t place : places_of(NodeId::from_index(n))) {
      sorted.push_back(std::move(cells_[place]));
    }
  }
  return sorted;
}

}  // namespace jenjang::cascade
