// The numbers inside a Rational, for the files of this module that compute with them.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <utility>

#include "jenjang/base/rational.h"

#include "engine/base/int128.h"

namespace jenjang {

using BigInt = boost::multiprecision::cpp_int;

// Lowest terms, denominator > 0.
struct Rational::Impl {
  BigInt numerator = 0;
  BigInt denominator = 1;
};

struct RationalAccess {
  static const BigInt& numerator(const Rational& value) { return value.impl_->numerator; }
  static const BigInt& denominator(const Rational& value) { return value.impl_->denominator; }
  // Brings to lowest terms. Requires denominator != 0.
  static Rational make(BigInt numerator, BigInt denominator);
};

BigInt to_big(Int128 value);
// nullopt when the value does not fit (the least 128-bit integer does not).
std::optional<Int128> to_int128(const BigInt& value);
// Largest integer not above numerator / denominator. Requires denominator > 0.
BigInt floor_quotient(const BigInt& numerator, const BigInt& denominator);

}  // namespace jenjang
