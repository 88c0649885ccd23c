// The levels of a graph cut into chunks of neighbouring nodes, taken by several threads.
//
// No chunk of a level starts before the level below is done. Chunks are numbered in order of nodes, so whatever a body
// collects by chunk can be joined in an order that no schedule changes.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "jenjang/graph/goal_graph.h"

namespace jenjang::rollup {

class LevelSweep {
public:
  struct Chunk {
    std::uint32_t first = 0, last = 0;  // nodes
  };
  // Nodes from `first` on.
  LevelSweep(const GoalGraph& graph, NodeId first, unsigned threads);
  [[nodiscard]] std::size_t chunk_count() const { return chunks_.size(); }
  // body(thread, chunk, number of the chunk). The calling thread is thread 0. The first exception is passed on.
  using Body = std::function<void(unsigned, const Chunk&, std::size_t)>;
  void run(const Body& body) const;

private:
  unsigned threads_;
  std::vector<Chunk> chunks_;
  std::vector<std::size_t> level_end_;  // into chunks_
};

}  // namespace jenjang::rollup
