#include "jenjang/base/rational.h"

#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <vector>

#include "tests/support/decimal.h"

namespace jenjang {
namespace rational_test {

using testing::dec;

TEST(Rational, KeepsLowestTerms) {
  EXPECT_EQ(Rational(6, 4).to_string(), "3/2");
  EXPECT_EQ(Rational(6, -4).to_string(), "-3/2");
  EXPECT_EQ(Rational(8, 4).to_string(), "2");
  EXPECT_EQ(Rational(0, 5).to_string(), "0");
  EXPECT_EQ(Rational(dec("6.75")).to_string(), "27/4");
  EXPECT_EQ(Rational().to_string(), "0");
}

TEST(Rational, Arithmetic) {
  const Rational third(1, 3);
  EXPECT_EQ(third + third + third, Rational(1));
  EXPECT_EQ(third - Rational(1, 2), Rational(-1, 6));
  EXPECT_EQ(third * Rational(3, 5), Rational(1, 5));
  EXPECT_EQ(third / Rational(-2, 9), Rational(-3, 2));
  EXPECT_EQ(third.negated().absolute(), third);
  Rational self(5, 7);
  self /= self;
  EXPECT_EQ(self, Rational(1));
  self -= self;
  EXPECT_TRUE(self.is_zero());
  EXPECT_EQ(self.sign(), 0);
}

TEST(Rational, CopiesAreDeepAndMovedFromCanBeAssigned) {
  Rational a(1, 2);
  Rational b = a;
  b += Rational(1);
  EXPECT_EQ(a, Rational(1, 2));
  Rational c = std::move(a);
  a = b;  // NOLINT(bugprone-use-after-move): allowed by contract
  EXPECT_EQ(a, Rational(3, 2));
  EXPECT_EQ(c, Rational(1, 2));
}

TEST(Rational, Compares) {
  EXPECT_LT(Rational(1, 3), Rational(34, 100));
  EXPECT_LT(Rational(-1, 2), Rational(-1, 3));
  EXPECT_GT(Rational(1, 100), Rational(-5));
  EXPECT_EQ(Rational(2, 4), Rational(1, 2));
}

TEST(Rational, FloorGoesDown) {
  EXPECT_TRUE(Rational(7, 2).floor() == Int128{3});
  EXPECT_TRUE(Rational(-7, 2).floor() == Int128{-4});
  EXPECT_TRUE(Rational(-4).floor() == Int128{-4});
  Rational huge(std::numeric_limits<std::int64_t>::max());
  huge *= huge;
  EXPECT_TRUE(huge.floor().has_value());  // below 2^126
  huge *= Rational(4);
  EXPECT_FALSE(huge.floor().has_value());  // 4 (2^63 - 1)^2 has 128 bits
}

TEST(Rational, ToDecimalOnlyWhenFinite) {
  EXPECT_EQ(Rational(27, 4).to_decimal()->to_string(), "6.75");
  EXPECT_EQ(Rational(-1, 8).to_decimal()->to_string(), "-0.125");
  EXPECT_EQ(Rational(1200).to_decimal()->to_string(), "1200");
  EXPECT_FALSE(Rational(1, 3).to_decimal());
  EXPECT_FALSE(Rational(1, std::int64_t{1} << 20).to_decimal());  // needs 20 decimals
  EXPECT_EQ(Rational(dec("0.000000000000000001")).to_decimal()->to_string(), "0.000000000000000001");
}

TEST(Rational, DoubleThereAndBack) {
  for (const double value : {0.0, 1.0, 0.1, -89.995, 1e300, 5e-324, -2.2250738585072014e-308, 2.225073858507201e-308,
                             1.7976931348623157e308, 0x1.fffffffffffffp-1}) {
    EXPECT_EQ(Rational::from_double(value).to_double(), value) << value;
  }
  EXPECT_EQ(Rational::from_double(0.5).to_string(), "1/2");
}

TEST(Rational, ToDoubleRoundsTiesToEven) {
  const std::int64_t two53 = std::int64_t{1} << 53;
  EXPECT_EQ(Rational(two53 + 1).to_double(), static_cast<double>(two53));
  EXPECT_EQ(Rational(two53 + 3).to_double(), static_cast<double>(two53 + 4));
  // Just above the tie: the sticky bit decides.
  EXPECT_EQ((Rational(two53 + 1) + Rational(1, 1'000'000'000'000'000'000)).to_double(), static_cast<double>(two53 + 2));
  // Half of the least subnormal is a tie and goes to zero; a little more goes up.
  const Rational half = Rational::from_double(5e-324) / Rational(2);
  EXPECT_EQ(half.to_double(), 0.0);
  EXPECT_EQ((half + half / Rational(1000)).to_double(), 5e-324);
  EXPECT_EQ((half * Rational(3)).to_double(), 1e-323);  // 1.5 units: tie between 1 and 2
}

TEST(Rational, ToDoubleAgreesWithDivisionOfExactDoubles) {
  // For whole numbers below 2^53 the processor's division is correctly rounded.
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const auto n = static_cast<std::int64_t>(random() >> (12 + random() % 40));
    const auto d = static_cast<std::int64_t>(random() >> (12 + random() % 40)) + 1;
    EXPECT_EQ(Rational(n, d).to_double(), static_cast<double>(n) / static_cast<double>(d)) << n << '/' << d;
  }
}

TEST(Rational, SumOfQuotientsEqualsTheRunningSum) {
  std::mt19937_64 random(5);
  std::vector<Rational> numerators, denominators;
  Rational running;
  for (int i = 0; i < 300; ++i) {
    numerators.emplace_back(static_cast<std::int64_t>(random() % 2001) - 1000, 7);
    denominators.emplace_back((random() % 2 == 0 ? 1 : -1) * static_cast<std::int64_t>(random() % 500 + 1), 3);
    running += numerators.back() / denominators.back();
  }
  EXPECT_EQ(Rational::sum_of_quotients(numerators, denominators), running);
  EXPECT_EQ(Rational::sum_of_quotients({}, {}), Rational());
}

TEST(Rational, ExactlyOnTarget) {
  // Vector R09: 8.1 of 9 is exactly 90 percent, while 8.1 / 9 * 100 in doubles is below it.
  EXPECT_EQ(Rational(dec("8.1")) / Rational(9) * Rational(100), Rational(90));
  EXPECT_LT(8.1 / 9 * 100, 90.0);
}

}  // namespace rational_test
}  // namespace jenjang
