#include "jenjang/measure/target.h"

#include <gtest/gtest.h>
#include <string>

#include "tests/support/decimal.h"

namespace jenjang {
namespace target_test {

using testing::dec;

TEST(Target, NumberKeepsItsDigits) {
  const auto target = Target::parse("76.30");
  ASSERT_TRUE(target && target->number());
  EXPECT_EQ(*target->number(), dec("76.3"));
  EXPECT_EQ(target->to_string(), "76.30");
  EXPECT_EQ(target->reference_number(), dec("76.30"));
  EXPECT_EQ(*Target::parse("-2")->number(), dec("-2"));
}

TEST(Target, RangeByDotsOrByTolerance) {
  for (const char* text : {"80..90", "80 .. 90", " 80..90 "}) {
    const auto target = Target::parse(text);
    ASSERT_TRUE(target && target->range()) << text;
    EXPECT_EQ(target->range()->low, dec("80"));
    EXPECT_EQ(target->range()->high, dec("90"));
    EXPECT_FALSE(target->reference_number());
  }
  // Inflation target of the example in the plan format: 3.5 +- 1 is 2.5 to 4.5.
  for (const char* text : {"3.5+-1", "3.5 +- 1", "3.5\u00B11", "3.5 \u00B1 1"}) {
    const auto target = Target::parse(text);
    ASSERT_TRUE(target && target->range()) << text;
    EXPECT_EQ(target->range()->low, dec("2.5"));
    EXPECT_EQ(target->range()->high, dec("4.5"));
  }
  EXPECT_EQ(Target::parse("5..5")->range()->low, dec("5"));
  EXPECT_EQ(Target::parse("-3..-1")->range()->low, dec("-3"));
}

TEST(Target, BoundWithEachSign) {
  const auto expect = [](const char* text, Relation relation, const char* value, const char* written) {
    const auto target = Target::parse(text);
    ASSERT_TRUE(target && target->bound()) << text;
    EXPECT_EQ(target->bound()->relation, relation) << text;
    EXPECT_EQ(target->bound()->value, dec(value)) << text;
    EXPECT_EQ(target->reference_number(), dec(value)) << text;
    EXPECT_EQ(target->to_string(), written) << text;
  };
  expect("<= 49", Relation::less_equal, "49", "<= 49");
  expect("\u2264 49", Relation::less_equal, "49", "<= 49");
  expect("\u226549", Relation::greater_equal, "49", ">= 49");
  expect(">=0.5", Relation::greater_equal, "0.5", ">= 0.5");
  expect(">80", Relation::greater, "80", "> 80");
  expect("<80", Relation::less, "80", "< 80");
}

TEST(Target, AnyOtherWordIsAGrade) {
  for (const char* text : {"BB", "Sangat Baik", "A", "WTP", "Level 3", "3 bintang"}) {
    const auto target = Target::parse(text);
    ASSERT_TRUE(target && target->grade()) << text;
    EXPECT_EQ(target->grade()->label, text);
    EXPECT_EQ(target->to_string(), text);
    EXPECT_FALSE(target->reference_number());
  }
}

TEST(Target, RefusesMistakesInsteadOfCallingThemGrades) {
  for (const char* text :
       {"",   "   ", "90..80", "80..",  "..90", "80...90",   "80..x", "3.5+-", "+-1", "3.5+--1", "<= x",
        "<=", ">",   "< = 49", "=> 49", "12,5", "1.000.000", "-",     "80 %",  "80%", "10-20"}) {
    EXPECT_FALSE(Target::parse(text)) << text;
  }
}

TEST(Target, DecimalCommaWhenTheFileSaysSo) {
  EXPECT_EQ(*Target::parse("12,5", ',')->number(), dec("12.5"));
  EXPECT_EQ(Target::parse("80,5..90", ',')->range()->low, dec("80.5"));
  EXPECT_EQ(Target::parse("<= 4,25", ',')->bound()->value, dec("4.25"));
  EXPECT_FALSE(Target::parse("12.5", ','));
}

TEST(Target, WhatItWritesItReadsBack) {
  for (const char* text : {"0", "76.30", "80..90", "2.5..4.5", "<= 49", "> 80", "BB"}) {
    const auto target = Target::parse(text);
    ASSERT_TRUE(target) << text;
    EXPECT_EQ(Target::parse(target->to_string()), target) << text;
  }
}

TEST(Target, DefaultIsTheNumberZero) {
  const Target target;
  ASSERT_NE(target.number(), nullptr);
  EXPECT_TRUE(target.number()->is_zero());
}

}  // namespace target_test
}  // namespace jenjang
