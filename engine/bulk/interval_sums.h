// How the rows of children make that of their parent: weighted sums of ends with a running bound of their error, and
// the largest or smallest of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/bulk/interval_impl.h"

namespace jenjang::bulk {

constexpr std::uint16_t slot_bits(unsigned mask) {
  return static_cast<std::uint16_t>(mask & kAllSlots12);
}

// Sums of weighted ends: of a sum, of a mean, of a share.
struct WeightedSums {
  double least[kMonths] = {}, most[kMonths] = {};
  double least_error[kMonths] = {}, most_error[kMonths] = {}, magnitude[kMonths] = {};
  double weights[kMonths] = {};
  std::uint16_t applies = 0, least_open = 0, most_open = 0, not_point = 0, outer = 0, not_complete = 0;
  std::size_t terms = 0;

  void add(const IntervalRow& row, double weight) {
    ++terms;
    applies = slot_bits(applies | row.applies);
    not_complete = slot_bits(not_complete | ~unsigned{row.complete});
    if (weight == 0) return;  // a point, whatever the child may be
    const bool turned = weight < 0;
    least_open = slot_bits(least_open | (turned ? row.most_open : row.least_open));
    most_open = slot_bits(most_open | (turned ? row.least_open : row.most_open));
    not_point = slot_bits(not_point | (row.applies & ~unsigned{row.point}));
    outer = slot_bits(outer | (row.outer & row.applies));
    const double* const low = turned ? row.most : row.least;
    const double* const high = turned ? row.least : row.most;
    const double* const low_error = turned ? row.most_error : row.least_error;
    const double* const high_error = turned ? row.least_error : row.most_error;
    const double size = std::abs(weight);
    for (std::size_t at = 0; at < kMonths; ++at) {
      least[at] += weight * low[at];
      most[at] += weight * high[at];
      least_error[at] += size * low_error[at];
      most_error[at] += size * high_error[at];
      magnitude[at] += size * std::max(std::abs(low[at]), std::abs(high[at]));
    }
    if (row.applies == kAllSlots12) {
      for (double& sum : weights) sum += weight;
    } else {
      for (std::size_t at = 0; at < kMonths; ++at) weights[at] += (row.applies >> at & 1U) != 0 ? weight : 0;
    }
  }

  [[nodiscard]] IntervalRow finish(bool mean, double unit, double factor) const {
    IntervalRow row;
    row.applies = applies;
    row.complete = slot_bits(~unsigned{not_complete});
    row.point = slot_bits(applies & ~unsigned{not_point});
    row.outer = slot_bits(outer & applies);
    row.least_open = slot_bits(least_open & applies);
    row.most_open = slot_bits(most_open & applies);
    const double roundings = static_cast<double>(terms + 4) * kIntervalUnit;
    for (std::size_t at = 0; at < kMonths; ++at) {
      const auto bit = 1U << at;
      if ((applies & bit) == 0) continue;
      if (mean && weights[at] == 0) {
        // The roll-up calls such a cell empty.
        row.applies = slot_bits(row.applies & ~bit);
        row.complete = slot_bits(row.complete & ~bit);
        continue;
      }
      const double scale = mean ? 1 / weights[at] : unit;
      const auto end = [&](double sum) { return (mean ? sum / weights[at] : sum * unit) * factor; };
      const auto error = [&](double sum_error, double result) {
        return (sum_error * 1.001 + magnitude[at] * roundings) * std::abs(scale * factor) * 1.001 +
               std::abs(result) * kIntervalSome;
      };
      row.least[at] = end(least[at]);
      row.most[at] = end(most[at]);
      row.least_error[at] = error(least_error[at], row.least[at]);
      row.most_error[at] = error(most_error[at], row.most[at]);
    }
    return row;
  }
};

// The largest or the smallest of the children.
struct BestOf {
  explicit BestOf(bool a_largest) : largest(a_largest) {
    std::fill(std::begin(least), std::end(least), far());
    std::fill(std::begin(most), std::end(most), far());
  }
  [[nodiscard]] double far() const {
    return largest ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }

  bool largest;
  double least[kMonths], most[kMonths];
  double least_error[kMonths] = {}, most_error[kMonths] = {};
  std::uint16_t applies = 0, outer = 0, not_point = 0, not_complete = 0;
  std::uint16_t least_shut = 0, most_shut = 0, any_least_open = 0, any_most_open = 0;

  void add(const IntervalRow& row) {
    applies = slot_bits(applies | row.applies);
    outer = slot_bits(outer | (row.outer & row.applies));
    not_point = slot_bits(not_point | (row.applies & ~unsigned{row.point}));
    not_complete = slot_bits(not_complete | ~unsigned{row.complete});
    any_least_open = slot_bits(any_least_open | row.least_open);
    any_most_open = slot_bits(any_most_open | row.most_open);
    least_shut = slot_bits(least_shut | (row.applies & ~unsigned{row.least_open}));
    most_shut = slot_bits(most_shut | (row.applies & ~unsigned{row.most_open}));
    for (std::size_t at = 0; at < kMonths; ++at) {
      const auto take = [&](std::uint16_t open, double end, double end_error, double& best, double& error) {
        if ((row.applies >> at & 1U) == 0 || (open >> at & 1U) != 0) return;
        best = largest ? std::max(best, end) : std::min(best, end);
        error = std::max(error, end_error);
      };
      take(row.least_open, row.least[at], row.least_error[at], least[at], least_error[at]);
      take(row.most_open, row.most[at], row.most_error[at], most[at], most_error[at]);
    }
  }

  // `doubtful`: slots in which the ends may be one figure.
  [[nodiscard]] IntervalRow finish(double factor, std::uint16_t& doubtful) const {
    IntervalRow row;
    row.applies = applies;
    row.outer = outer;
    row.complete = slot_bits(~unsigned{not_complete});
    // An open side wins where nothing outdoes it, else only what is closed can.
    row.least_open = slot_bits(largest ? applies & ~unsigned{least_shut} : any_least_open);
    row.most_open = slot_bits(largest ? any_most_open : applies & ~unsigned{most_shut});
    row.point = slot_bits(applies & ~unsigned{not_point});
    doubtful = 0;
    for (std::size_t at = 0; at < kMonths; ++at) {
      const auto bit = 1U << at;
      if ((applies & bit) == 0) continue;
      const auto set = [&](std::uint16_t open, double best, double best_error, double& end, double& error) {
        if ((open & bit) != 0) return;
        end = best * factor;
        error = best_error * std::abs(factor) * 1.001 + std::abs(end) * kIntervalUnit * (factor == 1 ? 0 : 1);
      };
      set(row.least_open, least[at], least_error[at], row.least[at], row.least_error[at]);
      set(row.most_open, most[at], most_error[at], row.most[at], row.most_error[at]);
      const bool shut = ((row.least_open | row.most_open | row.point) & bit) == 0;
      if (shut && std::abs(row.most[at] - row.least[at]) <= row.least_error[at] + row.most_error[at]) {
        doubtful = slot_bits(doubtful | bit);
      }
    }
    return row;
  }
};

// What a factor that is nought or below it makes of a row that was multiplied by it.
inline void turn(IntervalRow& row, double factor) {
  if (factor > 0) return;
  if (factor == 0) {
    const IntervalRow before = row;
    row = {};
    row.applies = row.point = before.applies;
    row.complete = before.complete;
    return;
  }
  std::swap(row.least, row.most);
  std::swap(row.least_error, row.most_error);
  std::swap(row.least_open, row.most_open);
}

}  // namespace jenjang::bulk
