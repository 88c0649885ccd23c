// One tree of sums in one year, cut in time from its top.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/cascade/cell_store.h"
#include "engine/cascade/time/time_blocks.h"

namespace jenjang::cascade {

// Weights of the periods of a node's year; none when its profile is at fault.
class PatternSource {
public:
  virtual ~PatternSource() = default;
  // The same pointer for the same weights.
  [[nodiscard]] virtual const std::vector<Decimal>* pattern(NodeId node, int year) = 0;
};

class TimeTree {
public:
  TimeTree(const Model& model, const CellStore& store, PatternSource& patterns, int year)
      : model_(model), store_(store), patterns_(patterns), year_(year) {}

  // Takes in the tree below `root`: children of `open` nodes (by node) that add up.
  void grow(NodeId root, const std::vector<char>& open);
  // nullopt: every node has its parts. Else the node whose family, or whose own year, has no solution.
  std::optional<NodeId> solve();
  void write(CellStore& store) const;

  [[nodiscard]] std::vector<NodeId> nodes() const;

private:
  struct Member {
    NodeId node;
    std::size_t first_child = 0, children = 0;  // in members_; children stand together
    std::vector<TimeBlock> blocks;
    std::vector<std::size_t> stated;  // places with a target of their own
    const std::vector<Decimal>* pattern = nullptr;
    std::optional<Decimal> hard;  // largest declared step here and below
    int digits = 0;               // most decimals written here and below
    Decimal step;                 // of `parts`
    std::vector<std::int64_t> parts;
  };
  bool prepare(Member& member) const;
  void gather_steps();
  bool cut_root();
  bool cut_family(const Member& parent);
  // Children whose profile is the same and of which nothing is stated inside the year.
  bool cut_alike(const std::vector<Member*>& children, const std::vector<std::int64_t>& columns);
  bool cut_by_fit(const std::vector<Member*>& children, const std::vector<std::int64_t>& columns);
  [[nodiscard]] std::vector<Member*> by_key(const Member& parent);

  const Model& model_;
  const CellStore& store_;
  PatternSource& patterns_;
  int year_;
  std::vector<Member> members_;  // parents before children
};

}  // namespace jenjang::cascade
