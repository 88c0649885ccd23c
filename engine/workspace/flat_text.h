// Text of figures by whole numbers: what rows are made of by the million.
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"
#include "jenjang/base/rounding.h"

namespace jenjang {

// A growing row of bytes. `room(n)` first, then appends of at most n bytes in all cost no question.
class TextBuffer {
public:
  void room(std::size_t bytes) {
    if (size_ + bytes > capacity_) grow(bytes);
  }
  void add(std::string_view text) {
    std::memcpy(first_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void add(char c) { first_[size_++] = c; }
  void add_count(std::uint64_t value);
  // A whole number of 10^-places: "70.50", "-0.3".
  void add_units(Int128 units, int places);
  void clear() { size_ = 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {first_.get(), size_}; }

private:
  void grow(std::size_t bytes);
  std::unique_ptr<char[]> first_;
  std::size_t size_ = 0, capacity_ = 0;
};

// A quotient of whole numbers; den > 0.
struct WholeQuotient {
  Int128 num = 0, den = 1;
};
inline constexpr int kMostFlatPlaces = 9;  // of a rounding that rounded_units takes
// The quotient in units of 10^-places, rounded once; nullopt on overflow, and of RoundingMode::exact.
std::optional<Int128> rounded_units(const WholeQuotient& value, Rounding rounding);
// The double in such units, when it lies further than `error` (of the double) and 1e-9 of itself from every cut.
std::optional<std::int64_t> rounded_clear_of_cuts(double value, double error, Rounding rounding);
// As print_rounded of engine/explain prints an exact value.
std::string printed(const Rational& value, Rounding rounding);
Rational rational_of(const WholeQuotient& value);

// A field of standard CSV.
std::string csv_text(std::string_view text);

}  // namespace jenjang
