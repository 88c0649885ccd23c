#include "jenjang/measure/period.h"

#include <gtest/gtest.h>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace jenjang {
namespace period_test {

std::string round_trip(std::string_view text) {
  const auto period = Period::parse(text);
  return period ? period->to_string() : "refused";
}

TEST(Period, ReadsEachGranularityAndWritesItBack) {
  for (const char* text :
       {"2026", "1900", "2199", "2026-S1", "2026-S2", "2026-TW1", "2026-TW4", "2026-01", "2026-12"}) {
    EXPECT_EQ(round_trip(text), text);
  }
  EXPECT_EQ(Period::parse("2026-05"), Period(2026, Granularity::month, 5));
  EXPECT_EQ(Period::parse("2026-S2"), Period(2026, Granularity::semester, 2));
}

TEST(Period, ReadsForeignQuartersAsTriwulan) {
  EXPECT_EQ(round_trip("2026Q2"), "2026-TW2");
  EXPECT_EQ(round_trip("2026-Q2"), "2026-TW2");
}

TEST(Period, RefusesWhatIsNotAPeriod) {
  for (const char* text :
       {"",         "26",       "202",      "20260",   "1899",      "2200",       "2026-",   "2026-S0",
        "2026-S3",  "2026-TW0", "2026-TW5", "2026-TW", "2026-TW12", "2026-00",    "2026-13", "2026-5",
        "2026-005", "2026-tw2", "2026 TW2", " 2026",   "2026 ",     "2026Q",      "2026Q5",  "2026S1",
        "2026TW1",  "2026-T2",  "2026-0x",  "x026",    "2026-S1x",  "2024..2026", "-2026"}) {
    EXPECT_EQ(round_trip(text), "refused") << text;
  }
}

TEST(Period, DefaultIsNoPeriod) {
  const Period none;
  EXPECT_FALSE(none.valid());
  EXPECT_EQ(none.to_string(), "-");
  EXPECT_FALSE(none.contains(Period::year(2026)));
  EXPECT_FALSE(Period::year(2026).contains(none));
  EXPECT_FALSE(none.next().valid());
}

TEST(Period, OrderIsYearThenCoarseBeforeFineThenIndex) {
  const std::vector<std::string> sorted{"2025",     "2025-12",  "2026",    "2026-S1", "2026-S2",
                                        "2026-TW1", "2026-TW4", "2026-01", "2026-12", "2027"};
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    EXPECT_LT(*Period::parse(sorted[i]), *Period::parse(sorted[i + 1])) << sorted[i];
  }
}

TEST(Period, NeighboursStopAtTheEdgesOfTheCalendar) {
  EXPECT_EQ(Period::parse("2025-12")->next().to_string(), "2026-01");
  EXPECT_EQ(Period::parse("2026-TW1")->previous().to_string(), "2025-TW4");
  EXPECT_FALSE(Period::parse("2199-S2")->next().valid());
  EXPECT_FALSE(Period::parse("1900")->previous().valid());
}

// Naive picture of a period: the set of its months, counted from a fixed start.
std::set<int> months_of(const Period& p) {
  std::set<int> months;
  const int width = p.granularity() == Granularity::year       ? 12
                    : p.granularity() == Granularity::semester ? 6
                    : p.granularity() == Granularity::quarter  ? 3
                                                               : 1;
  for (int m = 0; m < width; ++m) months.insert(p.year() * 12 + (p.index() - 1) * width + m);
  return months;
}

bool is_subset(const std::set<int>& inner, const std::set<int>& outer) {
  for (const int m : inner) {
    if (!outer.contains(m)) return false;
  }
  return true;
}

class PeriodAlgebra : public ::testing::Test {
protected:
  Period random_period() {
    const auto g = static_cast<Granularity>(random_() % 4);
    return Period(static_cast<int>(2020 + random_() % 3), g,
                  static_cast<int>(random_() % static_cast<unsigned>(periods_per_year(g))) + 1);
  }
  std::mt19937 random_{20240131};
};

TEST_F(PeriodAlgebra, AgreesWithSetsOfMonths) {
  int contained = 0;
  for (int round = 0; round < 4000; ++round) {
    const Period a = random_period();
    const Period b = random_period();
    ASSERT_EQ(a.contains(b), is_subset(months_of(b), months_of(a))) << a.to_string() << " " << b.to_string();
    contained += a.contains(b) ? 1 : 0;
    ASSERT_EQ(Period::parse(a.to_string()), a);
    ASSERT_EQ(a.year() * 12 + a.first_month() - 1, *months_of(a).begin());
    ASSERT_EQ(a.year() * 12 + a.last_month() - 1, *months_of(a).rbegin());
    ASSERT_EQ(*months_of(a.next()).begin(), *months_of(a).rbegin() + 1);
    ASSERT_EQ(a.next().granularity(), a.granularity());
    ASSERT_EQ(a.next().previous(), a);
  }
  EXPECT_GT(contained, 100);  // the comparison above saw both answers
}

TEST_F(PeriodAlgebra, SplitPartitionsAndEnclosingUndoesIt) {
  for (int round = 0; round < 1000; ++round) {
    const Period whole = random_period();
    for (int g = static_cast<int>(whole.granularity()); g < 4; ++g) {
      const auto finer = static_cast<Granularity>(g);
      std::set<int> covered;
      std::size_t total = 0;
      Period last;
      for (const Period& part : whole.split(finer)) {
        ASSERT_EQ(part.granularity(), finer);
        ASSERT_EQ(part.enclosing(whole.granularity()), whole);
        ASSERT_LT(last, part);
        last = part;
        const std::set<int> months = months_of(part);
        total += months.size();
        covered.insert(months.begin(), months.end());
      }
      ASSERT_EQ(covered, months_of(whole));
      ASSERT_EQ(total, covered.size());  // no month twice
    }
  }
}

TEST(Granularity, WordsBothWays) {
  EXPECT_EQ(to_string(Granularity::quarter), "triwulan");
  for (const Granularity g : {Granularity::year, Granularity::semester, Granularity::quarter, Granularity::month}) {
    EXPECT_EQ(parse_granularity(to_string(g)), g);
  }
  EXPECT_FALSE(parse_granularity("minggu"));
}

TEST(PeriodRange, ReadsYearsAndSpans) {
  const auto plan = PeriodRange::parse("2024..2026");
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->years(), 3);
  EXPECT_TRUE(plan->contains(2024));
  EXPECT_TRUE(plan->contains(2026));
  EXPECT_FALSE(plan->contains(2027));
  EXPECT_FALSE(plan->contains(2023));
  EXPECT_EQ(plan->to_string(), "2024..2026");
  EXPECT_EQ(PeriodRange::parse("2024"), (PeriodRange{2024, 2024}));
  EXPECT_EQ(PeriodRange::parse("2024")->to_string(), "2024");
  for (const char* text : {"", "..", "2024..", "..2026", "2026..2024", "2024-2026", "2024...2026", "2024..2026..2027",
                           "2024-S1..2026", "2024 .. 2026"}) {
    EXPECT_FALSE(PeriodRange::parse(text)) << text;
  }
}

TEST(Date, ChecksTheCalendar) {
  EXPECT_EQ(Date::parse("2025-12-31"), (Date{2025, 12, 31}));
  EXPECT_TRUE(Date::parse("2024-02-29"));
  EXPECT_TRUE(Date::parse("2000-02-29"));   // every 400 years a leap year
  EXPECT_FALSE(Date::parse("1900-02-29"));  // every 100 years none
  EXPECT_FALSE(Date::parse("2023-02-29"));
  EXPECT_FALSE(Date::parse("2025-04-31"));
  for (const char* text : {"", "2025-1-31", "2025-00-10", "2025-13-01", "2025-01-00", "2025/01/01", "2025-01-01T00:00",
                           "20250101", "2025-01-3x"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
  EXPECT_EQ((Date{2025, 3, 7}).to_string(), "2025-03-07");
}

TEST(Date, APeriodIsOverOnItsLastDay) {
  EXPECT_TRUE((Date{2025, 12, 31}).is_over(Period::year(2025)));
  EXPECT_FALSE((Date{2025, 12, 30}).is_over(Period::year(2025)));
  EXPECT_TRUE((Date{2025, 6, 30}).is_over(Period(2025, Granularity::semester, 1)));
  EXPECT_FALSE((Date{2025, 6, 29}).is_over(Period(2025, Granularity::quarter, 2)));
  EXPECT_FALSE((Date{2024, 2, 28}).is_over(Period(2024, Granularity::month, 2)));
  EXPECT_TRUE((Date{2023, 2, 28}).is_over(Period(2023, Granularity::month, 2)));
  EXPECT_FALSE((Date{2025, 12, 31}).is_over(Period()));
}

}  // namespace period_test
}  // namespace jenjang
