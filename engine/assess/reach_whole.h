// Exact figures as whole numbers over one common denominator.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "jenjang/base/rational.h"

namespace jenjang {

// Sums of a whole plan stay below this, so that no sum of two leaves 64 bits.
inline constexpr Int128 kLargestWhole = Int128{1} << 61;

// The least common denominator; nullopt when it leaves the range above.
std::optional<std::int64_t> common_denominator(std::span<const Rational> values);
// The least whole number n with n / scale at or above (above, when not inclusive) the bound; nullopt beyond the range.
std::optional<std::int64_t> least_whole(const Rational& bound, bool inclusive, std::int64_t scale);
// value x scale, which is whole; nullopt beyond the range.
std::optional<std::int64_t> whole_of(const Rational& value, std::int64_t scale);

}  // namespace jenjang
