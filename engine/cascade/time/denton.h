// Parts of years that follow an indicator series without a jump at the turn of the year
// (Denton, first differences, in Cholette's form without a starting condition; algorithms 2, T01, T03).
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace jenjang::cascade {

// x of the least sum over t >= 2 of (x_t/i_t - x_(t-1)/i_(t-1))^2, every year adding up to its benchmark.
// Where the indicator has a zero or changes its sign, the additive form instead: the least sum of
// (d_t - d_(t-1))^2 with d = x - i. Benchmarks are the first years of the indicator; parts beyond the last
// of them keep the last ratio (the last difference). Doubles: the caller snaps to steps and repairs.
// nullopt without a whole year, or when the system has no single answer.
// Cost: O(parts x years + years^3). A ratio's rise is a running sum of one multiplier a year, so the
// unknowns are these and the first ratio, not the parts: five years of months are six equations.
std::optional<std::vector<double>> denton(std::span<const double> indicator, std::span<const double> benchmarks,
                                          std::size_t per_year);

}  // namespace jenjang::cascade
