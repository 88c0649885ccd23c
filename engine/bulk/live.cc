#include <algorithm>
#include <functional>
#include <vector>

#include "jenjang/bulk/sweep.h"

#include "engine/bulk/exact.h"
#include "engine/bulk/simd.h"

namespace jenjang::bulk {

struct LiveFigures::Impl {
  Impl(const FlatPlan& a_plan, Figures& some_figures, Depth a_depth, Simd simd)
      : plan(a_plan),
        figures(some_figures),
        full(a_depth == Depth::full),
        program(a_plan, some_figures),
        exact(a_plan, some_figures),
        kernels(kernels_for(simd)) {
    program.tables.context = &exact;
    program.tables.settle = &ExactSide::settle;
    program.tables.meets = &ExactSide::meets;
  }

  // Parents of a node into the heap, the lowest number on top: children come before their parents.
  void ask_for_parents(std::uint32_t node) {
    push(plan.owner[node]);
    const FlatPlan::Shared from{node, 0};
    for (auto at = std::lower_bound(plan.shared.begin(), plan.shared.end(), from);
         at != plan.shared.end() && at->child == node; ++at) {
      push(at->parent);
    }
  }
  void push(std::uint32_t node) {
    if (node == kNoNode) return;
    waiting.push_back(node);
    std::push_heap(waiting.begin(), waiting.end(), std::greater<>());
  }
  std::uint32_t pop() {
    const std::uint32_t node = waiting.front();
    while (!waiting.empty() && waiting.front() == node) {
      std::pop_heap(waiting.begin(), waiting.end(), std::greater<>());
      waiting.pop_back();
    }
    return node;
  }

  const FlatPlan& plan;
  Figures& figures;
  const bool full;
  Program program;
  ExactSide exact;
  const kernel::Kernels kernels;
  std::vector<std::uint32_t> waiting;
};

LiveFigures::LiveFigures(const FlatPlan& plan, Figures& figures, Depth depth, Simd simd)
    : impl_(std::make_unique<Impl>(plan, figures, depth, simd)) {}
LiveFigures::~LiveFigures() = default;

std::size_t LiveFigures::change(std::uint32_t leaf, unsigned month, double value, StateByte state) {
  Impl& live = *impl_;
  const std::size_t cell = std::size_t{leaf} * kMonths + month;
  live.figures.value[cell] = value;
  live.figures.state[cell] = state;
  const kernel::Tables& tables = live.program.tables;
  if (live.full && live.plan.owner[leaf] == kNoNode) live.kernels.lone_leaves(tables, 0, leaf, leaf + 1);
  live.ask_for_parents(leaf);
  std::size_t level = 1, visited = 0;
  while (!live.waiting.empty()) {
    const std::uint32_t node = live.pop();
    while (live.plan.level_begin[level + 1] <= node) ++level;
    (live.full ? live.kernels.full : live.kernels.values)(tables, level, node, node + 1);
    ++visited;
    // Also where the row came out with the same doubles: a decision further up may rest on what they do not show.
    live.ask_for_parents(node);
  }
  return visited;
}

}  // namespace jenjang::bulk
