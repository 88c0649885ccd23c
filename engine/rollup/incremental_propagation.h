// Propagation: from the nodes whose facts changed to every cell that depends on them, lowest node first.
//
// Three kinds of mark by node and slot:
//   cells      an input of the cell changed: recompute it
//   exact      all inputs kept their bits, but an exact figure below may have moved (0.1 and 0.1 + 10^-30 are one
//              double): recompute only where the exact side decided, and pass the mark on
//   relevance  a child became relevant or ceased to be
// Nodes wait in a heap by number. Children have lower numbers than parents, so every node is taken once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "jenjang/rollup/incremental.h"

#include "engine/rollup/engine.h"

namespace jenjang {

class Propagation {
public:
  explicit Propagation(RollupEngine& engine);
  // Edges visited by one run before it sweeps the rest.
  void set_limit(std::size_t edges) { limit_ = edges; }
  // A fact about that node and period changed; with `came_or_went` there was none before, or is none now.
  void mark(NodeId node, Period period, bool came_or_went);
  // Ask memory for what a change of that fact will read at the node and then on its way up.
  void foresee_node(NodeId node, Period period);
  void foresee(NodeId node);
  void run(ChangeReport& report);

private:
  enum Kind : std::size_t { cells, exact, relevance, kKinds };

  std::uint64_t* marks(NodeId node, Kind kind);  // words of the node's mask; puts it into the heap when new
  void mark_slot(NodeId node, Kind kind, std::size_t slot) {
    marks(node, kind)[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  [[nodiscard]] std::uint32_t slot_around(Period period);
  void visit(NodeId node, ChangeReport& report);
  // Computes the slots of the node anew; the changed ones go to changed_ and the report.
  void recompute(RollupWorker& worker, NodeId node, std::span<const std::uint32_t> slots, ChangeReport& report);
  void mark_parents(NodeId node, Kind kind, std::span<const std::uint32_t> slots);
  void mark_parent(NodeId parent, Kind kind, std::span<const std::uint32_t> slots);
  [[nodiscard]] bool decides_exactly(NodeId node, std::size_t slot) const;
  void sweep_from(NodeId first, ChangeReport& report);
  void collect(const std::uint64_t* words, std::vector<std::uint32_t>& slots) const;
  void clear();

  RollupEngine& engine_;
  const Model& model_;
  const bool lanes_;
  const std::size_t slots_, words_;
  std::size_t limit_, visited_edges_ = 0;
  std::pair<Period, std::uint32_t> around_;  // the period asked for last and its slot: one change asks twice
  // Readers beyond the edges: a total that takes out a second copy of a shared result looks at the nodes between.
  std::vector<std::pair<NodeId, NodeId>> beyond_;  // node below, reader; sorted
  // Readers with a way on which an earlier figure may be handed on: any period of what is below may count in any other.
  std::vector<NodeId> carrying_;       // sorted
  std::vector<std::uint32_t> entry_;   // by node: 1 + index of its masks, 0 when it is not marked
  std::vector<std::uint64_t> masks_;   // [entry][kind][word]
  std::vector<std::uint32_t> heap_;    // nodes, the lowest on top
  std::vector<std::uint32_t> marked_;  // all nodes with an entry
  // Of the node in hand.
  std::vector<std::uint32_t> wanted_, changed_, moved_, shown_, list_;
  std::vector<std::uint8_t> was_relevant_;
  std::vector<ResultCell> before_all_, before_validated_;
  std::vector<double> before_known_;
  std::vector<std::uint64_t> own_masks_;
};

// Every field, doubles by their bits.
bool same_cell(const ResultCell& a, const ResultCell& b);
// The first cell in which two results of one model differ, relevance included; the first cell of all when the grids
// or the lanes do.
std::optional<ChangedCell> first_difference(const Model& model, const RollupResult& a, const RollupResult& b);

}  // namespace jenjang
