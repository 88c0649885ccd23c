// pilih: which children shall reach the mark, so that the share that meets it is at least the target
// (aggregation terpenuhi). The fewest in one fixed order, so that a higher target only adds children:
// nearest to the mark first, or largest driver first. The rest get no target.
#include <algorithm>
#include <numeric>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

constexpr std::string_view kMark = "ambang";
constexpr std::string_view kOrder = "urut";
constexpr std::string_view kByDriver = "pemacu";

bool goes_by_driver(std::span<const ParameterValue> parameters) {
  return std::any_of(parameters.begin(), parameters.end(),
                     [](const ParameterValue& value) { return value.key == kOrder && value.word == kByDriver; });
}

class Choose final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "pilih"; }
  // Baselines decide the order, or at least keep what is better than the mark already.
  [[nodiscard]] bool needs_baseline() const override { return true; }
  [[nodiscard]] bool needs_driver(std::span<const ParameterValue> parameters) const override {
    return goes_by_driver(parameters);
  }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return aggregation == Aggregation::share_meeting;
  }
  [[nodiscard]] std::span<const ParameterSpec> parameters() const override {
    static const std::vector<ParameterSpec> specs{{kMark, true, {}}, {kOrder, false, {"terdekat", kByDriver}}};
    return specs;
  }
  [[nodiscard]] std::optional<AllocationFailure> check_drivers(
      std::span<const Rational> drivers, std::span<const ParameterValue> /*parameters*/) const override {
    return find_negative(drivers);
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    const bool by_driver = goes_by_driver(problem.parameters);
    if (by_driver && problem.drivers.size() != problem.weights.size()) {
      return failed(AllocationError::zero_driver);
    }
    if (std::optional<AllocationFailure> failure = find_missing_baseline(problem); failure && !by_driver) {
      return *std::move(failure);
    }
    return Chooser(problem, by_driver).run();
  }

private:
  class Chooser {
  public:
    Chooser(const AllocationProblem& problem, bool by_driver)
        : problem_(problem),
          mark_(number_of(problem, kMark)),
          higher_(problem.polarity != Polarity::lower),
          by_driver_(by_driver),
          family_(rays_of(problem)) {}

    [[nodiscard]] AllocationResult run() const {
      const std::size_t n = family_.rays.size();
      for (std::size_t i = 0; i < n; ++i) {
        const Ray& ray = family_.rays[i];
        if (ray.lower && ray.upper && *ray.lower > *ray.upper) {
          return failed(AllocationError::bounds, {i});
        }
      }
      Allocation out;
      out.shares.resize(n);
      out.chosen.assign(n, false);
      Rational met = problem_.already_met;
      for (const std::size_t child : order()) {
        if (met >= problem_.target) {
          break;
        }
        out.chosen[child] = true;
        out.shares[child] = figure(child);
        met += problem_.weights[child];
      }
      if (met < problem_.target) {
        return out_of_reach(met);
      }
      hand_on_limits(family_, out);
      if (by_driver_) {
        out.tie_drivers = problem_.drivers;
      }
      return out;
    }

  private:
    [[nodiscard]] bool better(const Rational& a, const Rational& b) const { return higher_ ? a > b : a < b; }
    // The limit on the far side of the mark stands in the way when it lies before the mark.
    [[nodiscard]] bool able(std::size_t child) const {
      const std::optional<Rational>& stop = higher_ ? family_.rays[child].upper : family_.rays[child].lower;
      return !stop || !better(mark_, *stop);
    }
    // The other limit may ask for the mark anyway.
    [[nodiscard]] bool bound_to(std::size_t child) const {
      const std::optional<Rational>& floor = higher_ ? family_.rays[child].lower : family_.rays[child].upper;
      return floor && !better(mark_, *floor);
    }
    [[nodiscard]] const std::optional<Rational>* baseline(std::size_t child) const {
      return child < problem_.baselines.size() && problem_.baselines[child] ? &problem_.baselines[child] : nullptr;
    }
    // The mark, or a better baseline, within the limits.
    [[nodiscard]] Rational figure(std::size_t child) const {
      Ray still = family_.rays[child];
      still.direction = Rational();
      still.origin = mark_;
      if (const std::optional<Rational>* own = baseline(child); own != nullptr && better(**own, mark_)) {
        still.origin = **own;
      }
      return still.at(Rational());
    }

    [[nodiscard]] std::vector<std::size_t> order() const {
      std::vector<std::size_t> children;
      for (std::size_t i = 0; i < family_.rays.size(); ++i) {
        if (able(i)) {
          children.push_back(i);
        }
      }
      std::stable_sort(children.begin(), children.end(), [this](std::size_t a, std::size_t b) {
        if (bound_to(a) != bound_to(b)) {
          return bound_to(a);
        }
        const Rational& own_a = by_driver_ ? problem_.drivers[a] : *problem_.baselines[a];
        const Rational& own_b = by_driver_ ? problem_.drivers[b] : *problem_.baselines[b];
        if (own_a != own_b) {
          // Nearest to the mark is furthest on the good side: the gap mark - b is least.
          return by_driver_ ? own_a > own_b : better(own_a, own_b);
        }
        return !problem_.keys.empty() && problem_.keys[a] < problem_.keys[b];
      });
      return children;
    }

    [[nodiscard]] AllocationFailure out_of_reach(const Rational& reached) const {
      AllocationFailure failure = failed(AllocationError::bounds);
      failure.least = problem_.already_met;
      failure.most = reached;
      std::vector<std::optional<Rational>> kept_back;
      Rational everyone = problem_.already_met;
      for (std::size_t i = 0; i < family_.rays.size(); ++i) {
        everyone += problem_.weights[i];
        kept_back.emplace_back(able(i) ? Rational() : problem_.weights[i]);
      }
      failure.children = smallest_conflict(kept_back, everyone - problem_.target, problem_.keys);
      return failure;
    }

    const AllocationProblem& problem_;
    const Rational& mark_;
    bool higher_, by_driver_;
    RayFamily family_;
  };
};

}  // namespace

const AllocationMethod& choose_method() {
  static const Choose method;
  return method;
}

}  // namespace jenjang::cascade
