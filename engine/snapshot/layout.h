// Places in a container file, and whole numbers in it: low byte first, on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "jenjang/snapshot/container.h"

namespace jenjang::snapshot {

// The first byte is no letter, the line ends and the end mark of old systems show a transfer as text.
inline constexpr std::array<std::uint8_t, 8> kMagic{0x89, 'J', 'N', 'J', 'S', 0x0D, 0x0A, 0x1A};
// Written as the machine writes; read back it is this number only where columns mean the same.
inline constexpr std::uint32_t kByteOrderMark = 0x01020304;

inline constexpr std::size_t kHeaderBytes = 4096;
namespace header {
inline constexpr std::size_t kByteOrder = 8, kVersion = 12, kFileBytes = 16, kTocBytes = 24, kTocChecksum = 32,
                             kSectionCount = 40, kPage = 44, kFlags = 48, kChecksum = kHeaderBytes - 8;
}  // namespace header

// Table of contents: entries, then one checksum for each page, then zeros up to a multiple of kSmallBytes.
inline constexpr std::size_t kTocOffset = kHeaderBytes;
inline constexpr std::size_t kTocEntryBytes = 48;
namespace toc_entry {
inline constexpr std::size_t kName = 0, kElementBytes = 24, kOffset = 32, kBytes = 40;
}  // namespace toc_entry

constexpr std::uint64_t round_up(std::uint64_t bytes, std::uint64_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

template <class T>
T read_little(std::span<const std::byte> bytes, std::size_t at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | static_cast<T>(std::to_integer<T>(bytes[at + i]) << (8 * i)));
  }
  return value;
}
template <class T>
void write_little(std::span<std::byte> bytes, std::size_t at, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) bytes[at + i] = static_cast<std::byte>((value >> (8 * i)) & 0xFFU);
}

// Pages are counted from the begin of the file; the first is what of it lies behind the table of contents.
struct Pages {
  std::uint64_t data_begin = 0, file_bytes = 0;
  [[nodiscard]] std::uint64_t first() const { return data_begin / kPageBytes; }
  [[nodiscard]] std::uint64_t count() const {
    return file_bytes == data_begin ? 0 : (file_bytes - 1) / kPageBytes + 1 - first();
  }
  [[nodiscard]] std::uint64_t begin_of(std::uint64_t index) const {
    return std::max(data_begin, (first() + index) * kPageBytes);
  }
  [[nodiscard]] std::uint64_t end_of(std::uint64_t index) const {
    return std::min(file_bytes, (first() + index + 1) * kPageBytes);
  }
};

}  // namespace jenjang::snapshot
