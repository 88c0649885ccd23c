// The two number types that every kernel is written for: double for columns, Rational for decisions.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"

namespace jenjang::rollup {

template <class Number>
Number number_from(const Decimal& value);
template <>
inline double number_from<double>(const Decimal& value) {
  return value.to_double();
}
template <>
inline Rational number_from<Rational>(const Decimal& value) {
  return Rational(value);
}

inline double to_double(double value) {
  return value;
}
inline double to_double(const Rational& value) {
  return value.to_double();
}
inline int sign_of(double value) {
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}
inline int sign_of(const Rational& value) {
  return value.sign();
}
inline double magnitude(double value) {
  return std::abs(value);
}
inline Rational magnitude(const Rational& value) {
  return value.absolute();
}

// Sum of a sequence in its order.
template <class Number>
class Summation;

// Neumaier's compensated sum: one rounding more or less whatever the length, and the same bits
// for the same order. Four extra operations a term; the sweep is bound by memory, not by these.
template <>
class Summation<double> {
public:
  void add(double term) {
    const double next = sum_ + term;
    correction_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  [[nodiscard]] double value() const { return sum_ + correction_; }

private:
  double sum_ = 0, correction_ = 0;
};

// Balanced: equal-sized partial sums are merged, so that thousands of different denominators meet
// in a tree of products instead of a running sum (which is quadratic in digits).
template <>
class Summation<Rational> {
public:
  void add(Rational term) {
    std::size_t size = 1;
    while (!parts_.empty() && parts_.back().second == size) {
      term += parts_.back().first;
      size *= 2;
      parts_.pop_back();
    }
    parts_.emplace_back(std::move(term), size);
  }
  [[nodiscard]] Rational value() const {
    Rational total;
    for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) total += part->first;
    return total;
  }

private:
  std::vector<std::pair<Rational, std::size_t>> parts_;  // sizes fall strictly
};

}  // namespace jenjang::rollup
