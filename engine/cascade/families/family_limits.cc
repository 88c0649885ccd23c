#include "engine/cascade/families/family_limits.h"

#include <algorithm>

namespace jenjang::cascade {
namespace {

constexpr int kWrittenDigits =
    6;  // a limit made by division below has no end of digits; no target is written so finely

}  // namespace

void FamilyLimits::find(const std::vector<std::size_t>& free) {
  limits_.assign(free.size(), Interval{});
  if (tree_ == nullptr) {
    return;
  }
  const CascadeRule& rule = setup_.family->rule;
  const bool by_rule = rule.least || rule.most;
  for (std::size_t k = 0; k < free.size(); ++k) {
    if (by_rule || tree_->is_constrained(setup_.family->children[free[k]])) {
      limits_[k] = tree_->member(setup_, free[k], period_, false);
      any_ = any_ || !limits_[k].is_open();
    }
  }
}

bool FamilyLimits::allow(const Rational& value) const {
  return std::all_of(limits_.begin(), limits_.end(), [&value](const Interval& limit) {
    return (!limit.lower || *limit.lower <= value) && (!limit.upper || value <= *limit.upper);
  });
}

int FamilyLimits::digits() const {
  int digits = 0;
  for (const Interval& limit : limits_) {
    for (const std::optional<Rational>* end : {&limit.lower, &limit.upper}) {
      const std::optional<Decimal> written = *end ? (*end)->to_decimal() : std::nullopt;
      if (written && written->normalised().scale() <= kWrittenDigits) {
        digits = std::max(digits, written->normalised().scale());
      }
    }
  }
  return digits;
}

void FamilyLimits::hand_to(AllocationProblem& problem) const {
  if (!any_) {
    return;
  }
  for (const Interval& limit : limits_) {
    problem.lower.push_back(limit.lower);
    problem.upper.push_back(limit.upper);
  }
}

AllocationResult FamilyLimits::allocate(AllocationProblem& problem, const std::vector<std::size_t>& free,
                                        std::vector<std::pair<std::size_t, Rational>>& beyond) const {
  AllocationResult result = setup_.method->allocate(problem);
  const Allocation* allocation = std::get_if<Allocation>(&result);
  if (allocation == nullptr || tree_ == nullptr || !is_linear(setup_.aggregation)) {
    return result;
  }
  const Family& family = *setup_.family;
  bool below_zero = false;
  const Rational zero;
  for (std::size_t k = 0; k < free.size(); ++k) {
    const Rational& share = allocation->shares[k];
    below_zero =
        below_zero || (share.sign() < 0 && tree_->limits().never_negative(family.parent, family.children[free[k]]));
    if (setup_.aggregation == Aggregation::ratio) {
      const std::optional<Rational> whole = tree_->limits().whole_of(setup_, free[k]);
      if (whole && share > *whole) {
        beyond.emplace_back(free[k], share);
      }
    }
  }
  if (!below_zero && beyond.empty()) {
    return result;
  }
  AllocationProblem bounded = problem;
  bounded.lower.resize(free.size());
  bounded.upper.resize(free.size());
  for (std::size_t k = 0; k < free.size(); ++k) {
    if (below_zero && (!bounded.lower[k] || bounded.lower[k]->sign() < 0) &&
        tree_->limits().never_negative(family.parent, family.children[free[k]])) {
      bounded.lower[k] = zero;
    }
    const std::optional<Rational> whole = beyond.empty() ? std::nullopt : tree_->limits().whole_of(setup_, free[k]);
    if (whole && (!bounded.upper[k] || *bounded.upper[k] > *whole)) {
      bounded.upper[k] = whole;
    }
  }
  AllocationResult again = setup_.method->allocate(bounded);
  const bool may_stay = !below_zero && !tree_->limits().is_percentage(family.parent);
  if (std::holds_alternative<AllocationFailure>(again) && may_stay) {
    return result;
  }
  problem = std::move(bounded);
  return again;
}

}  // namespace jenjang::cascade
