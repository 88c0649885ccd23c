// Maximum flow in whole numbers (Dinic).
#pragma once

#include <cstdint>
#include <vector>

#include "jenjang/base/decimal.h"

namespace jenjang::cascade {

class MaximumFlow {
public:
  explicit MaximumFlow(std::size_t nodes) : arcs_of_(nodes) {}

  // Returns the number of the arc, for `flow`.
  std::size_t connect(std::size_t from, std::size_t to, Int128 capacity);
  // O(nodes^2 x arcs) at worst.
  Int128 run(std::size_t source, std::size_t sink);

  [[nodiscard]] Int128 flow(std::size_t arc) const { return arcs_[2 * arc + 1].left; }
  // After run: the nodes that the source still reaches, which is its side of a minimum cut.
  [[nodiscard]] std::vector<bool> source_side(std::size_t source) const;
  // After run: strongly connected component of each node in what capacity is left.
  [[nodiscard]] std::vector<std::size_t> components() const;

private:
  struct Arc {
    std::size_t to;
    Int128 left;  // capacity not yet used; of a backward arc: the flow
  };
  bool number_levels(std::size_t source, std::size_t sink);
  Int128 push(std::size_t node, std::size_t sink, Int128 amount);

  std::vector<Arc> arcs_;  // an arc and its reverse stand side by side
  std::vector<std::vector<std::size_t>> arcs_of_;
  std::vector<std::size_t> level_, next_;
};

}  // namespace jenjang::cascade
