#include "jenjang/base/decimal.h"

#include <array>
#include <cassert>
#include <charconv>
#include <limits>

#include "engine/base/int128.h"

namespace jenjang {
namespace {

constexpr int kMaxDigits = 36;  // 10^36 - 1 leaves a factor of 170 before 128 bits are full

constexpr auto kPowersOfTen = [] {
  std::array<Int128, kMaxPowerOfTen + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// All of them exact: 5^18 has 42 bits.
constexpr auto kPowersAsDouble = [] {
  std::array<double, Decimal::kMaxScale + 1> powers{};
  for (std::size_t i = 0; i < powers.size(); ++i) powers[i] = static_cast<double>(kPowersOfTen[i]);
  return powers;
}();

// a x 10^power, or nullopt when the product leaves 128 bits.
std::optional<Int128> scaled_up(Int128 a, int power) {
  Int128 result = 0;
  if (__builtin_mul_overflow(a, power_of_ten(power), &result)) return std::nullopt;
  if (result == int128_min()) return std::nullopt;
  return result;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Int128 power_of_ten(int power) {
  assert(power >= 0 && power <= kMaxPowerOfTen);
  return kPowersOfTen[static_cast<std::size_t>(power)];
}

std::string int128_text(Int128 value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  UInt128 rest = negative ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
  std::array<char, 40> buffer{};
  std::size_t at = buffer.size();
  while (rest != 0) {
    buffer[--at] = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (negative) buffer[--at] = '-';
  return std::string(buffer.data() + at, buffer.size() - at);
}

Decimal Decimal::from_parts(Int128 mantissa, int scale) {
  assert(scale >= 0 && scale <= kMaxScale);
  assert(mantissa != int128_min());
  Decimal result;
  result.low_ = static_cast<std::uint64_t>(mantissa);
  result.high_ = static_cast<std::int64_t>(mantissa >> 64);
  result.scale_ = scale;
  return result;
}

std::optional<Decimal> Decimal::parse(std::string_view text, char point) {
  // Figures of a feed: a few digits, perhaps a mark. Eighteen digits fit 64 bits; anything else is read below.
  constexpr std::size_t kShort = 18;
  if (!text.empty() && text.size() <= kShort) {
    std::int64_t whole = 0;
    std::size_t at = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) whole = whole * 10 + (text[at] - '0');
    if (at == text.size()) return from_parts(whole, 0);
    const std::size_t mark = at;
    if (at > 0 && text[at] == point) {
      for (++at; at < text.size() && is_digit(text[at]); ++at) whole = whole * 10 + (text[at] - '0');
      if (at == text.size() && at > mark + 1) return from_parts(whole, static_cast<int>(at - mark - 1));
    }
  }
  bool negative = false;
  if (!text.empty() && text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find(point);
  const std::string_view whole = text.substr(0, mark);
  const std::string_view fraction = mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
  if (whole.empty() || (mark != std::string_view::npos && fraction.empty())) return std::nullopt;
  if (fraction.size() > static_cast<std::size_t>(kMaxScale)) return std::nullopt;

  Int128 mantissa = 0;
  int digits = 0;  // leading zeros are not significant
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (!is_digit(c)) return std::nullopt;
      if (mantissa != 0 || c != '0') ++digits;
      if (digits > kMaxDigits) return std::nullopt;
      mantissa = mantissa * 10 + (c - '0');
    }
  }
  return from_parts(negative ? -mantissa : mantissa, static_cast<int>(fraction.size()));
}

bool Decimal::is_whole() const {
  return mantissa() % power_of_ten(scale_) == 0;
}

std::optional<Decimal> Decimal::rescaled(int scale) const {
  assert(scale >= 0 && scale <= kMaxScale);
  if (scale >= scale_) {
    const auto mantissa = scaled_up(this->mantissa(), scale - scale_);
    if (!mantissa) return std::nullopt;
    return from_parts(*mantissa, scale);
  }
  const Int128 divisor = power_of_ten(scale_ - scale);
  if (mantissa() % divisor != 0) return std::nullopt;
  return from_parts(mantissa() / divisor, scale);
}

Decimal Decimal::normalised() const {
  Int128 mantissa = this->mantissa();
  int scale = scale_;
  while (scale > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --scale;
  }
  return from_parts(mantissa, scale);
}

double Decimal::to_double() const {
  // Both operands are exact doubles here, so the one division rounds once (Clinger's fast path).
  constexpr Int128 kExact = Int128{1} << std::numeric_limits<double>::digits;
  if (mantissa() <= kExact && mantissa() >= -kExact) {
    return static_cast<double>(static_cast<std::int64_t>(mantissa())) /
           kPowersAsDouble[static_cast<std::size_t>(scale_)];
  }
  const std::string text = to_string();
  double result = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

std::string Decimal::to_string(char point) const {
  std::string text = int128_text(mantissa());
  if (scale_ == 0) return text;
  const std::size_t sign = mantissa() < 0 ? 1 : 0;
  const auto scale = static_cast<std::size_t>(scale_);
  // At least one digit stands before the point.
  if (text.size() - sign <= scale) text.insert(sign, scale + 1 - (text.size() - sign), '0');
  text.insert(text.size() - scale, 1, point);
  return text;
}

std::optional<Decimal> Decimal::add(const Decimal& a, const Decimal& b) {
  const int scale = a.scale_ > b.scale_ ? a.scale_ : b.scale_;
  auto x = a.rescaled(scale);
  auto y = b.rescaled(scale);
  if (!x || !y) {
    // Trailing zeros alone must not make a sum fail.
    const Decimal na = a.normalised();
    const Decimal nb = b.normalised();
    const int least = na.scale_ > nb.scale_ ? na.scale_ : nb.scale_;
    x = na.rescaled(least);
    y = nb.rescaled(least);
    if (!x || !y) return std::nullopt;
  }
  Int128 sum = 0;
  if (__builtin_add_overflow(x->mantissa(), y->mantissa(), &sum) || sum == int128_min()) return std::nullopt;
  return from_parts(sum, x->scale_);
}

std::optional<Decimal> Decimal::subtract(const Decimal& a, const Decimal& b) {
  return add(a, b.negated());
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return a.mantissa() <=> b.mantissa();
  // Whole parts first, then fractions brought to 10^-kMaxScale: every product stays below 10^18.
  const Int128 unit_a = power_of_ten(a.scale_);
  const Int128 unit_b = power_of_ten(b.scale_);
  const Int128 whole_a = a.mantissa() / unit_a;
  const Int128 whole_b = b.mantissa() / unit_b;
  if (whole_a != whole_b) return whole_a <=> whole_b;
  const Int128 fraction_a = (a.mantissa() % unit_a) * power_of_ten(Decimal::kMaxScale - a.scale_);
  const Int128 fraction_b = (b.mantissa() % unit_b) * power_of_ten(Decimal::kMaxScale - b.scale_);
  return fraction_a <=> fraction_b;
}

}  // namespace jenjang
