#include "engine/cascade/time/time_parts.h"

#include <algorithm>

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {
namespace {

std::vector<bool> covered_places(std::size_t places, std::span<const StatedPart> stated) {
  std::vector<bool> covered(places, false);
  for (const StatedPart& part : stated) {
    std::fill(covered.begin() + static_cast<std::ptrdiff_t>(part.first),
              covered.begin() + static_cast<std::ptrdiff_t>(part.last), true);
  }
  return covered;
}

// Spreads `left` over the places that no stated part covers.
Parts spread(const Rational& left, bool whole_is_negative, std::span<const Decimal> pattern,
             const std::vector<bool>& covered, const Decimal& step) {
  std::vector<Decimal> free_pattern;
  bool weighed = false;
  for (std::size_t i = 0; i < covered.size(); ++i) {
    if (!covered[i]) {
      free_pattern.push_back(pattern[i]);
      weighed |= !pattern[i].is_zero();
    }
  }
  const bool profile_is_zero =
      std::all_of(pattern.begin(), pattern.end(), [](const Decimal& weight) { return weight.is_zero(); });
  const bool nowhere = free_pattern.empty() || (!weighed && !profile_is_zero);
  const bool wrong_way = left.sign() == (whole_is_negative ? 1 : -1);
  const std::optional<Decimal> amount = left.to_decimal();
  if ((nowhere && !left.is_zero()) || wrong_way || !amount) {
    return PartsConflict{left.absolute()};
  }
  const std::vector<Decimal> shares = split_cumulative(*amount, free_pattern, step);
  std::vector<std::optional<Decimal>> parts(covered.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < covered.size(); ++i) {
    if (!covered[i]) {
      parts[i] = shares[next++];
    }
  }
  return parts;
}

}  // namespace

std::optional<std::vector<Decimal>> year_pattern(const MeasureSpec& spec) {
  const auto count = static_cast<std::size_t>(periods_per_year(spec.frequency));
  if (spec.profile.empty()) {
    return std::vector<Decimal>(count, Decimal(1));
  }
  const std::size_t given = spec.profile.size();
  const bool fits = given == 1 || given == 2 || given == 4 || given == 12;
  const bool negative =
      std::any_of(spec.profile.begin(), spec.profile.end(), [](const Decimal& weight) { return weight.is_negative(); });
  if (!fits || negative) {
    return std::nullopt;
  }
  std::vector<Decimal> pattern(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (given <= count) {
      pattern[i] = spec.profile[i * given / count];
      continue;
    }
    const std::size_t group = given / count;
    for (std::size_t k = 0; k < group; ++k) {
      const std::optional<Decimal> sum = Decimal::add(pattern[i], spec.profile[i * group + k]);
      if (!sum) {
        return std::nullopt;
      }
      pattern[i] = *sum;
    }
  }
  return pattern;
}

Parts split_increments(const Decimal& whole, std::span<const Decimal> pattern, std::span<const StatedPart> stated,
                       const Decimal& step) {
  Rational left(whole);
  for (const StatedPart& part : stated) {
    left -= Rational(part.value);
  }
  return spread(left, whole.is_negative(), pattern, covered_places(pattern.size(), stated), step);
}

Parts split_average(const Decimal& whole, std::span<const Decimal> pattern, std::span<const StatedPart> stated,
                    const Decimal& step) {
  const std::size_t places = pattern.size();
  if (stated.empty()) {
    return std::vector<std::optional<Decimal>>(places, whole);
  }
  Rational left = Rational(whole) * Rational(static_cast<std::int64_t>(places));
  for (const StatedPart& part : stated) {
    left -= Rational(part.value) * Rational(static_cast<std::int64_t>(part.last - part.first));
  }
  const std::vector<bool> covered = covered_places(places, stated);
  bool weighed = false;
  for (std::size_t i = 0; i < places; ++i) {
    weighed |= !covered[i] && !pattern[i].is_zero();
  }
  // Where the pattern leaves the free places nothing, a mean can still be met: by equal parts.
  const std::vector<Decimal> equal(places, Decimal(1));
  return spread(left, whole.is_negative(), weighed ? pattern : std::span<const Decimal>(equal), covered, step);
}

std::optional<std::vector<Decimal>> average_by_pattern(const Decimal& whole, std::span<const Decimal> pattern,
                                                       const Decimal& step, Rounding rounding) {
  const Rational count(static_cast<std::int64_t>(pattern.size()));
  const Rational total = Rational(whole) * count;
  Rational sum;
  for (const Decimal& weight : pattern) {
    sum += Rational(weight);
  }
  if (sum.is_zero()) {
    return std::vector<Decimal>(pattern.size(), whole);
  }
  const std::optional<Decimal> amount = total.to_decimal();
  if (amount && whole_steps(total, step)) {
    return split_cumulative(*amount, pattern, step);
  }
  std::vector<Rational> shares;
  for (const Decimal& weight : pattern) {
    shares.push_back(total * Rational(weight) / sum);
  }
  const std::vector<Rational> weights(pattern.size(), Rational(1) / count);
  MeanLaw law;
  law.weights = weights;
  law.wanted = whole;
  law.rounding = rounding;
  const Rounds request{shares, step, {}, {}, {}, {}};
  std::optional<MeanRounding> rounded = round_to_mean(request, law, false);
  return rounded && rounded->holds ? std::optional(std::move(rounded->cells)) : std::nullopt;
}

Parts split_peak(const Decimal& whole, std::span<const Decimal> pattern, std::span<const StatedPart> stated,
                 const Decimal& step) {
  const std::vector<bool> covered = covered_places(pattern.size(), stated);
  std::optional<Decimal> highest;
  for (const StatedPart& part : stated) {
    highest = highest ? std::max(*highest, part.value) : part.value;
  }
  const bool full = std::find(covered.begin(), covered.end(), false) == covered.end();
  if (highest && (*highest > whole || (full && *highest != whole))) {
    return PartsConflict{(Rational(*highest) - Rational(whole)).absolute()};
  }
  // The largest free part is the figure, unless a stated part is already.
  const bool reached = highest && *highest == whole;
  Decimal largest;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    largest = covered[i] && !reached ? largest : std::max(largest, pattern[i]);
  }
  std::vector<std::optional<Decimal>> parts(pattern.size());
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (covered[i]) {
      continue;
    }
    parts[i] = whole;
    if (whole.sign() > 0 && largest.sign() > 0 && pattern[i] < largest) {
      const Rational scaled = Rational(whole) * Rational(pattern[i]) / Rational(largest);
      parts[i] = std::min(nearest_step(scaled, step).value_or(whole), whole);
    }
  }
  return parts;
}

Parts path_cumulative(std::span<const KnownPoint> points, std::span<const Decimal> pattern, const Decimal& step) {
  std::vector<std::optional<Decimal>> path(pattern.size());
  std::size_t first = 0;  // the place after the point before
  Decimal to_date;
  for (const KnownPoint& point : points) {
    const Rational rise = Rational(point.value) - Rational(to_date);
    const std::optional<Decimal> amount = Decimal::subtract(point.value, to_date);
    const std::size_t last = point.place + 1;
    if (!amount || rise.sign() < 0 || (last <= first && rise.sign() != 0)) {
      return PartsConflict{rise.absolute()};
    }
    if (last <= first) {
      continue;
    }
    const std::vector<Decimal> rises = split_cumulative(*amount, pattern.subspan(first, last - first), step);
    for (std::size_t i = first; i < last; ++i) {
      to_date = Decimal::add(to_date, rises[i - first]).value_or(to_date);
      path[i] = to_date.rescaled(step.scale()).value_or(to_date);
    }
    first = last;
  }
  return path;
}

std::vector<std::optional<Decimal>> path_position(std::span<const KnownPoint> points, std::size_t places,
                                                  const std::optional<Decimal>& start, const Decimal& step) {
  std::vector<std::optional<Decimal>> path(places);
  std::size_t first = 0;
  std::optional<Decimal> before = start;
  for (const KnownPoint& point : points) {
    const std::size_t last = point.place + 1;
    for (std::size_t i = first; i < last; ++i) {
      if (!before || i == point.place) {
        path[i] = point.value;
        continue;
      }
      const Rational way(static_cast<std::int64_t>(i + 1 - first), static_cast<std::int64_t>(last - first));
      const Rational value = Rational(*before) + (Rational(point.value) - Rational(*before)) * way;
      path[i] = nearest_step(value, step).value_or(point.value);
    }
    before = point.value;
    first = std::max(first, last);
  }
  return path;
}

std::vector<std::optional<Decimal>> path_position_along(std::span<const KnownPoint> points,
                                                        std::span<const Decimal> indicator,
                                                        const std::optional<Rational>& start_ratio,
                                                        const Decimal& step) {
  std::vector<std::optional<Decimal>> path(indicator.size());
  std::size_t first = 0;
  std::optional<Rational> before = start_ratio;
  for (const KnownPoint& point : points) {
    const std::size_t last = point.place + 1;
    const Rational ratio = Rational(point.value) / Rational(indicator[point.place]);
    const Rational from = before.value_or(ratio);
    for (std::size_t i = first; i < last; ++i) {
      const Rational way(static_cast<std::int64_t>(i + 1 - first), static_cast<std::int64_t>(last - first));
      const Rational value = Rational(indicator[i]) * (from + (ratio - from) * way);
      path[i] = i == point.place ? point.value : nearest_step(value, step).value_or(point.value);
    }
    before = ratio;
    first = std::max(first, last);
  }
  return path;
}

}  // namespace jenjang::cascade
