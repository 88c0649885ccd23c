#include "jenjang/measure/scale.h"

namespace jenjang {

std::optional<std::size_t> Scale::find_grade(std::string_view label) const {
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (grades[i].label == label) return i;
  }
  return std::nullopt;
}

}  // namespace jenjang
