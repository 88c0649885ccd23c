// Clocks over items: histories from event rows, working days, limits met and missed, rates.
//
// An item is a report of a citizen, known by a number and by nothing that points to a person. Its history is a list of
// states with their times; a clock of a pack says how long may pass between them, in working days. Everything is
// counted in whole days and reported as exact fractions; the day of assessment is an input.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/rational.h"
#include "jenjang/measure/moment.h"
#include "jenjang/measure/org_unit.h"
#include "jenjang/measure/period.h"
#include "jenjang/rules/clock.h"
#include "jenjang/rules/pack.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

// A day as a number, so that days can be counted: days since 1970-01-01.
using DayNumber = std::int32_t;
DayNumber day_number(const Date& date);
Date date_of(DayNumber day);

// Days on which a clock does not run: after `after`, up to and including `until`.
struct DaySpan {
  DayNumber after = 0, until = 0;
  friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

// A count that met a year without a list of holidays has no value and names that year.
template <class T>
struct Counted {
  std::optional<T> value;
  int unlisted_year = 0;
};

// Monday to Friday without the days of a list. A count over any span costs two look-ups, a deadline a search.
class WorkCalendar {
public:
  WorkCalendar(const HolidayCalendar& list, bool joint_leave_is_off);

  [[nodiscard]] bool covers(int year) const { return years_.contains(year); }
  // Nobody has confirmed a day off in the span, or that there is no other.
  [[nodiscard]] bool is_unverified(DayNumber after, DayNumber until) const;
  // Working days d with after < d <= until; 0 for an empty span.
  [[nodiscard]] Counted<std::int32_t> between(DayNumber after, DayNumber until) const;
  // The same without those inside `pauses` (rising, disjoint).
  [[nodiscard]] Counted<std::int32_t> between(DayNumber after, DayNumber until,
                                              const std::vector<DaySpan>& pauses) const;
  // The `count`-th working day after a day, pauses left out. Requires count >= 1.
  [[nodiscard]] Counted<DayNumber> nth_after(DayNumber after, std::int32_t count,
                                             const std::vector<DaySpan>& pauses = {}) const;

private:
  struct Year {
    DayNumber before_first = 0;        // 31 December of the year before
    std::vector<std::int16_t> so_far;  // working days from 1 January to the n-th day; so_far[0] = 0
    bool unverified = false;
  };
  std::map<int, Year> years_;
};

struct ItemEvent {
  std::string state;
  Moment at;
  DayNumber day = 0;  // in the zone of the plan
  std::string unit, region;
  std::optional<Decimal> figure;
  SourceSpan span, unit_span;
};
struct ItemHistory {
  std::string number, item_class;
  std::vector<ItemEvent> events;  // in order of time; never empty
};

// Columns nomor, kelas, keadaan, waktu, unit (required), wilayah, nilai. Any other column is refused, so that nothing
// about a reporter is ever read. `kelas` may stand in the first row of an item only. A row that is refused takes its
// item out of the result: half a history would be judged wrongly.
std::vector<ItemHistory> read_item_events(FileId file, const SourceMap& sources, const CsvFormat& format,
                                          const PackClock& clock, const Workflow& workflow, Zone zone,
                                          DiagnosticSink& sink);

// J1411 for each unit of the events that the table does not have, at its first use. An item with such an event is taken
// out: it would count in the rates of all units together and in those of none.
void check_event_units(std::vector<ItemHistory>& items, const UnitTable& units, DiagnosticSink& sink);

enum class LimitState : std::uint8_t {
  met,        // tepat
  late,       // terlambat: stopped, after its day
  running,    // berjalan
  overdue,    // lewat: not stopped, its day has passed
  paused,     // berhenti: stands; when it must stop is open
  abandoned,  // gugur: the item has ended in a void state before it could stop
  uncounted,  // tidak-terhitung: a year without a list of holidays
};
std::string_view to_string(LimitState state);

struct LimitOutcome {
  std::size_t item = 0;   // in the list of histories
  std::size_t limit = 0;  // in PackClock::limits
  LimitState state = LimitState::running;
  DayNumber start = 0;
  std::optional<DayNumber> deadline, stop;
  std::optional<std::int32_t> elapsed;  // working days from start to stop, or to the day of assessment
  std::optional<std::int32_t> beyond;   // working days after the deadline
  std::string unit;                     // who held the item when it stopped, or holds it now
  bool unverified = false;              // the limit, the clock, or a year of the calendar
};

struct ClockResult {
  DayNumber as_of = 0;
  std::vector<ItemHistory> items;  // cut at the day of assessment; items that come later are left out
  std::vector<LimitOutcome> outcomes;
  [[nodiscard]] const ItemEvent& last(std::size_t item) const { return items[item].events.back(); }
};

// J3161 once for each year that would be needed and is not listed.
ClockResult run_clock(const PackClock& clock, const Workflow& workflow, const HolidayCalendar& holidays,
                      const std::vector<ItemHistory>& items, const Date& as_of, DiagnosticSink& sink);

// A figure: a rate for one unit (empty: all) and one period of receipt (invalid: all), over one denominator.
struct RateFigure {
  std::size_t rate = 0;  // in PackClock::rates
  std::string unit;
  Period period;
  std::string denominator;        // code; empty where the kind of rate has none
  bool stated = true;             // false: shown beside the one that counts
  Rational over;                  // number of items, or sum of days, or sum of figures
  std::optional<Rational> all;    // number of items divided by; empty: a plain count
  std::optional<Rational> value;  // percent, days, figure or count; empty: nothing to divide by
  bool unverified = false;
};

struct RateGrouping {
  bool by_unit = true;               // a row for each unit beside the total
  std::optional<Granularity> every;  // a row for each such period of receipt beside the whole
  std::optional<Period> only;        // items received in this period
};

// Rate by rate: the total, then units in order of path; periods in order, the whole first.
std::vector<RateFigure> clock_rates(const PackClock& clock, const ClockResult& result, const RateGrouping& grouping);

// "PACK/ID". J1411 at `use` with the calendars there are.
const HolidayCalendar* require_holidays(const PackLibrary& packs, std::string_view qualified, SourceSpan use,
                                        DiagnosticSink& sink);

}  // namespace jenjang
