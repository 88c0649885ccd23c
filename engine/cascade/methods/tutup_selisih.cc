// tutup-selisih: every child closes the same share k of its gap to a frontier (algorithms 1.3). As a
// rule k is solved so that the parent holds; a given k walks its path in equal yearly steps and the
// parent takes what comes of it. The one-sided form, where nobody falls back, is a limit at the
// baseline: `minimal: baseline` (`maksimal: baseline` where lower is better).
#include <algorithm>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

constexpr std::string_view kFrontier = "batas_depan";
constexpr std::string_view kShare = "bagian_selisih";
constexpr std::string_view kYears = "tahun_selisih";

class GapClosing final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "tutup-selisih"; }
  [[nodiscard]] bool needs_baseline() const override { return true; }
  // A given share leads somewhere without any parent, so children without arithmetic may have it.
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> parameters) const override {
    return is_weighted_sum(aggregation) ||
           (aggregation == Aggregation::leaf &&
            std::any_of(parameters.begin(), parameters.end(),
                        [](const ParameterValue& value) { return value.key == kShare; }));
  }
  [[nodiscard]] std::span<const ParameterSpec> parameters() const override {
    static const std::vector<ParameterSpec> specs{
        {kFrontier, true, {}}, {kShare, false, {}, 0, 1}, {kYears, false, {}, 1, {}}};
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
    RayFamily family = rays_of(problem);
    for (std::size_t i = 0; i < family.rays.size(); ++i) {
      family.rays[i].origin = *problem.baselines[i];
      family.rays[i].direction = frontier - *problem.baselines[i];
    }
    family.first = Rational();
    family.last = Rational(1);
    AllocationResult result =
        problem.parameter(kShare) == nullptr ? meet_target(problem, family) : walk_path(problem, family);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = baselines_of(problem);
    }
    return result;
  }

private:
  static AllocationResult walk_path(const AllocationProblem& problem, RayFamily& family) {
    const Rational path = problem.parameter(kYears) == nullptr ? Rational(1) : number_of(problem, kYears);
    const Rational walked = std::clamp(Rational(problem.years) / path, Rational(), Rational(1));
    family.first = family.last = number_of(problem, kShare) * walked;
    if (problem.aggregation != Aggregation::leaf) {
      return meet_target(problem, family);  // the range is one point: it meets the target or tells what it reaches
    }
    Allocation out;
    for (std::size_t i = 0; i < family.rays.size(); ++i) {
      const Ray& ray = family.rays[i];
      if (ray.lower && ray.upper && *ray.lower > *ray.upper) {
        return failed(AllocationError::bounds, {i});
      }
      out.shares.push_back(ray.at(*family.first));
    }
    hand_on_limits(family, out);
    return out;
  }
};

}  // namespace

const AllocationMethod& gap_closing_method() {
  static const GapClosing method;
  return method;
}

}  // namespace jenjang::cascade
