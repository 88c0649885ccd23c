#include "engine/cascade/twoway/two_way.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/cascade/twoway/bounded_fit.h"
#include "engine/cascade/twoway/ipf.h"

namespace jenjang::cascade {
namespace {

using What = TwoWayRefusal::What;

// A binary figure of this size still tells quarters of a step apart, so that rounding ends within a step.
constexpr Int128 kMostSteps = Int128{1} << 50;

std::vector<double> to_doubles(const std::vector<Int128>& steps) {
  std::vector<double> values;
  values.reserve(steps.size());
  for (const Int128 count : steps) {
    values.push_back(static_cast<double>(count));
  }
  return values;
}

class Solver {
public:
  explicit Solver(const TwoWayProblem& problem)
      : problem_(problem),
        rows_(problem.rows),
        columns_(problem.columns),
        support_(problem.rows.size(), problem.columns.size(), 0) {}

  TwoWayOutcome run() {
    if (std::optional<TwoWayRefusal> refusal = take_margins()) {
      return *std::move(refusal);
    }
    bool gaps = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_.size(); ++j) {
        const Int128* most = at(problem_.most, i, j);
        const bool full = most != nullptr && *most <= base(i, j);
        const bool open = hold(i, j) == nullptr && problem_.seed.at(i, j) > 0 && !full;
        support_.at(i, j) = open && rows_[i] > 0 && columns_[j] > 0 ? 1 : 0;
        gaps |= !open;
      }
    }
    if (gaps || limited() || columns_.empty() || rows_.empty()) {
      Reachability reach = reach_margins(rows_, columns_, support_, room());
      if (reach.shortage) {
        return TwoWayRefusal{What::unreachable, std::move(reach.shortage->rows), std::move(reach.shortage->columns),
                             reach.shortage->needed, reach.shortage->offered};
      }
      support_ = std::move(reach.usable);
    }
    return fit();
  }

private:
  using Limits = Table<std::optional<Int128>>;
  static const Int128* at(const Limits& limits, std::size_t i, std::size_t j) {
    return limits.cells.empty() || !limits.at(i, j) ? nullptr : &*limits.at(i, j);
  }
  [[nodiscard]] const Int128* hold(std::size_t i, std::size_t j) const { return at(problem_.holds, i, j); }
  // What a cell has before anything is divided.
  [[nodiscard]] Int128 base(std::size_t i, std::size_t j) const {
    const Int128* held = hold(i, j);
    const Int128* least = held == nullptr ? at(problem_.least, i, j) : held;
    return least == nullptr ? Int128{0} : *least;
  }
  [[nodiscard]] bool limited() const { return !problem_.least.cells.empty() || !problem_.most.cells.empty(); }
  // How far each cell can rise above its base.
  [[nodiscard]] Limits room() const {
    Limits room;
    if (problem_.most.cells.empty()) {
      return room;
    }
    room = Limits(rows_.size(), columns_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_.size(); ++j) {
        if (const Int128* most = at(problem_.most, i, j)) {
          room.at(i, j) = std::max(*most - base(i, j), Int128{0});
        }
      }
    }
    return room;
  }

  std::optional<TwoWayRefusal> take_margins() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i] < 0) {
        return TwoWayRefusal{What::negative, {i}, {}, rows_[i], 0};
      }
    }
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      if (columns_[j] < 0) {
        return TwoWayRefusal{What::negative, {}, {j}, columns_[j], 0};
      }
    }
    const Int128 by_row = std::accumulate(rows_.begin(), rows_.end(), Int128{0});
    const Int128 by_column = std::accumulate(columns_.begin(), columns_.end(), Int128{0});
    if (by_row != by_column) {
      return TwoWayRefusal{What::margins_differ, {}, {}, by_row, by_column};
    }
    total_ = by_row;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_.size(); ++j) {
        rows_[i] -= base(i, j);
        columns_[j] -= base(i, j);
      }
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i] < 0) {
        return TwoWayRefusal{What::hold_conflict, {i}, {}, problem_.rows[i] - rows_[i], problem_.rows[i]};
      }
    }
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      if (columns_[j] < 0) {
        return TwoWayRefusal{What::hold_conflict, {}, {j}, problem_.columns[j] - columns_[j], problem_.columns[j]};
      }
    }
    return std::nullopt;
  }

  TwoWayOutcome fit() {
    const Int128 open_total = std::accumulate(rows_.begin(), rows_.end(), Int128{0});
    if (open_total > kMostSteps) {
      return TwoWayRefusal{What::too_large, {}, {}, total_, 0};
    }
    Table<double> seed(rows_.size(), columns_.size(), 0.0);
    for (std::size_t c = 0; c < seed.cells.size(); ++c) {
      seed.cells[c] = support_.cells[c] ? problem_.seed.cells[c] : 0.0;
    }
    // Open cells are fitted with their least figures, the others stay at their base.
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_.size(); ++j) {
        if (support_.at(i, j)) {
          rows_[i] += base(i, j);
          columns_[j] += base(i, j);
        }
      }
    }
    // Snapping to a billionth needs a fit of that order; large figures have fewer binary digits behind the point.
    const double tolerance = std::max(1e-10, static_cast<double>(open_total) * 1e-14);
    const std::vector<double> rows = to_doubles(rows_);
    const std::vector<double> columns = to_doubles(columns_);
    const FittedTable fitted = limited() ? fit_within(seed, rows, columns, bound(false), bound(true), tolerance)
                                         : fit_margins(std::move(seed), rows, columns, tolerance);
    TwoWaySolution solution;
    solution.exact = snapped(fitted.table);
    solution.exact.closed = Table<char>(rows_.size(), columns_.size(), 0);
    for (std::size_t c = 0; c < support_.cells.size(); ++c) {
      solution.exact.closed.cells[c] = support_.cells[c] ? 0 : 1;
    }
    solution.exact.least = problem_.least;
    solution.exact.most = problem_.most;
    std::optional<Table<Int128>> cells = round_table(solution.exact, rows_, columns_);
    if (!cells) {
      return TwoWayRefusal{What::too_large, {}, {}, total_, 0};
    }
    solution.cells = *std::move(cells);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_.size(); ++j) {
        if (!support_.at(i, j)) {
          solution.cells.at(i, j) = base(i, j);
          solution.exact.floor.at(i, j) = base(i, j);
        }
      }
    }
    return solution;
  }

  // Limits of the open cells; the others are nothing to the fit.
  [[nodiscard]] Table<double> bound(bool upper) const {
    Table<double> bounds(rows_.size(), columns_.size(), 0.0);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < columns_.size(); ++j) {
        if (!support_.at(i, j)) {
          continue;
        }
        const Int128* most = at(problem_.most, i, j);
        const double highest = most == nullptr ? std::numeric_limits<double>::infinity() : static_cast<double>(*most);
        bounds.at(i, j) = upper ? highest : static_cast<double>(base(i, j));
      }
    }
    return bounds;
  }

  const TwoWayProblem& problem_;
  std::vector<Int128> rows_, columns_;  // what the holds leave
  Support support_;
  Int128 total_ = 0;
};

}  // namespace

TwoWayOutcome solve_two_way(const TwoWayProblem& problem) {
  return Solver(problem).run();
}

}  // namespace jenjang::cascade
