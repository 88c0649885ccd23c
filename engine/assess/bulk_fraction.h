// Fractions of 128 bits that notice when they would leave them: units of compiled worksheets.
#pragma once

#include <optional>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"

namespace jenjang {

// Of absolute values; gcd of nought and n is n.
inline Int128 gcd_of(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

inline std::optional<Int128> checked_product(Int128 a, Int128 b) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

// num / den in lowest terms, den > 0.
struct ReducedFraction {
  Int128 num = 0, den = 1;

  static std::optional<ReducedFraction> of(Int128 num, Int128 den) {
    const Int128 by = gcd_of(num, den);
    if (by == 0) return std::nullopt;  // 0/0
    return ReducedFraction{num / by, den / by};
  }
  static std::optional<ReducedFraction> of(const Decimal& value) {
    Int128 den = 1;
    for (int i = 0; i < value.scale(); ++i) den *= 10;  // at most 10^18
    return of(value.mantissa(), den);
  }
  static std::optional<ReducedFraction> product(const ReducedFraction& a, const ReducedFraction& b) {
    // Crosswise first: what cancels need not fit.
    const Int128 one = gcd_of(a.num, b.den), two = gcd_of(b.num, a.den);
    const Int128 left = one == 0 ? 1 : one, right = two == 0 ? 1 : two;
    const auto num = checked_product(a.num / left, b.num / right);
    const auto den = checked_product(a.den / right, b.den / left);
    if (!num || !den) return std::nullopt;
    return of(*num, *den);
  }
  // Requires by > 0.
  static std::optional<ReducedFraction> quotient(const ReducedFraction& a, const ReducedFraction& by) {
    return product(a, ReducedFraction{by.den, by.num});
  }
  // The largest fraction of which both are whole multiples; of nought and f it is f.
  static std::optional<ReducedFraction> common(const ReducedFraction& a, const ReducedFraction& b) {
    if (a.num == 0) return b.num < 0 ? ReducedFraction{-b.num, b.den} : b;
    if (b.num == 0) return common(b, a);
    const auto den = checked_product(a.den / gcd_of(a.den, b.den), b.den);
    if (!den) return std::nullopt;
    return of(gcd_of(a.num, b.num), *den);
  }

  [[nodiscard]] Rational to_rational() const {
    return Rational(Decimal::from_parts(num, 0)) / Rational(Decimal::from_parts(den, 0));
  }
};

}  // namespace jenjang
