#include "engine/cascade/rounding/rounding_integers.h"

#include <algorithm>
#include <numeric>

#include "engine/base/int128.h"

namespace jenjang::cascade {

std::optional<IntegerParts> apportion_integers(Int128 total_steps, std::span<const Int128> weights,
                                               std::span<const std::string_view> keys) {
  if (total_steps == int128_min()) {
    return std::nullopt;
  }
  const Int128 total = total_steps < 0 ? -total_steps : total_steps;
  IntegerParts parts;
  for (const Int128 weight : weights) {
    if (weight < 0 || __builtin_add_overflow(parts.weight_sum, weight, &parts.weight_sum)) {
      return std::nullopt;
    }
  }
  if (parts.weight_sum == 0) {
    return std::nullopt;
  }
  const std::size_t n = weights.size();
  parts.steps.reserve(n);
  parts.remainders.reserve(n);
  Int128 left = total;
  for (const Int128 weight : weights) {
    Int128 product = 0;
    if (__builtin_mul_overflow(total, weight, &product)) {
      return std::nullopt;
    }
    parts.steps.push_back(product / parts.weight_sum);
    parts.remainders.push_back(product % parts.weight_sum);
    left -= parts.steps.back();
  }
  // Fewer than n steps are left: the remainders, each below one step, add up to them.
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto first = [&](std::size_t a, std::size_t b) {
    if (parts.remainders[a] != parts.remainders[b]) {
      return parts.remainders[a] > parts.remainders[b];
    }
    if (weights[a] != weights[b]) {
      return weights[a] > weights[b];
    }
    if (!keys.empty() && keys[a] != keys[b]) {
      return keys[a] < keys[b];
    }
    return a < b;
  };
  const auto served = order.begin() + static_cast<std::ptrdiff_t>(left);
  std::nth_element(order.begin(), served, order.end(), first);
  for (auto child = order.begin(); child != served; ++child) {
    ++parts.steps[*child];
  }
  if (total_steps < 0) {
    for (Int128& steps : parts.steps) {
      steps = -steps;
    }
  }
  return parts;
}

std::optional<std::vector<Int128>> whole_weights(std::span<const Decimal> drivers) {
  int scale = 0;
  for (const Decimal& driver : drivers) {
    scale = std::max(scale, driver.scale());
  }
  std::vector<Int128> weights;
  weights.reserve(drivers.size());
  for (const Decimal& driver : drivers) {
    const std::optional<Decimal> same = driver.rescaled(scale);
    if (!same) {
      return std::nullopt;
    }
    weights.push_back(same->mantissa());
  }
  return weights;
}

}  // namespace jenjang::cascade
