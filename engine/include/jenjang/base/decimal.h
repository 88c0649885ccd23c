// Exact decimal as a person writes it: mantissa x 10^-scale.
//
// Values keep the digits that were written ("76.30" has scale 2) but compare by value
// (76.3 == 76.30). The mantissa is a 128-bit integer: about 38 digits, far beyond any rupiah
// figure. Arithmetic that could leave that range is done in `Rational`; `Decimal` offers only
// operations that it can check. Values are immutable and cheap to copy (24 bytes).
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jenjang {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

class Decimal {
public:
  static constexpr int kMaxScale = 18;

  constexpr Decimal() = default;
  constexpr explicit Decimal(std::int64_t whole) : low_(static_cast<std::uint64_t>(whole)), high_(whole < 0 ? -1 : 0) {}
  // Never from a binary fraction: 0.1 is not a decimal, and 1.5 would be cut to 1.
  template <std::floating_point T>
  explicit Decimal(T) = delete;
  // The value mantissa x 10^-scale. Requires 0 <= scale <= kMaxScale and a mantissa whose negation
  // exists (not -2^127).
  static Decimal from_parts(Int128 mantissa, int scale);

  // Parses "-12.50", "0", "1000". `point` is the decimal mark ('.' or ','); no grouping marks, no
  // exponent, no blanks, at least one digit on each side of a mark. nullopt when the text is not
  // such a number or has more than 36 significant digits or more than kMaxScale decimals.
  static std::optional<Decimal> parse(std::string_view text, char point = '.');

  [[nodiscard]] Int128 mantissa() const { return static_cast<Int128>(high_) << 64 | low_; }
  [[nodiscard]] int scale() const { return scale_; }
  [[nodiscard]] bool is_zero() const { return (low_ | static_cast<std::uint64_t>(high_)) == 0; }
  [[nodiscard]] bool is_negative() const { return high_ < 0; }
  [[nodiscard]] bool is_whole() const;
  [[nodiscard]] int sign() const { return is_negative() ? -1 : is_zero() ? 0 : 1; }

  // Same value with exactly `scale` decimals; nullopt if digits other than zero would be lost or
  // the mantissa would overflow.
  [[nodiscard]] std::optional<Decimal> rescaled(int scale) const;
  // Same value with no trailing zeros after the point.
  [[nodiscard]] Decimal normalised() const;
  [[nodiscard]] Decimal negated() const { return from_parts(-mantissa(), scale_); }

  // Nearest double (round to nearest even): the one conversion that loses digits.
  [[nodiscard]] double to_double() const;
  // As written: "76.30". `point` is the decimal mark.
  [[nodiscard]] std::string to_string(char point = '.') const;

  // Checked sum and difference; nullopt on overflow of 128 bits.
  static std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);

  // By value: 1.50 equals 1.5. Exact for every pair, no overflow.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == std::strong_ordering::equal; }

private:
  // The mantissa in two halves: as one number it would stand on borders of 16 bytes, and every value with it.
  std::uint64_t low_ = 0;
  std::int64_t high_ = 0;
  int scale_ = 0;
};

}  // namespace jenjang
