#include "jenjang/measure/moment.h"

#include <array>
#include <gtest/gtest.h>
#include <random>
#include <string>

namespace jenjang {
namespace moment_test {

constexpr Zone kWib{420}, kWita{480}, kWit{540}, kUtc{0};

// Days from 1970-01-01 by walking the calendar, a year and a month at a time.
std::int64_t walked_days(int year, int month, int day) {
  const auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  const std::array<int, 12> length{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t days = 0;
  for (int y = 1970; y < year; ++y) days += leap(y) ? 366 : 365;
  for (int y = 1969; y >= year; --y) days -= leap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) days += length[static_cast<std::size_t>(m - 1)] + (m == 2 && leap(year) ? 1 : 0);
  return days + day - 1;
}

std::int64_t seconds_of(std::string_view text, Zone zone) {
  const auto moment = Moment::parse(text, zone);
  EXPECT_TRUE(moment.has_value()) << text;
  return moment ? moment->seconds : -1;
}

TEST(Zone, KnowsTheThreeOfIndonesiaAndOffsets) {
  EXPECT_EQ(Zone::parse("Asia/Jakarta"), kWib);
  EXPECT_EQ(Zone::parse("Asia/Pontianak"), kWib);
  EXPECT_EQ(Zone::parse("Asia/Makassar"), kWita);
  EXPECT_EQ(Zone::parse("Asia/Jayapura"), kWit);
  EXPECT_EQ(Zone::parse("UTC"), kUtc);
  EXPECT_EQ(Zone::parse("+08:00"), kWita);
  EXPECT_EQ(Zone::parse("-03:30"), Zone{-210});
  EXPECT_EQ(Zone::parse("+14:00"), Zone{840});
  EXPECT_EQ(Zone::parse("-00:00"), kUtc);
}

TEST(Zone, GuessesNothing) {
  for (const char* text : {"", "WITA", "asia/makassar", "Asia/Singapore", "+8", "+08", "+0800", "08:00", "+08:60",
                           "+14:01", "+15:00", "+08:00 ", " +08:00", "+8:00", "Zz", "+-8:00",
                           "\xE2\x88\x92"
                           "08:00"}) {
    EXPECT_FALSE(Zone::parse(text).has_value()) << text;
  }
}

TEST(Zone, IsWrittenAsAnOffset) {
  EXPECT_EQ(kWita.to_string(), "+08:00");
  EXPECT_EQ(kUtc.to_string(), "+00:00");
  EXPECT_EQ(Zone{-210}.to_string(), "-03:30");
  EXPECT_EQ(Zone{-30}.to_string(), "-00:30");
}

TEST(Moment, CountsAsPosixDoes) {
  EXPECT_EQ(seconds_of("1970-01-01T00:00:00Z", kWita), 0);
  // The billennium: 10^9 seconds after the epoch was 2001-09-09T01:46:40Z.
  EXPECT_EQ(seconds_of("2001-09-09T01:46:40Z", kWita), 1'000'000'000);
  EXPECT_EQ(seconds_of("1969-12-31T23:59:59Z", kWita), -1);
  // Noon in Makassar is 04:00 in UTC: 20543 days and four hours.
  EXPECT_EQ(seconds_of("2026-03-31T12:00", kWita), walked_days(2026, 3, 31) * 86'400 + 4 * 3600);
}

TEST(Moment, OneMomentHasManyWritings) {
  const std::int64_t expected = seconds_of("2026-03-31T09:00:00Z", kUtc);
  EXPECT_EQ(seconds_of("2026-03-31T17:00+08:00", kWit), expected);
  EXPECT_EQ(seconds_of("2026-03-31T17:00:00+08:00", kUtc), expected);
  EXPECT_EQ(seconds_of("2026-03-31T17:00", kWita), expected);
  EXPECT_EQ(seconds_of("2026-03-31T16:00", kWib), expected);
  EXPECT_EQ(seconds_of("2026-03-31T18:00", kWit), expected);
  EXPECT_EQ(seconds_of("2026-03-31T05:30-03:30", kWit), expected);
}

TEST(Moment, ADayIsItsLastSecondThere) {
  EXPECT_EQ(seconds_of("2026-03-31", kWita), seconds_of("2026-03-31T23:59:59+08:00", kUtc));
  EXPECT_EQ(seconds_of("2026-03-31", kUtc) - seconds_of("2026-03-31", kWit), 9 * 3600);
  EXPECT_EQ(seconds_of("2026-03-31", kWita) + 1, seconds_of("2026-04-01T00:00", kWita));
}

TEST(Moment, LeapDays) {
  for (const char* day : {"2024-02-29", "2000-02-29", "2096-02-29"}) EXPECT_TRUE(Moment::parse(day, kWita)) << day;
  for (const char* day : {"2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31", "2024-13-01",
                          "2024-00-10", "2024-01-00"}) {
    EXPECT_FALSE(Moment::parse(day, kWita)) << day;
    EXPECT_FALSE(Moment::parse(std::string(day) + "T10:00", kWita)) << day;
  }
  EXPECT_EQ(seconds_of("2024-03-01T00:00Z", kUtc) - seconds_of("2024-02-28T00:00Z", kUtc), 2 * 86'400);
  // The night over the leap day, seen from the east: one second before midnight in Jayapura is still the 29th there.
  EXPECT_EQ((Moment{seconds_of("2024-02-29T23:59:59", kWit)}.date_in(kWit)), (Date{2024, 2, 29}));
  EXPECT_EQ((Moment{seconds_of("2024-02-29T23:59:59", kWib)}.date_in(kWit)), (Date{2024, 3, 1}));
}

TEST(Moment, RefusesEverythingElse) {
  for (const char* text : {"",
                           "2026",
                           "2026-03",
                           "2026-3-31",
                           "31-03-2026",
                           "2026/03/31",
                           "2026-03-31 17:00",
                           "2026-03-31t17:00",
                           "2026-03-31T",
                           "2026-03-31T17",
                           "2026-03-31T17:",
                           "2026-03-31T17:0",
                           "2026-03-31T7:00",
                           "2026-03-31T24:00",
                           "2026-03-31T23:60",
                           "2026-03-31T23:59:60",
                           "2026-03-31T17:00:",
                           "2026-03-31T17:00:5",
                           "2026-03-31T17:00:05.5Z",
                           "2026-03-31T17:00+08",
                           "2026-03-31T17:00+0800",
                           "2026-03-31T17:00z",
                           "2026-03-31T17:00 Z",
                           "2026-03-31T17:00ZZ",
                           "2026-03-31T17:00+08:00Z",
                           "2026-03-31Z",
                           "2026-03-31+08:00",
                           " 2026-03-31",
                           "2026-03-31 ",
                           "1776-03-31",
                           "9999-01-01",
                           "+026-03-31",
                           "2026-03-31T+7:00",
                           "2026-03-31T17:-1"}) {
    EXPECT_FALSE(Moment::parse(text, kWita)) << text;
  }
  EXPECT_FALSE(Moment::parse(std::string_view("2026-03-31\0", 11), kWita));
}

TEST(Moment, IsWrittenAsItIsRead) {
  const Moment moment{seconds_of("2026-03-31T17:00:05+08:00", kUtc)};
  EXPECT_EQ(moment.to_string(kWita), "2026-03-31T17:00:05+08:00");
  EXPECT_EQ(moment.to_string(kUtc), "2026-03-31T09:00:05+00:00");
  EXPECT_EQ(Moment{-1}.to_string(kUtc), "1969-12-31T23:59:59+00:00");
  EXPECT_EQ(Moment{-1}.to_string(kWib), "1970-01-01T06:59:59+07:00");
}

TEST(Moment, RandomMomentsComeBackAndAgreeWithTheWalkedCalendar) {
  std::mt19937_64 random(20260331);
  const std::int64_t least = walked_days(1901, 1, 1) * 86'400, most = walked_days(2199, 1, 1) * 86'400;
  std::uniform_int_distribution<std::int64_t> second(least, most);
  std::uniform_int_distribution<int> minute(-840, 840);
  for (int i = 0; i < 20'000; ++i) {
    const Moment moment{second(random)};
    const Zone zone{minute(random)};
    const std::string text = moment.to_string(zone);
    EXPECT_EQ(Moment::parse(text, kWit), moment) << text;
    EXPECT_EQ(Moment::parse(text.substr(0, 19), zone), moment) << text;  // the zone of the plan stands in
    const Date day = moment.date_in(zone);
    const std::int64_t midnight = walked_days(day.year, day.month, day.day) * 86'400 - zone.minutes * 60;
    EXPECT_LE(midnight, moment.seconds) << text;
    EXPECT_LT(moment.seconds, midnight + 86'400) << text;
    EXPECT_EQ(Zone::parse(zone.to_string()), zone);
  }
}

// Whatever is typed: never a crash, and what is taken is written back as the same moment.
TEST(Moment, MutatedTextsAreReadOrRefused) {
  const std::string alphabet = "0123456789-:TZ+. t\xC3\xA9";
  std::mt19937_64 random(7);
  std::size_t taken = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = "2024-02-29T23:59:58+08:00";
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t c = 0; c < changes; ++c) {
      const std::size_t at = random() % (text.size() + 1);
      switch (random() % 4) {
        case 0:
          if (at < text.size()) text[at] = alphabet[random() % alphabet.size()];
          break;
        case 1:
          text.insert(at, 1, alphabet[random() % alphabet.size()]);
          break;
        case 2:
          if (at < text.size()) text.erase(at, 1);
          break;
        default:
          text.resize(at);
      }
    }
    const auto moment = Moment::parse(text, kWita);
    if (!moment) continue;
    ++taken;
    EXPECT_EQ(Moment::parse(moment->to_string(kWita), kUtc), moment) << text;
    EXPECT_TRUE(text.size() == 10 || text.size() == 16 || text.size() == 19 || text.back() == 'Z' ||
                text.size() == 22 || text.size() == 25)
        << text;
  }
  EXPECT_GT(taken, 1000U);
}

}  // namespace moment_test
}  // namespace jenjang
