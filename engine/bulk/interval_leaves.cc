// The same steps as IntervalEvaluator::own_range, on the months of a leaf.
#include "engine/bulk/interval_leaves.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/bulk/lane_view.h"
#include "engine/rollup/interval_range.h"

namespace jenjang::bulk {
namespace {

constexpr double kSteps[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
constexpr double kHalfUnit = 0x1p-53, kSome = 0x1p-50;

int length_of(Granularity frequency) {
  return 12 / periods_per_year(frequency);
}

// A figure as whole steps of its class.
double steps_of(double value, const MeasureClass& measure) {
  return std::nearbyint(value * kSteps[measure.places]);
}

Fraction128 fraction(double steps, const MeasureClass& measure) {
  return {static_cast<Int128>(steps), static_cast<Int128>(kSteps[measure.places])};
}
Rational rational(double steps, const MeasureClass& measure) {
  return Rational(Decimal::from_parts(static_cast<Int128>(steps), measure.places));
}

PossibleRange range_of(const MeasureClass& measure) {
  PossibleRange range;
  if (measure.least_possible) range.least = Rational(*measure.least_possible);
  if (measure.most_possible) range.most = Rational(*measure.most_possible);
  return range;
}

double error_of(const Decimal& value) {
  // Whole numbers below 2^53 are doubles.
  const double nearest = value.to_double();
  return value.is_whole() && std::abs(nearest) < 0x1p53 ? 0 : std::abs(nearest) * kHalfUnit;
}

}  // namespace

PossibleEnds possible_ends(const MeasureClass& measure) {
  PossibleEnds ends;
  ends.least_open = !measure.least_possible;
  ends.most_open = !measure.most_possible;
  if (measure.least_possible) {
    ends.least = measure.least_possible->to_double();
    ends.least_error = error_of(*measure.least_possible);
  }
  if (measure.most_possible) {
    ends.most = measure.most_possible->to_double();
    ends.most_error = error_of(*measure.most_possible);
  }
  ends.point =
      !ends.least_open && !ends.most_open && Rational(*measure.least_possible) == Rational(*measure.most_possible);
  return ends;
}

// A leaf's months as its lane sees them.
struct LeafRanges::Months {
  double steps[kMonths];
  unsigned numbers = 0;
  unsigned reasons = 0;   // reported without a number
  unsigned excluded = 0;  // of those: not applicable
};

LeafRanges::LeafRanges(const FlatPlan& plan, const Figures& months, const RowFacts& rows, Lane lane,
                       Intervals::Slots slots)
    : plan_(plan), months_(months), rows_(rows), lane_(lane), slots_(slots), years_(plan, months, rows) {
  for (const MeasureClass& measure : plan.classes) {
    ends_.push_back(possible_ends(measure));
    int places = measure.aggregation == Aggregation::leaf ? measure.places : 0;
    for (const auto& limit : {measure.least_possible, measure.most_possible}) {
      if (limit) places = std::max(places, limit->scale());
    }
    const bool divided = slots == Intervals::Slots::coarse &&
                         (measure.accumulation == Accumulation::average ||
                          (measure.accumulation == Accumulation::increments && length_of(measure.frequency) != 1));
    places_.push_back(divided ? -1 : places);
  }
}

LeafRanges::Months LeafRanges::read(std::uint32_t leaf) const {
  const MeasureClass& measure = plan_.measure(leaf);
  const std::size_t first = std::size_t{leaf} * kMonths;
  Months months;
  unsigned waiting = 0, excluded = 0;
  for (std::size_t at = 0; at < kMonths; ++at) {
    const StateByte byte = months_.state[first + at];
    months.steps[at] = steps_of(months_.value[first + at], measure);
    const unsigned bit = 1U << at;
    if ((byte & kStateMask) == 0) months.numbers |= bit;
    if (cell_state(byte) == CellState::not_applicable) excluded |= bit;
    if ((byte & kUnvalidated) != 0) waiting |= bit;
  }
  months.reasons = rows_.reasons.empty() ? 0U : unsigned{rows_.reasons[leaf]};
  if (lane_ == Lane::validated) {
    // What waits is no report at all.
    months.numbers &= ~waiting;
    months.reasons &= ~waiting;
  }
  months.excluded = months.reasons & excluded;
  return months;
}

LeafSlot LeafRanges::month_of(std::uint32_t leaf, std::size_t month) const {
  LeafSlot told;
  const std::size_t at = std::size_t{leaf} * kMonths + month;
  const StateByte raw = months_.state[at];
  const StateByte byte = lane_ == Lane::validated ? validated_state(raw) : raw;
  const MeasureClass& measure = plan_.measure(leaf);
  if ((byte & kStateMask) == 0) {
    told.kind = LeafSlot::Kind::parts;
    told.steps = steps_of(months_.value[at], measure);
  } else if (cell_state(byte) != CellState::not_applicable) {
    // A reason for a month of a measure of quarters is no figure that is waited for.
    told.told = false;
    if (measure.frequency == Granularity::month) told.kind = LeafSlot::Kind::unknown;
  }
  return told;
}

LeafSlot LeafRanges::coarse_of(const MeasureClass& measure, const Months& months, std::size_t slot) {
  LeafSlot told;
  const unsigned all = kCoarseMonths[slot];
  const unsigned covered = months.numbers & all, excluded = months.excluded & all;
  if (covered == 0 && (excluded == all || granularity_of(slot) > measure.frequency)) {
    told.told = (months.reasons & all & ~excluded) == 0;
    return told;
  }
  const unsigned expected = (all & ~excluded) | covered, holes = expected & ~covered;
  const int missing = std::popcount(holes), known = std::popcount(covered);
  double total = 0, best = 0;
  bool any = false;
  for (unsigned left = covered; left != 0; left &= left - 1) {
    const double steps = months.steps[std::countr_zero(left)];
    total += steps;
    best = any ? std::max(best, steps) : steps;
    any = true;
  }
  switch (measure.accumulation) {
    case Accumulation::increments:
      // A flow is missing once for each period of its frequency.
      told = {LeafSlot::Kind::parts, true, total, missing, length_of(measure.frequency), 1};
      break;
    case Accumulation::average:
      told = {LeafSlot::Kind::parts, true, total, missing, 1, missing + known};
      break;
    case Accumulation::peak:
      told.kind = missing == 0 ? LeafSlot::Kind::parts : any ? LeafSlot::Kind::at_least : LeafSlot::Kind::unknown;
      told.steps = best;
      break;
    default: {
      // What is known before the end of the period says nothing about its end.
      const bool ended = any && std::bit_width(expected) == std::bit_width(covered);
      told.kind = ended ? LeafSlot::Kind::parts : LeafSlot::Kind::unknown;
      if (ended) told.steps = months.steps[std::bit_width(covered) - 1];
      break;
    }
  }
  return told;
}

// Of a leaf with reports of coarser periods.
LeafSlot LeafRanges::coarse_of(const MeasureClass& measure, const ReportedYears::Own& own, std::size_t slot) {
  LeafSlot told;
  const rollup::Reported<double>& reported = own.reported;
  const bool away = own.state == CellState::not_applicable;
  if (!reported.any && ((own.complete_reason && away) || granularity_of(slot) > measure.frequency)) {
    told.told = !own.has_fact || away;
    return told;
  }
  const unsigned covered = reported.covered;
  const unsigned expected = (kCoarseMonths[slot] & ~unsigned{reported.excluded}) | covered;
  const int missing = std::popcount(expected & ~covered), known = std::popcount(covered);
  const bool number = own.has_fact && own.state == CellState::value;
  switch (measure.accumulation) {
    case Accumulation::increments:
      return {LeafSlot::Kind::parts, number, reported.total, missing, length_of(measure.frequency), 1};
    case Accumulation::average:
      if (missing + known == 0) {
        told.told = away;
        return told;
      }
      return {LeafSlot::Kind::parts, number, reported.weighted, missing, 1, missing + known};
    case Accumulation::peak:
      told.kind = missing == 0   ? LeafSlot::Kind::parts
                  : reported.any ? LeafSlot::Kind::at_least
                                 : LeafSlot::Kind::unknown;
      told.steps = reported.best;
      break;
    default: {
      const bool ended = reported.any && std::bit_width(expected) == std::bit_width(covered);
      told.kind = ended ? LeafSlot::Kind::parts : LeafSlot::Kind::unknown;
      told.steps = ended ? reported.last : 0;
      break;
    }
  }
  told.told = number;
  return told;
}

LeafSlot LeafRanges::slot_of(std::uint32_t node, std::size_t slot) const {
  if (node >= plan_.leaf_count()) {
    const MeasureClass& measure = plan_.measure(node);
    LeafSlot told;
    if (slots_ == Intervals::Slots::coarse) return coarse_of(measure, Months{}, slot);
    if (measure.frequency == Granularity::month) told.kind = LeafSlot::Kind::unknown;
    return told;
  }
  if (slots_ == Intervals::Slots::months) return month_of(node, slot);
  if (const auto reports = years_.of(node); !reports.empty()) {
    ReportedYears::Slots told;
    years_.fill(node, reports, lane_, told);
    return coarse_of(plan_.measure(node), told[slot], slot);
  }
  return coarse_of(plan_.measure(node), read(node), slot);
}

void LeafRanges::put(IntervalRow& row, std::size_t at, const MeasureClass& measure, const PossibleEnds& ends,
                     const LeafSlot& told) const {
  const auto bit = static_cast<std::uint16_t>(1U << at);
  const auto set = [bit](std::uint16_t& mask) { mask = static_cast<std::uint16_t>(mask | bit); };
  if (told.kind == LeafSlot::Kind::none) {
    if (told.told) set(row.complete);
    return;
  }
  set(row.applies);
  const double reported = told.steps / kSteps[measure.places];
  const bool known = told.kind == LeafSlot::Kind::parts && told.missing == 0;
  if (known) {
    set(row.point);
    if (told.told) set(row.complete);
    row.least[at] = row.most[at] = reported / told.divisor;
    row.least_error[at] = row.most_error[at] = std::abs(row.least[at]) * (told.divisor == 1 ? kHalfUnit : kSome);
    return;
  }
  if (ends.point) set(row.point);
  // The end of one side; an at_least is closed below by what is reported.
  const auto side = [&](bool open, double limit, double limit_error, double& end, double& error) {
    const double parts = static_cast<double>(told.missing) / told.length;
    switch (told.kind) {
      case LeafSlot::Kind::parts:
        if (open) return true;
        end = (reported + limit * parts) / told.divisor;
        error = (std::abs(reported) + std::abs(limit) * parts) / told.divisor * kSome;
        return false;
      case LeafSlot::Kind::at_least:
        end = open ? reported : std::max(reported, limit);
        error = std::abs(end) * kSome;
        return false;
      default:
        end = limit;
        error = limit_error;
        return open;
    }
  };
  if (side(ends.least_open, ends.least, ends.least_error, row.least[at], row.least_error[at])) set(row.least_open);
  if (side(ends.most_open, ends.most, ends.most_error, row.most[at], row.most_error[at]) ||
      (told.kind == LeafSlot::Kind::at_least && ends.most_open)) {
    set(row.most_open);
    row.most[at] = row.most_error[at] = 0;
  }
  const bool shut = told.kind == LeafSlot::Kind::at_least && !ends.most_open && !ends.point;
  if (shut && rational(told.steps, measure) >= Rational(*measure.most_possible)) {
    set(row.point);
    row.most[at] = row.least[at];
  }
}

IntervalRow LeafRanges::row(std::uint32_t leaf) const {
  const MeasureClass& measure = plan_.measure(leaf);
  const PossibleEnds& ends = ends_[plan_.class_of[leaf]];
  IntervalRow row;
  if (slots_ == Intervals::Slots::coarse) {
    if (const auto reports = years_.of(leaf); !reports.empty()) {
      ReportedYears::Slots told;
      years_.fill(leaf, reports, lane_, told);
      for (std::size_t slot = 0; slot < kCoarse; ++slot) {
        put(row, slot, measure, ends, coarse_of(measure, told[slot], slot));
      }
    } else {
      const Months months = read(leaf);
      for (std::size_t slot = 0; slot < kCoarse; ++slot) {
        put(row, slot, measure, ends, coarse_of(measure, months, slot));
      }
    }
    row.complete = static_cast<std::uint16_t>(row.complete | (0xFFFU & ~((1U << kCoarse) - 1)));
    return row;
  }
  const std::size_t first = std::size_t{leaf} * kMonths;
  unsigned numbers = 0, away = 0;
  for (std::size_t at = 0; at < kMonths; ++at) {
    const StateByte raw = months_.state[first + at];
    const StateByte code = (lane_ == Lane::validated ? validated_state(raw) : raw) & kStateMask;
    const bool number = code == 0;
    numbers |= (number ? 1U : 0U) << at;
    away |= (code == state_byte(CellState::not_applicable) ? 1U : 0U) << at;
    const double value = number ? months_.value[first + at] : 0.0;
    row.least[at] = row.most[at] = value;
    row.least_error[at] = row.most_error[at] = std::abs(value) * kHalfUnit;
  }
  row.applies = row.point = static_cast<std::uint16_t>(numbers);
  row.complete = static_cast<std::uint16_t>(numbers | away);
  if (measure.frequency != Granularity::month) return row;
  LeafSlot unknown;
  unknown.kind = LeafSlot::Kind::unknown;
  for (unsigned left = 0xFFFU & ~(numbers | away); left != 0; left &= left - 1) {
    put(row, static_cast<std::size_t>(std::countr_zero(left)), measure, ends, unknown);
  }
  return row;
}

std::uint16_t LeafRanges::own_slots(const MeasureClass& measure) const {
  if (slots_ == Intervals::Slots::months) return measure.frequency == Granularity::month ? 0xFFF : 0;
  unsigned slots = 0;
  for (std::size_t slot = 0; slot < kCoarse; ++slot) {
    if (granularity_of(slot) <= measure.frequency) slots |= 1U << slot;
  }
  return static_cast<std::uint16_t>(slots);
}

IntervalRow LeafRanges::unreported(std::uint32_t node) const {
  const MeasureClass& measure = plan_.measure(node);
  const PossibleEnds& ends = ends_[plan_.class_of[node]];
  IntervalRow row;
  for (unsigned left = own_slots(measure); left != 0; left &= left - 1) {
    const auto slot = static_cast<std::size_t>(std::countr_zero(left));
    put(row, slot, measure, ends, slot_of(node, slot));
  }
  return row;
}

std::optional<PossibleRange> LeafRanges::exact(std::uint32_t node, std::size_t slot) const {
  const MeasureClass& measure = plan_.measure(node);
  const LeafSlot told = slot_of(node, slot);
  PossibleRange one = range_of(measure);
  const PossibleRange reported = rollup::point(rational(told.steps, measure));
  switch (told.kind) {
    case LeafSlot::Kind::none:
      return std::nullopt;
    case LeafSlot::Kind::parts:
      return rollup::times(rollup::plus(reported, rollup::times(one, Rational(told.missing, told.length))),
                           Rational(1, told.divisor));
    case LeafSlot::Kind::at_least:
      return rollup::extremum(reported, one, true);
    case LeafSlot::Kind::unknown:
      break;
  }
  return one;
}

std::optional<Fraction128> LeafRanges::quick(std::uint32_t node, std::size_t slot, IntervalEnd end) const {
  const MeasureClass& measure = plan_.measure(node);
  const LeafSlot told = slot_of(node, slot);
  const auto& limit = end == IntervalEnd::least ? measure.least_possible : measure.most_possible;
  if (told.kind == LeafSlot::Kind::none || told.kind == LeafSlot::Kind::at_least) return std::nullopt;
  Fraction128 found;
  if (told.kind == LeafSlot::Kind::unknown) {
    if (!limit) return std::nullopt;
    found = Fraction128(*limit);
  } else {
    found = fraction(told.steps, measure);
    if (told.missing > 0) {
      if (!limit) return std::nullopt;
      found += Fraction128(*limit) * Fraction128(told.missing, told.length);
    }
    found *= Fraction128(1, told.divisor);
  }
  return found.ok() ? std::optional(found) : std::nullopt;
}

}  // namespace jenjang::bulk
