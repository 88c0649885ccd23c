#include "jenjang/base/decimal.h"

#include <clocale>
#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "jenjang/base/rational.h"

namespace jenjang {
namespace decimal_test {

Decimal dec(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Decimal());
}

TEST(Decimal, ParseKeepsTheDigitsWritten) {
  EXPECT_EQ(dec("76.30").to_string(), "76.30");
  EXPECT_EQ(dec("76.30").scale(), 2);
  EXPECT_EQ(dec("0").to_string(), "0");
  EXPECT_EQ(dec("-12.50").to_string(), "-12.50");
  EXPECT_EQ(dec("-0.05").to_string(), "-0.05");
  EXPECT_EQ(dec("0.001").to_string(','), "0,001");
  EXPECT_EQ(dec("00012").to_string(), "12");
  EXPECT_EQ(dec("-0").to_string(), "0");
  EXPECT_EQ(Decimal::parse("12,5", ',')->to_string(), "12.5");
}

// A text of eighteen bytes is read in 64 bits, a longer one in 128; noughts before a figure change nothing.
TEST(Decimal, ShortTextsReadAsLongOnes) {
  std::uint64_t state = 3;
  const auto below = [&](std::size_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state >> 33) % n);
  };
  std::size_t good = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = std::to_string(below(10));
    for (std::size_t more = below(18); more > 0; --more)
      text += "0123456789012345678901234567890123456789.,x"[below(43)];
    const auto near = Decimal::parse(text);
    const auto far = Decimal::parse(std::string(20, '0') + text);
    ASSERT_EQ(near.has_value(), far.has_value()) << text;
    if (!near) continue;
    ASSERT_EQ(near->mantissa(), far->mantissa()) << text;
    ASSERT_EQ(near->scale(), far->scale()) << text;
    good += near->scale() > 0 ? 1U : 0U;
  }
  EXPECT_GT(good, 1000U);
}

TEST(Decimal, ParseRefusesEverythingElse) {
  for (const char* text : {"", "-", ".", "1.", ".5", "+1", "1e3", "1 ", " 1", "1.2.3", "1,5", "--1", "0x1", "1_000",
                           "NaN", "-.5", "\xD9\xA1"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
  EXPECT_FALSE(Decimal::parse("1.5", ','));
}

TEST(Decimal, ParseLimitsDigitsAndDecimals) {
  EXPECT_TRUE(Decimal::parse(std::string(36, '9')));
  EXPECT_FALSE(Decimal::parse(std::string(37, '9')));
  EXPECT_TRUE(Decimal::parse(std::string(500, '0') + "7"));  // zeros before are not significant
  EXPECT_TRUE(Decimal::parse("0." + std::string(18, '1')));
  EXPECT_FALSE(Decimal::parse("0." + std::string(19, '1')));
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(dec("76.3"), dec("76.30"));
  EXPECT_LT(dec("-1.50"), dec("-1.4"));
  EXPECT_LT(dec("-0.1"), dec("0"));
  EXPECT_GT(dec("89.995"), dec("89.99"));
  // 10^35 at scale 18 next to a whole number of 36 digits: scaling either up would pass 2^127.
  const Decimal wide = dec(std::string(36, '9'));
  EXPECT_LT(dec("999999999999999999.999999999999999999"), wide);
  EXPECT_GT(Decimal::from_parts(wide.mantissa(), 0), Decimal::from_parts(wide.mantissa(), 18));
  EXPECT_LT(Decimal::from_parts(-wide.mantissa(), 0), Decimal::from_parts(-wide.mantissa(), 18));
}

TEST(Decimal, ComparisonAgreesWithRationals) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 5000; ++i) {
    const auto pick = [&] {
      const int bits = static_cast<int>(random() % 127);
      Int128 mantissa = (static_cast<Int128>(random() >> 1) << 64) | static_cast<Int128>(random());
      mantissa >>= (126 - bits);
      if (random() % 2 == 0) mantissa = -mantissa;
      return Decimal::from_parts(mantissa, static_cast<int>(random() % 19));
    };
    const Decimal a = pick();
    const Decimal b = i % 3 == 0 ? a.normalised() : pick();
    EXPECT_EQ(a <=> b, Rational(a) <=> Rational(b)) << a.to_string() << ' ' << b.to_string();
  }
}

TEST(Decimal, RescaleNeverLosesADigit) {
  EXPECT_EQ(dec("1.50").rescaled(1)->to_string(), "1.5");
  EXPECT_FALSE(dec("1.55").rescaled(1));
  EXPECT_EQ(dec("7").rescaled(3)->to_string(), "7.000");
  EXPECT_FALSE(dec(std::string(36, '9')).rescaled(3));  // 10^39 is above 2^127
  EXPECT_EQ(dec("100.00").normalised().to_string(), "100");
  EXPECT_EQ(dec("0.000").normalised().scale(), 0);
  EXPECT_TRUE(dec("100.00").is_whole());
  EXPECT_FALSE(dec("100.01").is_whole());
}

TEST(Decimal, AddsExactlyOrSaysNo) {
  EXPECT_EQ(Decimal::add(dec("0.1"), dec("0.2"))->to_string(), "0.3");
  EXPECT_EQ(Decimal::subtract(dec("1"), dec("0.001"))->to_string(), "0.999");
  const Int128 most = dec("170141183460469231731").mantissa() * dec("1000000000000000000").mantissa();
  const Decimal huge = Decimal::from_parts(most, 0);  // 1.7 x 10^38, just under 2^127
  EXPECT_FALSE(Decimal::add(huge, huge));
  EXPECT_FALSE(Decimal::subtract(huge.negated(), huge));
  // Zeros behind the point alone do not make a sum fail.
  EXPECT_EQ(Decimal::add(huge, dec("0.00")).value_or(Decimal()), huge);
}

TEST(Decimal, ToDoubleIsTheNearestDouble) {
  EXPECT_EQ(dec("89.995").to_double(), 89.995);
  EXPECT_EQ(dec("0.1").to_double(), 0.1);
  EXPECT_EQ(dec("-2699.85").to_double(), -2699.85);
  EXPECT_EQ(dec("9007199254740993").to_double(), 9007199254740992.0);  // 2^53 + 1: tie to even
  EXPECT_EQ(dec("123456789012345678.901234567890123456").to_double(), 123456789012345678.901234567890123456);
  std::mt19937_64 random(11);
  for (int i = 0; i < 2000; ++i) {
    const auto mantissa = static_cast<Int128>(random()) * static_cast<Int128>(random() % 1000000007ULL);
    const Decimal value = Decimal::from_parts(mantissa, static_cast<int>(random() % 19));
    EXPECT_EQ(value.to_double(), std::strtod(value.to_string().c_str(), nullptr)) << value.to_string();
  }
}

}  // namespace decimal_test
}  // namespace jenjang
