// Fitting to margins with limits of single cells (algorithms 1.5, entropy form, with two families of multipliers).
#pragma once

#include <span>

#include "engine/cascade/twoway/ipf.h"

namespace jenjang::cascade {

// Cells are row multiplier x seed x column multiplier, clamped to their limits; rows and columns are set in turn,
// each exactly, by walking the places where one of its cells meets a limit. Without limits this is fit_margins.
// Requires 0 <= least <= most and margins that are reachable within them. O(cells log side) a cycle.
FittedTable fit_within(const Table<double>& seed, std::span<const double> rows, std::span<const double> columns,
                       const Table<double>& least, const Table<double>& most, double tolerance,
                       int cycle_limit = 10000);

}  // namespace jenjang::cascade
