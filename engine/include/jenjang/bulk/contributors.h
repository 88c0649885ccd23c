// The contributors of a node of a FlatPlan: which of what lies below carries most of its value in one month, or costs
// it most of its gap to target.
//
// The rules are those of jenjang/explain/contributors.h: along sums, means and ratios a value is a sum of coefficient x
// figure over the ends of the ways down; what is not linear ends a way. Coefficients go down level by level, each node
// once, over what is reached alone. Whose contributions are closer than their doubles may be off are put in order by
// exact numbers, so that no rounding decides a place; equal ones stand by node.
//
//   ContributorSearch search(plan, figures);       // after roll_up
//   auto found = search.rank({.node = root, .slot = 11});
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "jenjang/bulk/figures.h"

namespace jenjang::bulk {

enum class RankBy : std::uint8_t {
  value,
  gap,  // coefficient x (target - figure), turned round where less is better: what is lacking is positive
};
// Why a way down ends.
enum class WayEnd : std::uint8_t {
  reported,
  not_linear,        // minimum, maximum, share that meets
  limited,           // an achievement at its cap or floor
  formula,           // an achievement that is no multiple of the realisation
  missing,           // no figure where one would have counted (gap alone)
  no_targets_below,  // has a target, its children have none (gap alone)
};

struct RankedContributor {
  std::uint32_t node = 0;
  bool achievement = false;  // the figure is an achievement in percent, its target is 100
  WayEnd end = WayEnd::reported;
  // Doubles within some roundings of the exact ones; the order is exact.
  double coefficient = 0, figure = 0, target = 0, contribution = 0;  // a target that there is not is NaN
};
struct ContributorRanking {
  std::vector<RankedContributor> top;  // by falling contribution
  double total = 0;                    // the value; what is lacking to the target
  std::uint64_t contributors = 0;      // all there are
  std::uint64_t untargeted = 0;        // by gap: figures without a target, which are not among them
  std::uint64_t opened = 0;            // nodes whose children were looked at
  std::uint64_t exact_decisions = 0;   // contributions made in exact numbers
};
struct ContributorQuestion {
  std::uint32_t node = 0;
  unsigned slot = 0;  // month, January 0; of coarse figures (coarse.h) their slot
  RankBy by = RankBy::value;
  std::size_t count = 20;
  bool validated = false;  // lane; requires columns of it
  unsigned threads = 1;    // same answer for any number
  const std::atomic<bool>* cancel = nullptr;
};

class ContributorSearch {
public:
  // Holds references to columns that a roll_up has filled. Of its own a double for each inner node and for each tie of
  // a child with several parents, and a bit for each node. Figures may change between questions, the plan may not.
  ContributorSearch(const FlatPlan& plan, const Figures& figures);
  ~ContributorSearch();
  ContributorSearch(const ContributorSearch&) = delete;
  ContributorSearch& operator=(const ContributorSearch&) = delete;

  // nullopt: the node has no value in that slot, by gap no target either (a goal without one is measured against 100),
  // or it was cancelled. Not for several threads at a time.
  std::optional<ContributorRanking> rank(const ContributorQuestion& question);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jenjang::bulk
