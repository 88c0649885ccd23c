// Files that were read, and places in them.
//
// The map owns the bytes of every file so that a diagnostic can show the line as written.
// Lines and columns are 1-based; a column counts bytes. A line ends at LF; a CR before it is not
// part of the line.
// Not thread-safe while files are added; read-only afterwards.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/strong_id.h"

namespace jenjang {

// A stretch of one file: `length` bytes from (line, column). An invalid file means "no place".
struct SourceSpan {
  FileId file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;

  [[nodiscard]] bool valid() const { return file.valid() && line > 0; }
  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

class SourceMap {
public:
  // Takes the text; `name` is what messages show (a path relative to the plan folder). Views of
  // texts handed out earlier stay valid.
  FileId add(std::string name, std::string text);

  [[nodiscard]] std::size_t file_count() const { return files_.size(); }
  [[nodiscard]] std::string_view name(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  // Line without its end mark; empty when out of range.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_count(FileId file) const;
  // Place of a byte offset; offset and length are cut at the end of the text.
  [[nodiscard]] SourceSpan span_at(FileId file, std::size_t offset, std::size_t length) const;
  // "rpd-64.yaml:12:9", or "-" for no place.
  [[nodiscard]] std::string to_string(const SourceSpan& span) const;

private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::size_t> line_starts;
  };
  std::deque<File> files_;  // a deque: views of one text stay good while others are added
};

}  // namespace jenjang
