// A target as documents write it: a number, a range, an inequality, or a grade.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "jenjang/base/decimal.h"

namespace jenjang {

struct TargetRange {
  Decimal low, high;
  friend bool operator==(const TargetRange&, const TargetRange&) = default;
};
enum class Relation : std::uint8_t { less, less_equal, greater, greater_equal };
struct TargetBound {
  Relation relation{};
  Decimal value;
  friend bool operator==(const TargetBound&, const TargetBound&) = default;
};
// A grade of the indicator's scale ("BB", "Sangat Baik"); rank is resolved against that scale.
struct TargetGrade {
  std::string label;
  friend bool operator==(const TargetGrade&, const TargetGrade&) = default;
};

class Target {
public:
  Target() = default;
  Target(Decimal number) : value_(number) {}               // NOLINT(google-explicit-constructor)
  Target(TargetRange range) : value_(range) {}             // NOLINT
  Target(TargetBound bound) : value_(bound) {}             // NOLINT
  Target(TargetGrade grade) : value_(std::move(grade)) {}  // NOLINT

  // "76.30", "80..90", "3.5+-1" or with the plus-minus sign (a range), "<= 49", ">80" (also the one-character
  // signs), or any other text with a letter in it as a grade. Blanks around parts are skipped.
  // nullopt for empty text, low > high, a malformed number in a range or after a relation, and for text without
  // a letter that is not a number ("12,5" under a decimal point, "1.000.000"): never silently a grade.
  static std::optional<Target> parse(std::string_view text, char point = '.');

  [[nodiscard]] const Decimal* number() const { return std::get_if<Decimal>(&value_); }
  [[nodiscard]] const TargetRange* range() const { return std::get_if<TargetRange>(&value_); }
  [[nodiscard]] const TargetBound* bound() const { return std::get_if<TargetBound>(&value_); }
  [[nodiscard]] const TargetGrade* grade() const { return std::get_if<TargetGrade>(&value_); }
  // The number that achievement divides by: the number itself, or the bound of an inequality.
  [[nodiscard]] std::optional<Decimal> reference_number() const;
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Target&, const Target&) = default;

private:
  std::variant<Decimal, TargetRange, TargetBound, TargetGrade> value_;
};

}  // namespace jenjang
