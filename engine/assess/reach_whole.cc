#include "engine/assess/reach_whole.h"

#include <charconv>
#include <numeric>
#include <string>

namespace jenjang {
namespace {

std::optional<std::int64_t> denominator_of(const Rational& value) {
  const std::string text = value.to_string();
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return 1;
  std::int64_t denominator = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, denominator);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return denominator;
}

std::optional<std::int64_t> in_range(std::optional<Int128> value) {
  if (!value || *value >= kLargestWhole || *value <= -kLargestWhole) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

}  // namespace

std::optional<std::int64_t> common_denominator(std::span<const Rational> values) {
  std::int64_t common = 1;
  for (const Rational& value : values) {
    const std::optional<std::int64_t> denominator = denominator_of(value);
    if (!denominator) return std::nullopt;
    const Int128 next = static_cast<Int128>(common / std::gcd(common, *denominator)) * *denominator;
    if (next >= kLargestWhole) return std::nullopt;
    common = static_cast<std::int64_t>(next);
  }
  return common;
}

std::optional<std::int64_t> least_whole(const Rational& bound, bool inclusive, std::int64_t scale) {
  const Rational scaled = bound * Rational(scale);
  const std::optional<std::int64_t> below = in_range(scaled.floor());
  if (!below) return std::nullopt;
  return inclusive && Rational(*below) == scaled ? *below : *below + 1;
}

std::optional<std::int64_t> whole_of(const Rational& value, std::int64_t scale) {
  return in_range((value * Rational(scale)).floor());
}

}  // namespace jenjang
