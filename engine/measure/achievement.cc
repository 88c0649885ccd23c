#include "jenjang/measure/achievement.h"

#include <array>

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 9> kFormula{"tanpa", "H1", "L1", "L2", "RNG", "B1", "S1", "F-L3", "F-O1"};
static_assert(kFormula.size() == static_cast<std::size_t>(AchievementFormula::ordinal) + 1);

constexpr std::array<std::string_view, 3> kZeroTarget{"tolak", "tercapai-atau-tidak", "baseline"};
static_assert(kZeroTarget.size() == static_cast<std::size_t>(ZeroTargetRule::baseline) + 1);

}  // namespace

std::span<const std::string_view> achievement_formula_words() {
  return kFormula;
}
std::span<const std::string_view> zero_target_words() {
  return kZeroTarget;
}

}  // namespace jenjang
