// geser, skala, kuadrat-terkecil: the least change of the baselines that meets the target, by the same
// step for all (shift), the same factor for all (scale), or by steps in proportion to the weights
// (least squares: heavy children move most). Algorithms 1.5 and 1.6; C16.
#include <algorithm>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

enum class Change { shift, scale, least_squares };

class Adjust final : public AllocationMethod {
public:
  explicit Adjust(Change change) : change_(change) {}
  [[nodiscard]] std::string_view name() const override {
    return change_ == Change::shift ? "geser" : change_ == Change::scale ? "skala" : "kuadrat-terkecil";
  }
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
    if (change_ == Change::scale &&
        std::all_of(priors.begin(), priors.end(), [](const Rational& prior) { return prior.is_zero(); })) {
      return split_by(problem, priors);  // nothing to scale: the policy for zero drivers
    }
    RayFamily family = rays_of(problem);
    for (std::size_t i = 0; i < priors.size(); ++i) {
      Ray& ray = family.rays[i];
      ray.origin = priors[i];
      ray.direction = change_ == Change::shift ? Rational(1) : change_ == Change::scale ? priors[i] : ray.weight;
    }
    // A factor turns no sign around unless the target itself asks for it: x = p + m p with m >= -1.
    if (change_ == Change::scale && problem.target.sign() * standing(problem).sign() >= 0) {
      family.first = Rational(-1);
    }
    AllocationResult result = meet_target(problem, family);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = priors;
      const bool divisible = std::none_of(priors.begin(), priors.end(), [](const Rational& p) { return p.sign() < 0; });
      if (change_ == Change::scale && divisible) {
        allocation->apportion_weights = priors;
      }
    }
    return result;
  }

private:
  Change change_;
};

}  // namespace

const AllocationMethod& shift_method() {
  static const Adjust method(Change::shift);
  return method;
}

const AllocationMethod& scale_method() {
  static const Adjust method(Change::scale);
  return method;
}

const AllocationMethod& least_squares_method() {
  static const Adjust method(Change::least_squares);
  return method;
}

}  // namespace jenjang::cascade
