// CellStore: the target cells of a run while they are made, found by node and period.
#pragma once

#include <cstdint>
#include <vector>

#include "jenjang/graph/target_table.h"

namespace jenjang::cascade {

class CellStore {
public:
  explicit CellStore(std::size_t nodes) : head_(nodes, kNone) {}

  [[nodiscard]] TargetCell* find(NodeId node, Period period);
  [[nodiscard]] const TargetCell* find(NodeId node, Period period) const;
  // Requires no cell there yet. Invalidates pointers.
  void add(TargetCell cell);
  // Cells of a node by period.
  [[nodiscard]] std::vector<const TargetCell*> of(NodeId node) const;
  // All cells by node and period. Each is moved once: a cell is large, and sorting them in place costs
  // more than making them.
  [[nodiscard]] std::vector<TargetCell> take() &&;

private:
  [[nodiscard]] std::vector<std::uint32_t> places_of(NodeId node) const;

  static constexpr std::uint32_t kNone = UINT32_MAX;
  // Chains of one node's cells: a node has few, and a map entry would cost more than the cell.
  std::vector<std::uint32_t> head_, next_;
  std::vector<TargetCell> cells_;
};

}  // namespace jenjang::cascade
