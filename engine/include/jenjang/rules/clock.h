// Clocks (jam): working-day limits on the states of an item, and the holidays they skip.
//
// A service level: "verification within 3 working days of receipt". Holidays are data of a pack of their own
// (`hari_libur`), by year; a day in a year without a list is refused, never guessed to be a working day.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/rounding.h"
#include "jenjang/base/source_map.h"
#include "jenjang/measure/period.h"

namespace jenjang {

struct Holiday {
  Date date;
  std::string title, article;
  bool joint_leave = false;  // cuti_bersama: civil servants are off, others need not be
  bool unverified = false;
  SourceSpan span;
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
  std::vector<HolidayYear> years;  // rising
  SourceSpan span;

  [[nodiscard]] const HolidayYear* year(int number) const;
};

// One limit. The clock starts when an item enters `from` (the first time) and stops when it next enters one of `until`.
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

// penyebut: a named set of states. Publishers divide by different ones, so every rate names its own.
struct ClockDenominator {
  std::string code, title;
  std::vector<std::string> states;  // in the order of the workflow
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

// How a figure is made from the items.
enum class RateKind : std::uint8_t {
  share,        // bagian: items whose last state is in `numerator` over those of a denominator
  count,        // jumlah: items whose last state is in `numerator`
  in_time,      // tepat-waktu: of the items whose limit has stopped, those that stopped in time
  mean_days,    // rata-rata-hari: working days from start to stop, mean over the items whose limit has stopped
  overdue,      // lewat-batas: items still running beyond one of the limits
  mean_figure,  // rata-rata-nilai: mean of the last `nilai` of the items that carry one
};
inline constexpr std::array<std::string_view, 6> kRateKindWords{"bagian",         "jumlah",      "tepat-waktu",
                                                                "rata-rata-hari", "lewat-batas", "rata-rata-nilai"};

struct ClockRate {
  std::string code, title, unit_name;
  RateKind kind = RateKind::share;
  std::vector<std::string> numerator;  // states, of share and count
  std::string denominator;             // of share: the one that counts here
  std::vector<std::string> beside;     // ragam: other denominators, shown beside it and never instead of it
  std::vector<std::string> limits;     // batas, of in_time, mean_days and overdue
  Rounding print{RoundingMode::half_up, 2};
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

struct PackClock {
  std::string id, title, article, note;
  bool unverified = false;
  std::string workflow;  // alur inside the pack
  std::string calendar;  // "PACK/ID" of the holidays
  SourceSpan calendar_span;
  std::vector<std::string> classes;  // kelas
  bool counts_first_day = false;     // hari_pertama: ikut | tidak
  bool joint_leave_is_off = true;    // cuti_bersama: libur | kerja
  std::vector<std::string> pauses;   // berhenti_pada: states in which the clock stands
  std::string escalation;            // eskalasi: the state of an item that was raised; empty: there is none
  std::vector<ClockLimit> limits;
  std::vector<ClockDenominator> denominators;
  std::vector<ClockRate> rates;  // tingkat
  SourceSpan span;

  [[nodiscard]] const ClockLimit* limit(std::string_view code) const;
  [[nodiscard]] const ClockDenominator* denominator(std::string_view code) const;
};

}  // namespace jenjang
