// Units x time: the parts of a year of a sum and of its children, decided together.
#pragma once

#include <cstdint>
#include <unordered_set>

#include "jenjang/base/watch.h"

#include "engine/cascade/cell_store.h"

namespace jenjang::cascade {

// Parents first: the parent's own parts are the margins of the periods, the years of its children those of
// the rows, each child's profile the seed, targets stated for single parts are holds; controlled rounding gives
// whole steps in both directions at once (algorithms 1.8 and 2, decision 0016). A node above which nothing
// adds up is cut by its own profile. Where a family has no such table (stated parts that disagree, a period that no
// child's profile serves), it and all above it are left for the sums of decision 0014.
// Cost: O(cells x periods) where children share a profile, else that of the two-way fit; deeper trees of
// refused families are tried again once a level.
class TimeFamilies {
public:
  TimeFamilies(const Model& model, CellStore& store, const Watch* watch = nullptr)
      : model_(model), store_(store), watch_(watch) {}

  void run();
  // True when the parts of that year stand.
  [[nodiscard]] bool decided(NodeId node, int year) const { return decided_.contains(key(node, year)); }

private:
  static std::uint64_t key(NodeId node, int year) {
    return (std::uint64_t{node.value()} << 16U) | static_cast<std::uint16_t>(year);
  }
  void run_year(int year);

  const Model& model_;
  CellStore& store_;
  const Watch* watch_;
  std::unordered_set<std::uint64_t> decided_;  // asked only, never walked
};

}  // namespace jenjang::cascade
