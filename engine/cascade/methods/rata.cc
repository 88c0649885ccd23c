// rata: equal parts of a sum; for means and ratios the same figure for all.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Equal final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "rata"; }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return is_weighted_sum(aggregation);
  }
  [[nodiscard]] bool gives_same(Aggregation aggregation) const override {
    return aggregation == Aggregation::weighted_mean || aggregation == Aggregation::ratio;
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    // With weights of one (a sum) this is T / n.
    RayFamily family = rays_of(problem);
    Rational sum;
    for (Ray& ray : family.rays) {
      ray.direction = Rational(1);
      sum += ray.weight;
    }
    if (sum.is_zero()) {
      return failed(AllocationError::zero_denominator);
    }
    keep_sign(family, problem.target);
    AllocationResult result = meet_target(problem, family);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->apportion_weights.assign(family.rays.size(), Rational(1));
    }
    return result;
  }
};

}  // namespace

const AllocationMethod& equal_method() {
  static const Equal method;
  return method;
}

}  // namespace jenjang::cascade
