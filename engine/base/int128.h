// Helpers on 128-bit integers shared by Decimal, Rational and rounding.
#pragma once

#include <string>

#include "jenjang/base/decimal.h"

namespace jenjang {

inline constexpr int kMaxPowerOfTen = 38;  // 10^38 < 2^127

constexpr Int128 int128_max() {
  return static_cast<Int128>(~UInt128{0} >> 1);
}
// Its negation does not exist, so no value of ours is ever this one.
constexpr Int128 int128_min() {
  return -int128_max() - 1;
}

// Requires 0 <= power <= kMaxPowerOfTen.
Int128 power_of_ten(int power);
std::string int128_text(Int128 value);

}  // namespace jenjang
