// What a visit asks about a node, made once: a line of memory for two nodes instead of a dozen columns of the model.
//
// A plain parent is the common case: a sum or a mean over neighbouring nodes that always hold, each with one weight and
// one meaning. It is added up straight from the columns (pull_plain), by the same kernels in the same order as any
// other.
#pragma once

#include <cstdint>
#include <vector>

#include "jenjang/graph/model.h"
#include "jenjang/graph/period_grid.h"
#include "jenjang/graph/target_table.h"

namespace jenjang::rollup {

struct NodePlan {
  enum Trait : std::uint16_t {
    inner = 1,                // its figure comes from children
    plain = 2,                // see above
    carries_achievement = 4,  // plain: its children offer achievements
    mean = 8,                 // plain: a weighted mean, else a sum
    goal = 16,
    has_baseline = 32,
    dense_targets = 64,  // exactly one target in every slot: the place is the slot
    only_parent = 128,   // `parent` is the only node that reads this one, and only slot by slot
    ratio = 256,
    equal_weights = 512,  // plain: all weights are that of the first edge
    crosscut = 1024,      // it has children of other owners
  };
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::uint32_t item = 0;
  std::uint32_t parent = kNone;                    // the first formula parent
  std::uint32_t first_child = 0, child_count = 0;  // plain: neighbours; else child_count only
  std::uint32_t first_edge = 0;
  std::uint32_t first_target = 0;
  std::uint16_t traits = 0;
  [[nodiscard]] bool is(Trait trait) const { return (traits & trait) != 0; }
};
static_assert(sizeof(NodePlan) <= 32);

// `target_begin` by node, into targets.cells.
std::vector<NodePlan> make_node_plans(const Model& model, const TargetTable& targets, const PeriodGrid& grid,
                                      const std::vector<std::uint32_t>& target_begin);

}  // namespace jenjang::rollup
