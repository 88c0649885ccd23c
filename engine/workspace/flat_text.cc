#include "engine/workspace/flat_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/base/round_up.h"
#include "engine/report/writers.h"

namespace jenjang {
namespace {

constexpr std::int64_t kPowers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
constexpr double kScales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

// "00" to "99".
constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

// Digits before `end`, at least one; returns where they begin.
char* write_digits(char* end, std::uint64_t value) {
  while (value >= 100) {
    end -= 2;
    std::memcpy(end, &kPairs[2 * (value % 100)], 2);
    value /= 100;
  }
  if (value >= 10) {
    end -= 2;
    std::memcpy(end, &kPairs[2 * value], 2);
  } else {
    *--end = static_cast<char>('0' + value);
  }
  return end;
}

}  // namespace

void TextBuffer::grow(std::size_t bytes) {
  capacity_ = std::max(2 * capacity_, size_ + bytes);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
  if (size_ > 0) std::memcpy(larger.get(), first_.get(), size_);
  first_ = std::move(larger);
}

void TextBuffer::add_count(std::uint64_t value) {
  char digits[20];
  const char* const begin = write_digits(std::end(digits), value);
  add({begin, static_cast<std::size_t>(std::end(digits) - begin)});
}

void TextBuffer::add_units(Int128 units, int places) {
  constexpr Int128 kMost = Int128{1} << 62;
  if (units > kMost || units < -kMost || places > 18) {
    add(Decimal::from_parts(units, places).to_string());
    return;
  }
  const auto small = static_cast<std::int64_t>(units);
  if (small < 0) add('-');
  char digits[40];
  char* const end = std::end(digits);
  char* begin = write_digits(end, static_cast<std::uint64_t>(small < 0 ? -small : small));
  // At least one digit stands before the point.
  while (end - begin <= places) *--begin = '0';
  add({begin, static_cast<std::size_t>(end - begin - places)});
  if (places == 0) return;
  add('.');
  add({end - places, static_cast<std::size_t>(places)});
}

std::optional<Int128> rounded_units(const WholeQuotient& value, Rounding rounding) {
  if (rounding.mode == RoundingMode::exact || rounding.places > kMostFlatPlaces) return std::nullopt;
  Int128 scaled = 0;
  if (__builtin_mul_overflow(value.num, Int128{kPowers[rounding.places]}, &scaled)) return std::nullopt;
  constexpr Int128 kSmall = Int128{1} << 62;
  Int128 below = 0, rest = 0;
  if (scaled < kSmall && scaled > -kSmall && value.den < kSmall) {
    const auto a = static_cast<std::int64_t>(scaled), b = static_cast<std::int64_t>(value.den);
    below = a / b;
    rest = a % b;
  } else {
    below = scaled / value.den;
    rest = scaled % value.den;
  }
  if (rest == 0) return below;
  if (rest < 0) {
    --below;
    rest += value.den;
  }
  const Int128 other = value.den - rest;
  const int half = rest < other ? -1 : rest > other ? 1 : 0;
  return rounds_up(rounding.mode, half, value.num < 0, (below & 1) != 0) ? below + 1 : below;
}

std::optional<std::int64_t> rounded_clear_of_cuts(double value, double error, Rounding rounding) {
  if (rounding.mode == RoundingMode::exact || rounding.places > kMostFlatPlaces) return std::nullopt;
  const double scale = kScales[rounding.places], scaled = value * scale;
  const double margin = 1e-9 + std::abs(scaled) * 1e-9 + error * scale;
  if (!(std::abs(scaled) < 1e8) || !(margin < 0.25)) return std::nullopt;
  const double below = std::floor(scaled), part = scaled - below;
  const auto low = static_cast<std::int64_t>(below);
  if (rounding.mode == RoundingMode::half_up || rounding.mode == RoundingMode::half_even) {
    if (std::abs(part - 0.5) <= margin) return std::nullopt;
    return part < 0.5 ? low : low + 1;
  }
  if (part <= margin || part >= 1 - margin) return std::nullopt;
  const bool up = rounding.mode == RoundingMode::ceiling || (rounding.mode == RoundingMode::truncate && scaled < 0);
  return up ? low + 1 : low;
}

std::string printed(const Rational& value, Rounding rounding) {
  if (rounding.mode != RoundingMode::exact) return round(value, rounding).to_string();
  if (const std::optional<Decimal> decimal = value.to_decimal()) return decimal->to_string();
  return round(value, Rounding{RoundingMode::half_up, 6}).to_string();
}

Rational rational_of(const WholeQuotient& value) {
  return Rational(Decimal::from_parts(value.num, 0)) / Rational(Decimal::from_parts(value.den, 0));
}

std::string csv_text(std::string_view text) {
  return csv_field(text, ',');
}

}  // namespace jenjang
