#include "engine/base/excerpt.h"

#include <algorithm>

#include "engine/base/diagnostic_words.h"
#include "engine/base/utf8.h"

namespace jenjang {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";  // one column wide

std::size_t width_at(std::string_view line, std::size_t at, std::uint32_t bytes) {
  // What `printable` replaces is one column wide; so is a tab when lines are measured for clipping.
  const CodePoint point = decode_utf8(line, at);
  return point.valid && bytes == point.bytes ? static_cast<std::size_t>(terminal_width(point.value)) : 1;
}

// Walks from `at` over whole code points while fewer than `columns` columns are used.
std::size_t forward(std::string_view line, std::size_t at, std::size_t columns) {
  while (at < line.size()) {
    const std::uint32_t bytes = decode_utf8(line, at).bytes;
    const std::size_t width = width_at(line, at, bytes);
    if (width > columns) break;
    columns -= width;
    at += bytes;
  }
  return at;
}

// The start of the code point that holds byte `at`; `at` itself where bytes are not UTF-8.
std::size_t code_point_start(std::string_view line, std::size_t at) {
  for (std::size_t back = 1; back < 4 && back <= at; ++back) {
    const CodePoint point = decode_utf8(line, at - back);
    if (point.valid && point.bytes > back) return at - back;
  }
  return at;
}

std::size_t backward(std::string_view line, std::size_t at, std::size_t columns) {
  while (at > 0) {
    const std::size_t before = code_point_start(line, at - 1);
    const std::size_t width = width_at(line, before, static_cast<std::uint32_t>(at - before));
    if (width > columns) break;
    columns -= width;
    at = before;
  }
  return at;
}

}  // namespace

Excerpt make_excerpt(std::string_view line, std::uint32_t column, std::uint32_t length, char mark,
                     std::size_t max_width) {
  std::size_t start = std::min<std::size_t>(column > 0 ? column - 1 : 0, line.size());
  std::size_t end = start + std::min<std::size_t>(length, line.size() - start);
  if (start < line.size()) start = code_point_start(line, start);
  if (end < line.size()) {
    // A place that ends inside a character marks the whole character.
    const std::size_t whole = code_point_start(line, end);
    if (whole != end) end = whole + decode_utf8(line, whole).bytes;
  }

  std::size_t first = 0;
  std::size_t last = forward(line, 0, max_width);
  if (last < line.size()) {
    // A third of the room before the place shows how one gets there.
    first = backward(line, start, max_width / 3);
    last = forward(line, first, max_width);
    if (last == line.size()) first = backward(line, line.size(), max_width);
    first = std::min(first, start);
  }

  Excerpt result;
  if (first > 0) {
    result.line += kEllipsis;
    result.marks += ' ';
  }
  result.line += printable(line.substr(first, last - first));
  if (last < line.size()) result.line += kEllipsis;
  for (std::size_t at = first; at < start;) {
    const std::uint32_t bytes = decode_utf8(line, at).bytes;
    if (line[at] == '\t') {
      result.marks += '\t';  // as wide as the tab above it, whatever the terminal's tab stops
    } else {
      result.marks.append(width_at(line, at, bytes), ' ');
    }
    at += bytes;
  }
  std::size_t columns = 0;
  for (std::size_t at = start; at < std::min(end, last);) {
    const std::uint32_t bytes = decode_utf8(line, at).bytes;
    columns += width_at(line, at, bytes);
    at += bytes;
  }
  result.marks.append(std::max<std::size_t>(columns, 1), mark);
  return result;
}

}  // namespace jenjang
