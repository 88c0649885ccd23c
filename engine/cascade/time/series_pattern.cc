#include "engine/cascade/time/series_pattern.h"

#include <algorithm>
#include <cmath>

#include "engine/cascade/time/denton.h"

namespace jenjang::cascade {
namespace {

// Weights are snapped to these parts of the year: fine beside any step, coarse beside the solver's
// noise, so that parts that are equal on paper are equal here.
constexpr int kWeightScale = 12;

std::optional<Decimal> gather(Accumulation accumulation, const std::optional<Decimal>& so_far, const Decimal& next) {
  if (!so_far || accumulation == Accumulation::position) {
    return next;
  }
  return accumulation == Accumulation::peak ? std::max(*so_far, next) : Decimal::add(*so_far, next);
}

// The shares of `parts` in `whole`; nullopt when one would count against the year.
std::optional<std::vector<Decimal>> snap(std::span<const double> parts, double whole) {
  std::vector<Decimal> weights;
  for (const double part : parts) {
    const double share = part / whole * std::pow(10.0, kWeightScale);
    if (!(share >= -0.5) || share > 1e17) {
      return std::nullopt;
    }
    weights.push_back(Decimal::from_parts(static_cast<Int128>(std::floor(std::max(share, 0.0) + 0.5)), kWeightScale));
  }
  return weights;
}

// One run of neighbouring years, each with a target and a full row of figures.
void smooth_run(const std::map<Period, Decimal>& series, const MeasureSpec& spec, int first_year,
                std::span<const Decimal> targets, SeriesPatterns& out) {
  const auto per_year = static_cast<std::size_t>(periods_per_year(spec.frequency));
  std::vector<double> indicator, benchmarks;
  for (std::size_t y = 0; y < targets.size(); ++y) {
    for (const Period period : Period::year(first_year + static_cast<int>(y)).split(spec.frequency)) {
      indicator.push_back(series.at(period).to_double());
    }
    const double parts = spec.accumulation == Accumulation::average ? static_cast<double>(per_year) : 1.0;
    benchmarks.push_back(targets[y].to_double() * parts);
  }
  const std::optional<std::vector<double>> parts = denton(indicator, benchmarks, per_year);
  for (std::size_t y = 0; y < targets.size(); ++y) {
    const int year = first_year + static_cast<int>(y);
    if (targets[y].is_zero()) {
      out.weights[year] = std::vector<Decimal>(per_year, Decimal(1));  // nothing to spread
      continue;
    }
    std::optional<std::vector<Decimal>> weights;
    if (parts) {
      weights = snap(std::span(*parts).subspan(y * per_year, per_year), benchmarks[y]);
    }
    if (weights) {
      out.weights[year] = *std::move(weights);
    } else {
      out.unusable.push_back(year);
    }
  }
}

}  // namespace

std::map<Period, Decimal> series_at_frequency(const MeasureSpec& spec) {
  std::map<Period, Decimal> figures;
  std::map<Period, std::pair<std::optional<Decimal>, int>> gathered;
  for (const MeasureSpec::SeriesPoint& point : spec.profile_series) {
    const Granularity given = point.period.granularity();
    if (given <= spec.frequency) {
      if (given == spec.frequency || spec.accumulation != Accumulation::position) {
        for (const Period fine : point.period.split(spec.frequency)) {
          figures.insert_or_assign(fine, point.value);
        }
      }
      continue;
    }
    auto& [sum, count] = gathered[point.period.enclosing(spec.frequency)];
    sum = gather(spec.accumulation, sum, point.value);
    ++count;
    if (sum && count == periods_per_year(given) / periods_per_year(spec.frequency)) {
      figures.insert_or_assign(point.period.enclosing(spec.frequency), *sum);
    }
  }
  return figures;
}

SeriesPatterns series_patterns(const MeasureSpec& spec, const std::map<int, Decimal>& targets) {
  SeriesPatterns out;
  const std::map<Period, Decimal> series = series_at_frequency(spec);
  std::vector<Decimal> run;
  int run_start = 0;
  const auto finish = [&] {
    if (!run.empty()) {
      smooth_run(series, spec, run_start, run, out);
    }
    run.clear();
  };
  for (const auto& [year, target] : targets) {
    if (!run.empty() && run_start + static_cast<int>(run.size()) != year) {
      finish();
    }
    const std::vector<Period> periods = Period::year(year).split(spec.frequency);
    const bool covered =
        std::all_of(periods.begin(), periods.end(), [&series](Period period) { return series.contains(period); });
    if (!covered) {
      finish();
      out.unusable.push_back(year);
    } else if (spec.accumulation == Accumulation::peak) {
      if (std::optional<std::vector<Decimal>> row = series_of_year(series, spec.frequency, year);
          row && !row->front().is_negative()) {
        out.weights[year] = *std::move(row);
      } else {
        out.unusable.push_back(year);
      }
    } else {
      run_start = run.empty() ? year : run_start;
      run.push_back(target);
    }
  }
  finish();
  std::sort(out.unusable.begin(), out.unusable.end());
  return out;
}

std::optional<std::vector<Decimal>> series_of_year(const std::map<Period, Decimal>& series, Granularity frequency,
                                                   int year) {
  std::vector<Decimal> row;
  for (const Period period : Period::year(year).split(frequency)) {
    const auto it = series.find(period);
    if (it == series.end() || it->second.is_zero() || (!row.empty() && it->second.sign() != row.front().sign())) {
      return std::nullopt;
    }
    row.push_back(it->second);
  }
  return row;
}

}  // namespace jenjang::cascade
