// Boost.Graph as one would write it plainly: an adjacency_list with the figures in its vertices, weights on its edges,
// visited in topological order.
#pragma once

#include <memory>

#include "jenjang/bulk/figures.h"

namespace jenjang::bench {

class BoostSweep {
public:
  BoostSweep(const bulk::FlatPlan& plan, const bulk::Figures& figures);
  ~BoostSweep();
  void roll_up();
  [[nodiscard]] double value(std::uint32_t node, unsigned month) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jenjang::bench
