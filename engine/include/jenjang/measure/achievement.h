// Achievement formulas by name: a closed list, chosen in plan or pack, printed with each result.
//
// R = realisation, T = target, b = baseline; results in percent. Sources: planning and cascading
// facts 4.1-4.3 and PermenPANRB 8/2021 (normal and special condition, range rule).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rounding.h"

namespace jenjang {

enum class AchievementFormula : std::uint8_t {
  none,       // no formula: context indicators
  h1,         // 100 R/T
  l1,         // 100 (2T - R)/T
  l2,         // 100 T/R
  range,      // RNG: inside 100; outside against the nearer bound, by H1 (naik) or L1 (turun)
  baseline,   // B1: 100 (R - b)/(T - b)
  stabilise,  // S1: 100 (1 - |R - T|/T)
  reversed,   // F-L3: 100 R/T with a reversed band table
  ordinal,    // F-O1: 100 when the grade is the target's or better, else 0
};
std::span<const std::string_view> achievement_formula_words();  // tanpa H1 L1 L2 RNG B1 S1 F-L3 F-O1
inline std::string_view to_string(AchievementFormula f) {
  return achievement_formula_words()[static_cast<std::size_t>(f)];
}

// What a target of zero does (planning facts 4.2, sector systems 5.4). Every use is printed.
enum class ZeroTargetRule : std::uint8_t {
  refuse,         // tolak: no achievement (state not_applicable, finding)
  met_or_missed,  // tercapai-atau-tidak: lower is better; R = 0 gives 100, else 0
  baseline,       // baseline: B1; baseline equal to target gives 100 when met, else 0, flagged
};
std::span<const std::string_view> zero_target_words();  // tolak tercapai-atau-tidak baseline
inline std::string_view to_string(ZeroTargetRule r) {
  return zero_target_words()[static_cast<std::size_t>(r)];
}

struct AchievementSpec {
  AchievementFormula formula = AchievementFormula::none;
  ZeroTargetRule on_zero_target = ZeroTargetRule::refuse;
  std::optional<Decimal> cap;                   // batas: applied after the raw figure, both are kept
  std::optional<Decimal> floor;                 // batas_bawah
  Rounding rounding{RoundingMode::half_up, 2};  // of the printed figure
  friend bool operator==(const AchievementSpec&, const AchievementSpec&) = default;
};

}  // namespace jenjang
