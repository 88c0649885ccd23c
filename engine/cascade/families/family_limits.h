// The limits of one family's free children in one period, and a method run within them.
#pragma once

#include <utility>
#include <vector>

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/conflict/interval_tree.h"

namespace jenjang::cascade {

class FamilyLimits {
public:
  // `tree` may be null: then there are none.
  FamilyLimits(const FamilySetup& setup, Period period, IntervalTree* tree)
      : setup_(setup), period_(period), tree_(tree) {}

  // Looks up the limits of these children. Costs one bit a child where the plan has none.
  void find(const std::vector<std::size_t>& free);
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] const Interval& of(std::size_t place) const { return limits_[place]; }  // place among the free
  [[nodiscard]] bool allow(const Rational& value) const;                                // for every child
  // Most decimals among them, up to what a target would be written with.
  [[nodiscard]] int digits() const;
  void hand_to(AllocationProblem& problem) const;

  // Runs the method. Where it alone would put a share below zero or a share of a ratio beyond the whole, it runs again
  // within those limits; `beyond` names the latter. A ratio that is not in percent may lie beyond where nothing else
  // is possible.
  AllocationResult allocate(AllocationProblem& problem, const std::vector<std::size_t>& free,
                            std::vector<std::pair<std::size_t, Rational>>& beyond) const;

private:
  const FamilySetup& setup_;
  Period period_;
  IntervalTree* tree_;
  std::vector<Interval> limits_;
  bool any_ = false;
};

}  // namespace jenjang::cascade
