// The range of a ratio of sums. Each unit's pair lies in a convex region; the quotient of two linear functions takes
// its extremes on corners, and the corners of a sum are sums of corners, so one figure settles all units at once: for a
// trial quotient q each unit gives the corner with the largest N - qD, and q moves to the quotient found (Dinkelbach,
// finitely many steps because there are finitely many corners).
#include <algorithm>

#include "engine/rollup/interval_range.h"

namespace jenjang::rollup {
namespace {

using Corner = std::pair<Rational, Rational>;

struct Extreme {
  std::optional<Rational> value;  // empty: open
  bool exists = false;            // some sum of corners has a denominator above zero
  bool attained = true;
};

// The largest quotient over sums of corners, or the smallest.
Extreme extreme_of(std::span<const PairRegion> regions, bool largest) {
  Rational numerator, denominator;
  for (const PairRegion& region : regions) {
    const auto best = std::max_element(region.corners.begin(), region.corners.end(),
                                       [](const Corner& a, const Corner& b) { return a.second < b.second; });
    numerator += best->first;
    denominator += best->second;
  }
  Extreme found;
  if (denominator.sign() <= 0) return found;
  found.exists = true;
  for (;;) {
    const Rational trial = numerator / denominator;
    Rational next_numerator, next_denominator;
    bool on_zero = false;
    for (const PairRegion& region : regions) {
      const auto gain = [&](const Corner& corner) {
        const Rational value = corner.first - trial * corner.second;
        return largest ? value : value.negated();
      };
      const Corner* best = &region.corners.front();
      Rational most = gain(*best);
      for (const Corner& corner : region.corners) {
        const Rational here = gain(corner);
        if (most < here) {
          most = here;
          best = &corner;
        }
      }
      next_numerator += best->first;
      next_denominator += best->second;
      // A pair over nought is no pair: its corner is only approached.
      on_zero = on_zero || (best->second.is_zero() && !best->first.is_zero());
    }
    const Rational rest = next_numerator - trial * next_denominator;
    if (rest.is_zero() || next_denominator.is_zero()) {
      found.attained = !on_zero;
      if (rest.is_zero()) found.value = trial;
      return found;  // open where denominators may all shrink to nought below a numerator that does not
    }
    numerator = next_numerator;
    denominator = next_denominator;
  }
}

}  // namespace

PairRegion region_of(const PossibleRange& numerator, const PossibleRange& denominator,
                     const std::optional<Rational>& limit) {
  PairRegion region;
  if (!numerator.least || !denominator.least || numerator.least->sign() < 0 || denominator.least->sign() < 0) {
    region.unknown = !numerator.is_point() || !denominator.is_point();
    if (!region.unknown) region.corners.emplace_back(*numerator.least, *denominator.least);
    return region;
  }
  const Rational& low = *numerator.least;
  const std::optional<Rational>& high = numerator.most;
  const Rational& shallow = *denominator.least;
  const std::optional<Rational>& deep = denominator.most;
  region.open_denominator = !deep;
  const bool limits = limit && limit->sign() > 0 && (!deep || low <= *limit * *deep);
  if (!limits) {
    region.open_numerator = !high;
    region.corners.emplace_back(low, shallow);
    if (high) region.corners.emplace_back(*high, shallow);
    if (deep) region.corners.emplace_back(low, *deep);
    if (high && deep) region.corners.emplace_back(*high, *deep);
    return region;
  }
  // Below the line N = limit x D: the corners on it, and those of the box beneath it.
  const Rational from = std::max(shallow, low / *limit);  // the least denominator that carries the least numerator
  std::optional<Rational> top = high;
  if (deep && (!top || *limit * *deep < *top)) top = *limit * *deep;
  region.corners.emplace_back(low, from);
  const Rational on_line = *limit * from;
  region.corners.emplace_back(top && *top < on_line ? *top : on_line, from);
  if (top) region.corners.emplace_back(*top, std::max(from, *top / *limit));
  if (deep) region.corners.emplace_back(low, *deep);
  if (deep && top) region.corners.emplace_back(*top, *deep);
  if (!top) region.slope = limit;
  return region;
}

PairRegion scaled(const PairRegion& region, const Rational& weight) {
  PairRegion out = region;
  for (auto& [numerator, denominator] : out.corners) {
    numerator *= weight;
    denominator *= weight;
  }
  const bool known = region.corners.size() == 1 && !region.open_denominator && !region.open_numerator && !region.slope;
  out.unknown = region.unknown || (weight.sign() < 0 && !known);
  return out;
}

std::optional<PossibleRange> quotient_range(std::span<const PairRegion> regions) {
  PossibleRange range;
  bool open_denominator = false, open_numerator = false;
  std::optional<Rational> slope;
  for (const PairRegion& region : regions) {
    if (region.unknown) {
      range.attained = false;
      return range;
    }
    open_denominator = open_denominator || region.open_denominator;
    open_numerator = open_numerator || region.open_numerator;
    if (region.slope && (!slope || *slope < *region.slope)) slope = region.slope;
  }
  const Extreme least = extreme_of(regions, false), most = extreme_of(regions, true);
  if (!least.exists && !open_denominator && !slope) return std::nullopt;
  range.least = least.value;
  range.most = most.value;
  range.attained = least.attained && most.attained;
  // Far out along an open direction the quotient nears that direction's own.
  const auto reach = [&](const Rational& value) {
    const bool alone = !least.exists;
    if (alone ? !range.least || value < *range.least : range.least && value < *range.least) {
      range.least = value;
      range.attained = range.attained && alone;
    }
    if (alone ? !range.most || *range.most < value : range.most && *range.most < value) {
      range.most = value;
      range.attained = range.attained && alone;
    }
  };
  if (open_denominator) reach(Rational());
  if (slope) reach(*slope);
  // A numerator above zero over a denominator that may be as near to nought as one likes.
  const auto above_zero = [](const PairRegion& region) {
    return std::any_of(region.corners.begin(), region.corners.end(),
                       [](const Corner& c) { return c.first.sign() > 0; });
  };
  const bool unbounded = !least.exists && std::any_of(regions.begin(), regions.end(), above_zero);
  if (unbounded) range.attained = false;
  if (open_numerator || unbounded) range.most.reset();
  return range;
}

}  // namespace jenjang::rollup
