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

// Half of the plane: a N + b D >= c. Every side of a region is the edge of one.
struct Side {
  Rational a, b, c;
  [[nodiscard]] bool holds(const Corner& at) const { return c <= a * at.first + b * at.second; }
};

// Where two sides cross within all of them. Six sides at most, so fifteen pairs.
std::vector<Corner> corners_within(std::span<const Side> sides) {
  std::vector<Corner> corners;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    for (std::size_t j = i + 1; j < sides.size(); ++j) {
      const Side &x = sides[i], &y = sides[j];
      const Rational turn = x.a * y.b - y.a * x.b;
      if (turn.is_zero()) continue;
      Corner at{(x.c * y.b - y.c * x.b) / turn, (x.a * y.c - y.a * x.c) / turn};
      const bool inside = std::all_of(sides.begin(), sides.end(), [&](const Side& side) { return side.holds(at); });
      if (inside && std::find(corners.begin(), corners.end(), at) == corners.end()) corners.push_back(std::move(at));
    }
  }
  return corners;
}

}  // namespace

PairRegion region_of(const PossibleRange& numerator, const PossibleRange& denominator, const QuotientLimits& limits) {
  PairRegion region;
  if (!numerator.least || !denominator.least || numerator.least->sign() < 0 || denominator.least->sign() < 0) {
    region.unknown = !numerator.is_point() || !denominator.is_point();
    if (!region.unknown) region.corners.emplace_back(*numerator.least, *denominator.least);
    return region;
  }
  const Rational one(1), none;
  std::vector<Side> sides{{one, none, *numerator.least}, {none, one, *denominator.least}};
  if (numerator.most) sides.push_back({one.negated(), none, numerator.most->negated()});
  if (denominator.most) sides.push_back({none, one.negated(), denominator.most->negated()});
  // A limit is dropped where no pair keeps it. Where each can be kept, both can: a quotient below and one above them
  // have every quotient between them on their way through the box.
  const auto keep = [&](const std::optional<Rational>& limit, int sign) {
    if (!limit) return false;
    Side side{Rational(sign), *limit * Rational(-sign), none};
    std::vector<Side> with = sides;
    with.push_back(std::move(side));
    if (corners_within(with).empty()) return false;
    sides = std::move(with);
    return true;
  };
  const bool above = keep(limits.least, 1), below = keep(limits.most, -1);
  region.corners = corners_within(sides);
  // A side that is open leads out along the box, or between the lines of the limits where both sides are.
  if (!denominator.most && !numerator.most) {
    region.open_denominator = !above;
    region.open_numerator = !below;
    if (above) region.gentlest = limits.least;
    if (below) region.steepest = limits.most;
  } else {
    region.open_denominator = !denominator.most && !above;
    region.open_numerator = !numerator.most && !below;
  }
  return region;
}

PairRegion scaled(const PairRegion& region, const Rational& weight) {
  PairRegion out = region;
  for (auto& [numerator, denominator] : out.corners) {
    numerator *= weight;
    denominator *= weight;
  }
  const bool known = region.corners.size() == 1 && !region.open_denominator && !region.open_numerator &&
                     !region.gentlest && !region.steepest;
  out.unknown = region.unknown || (weight.sign() < 0 && !known);
  return out;
}

std::optional<PossibleRange> quotient_range(std::span<const PairRegion> regions) {
  PossibleRange range;
  bool open_denominator = false, open_numerator = false;
  std::optional<Rational> gentlest, steepest;
  for (const PairRegion& region : regions) {
    if (region.unknown) {
      range.attained = false;
      return range;
    }
    open_denominator = open_denominator || region.open_denominator;
    open_numerator = open_numerator || region.open_numerator;
    if (region.gentlest && (!gentlest || *region.gentlest < *gentlest)) gentlest = region.gentlest;
    if (region.steepest && (!steepest || *steepest < *region.steepest)) steepest = region.steepest;
  }
  const Extreme least = extreme_of(regions, false), most = extreme_of(regions, true);
  if (!least.exists && !open_denominator && !gentlest && !steepest) return std::nullopt;
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
  if (gentlest) reach(*gentlest);
  if (steepest) reach(*steepest);
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
