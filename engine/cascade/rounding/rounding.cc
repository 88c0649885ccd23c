#include "engine/cascade/rounding/rounding.h"

#include <algorithm>
#include <numeric>

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/rounding/rounding_order.h"

namespace jenjang {
namespace cascade {

std::optional<Int128> whole_steps(const Rational& value, const Decimal& step) {
  const Rational quotient = value / Rational(step);
  const std::optional<Int128> count = quotient.floor();
  if (!count || quotient != Rational(Decimal::from_parts(*count, 0))) {
    return std::nullopt;
  }
  return count;
}

Decimal steps_to_decimal(Int128 count, const Decimal& step) {
  return Decimal::from_parts(count * step.mantissa(), step.scale());
}

std::optional<Decimal> nearest_step(const Rational& value, const Decimal& step) {
  const Rational half(1, 2);
  const std::optional<Int128> count = (value.absolute() / Rational(step) + half).floor();
  if (!count) {
    return std::nullopt;
  }
  return steps_to_decimal(value.sign() < 0 ? -*count : *count, step);
}

Decimal unit_step(int places) {
  return Decimal::from_parts(1, std::clamp(places, 0, Decimal::kMaxScale));
}

std::optional<StepRange> StepRange::of(const Rounds& request, std::size_t child) {
  const Rational step(request.step);
  StepRange range;
  const Rational in_steps = request.shares[child] / step;
  const std::optional<Int128> below = in_steps.floor();
  if (!below) {
    return std::nullopt;
  }
  range.floor = *below;
  range.remainder = in_steps - Rational(Decimal::from_parts(*below, 0));
  if (!request.lower.empty() && request.lower[child]) {
    const std::optional<Int128> least = (*request.lower[child] / step).negated().floor();
    if (!least) {
      return std::nullopt;
    }
    range.least = -*least;
  }
  if (!request.upper.empty() && request.upper[child]) {
    range.most = (*request.upper[child] / step).floor();
    if (!range.most) {
      return std::nullopt;
    }
  }
  if (range.least && range.most && *range.least > *range.most) {
    return std::nullopt;  // no multiple of step between the limits
  }
  return range;
}

std::vector<std::size_t> rounding_order(const Rounds& request, const std::vector<StepRange>& ranges) {
  std::vector<std::size_t> order(ranges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto by_remainder = ranges[a].remainder <=> ranges[b].remainder;
    if (by_remainder != std::strong_ordering::equal) {
      return by_remainder == std::strong_ordering::greater;
    }
    if (!request.drivers.empty()) {
      const auto by_driver = request.drivers[a] <=> request.drivers[b];
      if (by_driver != std::strong_ordering::equal) {
        return by_driver == std::strong_ordering::greater;
      }
    }
    return !request.keys.empty() && request.keys[a] < request.keys[b];
  });
  return order;
}

OppositeRounds::OppositeRounds(const Rounds& request)
    : step_(request.step), drivers_(request.drivers), keys_(request.keys) {
  const auto opposite = [](const std::optional<Rational>& limit) {
    return limit ? std::optional(limit->negated()) : std::nullopt;
  };
  for (std::size_t i = 0; i < request.shares.size(); ++i) {
    shares_.push_back(request.shares[i].negated());
    if (!request.lower.empty()) {
      upper_.push_back(opposite(request.lower[i]));
    }
    if (!request.upper.empty()) {
      lower_.push_back(opposite(request.upper[i]));
    }
  }
}

std::optional<std::vector<Decimal>> negated(std::optional<std::vector<Decimal>> cells) {
  if (cells) {
    for (Decimal& cell : *cells) {
      cell = cell.negated();
    }
  }
  return cells;
}

std::optional<std::vector<Decimal>> round_to_total(const Rounds& request, const Rational& total) {
  if (total.sign() < 0) {
    return negated(round_to_total(OppositeRounds(request).rounds(), total.negated()));
  }
  const std::optional<Int128> wanted = whole_steps(total, request.step);
  if (!wanted) {
    return std::nullopt;
  }
  const std::size_t n = request.shares.size();
  std::vector<StepRange> ranges;
  std::vector<Int128> counts;
  Int128 left = *wanted;
  for (std::size_t i = 0; i < n; ++i) {
    std::optional<StepRange> range = StepRange::of(request, i);
    if (!range) {
      return std::nullopt;
    }
    counts.push_back(range->clamped(range->floor));
    left -= counts.back();
    ranges.push_back(*std::move(range));
  }
  const std::vector<std::size_t> order = rounding_order(request, ranges);
  // One pass is enough without limits: fewer than n steps are left. Limits may need more.
  while (left != 0) {
    bool moved = false;
    for (std::size_t k = 0; k < n && left != 0; ++k) {
      const std::size_t child = left > 0 ? order[k] : order[n - 1 - k];
      const Int128 next = counts[child] + (left > 0 ? 1 : -1);
      if (ranges[child].clamped(next) != next) {
        continue;
      }
      left -= next - counts[child];
      counts[child] = next;
      moved = true;
    }
    if (!moved) {
      return std::nullopt;
    }
  }
  std::vector<Decimal> cells;
  cells.reserve(n);
  for (const Int128 count : counts) {
    cells.push_back(steps_to_decimal(count, request.step));
  }
  return cells;
}

}  // namespace cascade

std::vector<Decimal> round_largest_remainder(std::span<const Rational> shares, const Decimal& total,
                                             const Decimal& step, std::span<const Rational> drivers,
                                             std::span<const std::string_view> keys) {
  std::optional<std::vector<Decimal>> cells =
      cascade::round_to_total({shares, step, drivers, keys, {}, {}}, Rational(total));
  return cells ? *std::move(cells) : std::vector<Decimal>{};
}

}  // namespace jenjang
