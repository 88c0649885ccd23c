#include "engine/cascade/methods/curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jenjang::cascade {
namespace {

constexpr int kDigits = 12;

// A double to 12 significant digits, as a decimal where it has that few places.
Rational cut(double value) {
  if (value == 0) {
    return {};
  }
  const int magnitude = static_cast<int>(std::floor(std::log10(std::fabs(value))));
  const int places = std::clamp(kDigits - 1 - magnitude, 0, Decimal::kMaxScale);
  const double scaled = value * std::pow(10.0, places);
  if (std::fabs(scaled) > 9e18) {
    return Rational::from_double(value);
  }
  return Rational(Decimal::from_parts(std::llround(scaled), places));
}

class CurveSolver {
public:
  CurveSolver(const AllocationProblem& problem, const RayFamily& reach, const Curve& curve)
      : problem_(problem), reach_(reach), curve_(curve), target_(problem.target.to_double()) {
    // Doubles are added in an order that does not depend on the order of the children.
    order_.resize(reach.rays.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    if (!problem.keys.empty()) {
      std::stable_sort(order_.begin(), order_.end(),
                       [&](std::size_t a, std::size_t b) { return problem.keys[a] < problem.keys[b]; });
    }
    for (const Ray& ray : reach.rays) {
      weights_.push_back(ray.weight.to_double());
      lower_.push_back(ray.lower ? ray.lower->to_double() : -HUGE_VAL);
      upper_.push_back(ray.upper ? ray.upper->to_double() : HUGE_VAL);
    }
  }

  [[nodiscard]] std::vector<Rational> figures() const {
    const double m = solve();
    std::vector<Rational> out;
    for (std::size_t i = 0; i < reach_.rays.size(); ++i) {
      const Ray& ray = reach_.rays[i];
      const double raw = curve_.at(i, m);
      if (!(raw < upper_[i])) {
        out.push_back(*ray.upper);
      } else if (!(raw > lower_[i])) {
        out.push_back(*ray.lower);
      } else {
        Ray still = ray;
        still.direction = Rational();
        still.origin = cut(raw);
        out.push_back(still.at(Rational()));
      }
    }
    return out;
  }

private:
  [[nodiscard]] double total(double m) const {
    double sum = 0;
    for (const std::size_t i : order_) {
      if (weights_[i] != 0) {
        sum += weights_[i] * std::clamp(curve_.at(i, m), lower_[i], upper_[i]);
      }
    }
    return sum;
  }

  [[nodiscard]] double solve() const {
    double low = curve_.first, high = curve_.last;
    // Two thousand doublings are past every finite double; the clamped ends stand for the rest.
    if (std::isinf(low)) {
      for (low = -1; total(low) > target_ && low > -1e300; low *= 2) {
      }
    }
    if (std::isinf(high)) {
      for (high = 1; total(high) < target_ && high < 1e300; high *= 2) {
      }
    }
    const bool rising = total(low) <= total(high);
    for (;;) {
      const double middle = low + (high - low) / 2;
      if (!(middle > low) || !(middle < high)) {
        return middle;
      }
      ((total(middle) < target_) == rising ? low : high) = middle;
    }
  }

  const AllocationProblem& problem_;
  const RayFamily& reach_;
  const Curve& curve_;
  double target_;
  std::vector<std::size_t> order_;
  std::vector<double> weights_, lower_, upper_;
};

// Adds what is missing to the largest contributions, first of those who stand between their limits.
bool repair(const AllocationProblem& problem, const RayFamily& reach, const std::optional<Rational>& floor,
            std::vector<Rational>& figures) {
  Rational rest = problem.target;
  std::vector<Rational> size;
  std::vector<bool> stopped;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Rational part = reach.rays[i].weight * figures[i];
    rest -= part;
    size.push_back(part.absolute());
    stopped.push_back(reach.rays[i].lower == figures[i] || reach.rays[i].upper == figures[i]);
  }
  std::vector<std::size_t> order(figures.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (stopped[a] != stopped[b]) {
      return static_cast<bool>(stopped[b]);
    }
    if (size[a] != size[b]) {
      return size[a] > size[b];
    }
    return !problem.keys.empty() && problem.keys[a] < problem.keys[b];
  });
  for (const std::size_t i : order) {
    if (rest.is_zero()) {
      return true;
    }
    const Ray& ray = reach.rays[i];
    // A child that the method leaves where it stands takes no part.
    if (ray.weight.is_zero() || ray.direction.is_zero()) {
      continue;
    }
    Ray moved = ray;
    if (floor) {
      limit_below(moved, *floor);
    }
    moved.direction = Rational();
    moved.origin = figures[i] + rest / ray.weight;
    const Rational settled = moved.at(Rational());
    rest -= ray.weight * (settled - figures[i]);
    figures[i] = settled;
  }
  return rest.is_zero();
}

}  // namespace

AllocationResult meet_on_curve(const AllocationProblem& problem, const RayFamily& reach, const Curve& curve,
                               const std::optional<Rational>& floor) {
  AllocationResult result = meet_target(problem, reach);
  Allocation* const allocation = std::get_if<Allocation>(&result);
  if (allocation == nullptr) {
    return result;
  }
  // At an end of the reach rays and curve are one, and the shares found are exact already.
  const auto is_end = [&](const std::optional<Rational>& m) {
    if (!m) {
      return false;
    }
    for (std::size_t i = 0; i < reach.rays.size(); ++i) {
      if (reach.rays[i].at(*m) != allocation->shares[i]) {
        return false;
      }
    }
    return true;
  };
  if (is_end(reach.first) || is_end(reach.last)) {
    return result;
  }
  allocation->shares = CurveSolver(problem, reach, curve).figures();
  if (!repair(problem, reach, floor, allocation->shares)) {
    // Only where children pull both ways: the reach of rays and curve differ inside the range.
    return failed(AllocationError::bounds);
  }
  return result;
}

}  // namespace jenjang::cascade
