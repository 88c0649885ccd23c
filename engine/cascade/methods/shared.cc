#include <algorithm>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {

std::optional<AllocationFailure> refuse_at_once(const AllocationMethod& method, const AllocationProblem& problem) {
  if (problem.weights.empty()) {
    return failed(AllocationError::no_children);
  }
  if (!method.supports(problem.aggregation, problem.parameters)) {
    return failed(AllocationError::unsupported_aggregation);
  }
  return std::nullopt;
}

std::optional<AllocationFailure> find_missing_baseline(const AllocationProblem& problem) {
  AllocationFailure missing = failed(AllocationError::needs_baseline);
  for (std::size_t i = 0; i < problem.weights.size(); ++i) {
    if (i >= problem.baselines.size() || !problem.baselines[i]) {
      missing.children.push_back(i);
    }
  }
  if (missing.children.empty()) {
    return std::nullopt;
  }
  return missing;
}

std::optional<AllocationFailure> find_negative(std::span<const Rational> drivers) {
  AllocationFailure failure = failed(AllocationError::negative_driver);
  for (std::size_t i = 0; i < drivers.size(); ++i) {
    if (drivers[i].sign() < 0) {
      failure.children.push_back(i);
    }
  }
  if (failure.children.empty()) {
    return std::nullopt;
  }
  return failure;
}

const Rational& number_of(const AllocationProblem& problem, std::string_view key) {
  return *problem.parameter(key)->number;
}

std::vector<Rational> baselines_of(const AllocationProblem& problem) {
  std::vector<Rational> out;
  out.reserve(problem.baselines.size());
  for (const std::optional<Rational>& baseline : problem.baselines) {
    out.push_back(*baseline);
  }
  return out;
}

Rational standing(const AllocationProblem& problem) {
  Rational sum;
  for (std::size_t i = 0; i < problem.weights.size(); ++i) {
    sum += problem.weights[i] * *problem.baselines[i];
  }
  return sum;
}

bool looks_up(const AllocationProblem& problem) {
  return problem.polarity == Polarity::higher ||
         (problem.polarity != Polarity::lower && problem.target >= standing(problem));
}

RayFamily rays_of(const AllocationProblem& problem) {
  RayFamily family;
  family.rays.resize(problem.weights.size());
  for (std::size_t i = 0; i < family.rays.size(); ++i) {
    Ray& ray = family.rays[i];
    ray.weight = problem.weights[i];
    if (!problem.lower.empty()) {
      ray.lower = problem.lower[i];
    }
    if (!problem.upper.empty()) {
      ray.upper = problem.upper[i];
    }
  }
  return family;
}

void limit_below(Ray& ray, const Rational& value) {
  if (!ray.lower || *ray.lower < value) {
    ray.lower = value;
  }
}

void limit_above(Ray& ray, const Rational& value) {
  if (!ray.upper || *ray.upper > value) {
    ray.upper = value;
  }
}

void keep_sign(RayFamily& family, const Rational& target) {
  Rational pull;
  for (const Ray& ray : family.rays) {
    pull += ray.weight * ray.direction;
  }
  (target.sign() * pull.sign() >= 0 ? family.first : family.last) = Rational();
}

void hand_on_limits(const RayFamily& family, Allocation& allocation) {
  if (std::any_of(family.rays.begin(), family.rays.end(), [](const Ray& ray) { return ray.lower.has_value(); })) {
    for (const Ray& ray : family.rays) {
      allocation.lower.push_back(ray.lower);
    }
  }
  if (std::any_of(family.rays.begin(), family.rays.end(), [](const Ray& ray) { return ray.upper.has_value(); })) {
    for (const Ray& ray : family.rays) {
      allocation.upper.push_back(ray.upper);
    }
  }
}

AllocationResult meet_target(const AllocationProblem& problem, const RayFamily& family) {
  std::variant<RayPoint, AllocationFailure> met = meet(family, problem.target, problem.keys);
  if (AllocationFailure* failure = std::get_if<AllocationFailure>(&met)) {
    return std::move(*failure);
  }
  Allocation out;
  out.shares = std::get<RayPoint>(std::move(met)).values;
  hand_on_limits(family, out);
  return out;
}

}  // namespace jenjang::cascade
