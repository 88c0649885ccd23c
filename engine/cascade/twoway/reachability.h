// Whether two margins can be met on a given support, by maximum flow in whole steps.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jenjang/base/decimal.h"

#include "engine/cascade/twoway/table.h"

namespace jenjang::cascade {

// Why margins are out of reach: `rows` can only use `columns`; they need `needed`, the columns (and the
// limits of cells elsewhere) offer `offered`, which is less. Both in ascending order; no part of it that hangs
// together by itself can be left out.
struct MarginShortage {
  std::vector<std::size_t> rows, columns;
  Int128 needed = 0, offered = 0;
};

struct Reachability {
  std::optional<MarginShortage> shortage;  // empty: reachable
  // Of a reachable problem: the cells that can be above zero in some table. The others are zero in every
  // table, and a fit that leaves them in would creep towards zero without end.
  Support usable;
};
// Source -> rows -> cells of the support (up to `limits`, where given) -> columns -> sink (algorithms 1.8).
// Requires margins and limits >= 0, equal sums of margins; `limits` is empty or of the size of the support.
// Dinic; O(cells) a phase and few phases in practice.
Reachability reach_margins(std::span<const Int128> rows, std::span<const Int128> columns, const Support& support,
                           const Table<std::optional<Int128>>& limits = {});

}  // namespace jenjang::cascade
