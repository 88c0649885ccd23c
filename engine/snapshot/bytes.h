// A stream of fields without padding: whole numbers low byte first, texts behind their length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"

#include "engine/snapshot/layout.h"

namespace jenjang::snapshot {

class ByteWriter {
public:
  template <class T>
  void number(T value) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof(T));
    write_little<T>(bytes_, at, value);
  }
  void byte(std::uint8_t value) { number<std::uint8_t>(value); }
  void flag(bool value) { byte(value ? 1 : 0); }
  void count(std::size_t value) { number(static_cast<std::uint32_t>(value)); }
  void raw(std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t value : bytes) byte(value);
  }
  void text(std::string_view text) {
    count(text.size());
    for (const char c : text) bytes_.push_back(static_cast<std::byte>(c));
  }
  // 16 bytes of two's complement, then the number of decimals.
  void decimal(const Decimal& value) {
    const Int128 mantissa = value.mantissa();
    number(static_cast<std::uint64_t>(mantissa));
    number(static_cast<std::uint64_t>(mantissa >> 64));
    byte(static_cast<std::uint8_t>(value.scale()));
  }
  void optional(const std::optional<Decimal>& value) {
    flag(value.has_value());
    if (value) decimal(*value);
  }
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

private:
  std::vector<std::byte> bytes_;
};

// Once something is missing or is no value of its kind, `ok` stays false and everything reads as nought.
class ByteReader {
public:
  explicit ByteReader(std::span<const std::byte> bytes) : left_(bytes) {}
  template <class T>
  T number() {
    if (!take(sizeof(T))) return 0;
    const T value = read_little<T>(left_, 0);
    left_ = left_.subspan(sizeof(T));
    return value;
  }
  std::uint8_t byte() { return number<std::uint8_t>(); }
  bool flag() { return below(2) == 1; }
  // A byte less than `end`.
  std::uint8_t below(unsigned end) {
    const std::uint8_t value = byte();
    if (value < end) return value;
    ok_ = false;
    return 0;
  }
  template <class Enum>
  Enum word(Enum last) {
    return static_cast<Enum>(below(static_cast<unsigned>(last) + 1));
  }
  // Of things that take at least `least` bytes each: never more than could follow.
  std::size_t count(std::size_t least) {
    const auto value = number<std::uint32_t>();
    if (value <= left_.size() / least) return value;
    ok_ = false;
    return 0;
  }
  void raw(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& value : bytes) value = byte();
  }
  std::string text() {
    const std::size_t size = count(1);
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(left_[i]);
    left_ = left_.subspan(size);
    return text;
  }
  Decimal decimal() {
    const auto low = number<std::uint64_t>(), high = number<std::uint64_t>();
    const unsigned scale = below(Decimal::kMaxScale + 1);
    __extension__ using UInt128 = unsigned __int128;
    const UInt128 bits = static_cast<UInt128>(high) << 64 | low;
    // The one mantissa without a negation is no decimal.
    if (bits == static_cast<UInt128>(1) << 127) ok_ = false;
    return ok_ ? Decimal::from_parts(static_cast<Int128>(bits), static_cast<int>(scale)) : Decimal{};
  }
  std::optional<Decimal> optional() {
    if (!flag()) return std::nullopt;
    return decimal();
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool finished() const { return ok_ && left_.empty(); }
  void refuse() { ok_ = false; }

private:
  bool take(std::size_t size) {
    if (left_.size() < size) {
      ok_ = false;
      left_ = {};
    }
    return ok_;
  }
  std::span<const std::byte> left_;
  bool ok_ = true;
};

}  // namespace jenjang::snapshot
