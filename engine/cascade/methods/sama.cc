// sama: every child carries the same figure as its parent (replicate), within its own limits.
#include <algorithm>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Replicate final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "sama"; }
  // A sum of n copies would be n times the target (algorithms 1.1).
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return aggregation == Aggregation::leaf || aggregation == Aggregation::weighted_mean ||
           aggregation == Aggregation::ratio || aggregation == Aggregation::minimum ||
           aggregation == Aggregation::maximum;
  }
  [[nodiscard]] bool gives_same(Aggregation /*aggregation*/) const override { return true; }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (problem.weights.empty()) {
      return failed(AllocationError::no_children);
    }
    if (problem.weights.size() > 1 && !supports(problem.aggregation, problem.parameters)) {
      return failed(AllocationError::unsupported_aggregation);
    }
    AllocationResult result = is_weighted_sum(problem.aggregation) ? same_level(problem) : as_far_as_each_can(problem);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->alike = std::all_of(allocation->shares.begin(), allocation->shares.end(),
                                      [&](const Rational& share) { return share == allocation->shares.front(); });
    }
    return result;
  }

private:
  static AllocationResult same_level(const AllocationProblem& problem) {
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
    return meet_target(problem, family);
  }

  // Without arithmetic, or under a minimum or maximum: the target, or the nearest that a child can
  // carry. The worst (best) child must still stand at the target.
  static AllocationResult as_far_as_each_can(const AllocationProblem& problem) {
    const RayFamily family = rays_of(problem);
    const bool lowest = problem.aggregation == Aggregation::minimum;
    Allocation out;
    std::vector<std::size_t> beyond;  // children that cannot come up (down) to the target
    std::vector<std::size_t> short_of;
    for (std::size_t i = 0; i < family.rays.size(); ++i) {
      const Ray& ray = family.rays[i];
      if (ray.lower && ray.upper && *ray.lower > *ray.upper) {
        return failed(AllocationError::bounds, {i});
      }
      Ray still = ray;
      still.origin = problem.target;
      out.shares.push_back(still.at(Rational()));
      if (out.shares.back() != problem.target) {
        ((out.shares.back() < problem.target) == lowest ? beyond : short_of).push_back(i);
      }
    }
    hand_on_limits(family, out);
    if (problem.aggregation == Aggregation::leaf || !is_extremum(problem.aggregation)) {
      return out;
    }
    if (beyond.empty() && short_of.size() < family.rays.size()) {
      return out;
    }
    return out_of_reach(problem, family, beyond, lowest);
  }

  static bool is_extremum(Aggregation aggregation) {
    return aggregation == Aggregation::minimum || aggregation == Aggregation::maximum;
  }

  // A minimum lies anywhere from the least lower limit to the least upper limit; a maximum likewise
  // with the greatest. One child beyond the target is a conflict; short of it all are needed.
  static AllocationFailure out_of_reach(const AllocationProblem& problem, const RayFamily& family,
                                        const std::vector<std::size_t>& beyond, bool lowest) {
    AllocationFailure failure = failed(AllocationError::bounds);
    const auto further = [lowest](const Rational& a, const Rational& b) { return lowest ? a < b : a > b; };
    const auto extreme = [&](std::optional<Rational> Ray::* side, bool all) {
      std::optional<Rational> found;
      for (const Ray& ray : family.rays) {
        if (!(ray.*side)) {
          if (all) {
            return std::optional<Rational>();
          }
          continue;
        }
        if (!found || further(*(ray.*side), *found)) {
          found = ray.*side;
        }
      }
      return found;
    };
    // For a minimum a child without a lower limit can go down without end, one without an upper limit
    // sets no end above; mirrored for a maximum.
    failure.least = extreme(&Ray::lower, lowest);
    failure.most = extreme(&Ray::upper, !lowest);
    failure.too_low = failure.least && problem.target < *failure.least;
    if (beyond.empty()) {
      for (std::size_t i = 0; i < family.rays.size(); ++i) {
        failure.children.push_back(i);
      }
      return failure;
    }
    const auto stop = [&](std::size_t i) { return lowest ? *family.rays[i].upper : *family.rays[i].lower; };
    std::size_t worst = beyond.front();
    for (const std::size_t i : beyond) {
      if (further(stop(i), stop(worst)) ||
          (stop(i) == stop(worst) && !problem.keys.empty() && problem.keys[i] < problem.keys[worst])) {
        worst = i;
      }
    }
    failure.children = {worst};
    return failure;
  }
};

}  // namespace

const AllocationMethod& replicate_method() {
  static const Replicate method;
  return method;
}

}  // namespace jenjang::cascade
