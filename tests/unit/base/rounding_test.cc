#include "jenjang/base/rounding.h"

#include <array>
#include <gtest/gtest.h>

#include "tests/support/decimal.h"

namespace jenjang {
namespace rounding_test {

using testing::dec;

constexpr std::array kModes{RoundingMode::half_up, RoundingMode::half_even, RoundingMode::truncate, RoundingMode::floor,
                            RoundingMode::ceiling};

std::string rounded(std::string_view text, RoundingMode mode, int places) {
  const std::string exact = round(Rational(dec(text)), {mode, places}).to_string();
  EXPECT_EQ(round(dec(text), {mode, places}).to_string(), exact) << text;
  return exact;
}

TEST(Rounding, HalfUpVectors) {
  // Vector R10: half away from zero on the decimal, never on its nearest double.
  EXPECT_EQ(rounded("59.995", RoundingMode::half_up, 2), "60.00");
  EXPECT_EQ(rounded("90.005", RoundingMode::half_up, 2), "90.01");
  EXPECT_EQ(rounded("89.995", RoundingMode::half_up, 2), "90.00");
  EXPECT_EQ(rounded("89.9949", RoundingMode::half_up, 2), "89.99");
  EXPECT_EQ(rounded("-2.345", RoundingMode::half_up, 2), "-2.35");
  EXPECT_EQ(rounded("1.005", RoundingMode::half_up, 2), "1.01");
}

TEST(Rounding, EachModeByHand) {
  struct Case {
    const char *value, *half_up, *half_even, *truncate, *floor, *ceiling;
  };
  for (const Case& c : {Case{"2.5", "3", "2", "2", "2", "3"}, Case{"3.5", "4", "4", "3", "3", "4"},
                        Case{"-2.5", "-3", "-2", "-2", "-3", "-2"}, Case{"-0.5", "-1", "0", "0", "-1", "0"},
                        Case{"0.5", "1", "0", "0", "0", "1"}, Case{"-2.6", "-3", "-3", "-2", "-3", "-2"},
                        Case{"2.4", "2", "2", "2", "2", "3"}, Case{"7", "7", "7", "7", "7", "7"}}) {
    EXPECT_EQ(rounded(c.value, RoundingMode::half_up, 0), c.half_up) << c.value;
    EXPECT_EQ(rounded(c.value, RoundingMode::half_even, 0), c.half_even) << c.value;
    EXPECT_EQ(rounded(c.value, RoundingMode::truncate, 0), c.truncate) << c.value;
    EXPECT_EQ(rounded(c.value, RoundingMode::floor, 0), c.floor) << c.value;
    EXPECT_EQ(rounded(c.value, RoundingMode::ceiling, 0), c.ceiling) << c.value;
  }
}

TEST(Rounding, RepeatingFractions) {
  EXPECT_EQ(round(Rational(2, 3), {RoundingMode::half_up, 2}).to_string(), "0.67");
  EXPECT_EQ(round(Rational(-1, 3), {RoundingMode::ceiling, 2}).to_string(), "-0.33");
  EXPECT_EQ(round(Rational(-1, 3), {RoundingMode::floor, 2}).to_string(), "-0.34");
  EXPECT_EQ(round(Rational(100, 1100) * Rational(100), {RoundingMode::half_up, 2}).to_string(), "9.09");
}

TEST(Rounding, BandVectorDecidesOnTheRoundedFigure) {
  // Vector R08: 2699.85 of 3000 is 89.995 percent; printed with two decimals 90.00.
  const Rational exact = Rational(dec("2699.85")) / Rational(3000) * Rational(100);
  EXPECT_EQ(exact, Rational(dec("89.995")));
  EXPECT_EQ(round(exact, {RoundingMode::half_up, 2}).to_string(), "90.00");
  const Decimal cut = dec("90");
  EXPECT_TRUE(preimage_above(cut, false, {RoundingMode::half_up, 2}).contains(exact));  // P1 on rounded
  EXPECT_FALSE(preimage_above(cut, false, {RoundingMode::exact, 0}).contains(exact));   // P2 on exact
  EXPECT_FALSE(preimage_above(cut, true, {RoundingMode::half_up, 2}).contains(exact));  // closed upper: P2
}

TEST(Rounding, Above80) {
  const HalfLine half_up = preimage_above(dec("80"), true, {RoundingMode::half_up, 2});
  EXPECT_EQ(half_up.bound, Rational(dec("80.005")));
  EXPECT_TRUE(half_up.inclusive);
  const HalfLine truncated = preimage_above(dec("80"), true, {RoundingMode::truncate, 2});
  EXPECT_EQ(truncated.bound, Rational(dec("80.01")));
  EXPECT_TRUE(truncated.inclusive);
  const HalfLine exact = preimage_above(dec("80"), true, {RoundingMode::exact, 0});
  EXPECT_EQ(exact.bound, Rational(80));
  EXPECT_FALSE(exact.inclusive);
  EXPECT_EQ(least_figure_above(dec("80"), true, 2).to_string(), "80.01");
  EXPECT_EQ(least_figure_above(dec("80"), false, 2).to_string(), "80.00");
  EXPECT_EQ(least_figure_above(dec("80.001"), false, 2).to_string(), "80.01");
  EXPECT_EQ(least_figure_above(dec("-80.001"), false, 2).to_string(), "-80.00");
  EXPECT_EQ(least_figure_above(dec("-0.5"), true, 0).to_string(), "0");
}

TEST(Rounding, PreimageMeansRoundThenCompare) {
  // Every mode, cuts on both sides of zero on and off the grid, x on a grid finer than the
  // halves: the half line must say what rounding and comparing says.
  for (const RoundingMode mode : kModes) {
    for (const int places : {0, 1}) {
      for (int c = -250; c <= 250; c += 25) {
        const Decimal cut = Decimal::from_parts(c, 2);
        for (const bool strict : {false, true}) {
          const HalfLine line = preimage_above(cut, strict, {mode, places});
          for (int i = -4000; i <= 4000; i += 25) {
            const Decimal x = Decimal::from_parts(i, 3);
            const Decimal figure = round(x, {mode, places});
            const bool expected = strict ? figure > cut : figure >= cut;
            ASSERT_EQ(line.contains(Rational(x)), expected)
                << to_string(mode) << ' ' << places << " cut " << cut.to_string() << " x " << x.to_string();
          }
        }
      }
    }
  }
}

TEST(Rounding, DecimalWithFewDigitsStaysWhatItIs) {
  EXPECT_EQ(rounded("7.5", RoundingMode::half_up, 3), "7.500");
  EXPECT_EQ(round(dec("7.55"), {RoundingMode::exact, 0}).to_string(), "7.55");
  const Decimal wide = dec(std::string(36, '9'));
  EXPECT_EQ(round(wide, {RoundingMode::half_up, 18}), wide);  // zeros would not fit: the value stands
  // 10^36 with 18 decimals has no room; the figure stays at the end of the range, with its sign.
  EXPECT_GT(round(Rational(wide), {RoundingMode::half_up, 18}).sign(), 0);
  EXPECT_LT(round(Rational(wide).negated(), {RoundingMode::half_up, 18}).sign(), 0);
}

TEST(Rounding, Names) {
  for (const RoundingMode mode : kModes) EXPECT_EQ(parse_rounding_mode(to_string(mode)), mode);
  EXPECT_EQ(parse_rounding_mode("setengah-ke-atas"), RoundingMode::half_up);
  EXPECT_EQ(parse_rounding_mode("tepat"), RoundingMode::exact);
  EXPECT_FALSE(parse_rounding_mode("bulat"));
}

}  // namespace rounding_test
}  // namespace jenjang
