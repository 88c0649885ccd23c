// A unit that begins or ends within a year carries targets for the months it lives in only.
//
// A month belongs to a unit that exists on one of its days, as it does in the roll-up (decision 0027). All others are
// no months of the unit's periods: its part of a year of a flow is the part that the shape of the year (profile or
// series) gives to its months, and a level is that of its last living month.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/rational.h"
#include "jenjang/graph/model.h"

namespace jenjang::cascade {

// False for nearly all units: nothing below need be asked.
inline bool has_dates(const OrgUnit& unit) {
  return unit.since.has_value() || unit.until.has_value();
}
// Months of the period in which the unit exists.
int months_lived(const OrgUnit& unit, Period period);
// True when the unit exists in some months of the period and not in others.
bool lives_in_part(const OrgUnit& unit, Period period);
// True when it exists on some day of the period, and ends before its last day.
bool ends_within(const OrgUnit& unit, Period period);

// Weights of the periods of one year at the measure's frequency, from the weights as they are for a whole year: each is
// cut to the unit's months inside it. A finer profile says what each month is worth; else months of a period are alike.
std::vector<Decimal> living_pattern(const Model& model, NodeId node, int year, std::span<const Decimal> whole);

// True for what every month adds to; of anything else the last month of a period is its figure, or all are alike.
bool is_flow(const MeasureSpec& spec);

// Part of a period of a flow that lies in the unit's months, by the shape of the year; 1 for a unit that lives through
// it, 0 where the shape gives its months nothing. nullopt when the profile of the measure cannot be read (J1618).
std::optional<Rational> living_share(const Model& model, NodeId node, Period period);

// J1576.
void report_no_room(const Model& model, DiagnosticSink& sink, NodeId node, Period period, SourceSpan place);

// False when the shape of the year gives nothing to the months in which the unit of a flow lives.
bool has_room(const Model& model, NodeId node, Period period);

}  // namespace jenjang::cascade
