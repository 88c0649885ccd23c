// Largest remainder in machine integers: the quick road of the commonest split, a plain sum without
// limits whose drivers are decimals. A split over 61,000 staff costs some milliseconds here.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"

namespace jenjang::cascade {

struct IntegerParts {
  std::vector<Int128> steps;       // add up to the total
  std::vector<Int128> remainders;  // |total| w_i mod weight_sum
  Int128 weight_sum = 0;           // the exact share of i is total x w_i / weight_sum steps
};

// Parts in proportion to weights >= 0 (all drivers of one family brought to one scale). Ties go by
// remainder, then weight, both falling, then key, then place: as round_to_total with the weights as
// drivers. A negative total is split as its opposite. nullopt when a product leaves 128 bits, a weight
// is negative, or all are zero: the caller takes the road of rationals. O(n) but for ties.
std::optional<IntegerParts> apportion_integers(Int128 total_steps, std::span<const Int128> weights,
                                               std::span<const std::string_view> keys);

// Mantissas of the drivers at their largest scale; nullopt beyond 128 bits.
std::optional<std::vector<Int128>> whole_weights(std::span<const Decimal> drivers);

}  // namespace jenjang::cascade
