// Controlled rounding: every cell to its floor or ceiling so that both margins hold exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "jenjang/base/decimal.h"

#include "engine/cascade/twoway/table.h"

namespace jenjang::cascade {

// Exact cells in steps: floor + part / whole, with 0 <= part < whole.
struct FractionTable {
  Table<Int128> floor;
  Table<std::int64_t> part;
  std::int64_t whole = 1;
  Table<char> closed;                        // cells that may not move, whatever the margins; empty: none
  Table<std::optional<Int128>> least, most;  // limits of single cells; empty: none, and nothing goes below zero
};
// Cells of a binary table, to the billionth of a step: a cell that near to a whole step is that step.
FractionTable snapped(const Table<double>& cells);

// The table of floors and ceilings with these margins that has the least sum of squared departures,
// by minimum-cost flow (algorithms 1.8); there always is one when the exact cells have these margins.
// Cells that were snapped may miss them by a step: then as few steps as possible are taken beyond
// floor and ceiling, never below zero. nullopt when that does not help either.
// Ties: rows choose in their order, first the column that still lacks most, then the lower column.
// Cost with the smaller side m, the larger n: about n m^2 + (moves between columns) x (m^2 + m log n).
std::optional<Table<Int128>> round_table(const FractionTable& exact, std::span<const Int128> rows,
                                         std::span<const Int128> columns);

}  // namespace jenjang::cascade
