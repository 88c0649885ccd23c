// Rounding and text of whole quotients against the slow way of base, and by hand.
#include "engine/workspace/flat_text.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace flat_text_test {

std::string units(Int128 value, int places) {
  TextBuffer text;
  text.room(64);
  text.add_units(value, places);
  return std::string(text.view());
}

TEST(FlatText, UnitsHaveADigitBeforeThePoint) {
  EXPECT_EQ(units(7050, 2), "70.50");
  EXPECT_EQ(units(5, 2), "0.05");
  EXPECT_EQ(units(-3, 1), "-0.3");
  EXPECT_EQ(units(0, 2), "0.00");
  EXPECT_EQ(units(1234567, 0), "1234567");
  EXPECT_EQ(units(Int128{1} << 100, 1), Decimal::from_parts(Int128{1} << 100, 1).to_string());
}

TEST(FlatText, RoundsAsBaseDoes) {
  const RoundingMode modes[] = {RoundingMode::half_up, RoundingMode::half_even, RoundingMode::truncate,
                                RoundingMode::floor, RoundingMode::ceiling};
  for (const RoundingMode mode : modes) {
    for (int places = 0; places <= 3; ++places) {
      for (int num = -60; num <= 60; ++num) {
        for (const int den : {1, 2, 3, 7, 8, 40, 125}) {
          const WholeQuotient value{num, den};
          const auto found = rounded_units(value, {mode, places});
          ASSERT_TRUE(found);
          EXPECT_EQ(units(*found, places), round(rational_of(value), {mode, places}).to_string())
              << num << "/" << den << " " << to_string(mode) << " " << places;
        }
      }
    }
  }
}

// 0.125 to two places is a half: only the exact value says which way. 0.126 is not.
TEST(FlatText, DoublesNearACutAreLeftToTheExactSide) {
  const Rounding two{RoundingMode::half_up, 2};
  EXPECT_FALSE(rounded_clear_of_cuts(0.125, 0, two));
  EXPECT_EQ(rounded_clear_of_cuts(0.126, 0, two), 13);
  EXPECT_FALSE(rounded_clear_of_cuts(0.126, 0.002, two));
  EXPECT_FALSE(rounded_clear_of_cuts(0.5, 0, {RoundingMode::exact, 0}));
  EXPECT_FALSE(rounded_clear_of_cuts(7, 0, {RoundingMode::floor, 0}));
  EXPECT_EQ(rounded_clear_of_cuts(-7.5, 0, {RoundingMode::truncate, 0}), -7);
}

TEST(FlatText, QuotientsThatDoNotFitAreLeftToTheExactSide) {
  EXPECT_FALSE(rounded_units({Int128{1} << 120, 3}, {RoundingMode::half_up, 6}));
  EXPECT_EQ(*rounded_units({Int128{1} << 90, 1}, {RoundingMode::half_up, 0}), Int128{1} << 90);
}

TEST(FlatText, FieldsAreQuotedLikeAnyCsv) {
  EXPECT_EQ(csv_text("ton"), "ton");
  EXPECT_EQ(csv_text("ton, kering"), "\"ton, kering\"");
  EXPECT_EQ(csv_text("\"a\""), "\"\"\"a\"\"\"");
  EXPECT_EQ(csv_text(" a"), "\" a\"");
}

}  // namespace flat_text_test
}  // namespace jenjang
