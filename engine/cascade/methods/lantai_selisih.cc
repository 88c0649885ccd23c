// lantai-selisih: nobody below a floor, and beyond it everyone closes the same share of the gap to a
// frontier: x = max(floor, b + k max(0, frontier - b)), mirrored where lower is better (algorithms
// 1.4). Leaders keep their baseline.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

constexpr std::string_view kFloor = "lantai";
constexpr std::string_view kFrontier = "batas_depan";

class FloorAndGap final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "lantai-selisih"; }
  [[nodiscard]] bool needs_baseline() const override { return true; }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return is_weighted_sum(aggregation);
  }
  [[nodiscard]] std::span<const ParameterSpec> parameters() const override {
    static const std::vector<ParameterSpec> specs{{kFloor, true, {}}, {kFrontier, true, {}}};
    return specs;
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    if (std::optional<AllocationFailure> failure = find_missing_baseline(problem)) {
      return *std::move(failure);
    }
    const bool up = looks_up(problem);
    const Rational& floor = number_of(problem, kFloor);
    const Rational& frontier = number_of(problem, kFrontier);
    RayFamily family = rays_of(problem);
    for (std::size_t i = 0; i < family.rays.size(); ++i) {
      Ray& ray = family.rays[i];
      ray.origin = *problem.baselines[i];
      const Rational gap = frontier - ray.origin;
      if (gap.sign() == (up ? 1 : -1)) {
        ray.direction = gap;
      }
      const auto limit = up ? limit_below : limit_above;
      limit(ray, floor);
      limit(ray, ray.origin);
    }
    family.first = Rational();
    family.last = Rational(1);
    AllocationResult result = meet_target(problem, family);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = baselines_of(problem);
    } else if (AllocationFailure& failure = std::get<AllocationFailure>(result); failure.least && failure.most) {
      if (up ? failure.too_low : problem.target > *failure.most) {
        overshoots(problem, family, up, failure);
      }
    }
    return result;
  }

private:
  // The floor and the standing of the leaders alone pass the target: C13 names every demand that it
  // takes, counted from nothing. Where figures below zero occur, or lower is better, there is no such
  // nothing and all are needed.
  static void overshoots(const AllocationProblem& problem, const RayFamily& family, bool up,
                         AllocationFailure& failure) {
    failure.error = AllocationError::floor_overshoots;
    std::vector<std::optional<Rational>> demands;
    bool from_zero = up && problem.target.sign() >= 0;
    for (const Ray& ray : family.rays) {
      demands.emplace_back(ray.weight * ray.at(Rational()));
      from_zero &= demands.back()->sign() >= 0;
    }
    if (!from_zero) {
      demands.assign(demands.size(), std::nullopt);
    }
    failure.children = smallest_conflict(demands, problem.target, problem.keys);
  }
};

}  // namespace

const AllocationMethod& floor_gap_method() {
  static const FloorAndGap method;
  return method;
}

}  // namespace jenjang::cascade
