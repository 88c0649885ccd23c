#include "jenjang/measure/address.h"

#include <gtest/gtest.h>
#include <string>

namespace jenjang {
namespace address_test {

TEST(Address, TakesItsPartsApart) {
  const auto a = Address::parse("RPD-64#SAMPAH-KELOLA@64.72/dlh:2026-TW2");
  ASSERT_TRUE(a);
  EXPECT_EQ(a->document, "RPD-64");
  EXPECT_EQ(a->code, "SAMPAH-KELOLA");
  EXPECT_EQ(a->unit, "64.72/dlh");
  EXPECT_EQ(a->period, Period(2026, Granularity::quarter, 2));
  EXPECT_FALSE(a->range);
}

TEST(Address, EndOfPlanCellIsARange) {
  const auto a = Address::parse("IKLH@64:2024..2026");
  ASSERT_TRUE(a);
  EXPECT_FALSE(a->period);
  EXPECT_EQ(a->range, (PeriodRange{2024, 2026}));
  EXPECT_EQ(a->document, "");
}

TEST(Address, WhatItReadsItWritesBack) {
  for (const char* text : {"S3@64", "RPD-64#S3@64", "2.11.03.1.01@64/dlh", "PAGU-2.11.01@64/dlh:2024", "1.a.3@64/dlh",
                           "LKE-DLH-M2.1.a.3@64/dlh:2024", "PENGADUAN@64/dlh/penaatan/jf-1:2024-05", "x_1@a_b/c-d",
                           "IKLH@64:2024..2026", "IKLH@64:2024..2024"}) {
    const auto a = Address::parse(text);
    ASSERT_TRUE(a) << text;
    EXPECT_EQ(a->to_string(), text);
  }
  // A quarter in another system's writing is read, and written in ours.
  EXPECT_EQ(Address::parse("IKLH@64:2026Q3")->to_string(), "IKLH@64:2026-TW3");
}

TEST(Address, RefusesIncompleteOrForeignParts) {
  for (const char* text : {"",
                           "IKLH",
                           "@64",
                           "IKLH@",
                           "#IKLH@64",
                           "RPD 64#IKLH@64",
                           "IKLH@64:",
                           "IKLH@64:kapan",
                           "IKLH@64:2026..2024",
                           "IKLH@64:2026-TW5",
                           "IK LH@64",
                           "IKLH@64/",
                           "IKLH@/64",
                           "IKLH@64//dlh",
                           "IKLH@./dlh",
                           "IKLH@64/..",
                           "1/a@64",
                           "LKE-DLH-M2/1.a@64",
                           "A#B#C@64",
                           "A@B@64",
                           "-x@64",
                           "IKLH@64 ",
                           "IKLH@64:2026:2027",
                           "RPD/64#IKLH@64"}) {
    EXPECT_FALSE(Address::parse(text)) << text;
  }
}

TEST(Address, CodesHoldNoSlashAndPathsDo) {
  EXPECT_TRUE(is_valid_code("2.11.03.1.01"));
  EXPECT_TRUE(is_valid_code("LKE-DLH-M2.1.a"));
  EXPECT_FALSE(is_valid_code("LKE-DLH-M2/1.a"));
  EXPECT_FALSE(is_valid_code(""));
  EXPECT_FALSE(is_valid_code("--as-of"));
  EXPECT_FALSE(is_valid_code("S\u00C1"));
  EXPECT_TRUE(is_valid_unit_path("64.72/dlh"));
  EXPECT_TRUE(is_valid_unit_path("64"));
  EXPECT_FALSE(is_valid_unit_path(""));
  EXPECT_FALSE(is_valid_unit_path("../64"));
  EXPECT_FALSE(is_valid_unit_path("64/dlh/"));
}

}  // namespace address_test
}  // namespace jenjang
