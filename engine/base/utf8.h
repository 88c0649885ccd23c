// Decoding of UTF-8, one code point at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jenjang {

struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t bytes = 1;  // 1 for an invalid byte
  bool valid = false;
};

// The code point at `offset`. Overlong forms, surrogates and values above U+10FFFF are invalid.
// Requires offset < text.size().
CodePoint decode_utf8(std::string_view text, std::size_t offset);

// Columns of a terminal: 0 for combining and zero-width marks, 2 for wide East Asian letters and
// pictures, 1 otherwise.
int terminal_width(std::uint32_t code_point);

}  // namespace jenjang
