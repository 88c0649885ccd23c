#include "jenjang/measure/reading.h"

#include <gtest/gtest.h>
#include <string>

namespace jenjang {
namespace reading_test {

class Reading : public ::testing::Test {
protected:
  // Code, suggestion and the argument of the one diagnostic so far.
  std::string only() {
    if (sink_.all().size() != 1) return std::to_string(sink_.all().size()) + " diagnostics";
    const Diagnostic& d = sink_.all().front();
    return to_string(d.code) + " " + d.args.at(0).value + " -> " + d.suggestion;
  }
  DiagnosticSink sink_;
  SourceSpan span_{FileId(0), 3, 5, 4};
};

TEST_F(Reading, GoodTextReportsNothing) {
  EXPECT_TRUE(read_period("2026-TW2", span_, sink_));
  EXPECT_TRUE(read_years("2024..2026", span_, sink_));
  EXPECT_TRUE(read_target("<= 49", span_, sink_));
  EXPECT_TRUE(read_address("IKLH@64:2026", span_, sink_));
  EXPECT_TRUE(check_code("2.11.03", span_, sink_));
  EXPECT_TRUE(read_date("2025-12-31", span_, sink_));
  EXPECT_TRUE(sink_.all().empty());
}

TEST_F(Reading, PeriodWithSlipOfTheHand) {
  EXPECT_FALSE(read_period("2026 tw2", span_, sink_));
  EXPECT_EQ(only(), "J1201 2026 tw2 -> 2026-TW2");
  EXPECT_EQ(sink_.all().front().primary, span_);
}
TEST_F(Reading, MonthOfOneDigit) {
  EXPECT_FALSE(read_period("2026/5", span_, sink_));
  EXPECT_EQ(only(), "J1201 2026/5 -> 2026-05");
}
TEST_F(Reading, PeriodBeyondHelp) {
  EXPECT_FALSE(read_period("2026-TW5", span_, sink_));
  EXPECT_EQ(only(), "J1201 2026-TW5 -> ");
}
TEST_F(Reading, YearsWithADash) {
  EXPECT_FALSE(read_years("2024-2026", span_, sink_));
  EXPECT_EQ(only(), "J1202 2024-2026 -> 2024..2026");
}
TEST_F(Reading, TargetWithTheOtherDecimalMark) {
  EXPECT_FALSE(read_target("12,5", span_, sink_));
  EXPECT_EQ(only(), "J1203 12,5 -> 12.5");
}
TEST_F(Reading, TargetWithThousandsMarksHasNoSuggestion) {
  EXPECT_FALSE(read_target("1,000,000", span_, sink_));
  EXPECT_EQ(only(), "J1203 1,000,000 -> ");
}
TEST_F(Reading, AddressCodeAndDate) {
  EXPECT_FALSE(read_address("IKLH", span_, sink_));
  EXPECT_FALSE(check_code("LKE/1.a", span_, sink_));
  EXPECT_FALSE(read_date("2025-02-30", span_, sink_));
  ASSERT_EQ(sink_.all().size(), 3U);
  EXPECT_EQ(to_string(sink_.all()[0].code), "J1204");
  EXPECT_EQ(to_string(sink_.all()[1].code), "J1205");
  EXPECT_EQ(to_string(sink_.all()[2].code), "J1206");
  EXPECT_NE(message_text(sink_.all()[1], Language::indonesian).find("LKE/1.a"), std::string::npos);
}

}  // namespace reading_test
}  // namespace jenjang
