#include "jenjang/base/rounding.h"

#include <array>
#include <cassert>
#include <utility>

#include "engine/base/rational_access.h"
#include "engine/base/round_up.h"

namespace jenjang {
namespace {

constexpr std::array<std::pair<RoundingMode, std::string_view>, 6> kNames{{
    {RoundingMode::exact, "tepat"},
    {RoundingMode::half_up, "setengah-ke-atas"},
    {RoundingMode::half_even, "setengah-genap"},
    {RoundingMode::truncate, "potong"},
    {RoundingMode::floor, "lantai"},
    {RoundingMode::ceiling, "langit"},
}};

// Out of range is a figure beyond 10^38: it stays at the end of the range instead of wrapping.
Decimal saturated(const BigInt& mantissa, int places) {
  if (const auto fits = to_int128(mantissa)) return Decimal::from_parts(*fits, places);
  return Decimal::from_parts(mantissa < 0 ? -int128_max() : int128_max(), places);
}

// numerator / denominator rounded to an integer by `mode`. Requires denominator > 0.
BigInt round_quotient(const BigInt& numerator, const BigInt& denominator, RoundingMode mode) {
  BigInt below = floor_quotient(numerator, denominator);
  const BigInt rest = numerator - below * denominator;  // 0 <= rest < denominator
  if (rest == 0) return below;
  const int half = BigInt(rest * 2).compare(denominator);
  return rounds_up(mode, half, numerator < 0, (below & 1) != 0) ? BigInt(below + 1) : below;
}

Rational step(int places) {
  return RationalAccess::make(1, to_big(power_of_ten(places)));
}

}  // namespace

std::optional<RoundingMode> parse_rounding_mode(std::string_view name) {
  for (const auto& [mode, word] : kNames) {
    if (word == name) return mode;
  }
  return std::nullopt;
}

std::string_view to_string(RoundingMode mode) {
  for (const auto& [known, word] : kNames) {
    if (known == mode) return word;
  }
  return {};
}

Decimal round(const Rational& value, Rounding rounding) {
  assert(rounding.mode != RoundingMode::exact);
  assert(rounding.places >= 0 && rounding.places <= Decimal::kMaxScale);
  const BigInt scaled = RationalAccess::numerator(value) * to_big(power_of_ten(rounding.places));
  return saturated(round_quotient(scaled, RationalAccess::denominator(value), rounding.mode), rounding.places);
}

Decimal round(const Decimal& value, Rounding rounding) {
  if (rounding.mode == RoundingMode::exact) return value;
  if (value.scale() <= rounding.places) {
    // Nothing to cut off; zeros are added while they fit.
    return value.rescaled(rounding.places).value_or(value);
  }
  const BigInt unit = to_big(power_of_ten(value.scale() - rounding.places));
  return saturated(round_quotient(to_big(value.mantissa()), unit, rounding.mode), rounding.places);
}

bool HalfLine::contains(const Rational& x) const {
  return inclusive ? x >= bound : x > bound;
}

HalfLine preimage_above(const Decimal& cut, bool strict, Rounding rounding) {
  if (rounding.mode == RoundingMode::exact) return {Rational(cut), !strict};
  // rounded(x) is a multiple of the step, so it passes the cut exactly when it reaches `figure`.
  const Decimal figure = least_figure_above(cut, strict, rounding.places);
  const Rational reach(figure);
  const Rational unit = step(rounding.places);
  const Rational half = reach - unit / Rational(2);
  switch (rounding.mode) {
    case RoundingMode::exact:
    case RoundingMode::floor:
      return {reach, true};
    case RoundingMode::ceiling:
      return {reach - unit, false};
    case RoundingMode::truncate:
      // At or below zero truncation moves up: everything above the next lower figure gets there.
      if (figure.sign() > 0) return {reach, true};
      return {reach - unit, false};
    case RoundingMode::half_up:
      // The halfway point goes away from zero: up to a positive figure, down from the others.
      return {half, figure.sign() > 0};
    case RoundingMode::half_even:
      return {half, figure.mantissa() % 2 == 0};
  }
  return {reach, true};
}

Decimal least_figure_above(const Decimal& cut, bool strict, int places) {
  assert(places >= 0 && places <= Decimal::kMaxScale);
  const BigInt scaled = to_big(cut.mantissa()) * to_big(power_of_ten(places));
  const BigInt unit = to_big(power_of_ten(cut.scale()));
  BigInt figure = floor_quotient(scaled, unit);
  if (strict || figure * unit != scaled) ++figure;
  return saturated(figure, places);
}

}  // namespace jenjang
