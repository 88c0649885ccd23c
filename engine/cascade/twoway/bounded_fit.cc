#include "engine/cascade/twoway/bounded_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace jenjang::cascade {
namespace {

struct Cell {
  double pull = 0;  // what one unit of the multiplier gives
  double least = 0, most = 0;
};

// The multiplier at which the clamped cells add up to `wanted`: their sum is piecewise linear in it.
double multiplier(const std::vector<Cell>& cells, double wanted, std::vector<std::pair<double, double>>& bends) {
  bends.clear();
  double sum = 0;
  for (const Cell& cell : cells) {
    sum += cell.least;
    if (cell.pull > 0 && cell.most > cell.least) {
      bends.emplace_back(cell.least / cell.pull, cell.pull);
      if (std::isfinite(cell.most)) {
        bends.emplace_back(cell.most / cell.pull, -cell.pull);
      }
    }
  }
  std::sort(bends.begin(), bends.end());
  double at = 0;
  double slope = 0;
  for (const auto& [bend, change] : bends) {
    if (slope > 0 && sum + slope * (bend - at) >= wanted) {
      return at + (wanted - sum) / slope;
    }
    sum += std::max(slope, 0.0) * (bend - at);
    at = bend;
    slope += change;
  }
  return slope > 0 && wanted > sum ? at + (wanted - sum) / slope : at;
}

double clamped(const Cell& cell, double by) {
  return std::clamp(by * cell.pull, cell.least, cell.most);
}

}  // namespace

FittedTable fit_within(const Table<double>& seed, std::span<const double> rows, std::span<const double> columns,
                       const Table<double>& least, const Table<double>& most, double tolerance, int cycle_limit) {
  FittedTable fitted;
  fitted.table = Table<double>(seed.rows, seed.columns, 0.0);
  std::vector<double> by_row(seed.rows, 1.0);
  std::vector<double> by_column(seed.columns, 1.0);
  std::vector<Cell> cells;
  std::vector<std::pair<double, double>> bends;
  const auto gather_row = [&](std::size_t i) {
    cells.clear();
    for (std::size_t j = 0; j < seed.columns; ++j) {
      cells.push_back({seed.at(i, j) * by_column[j], least.at(i, j), most.at(i, j)});
    }
  };
  while (fitted.cycles < cycle_limit && !fitted.converged) {
    for (std::size_t i = 0; i < seed.rows; ++i) {
      gather_row(i);
      by_row[i] = multiplier(cells, rows[i], bends);
    }
    for (std::size_t j = 0; j < seed.columns; ++j) {
      cells.clear();
      for (std::size_t i = 0; i < seed.rows; ++i) {
        cells.push_back({seed.at(i, j) * by_row[i], least.at(i, j), most.at(i, j)});
      }
      by_column[j] = multiplier(cells, columns[j], bends);
    }
    ++fitted.cycles;
    fitted.error = 0;
    for (std::size_t i = 0; i < seed.rows; ++i) {
      gather_row(i);
      double sum = 0;
      for (std::size_t j = 0; j < seed.columns; ++j) {
        fitted.table.at(i, j) = clamped(cells[j], by_row[i]);
        sum += fitted.table.at(i, j);
      }
      fitted.error = std::max(fitted.error, std::abs(sum - rows[i]));
    }
    fitted.converged = fitted.error <= tolerance;
  }
  return fitted;
}

}  // namespace jenjang::cascade
