// Iterative proportional fitting (RAS): the table nearest to a seed that has the wanted margins.
#pragma once

#include <span>

#include "engine/cascade/twoway/table.h"

namespace jenjang::cascade {

struct FittedTable {
  Table<double> table;
  int cycles = 0;
  double error = 0;  // the largest distance of a row's sum from its margin; columns are exact but for binary digits
  bool converged = false;
};
// Scales rows, then columns, again and again until every row is within `tolerance` (algorithms 1.8).
// The limit keeps all odds ratios of the seed; zero cells stay zero. Requires seed >= 0 and margins >= 0 with
// equal sums; a margin without a cell that could carry it never converges. O(cells) a cycle.
FittedTable fit_margins(Table<double> seed, std::span<const double> rows, std::span<const double> columns,
                        double tolerance, int cycle_limit = 10000);

}  // namespace jenjang::cascade
