// The two-way problem as a whole: a table in whole steps with both margins, or why there is none.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "engine/cascade/twoway/controlled_rounding.h"
#include "engine/cascade/twoway/reachability.h"

namespace jenjang::cascade {

struct TwoWayProblem {
  std::vector<Int128> rows, columns;   // margins in steps
  Table<double> seed;                  // >= 0; only proportions within the table matter
  Table<std::optional<Int128>> holds;  // cells that stand, in steps; empty: none
  // Limits of free cells, 0 <= least <= most; empty: none. A cell without seed stays at its least.
  Table<std::optional<Int128>> least, most;
};
struct TwoWaySolution {
  Table<Int128> cells;  // in steps, held cells as they were
  FractionTable exact;  // before rounding; held cells as they were
};
struct TwoWayRefusal {
  enum class What {
    margins_differ,  // needed: the sum of the rows; offered: of the columns
    negative,        // a margin below zero; `rows` or `columns` names it
    hold_conflict,   // holds and least figures of one row or column are more than its margin
    unreachable,     // rows can only use columns, after holds and least figures
    too_large,       // `needed` steps in all, or a seed too uneven: beyond what binary digits can settle
  } what = What::margins_differ;
  std::vector<std::size_t> rows, columns;
  Int128 needed = 0, offered = 0;
};
using TwoWayOutcome = std::variant<TwoWaySolution, TwoWayRefusal>;

// Holds out of both margins, reachability, fit to the seed, controlled rounding (algorithms 1.8).
// Requires a seed of rows x columns. Rows in the order of their keys: ties of rounding go by it.
TwoWayOutcome solve_two_way(const TwoWayProblem& problem);

}  // namespace jenjang::cascade
