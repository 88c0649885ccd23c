#include "jenjang/measure/statement.h"

#include <array>

namespace jenjang {

std::span<const std::string_view> path_shape_words() {
  static constexpr std::array<std::string_view, 4> kWords{"", "linear", "majemuk", "porsi"};
  return kWords;
}

}  // namespace jenjang
