// Where the four cells of one observation stand.
//
// Nearly always they are cells of one line of one file: then the line is kept once, with a column and a length for each
// (24 bytes). Cells of several lines (a row with a line end in quotes), a column or a length beyond 65,535: all four
// spans as they are, in memory of their own. What is read is what was set, in either case.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "jenjang/base/source_map.h"

namespace jenjang {

class RowPlaces {
public:
  RowPlaces() = default;
  // For a reader of rows; a span without a place is SourceSpan{}.
  RowPlaces(const SourceSpan& number, const SourceSpan& address, const SourceSpan& unit, const SourceSpan& period);
  RowPlaces(const RowPlaces& other) { copy(other); }
  RowPlaces(RowPlaces&& other) noexcept : file_(other.file_), line_(other.line_), cells_(other.cells_) {
    other.forget();
  }
  RowPlaces& operator=(const RowPlaces& other) {
    if (this != &other) {
      release();
      copy(other);
    }
    return *this;
  }
  RowPlaces& operator=(RowPlaces&& other) noexcept {
    if (this != &other) {
      release();
      file_ = other.file_, line_ = other.line_, cells_ = other.cells_;
      other.forget();
    }
    return *this;
  }
  ~RowPlaces() { release(); }

  [[nodiscard]] SourceSpan number() const { return at(0); }   // the cell with the figure
  [[nodiscard]] SourceSpan address() const { return at(1); }  // the code cell
  [[nodiscard]] SourceSpan unit() const { return at(2); }
  [[nodiscard]] SourceSpan period() const { return at(3); }
  void set_number(const SourceSpan& span) { set(0, span); }
  void set_address(const SourceSpan& span) { set(1, span); }
  void set_unit(const SourceSpan& span) { set(2, span); }
  void set_period(const SourceSpan& span) { set(3, span); }

private:
  using Spans = std::array<SourceSpan, 4>;
  struct Cell {
    std::uint16_t column, length;  // column 0: no place
  };
  union Cells {
    std::array<Cell, 4> near;
    Spans* far;
  };

  // A line without a file: the spans stand elsewhere.
  [[nodiscard]] bool is_far() const { return line_ != 0 && !file_.valid(); }
  [[nodiscard]] SourceSpan at(std::size_t cell) const {
    if (is_far()) return (*cells_.far)[cell];
    const Cell near = cells_.near[cell];
    if (near.column == 0) return {};
    return {file_, line_, near.column, near.length};
  }
  void set(std::size_t cell, const SourceSpan& span);
  void set_all(const Spans& spans);
  void copy(const RowPlaces& other);
  void release() {
    if (is_far()) delete cells_.far;
  }
  void forget() {
    file_ = FileId();
    line_ = 0;
    cells_.near = {};
  }

  FileId file_;
  std::uint32_t line_ = 0;
  Cells cells_{.near = {}};
};

}  // namespace jenjang
