#include "jenjang/measure/scale.h"

namespace jenjang {

std::optional<std::size_t> Scale::find_grade(std::string_view label) const {
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (grades[i].label == label) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Scale::find_band(const Rational& value) const {
  const auto at_least = [&](const Decimal& cut, bool strict) {
    return preimage_above(cut, strict, decide_on).contains(value);
  };
  if (domain_low && !at_least(*domain_low, false)) return std::nullopt;
  if (domain_high && at_least(*domain_high, true)) return std::nullopt;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (!bands[i].above || at_least(*bands[i].above, open_below)) return i;
  }
  return std::nullopt;
}

}  // namespace jenjang
