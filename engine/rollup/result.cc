#include <cassert>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/crosscut_totals.h"
#include "engine/rollup/engine.h"

namespace jenjang {

const ResultCell& RollupResult::at(NodeId node, SlotId slot, Lane lane) const {
  assert(node.index() < nodes_ && slot.index() < grid_.size());
  // Without an unvalidated fact the two lanes are the same.
  const auto& cells = lane == Lane::validated && has_validated_lane() ? validated_ : all_;
  return cells[first_cell(node.index(), grid_.size()) + slot.index() * kAbreast];
}

bool RollupResult::is_relevant(NodeId node, SlotId slot) const {
  assert(node.index() < nodes_ && slot.index() < grid_.size());
  return relevant_[node.index() * grid_.size() + slot.index()] != 0;
}

RollupResult run_rollup(const Model& model, const TargetTable& targets, const Facts& facts,
                        const RollupOptions& options, DiagnosticSink& sink) {
  RollupEngine engine(model, targets, facts, options);
  engine.sweep(&sink);
  RollupResult result = engine.take();
  rollup::report_credit(model, result, targets, facts, sink);
  return result;
}

}  // namespace jenjang
