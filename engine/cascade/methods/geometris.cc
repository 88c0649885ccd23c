// geometris: every child closes the same share of its gap in logarithms, ln x = ln b + k (ln g - ln b):
// equal proportional closing, which economists know as beta-convergence (algorithms 1.4).
#include <cmath>

#include "engine/cascade/methods/curve.h"

namespace jenjang::cascade {
namespace {

constexpr std::string_view kFrontier = "batas_depan";

class Geometric final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "geometris"; }
  [[nodiscard]] bool needs_baseline() const override { return true; }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return is_weighted_sum(aggregation);
  }
  [[nodiscard]] std::span<const ParameterSpec> parameters() const override {
    static const std::vector<ParameterSpec> specs{{kFrontier, true, {}, 0, {}}};
    return specs;
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    if (std::optional<AllocationFailure> failure = find_missing_baseline(problem)) {
      return *std::move(failure);
    }
    const Rational& frontier = number_of(problem, kFrontier);
    RayFamily reach = rays_of(problem);
    // Zero and below have no logarithm.
    AllocationFailure not_positive = failed(AllocationError::bounds);
    bool rises = false, falls = false;
    for (std::size_t i = 0; i < reach.rays.size(); ++i) {
      Ray& ray = reach.rays[i];
      ray.origin = *problem.baselines[i];
      ray.direction = frontier - ray.origin;
      rises |= ray.direction.sign() > 0;
      falls |= ray.direction.sign() < 0;
      if (ray.weight.sign() < 0) {
        return failed(AllocationError::unsupported_aggregation);
      }
      if (ray.origin.sign() <= 0) {
        not_positive.children.push_back(i);
      }
    }
    if (frontier.sign() <= 0 || !not_positive.children.empty()) {
      return not_positive;
    }
    reach.first = Rational();
    reach.last = Rational(1);
    if (rises && falls) {
      if (std::optional<AllocationFailure> failure = between_the_ends(problem, reach)) {
        return *std::move(failure);
      }
    }
    std::vector<double> start, growth;
    for (const Ray& ray : reach.rays) {
      start.push_back(ray.origin.to_double());
      growth.push_back(std::log(frontier.to_double() / start.back()));
    }
    const Curve curve{[&](std::size_t i, double k) { return start[i] * std::exp(k * growth[i]); }, 0, 1};
    AllocationResult result = meet_on_curve(problem, reach, curve, std::nullopt);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = baselines_of(problem);
    }
    return result;
  }

private:
  // Where some children rise and some fall, the way from the baselines to the frontier may bulge; only
  // targets between its two ends are taken, so that what a straight way reaches a curved one does too.
  static std::optional<AllocationFailure> between_the_ends(const AllocationProblem& problem, const RayFamily& reach) {
    Rational start, end;
    for (const Ray& ray : reach.rays) {
      start += ray.weight * ray.at(Rational());
      end += ray.weight * ray.at(Rational(1));
    }
    if (end < start) {
      std::swap(start, end);
    }
    if (problem.target >= start && problem.target <= end) {
      return std::nullopt;
    }
    AllocationFailure failure{AllocationError::bounds, {}, start, end};
    failure.too_low = problem.target < start;
    return failure;
  }
};

}  // namespace

const AllocationMethod& geometric_method() {
  static const Geometric method;
  return method;
}

}  // namespace jenjang::cascade
