// Rounding of one family: to a total (largest remainder), or so that a weighted mean holds.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"
#include "jenjang/base/rounding.h"
#include "jenjang/measure/cascade_rule.h"

namespace jenjang::cascade {

using Limits = std::span<const std::optional<Rational>>;

// value / step when that is a whole number within 128 bits.
std::optional<Int128> whole_steps(const Rational& value, const Decimal& step);
// count x step, with the decimals of step.
Decimal steps_to_decimal(Int128 count, const Decimal& step);
// Nearest multiple of step, half away from zero; nullopt beyond 128 bits.
std::optional<Decimal> nearest_step(const Rational& value, const Decimal& step);
// 10^-places.
Decimal unit_step(int places);

struct Rounds {
  std::span<const Rational> shares;
  Decimal step;
  std::span<const Rational> drivers;       // may be empty
  std::span<const std::string_view> keys;  // may be empty
  Limits lower, upper;                     // may be empty
};

// Largest remainder within limits (algorithms 1.7). nullopt when total is no multiple of step or
// the limits leave no room.
std::optional<std::vector<Decimal>> round_to_total(const Rounds& request, const Rational& total);
// The same by the rounding that a rule names. A divisor rounding divides `weights` (each >= 0; empty:
// the shares), starts everyone at the lower limit and skips whoever stands at the upper one; ties go by
// quotient, then driver, both falling, then key. nullopt also when a weight is negative, or when only
// children without weight could take more. O(n log n), whatever the total.
std::optional<std::vector<Decimal>> round_to_total(const Rounds& request, const Rational& total, PartRounding method,
                                                   std::span<const Rational> weights = {});

// What the rounded children must give: fixed + sum of weights x cells, times factor, printed by
// `rounding`, must be `wanted`.
struct MeanLaw {
  std::span<const Rational> weights;
  Rational fixed;
  Rational factor{1};
  Decimal wanted;
  Rounding rounding;
  // The parent's figure before printing, and whether it is the wanted one. A target written finer
  // than the rule prints is compared at its own digits.
  [[nodiscard]] Rational aggregate(std::span<const Decimal> cells) const;
  [[nodiscard]] bool holds(const Rational& aggregated) const;
};
struct MeanRounding {
  std::vector<Decimal> cells;
  Rational aggregated;
  bool holds = false;
};
// Nearest steps; where they miss, steps are shifted between floor and ceiling with the least total
// departure from the exact shares: proven least for up to 16 children, a greedy search with single
// and paired shifts above. `alike` forbids shifts. When nothing holds, the nearest steps come back.
std::optional<MeanRounding> round_to_mean(const Rounds& request, const MeanLaw& law, bool alike);

}  // namespace jenjang::cascade
