// Incremental roll-up: change one fact, get every affected cell and nothing else.
//
// Heights are the levels of the frozen graph. A change marks the slots of its node that its period flows into; nodes
// are recomputed in order of number, each at most once, by the same code as the full sweep; a node whose cells come out
// equal (every field) stops there (early cut-off). Above a cut-off only those nodes are looked at again whose decision
// was made on exact figures, because these may have moved below the last bit of the double. When the visited edges
// exceed a share of the graph the rest is swept level by level. The columns are bit for bit those of run_rollup on the
// same facts. One thread at a time; a sweep uses RollupOptions::threads.
// Cost of a change: the edges into the nodes that are recomputed, times their marked slots; memory 36 bytes a node and
// 8 a fact beside the result and the facts. Source: height-ordered propagation with cut-off as in Jane Street
// Incremental; decision 0023.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
  // By node, slot, lane; only those whose content differs from before. A cell that only became relevant, or ceased to
  // be, is among them with lane `all`. After `rebuilt` slots are those of the new grid: a relevant cell of a period
  // that was not there counts as different, cells of a period that is gone cannot be named.
  std::vector<ChangedCell> cells;
  std::size_t visited_nodes = 0;  // recomputed
  bool swept = false;             // fell over to the level sweep
  // A period came or went, or the first fact by which the lanes differ (or the last one went): columns were laid out
  // anew. During that both layouts are in memory.
  bool rebuilt = false;
};

class LiveRollup {
public:
  // Keeps references to model and targets; owns the facts. Findings of the first full run go to `sink`; a change makes
  // none, for findings are about the whole and run_rollup(.., facts(), ..) gives them.
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
  // Several at once, one propagation. Of two edits of one cell the later holds.
  struct Edit {
    NodeId node;
    std::optional<Observation> observation;  // empty: withdraw
    Period period;
  };
  ChangeReport apply(std::span<const Edit> edits);

  // Called after each change that changed a fact, with its report; for servers. Returns a handle for unwatch.
  using Watcher = std::function<void(const ChangeReport&)>;
  std::size_t watch(Watcher watcher);
  void unwatch(std::size_t handle);

  // Edges that a change may visit before the rest is swept; the default is a share of all edges.
  void set_sweep_limit(std::size_t edges);

  // Debug: recompute everything beside and compare; the first cell that differs, or nullopt.
  [[nodiscard]] std::optional<ChangedCell> check() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

// The debug mode: the same result as run_rollup, but come to by starting from a part of the facts and feeding, changing
// and withdrawing the others. Findings are those of the full run, which is made beside it; a single bit between the two
// is a fault of the engine and throws std::logic_error with the address of the cell.
RollupResult run_rollup_incrementally(const Model& model, const TargetTable& targets, const Facts& facts,
                                      const RollupOptions& options, DiagnosticSink& sink);

}  // namespace jenjang
