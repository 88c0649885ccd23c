#include <algorithm>

#include "engine/bulk/contributor_walk.h"

namespace jenjang::bulk {

// The exact side is asked, never told: it writes only when it settles a sweep, which nobody does here.
ContributorTables::ContributorTables(const FlatPlan& a_plan, const Figures& some_figures)
    : plan(a_plan),
      figures(some_figures),
      rules(way_rules(a_plan)),
      side(a_plan, const_cast<Figures&>(some_figures)),
      leaves(static_cast<std::uint32_t>(a_plan.leaf_count())),
      worth(a_plan.inner_count()),
      shared_bits(a_plan.node_count() / 64 + 1) {
  std::fill(worth.begin(), worth.end(), 0.0);
  std::uint32_t most = 1;
  for (std::size_t i = 0; i < plan.shared.size();) {
    const std::uint32_t child = plan.shared[i].child;
    shared_bits[child / 64] |= std::uint64_t{1} << (child % 64);
    shared_first.push_back(static_cast<std::uint32_t>(i));
    if (child < leaves) shared_leaves.push_back(child);
    std::uint32_t parents = 1;
    for (; i < plan.shared.size() && plan.shared[i].child == child; ++i) ++parents;
    most = std::max(most, parents);
  }
  shared_first.push_back(static_cast<std::uint32_t>(plan.shared.size()));
  std::uint32_t before = 0;
  for (const std::uint64_t word : shared_bits) {
    shared_ranks.push_back(before);
    before += static_cast<std::uint32_t>(__builtin_popcountll(word));
  }
  by_owner.assign(shared_first.size() - 1, 0);
  by_others.assign(plan.shared.size(), 0);
  for (const ClassBounds& bounds : plan.bounds) doubtful_pairs = doubtful_pairs || bounds.pair_offset != 0;
  for (const MeasureClass& measure : plan.classes) {
    void_factors = void_factors || (measure.aggregation == Aggregation::ratio && measure.factor.is_zero());
  }
  find_steps(most);
}

// At each level: the products and quotients of one step, the sum over a node's parents, and two denominators.
void ContributorTables::find_steps(std::uint32_t most_parents) {
  const std::size_t classes = plan.classes.size();
  steps.assign(plan.level_count() + 1, 0);
  for (std::size_t level = 0; level < plan.level_count(); ++level) {
    double pair = 0;
    for (std::size_t c = 0; c < classes; ++c) pair = std::max(pair, plan.bounds[level * classes + c].pair_steps);
    steps[level + 1] = steps[level] + 10 + most_parents + 2 * (pair + 1);
  }
}

}  // namespace jenjang::bulk
