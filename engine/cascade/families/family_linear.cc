// Families whose parent is a weighted sum: holds out, limits in, method, rounding, law.
#include <algorithm>

#include "engine/cascade/calendar/standings.h"
#include "engine/cascade/conflict/hold_conflict.h"
#include "engine/cascade/families/family_solving.h"
#include "engine/cascade/time/unit_life.h"

namespace jenjang::cascade {

using What = FamilyRefusal::What;

FamilyOutcome FamilySolver::solve_linear() {
  const Rational due = target_ / factor_;  // what the weighted members must add up to
  Rational fixed_sum;
  for (const FixedMember& member : members_.fixed) {
    fixed_sum += member.weight * member.value;
  }
  MeanLaw law;
  law.fixed = fixed_sum;
  law.factor = factor_;
  law.wanted = *parent_.target.number();
  if (setup_.aggregation != Aggregation::sum) {
    law.rounding = spec_.rounding;
  }
  const Rational left = due - fixed_sum;
  const bool overfull = due.sign() >= 0 && left.sign() < 0 &&
                        std::all_of(
                            members_.fixed.begin(), members_.fixed.end(),
                            [](const FixedMember& m) { return (m.weight * m.value).sign() >= 0; });
  if (members_.free.empty() && !law.holds(fixed_sum * factor_) && others_decide(model_, setup_, parent_, store_)) {
    return finish();  // settled by others: no cascade, and nobody here to set it right
  }
  if (members_.free.empty() ? !law.holds(fixed_sum * factor_) : overfull) {
    FamilyRefusal refusal = refuse(What::hold_conflict);
    refusal.fixed = overfull ? least_overfull(members_.fixed, due) : members_.fixed;
    Rational reached;
    for (const FixedMember& member : refusal.fixed) {
      reached += member.weight * member.value;
    }
    refusal.wanted = target_;
    refusal.reached = reached * factor_;
    return refusal;
  }
  if (members_.free.empty()) {
    solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, fixed_sum * factor_, true};
    return finish();
  }
  std::variant<AllocationProblem, FamilyRefusal> made = make_problem(left);
  if (FamilyRefusal* refusal = std::get_if<FamilyRefusal>(&made)) {
    return std::move(*refusal);
  }
  AllocationProblem& problem = std::get<AllocationProblem>(made);
  problem.target = reachable(problem, left, law);
  const std::vector<Rational> weights = problem.weights;
  const std::vector<Rational> lived = lived_parts();
  if (!lived.empty()) {
    count_as_whole(problem, lived);
  }
  AllocationResult result = limits_.allocate(problem, members_.free, solution_.beyond_whole);
  if (AllocationFailure* failure = std::get_if<AllocationFailure>(&result)) {
    return translate(std::move(*failure), fixed_sum);
  }
  if (!lived.empty()) {
    cut_to_life(std::get<Allocation>(result), lived);
    problem.weights = weights;
  }
  law.weights = problem.weights;
  return round_cells(problem, std::get<Allocation>(result), left, law);
}

std::vector<Rational> FamilySolver::lived_parts() const {
  const bool in_part = setup_.aggregation == Aggregation::sum &&
                       std::any_of(members_.free.begin(), members_.free.end(), [this](std::size_t child) {
                         return lives_in_part(model_.unit(family_.children[child]), parent_.period);
                       });
  std::vector<Rational> parts;
  if (!in_part) {
    return parts;
  }
  for (const std::size_t child : members_.free) {
    const NodeId node = family_.children[child];
    parts.push_back(is_flow(model_.item(node).spec) ? living_share(model_, node, parent_.period).value_or(Rational(1))
                                                    : Rational(1));
  }
  return parts;
}

void FamilySolver::count_as_whole(AllocationProblem& problem, std::span<const Rational> lived) const {
  // Declared shares are parts of this very target, and months held already count time: neither is cut again.
  const bool months_held = std::any_of(family_.rule.driver_terms.begin(), family_.rule.driver_terms.end(),
                                       [](const DriverTerm& term) { return term.kind == DriverTerm::Kind::months; });
  const bool by_driver = !family_.rule.driver_terms.empty() && !months_held;
  for (std::size_t k = 0; k < lived.size(); ++k) {
    problem.weights[k] *= lived[k];
    if (by_driver && k < problem.drivers.size()) {
      problem.drivers[k] *= lived[k];
    }
    for (auto* limits : {&problem.lower, &problem.upper}) {
      if (k < limits->size() && (*limits)[k]) {
        (*limits)[k] = *(*limits)[k] / lived[k];
      }
    }
  }
}

void FamilySolver::cut_to_life(Allocation& allocation, std::span<const Rational> lived) {
  for (std::size_t k = 0; k < lived.size(); ++k) {
    allocation.shares[k] *= lived[k];
    for (auto* limits : {&allocation.lower, &allocation.upper}) {
      if (k < limits->size() && (*limits)[k]) {
        (*limits)[k] = *(*limits)[k] * lived[k];
      }
    }
  }
  // What a divisor rounding divides are the parts themselves now.
  allocation.apportion_weights = allocation.shares;
  for (Rational& weight : allocation.apportion_weights) {
    weight = weight.absolute();
  }
}

Rational FamilySolver::reachable(const AllocationProblem& problem, const Rational& left, const MeanLaw& law) {
  for (const bool low : {true, false}) {
    const auto& limits = low ? problem.lower : problem.upper;
    Rational sum;
    bool complete = !limits.empty();
    for (std::size_t k = 0; complete && k < limits.size(); ++k) {
      complete = limits[k].has_value();
      if (complete) {
        sum += problem.weights[k] * *limits[k];
      }
    }
    if (complete && (low ? left < sum : left > sum) && law.holds((law.fixed + sum) * law.factor)) {
      return sum;
    }
  }
  return left;
}

FamilyOutcome FamilySolver::round_cells(const AllocationProblem& problem, const Allocation& allocation,
                                        const Rational& left, const MeanLaw& law) {
  const Rounds request{allocation.shares, step_,           allocation.tie_drivers, problem.keys,
                       allocation.lower,  allocation.upper};
  const bool plain_sum = setup_.aggregation == Aggregation::sum &&
                         std::all_of(problem.weights.begin(), problem.weights.end(),
                                     [](const Rational& weight) { return weight == Rational(1); });
  std::vector<Decimal> cells;
  Rational reached = target_;
  if (plain_sum) {
    if (!whole_steps(left, step_)) {
      FamilyRefusal refusal = refuse(What::not_whole_steps);
      refusal.wanted = left;
      refusal.step = step_;
      return refusal;
    }
    std::optional<std::vector<Decimal>> rounded =
        round_to_total(request, left, family_.rule.rounding, allocation.apportion_weights);
    if (!rounded) {
      return no_room(allocation);
    }
    cells = *std::move(rounded);
  } else {
    std::optional<MeanRounding> rounded = round_to_mean(request, law, allocation.alike);
    if (!rounded) {
      return no_room(allocation);
    }
    if (!rounded->holds) {
      FamilyRefusal refusal = refuse(What::no_rounding);
      refusal.wanted = target_;
      refusal.reached = rounded->aggregated;
      refusal.step = step_;
      return refusal;
    }
    cells = std::move(rounded->cells);
    reached = rounded->aggregated;
  }
  for (std::size_t k = 0; k < members_.free.size(); ++k) {
    const bool moved = Rational(cells[k]) != allocation.shares[k];
    solution_.cells.push_back({members_.free[k], cells[k], moved ? std::optional(allocation.shares[k]) : std::nullopt});
  }
  solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, reached, true};
  return finish();
}

FamilyRefusal FamilySolver::no_room(const Allocation& allocation) const {
  FamilyRefusal refusal = refuse(What::no_rounding);
  refusal.wanted = target_;
  refusal.step = step_;
  Rational reached;
  for (std::size_t k = 0; k < members_.free.size(); ++k) {
    const Rational cell(nearest_step(allocation.shares[k], step_).value_or(Decimal()));
    reached += members_.weights[members_.free[k]] * cell;
  }
  for (const FixedMember& member : members_.fixed) {
    reached += member.weight * member.value;
  }
  refusal.reached = reached * factor_;
  return refusal;
}

}  // namespace jenjang::cascade
