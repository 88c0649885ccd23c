// Shared by the roundings: where a child stands in steps, and who gets the next step.
#pragma once

#include <optional>
#include <vector>

#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {

// One child in whole steps.
struct StepRange {
  Int128 floor = 0;
  Rational remainder;  // of the exact share above its floor, in steps: 0 <= r < 1
  std::optional<Int128> least, most;

  // nullopt when no multiple of step lies within the limits, or beyond 128 bits.
  static std::optional<StepRange> of(const Rounds& request, std::size_t child);
  [[nodiscard]] Int128 clamped(Int128 count) const {
    if (least && count < *least) {
      return *least;
    }
    return most && count > *most ? *most : count;
  }
};

// Shares of a negative total are rounded as their opposites, so that remainders mean the same.
class OppositeRounds {
public:
  explicit OppositeRounds(const Rounds& request);
  [[nodiscard]] Rounds rounds() const { return {shares_, step_, drivers_, keys_, lower_, upper_}; }

private:
  std::vector<Rational> shares_;
  Decimal step_;
  std::span<const Rational> drivers_;
  std::span<const std::string_view> keys_;
  std::vector<std::optional<Rational>> lower_, upper_;
};
std::optional<std::vector<Decimal>> negated(std::optional<std::vector<Decimal>> cells);

// Children by remainder, then driver, both falling, then key.
std::vector<std::size_t> rounding_order(const Rounds& request, const std::vector<StepRange>& ranges);

}  // namespace jenjang::cascade
