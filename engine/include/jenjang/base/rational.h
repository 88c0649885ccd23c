// Exact rational of unlimited size, for decisions and for explanations.
//
// Boost.Multiprecision does the work behind a pimpl. Not for bulk columns: a value lives on
// the heap. Copy is deep; moved-from objects may only be destroyed or assigned.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "jenjang/base/decimal.h"

namespace jenjang {

class Rational {
public:
  Rational();
  explicit Rational(std::int64_t whole);
  // A double would be cut to whole; from_double says what is meant.
  template <std::floating_point T>
  explicit Rational(T) = delete;
  explicit Rational(const Decimal& value);
  // numerator / denominator. Requires denominator != 0.
  Rational(std::int64_t numerator, std::int64_t denominator);
  // The exact value of a finite double. For error analysis in tests and for snapping.
  static Rational from_double(double value);

  Rational(const Rational& other);
  Rational(Rational&& other) noexcept;
  Rational& operator=(const Rational& other);
  Rational& operator=(Rational&& other) noexcept;
  ~Rational();

  Rational& operator+=(const Rational& other);
  Rational& operator-=(const Rational& other);
  Rational& operator*=(const Rational& other);
  // Requires other != 0.
  Rational& operator/=(const Rational& other);
  friend Rational operator+(Rational a, const Rational& b) { return a += b; }
  friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
  friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
  friend Rational operator/(Rational a, const Rational& b) { return a /= b; }
  [[nodiscard]] Rational negated() const;
  [[nodiscard]] Rational absolute() const;

  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] int sign() const;
  // Largest integer not above the value; nullopt when it does not fit 128 bits.
  [[nodiscard]] std::optional<Int128> floor() const;
  // The same value as a decimal when it has a finite one that fits; nullopt otherwise.
  [[nodiscard]] std::optional<Decimal> to_decimal() const;
  [[nodiscard]] double to_double() const;
  // "27/4", or "7" when whole.
  [[nodiscard]] std::string to_string() const;

  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);
  friend bool operator==(const Rational& a, const Rational& b);

  // Sum of n/d over many pairs with one normalisation at the end (product tree; a running sum
  // over thousands of denominators is quadratic). Requires equal sizes, no zero denominator.
  static Rational sum_of_quotients(std::span<const Rational> numerators, std::span<const Rational> denominators);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  friend struct RationalAccess;
};

}  // namespace jenjang
