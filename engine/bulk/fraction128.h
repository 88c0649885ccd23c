// A fraction of two 128-bit integers, for the exact side of a sweep: some nanoseconds an operation where Rational takes
// a microsecond. Overflow is remembered, never wrong: whoever finds `ok` false asks again with Rational.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"

namespace jenjang::bulk {

class Fraction128 {
public:
  Fraction128() = default;
  explicit Fraction128(const Decimal& value) : num_(value.mantissa()), den_(power(value.scale())) {}
  // A denominator of nought: a number that 128 bits do not reach.
  Fraction128(Int128 num, Int128 den) : num_(num), den_(den), ok_(den != 0) {}

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
  struct Rounded {
    double value = 0;
    bool exact = false;  // the double is the fraction
  };
  // Rounded once, to even; nullopt when 128 bits do not reach.
  [[nodiscard]] std::optional<Rounded> rounded() const {
    constexpr Int128 kShort = Int128{1} << 53;
    if (!ok_) return std::nullopt;
    if (num_ <= kShort && num_ >= -kShort && den_ <= kShort) {
      const auto num = static_cast<std::int64_t>(num_), den = static_cast<std::int64_t>(den_);
      // A double is a fraction over a power of two.
      const bool exact = num % (den >> __builtin_ctzll(static_cast<std::uint64_t>(den))) == 0;
      return Rounded{static_cast<double>(num) / static_cast<double>(den), exact};
    }
    return rounded_by_division();
  }

private:
  // Sixty-four bits behind the point, and one that remembers whether more would follow.
  [[nodiscard]] std::optional<Rounded> rounded_by_division() const {
    __extension__ using Wide = unsigned __int128;
    constexpr Wide kWord = Wide{1} << 64;
    const Wide num = num_ < 0 ? -static_cast<Wide>(num_) : static_cast<Wide>(num_), den = static_cast<Wide>(den_);
    if (den >= kWord || num / den >= kWord >> 1) return std::nullopt;
    const Wide rest = num % den << 64;
    const Wide fixed = (num / den << 64) | (rest / den);
    // Two bits more than a double has, so that the last one only breaks ties.
    if (fixed < Wide{1} << 55) return std::nullopt;
    const bool more = rest % den != 0;
    const auto value = static_cast<double>(fixed | (more ? 1 : 0));
    const bool exact = !more && static_cast<Wide>(value) == fixed;
    return Rounded{(num_ < 0 ? -value : value) * 0x1p-64, exact};
  }
  static Int128 power(int scale) {
    constexpr std::int64_t kShort[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
    constexpr int kKnown = static_cast<int>(std::size(kShort));
    Int128 out = kShort[std::min(scale, kKnown - 1)];
    for (int i = kKnown - 1; i < scale; ++i) out *= 10;
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
