// The parts of one year (or part of a year) by accumulation kind: pure arithmetic on places.
#pragma once

#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"
#include "jenjang/base/rounding.h"
#include "jenjang/measure/item.h"

namespace jenjang::cascade {

// Weights of the periods of one year at the measure's frequency, from a profile given at that or
// another granularity (twelve months summed to quarters; a quarter's weight for each of its
// months). nullopt when the number of weights fits no granularity, or a weight is negative.
std::optional<std::vector<Decimal>> year_pattern(const MeasureSpec& spec);

// A stated target that covers places [first, last) of the whole.
struct StatedPart {
  std::size_t first = 0, last = 0;
  Decimal value;
};
// By how much stated parts and the whole contradict each other.
struct PartsConflict {
  Rational off;
};
// One figure a place; empty where a stated part covers it.
using Parts = std::variant<std::vector<std::optional<Decimal>>, PartsConflict>;

// hitungan: what the stated parts leave, by pattern. `pattern` has one weight a place.
Parts split_increments(const Decimal& whole, std::span<const Decimal> pattern, std::span<const StatedPart> stated,
                       const Decimal& step);
// rata-rata: the figure itself, or what makes the mean hold beside stated parts, by pattern.
Parts split_average(const Decimal& whole, std::span<const Decimal> pattern, std::span<const StatedPart> stated,
                    const Decimal& step);
// rata-rata with a declared pattern: the figure times a pattern of mean one. The mean is exact where the
// step allows, else it prints as the figure by `rounding`; nullopt when no rounding of the parts does.
std::optional<std::vector<Decimal>> average_by_pattern(const Decimal& whole, std::span<const Decimal> pattern,
                                                       const Decimal& step, Rounding rounding);
// puncak: the pattern scaled so that its largest part is the figure; stated parts may be lower. An equal
// pattern repeats the figure, and so does a figure of zero or less, which no scaling makes the largest.
Parts split_peak(const Decimal& whole, std::span<const Decimal> pattern, std::span<const StatedPart> stated,
                 const Decimal& step);

// A figure known at the end of a place (0-based).
struct KnownPoint {
  std::size_t place = 0;
  Decimal value;
};
// kumulatif: running sums from zero at the start of the year through the known points, increments
// by pattern between them. A fall from one point to the next is a conflict. Places after the last
// point stay empty.
Parts path_cumulative(std::span<const KnownPoint> points, std::span<const Decimal> pattern, const Decimal& step);
// posisi: straight lines through the points, from `start` (end of the year before) when known; the
// first point repeated before it otherwise.
std::vector<std::optional<Decimal>> path_position(std::span<const KnownPoint> points, std::size_t places,
                                                  const std::optional<Decimal>& start, const Decimal& step);
// posisi along an indicator: its ratio to the indicator runs straight from one point to the next, from
// `start_ratio` (end of the year before) when known. Requires figures other than zero.
std::vector<std::optional<Decimal>> path_position_along(std::span<const KnownPoint> points,
                                                        std::span<const Decimal> indicator,
                                                        const std::optional<Rational>& start_ratio,
                                                        const Decimal& step);

}  // namespace jenjang::cascade
