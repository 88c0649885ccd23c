// Which neighbour a rounding takes, whatever the numbers are made of.
#pragma once

#include "jenjang/base/rounding.h"

namespace jenjang {

// A figure lies between two neighbours, on neither. `half`: sign of its distance above the lower one minus half a step.
// True: the upper one, toward plus infinity.
constexpr bool rounds_up(RoundingMode mode, int half, bool negative, bool lower_is_odd) {
  switch (mode) {
    case RoundingMode::exact:
    case RoundingMode::floor:
      return false;
    case RoundingMode::ceiling:
      return true;
    case RoundingMode::truncate:
      return negative;
    case RoundingMode::half_up:
      return half > 0 || (half == 0 && !negative);
    case RoundingMode::half_even:
      return half > 0 || (half == 0 && lower_is_odd);
  }
  return false;
}

}  // namespace jenjang
