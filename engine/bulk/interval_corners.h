// Corners of the boxes in which pairs lie that nobody has reported whole, and the quotients of sums over them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/bulk/interval_impl.h"

namespace jenjang::bulk {

struct Corner {
  double numerator = 0, denominator = 0;
  [[nodiscard]] bool over_nought() const { return denominator == 0 && numerator != 0; }
};

// A box with its limits as corners and open directions.
struct PairCorners {
  Corner corners[6];
  int count = 0;
  double error = 0;  // relative, of each coordinate
  bool open_numerator = false, open_denominator = false;
  std::optional<double> gentlest, steepest;
  std::uint16_t class_number = 0;
};

// false: doubles do not tell which limits hold.
bool make_corners(const PairBox& box, std::optional<double> least, std::optional<double> most, PairCorners& region);

struct PairSums {
  double numerator = 0, denominator = 0, numerator_error = 0, denominator_error = 0;
};

struct QuotientEnd {
  std::optional<double> value;  // empty: open
  double error = 0;
  bool attained = true, doubtful = false;
};

// The largest or least quotient of sums over all choices of corners. Requires a choice with a denominator above nought,
// and no coordinate below it. `picks` and `before` are room to work in.
QuotientEnd extreme_of(const PairSums& known, std::span<const PairCorners> regions, bool largest,
                       std::vector<std::uint8_t>& picks, std::vector<std::uint8_t>& before);

}  // namespace jenjang::bulk
