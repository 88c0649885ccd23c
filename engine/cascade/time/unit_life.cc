#include "engine/cascade/time/unit_life.h"

#include "engine/cascade/time/series_pattern.h"
#include "engine/cascade/time/time_parts.h"

namespace jenjang::cascade {
namespace {

constexpr int kMonths = 12;

Period month(int year, int index) {
  return Period(year, Granularity::month, index);
}

// What each month of the year is worth, up to a common factor.
std::optional<std::vector<Rational>> shape_of_year(const MeasureSpec& spec, int year) {
  if (!spec.profile_series.empty()) {
    // The movement of the year alone: how neighbouring years are joined (Denton) needs targets that are not known yet.
    if (const auto figures = series_of_year(series_at_frequency(spec), spec.frequency, year)) {
      std::vector<Rational> shape;
      for (int m = 0; m < kMonths; ++m) {
        const std::size_t place = static_cast<std::size_t>(m) * figures->size() / kMonths;
        shape.push_back(Rational((*figures)[place]).absolute());
      }
      return shape;
    }
  }
  MeasureSpec monthly = spec;
  monthly.frequency = Granularity::month;
  const std::optional<std::vector<Decimal>> weights = year_pattern(monthly);
  if (!weights) {
    return std::nullopt;
  }
  std::vector<Rational> shape(weights->begin(), weights->end());
  Rational sum;
  for (const Rational& weight : shape) {
    sum += weight;
  }
  if (sum.is_zero()) {
    shape.assign(kMonths, Rational(1));  // a profile of zeros means equal parts
  }
  return shape;
}

}  // namespace

int months_lived(const OrgUnit& unit, Period period) {
  int lived = 0;
  for (int m = period.first_month(); m <= period.last_month(); ++m) {
    lived += unit.exists_in(month(period.year(), m)) ? 1 : 0;
  }
  return lived;
}

bool lives_in_part(const OrgUnit& unit, Period period) {
  if (!has_dates(unit)) {
    return false;
  }
  const int lived = months_lived(unit, period);
  return lived > 0 && lived <= period.last_month() - period.first_month();
}

bool ends_within(const OrgUnit& unit, Period period) {
  return unit.until && unit.exists_in(period) && !unit.until->is_over(period);
}

std::vector<Decimal> living_pattern(const Model& model, NodeId node, int year, std::span<const Decimal> whole) {
  const OrgUnit& unit = model.unit(node);
  const std::vector<Decimal>& profile = model.item(node).spec.profile;
  std::vector<Decimal> pattern(whole.begin(), whole.end());
  if (!has_dates(unit) || pattern.empty()) {
    return pattern;
  }
  const int size = kMonths / static_cast<int>(pattern.size());  // months in a place
  const bool by_month = profile.size() == kMonths && model.item(node).spec.profile_series.empty();
  for (std::size_t place = 0; place < pattern.size(); ++place) {
    Decimal weight;
    for (int m = 0; m < size; ++m) {
      const int at = static_cast<int>(place) * size + m;
      if (!unit.exists_in(month(year, at + 1))) {
        continue;
      }
      // Every place is counted in its months, so that a place lived in part keeps its proportion to the others.
      const Decimal& one = by_month ? profile[static_cast<std::size_t>(at)] : whole[place];
      weight = Decimal::add(weight, one).value_or(weight);
    }
    pattern[place] = weight;
  }
  return pattern;
}

bool is_flow(const MeasureSpec& spec) {
  return spec.accumulation == Accumulation::increments || spec.accumulation == Accumulation::cumulative;
}

std::optional<Rational> living_share(const Model& model, NodeId node, Period period) {
  const OrgUnit& unit = model.unit(node);
  if (!lives_in_part(unit, period)) {
    return Rational(unit.exists_in(period) ? 1 : 0);
  }
  const std::optional<std::vector<Rational>> shape = shape_of_year(model.item(node).spec, period.year());
  if (!shape) {
    return std::nullopt;
  }
  Rational lived, all;
  for (int m = period.first_month(); m <= period.last_month(); ++m) {
    const Rational& weight = (*shape)[static_cast<std::size_t>(m) - 1];
    all += weight;
    if (unit.exists_in(month(period.year(), m))) {
      lived += weight;
    }
  }
  // A part of the year that the shape gives nothing is divided by months.
  return all.is_zero() ? Rational(months_lived(unit, period), period.last_month() - period.first_month() + 1)
                       : lived / all;
}

bool has_room(const Model& model, NodeId node, Period period) {
  if (!lives_in_part(model.unit(node), period) || !is_flow(model.item(node).spec)) {
    return true;
  }
  const std::optional<Rational> share = living_share(model, node, period);
  return !share || !share->is_zero();
}

void report_no_room(const Model& model, DiagnosticSink& sink, NodeId node, Period period, SourceSpan place) {
  const OrgUnit& unit = model.unit(node);
  sink.report(make_diagnostic(Code::J1576, place)
                  .arg("alamat", model.address(node))
                  .arg("masa", unit.life())
                  .arg("periode", period.to_string())
                  .related(model.item(node).span, "ukurannya", "the measure"));
}

}  // namespace jenjang::cascade
