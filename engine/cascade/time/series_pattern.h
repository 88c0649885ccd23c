// Weights of the periods of each year from an indicator series (profil_seri) instead of one profile for
// all years: the parts follow the movement of the series, and no step is left at the turn of the year.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "jenjang/base/rational.h"
#include "jenjang/measure/item.h"

namespace jenjang::cascade {

// Figures of the series by period of the measure's frequency. A finer series is gathered by the measure's
// accumulation (sum, last, largest); a coarser one lends its figure to each of its parts, except to a
// position, which a coarser figure says nothing about.
std::map<Period, Decimal> series_at_frequency(const MeasureSpec& spec);

struct SeriesPatterns {
  std::map<int, std::vector<Decimal>> weights;  // by year, one a period, none negative
  std::vector<int> unusable;                    // years with a target that the series does not serve
};
// `targets`: figure of each year. Increments, running totals and averages by Denton over every run of
// neighbouring years; peaks by the series itself. Positions have no weights: see path_position_along.
SeriesPatterns series_patterns(const MeasureSpec& spec, const std::map<int, Decimal>& targets);

// Figures of the series for the periods of one year, in order; nullopt when one is missing, zero, or of
// another sign than the rest.
std::optional<std::vector<Decimal>> series_of_year(const std::map<Period, Decimal>& series, Granularity frequency,
                                                   int year);

}  // namespace jenjang::cascade
