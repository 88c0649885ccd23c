#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {

std::optional<AllocationFailure> find_negative(std::span<const Rational> drivers) {
  AllocationFailure failure{AllocationError::negative_driver, {}, {}, {}};
  for (std::size_t i = 0; i < drivers.size(); ++i) {
    if (drivers[i].sign() < 0) {
      failure.children.push_back(i);
    }
  }
  if (failure.children.empty()) {
    return std::nullopt;
  }
  return failure;
}

AllocationResult split_by(const AllocationProblem& problem, std::span<const Rational> w) {
  Rational sum;
  for (const Rational& part : w) {
    sum += part;
  }
  Allocation out;
  out.shares.resize(w.size());
  std::vector<Rational> equal_parts;
  if (sum.is_zero()) {
    if (problem.target.is_zero()) {
      return out;
    }
    if (problem.on_zero_driver == ZeroDriverPolicy::refuse) {
      return AllocationFailure{AllocationError::zero_driver, {}, {}, {}};
    }
    equal_parts.assign(w.size(), Rational(1));
    w = equal_parts;
    sum = Rational(static_cast<std::int64_t>(w.size()));
  }
  const Rational per_unit = problem.target / sum;
  for (std::size_t i = 0; i < w.size(); ++i) {
    if (w[i].is_zero()) {
      continue;
    }
    if (problem.weights[i].is_zero()) {
      return AllocationFailure{AllocationError::zero_denominator, {i}, {}, {}};
    }
    out.shares[i] = per_unit * w[i];
    if (problem.weights[i] != Rational(1)) {
      out.shares[i] /= problem.weights[i];
    }
  }
  return out;
}

}  // namespace jenjang::cascade
