// turun-bersama: a count of bad events falls by the same share everywhere, x = b T / B. Nobody is told
// to get worse, nobody below zero, and who has none keeps none (algorithms 1.10; C30).
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class FallTogether final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "turun-bersama"; }
  [[nodiscard]] bool needs_baseline() const override { return true; }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return aggregation == Aggregation::sum;
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    if (std::optional<AllocationFailure> failure = find_missing_baseline(problem)) {
      return *std::move(failure);
    }
    const std::vector<Rational> baselines = baselines_of(problem);
    if (std::optional<AllocationFailure> failure = find_negative(baselines)) {
      return *std::move(failure);
    }
    RayFamily family = rays_of(problem);
    for (std::size_t i = 0; i < baselines.size(); ++i) {
      Ray& ray = family.rays[i];
      ray.direction = baselines[i];
      limit_below(ray, Rational());
      limit_above(ray, baselines[i]);
    }
    // m is the share that stays; beyond 1 everyone is at the cap and a higher target is out of reach.
    family.first = Rational();
    family.last = Rational(1);
    AllocationResult result = meet_target(problem, family);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = baselines;
      allocation->apportion_weights = baselines;
    }
    return result;
  }
};

}  // namespace

const AllocationMethod& fall_together_method() {
  static const FallTogether method;
  return method;
}

}  // namespace jenjang::cascade
