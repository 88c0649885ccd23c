#include <algorithm>
#include <cassert>
#include <chrono>

#include "jenjang/assess/clock.h"
#include "jenjang/base/text.h"

namespace jenjang {

namespace {

constexpr int kMonday = 1, kFriday = 5;

int weekday(DayNumber day) {
  return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{day}}}.iso_encoding());
}

int year_of(DayNumber day) {
  return date_of(day).year;
}

}  // namespace

DayNumber day_number(const Date& date) {
  using namespace std::chrono;
  const sys_days day =
      year(date.year) / month(static_cast<unsigned>(date.month)) / std::chrono::day(static_cast<unsigned>(date.day));
  return static_cast<DayNumber>(day.time_since_epoch().count());
}

Date date_of(DayNumber day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return Date{static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
              static_cast<int>(static_cast<unsigned>(date.day()))};
}

WorkCalendar::WorkCalendar(const HolidayCalendar& list, bool joint_leave_is_off) {
  for (const HolidayYear& listed : list.years) {
    Year year;
    year.before_first = day_number({listed.year, 1, 1}) - 1;
    year.unverified = listed.unverified;
    const DayNumber last = day_number({listed.year, 12, 31});
    year.so_far.push_back(0);
    auto holiday = listed.days.begin();
    for (DayNumber day = year.before_first + 1; day <= last; ++day) {
      bool works = weekday(day) >= kMonday && weekday(day) <= kFriday;
      while (holiday != listed.days.end() && day_number(holiday->date) < day) ++holiday;
      if (holiday != listed.days.end() && day_number(holiday->date) == day) {
        year.unverified = year.unverified || holiday->unverified;
        works = works && holiday->joint_leave && !joint_leave_is_off;
      }
      year.so_far.push_back(static_cast<std::int16_t>(year.so_far.back() + (works ? 1 : 0)));
    }
    years_.emplace(listed.year, std::move(year));
  }
}

bool WorkCalendar::is_unverified(DayNumber after, DayNumber until) const {
  if (until <= after) return false;
  return std::any_of(years_.lower_bound(year_of(after + 1)), years_.upper_bound(year_of(until)),
                     [](const auto& entry) { return entry.second.unverified; });
}

Counted<std::int32_t> WorkCalendar::between(DayNumber after, DayNumber until) const {
  std::int32_t count = 0;
  while (after < until) {
    const int number = year_of(after + 1);
    const auto year = years_.find(number);
    if (year == years_.end()) return {std::nullopt, number};
    const DayNumber before = year->second.before_first;
    const DayNumber end = std::min(until, before + static_cast<DayNumber>(year->second.so_far.size()) - 1);
    const auto at = [&](DayNumber day) { return year->second.so_far[static_cast<std::size_t>(day - before)]; };
    count += at(end) - at(after);
    after = end;
  }
  return {count, 0};
}

Counted<std::int32_t> WorkCalendar::between(DayNumber after, DayNumber until,
                                            const std::vector<DaySpan>& pauses) const {
  Counted<std::int32_t> count = between(after, until);
  for (const DaySpan& pause : pauses) {
    if (!count.value) break;
    // Inside the span, so its years are listed.
    const Counted<std::int32_t> part = between(std::max(after, pause.after), std::min(until, pause.until));
    *count.value -= part.value.value_or(0);
  }
  return count;
}

Counted<DayNumber> WorkCalendar::nth_after(DayNumber after, std::int32_t count,
                                           const std::vector<DaySpan>& pauses) const {
  assert(count >= 1);
  for (const DaySpan& pause : pauses) {
    if (pause.until <= after) continue;
    if (pause.after > after) {
      const Counted<std::int32_t> before = between(after, pause.after);
      // An unlisted year on the way ends the search below, unless the day lies before it.
      if (!before.value || *before.value >= count) break;
      count -= *before.value;
    }
    after = pause.until;
  }
  while (true) {
    const int number = year_of(after + 1);
    const auto year = years_.find(number);
    if (year == years_.end()) return {std::nullopt, number};
    const auto& so_far = year->second.so_far;
    const std::int32_t wanted = so_far[static_cast<std::size_t>(after - year->second.before_first)] + count;
    // The first day by which that many have passed is itself a working day.
    const auto found = std::lower_bound(so_far.begin(), so_far.end(), wanted);
    if (found != so_far.end()) {
      return {year->second.before_first + static_cast<DayNumber>(found - so_far.begin()), 0};
    }
    count = wanted - so_far.back();
    after = year->second.before_first + static_cast<DayNumber>(so_far.size()) - 1;
  }
}

const HolidayCalendar* require_holidays(const PackLibrary& packs, std::string_view qualified, SourceSpan use,
                                        DiagnosticSink& sink) {
  std::vector<std::string> known;
  for (const Pack& pack : packs.all()) {
    for (const HolidayCalendar& calendar : pack.holidays) {
      std::string name = pack.id + "/" + calendar.id;
      if (name == qualified) return &calendar;
      known.push_back(std::move(name));
    }
  }
  std::string list;
  for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
  sink.report(make_diagnostic(Code::J1411, use)
                  .arg("apa", "kalender")
                  .arg("nama", qualified)
                  .arg("daftar", list.empty() ? "-" : list)
                  .suggest(nearest(qualified, std::span<const std::string>(known)).value_or("")));
  return nullptr;
}

}  // namespace jenjang
