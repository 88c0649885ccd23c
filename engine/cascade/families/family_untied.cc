// Families without a weighted sum: minimum, maximum, share that reaches a mark, no arithmetic at all.
#include <algorithm>
#include <iterator>

#include "engine/cascade/families/family_solving.h"

namespace jenjang::cascade {

using What = FamilyRefusal::What;

FamilyOutcome FamilySolver::solve_untied() {
  const bool extremum = setup_.aggregation != Aggregation::leaf;
  if (!extremum && !limits_.any() && setup_.method->gives_same(Aggregation::leaf)) {
    FamilyOutcome outcome = pass_on_number();
    if (FamilySolution* solution = std::get_if<FamilySolution>(&outcome)) {
      solution->residual.reset();  // nothing is added up
    }
    return outcome;
  }
  const Rational factor = extremum ? Rational(spec_.factor) : Rational(1);
  if (factor.is_zero()) {
    return refuse(AllocationError::zero_denominator, target_);
  }
  const Rational due = target_ / factor;
  std::vector<Rational> shares;
  if (!members_.free.empty()) {
    std::variant<AllocationProblem, FamilyRefusal> made = make_problem(due);
    if (FamilyRefusal* refusal = std::get_if<FamilyRefusal>(&made)) {
      return std::move(*refusal);
    }
    AllocationProblem& problem = std::get<AllocationProblem>(made);
    problem.aggregation = Aggregation::leaf;  // whether the least or greatest holds is judged below, with the held ones
    AllocationResult result = setup_.method->allocate(problem);
    if (AllocationFailure* failure = std::get_if<AllocationFailure>(&result)) {
      return translate(std::move(*failure), Rational());
    }
    shares = std::get<Allocation>(std::move(result)).shares;
  }
  if (extremum) {
    if (std::optional<FamilyRefusal> refusal = extremum_misses(due, shares, factor)) {
      return *std::move(refusal);
    }
  }
  const std::optional<Decimal> as_due = due.to_decimal();
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const bool is_due = shares[k] == due;
    if (is_due && (!as_due || (setup_.declared_step && !whole_steps(due, step_)))) {
      FamilyRefusal refusal = refuse(What::not_whole_steps);
      refusal.wanted = due;
      refusal.step = step_;
      return refusal;
    }
    const std::optional<Decimal> cell = is_due ? as_due : rounded_within(shares[k], limits_.of(k));
    if (!cell) {
      return no_step_within(shares[k]);
    }
    const bool as_written = is_due && factor == Rational(1);
    const bool moved = Rational(*cell) != shares[k];
    solution_.cells.push_back({members_.free[k], as_written ? parent_.target : Target(*cell),
                               moved ? std::optional(shares[k]) : std::nullopt});
  }
  if (extremum) {
    solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, target_, true};
  }
  return finish();
}

std::optional<FamilyRefusal> FamilySolver::extremum_misses(const Rational& due, const std::vector<Rational>& shares,
                                                           const Rational& factor) const {
  const bool lowest = setup_.aggregation == Aggregation::minimum;
  const auto beyond = [lowest](const Rational& a, const Rational& b) { return lowest ? a < b : a > b; };
  std::optional<Rational> reached;
  for (const Rational& share : shares) {
    if (!reached || beyond(share, *reached)) {
      reached = share;
    }
  }
  for (const FixedMember& member : members_.fixed) {
    if (!reached || beyond(member.value, *reached)) {
      reached = member.value;
    }
  }
  if (!reached || *reached == due) {
    return std::nullopt;
  }
  FamilyRefusal refusal = refuse(What::hold_conflict);
  std::copy_if(members_.fixed.begin(), members_.fixed.end(), std::back_inserter(refusal.fixed),
               [&](const FixedMember& member) { return members_.free.empty() || beyond(member.value, due); });
  refusal.wanted = target_;
  refusal.reached = *reached * factor;
  return refusal;
}

std::optional<Decimal> FamilySolver::rounded_within(const Rational& value, const Interval& limit) const {
  const std::optional<Decimal> nearest = nearest_step(value, step_);
  if (!nearest) {
    return std::nullopt;
  }
  Rational cell(*nearest);
  if (limit.lower && cell < *limit.lower) {
    cell = snapped_up(*limit.lower, step_);
  }
  if (limit.upper && cell > *limit.upper) {
    cell = snapped_down(*limit.upper, step_);
  }
  if (limit.lower && cell < *limit.lower) {
    return std::nullopt;
  }
  return nearest_step(cell, step_);
}

FamilyRefusal FamilySolver::no_step_within(const Rational& value) const {
  FamilyRefusal refusal = refuse(What::not_whole_steps);
  refusal.wanted = value;
  refusal.step = step_;
  return refusal;
}

FamilyOutcome FamilySolver::solve_choice() {
  const Rational factor(spec_.factor);
  if (factor.is_zero()) {
    return refuse(AllocationError::zero_denominator, target_);
  }
  if (std::optional<FamilyRefusal> refusal = members_.weigh()) {
    return *std::move(refusal);
  }
  std::variant<AllocationProblem, FamilyRefusal> made = make_problem(target_ / factor);
  if (FamilyRefusal* refusal = std::get_if<FamilyRefusal>(&made)) {
    return std::move(*refusal);
  }
  AllocationProblem& problem = std::get<AllocationProblem>(made);
  const bool higher = spec_.polarity != Polarity::lower;
  const ParameterValue* mark = find_mark();
  for (const FixedMember& member : members_.fixed) {
    if (mark != nullptr && (higher ? member.value >= *mark->number : member.value <= *mark->number)) {
      problem.already_met += member.weight;
    }
  }
  Rational reached = problem.already_met;
  if (!members_.free.empty()) {
    AllocationResult result = setup_.method->allocate(problem);
    if (AllocationFailure* failure = std::get_if<AllocationFailure>(&result)) {
      factor_ = factor;
      return translate(std::move(*failure), Rational());
    }
    const Allocation& allocation = std::get<Allocation>(result);
    for (std::size_t k = 0; k < members_.free.size(); ++k) {
      if (!allocation.chosen.empty() && !allocation.chosen[k]) {
        continue;
      }
      const Rational& share = allocation.shares[k];
      // Never rounded to the wrong side of the mark.
      const std::optional<Decimal> cell =
          nearest_step(higher ? snapped_up(share, step_) : snapped_down(share, step_), step_);
      if (!cell) {
        return no_step_within(share);
      }
      reached += problem.weights[k];
      solution_.cells.push_back(
          {members_.free[k], *cell, Rational(*cell) == share ? std::nullopt : std::optional(share)});
    }
  } else if (reached < problem.target) {
    FamilyRefusal refusal = refuse(What::hold_conflict);
    refusal.fixed = members_.fixed;
    refusal.wanted = target_;
    refusal.reached = reached * factor;
    return refusal;
  }
  solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, reached * factor, true};
  return finish();
}

}  // namespace jenjang::cascade
