#include "engine/cascade/twoway/ipf.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace jenjang::cascade {
namespace {

std::vector<double> column_sums(const Table<double>& table) {
  std::vector<double> sums(table.columns, 0.0);
  for (std::size_t i = 0; i < table.rows; ++i) {
    for (std::size_t j = 0; j < table.columns; ++j) {
      sums[j] += table.at(i, j);
    }
  }
  return sums;
}

double row_sum(const Table<double>& table, std::size_t row) {
  double sum = 0;
  for (std::size_t j = 0; j < table.columns; ++j) {
    sum += table.at(row, j);
  }
  return sum;
}

double factor(double wanted, double sum) {
  return sum > 0 ? wanted / sum : 0.0;
}

}  // namespace

FittedTable fit_margins(Table<double> seed, std::span<const double> rows, std::span<const double> columns,
                        double tolerance, int cycle_limit) {
  FittedTable fitted;
  Table<double>& table = fitted.table;
  table = std::move(seed);
  while (fitted.cycles < cycle_limit) {
    for (std::size_t i = 0; i < table.rows; ++i) {
      const double scale = factor(rows[i], row_sum(table, i));
      for (std::size_t j = 0; j < table.columns; ++j) {
        table.at(i, j) *= scale;
      }
    }
    std::vector<double> scales = column_sums(table);
    for (std::size_t j = 0; j < table.columns; ++j) {
      scales[j] = factor(columns[j], scales[j]);
    }
    for (std::size_t i = 0; i < table.rows; ++i) {
      for (std::size_t j = 0; j < table.columns; ++j) {
        table.at(i, j) *= scales[j];
      }
    }
    ++fitted.cycles;
    fitted.error = 0;
    for (std::size_t i = 0; i < table.rows; ++i) {
      fitted.error = std::max(fitted.error, std::abs(row_sum(table, i) - rows[i]));
    }
    if (fitted.error <= tolerance) {
      fitted.converged = true;
      break;
    }
  }
  return fitted;
}

}  // namespace jenjang::cascade
