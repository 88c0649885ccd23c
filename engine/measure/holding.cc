#include "jenjang/measure/holding.h"

#include <array>

namespace jenjang {

std::span<const std::string_view> transfer_rule_words() {
  static constexpr std::array<std::string_view, 4> kWords{"terlama", "awal-bulan", "akhir-bulan", "harian"};
  return kWords;
}

}  // namespace jenjang
