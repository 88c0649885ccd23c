#include "engine/source/yaml_text.h"

#include <algorithm>

namespace jenjang {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool ends_name(char c) {
  return is_blank(c) || is_break(c) || c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

std::size_t skip_blanks_and_comments(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_blank(text[at]) || is_break(text[at])) {
      ++at;
    } else if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else {
      break;
    }
  }
  return at;
}

// Offset behind the closing quote; npos when there is none.
std::size_t quoted_end(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '\\' && quote == '"') {
      ++at;
    } else if (c == quote) {
      if (quote == '\'' && at < text.size() && text[at] == quote) {
        ++at;
      } else {
        return at;
      }
    }
  }
  return std::string_view::npos;
}

// A plain scalar that does not stand in the text as parsed runs over several lines: its first line
// up to a comment.
std::size_t plain_line_end(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  while (at < text.size() && !is_break(text[at])) {
    if (text[at] == '#' && at > start && is_blank(text[at - 1])) break;
    ++at;
  }
  while (at > start && is_blank(text[at - 1])) --at;
  return at;
}

}  // namespace

std::size_t skip_properties(std::string_view text, std::size_t offset) {
  std::size_t at = std::min(offset, text.size());
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    while (at < text.size() && !is_blank(text[at]) && !is_break(text[at])) ++at;
    at = skip_blanks_and_comments(text, at);
  }
  return at;
}

Extent scalar_extent(std::string_view text, std::size_t offset, std::string_view value) {
  const std::size_t start = skip_properties(text, offset);
  if (start >= text.size()) return {text.size(), 0, false, true};
  const char first = text[start];
  if (first == '"' || first == '\'') {
    const std::size_t end = quoted_end(text, start);
    const bool closed = end != std::string_view::npos;
    return {start, closed ? end - start : 1, true, closed};
  }
  if (first == '|' || first == '>') {
    std::size_t end = start;
    while (end < text.size() && !is_blank(text[end]) && !is_break(text[end])) ++end;
    return {start, end - start, true, true};
  }
  if (text.substr(start, value.size()) == value) return {start, value.size(), false, true};
  return {start, plain_line_end(text, start) - start, false, true};
}

std::size_t anchor_length(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  std::size_t end = offset + 1;
  while (end < text.size() && !ends_name(text[end])) ++end;
  return end - offset;
}

std::size_t indentation_tab(std::string_view text, std::size_t offset) {
  if (text.empty()) return std::string_view::npos;
  offset = std::min(offset, text.size());
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
  std::size_t tab = std::string_view::npos;
  for (std::size_t at = line; at < offset; ++at) {
    if (!is_blank(text[at])) return std::string_view::npos;
    if (text[at] == '\t' && tab == std::string_view::npos) tab = at;
  }
  return tab;
}

std::size_t continuation_tab(std::string_view text, std::size_t offset, std::string_view value) {
  // Only blanks and line ends are folded, so the other bytes of text and value run in step.
  std::size_t at = skip_properties(text, offset);
  bool line_start = false;
  for (const char c : value) {
    if (is_blank(c) || is_break(c)) continue;
    std::size_t tab = std::string_view::npos;
    for (; at < text.size() && (is_blank(text[at]) || is_break(text[at])); ++at) {
      if (text[at] == '\n') {
        line_start = true;
        tab = std::string_view::npos;
      } else if (text[at] == '\t' && line_start && tab == std::string_view::npos) {
        tab = at;
      }
    }
    if (tab != std::string_view::npos) return tab;
    if (at >= text.size() || text[at] != c) break;
    line_start = false;
    ++at;
  }
  return std::string_view::npos;
}

std::size_t unclosed_quote(std::string_view text, std::size_t from) {
  while (true) {
    const std::size_t open = text.find_first_of("\"'", from);
    if (open == std::string_view::npos) return open;
    from = quoted_end(text, open);
    if (from == std::string_view::npos) return open;
  }
}

FlowBounds flow_bounds(std::string_view text) {
  FlowBounds bounds;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '#':
        if (at == 0 || is_blank(text[at - 1]) || is_break(text[at - 1]))
          at = std::min(text.find('\n', at), text.size());
        break;
      case '[':
      case '{':
        ++bounds.marks;
        if (++depth > bounds.depth) {
          bounds.depth = depth;
          bounds.depth_offset = at;
        }
        break;
      case ']':
      case '}':
        ++bounds.marks;
        if (depth > 0) --depth;
        break;
      case ',':
        ++bounds.marks;
        break;
      default:
        break;
    }
  }
  return bounds;
}

}  // namespace jenjang
