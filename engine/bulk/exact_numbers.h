// What exact walks count in, Fraction128, which may give up, or Rational: from decimals and doubles, compared, added
// up.
#pragma once

#include <cmath>
#include <iterator>
#include <optional>
#include <vector>

#include "engine/bulk/fraction128.h"

namespace jenjang::bulk {

inline double ten_to(int places) {
  constexpr double kKnown[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
  return places < static_cast<int>(std::size(kKnown)) ? kKnown[places] : std::pow(10.0, places);
}

// The whole number that a double is within a quarter of; of any other double one of its neighbours. Not llround, which
// is a call, and undefined from 2^63.
inline Int128 whole_near(double value) {
  if (!(std::abs(value) < 0x1p52)) return static_cast<Int128>(value);  // whole already
  return static_cast<std::int64_t>(value + std::copysign(0.5, value));
}

// Of a double that is nearest to a multiple of the step, as a leaf's figure is: the product is within half of it.
inline Decimal decimal_of(double value, int places) {
  return Decimal::from_parts(whole_near(value * ten_to(places)), places);
}

// A target need not be a multiple: a share of a parent's is the double that it is.
inline std::optional<Decimal> whole_steps(double target, int places) {
  if (!(std::abs(target) < 0x1p53)) return std::nullopt;
  const Decimal found = decimal_of(target, places);
  return found.to_double() == target ? std::optional(found) : std::nullopt;
}

// Where a decimal is needed: a share made by a cascade is the nearest one of eighteen places.
inline Decimal decimal_near(double target, int places) {
  if (const auto whole = whole_steps(target, places)) return *whole;
  return round(Rational::from_double(target), {RoundingMode::half_even, Decimal::kMaxScale});
}

inline Fraction128 number(const Decimal& value, const Fraction128*) {
  return Fraction128(value);
}
inline Rational number(const Decimal& value, const Rational*) {
  return Rational(value);
}
template <class Number>
Number of(const Decimal& value) {
  return number(value, static_cast<const Number*>(nullptr));
}
template <class Number>
Number whole(std::int64_t value) {
  return of<Number>(Decimal(value));
}

// Sign of a - b, nullopt when this kind of number cannot tell.
inline std::optional<int> compare(const Fraction128& a, const Fraction128& b) {
  return Fraction128::compare(a, b);
}
inline std::optional<int> compare(const Rational& a, const Rational& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// The number that a double is; the exponent of what is asked here is small.
inline Fraction128 number_of(double value, const Fraction128*) {
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  auto num = static_cast<Int128>(std::ldexp(mantissa, 53));
  exponent -= 53;
  while (exponent < 0 && num != 0 && (num & 1) == 0) {
    num >>= 1;
    ++exponent;
  }
  if (num == 0) return Fraction128();
  if (exponent < -100 || exponent > 60) return Fraction128(0, 0);
  return exponent < 0 ? Fraction128(num, Int128{1} << -exponent) : Fraction128(num << exponent, 1);
}
inline Rational number_of(double value, const Rational*) {
  return Rational::from_double(value);
}

// Sums: in 128 bits term by term; Rationals by halves, so that thousands of denominators meet in a tree of products.
template <class Number>
class Total;
template <>
class Total<Fraction128> {
public:
  void add(const Fraction128& term) { sum_ += term; }
  void add(const Total& other) { sum_ += other.sum_; }
  Fraction128 take() { return sum_; }

private:
  Fraction128 sum_;
};
template <>
class Total<Rational> {
public:
  void add(const Rational& term) { terms_.push_back(term); }
  void add(const Total& other) { terms_.insert(terms_.end(), other.terms_.begin(), other.terms_.end()); }
  Rational take() {
    for (std::size_t size = terms_.size(); size > 1; size = (size + 1) / 2) {
      for (std::size_t i = 0; i < size / 2; ++i) terms_[i] += terms_[size - 1 - i];
    }
    return terms_.empty() ? Rational() : terms_.front();
  }

private:
  std::vector<Rational> terms_;
};

}  // namespace jenjang::bulk
