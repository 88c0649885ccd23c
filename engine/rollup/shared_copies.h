// The second copy of a shared result in a total (Overlap): which figure it is, and whether it is there.
//
// Full credit shows one result at two units, and the total above both takes the copy out again (decision 0026). A copy
// is in the total only where every step of its way carries it, and each step by the rule of its own parent: with
// `bawa-terakhir` a step may hand on an earlier figure, so both ways are walked down step by step, each from the period
// that the step above used. What goes out is the figure that came in along the way of the copy, with the weights that
// held there then. The double side, the exact side and explanations all walk here.
#pragma once

#include <optional>
#include <vector>

#include "jenjang/base/rational.h"
#include "jenjang/graph/period_grid.h"

#include "engine/rollup/semantics.h"

namespace jenjang::rollup {

struct SharedCopy {
  SlotId slot;           // of the shared result's figure that came in as the copy
  bool carried = false;  // one of the ways handed an earlier figure on: then the result is covered by one way at most
  Rational weight;       // negative
};

// `state_at(above, node, slot)`: the state of what `node` offers `above` in a slot of its own, before any carrying.
template <class StateAt>
std::optional<SharedCopy> copy_in(const Model& model, const PeriodGrid& grid, const Overlap& overlap, SlotId slot,
                                  StateAt&& state_at) {
  SharedCopy copy;
  copy.weight = Rational(overlap.weight).negated();
  std::size_t edge = 0;  // of overlap.edges, which list the dated steps of both ways in this order
  for (const bool copied : {true, false}) {
    NodeId above = overlap.parent;
    SlotId at = slot;
    std::vector<NodeId> way = copied ? overlap.copied : overlap.counted;
    way.push_back(overlap.shared);
    for (const NodeId node : way) {
      const Period period = grid[at];
      const auto children = model.graph.children(above);
      const std::size_t first = model.graph.formula_first_edge(above).index();
      // A step over a crosscut has no formula edge.
      const bool formula = edge < overlap.edges.size() && overlap.edges[edge] >= first &&
                           overlap.edges[edge] < first + children.size() &&
                           children[overlap.edges[edge] - first] == node;
      if (formula) {
        const auto held = model.weight_in(overlap.edges[edge], period);
        if (!held) return std::nullopt;
        const Decimal& plain = model.formula_edges[overlap.edges[edge]].weight;
        if (copied && *held != plain && !plain.is_zero()) {
          copy.weight = copy.weight * Rational(*held) / Rational(plain);
        }
        ++edge;
      }
      if (!exists_in(model, node, period) || mixes_definitions(model, above, node, period.year())) return std::nullopt;
      const MeasureSpec& spec = model.item(above).spec;
      const CellState state = state_at(above, node, at);
      if (state != CellState::value) {
        if (spec.missing != MissingPolicy::carry || !may_stand_in(state)) return std::nullopt;
        const auto earlier = carried_from(grid, model, node, at, spec.carry_months,
                                          [&](SlotId before) { return state_at(above, node, before); });
        if (!earlier) return std::nullopt;
        at = *earlier;
        copy.carried = true;
      }
      above = node;
    }
    if (copied) copy.slot = at;
  }
  return copy;
}

}  // namespace jenjang::rollup
