// Fractions of two 128-bit integers against Rationals: every rounded double is theirs, and exact where theirs is.
#include "engine/bulk/fraction128.h"

#include <gtest/gtest.h>

namespace jenjang::bulk {
namespace fraction128_test {

Rational rational(const Fraction128& f) {
  return Rational(Decimal::from_parts(f.numerator(), 0)) / Rational(Decimal::from_parts(f.denominator(), 0));
}

void expect_rounded_as_rational(const Fraction128& f) {
  const auto rounded = f.rounded();
  ASSERT_TRUE(rounded.has_value());
  const double wanted = rational(f).to_double();
  EXPECT_EQ(rounded->value, wanted);
  EXPECT_EQ(rounded->exact, rational(f) == Rational::from_double(wanted));
}

std::uint64_t next(std::uint64_t& state) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return state >> 11;
}

TEST(Fraction128, RoundsOnceWhateverItsLength) {
  std::uint64_t seed = 3;
  int tried = 0;
  for (int i = 0; i < 20'000; ++i) {
    const int num_bits = 1 + static_cast<int>(next(seed) % 110), den_bits = 1 + static_cast<int>(next(seed) % 63);
    const Int128 wide = (static_cast<Int128>(next(seed)) << 64) | static_cast<Int128>(next(seed)) << 12;
    const Int128 num = (wide >> (117 - num_bits)) + 1;
    const Int128 den = static_cast<Int128>(next(seed) >> (53 - std::min(53, den_bits))) + 1;
    // Long ones below 2^-9, and from 2^63 on, are left to Rationals.
    const double size = static_cast<double>(num) / static_cast<double>(den);
    if (size < 0x1p-8 || size > 0x1p62) continue;
    expect_rounded_as_rational(Fraction128(i % 2 == 0 ? num : -num, den));
    ++tried;
  }
  EXPECT_GT(tried, 5000);
}

TEST(Fraction128, BreaksTiesToEven) {
  constexpr Int128 kHalf = Int128{1} << 53;  // doubles from here on are even numbers
  expect_rounded_as_rational(Fraction128(kHalf + 1, 1));
  expect_rounded_as_rational(Fraction128(kHalf + 3, 1));
  // Just above and below a tie: 2^53 + 1 and a billionth.
  constexpr Int128 kBillion = 1'000'000'000;
  expect_rounded_as_rational(Fraction128((kHalf + 1) * kBillion + 1, kBillion));
  expect_rounded_as_rational(Fraction128((kHalf + 3) * kBillion - 1, kBillion));
  // 90.005 + 2^-47 x k / 8: quarters and halves between neighbouring doubles.
  const auto cut = static_cast<Int128>(90.005 * 0x1p50);
  for (int k = -16; k <= 16; ++k) expect_rounded_as_rational(Fraction128(cut + k, Int128{1} << 50));
}

TEST(Fraction128, SaysWhereItsDoubleIsExact) {
  EXPECT_TRUE(Fraction128(3, 8).rounded()->exact);
  EXPECT_TRUE(Fraction128(33, 88).rounded()->exact);
  EXPECT_FALSE(Fraction128(1, 10).rounded()->exact);
  EXPECT_TRUE(Fraction128(0, 7).rounded()->exact);
  EXPECT_FALSE(Fraction128(0, 0).rounded().has_value());
  EXPECT_FALSE(Fraction128::compare(Fraction128(1, 2), Fraction128(0, 0)).has_value());
  EXPECT_FALSE(Fraction128(Int128{1} << 60, Int128{1} << 70).rounded().has_value());
}

}  // namespace fraction128_test
}  // namespace jenjang::bulk
