// Achievement by formula, one definition for both number types, and whether a target is met.
//
// Continuous formulas need no care in doubles beyond an error bound. Where a formula jumps (a grade
// met or not, zero met or missed), the comparison is made with the error of the realised figure, and
// `uncertain` asks for the exact side when it straddles.
#pragma once

#include <optional>

#include "jenjang/base/cell.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/measure/target.h"

#include "engine/rollup/number.h"

namespace jenjang::rollup {

template <class Number>
struct Achieved {
  Number raw{};
  // Sum of the absolute terms that `raw` is made of: its rounding error is a few units of this.
  Number terms{};
  CellState state = CellState::not_applicable;
  bool zero_target_rule = false;  // target zero, or baseline equal to target
  bool needs_baseline = false;    // refused because no baseline is known
  bool uncertain = false;
};

// `error` bounds |realised - true realised|; zero for the exact side. The target's grade must have
// been resolved to a number.
template <class Number>
Achieved<Number> achieve(const AchievementSpec& spec, Polarity polarity, const Number& realised, double error,
                         const Target& target, const std::optional<Decimal>& baseline);

enum class Met : std::uint8_t { no, yes, uncertain, no_target };
// Whether the realised figure meets the target by the measure's polarity.
template <class Number>
Met meets(Polarity polarity, const Number& realised, double error, const Target& target);

// Cap and floor. `uncertain` when the double cannot tell whether they bite.
template <class Number>
Number limit(const AchievementSpec& spec, const Number& raw, double error, bool* limited, bool* uncertain);

// Which of the two a parent takes that carries achievements: capped one by one, or raw, its mean being capped instead
// (batas_pada). The two differ as soon as one child is beyond its cap and another short of it.
template <class Number>
const Number& carried(CapLevel level, const Number& raw, const Number& limited) {
  return level == CapLevel::mean ? raw : limited;
}

}  // namespace jenjang::rollup
