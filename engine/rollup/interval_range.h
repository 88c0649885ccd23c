// Arithmetic of possible ranges: what interval results are made of, each piece by itself.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "jenjang/rollup/interval.h"

#include "engine/rollup/achievement.h"

namespace jenjang::rollup {

PossibleRange point(const Rational& value);
PossibleRange plus(const PossibleRange& a, const PossibleRange& b);
// A negative factor turns the ends round; zero makes a point.
PossibleRange times(const PossibleRange& range, const Rational& factor);
PossibleRange extremum(const PossibleRange& a, const PossibleRange& b, bool largest);

// Between which limits a figure of this measure lies that nobody reported: rentang_nilai where declared, the ends of
// its grade scale, else what its unit of measure implies; open where nothing is known.
PossibleRange range_of(const Model& model, const Item& item);

// Points that meet every piece of a function which is monotone between `cuts`: the ends, the cuts inside, one point
// between each two, and two beyond the last towards an open end.
std::vector<Rational> samples(const PossibleRange& range, std::vector<Rational> cuts);

// ---- ratios (interval_pairs.cc) -------------------------------------------------------------------

// Where the pair (numerator, denominator) of one unit may lie: the hull of its corners and the directions in which it
// is open.
struct PairRegion {
  std::vector<std::pair<Rational, Rational>> corners;
  bool open_denominator = false;               // direction (0, 1)
  bool open_numerator = false;                 // direction (1, 0)
  std::optional<Rational> gentlest, steepest;  // directions (slope, 1)
  bool unknown = false;                        // a side may be negative: nothing can be said
};
// The quotients that a unit's pair may have; both above zero.
struct QuotientLimits {
  std::optional<Rational> least, most;
};
// Box of both sides, with least x denominator <= numerator <= most x denominator. A limit that the reported figures
// break already is dropped.
PairRegion region_of(const PossibleRange& numerator, const PossibleRange& denominator, const QuotientLimits& limits);
PairRegion scaled(const PairRegion& region, const Rational& weight);
// Least and most of (sum of numerators) / (sum of denominators). nullopt when no denominator can be above zero.
std::optional<PossibleRange> quotient_range(std::span<const PairRegion> regions);

// ---- against a target (interval_target.cc) --------------------------------------------------------

// Raw achievement over all values of the range that have one; nullopt when none has.
std::optional<PossibleRange> achievement_range(const AchievementSpec& spec, Polarity polarity,
                                               const PossibleRange& realised, const Target& target,
                                               const std::optional<Decimal>& baseline);
PossibleRange limited(const AchievementSpec& spec, const PossibleRange& raw);
// yes or no when every value of the range agrees, else uncertain.
Met meets_range(Polarity polarity, const PossibleRange& realised, const Target& target);

}  // namespace jenjang::rollup
