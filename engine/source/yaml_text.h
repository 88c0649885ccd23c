// What the source text says about a YAML value that parser events do not: where it ends, whether it
// was quoted, where it starts behind its anchor.
#pragma once

#include <cstddef>
#include <string_view>

namespace jenjang {

struct Extent {
  std::size_t offset = 0;
  std::size_t length = 0;
  bool quoted = false;  // in quotes or as a block (| or >)
  bool closed = true;   // false when a quote has no end: the parser takes that silently at the end of a file
};

// `offset` moved past anchors (&name), tags (!name), the blanks and the comments between them.
std::size_t skip_properties(std::string_view text, std::size_t offset);

// Extent of the scalar whose properties or text start at `offset` and whose parsed text is `value`.
// Quotes are included. Of a block scalar the header (| or >) counts, of a plain scalar over
// several lines the first line. The extent lies inside `text`.
Extent scalar_extent(std::string_view text, std::size_t offset, std::string_view value);

// Length of the name after * or & at `offset`, with the mark.
std::size_t anchor_length(std::string_view text, std::size_t offset);

// Offset of a tab that stands in the blanks before the first other character of the line of
// `offset`, when only blanks lie between the line's start and `offset`; npos otherwise.
std::size_t indentation_tab(std::string_view text, std::size_t offset);

// Offset of a tab in the indentation of a further line of the plain scalar that starts at `offset`
// and was read as `value`; npos when there is none.
std::size_t continuation_tab(std::string_view text, std::size_t offset, std::string_view value);

// Offset of the first quote at or after `from` that is never closed; npos when there is none.
std::size_t unclosed_quote(std::string_view text, std::size_t from);

// Cheap upper bounds from the bytes alone, taken before the parser may spend memory: it keeps all
// tokens of one flow collection ([...] or {...}) until the collection ends.
struct FlowBounds {
  std::size_t marks = 0;         // [ ] { } and commas outside comments
  std::size_t depth = 0;         // most brackets open at once
  std::size_t depth_offset = 0;  // where that was first reached
};
FlowBounds flow_bounds(std::string_view text);

}  // namespace jenjang
