// Named rounding, and its pre-image: which exact values print as at least a given figure.
//
// Decisions "on the printed figure" are made on the exact value against the pre-image of the
// cut, so that a value is rounded once and never twice. Example: "above 80" on half-up to two
// decimals holds exactly for values >= 80.005; on truncation for values >= 80.01; on the
// exact value for values > 80.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"

namespace jenjang {

enum class RoundingMode : std::uint8_t {
  exact,      // no rounding at all ("tepat")
  half_up,    // half away from zero ("setengah-ke-atas")
  half_even,  // half to the even neighbour ("setengah-genap")
  truncate,   // toward zero ("potong")
  floor,      // toward minus infinity ("lantai")
  ceiling,    // toward plus infinity ("langit")
};

struct Rounding {
  RoundingMode mode = RoundingMode::exact;
  int places = 0;  // decimals kept; ignored for `exact`; 0..Decimal::kMaxScale
  friend bool operator==(const Rounding&, const Rounding&) = default;
};

// "setengah-ke-atas" <-> half_up and so on; nullopt for an unknown name.
std::optional<RoundingMode> parse_rounding_mode(std::string_view name);
std::string_view to_string(RoundingMode mode);

// Rounds once from the exact value. The first requires mode != exact; the second returns the value
// itself then. A figure whose digits leave 128 bits stays at the end of the range.
Decimal round(const Rational& value, Rounding rounding);
Decimal round(const Decimal& value, Rounding rounding);

// The set of exact values x with rounded(x) above (or at least) a cut is always a half line:
// x > bound or x >= bound.
struct HalfLine {
  Rational bound;
  bool inclusive = true;  // x >= bound when true, x > bound when false
  [[nodiscard]] bool contains(const Rational& x) const;
};

// Values whose rounded figure is > cut (`strict`) or >= cut (not strict).
HalfLine preimage_above(const Decimal& cut, bool strict, Rounding rounding);

// Least decimal with `places` digits that is > cut (`strict`) or >= cut: "80.01" for "above 80"
// to two places. What a reader must reach.
Decimal least_figure_above(const Decimal& cut, bool strict, int places);

}  // namespace jenjang
