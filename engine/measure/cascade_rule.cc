#include "jenjang/measure/cascade_rule.h"

#include <array>

namespace jenjang {

std::span<const std::string_view> part_rounding_words() {
  static constexpr std::array<std::string_view, 3> kWords{"sisa-terbesar", "sainte-lague", "jefferson"};
  return kWords;
}

std::span<const std::string_view> expired_policy_words() {
  static constexpr std::array<std::string_view, 6> kWords{"usulan",         "ketat",        "lewati",
                                                          "tahan-terakhir", "ekstrapolasi", "terukur-terakhir"};
  return kWords;
}

}  // namespace jenjang
