// Incremental roll-up: change one fact, get every affected cell and nothing else.
//
// Heights are the levels of the frozen graph. A change marks the slots of its node that its period lies in; nodes are
// recomputed in order of number, each at most once, by the same code as the full sweep; a node whose cells come out
// equal (every field) stops there (early cut-off). When the marked edges exceed a share of the graph the rest is swept
// level by level. The columns are bit for bit those of run_rollup on the same facts.
// Source: height-ordered propagation with cut-off as in Jane Street Incremental; decision 0023.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "jenjang/rollup/rollup.h"

namespace jenjang {

struct ChangedCell {
  NodeId node;
  SlotId slot;
  Lane lane = Lane::all;
  friend bool operator==(const ChangedCell&, const ChangedCell&) = default;
};

struct ChangeReport {
  std::vector<ChangedCell> cells;  // by node, slot, lane; only those whose content differs from before
  std::size_t visited_nodes = 0;
  bool swept = false;    // fell over to the level sweep
  bool rebuilt = false;  // a period outside the grid, or the first unvalidated fact: columns were laid out anew
};

class LiveRollup {
public:
  // Keeps references to model and targets; owns the facts. Findings of the first full run go to `sink`.
  LiveRollup(const Model& model, const TargetTable& targets, Facts facts, const RollupOptions& options,
             DiagnosticSink& sink);
  ~LiveRollup();
  LiveRollup(LiveRollup&&) noexcept;

  [[nodiscard]] const RollupResult& result() const;
  [[nodiscard]] const Facts& facts() const;

  // Sets what is known about one cell: replaces the fact of that node and period, or adds one. The observation is
  // taken as bound (number resolved as in Facts).
  ChangeReport set(NodeId node, Observation observation);
  // Removes it; an empty report when there was none.
  ChangeReport withdraw(NodeId node, Period period);
  // Several at once, one propagation.
  struct Edit {
    NodeId node;
    std::optional<Observation> observation;  // empty: withdraw
    Period period;
  };
  ChangeReport apply(std::span<const Edit> edits);

  // Called after each change with its report; for servers. Returns a handle for unwatch.
  using Watcher = std::function<void(const ChangeReport&)>;
  std::size_t watch(Watcher watcher);
  void unwatch(std::size_t handle);

  // Debug: recompute everything beside and compare; the first cell that differs, or nullopt.
  [[nodiscard]] std::optional<ChangedCell> check() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jenjang
