// Working days counted by tables against counting day by day, on random calendars, spans and pauses.
#include "jenjang/assess/clock.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace jenjang {
namespace clock_test {

struct Drawn {
  HolidayCalendar list;
  bool joint_leave_is_off = true;
};

// One to three years in a row; every eighth day or so is a holiday, weekends included.
Drawn draw_calendar() {
  Drawn drawn;
  drawn.joint_leave_is_off = *rc::gen::arbitrary<bool>();
  const int first = *rc::gen::inRange(2019, 2026);
  const int years = *rc::gen::inRange(1, 4);
  for (int year = first; year < first + years; ++year) {
    HolidayYear listed;
    listed.year = year;
    const DayNumber begin = day_number({year, 1, 1});
    const auto chosen = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 365));
    for (const int offset : chosen) {
      Holiday holiday;
      holiday.date = date_of(begin + offset);
      holiday.joint_leave = offset % 3 == 0;
      listed.days.push_back(holiday);
    }
    drawn.list.years.push_back(std::move(listed));
  }
  return drawn;
}

// 1 January 1970 was a Thursday.
bool is_weekend(DayNumber day) {
  const int weekday = ((day % 7) + 7 + 3) % 7;  // Monday is 0
  return weekday >= 5;
}

// nullopt in a year without a list.
std::optional<bool> works(const Drawn& drawn, const std::vector<DaySpan>& pauses, DayNumber day) {
  const Date date = date_of(day);
  const HolidayYear* year = drawn.list.year(date.year);
  if (year == nullptr) return std::nullopt;
  for (const DaySpan& pause : pauses) {
    if (pause.after < day && day <= pause.until) return false;
  }
  for (const Holiday& holiday : year->days) {
    if (holiday.date == date && (!holiday.joint_leave || drawn.joint_leave_is_off)) return false;
  }
  return !is_weekend(day);
}

std::vector<DaySpan> draw_pauses(DayNumber from) {
  std::vector<DaySpan> pauses;
  // Close to the start and to each other: what goes wrong goes wrong at the edges.
  DayNumber at = from + *rc::gen::inRange(-4, 8);
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    const DayNumber until = at + *rc::gen::inRange(1, 8);
    pauses.push_back({at, until});
    at = until + *rc::gen::inRange(1, 8);
  }
  return pauses;
}

RC_GTEST_PROP(Clock, DeadlineIsTheDayThatCountingByHandReaches, ()) {
  const Drawn drawn = draw_calendar();
  const DayNumber begin = day_number({drawn.list.years.front().year, 1, 1});
  const DayNumber after = begin + *rc::gen::inRange(-3, 365 * 3);
  const std::vector<DaySpan> pauses = draw_pauses(after);
  const int wanted = *rc::gen::inRange(1, *rc::gen::element(8, 90));
  std::optional<DayNumber> expected;
  int left = wanted;
  for (DayNumber day = after + 1;; ++day) {
    const std::optional<bool> one = works(drawn, pauses, day);
    // A pause needs no list: nothing is counted in it.
    const bool stands = std::any_of(pauses.begin(), pauses.end(),
                                    [&](const DaySpan& pause) { return pause.after < day && day <= pause.until; });
    if (!one && stands) continue;
    if (!one) break;
    if (*one && --left == 0) {
      expected = day;
      break;
    }
  }
  const WorkCalendar calendar(drawn.list, drawn.joint_leave_is_off);
  RC_ASSERT(calendar.nth_after(after, wanted, pauses).value == expected);
}

RC_GTEST_PROP(Clock, CountIsTheNumberOfWorkingDaysInTheSpan, ()) {
  const Drawn drawn = draw_calendar();
  const DayNumber begin = day_number({drawn.list.years.front().year, 1, 1});
  const DayNumber after = begin + *rc::gen::inRange(-3, 365 * 3);
  const DayNumber until = after + *rc::gen::inRange(0, 200);
  const std::vector<DaySpan> pauses = draw_pauses(after);
  std::optional<std::int32_t> expected = 0;
  for (DayNumber day = after + 1; day <= until && expected; ++day) {
    const std::optional<bool> one = works(drawn, pauses, day);
    if (!one) {
      expected.reset();
    } else if (*one) {
      ++*expected;
    }
  }
  const WorkCalendar calendar(drawn.list, drawn.joint_leave_is_off);
  RC_ASSERT(calendar.between(after, until, pauses).value == expected);
}

}  // namespace clock_test
}  // namespace jenjang
