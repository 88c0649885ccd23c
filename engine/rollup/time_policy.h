// What a coarser period does with months that nobody reported (data_hilang.waktu). Only for accumulate.cc and, of the
// flat engine, coarse.cc and reported_years.cc.
#pragma once

#include <bit>
#include <optional>
#include <span>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/accumulate.h"

namespace jenjang::rollup::time_policy {

inline std::uint16_t flags_of(const Observation& observation, const Decimal& figure, Lane lane) {
  unsigned flags = 0;
  // A claim beside a verified figure is not what was validated, whatever the state of its row.
  const bool claimed = !observation.validated || observation.verified->number;
  if (claimed && lane == Lane::all) flags |= kTouchedUnvalidated;
  if (observation.illustrative) flags |= kIllustrative;
  if (observation.unverified) flags |= kUnverified;
  if (figure.is_negative()) flags |= kSigned;
  return static_cast<std::uint16_t>(flags);
}

inline int count(MonthMask months) {
  return std::popcount(months);
}
inline int last_month(MonthMask months) {
  return 16 - std::countl_zero(months);  // 0 when there is none
}
inline MonthMask mask(unsigned bits) {
  return static_cast<MonthMask>(bits);
}
inline int absolute_month(int year, int month) {
  return 12 * year + month;
}

// Kinds whose year is the latest figure: only what comes after the last report is missing.
inline bool keeps_last(Accumulation kind) {
  return kind == Accumulation::cumulative || kind == Accumulation::position || kind == Accumulation::release;
}

inline MonthMask holes_of(Accumulation kind, MonthMask expected, MonthMask covered) {
  if (!keeps_last(kind)) return mask(expected & ~unsigned{covered});
  return mask(expected & (~0U << last_month(covered)));
}

// A figure that may be carried into a later hole.
struct Source {
  int end = 0;     // absolute month
  int months = 0;  // in which the unit existed
  const Observation* observation = nullptr;
  const Decimal* figure = nullptr;
};

// The latest figure before a month that is not too old; nullptr when there is none.
inline const Source* source_for(std::span<const Source> sources, const MeasureSpec& spec, int year, int month) {
  const int hole = absolute_month(year, month);
  const Source* found = nullptr;
  for (const Source& source : sources) {
    if (source.end >= hole || hole - source.end > spec.carry_months) continue;
    // The series breaks where the definition changes.
    const int from = source.observation->period.year();
    if (spec.definition_since && from < *spec.definition_since && year >= *spec.definition_since) continue;
    const bool finer = found != nullptr && source.end == found->end &&
                       source.observation->period.granularity() > found->observation->period.granularity();
    if (found == nullptr || source.end > found->end || finer) found = &source;
  }
  return found;
}

inline MonthMask due_months(int year, const std::optional<Date>& as_of) {
  if (!as_of) return 0xFFF;
  unsigned due = 0;
  for (int month = 1; month <= 12; ++month) {
    if (as_of->is_over(Period(year, Granularity::month, month))) due |= 1U << (month - 1);
  }
  return mask(due);
}

// Applies the policy for missing months to what was reported inside one coarser slot.
template <class Number>
class Finisher {
public:
  Finisher(const MeasureSpec& spec, std::span<const Source> sources, Lane lane, const std::optional<Date>& as_of)
      : spec_(spec), sources_(sources), lane_(lane), as_of_(as_of) {}

  void finish(OwnFigure<Number>& figure, Period period) const {
    const Reported<Number>& reported = figure.reported;
    const Accumulation kind = spec_.accumulation;
    const MonthMask expected = mask(months_of(period) & ~unsigned{reported.excluded});
    const MonthMask wanted = mask(expected | unsigned{reported.covered});
    const MonthMask holes = holes_of(kind, wanted, reported.covered);
    figure.expected_months = count(wanted);
    figure.covered_months = count(mask(wanted & ~unsigned{holes}));
    figure.state = CellState::value;
    figure.flags = reported.flags;
    figure.months = count(reported.covered);
    figure.weighted = reported.weighted;
    Number total = reported.total;
    Number best = reported.best;
    figure.observation = keeps_last(kind)             ? reported.last_observation
                         : kind == Accumulation::peak ? reported.best_observation
                                                      : UINT32_MAX;
    if (holes != 0) {
      const MonthMask due = mask(holes & due_months(period.year(), as_of_));
      if (falls_short(figure, mask(holes & ~unsigned{due}))) {
        refuse(figure);
        figure.below_coverage = true;
        return;
      }
      switch (spec_.missing_time) {
        case MissingPolicy::strict:
          return refuse(figure);
        case MissingPolicy::skip:
          figure.partial = true;
          break;
        case MissingPolicy::zero: {
          figure.partial = true;
          const int zeros = count(mask(due & ~unsigned{reported.spared}));
          if (zeros == 0 || kind == Accumulation::release) break;
          figure.months += zeros;
          if (kind == Accumulation::peak && best < Number{}) {
            best = Number{};
            figure.observation = UINT32_MAX;
          }
          if (kind == Accumulation::position) {
            figure.value = Number{};
            figure.observation = UINT32_MAX;
            return;
          }
          break;
        }
        case MissingPolicy::carry: {
          const MonthMask open = mask(due & (~unsigned{reported.spared} | reported.awaited));
          if (!carry(figure, period, holes, open, total, best)) return refuse(figure);
          break;
        }
      }
    }
    switch (kind) {
      case Accumulation::increments:
        figure.value = total;
        break;
      case Accumulation::average:
        figure.value = figure.weighted / Number(figure.months);
        break;
      case Accumulation::peak:
        figure.value = best;
        break;
      default:
        figure.value = reported.last;
        break;
    }
  }

private:
  static void refuse(OwnFigure<Number>& figure) {
    figure.value = Number{};
    figure.state = CellState::not_applicable;  // the caller names the reason: not due, or nobody reported
    figure.reason_months = 0;
    figure.observation = UINT32_MAX;
    figure.partial = figure.carried = false;
  }

  // Months that are not over count for nobody, so that a figure in the course of the year is measured by what is due.
  [[nodiscard]] bool falls_short(const OwnFigure<Number>& figure, MonthMask not_due) const {
    if (!spec_.least_coverage) return false;
    const int of = figure.expected_months - count(not_due);
    return Rational(figure.covered_months) < Rational(*spec_.least_coverage) * Rational(of);
  }

  // Fills the open holes with earlier figures; false when a stock is too old to stand for the end of the period.
  bool carry(OwnFigure<Number>& figure, Period period, MonthMask holes, MonthMask open, Number& total,
             Number& best) const {
    const Accumulation kind = spec_.accumulation;
    if (keeps_last(kind)) {
      figure.partial = open != holes;
      if (open == 0) return true;
      if (source_for(sources_, spec_, period.year(), last_month(open)) == nullptr) return false;
      figure.carried = true;
      return true;
    }
    Summation<Number> sum, weighted;
    sum.add(total);
    weighted.add(figure.weighted);
    int filled = 0;
    for (int month = 1; month <= 12; ++month) {
      if ((open >> (month - 1) & 1) == 0) continue;
      const Source* source = source_for(sources_, spec_, period.year(), month);
      if (source == nullptr) continue;
      ++filled;
      const Number value = number_from<Number>(*source->figure);
      // A flow is carried at its monthly rate.
      sum.add(value / Number(source->months));
      weighted.add(value);
      if (best < value) {
        best = value;
        figure.observation = UINT32_MAX;
      }
      figure.flags |= flags_of(*source->observation, *source->figure, lane_);
    }
    figure.carried = filled > 0;
    figure.partial = filled < count(holes);
    total = sum.value();
    figure.weighted = weighted.value();
    figure.months += filled;
    return true;
  }

  const MeasureSpec& spec_;
  std::span<const Source> sources_;
  Lane lane_;
  const std::optional<Date>& as_of_;
};

}  // namespace jenjang::rollup::time_policy
