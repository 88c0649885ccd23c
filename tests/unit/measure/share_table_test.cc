#include "jenjang/measure/share_table.h"

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace jenjang {
namespace share_table_test {

ShareRow row(std::string grade, std::int64_t points, std::int64_t low, bool low_closed, std::int64_t high,
             bool high_open, std::vector<std::string> judgements = {}) {
  ShareRow r;
  r.grade = std::move(grade);
  r.points = Decimal(points);
  r.low_num = low;  // in quarters
  r.low_den = 4;
  r.low_closed = low_closed;
  r.high_num = high;
  r.high_den = 4;
  r.high_open = high_open;
  r.judgements = std::move(judgements);
  return r;
}

// The grades of PermenPANRB 88/2021 for keberadaan as evaluation worksheets print them: quarters of the
// criteria, the two best by an evaluator's judgement.
ShareTable existence() {
  ShareTable table;
  table.id = "uji/keberadaan";
  table.rows = {row("AA", 100, 4, true, 4, false, {"dipertahankan-1-tahun", "dipertahankan-5-tahun"}),
                row("A", 90, 4, true, 4, false, {"dipertahankan-1-tahun"}),
                row("BB", 80, 4, true, 4, false),
                row("B", 70, 3, false, 4, true),
                row("CC", 60, 2, false, 3, false),
                row("C", 50, 1, false, 2, false),
                row("D", 30, 0, false, 1, false),
                row("E", 0, 0, true, 0, false)};
  return table;
}

std::string grade(const ShareTable& table, std::int64_t met, std::int64_t n,
                  const std::vector<std::string>& given = {}) {
  const int index = table.find(met, n, given);
  return index < 0 ? "none" : table.rows[static_cast<std::size_t>(index)].grade;
}

// Worked out by hand for the list sizes of the regulation: how many criteria met give which grade.
// One letter for each count from 0 to n.
TEST(ShareTable, GradesForEveryCountOfTheListSizesInUse) {
  const std::map<std::int64_t, std::vector<std::string>> expected{
      {3, {"E", "C", "CC", "BB"}},
      {5, {"E", "D", "C", "CC", "B", "BB"}},
      {6, {"E", "D", "C", "C", "CC", "B", "BB"}},
      {7, {"E", "D", "C", "C", "CC", "CC", "B", "BB"}},
      {8, {"E", "D", "D", "C", "C", "CC", "CC", "B", "BB"}},
      {9, {"E", "D", "D", "C", "C", "CC", "CC", "B", "B", "BB"}},
      {10, {"E", "D", "D", "C", "C", "C", "CC", "CC", "B", "B", "BB"}},
      {11, {"E", "D", "D", "C", "C", "C", "CC", "CC", "CC", "B", "B", "BB"}}};
  const ShareTable table = existence();
  for (const auto& [n, grades] : expected) {
    for (std::int64_t met = 0; met <= n; ++met) {
      EXPECT_EQ(grade(table, met, n), grades[static_cast<std::size_t>(met)]) << met << " of " << n;
    }
  }
}

TEST(ShareTable, JudgementsRaiseOnlyAFullList) {
  const ShareTable table = existence();
  EXPECT_EQ(grade(table, 8, 8, {"dipertahankan-1-tahun"}), "A");
  EXPECT_EQ(grade(table, 8, 8, {"dipertahankan-5-tahun", "dipertahankan-1-tahun"}), "AA");
  EXPECT_EQ(grade(table, 8, 8, {"dipertahankan-5-tahun"}), "BB");  // AA needs both
  EXPECT_EQ(grade(table, 7, 8, {"dipertahankan-1-tahun"}), "B");
  EXPECT_EQ(grade(table, 8, 8, {"lain"}), "BB");
}

TEST(ShareTable, WhatIsNoShareHasNoGrade) {
  const ShareTable table = existence();
  EXPECT_EQ(grade(table, 0, 0), "none");
  EXPECT_EQ(grade(table, -1, 8), "none");
  EXPECT_EQ(grade(table, 9, 8), "none");
  EXPECT_EQ(grade(ShareTable{}, 1, 2), "none");
}

TEST(ShareTable, ComparesWithoutRoundingOrOverflow) {
  const ShareTable table = existence();
  // 3 x 10^18 of 4 x 10^18 is three quarters exactly; one more is above it. A double cannot tell the two apart.
  const std::int64_t n = 4'000'000'000'000'000'000;
  EXPECT_EQ(grade(table, 3'000'000'000'000'000'000, n), "CC");
  EXPECT_EQ(grade(table, 3'000'000'000'000'000'001, n), "B");
}

}  // namespace share_table_test
}  // namespace jenjang
