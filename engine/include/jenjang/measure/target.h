// A target as documents write it: a number, a range, an inequality, or a grade.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
  Target(Decimal number) : number_(number) {}                                     // NOLINT(google-explicit-constructor)
  Target(TargetRange range) : form_(std::make_unique<Form>(range)) {}             // NOLINT
  Target(TargetBound bound) : form_(std::make_unique<Form>(bound)) {}             // NOLINT
  Target(TargetGrade grade) : form_(std::make_unique<Form>(std::move(grade))) {}  // NOLINT
  Target(const Target& other) : number_(other.number_) {
    if (other.form_ != nullptr) form_ = std::make_unique<Form>(*other.form_);
  }
  Target(Target&&) noexcept = default;
  Target& operator=(const Target& other) {
    number_ = other.number_;
    form_ = other.form_ == nullptr ? nullptr : std::make_unique<Form>(*other.form_);
    return *this;
  }
  Target& operator=(Target&&) noexcept = default;
  ~Target() = default;

  // "76.30", "80..90", "3.5+-1" or with the plus-minus sign (a range), "<= 49", ">80" (also the one-character
  // signs), or any other text with a letter in it as a grade. Blanks around parts are skipped.
  // nullopt for empty text, low > high, a malformed number in a range or after a relation, and for text without
  // a letter that is not a number ("12,5" under a decimal point, "1.000.000"): never silently a grade.
  static std::optional<Target> parse(std::string_view text, char point = '.');

  [[nodiscard]] const Decimal* number() const { return form_ == nullptr ? &number_ : nullptr; }
  [[nodiscard]] const TargetRange* range() const { return std::get_if<TargetRange>(form_.get()); }
  [[nodiscard]] const TargetBound* bound() const { return std::get_if<TargetBound>(form_.get()); }
  [[nodiscard]] const TargetGrade* grade() const { return std::get_if<TargetGrade>(form_.get()); }
  // The number that achievement divides by: the number itself, or the bound of an inequality.
  [[nodiscard]] std::optional<Decimal> reference_number() const;
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Target& a, const Target& b) {
    return a.form_ == nullptr || b.form_ == nullptr ? a.form_ == b.form_ && a.number_ == b.number_
                                                    : *a.form_ == *b.form_;
  }

private:
  // Nearly all of the millions of targets of a run are numbers, so the other forms stand apart: a number and a pointer
  // each.
  using Form = std::variant<TargetRange, TargetBound, TargetGrade>;
  Decimal number_;  // when there is no other form
  std::unique_ptr<Form> form_;
};

}  // namespace jenjang
