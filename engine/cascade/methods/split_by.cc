#include <algorithm>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {

AllocationResult split_by(const AllocationProblem& problem, std::span<const Rational> w) {
  RayFamily family = rays_of(problem);
  std::vector<Rational> equal_parts;
  if (std::all_of(w.begin(), w.end(), [](const Rational& part) { return part.is_zero(); })) {
    // Nothing to go by: fine as long as the target, zero as a rule, needs nobody to move.
    AllocationResult still = meet_target(problem, family);
    if (std::holds_alternative<Allocation>(still)) {
      return still;
    }
    if (problem.on_zero_driver == ZeroDriverPolicy::refuse) {
      return failed(AllocationError::zero_driver);
    }
    equal_parts.assign(w.size(), Rational(1));
    w = equal_parts;
  }
  const Rational one(1);
  for (std::size_t i = 0; i < w.size(); ++i) {
    if (w[i].is_zero()) {
      continue;
    }
    if (problem.weights[i].is_zero()) {
      return failed(AllocationError::zero_denominator, {i});
    }
    family.rays[i].direction = problem.weights[i] == one ? w[i] : w[i] / problem.weights[i];
  }
  keep_sign(family, problem.target);
  AllocationResult result = meet_target(problem, family);
  if (Allocation* allocation = std::get_if<Allocation>(&result)) {
    allocation->apportion_weights.assign(w.begin(), w.end());
  }
  return result;
}

}  // namespace jenjang::cascade
