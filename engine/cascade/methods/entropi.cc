// entropi: the change of the baselines that tells least more than the target does: x = p e^(m a), the
// smallest sum of x ln(x / p) - x + p that meets the target (algorithms 1.5; C14, C16). Never negative.
// Under equal weights that is one factor for all, and exact.
#include <algorithm>
#include <cmath>

#include "engine/cascade/methods/curve.h"

namespace jenjang::cascade {
namespace {

class Entropy final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "entropi"; }
  [[nodiscard]] bool needs_baseline() const override { return true; }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return is_weighted_sum(aggregation);
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    if (std::optional<AllocationFailure> failure = find_missing_baseline(problem)) {
      return *std::move(failure);
    }
    const std::vector<Rational> priors = baselines_of(problem);
    if (std::optional<AllocationFailure> failure = find_negative(priors)) {
      return *std::move(failure);
    }
    if (std::all_of(priors.begin(), priors.end(), [](const Rational& prior) { return prior.is_zero(); })) {
      return split_by(problem, priors);  // nothing to start from: the policy for zero drivers
    }
    // From nothing at m without end below to without end above: the reach of x = m p for m >= 0.
    RayFamily reach = rays_of(problem);
    bool equal_weights = true;
    for (std::size_t i = 0; i < priors.size(); ++i) {
      Ray& ray = reach.rays[i];
      if (ray.weight.sign() < 0) {
        return failed(AllocationError::unsupported_aggregation);
      }
      equal_weights &= ray.weight == reach.rays.front().weight;
      // A child without weight is not moved at all: e^0.
      (ray.weight.is_zero() ? ray.origin : ray.direction) = priors[i];
    }
    reach.first = Rational();
    AllocationResult result = equal_weights ? meet_target(problem, reach) : on_curve(problem, reach, priors);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = priors;
      allocation->apportion_weights = equal_weights ? priors : std::vector<Rational>();
    }
    return result;
  }

private:
  static AllocationResult on_curve(const AllocationProblem& problem, const RayFamily& reach,
                                   const std::vector<Rational>& priors) {
    // Priors that meet the target already stay as they are, to the last digit.
    RayFamily still = reach;
    for (std::size_t i = 0; i < priors.size(); ++i) {
      still.rays[i].origin = priors[i];
      still.rays[i].direction = Rational();
    }
    if (AllocationResult unmoved = meet_target(problem, still); std::holds_alternative<Allocation>(unmoved)) {
      return unmoved;
    }
    std::vector<double> start, pull;
    for (std::size_t i = 0; i < priors.size(); ++i) {
      start.push_back(priors[i].to_double());
      pull.push_back(reach.rays[i].weight.to_double());
    }
    const auto at = [&](std::size_t i, double m) { return start[i] == 0 ? 0 : start[i] * std::exp(m * pull[i]); };
    return meet_on_curve(problem, reach, {at, -HUGE_VAL, HUGE_VAL}, Rational());
  }
};

}  // namespace

const AllocationMethod& entropy_method() {
  static const Entropy method;
  return method;
}

}  // namespace jenjang::cascade
