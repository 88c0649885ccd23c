// Clocks (jam): working-day limits on the states of an item, and the holidays they skip.
//
// A service level: "verification within 3 working days of receipt". Holidays are data of a pack of their own
// (`hari_libur`), by year; a day in a year without a list is refused, never guessed to be a working day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/source_map.h"
#include "jenjang/measure/period.h"

namespace jenjang {

struct Holiday {
  Date date;
  std::string title, article;
  bool unverified = false;
};
struct HolidayYear {
  int year = 0;
  std::vector<Holiday> days;  // rising; weekends need not be listed
  std::string article;
  bool unverified = false;
  SourceSpan span;
};
struct HolidayCalendar {
  std::string id, title;
  std::vector<HolidayYear> years;
  SourceSpan span;
};

// One limit. The clock starts when an item enters `from` (the first time) and stops when it enters one of `until`.
struct ClockLimit {
  std::string code, title;
  std::string item_class;  // kelas; empty: every class
  std::string from;        // state of the workflow
  std::vector<std::string> until;
  int working_days = 0;
  std::string article;
  bool unverified = false;
  SourceSpan span;
};
struct PackClock {
  std::string id, title, article, note;
  bool unverified = false;
  std::string workflow;              // alur inside the pack
  std::string calendar;              // "PACK/ID" of the holidays
  std::vector<std::string> classes;  // kelas
  bool counts_first_day = false;     // hari_pertama: ikut | tidak
  std::vector<std::string> pauses;   // berhenti_pada: states in which the clock stands
  std::vector<ClockLimit> limits;
  // tingkat: rates with a named denominator, over items by their last state.
  struct Rate {
    std::string code, title;
    std::vector<std::string> numerator, denominator;  // states; numerator may also name a limit: "batas:verifikasi"
    std::string article;
    bool unverified = false;
    SourceSpan span;
  };
  std::vector<Rate> rates;
  SourceSpan span;
};

}  // namespace jenjang
