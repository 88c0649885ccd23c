// A fraction of two 128-bit integers, for the exact side of a sweep: some nanoseconds an operation where Rational takes
// a microsecond. Overflow is remembered, never wrong: whoever finds `ok` false asks again with Rational.
#pragma once

#include <cstdint>
#include <optional>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"

namespace jenjang::bulk {

class Fraction128 {
public:
  Fraction128() = default;
  explicit Fraction128(const Decimal& value) : num_(value.mantissa()), den_(power(value.scale())) {}
  Fraction128(Int128 num, Int128 den) : num_(num), den_(den) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] Int128 numerator() const { return num_; }
  [[nodiscard]] Int128 denominator() const { return den_; }
  [[nodiscard]] bool is_zero() const { return num_ == 0; }
  Fraction128& operator+=(const Fraction128& other) {
    if (den_ == other.den_) {
      ok_ = ok_ && other.ok_ && !__builtin_add_overflow(num_, other.num_, &num_);
      return *this;
    }
    Int128 a = 0, b = 0;
    ok_ = ok_ && other.ok_ && !__builtin_mul_overflow(num_, other.den_, &a) &&
          !__builtin_mul_overflow(other.num_, den_, &b) && !__builtin_add_overflow(a, b, &num_) &&
          !__builtin_mul_overflow(den_, other.den_, &den_);
    shorten();
    return *this;
  }
  Fraction128& operator*=(const Fraction128& other) {
    ok_ = ok_ && other.ok_ && !__builtin_mul_overflow(num_, other.num_, &num_) &&
          !__builtin_mul_overflow(den_, other.den_, &den_);
    shorten();
    return *this;
  }
  // By something not zero.
  Fraction128& operator/=(const Fraction128& other) {
    Fraction128 turned(other.num_ < 0 ? -other.den_ : other.den_, other.num_ < 0 ? -other.num_ : other.num_);
    turned.ok_ = other.ok_;
    return *this *= turned;
  }
  friend Fraction128 operator+(Fraction128 a, const Fraction128& b) { return a += b; }
  friend Fraction128 operator*(Fraction128 a, const Fraction128& b) { return a *= b; }
  friend Fraction128 operator/(Fraction128 a, const Fraction128& b) { return a /= b; }
  [[nodiscard]] Fraction128 negated() const {
    Fraction128 out(-num_, den_);
    out.ok_ = ok_;
    return out;
  }
  // Sign of a - b; nullopt on overflow.
  [[nodiscard]] static std::optional<int> compare(const Fraction128& a, const Fraction128& b) {
    Int128 left = 0, right = 0;
    if (!a.ok_ || !b.ok_ || __builtin_mul_overflow(a.num_, b.den_, &left) ||
        __builtin_mul_overflow(b.num_, a.den_, &right)) {
      return std::nullopt;
    }
    return left < right ? -1 : left > right ? 1 : 0;
  }
  // Rounded once; nullopt when numerator or denominator is no exact double.
  [[nodiscard]] std::optional<double> to_double() const {
    constexpr Int128 kMost = Int128{1} << 53;
    if (!ok_ || num_ > kMost || num_ < -kMost || den_ > kMost) return std::nullopt;
    return static_cast<double>(num_) / static_cast<double>(den_);
  }

private:
  static Int128 power(int scale) {
    Int128 out = 1;
    for (int i = 0; i < scale; ++i) out *= 10;
    return out;
  }
  // Only when it grows long: most fractions here are short.
  void shorten() {
    constexpr Int128 kLong = Int128{1} << 60;
    if (!ok_ || (den_ < kLong && num_ < kLong && num_ > -kLong)) return;
    Int128 a = num_ < 0 ? -num_ : num_, b = den_;
    while (b != 0) {
      const Int128 rest = a % b;
      a = b;
      b = rest;
    }
    if (a > 1) {
      num_ /= a;
      den_ /= a;
    }
  }
  Int128 num_ = 0, den_ = 1;  // den_ > 0
  bool ok_ = true;
};

}  // namespace jenjang::bulk
