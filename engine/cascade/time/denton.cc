#include "engine/cascade/time/denton.h"

#include <algorithm>
#include <cmath>

namespace jenjang::cascade {
namespace {

// Gauss with partial pivoting on rows of [A | b]; nullopt when singular to working precision.
std::optional<std::vector<double>> solve(std::vector<std::vector<double>> rows) {
  const std::size_t n = rows.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    double scale = 0;
    for (std::size_t r = k; r < n; ++r) {
      scale = std::max(scale, std::abs(rows[r][k]));
      pivot = std::abs(rows[r][k]) > std::abs(rows[pivot][k]) ? r : pivot;
    }
    if (!(scale > 0) || !std::isfinite(scale)) {
      return std::nullopt;
    }
    std::swap(rows[k], rows[pivot]);
    for (std::size_t r = k + 1; r < n; ++r) {
      const double times = rows[r][k] / rows[k][k];
      for (std::size_t c = k; times != 0 && c <= n; ++c) {
        rows[r][c] -= times * rows[k][c];
      }
    }
  }
  std::vector<double> x(n);
  for (std::size_t k = n; k-- > 0;) {
    double left = rows[k][n];
    for (std::size_t c = k + 1; c < n; ++c) {
      left -= rows[k][c] * x[c];
    }
    x[k] = left / rows[k][k];
  }
  return x;
}

// r of the least sum of (r_t - r_(t-1))^2 with the sum of w_t r_t over each year equal to its benchmark.
//
// Stationarity of the Lagrangian: (r_t - r_(t-1)) - (r_(t+1) - r_t) = l_y w_t, with no difference before the
// first and after the last part. So r_(t+1) - r_t = -(sum of l_y w_s for s <= t), r is linear in r_1 and the
// multipliers l_y, and what is left are the benchmarks and "no difference after the last": the sum of
// l_y W_y is zero, W_y being the weights of year y.
std::optional<std::vector<double>> smoothest(std::span<const double> weights, std::span<const double> benchmarks,
                                             std::size_t per_year) {
  const std::size_t years = benchmarks.size();
  const std::size_t n = years * per_year;
  std::vector<std::vector<double>> rows(years + 1, std::vector<double>(years + 2));
  // r_t and its next difference as coefficients of (r_1, l_1 .. l_years).
  std::vector<double> ratio(years + 1), rise(years + 1);
  ratio[0] = 1;
  for (std::size_t t = 0; t < n; ++t) {
    const std::size_t year = t / per_year;
    for (std::size_t c = 0; c <= years; ++c) {
      rows[year][c] += weights[t] * ratio[c];
    }
    rise[year + 1] -= weights[t];
    for (std::size_t c = 0; c <= years; ++c) {
      ratio[c] += rise[c];
    }
  }
  for (std::size_t y = 0; y < years; ++y) {
    rows[y][years + 1] = benchmarks[y];
  }
  std::copy(rise.begin(), rise.end(), rows[years].begin());
  const std::optional<std::vector<double>> unknowns = solve(std::move(rows));
  if (!unknowns) {
    return std::nullopt;
  }
  std::vector<double> out;
  double value = (*unknowns)[0];
  double difference = 0;
  for (std::size_t t = 0; t < n; ++t) {
    out.push_back(value);
    difference -= (*unknowns)[t / per_year + 1] * weights[t];
    value += difference;
  }
  return out;
}

}  // namespace

std::optional<std::vector<double>> denton(std::span<const double> indicator, std::span<const double> benchmarks,
                                          std::size_t per_year) {
  const std::size_t n = benchmarks.size() * per_year;
  if (n == 0 || indicator.size() < n) {
    return std::nullopt;
  }
  const bool up = indicator.front() > 0;
  const bool proportional =
      std::all_of(indicator.begin(), indicator.end(), [up](double i) { return up ? i > 0 : i < 0; });
  // Weights near one keep the equations of one size whatever the unit of the series.
  double mean = 0;
  for (std::size_t t = 0; t < n; ++t) {
    mean += std::abs(indicator[t]) / static_cast<double>(n);
  }
  std::vector<double> weights(n, 1);
  std::vector<double> due(benchmarks.begin(), benchmarks.end());
  if (proportional) {
    for (std::size_t t = 0; t < n; ++t) {
      weights[t] = indicator[t] / mean;
    }
  } else {
    for (std::size_t t = 0; t < n; ++t) {
      due[t / per_year] -= indicator[t];
    }
  }
  const std::optional<std::vector<double>> smooth = smoothest(weights, due, per_year);
  if (!smooth) {
    return std::nullopt;
  }
  std::vector<double> parts;
  for (std::size_t t = 0; t < indicator.size(); ++t) {
    const double kept = t < n ? (*smooth)[t] : smooth->back();
    parts.push_back(proportional ? kept * (indicator[t] / mean) : kept + indicator[t]);
  }
  if (!std::all_of(parts.begin(), parts.end(), [](double x) { return std::isfinite(x); })) {
    return std::nullopt;
  }
  return parts;
}

}  // namespace jenjang::cascade
