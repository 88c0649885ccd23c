// One source line as shown under a message, with the marks below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jenjang {

struct Excerpt {
  std::string line;   // the line, or the part of it around the marked place
  std::string marks;  // blanks (and the line's own tabs) up to the place, then one mark a column
};

// `column` is a 1-based byte, `length` counts bytes; what lies beyond the line is cut, an empty
// place is marked once. Lines wider than `max_width` terminal columns are clipped at both ends.
Excerpt make_excerpt(std::string_view line, std::uint32_t column, std::uint32_t length, char mark,
                     std::size_t max_width);

}  // namespace jenjang
