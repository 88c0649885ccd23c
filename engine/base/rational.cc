#include "jenjang/base/rational.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/rational_access.h"

namespace jenjang {
namespace {

namespace mp = boost::multiprecision;

void normalise(BigInt& numerator, BigInt& denominator) {
  assert(denominator != 0);
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  if (denominator == 1) return;
  BigInt divisor;
  eval_gcd(divisor.backend(), numerator.backend(), denominator.backend());
  if (divisor != 1) {
    numerator /= divisor;
    denominator /= divisor;
  }
}

BigInt magnitude_of(const BigInt& value) {
  return value < 0 ? BigInt(-value) : value;
}

struct Pair {
  BigInt numerator, denominator;
};

// Sum of pairs[first, last) by halves, so that the factors of one product are of like size.
Pair sum_tree(std::vector<Pair>& pairs, std::size_t first, std::size_t last) {
  if (last - first == 1) return std::move(pairs[first]);
  const std::size_t middle = first + (last - first) / 2;
  Pair left = sum_tree(pairs, first, middle);
  Pair right = sum_tree(pairs, middle, last);
  if (left.denominator == right.denominator) {
    left.numerator += right.numerator;
    return left;
  }
  left.numerator = left.numerator * right.denominator + right.numerator * left.denominator;
  left.denominator *= right.denominator;
  return left;
}

}  // namespace

BigInt to_big(Int128 value) {
  const bool negative = value < 0;
  const UInt128 magnitude = negative ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
  BigInt result = static_cast<std::uint64_t>(magnitude >> 64);
  result <<= 64;
  result += static_cast<std::uint64_t>(magnitude);
  return negative ? BigInt(-result) : result;
}

std::optional<Int128> to_int128(const BigInt& value) {
  if (value == 0) return Int128{0};
  const BigInt magnitude = magnitude_of(value);
  if (mp::msb(magnitude) >= 127) return std::nullopt;
  const auto high = static_cast<std::uint64_t>(BigInt(magnitude >> 64));
  const auto low = static_cast<std::uint64_t>(BigInt(magnitude & std::numeric_limits<std::uint64_t>::max()));
  const auto result = static_cast<Int128>((static_cast<UInt128>(high) << 64) | low);
  return value < 0 ? -result : result;
}

BigInt floor_quotient(const BigInt& numerator, const BigInt& denominator) {
  BigInt quotient, remainder;
  mp::divide_qr(numerator, denominator, quotient, remainder);
  if (remainder < 0) --quotient;  // division truncates toward zero
  return quotient;
}

Rational RationalAccess::make(BigInt numerator, BigInt denominator) {
  normalise(numerator, denominator);
  Rational result;
  result.impl_->numerator = std::move(numerator);
  result.impl_->denominator = std::move(denominator);
  return result;
}

Rational::Rational() : impl_(std::make_unique<Impl>()) {}
Rational::Rational(std::int64_t whole) : Rational() {
  impl_->numerator = whole;
}
Rational::Rational(const Decimal& value) : Rational() {
  impl_->numerator = to_big(value.mantissa());
  if (value.scale() > 0) {
    impl_->denominator = to_big(power_of_ten(value.scale()));
    normalise(impl_->numerator, impl_->denominator);
  }
}
Rational::Rational(std::int64_t numerator, std::int64_t denominator) : Rational() {
  impl_->numerator = numerator;
  impl_->denominator = denominator;
  normalise(impl_->numerator, impl_->denominator);
}

Rational Rational::from_double(double value) {
  assert(std::isfinite(value));
  constexpr int kDigits = std::numeric_limits<double>::digits;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  BigInt numerator = static_cast<std::int64_t>(std::ldexp(fraction, kDigits));
  BigInt denominator = 1;
  exponent -= kDigits;
  if (exponent >= 0) {
    numerator <<= static_cast<unsigned>(exponent);
  } else {
    denominator <<= static_cast<unsigned>(-exponent);
  }
  return RationalAccess::make(std::move(numerator), std::move(denominator));
}

Rational::Rational(const Rational& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
Rational::Rational(Rational&& other) noexcept = default;
Rational& Rational::operator=(const Rational& other) {
  if (this == &other) return *this;
  if (impl_) {
    *impl_ = *other.impl_;
  } else {
    impl_ = std::make_unique<Impl>(*other.impl_);
  }
  return *this;
}
Rational& Rational::operator=(Rational&& other) noexcept = default;
Rational::~Rational() = default;

Rational& Rational::operator+=(const Rational& other) {
  Impl& a = *impl_;
  const Impl& b = *other.impl_;
  if (a.denominator == b.denominator) {
    a.numerator += b.numerator;
  } else {
    a.numerator = a.numerator * b.denominator + b.numerator * a.denominator;
    a.denominator *= b.denominator;
  }
  normalise(a.numerator, a.denominator);
  return *this;
}

Rational& Rational::operator-=(const Rational& other) {
  Impl& a = *impl_;
  const Impl& b = *other.impl_;
  if (a.denominator == b.denominator) {
    a.numerator -= b.numerator;
  } else {
    a.numerator = a.numerator * b.denominator - b.numerator * a.denominator;
    a.denominator *= b.denominator;
  }
  normalise(a.numerator, a.denominator);
  return *this;
}

Rational& Rational::operator*=(const Rational& other) {
  impl_->numerator *= other.impl_->numerator;
  impl_->denominator *= other.impl_->denominator;
  normalise(impl_->numerator, impl_->denominator);
  return *this;
}

Rational& Rational::operator/=(const Rational& other) {
  assert(!other.is_zero());
  // Copies first: `other` may be this very value.
  const BigInt numerator = other.impl_->numerator;
  const BigInt denominator = other.impl_->denominator;
  impl_->numerator *= denominator;
  impl_->denominator *= numerator;
  normalise(impl_->numerator, impl_->denominator);
  return *this;
}

Rational Rational::negated() const {
  Rational result(*this);
  result.impl_->numerator = -result.impl_->numerator;
  return result;
}
Rational Rational::absolute() const {
  return sign() < 0 ? negated() : *this;
}

bool Rational::is_zero() const {
  return impl_->numerator.is_zero();
}
int Rational::sign() const {
  return impl_->numerator.sign();
}

std::optional<Int128> Rational::floor() const {
  return to_int128(floor_quotient(impl_->numerator, impl_->denominator));
}

std::optional<Decimal> Rational::to_decimal() const {
  // A finite decimal exists exactly when the denominator is 2^a 5^b; its scale is max(a, b).
  BigInt rest = impl_->denominator;
  const unsigned twos = mp::lsb(rest);
  rest >>= twos;
  unsigned fives = 0;
  while (rest % 5 == 0) {
    rest /= 5;
    ++fives;
    if (fives > static_cast<unsigned>(Decimal::kMaxScale)) return std::nullopt;
  }
  const unsigned scale = twos > fives ? twos : fives;
  if (rest != 1 || scale > static_cast<unsigned>(Decimal::kMaxScale)) return std::nullopt;
  const BigInt factor = to_big(power_of_ten(static_cast<int>(scale))) / impl_->denominator;
  const auto mantissa = to_int128(impl_->numerator * factor);
  if (!mantissa) return std::nullopt;
  return Decimal::from_parts(*mantissa, static_cast<int>(scale));
}

double Rational::to_double() const {
  if (is_zero()) return 0.0;
  const BigInt numerator = magnitude_of(impl_->numerator);
  const BigInt& denominator = impl_->denominator;
  // A quotient of 65 or 66 bits with a sticky last bit rounds to 53 bits like the exact value.
  // Below the normal range the quotient is cut at two bits under the least subnormal (2^-1074).
  constexpr int kGuarded = 65;
  constexpr int kSubnormalShift = 1074 + 2;
  const int size = static_cast<int>(mp::msb(numerator)) - static_cast<int>(mp::msb(denominator));
  int shift = kGuarded - size;
  const bool subnormal = shift > kSubnormalShift + 64 - 54;
  if (subnormal) shift = kSubnormalShift;
  BigInt quotient, remainder;
  if (shift >= 0) {
    mp::divide_qr(BigInt(numerator << static_cast<unsigned>(shift)), denominator, quotient, remainder);
  } else {
    mp::divide_qr(numerator, BigInt(denominator << static_cast<unsigned>(-shift)), quotient, remainder);
  }
  UInt128 bits = static_cast<UInt128>(*to_int128(quotient));
  if (remainder != 0) bits |= 1;
  if (subnormal) {
    const auto low = static_cast<unsigned>(bits & 3);
    bits >>= 2;
    shift -= 2;
    if (low == 3 || (low == 2 && (bits & 1) != 0)) ++bits;
  }
  const double magnitude = std::ldexp(static_cast<double>(bits), -shift);
  return sign() < 0 ? -magnitude : magnitude;
}

std::string Rational::to_string() const {
  if (impl_->denominator == 1) return impl_->numerator.str();
  return impl_->numerator.str() + '/' + impl_->denominator.str();
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  const int sign_a = a.sign();
  const int sign_b = b.sign();
  if (sign_a != sign_b) return sign_a <=> sign_b;
  const auto& x = *a.impl_;
  const auto& y = *b.impl_;
  const int order = x.denominator == y.denominator
                        ? x.numerator.compare(y.numerator)
                        : BigInt(x.numerator * y.denominator).compare(BigInt(y.numerator * x.denominator));
  return order <=> 0;
}

bool operator==(const Rational& a, const Rational& b) {
  return a.impl_->numerator == b.impl_->numerator && a.impl_->denominator == b.impl_->denominator;
}

Rational Rational::sum_of_quotients(std::span<const Rational> numerators, std::span<const Rational> denominators) {
  assert(numerators.size() == denominators.size());
  if (numerators.empty()) return Rational();
  std::vector<Pair> pairs;
  pairs.reserve(numerators.size());
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    const Impl& n = *numerators[i].impl_;
    const Impl& d = *denominators[i].impl_;
    assert(d.numerator != 0);
    pairs.push_back({n.numerator * d.denominator, n.denominator * d.numerator});
  }
  Pair total = sum_tree(pairs, 0, pairs.size());
  return RationalAccess::make(std::move(total.numerator), std::move(total.denominator));
}

}  // namespace jenjang
