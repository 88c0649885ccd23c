// CellStore: the target cells of a run while they are made, found by node and period.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "jenjang/graph/target_table.h"

namespace jenjang::cascade {

class CellStore {
public:
  explicit CellStore(std::size_t nodes) : rows_(nodes) {}

  // O(log cells of the node).
  [[nodiscard]] TargetCell* find(NodeId node, Period period);
  [[nodiscard]] const TargetCell* find(NodeId node, Period period) const;
  // Requires no cell there yet. Pointers to other cells stay.
  void add(TargetCell cell);
  // A child that is neither free nor fixed in that period: its own plan has ended, and the rule says to go on
  // without it (ExpiredPolicy::renormalise).
  void leave_out(NodeId node, Period period) { left_out_.insert({node, period}); }
  [[nodiscard]] bool is_left_out(NodeId node, Period period) const {
    return !left_out_.empty() && left_out_.contains({node, period});
  }
  // Cells of a node by period.
  [[nodiscard]] std::vector<const TargetCell*> of(NodeId node) const;
  // All cells by node and period. Each is moved once.
  [[nodiscard]] std::vector<TargetCell> take() &&;

private:
  struct Entry {
    Period period;
    std::uint32_t place = 0;
  };
  // The entries of one node by period: entries_[first .. first + count), in a room of the next power of two.
  struct Row {
    std::uint32_t first = 0, count = 0;
  };
  [[nodiscard]] std::size_t entry_at(const Row& row, Period period) const;  // the first not before it
  [[nodiscard]] std::uint32_t room_of(std::uint32_t size);
  [[nodiscard]] const TargetCell& cell(std::uint32_t place) const { return chunks_[place / kChunk][place % kChunk]; }

  // Cells never move while more are made: a vector that doubles would copy, and touch, as much memory again.
  static constexpr std::uint32_t kChunk = 1024;
  std::vector<std::vector<TargetCell>> chunks_;
  std::uint32_t size_ = 0;
  std::vector<Row> rows_;
  std::vector<Entry> entries_;
  std::array<std::vector<std::uint32_t>, 32> free_rooms_;  // left behind by rows that grew, by the power of their size
  std::set<std::pair<NodeId, Period>> left_out_;
};

}  // namespace jenjang::cascade
