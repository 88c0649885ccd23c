#include "engine/cascade/twoway/controlled_rounding.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/cascade/twoway/column_moves.h"

namespace jenjang::cascade {
namespace {

constexpr std::int64_t kBillion = 1000000000;

// Takes every row to its own margin at the least cost. What the columns then have too much.
// nullopt when a row cannot get there.
class RowStart {
public:
  RowStart(StepTable& steps, std::span<const Int128> columns) : steps_(steps), over_(columns.size()) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      over_[j] = -columns[j];
      for (std::size_t i = 0; i < steps.rows(); ++i) {
        over_[j] += steps.floor(i, j);
      }
    }
  }

  std::optional<std::vector<Int128>> run(std::span<const Int128> rows) {
    for (std::size_t i = 0; i < steps_.rows(); ++i) {
      Int128 lacking = rows[i];
      for (std::size_t j = 0; j < steps_.columns(); ++j) {
        lacking -= steps_.floor(i, j);
      }
      // Beyond a step or two for every cell this is no rounding any more.
      const Int128 most = 2 * static_cast<Int128>(steps_.columns());
      if (lacking < -most || lacking > most || !fill(i, lacking)) {
        return std::nullopt;
      }
    }
    return over_;
  }

private:
  bool fill(std::size_t row, Int128 lacking) {
    while (lacking != 0) {
      const std::optional<std::size_t> column = best(row, lacking > 0);
      if (!column) {
        return false;
      }
      move(row, *column, lacking > 0);
      lacking += lacking > 0 ? -1 : 1;
    }
    // Only steps beyond floor and ceiling can leave a swap that pays.
    while (steps_.beyond()) {
      const std::optional<std::size_t> up = best(row, true);
      const std::optional<std::size_t> down = best(row, false);
      if (!up || !down || *up == *down || *steps_.rise(row, *up) + *steps_.fall(row, *down) >= 0) {
        return true;
      }
      move(row, *up, true);
      move(row, *down, false);
    }
    return true;
  }

  [[nodiscard]] std::optional<std::size_t> best(std::size_t row, bool up) const {
    std::optional<std::size_t> best;
    Int128 least = 0;
    for (std::size_t j = 0; j < steps_.columns(); ++j) {
      const std::optional<Int128> cost = up ? steps_.rise(row, j) : steps_.fall(row, j);
      const bool better = cost && (!best || *cost < least ||
                                   (*cost == least && (up ? over_[j] < over_[*best] : over_[j] > over_[*best])));
      if (better) {
        best = j;
        least = *cost;
      }
    }
    return best;
  }

  void move(std::size_t row, std::size_t column, bool up) {
    steps_.move(row, column, up ? 1 : -1);
    over_[column] += up ? 1 : -1;
  }

  StepTable& steps_;
  std::vector<Int128> over_;
};

std::optional<Table<Int128>> round_upright(const FractionTable& exact, std::span<const Int128> rows,
                                           std::span<const Int128> columns) {
  for (const bool beyond : {false, true}) {
    StepTable steps(exact, beyond);
    std::optional<std::vector<Int128>> over = RowStart(steps, columns).run(rows);
    if (over && ColumnMoves(steps, *std::move(over)).run()) {
      return steps.cells();
    }
  }
  return std::nullopt;
}

}  // namespace

FractionTable snapped(const Table<double>& cells) {
  FractionTable exact;
  exact.floor = Table<Int128>(cells.rows, cells.columns);
  exact.part = Table<std::int64_t>(cells.rows, cells.columns);
  exact.whole = kBillion;
  for (std::size_t c = 0; c < cells.cells.size(); ++c) {
    const double floor = std::floor(cells.cells[c]);
    const auto part = static_cast<std::int64_t>(std::llround((cells.cells[c] - floor) * static_cast<double>(kBillion)));
    exact.floor.cells[c] = static_cast<Int128>(floor) + part / kBillion;
    exact.part.cells[c] = part % kBillion;
  }
  return exact;
}

std::optional<Table<Int128>> round_table(const FractionTable& exact, std::span<const Int128> rows,
                                         std::span<const Int128> columns) {
  if (std::accumulate(rows.begin(), rows.end(), Int128{0}) !=
      std::accumulate(columns.begin(), columns.end(), Int128{0})) {
    return std::nullopt;
  }
  if (exact.floor.columns <= exact.floor.rows) {
    return round_upright(exact, rows, columns);
  }
  // Moves are planned between the columns: the smaller side.
  FractionTable turned;
  turned.floor = exact.floor.transposed();
  turned.part = exact.part.transposed();
  turned.whole = exact.whole;
  turned.closed = exact.closed.transposed();
  turned.least = exact.least.transposed();
  turned.most = exact.most.transposed();
  std::optional<Table<Int128>> rounded = round_upright(turned, columns, rows);
  return rounded ? std::optional(rounded->transposed()) : std::nullopt;
}

}  // namespace jenjang::cascade
