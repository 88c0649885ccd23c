// Cumulative rounding (algorithms 2, T06): to-date figures are rounded, parts are their differences.
#include <algorithm>
#include <optional>

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/rounding/rounding.h"

namespace jenjang {
namespace {

// The same in 128-bit integers, for the common case: a year of whole steps and short weights.
// nullopt when something does not fit.
std::optional<std::vector<Int128>> split_in_integers(Int128 steps, std::span<const Decimal> pattern) {
  int scale = 0;
  for (const Decimal& weight : pattern) {
    scale = std::max(scale, weight.scale());
  }
  std::vector<Int128> weights;
  Int128 sum = 0;
  for (const Decimal& weight : pattern) {
    const std::optional<Decimal> scaled = weight.rescaled(scale);
    if (!scaled || __builtin_add_overflow(sum, scaled->mantissa(), &sum)) {
      return std::nullopt;
    }
    weights.push_back(scaled->mantissa());
  }
  if (sum == 0) {
    std::fill(weights.begin(), weights.end(), Int128{1});
    sum = static_cast<Int128>(weights.size());
  }
  const Int128 size = steps < 0 ? -steps : steps;
  Int128 twice = 0;
  Int128 widest = 0;
  if (__builtin_mul_overflow(size, Int128{2}, &twice) || __builtin_mul_overflow(twice, sum, &widest) ||
      __builtin_add_overflow(widest, sum, &widest)) {
    return std::nullopt;
  }
  std::vector<Int128> to_date;
  Int128 weight_to_date = 0;
  for (const Int128 weight : weights) {
    weight_to_date += weight;
    const Int128 rounded = (twice * weight_to_date + sum) / (2 * sum);  // half up
    to_date.push_back(steps < 0 ? -rounded : rounded);
  }
  return to_date;
}

std::vector<Decimal> split_in_rationals(const Decimal& total, std::span<const Decimal> pattern, const Decimal& step) {
  Rational sum;
  for (const Decimal& weight : pattern) {
    sum += Rational(weight);
  }
  const bool equal = sum.is_zero();
  if (equal) {
    sum = Rational(static_cast<std::int64_t>(pattern.size()));
  }
  const Rational per_weight = Rational(total) / sum;
  std::vector<Decimal> parts;
  Rational weight_to_date;
  Decimal before;
  for (std::size_t m = 0; m < pattern.size(); ++m) {
    weight_to_date += equal ? Rational(1) : Rational(pattern[m]);
    const bool last = m + 1 == pattern.size();
    const Decimal to_date = last ? total : cascade::nearest_step(per_weight * weight_to_date, step).value_or(before);
    const Decimal part = Decimal::subtract(to_date, before).value_or(Decimal());
    // Digits of the step are enough, unless the total itself has more.
    parts.push_back(part.rescaled(step.scale()).value_or(part));
    before = to_date;
  }
  return parts;
}

}  // namespace

std::vector<Decimal> split_cumulative(const Decimal& total, std::span<const Decimal> pattern, const Decimal& step) {
  if (pattern.empty()) {
    return {};
  }
  const std::optional<Int128> steps = cascade::whole_steps(Rational(total), step);
  if (steps) {
    if (const std::optional<std::vector<Int128>> to_date = split_in_integers(*steps, pattern)) {
      std::vector<Decimal> parts;
      Int128 before = 0;
      for (const Int128 count : *to_date) {
        parts.push_back(cascade::steps_to_decimal(count - before, step));
        before = count;
      }
      return parts;
    }
  }
  return split_in_rationals(total, pattern, step);
}

}  // namespace jenjang
