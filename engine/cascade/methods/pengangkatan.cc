// pengangkatan: those who stand lowest are lifted to one level first, as water fills a vessel
// (max-min lift, algorithms 1.4). Nobody falls back. Where lower is better, those who stand highest
// come down to one level.
#include <algorithm>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Lift final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "pengangkatan"; }
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
    const bool up = looks_up(problem);
    RayFamily family = rays_of(problem);
    bool below_zero = problem.target.sign() < 0;
    for (std::size_t i = 0; i < family.rays.size(); ++i) {
      const Rational& baseline = *problem.baselines[i];
      family.rays[i].direction = Rational(1);
      (up ? limit_below : limit_above)(family.rays[i], baseline);
      below_zero |= baseline.sign() < 0;
    }
    // Figures that cannot be negative have zero as their natural floor: a conflict leaves out whoever
    // stands there.
    if (!below_zero) {
      family.first = Rational();
    }
    AllocationResult result = meet_target(problem, family);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = baselines_of(problem);
    } else if (AllocationFailure& failure = std::get<AllocationFailure>(result); failure.least || failure.most) {
      // Already past the target with nobody moving.
      if (up ? failure.too_low : failure.most && problem.target > *failure.most) {
        failure.error = AllocationError::floor_overshoots;
      }
    }
    return result;
  }
};

}  // namespace

const AllocationMethod& lift_method() {
  static const Lift method;
  return method;
}

}  // namespace jenjang::cascade
