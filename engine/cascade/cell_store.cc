#include "engine/cascade/cell_store.h"

#include <algorithm>
#include <bit>

namespace jenjang::cascade {

std::size_t CellStore::entry_at(const Row& row, Period period) const {
  const auto first = entries_.begin() + row.first;
  const auto at =
      std::partition_point(first, first + row.count, [period](const Entry& entry) { return entry.period < period; });
  return static_cast<std::size_t>(at - entries_.begin());
}

const TargetCell* CellStore::find(NodeId node, Period period) const {
  const Row& row = rows_[node.index()];
  const std::size_t at = entry_at(row, period);
  const bool there = at < std::size_t{row.first} + row.count && entries_[at].period == period;
  return there ? &cell(entries_[at].place) : nullptr;
}

TargetCell* CellStore::find(NodeId node, Period period) {
  return const_cast<TargetCell*>(static_cast<const CellStore*>(this)->find(node, period));
}

std::uint32_t CellStore::room_of(std::uint32_t size) {
  std::vector<std::uint32_t>& rooms = free_rooms_[static_cast<std::size_t>(std::countr_zero(size))];
  if (!rooms.empty()) {
    const std::uint32_t first = rooms.back();
    rooms.pop_back();
    return first;
  }
  const auto first = static_cast<std::uint32_t>(entries_.size());
  entries_.resize(entries_.size() + size);
  return first;
}

void CellStore::add(TargetCell cell) {
  Row& row = rows_[cell.node.index()];
  if (row.count == 0) {
    row.first = room_of(1);
  } else if (std::has_single_bit(row.count)) {
    const std::uint32_t first = room_of(row.count * 2);
    std::copy_n(entries_.begin() + row.first, row.count, entries_.begin() + first);
    free_rooms_[static_cast<std::size_t>(std::countr_zero(row.count))].push_back(row.first);
    row.first = first;
  }
  const auto at = entries_.begin() + static_cast<std::ptrdiff_t>(entry_at(row, cell.period));
  std::move_backward(at, entries_.begin() + row.first + row.count, entries_.begin() + row.first + row.count + 1);
  *at = {cell.period, size_};
  ++row.count;
  if (size_ % kChunk == 0) {
    chunks_.emplace_back().reserve(kChunk);
  }
  chunks_.back().push_back(std::move(cell));
  ++size_;
}

std::vector<const TargetCell*> CellStore::of(NodeId node) const {
  const Row& row = rows_[node.index()];
  std::vector<const TargetCell*> cells;
  cells.reserve(row.count);
  for (std::uint32_t i = 0; i < row.count; ++i) {
    cells.push_back(&cell(entries_[row.first + i].place));
  }
  return cells;
}

std::vector<TargetCell> CellStore::take() && {
  std::vector<TargetCell> sorted;
  sorted.reserve(size_);
  for (const Row& row : rows_) {
    for (std::uint32_t i = 0; i < row.count; ++i) {
      const std::uint32_t place = entries_[row.first + i].place;
      sorted.push_back(std::move(chunks_[place / kChunk][place % kChunk]));
    }
  }
  return sorted;
}

}  // namespace jenjang::cascade
