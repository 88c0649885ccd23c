// Oracles of the packs' formula sheets: each regulation once more, by hand in plain C++ over 128-bit fractions.
//
// An oracle draws the inputs of one formula and says what every step must come to: a figure, a label, yes or no, or why
// there is none. It knows nothing of the packs, of expressions or of Rational. Figures outside an input's range are
// drawn too, and the reader of inputs has to refuse them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <rapidcheck.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/rules/formula.h"

namespace jenjang::testing {

// Always in lowest terms, the bottom above zero. Inputs are small enough that no product leaves 128 bits.
struct Fraction {
  Int128 top = 0, bottom = 1;
};
inline Fraction fraction(Int128 top, Int128 bottom = 1) {
  if (bottom < 0) top = -top, bottom = -bottom;
  Int128 a = top < 0 ? -top : top, b = bottom;
  while (b != 0) a = std::exchange(b, a % b);
  return a == 0 ? Fraction{0, 1} : Fraction{top / a, bottom / a};
}
inline Fraction operator+(const Fraction& a, const Fraction& b) {
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}
inline Fraction operator-(const Fraction& a, const Fraction& b) {
  return fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
}
inline Fraction operator*(const Fraction& a, const Fraction& b) {
  return fraction(a.top * b.top, a.bottom * b.bottom);
}
inline Fraction operator/(const Fraction& a, const Fraction& b) {
  return fraction(a.top * b.bottom, a.bottom * b.top);
}
inline bool operator<(const Fraction& a, const Fraction& b) {
  return a.top * b.bottom < b.top * a.bottom;
}
inline bool operator==(const Fraction& a, const Fraction& b) {
  return a.top == b.top && a.bottom == b.bottom;
}
inline bool operator<=(const Fraction& a, const Fraction& b) {
  return !(b < a);
}
inline bool operator>(const Fraction& a, const Fraction& b) {
  return b < a;
}
inline bool operator>=(const Fraction& a, const Fraction& b) {
  return !(a < b);
}
// Half away from zero, in units of 10^-places: 97.895 to two places is 9790.
inline Int128 rounded_units(const Fraction& x, int places) {
  Int128 unit = 1;
  for (int i = 0; i < places; ++i) unit *= 10;
  const Int128 size = x.top < 0 ? -x.top : x.top;
  const Int128 steps = (2 * size * unit + x.bottom) / (2 * x.bottom);
  return x.top < 0 ? -steps : steps;
}
inline std::string text_of(Int128 value) {
  const bool negative = value < 0;
  std::string digits;
  for (Int128 rest = negative ? -value : value; rest != 0; rest /= 10) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  return (negative ? "-" : "") + (digits.empty() ? "0" : digits);
}
inline std::string text_of(const Fraction& value) {
  return text_of(value.top) + (value.bottom == 1 ? "" : "/" + text_of(value.bottom));
}

inline std::int64_t pick(std::int64_t low, std::int64_t high) {  // both ends; the whole range in every round
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
}
inline bool chance(int one_in) {
  return pick(1, one_in) == 1;
}

// What a step must come to.
struct Outcome {
  std::string text;  // "265/3", a label, "ya" or "tidak"
  FormulaGap gap = FormulaGap::none;
  std::optional<bool> unverified;  // asked only where an oracle says so
};
inline Outcome number(const Fraction& value) {
  return {text_of(value), FormulaGap::none, {}};
}
inline Outcome label(std::string text) {
  return {std::move(text), FormulaGap::none, {}};
}
inline Outcome truth(bool holds) {
  return {holds ? "ya" : "tidak", FormulaGap::none, {}};
}
inline Outcome gap(FormulaGap why) {
  return {"", why, {}};
}
inline Outcome refused() {  // by the words of the pack
  return gap(FormulaGap::stated);
}
inline Outcome optional_number(const std::optional<Fraction>& value, FormulaGap why) {
  return value ? number(*value) : gap(why);
}

// Figures come from whole units of 10^-places: {0, 12000, 2} draws 0.00 to 120.00. One draw in two stands on one of
// `near` or one unit beside it.
struct Figures {
  std::int64_t low = 0, high = 0;
  int places = 0;
  std::vector<std::int64_t> near;
};

class OracleRow {
public:
  // Outside [low, high] the reader refuses; one draw in fifteen tries it.
  Fraction between(const std::string& code, const Figures& figures) { return draw(code, figures, true, true); }
  Fraction at_least(const std::string& code, const Figures& figures) { return draw(code, figures, true, false); }
  Fraction any(const std::string& code, const Figures& figures) { return draw(code, figures, false, false); }

  std::string label(const std::string& code, const std::vector<std::string>& labels) {
    std::string chosen = labels[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(labels.size()) - 1))];
    inputs[code] = chosen;
    return chosen;
  }
  bool truth(const std::string& code) {
    const bool yes = chance(2);
    inputs[code] = yes ? "ya" : "tidak";
    return yes;
  }
  bool evidence(const std::string& code) {
    const bool given = chance(2);
    if (given) inputs[code] = "SK 1/2024";
    return given;
  }
  Outcome& operator[](const std::string& step) { return steps[step]; }

  std::map<std::string, std::string> inputs;
  std::map<std::string, Outcome> steps;
  std::set<std::string> outside;  // inputs the reader must refuse

private:
  Fraction draw(const std::string& code, const Figures& figures, bool low, bool high) {
    std::int64_t units = pick(figures.low, figures.high);
    if (!figures.near.empty() && chance(2)) {
      const auto at = static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(figures.near.size()) - 1));
      const std::int64_t beside = figures.near[at] + pick(-1, 1);
      if (beside >= figures.low && beside <= figures.high) units = beside;
    }
    if ((low || high) && chance(15)) {
      units = high && (!low || chance(2)) ? figures.high + pick(1, 50) : figures.low - pick(1, 50);
      outside.insert(code);
    }
    std::int64_t unit = 1;
    for (int i = 0; i < figures.places; ++i) unit *= 10;
    std::string digits = std::to_string(units < 0 ? -units : units);
    const auto places = static_cast<std::size_t>(figures.places);
    if (places > 0) {
      if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
      digits.insert(digits.size() - places, ".");
    }
    inputs[code] = (units < 0 ? "-" : "") + digits;
    return fraction(units, unit);
  }
};

// "skp-2021/predikat" -> its oracle. Each test file adds its own before main.
using Oracle = std::function<OracleRow()>;
inline std::map<std::string, Oracle>& formula_oracles() {
  static std::map<std::string, Oracle> oracles;
  return oracles;
}
struct OracleFamily {
  OracleFamily(const std::string& pack, const std::map<std::string, Oracle>& oracles) {
    for (const auto& [id, oracle] : oracles) formula_oracles()[pack + "/" + id] = oracle;
  }
};

// Label of a value on a band scale, from the printed table; nullopt outside it. Written in pack_oracles_bands_test.cc.
std::optional<std::string> printed_band(const std::string& scale, const Fraction& value);
// Labels of the sheets' bands: never without one here.
inline Outcome band(const std::string& scale, const std::optional<Fraction>& value, FormulaGap why) {
  if (!value) return gap(why);
  const auto found = printed_band(scale, *value);
  return found ? label(*found) : gap(FormulaGap::outside_scale);
}

}  // namespace jenjang::testing
