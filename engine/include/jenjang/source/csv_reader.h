// CSV cells with places. The format is declared, never guessed.
//
// RFC 4180 quoting; LF, CRLF and a BOM accepted; the first row is the header. A row with another
// number of cells than the header, an unclosed quote or bytes that are not UTF-8 are diagnostics
// with place, and that row is left out (`rows_rejected` counts them); after a quote that never closes
// nothing more is read. Lines starting with '#' and an Excel line `sep=;` before the header are
// comments. Lines without any byte are skipped.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

struct CsvFormat {
  char separator = ',';      // ',' ';' or tab
  char decimal_point = '.';  // '.' or ','
  bool mark_stated = false;  // somebody named the decimal mark: then 1.000 is one, and no doubt about it
  // How a file is cut into cells and figures; whether that was said or assumed is no part of it.
  friend bool operator==(const CsvFormat& a, const CsvFormat& b) {
    return a.separator == b.separator && a.decimal_point == b.decimal_point;
  }
};

struct CsvCell {
  std::string_view text;  // unquoted when there was nothing to unescape, else in the table's arena
  SourceSpan span;
};

class CsvTable {
public:
  CsvTable() = default;
  // Cells view the arena, so a table moves but does not copy.
  CsvTable(CsvTable&&) noexcept = default;
  CsvTable& operator=(CsvTable&&) noexcept = default;

  [[nodiscard]] std::size_t row_count() const { return row_count_; }
  [[nodiscard]] std::size_t column_count() const { return header_.size(); }
  [[nodiscard]] std::size_t rows_rejected() const { return rows_rejected_; }
  [[nodiscard]] const std::vector<CsvCell>& header() const { return header_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  [[nodiscard]] const CsvCell& cell(std::size_t row, std::size_t column) const {
    return cells_[row * header_.size() + column];
  }

  // Checks the header: every name of `required` present, no name outside required + optional, no
  // name twice. Reports all problems with near misses; false when a required one is missing.
  bool expect_columns(std::span<const std::string_view> required, std::span<const std::string_view> optional,
                      DiagnosticSink& sink) const;

private:
  friend class CsvParser;
  std::vector<CsvCell> header_;
  std::vector<CsvCell> cells_;
  std::size_t row_count_ = 0;
  std::size_t rows_rejected_ = 0;
  std::deque<std::string> arena_;  // a deque: earlier texts stay where they are
  FileId file_;
};

// Parses a file already in `sources`, which must outlive the table. nullopt when there is no
// usable header.
std::optional<CsvTable> parse_csv(FileId file, const SourceMap& sources, const CsvFormat& format, DiagnosticSink& sink);

// A cell as an exact decimal in the declared format; reports J11xx with the span and nullopt
// otherwise (a number in the other decimal format is named as such). Blank is nullopt without a
// report: ask `trim(cell.text).empty()` first.
std::optional<Decimal> read_decimal(const CsvCell& cell, const CsvFormat& format, DiagnosticSink& sink);

// J1138, once a column, where figures such as 1.000 may be thousands: one to three digits, the mark, exactly three
// digits. No doubt where the format states its mark, or where another cell of the column has three digits behind a mark
// that cannot group (0.125, 1234.567); where other cells show other numbers of digits (12.5), only figures that end in
// a nought are doubtful, for who writes 12.5 would write 1.25 too. Nothing when the table has no such column.
void report_doubtful_figures(const CsvTable& table, std::string_view column, const CsvFormat& format,
                             DiagnosticSink& sink);

}  // namespace jenjang
