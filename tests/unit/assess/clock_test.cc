// Working days, deadlines, pauses, refusals and rates. The dates are hand arithmetic over a printed calendar; TV-P1 and
// TV-P2 are the reference vectors of the complaint service.
#include "jenjang/assess/clock.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

namespace jenjang {
namespace clock_test {

Holiday holiday(const char* date, bool joint_leave = false) {
  Holiday day;
  day.date = *Date::parse(date);
  day.joint_leave = joint_leave;
  return day;
}

// 2024 with the days of December that the tests meet, and an empty 2025.
HolidayCalendar calendar() {
  HolidayCalendar list;
  list.id = "uji";
  list.years.push_back({2024, {holiday("2024-12-25"), holiday("2024-12-26", true)}, "", false, {}});
  list.years.push_back({2025, {holiday("2025-01-01")}, "", false, {}});
  return list;
}

DayNumber day(const char* date) {
  return day_number(*Date::parse(date));
}
std::string text(const std::optional<DayNumber>& number) {
  return number ? date_of(*number).to_string() : "-";
}

Workflow workflow() {
  Workflow flow;
  flow.id = "laporan";
  flow.pack = "uji";
  const auto state = [&](const char* code, bool gone = false) {
    WorkflowState one;
    one.code = code;
    one.void_state = gone;
    flow.states.push_back(one);
  };
  for (const char* code : {"masuk", "tunda", "disposisi", "proses", "selesai"}) state(code);
  state("arsip", true);
  const auto step = [&](const char* from, const char* to) {
    WorkflowStep one;
    one.from = from;
    one.to = to;
    one.roles = {"admin"};  // who moved it does not matter to a clock
    flow.steps.push_back(one);
  };
  step("", "masuk");
  step("masuk", "disposisi");
  step("masuk", "tunda");
  step("masuk", "arsip");
  step("disposisi", "tunda");
  step("tunda", "disposisi");
  step("disposisi", "proses");
  step("disposisi", "arsip");
  step("disposisi", "selesai");
  step("proses", "selesai");
  return flow;
}

PackClock clock_of(bool counts_first_day = false) {
  PackClock clock;
  clock.id = "laporan";
  clock.workflow = "laporan";
  clock.calendar = "uji/uji";
  clock.classes = {"informasi", "pengaduan"};
  clock.counts_first_day = counts_first_day;
  clock.pauses = {"tunda"};
  const auto limit = [&](const char* code, const char* item_class, const char* from, std::vector<std::string> until,
                         int days) {
    ClockLimit one;
    one.code = code;
    one.item_class = item_class;
    one.from = from;
    one.until = std::move(until);
    one.working_days = days;
    clock.limits.push_back(one);
  };
  limit("verifikasi", "", "masuk", {"disposisi", "tunda", "arsip"}, 3);
  limit("selesai-informasi", "informasi", "disposisi", {"selesai"}, 5);
  limit("selesai-pengaduan", "pengaduan", "disposisi", {"selesai"}, 14);
  return clock;
}

class ClockTest : public ::testing::Test {
protected:
  std::vector<ItemHistory> read(const std::string& rows, const PackClock& clock) {
    const FileId file = sources_.add("tiket.csv", "nomor,kelas,keadaan,waktu,unit,nilai\n" + rows);
    const Workflow flow = workflow();
    return read_item_events(file, sources_, {}, clock, flow, Zone{8 * 60}, sink_);
  }
  ClockResult run(const std::string& rows, const char* as_of, const PackClock& clock = clock_of()) {
    return run_clock(clock, workflow(), calendar(), read(rows, clock), *Date::parse(as_of), sink_);
  }
  // "CODE line:column" of all findings.
  [[nodiscard]] std::vector<std::string> places() const {
    std::vector<std::string> found;
    for (const Diagnostic& one : sink_.sorted()) {
      found.push_back(to_string(one.code) + " " + sources_.to_string(one.primary));
    }
    return found;
  }
  // "state deadline elapsed" of a limit of the only item.
  static std::string outcome(const ClockResult& result, const PackClock& clock, const char* limit) {
    for (const LimitOutcome& one : result.outcomes) {
      if (clock.limits[one.limit].code != limit) continue;
      return std::string(to_string(one.state)) + " " + text(one.deadline) + " " +
             (one.elapsed ? std::to_string(*one.elapsed) : "-") +
             (one.beyond ? " +" + std::to_string(*one.beyond) : "");
    }
    return "none";
  }

  SourceMap sources_;
  DiagnosticSink sink_;
};

TEST(WorkCalendar, ReferenceDeadlinesOfOctober2024) {
  // TV-P1: received Monday 7 October, counted from the next day.
  const WorkCalendar days(calendar(), true);
  EXPECT_EQ(text(days.nth_after(day("2024-10-07"), 3).value), "2024-10-10");
  EXPECT_EQ(text(days.nth_after(day("2024-10-10"), 5).value), "2024-10-17");
  EXPECT_EQ(text(days.nth_after(day("2024-10-10"), 14).value), "2024-10-30");
  // The day of receipt counted: Monday, Tuesday, Wednesday.
  EXPECT_EQ(text(days.nth_after(day("2024-10-07") - 1, 3).value), "2024-10-09");
}

TEST(WorkCalendar, WeekendsHolidaysAndJointLeave) {
  const WorkCalendar off(calendar(), true), works(calendar(), false);
  // 23 to 31 December 2024 is Monday to Tuesday week after: 23, 24, 27, 30, 31; the 26th is joint leave.
  EXPECT_EQ(off.between(day("2024-12-22"), day("2024-12-31")).value, 5);
  EXPECT_EQ(works.between(day("2024-12-22"), day("2024-12-31")).value, 6);
  EXPECT_EQ(off.between(day("2024-12-27"), day("2024-12-29")).value, 0);
  // Across the year: 2 January 2025 is the first working day after 31 December.
  EXPECT_EQ(text(off.nth_after(day("2024-12-31"), 1).value), "2025-01-02");
  EXPECT_EQ(off.between(day("2024-12-31"), day("2024-12-31")).value, 0);
  EXPECT_EQ(off.between(day("2025-01-05"), day("2024-12-31")).value, 0);
}

TEST(WorkCalendar, YearWithoutAListIsNeverGuessed) {
  const WorkCalendar days(calendar(), true);
  const auto deadline = days.nth_after(day("2025-12-30"), 3);
  EXPECT_FALSE(deadline.value);
  EXPECT_EQ(deadline.unlisted_year, 2026);
  // 31 December 2025 is a Wednesday: one day still fits.
  EXPECT_EQ(text(days.nth_after(day("2025-12-30"), 1).value), "2025-12-31");
  const auto count = days.between(day("2023-12-28"), day("2024-01-04"));
  EXPECT_FALSE(count.value);
  EXPECT_EQ(count.unlisted_year, 2023);
}

TEST(WorkCalendar, PausedDaysAreTakenOut) {
  const WorkCalendar days(calendar(), true);
  // 7 October; stands after the 8th up to and including the 11th: 8, then 14, 15.
  const std::vector<DaySpan> pause{{day("2024-10-08"), day("2024-10-11")}};
  EXPECT_EQ(text(days.nth_after(day("2024-10-07"), 3, pause).value), "2024-10-15");
  EXPECT_EQ(days.between(day("2024-10-07"), day("2024-10-15"), pause).value, 3);
  // A deadline before the pause does not move.
  EXPECT_EQ(text(days.nth_after(day("2024-10-07"), 1, pause).value), "2024-10-08");
  // A clock that starts inside the pause starts at its end.
  EXPECT_EQ(text(days.nth_after(day("2024-10-09"), 1, pause).value), "2024-10-14");
}

TEST_F(ClockTest, MetOnTheLastDayAndLateTheDayAfter) {
  const PackClock clock = clock_of();
  const ClockResult met = run(
      "1,informasi,masuk,2024-10-07T08:00,64,\n1,,disposisi,2024-10-10T23:59,64/dlh,\n1,,selesai,2024-10-17,64/dlh,\n",
      "2024-11-01");
  EXPECT_EQ(outcome(met, clock, "verifikasi"), "tepat 2024-10-10 3");
  EXPECT_EQ(outcome(met, clock, "selesai-informasi"), "tepat 2024-10-17 5");
  EXPECT_EQ(outcome(met, clock, "selesai-pengaduan"), "none");
  const ClockResult late =
      run("2,informasi,masuk,2024-10-07,64,\n2,,disposisi,2024-10-11,64/dlh,\n2,,selesai,2024-10-19,64/dlh,\n",
          "2024-11-01");
  EXPECT_EQ(outcome(late, clock, "verifikasi"), "terlambat 2024-10-10 4 +1");
  // Friday 18 October was the last day. Saturday adds no working day, and is too late all the same.
  EXPECT_EQ(outcome(late, clock, "selesai-informasi"), "terlambat 2024-10-18 5 +0");
  EXPECT_FALSE(sink_.has_errors());
}

TEST_F(ClockTest, DayOfReceiptIsAParameter) {
  const PackClock clock = clock_of(true);
  const ClockResult result =
      run("1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-10,64,\n", "2024-10-10", clock);
  EXPECT_EQ(outcome(result, clock, "verifikasi"), "terlambat 2024-10-09 4 +1");
  EXPECT_EQ(outcome(result, clock, "selesai-informasi"), "berjalan 2024-10-16 1");
}

TEST_F(ClockTest, ZoneDecidesTheDay) {
  const PackClock clock = clock_of();
  // 23:30 in Jakarta is half past midnight of the next day in Samarinda.
  const ClockResult result = run("1,informasi,masuk,2024-10-07T23:30+07:00,64,\n", "2024-10-09");
  EXPECT_EQ(outcome(result, clock, "verifikasi"), "berjalan 2024-10-11 1");
}

TEST_F(ClockTest, OpenRunsOverdueAfterItsDay) {
  const PackClock clock = clock_of();
  const std::string rows = "1,informasi,masuk,2024-10-07,64,\n";
  EXPECT_EQ(outcome(run(rows, "2024-10-10"), clock, "verifikasi"), "berjalan 2024-10-10 3");
  const ClockResult overdue = run("2,informasi,masuk,2024-10-07,64,\n", "2024-10-14");
  EXPECT_EQ(outcome(overdue, clock, "verifikasi"), "lewat 2024-10-10 5 +2");
  EXPECT_EQ(overdue.outcomes.front().unit, "64");
}

TEST_F(ClockTest, ClockStandsWhileTheReporterCompletes) {
  const PackClock clock = clock_of();
  const std::string start =
      "1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-07,64/dlh,\n1,,tunda,2024-10-08,64/dlh,\n";
  // 8 October counts, the 9th to the 11th do not; five days: 8, 14, 15, 16, 17.
  EXPECT_EQ(outcome(run(start + "1,,disposisi,2024-10-11,64/dlh,\n", "2024-10-17"), clock, "selesai-informasi"),
            "berjalan 2024-10-17 5");
  // Under a pause that goes on nothing is due.
  EXPECT_EQ(outcome(run(start, "2024-12-20"), clock, "selesai-informasi"), "berhenti - 1");
  // A pause that began after the last day changes nothing: due on 14 October.
  EXPECT_EQ(
      outcome(run("1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-07,64/dlh,\n1,,tunda,2024-10-16,64/dlh,\n",
                  "2024-12-20"),
              clock, "selesai-informasi"),
      "lewat 2024-10-14 7 +2");
}

TEST_F(ClockTest, PauseCountsLikeAStartWhenTheFirstDayCounts) {
  const PackClock clock = clock_of(true);
  // 7 and 8 October count, the 9th and 10th stand, the day of resuming (11th) counts: 7, 8, 11, 14, 15.
  const ClockResult result =
      run("1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-07,64,\n1,,tunda,2024-10-08,64,\n"
          "1,,disposisi,2024-10-11,64,\n",
          "2024-10-11", clock);
  EXPECT_EQ(outcome(result, clock, "selesai-informasi"), "berjalan 2024-10-15 3");
}

TEST_F(ClockTest, ArchivedItemHasNoLimitAnyMore) {
  const PackClock clock = clock_of();
  const ClockResult result =
      run("1,pengaduan,masuk,2024-10-07,64,\n1,,disposisi,2024-10-08,64,\n1,,arsip,2024-10-09,64,\n", "2024-12-20");
  EXPECT_EQ(outcome(result, clock, "verifikasi"), "tepat 2024-10-10 1");
  EXPECT_EQ(outcome(result, clock, "selesai-pengaduan"), "gugur - -");
}

TEST_F(ClockTest, NothingAfterTheDayOfAssessmentIsKnown) {
  const PackClock clock = clock_of();
  const std::string rows =
      "1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-10,64,\n2,informasi,masuk,2024-10-11,64,\n";
  const ClockResult before = run(rows, "2024-10-09");
  EXPECT_EQ(before.items.size(), 1U);
  EXPECT_EQ(outcome(before, clock, "verifikasi"), "berjalan 2024-10-10 2");
}

TEST_F(ClockTest, UnlistedYearIsToldOnce) {
  const PackClock clock = clock_of();
  const ClockResult result = run("1,informasi,masuk,2026-01-05,64,\n2,informasi,masuk,2026-01-06,64,\n", "2026-01-08");
  EXPECT_EQ(outcome(result, clock, "verifikasi"), "tidak-terhitung - -");
  EXPECT_EQ(places(), std::vector<std::string>{"J3161 tiket.csv:2:13"});
}

TEST_F(ClockTest, RefusalsCarryTheirPlaceAndTakeTheItemOut) {
  const PackClock clock = clock_of();
  const std::vector<ItemHistory> items = read(
      "1,informasi,masuk,2024-10-07,64,\n"
      "1,,selesai,2024-10-08,64,\n"  // 3: no such move
      "1,,arsip,2024-10-09,64,\n"    //    follows a refused row: silent
      "2,informasi,masuk,2024-10-07,64,\n"
      "2,,disposisi,2024-10-06,64,\n"  // 6: before the one above
      "3,informasi,masuk,2024-10-07,64,\n"
      "3,,disposisi,2024-10-08,64,\n"
      "3,,disposisi,2024-10-08,64,\n"  // 9: twice
      "4,informasi,masuk,2024-10-07,64,\n"
      "4,pengaduan,disposisi,2024-10-08,64,\n"                // 11: another class
      "5,keluhan,masuk,2024-10-07,64,\n"                      // 12: unknown class
      "6,informasi,diterima,2024-10-07,64,\n"                 // 13: unknown state
      "7,informasi,masuk,7 Oktober,64,\n"                     // 14: no time
      "8,informasi,masuk,2024-10-07,,\n"                      // 15: no unit
      "9,informasi,disposisi,2024-10-07,64,\n"                // 16: no entry
      "10,,masuk,2024-10-07,64,\n"                            // 17: no class
      "6472011203880003,informasi,masuk,2024-10-07,64,\n"     // 18: sixteen digits
      "12,informasi,masuk,2024-10-07,198001012005 011001,\n"  // 19: eighteen, grouped
      "13,informasi,masuk,2024-10-07,64,\n",
      clock);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items.front().number, "13");
  EXPECT_EQ(places(),
            (std::vector<std::string>{"J3163 tiket.csv:3:4", "J3164 tiket.csv:6:14", "J3165 tiket.csv:9:4",
                                      "J3166 tiket.csv:11:3", "J1411 tiket.csv:12:3", "J1411 tiket.csv:13:13",
                                      "J1413 tiket.csv:14:19", "J1801 tiket.csv:15:30", "J3163 tiket.csv:16:13",
                                      "J1801 tiket.csv:17:4", "J3162 tiket.csv:18:1", "J3162 tiket.csv:19:31"}));
}

TEST_F(ClockTest, UnknownColumnsAreRefusedBeforeAnyRowIsRead) {
  const PackClock clock = clock_of();
  const Workflow flow = workflow();
  const FileId file = sources_.add(
      "lapor.csv",
      "nomor,kelas,keadaan,waktu,unit,nama_pelapor,isi\n1,informasi,masuk,2024-10-07,64,Seseorang,Jalan\n");
  EXPECT_TRUE(read_item_events(file, sources_, {}, clock, flow, Zone{0}, sink_).empty());
  EXPECT_EQ(places(), (std::vector<std::string>{"J3160 lapor.csv:1:32", "J3160 lapor.csv:1:45"}));
}

TEST_F(ClockTest, UnitsOfAPlanAreCheckedOnceEach) {
  const PackClock clock = clock_of();
  UnitTable units;
  OrgUnit province;
  province.path = "64";
  units.add(province);
  auto items = read(
      "1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-08,64/dhl,\n2,informasi,masuk,2024-10-08,64/dhl,\n"
      "3,informasi,masuk,2024-10-09,64,\n",
      clock);
  ASSERT_EQ(items.size(), 3U);
  check_event_units(items, units, sink_);
  EXPECT_EQ(places(), std::vector<std::string>{"J1411 tiket.csv:3:25"});
  // 1 and 2 passed through a unit that nobody has: only 3 is left to be counted in any rate.
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items.front().number, "3");
}

ClockRate share(const char* code, std::vector<std::string> numerator) {
  ClockRate rate;
  rate.code = code;
  rate.numerator = std::move(numerator);
  rate.denominator = "sah";
  rate.beside = {"semua", "sah-tanpa-tunda"};
  return rate;
}

PackClock clock_with_rates() {
  PackClock clock = clock_of();
  clock.denominators = {{"semua", "", {"masuk", "tunda", "disposisi", "proses", "selesai", "arsip"}, "", false, {}},
                        {"sah", "", {"masuk", "tunda", "disposisi", "proses", "selesai"}, "", false, {}},
                        {"sah-tanpa-tunda", "", {"masuk", "disposisi", "proses", "selesai"}, "", false, {}}};
  clock.rates.push_back(share("L2", {"selesai"}));
  const auto limit_rate = [&](const char* code, RateKind kind, std::vector<std::string> limits) {
    ClockRate rate;
    rate.code = code;
    rate.kind = kind;
    rate.limits = std::move(limits);
    clock.rates.push_back(rate);
  };
  limit_rate("L3", RateKind::mean_days, {"verifikasi"});
  limit_rate("L4", RateKind::in_time, {"selesai-informasi", "selesai-pengaduan"});
  limit_rate("L8", RateKind::overdue, {"verifikasi", "selesai-informasi", "selesai-pengaduan"});
  limit_rate("L5", RateKind::mean_figure, {});
  return clock;
}

// "over/all=value" of a rate.
std::string figure(const std::vector<RateFigure>& figures, const PackClock& clock, const char* rate,
                   const char* unit = "", const char* denominator = "", const char* period = "-") {
  for (const RateFigure& one : figures) {
    if (clock.rates[one.rate].code != rate || one.unit != unit || one.denominator != denominator) continue;
    if (one.period.to_string() != period) continue;
    return one.over.to_string() + (one.all ? "|" + one.all->to_string() : "") +
           (one.value ? " " + round(*one.value, {RoundingMode::half_up, 2}).to_string() : " -");
  }
  return "none";
}

TEST_F(ClockTest, EastJavaWithItsThreeDenominators) {
  // TV-P2: 1,011 = 48 in process + 905 done + 51 delayed + 7 archived.
  std::string rows;
  int number = 0;
  const auto add = [&](int count, const std::string& tail) {
    for (int i = 0; i < count; ++i) {
      const std::string id = std::to_string(++number);
      rows += id + ",informasi,masuk,2024-03-04,35,\n";
      rows += id + ",," + tail + "\n";
      if (tail.starts_with("disposisi")) rows += id + ",,proses,2024-03-06,35,\n";
    }
  };
  add(48, "disposisi,2024-03-05,35,");
  const int in_process = number;
  add(905, "disposisi,2024-03-05,35,");
  for (int i = in_process + 1; i <= number; ++i) rows += std::to_string(i) + ",,selesai,2024-03-07,35,\n";
  add(51, "tunda,2024-03-05,35,");
  add(7, "arsip,2024-03-05,35,");
  const PackClock clock = clock_with_rates();
  const ClockResult result = run(rows, "2024-06-28", clock);
  ASSERT_EQ(result.items.size(), 1011U);
  const auto figures = clock_rates(clock, result, {});
  EXPECT_EQ(figure(figures, clock, "L2", "", "semua"), "905|1011 89.52");
  EXPECT_EQ(figure(figures, clock, "L2", "", "sah"), "905|1004 90.14");
  EXPECT_EQ(figure(figures, clock, "L2", "", "sah-tanpa-tunda"), "905|953 94.96");
  EXPECT_FALSE(sink_.has_errors());
}

TEST_F(ClockTest, RatesByUnitAndMonth) {
  // 1: verified in 1 day by 64, closed in time by 64/dlh (5 of 5 days), figure 4.
  // 2: verified in 3 days by 64, closed late by 64/dlh, figure 3.
  // 3: received in November, verification overdue at 64. 4: received in November, open and in time.
  const PackClock clock = clock_with_rates();
  const ClockResult result =
      run("1,informasi,masuk,2024-10-07,64,\n1,,disposisi,2024-10-08,64/dlh,\n1,,selesai,2024-10-15,64/dlh,4\n"
          "2,informasi,masuk,2024-10-07,64,\n2,,disposisi,2024-10-10,64/dlh,\n2,,selesai,2024-10-18,64/dlh,3\n"
          "3,pengaduan,masuk,2024-11-01,64,\n"
          "4,pengaduan,masuk,2024-11-07,64,\n4,,disposisi,2024-11-08,64/pupr,\n",
          "2024-11-08", clock);
  RateGrouping grouping;
  grouping.every = Granularity::month;
  const auto figures = clock_rates(clock, result, grouping);
  // Verification took 1 + 3 + 1 days over the three that were verified.
  EXPECT_EQ(figure(figures, clock, "L3"), "5|3 1.67");
  EXPECT_EQ(figure(figures, clock, "L3", "64"), "5|3 1.67");
  EXPECT_EQ(figure(figures, clock, "L3", "64/dlh"), "none");
  EXPECT_EQ(figure(figures, clock, "L4"), "1|2 50.00");
  EXPECT_EQ(figure(figures, clock, "L4", "64/dlh"), "1|2 50.00");
  EXPECT_EQ(figure(figures, clock, "L4", "", "", "2024-11"), "0|0 -");
  EXPECT_EQ(figure(figures, clock, "L8"), "1 1.00");
  EXPECT_EQ(figure(figures, clock, "L8", "64", "", "2024-11"), "1 1.00");
  EXPECT_EQ(figure(figures, clock, "L8", "64", "", "2024-10"), "0 0.00");
  EXPECT_EQ(figure(figures, clock, "L5"), "7|2 3.50");
  EXPECT_EQ(figure(figures, clock, "L2", "64/pupr", "sah"), "0|1 0.00");
  grouping.only = Period::parse("2024-10");
  EXPECT_EQ(figure(clock_rates(clock, result, grouping), clock, "L2", "", "semua"), "2|2 100.00");
}

}  // namespace clock_test
}  // namespace jenjang
