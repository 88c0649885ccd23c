// One pass over the bytes of a CSV file, or over some of its rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jenjang/source/csv_reader.h"

#include "engine/source/stop_bytes.h"

namespace jenjang {

class CsvParser {
public:
  CsvParser(FileId file, const SourceMap& sources, const CsvFormat& format);
  std::optional<CsvTable> parse(DiagnosticSink& sink);

  // In steps. The header, from the start of the file; false after a report.
  bool read_header(CsvTable& table, DiagnosticSink& sink);
  // Goes to the start of a line, taken for that of a row, and on to the first line that is not blank.
  void go_to(std::size_t line_start);
  // Appends the rows that begin before `stop`, at most `most`; the table must have its header.
  void read_rows(CsvTable& table, std::size_t stop, std::size_t most, DiagnosticSink& sink);
  // Where the next row begins: all blank lines before it are behind.
  [[nodiscard]] std::size_t at() const { return at_; }
  // After a quote that never closes.
  [[nodiscard]] bool stopped() const { return stopped_; }
  // An empty table with the header of another one, which must live longer; its memory is used again.
  static void start_again(CsvTable& table, const CsvTable& header);

private:
  enum class RowEnd : std::uint8_t { good, rejected };

  void skip_comments();
  void skip_blank_lines();
  [[nodiscard]] bool header_fits(DiagnosticSink& sink) const;
  // Appends the cells of one row to `cells`. A rejected row leaves `cells` as it was.
  RowEnd read_row(std::vector<CsvCell>& cells);
  // A row with as many cells as the header, none of them in quotes, on one line: nearly all there are. Stands behind
  // its last cell then; nothing has happened when it is another.
  bool read_plain_cells(std::vector<CsvCell>& cells);
  // One cell from the current position up to its separator or line end; false after a report.
  bool read_cell(std::vector<CsvCell>& cells);
  bool read_quoted(std::vector<CsvCell>& cells);
  bool stray_quote();
  bool control_byte();
  bool check_bytes(std::size_t from, std::size_t to);
  void skip_line();
  [[nodiscard]] bool at_line_end() const;
  void pass_line_end();
  [[nodiscard]] SourceSpan place(std::size_t line_start, std::uint32_t line, std::size_t from, std::size_t to) const;

  FileId file_;
  const SourceMap& sources_;
  CsvFormat format_;
  std::string_view text_;
  StopBytes stops_;
  bool stopped_ = false;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;  // offset of the current line
  std::uint32_t line_ = 1;
  CsvTable* table_ = nullptr;  // being filled
  DiagnosticSink* sink_ = nullptr;
};

}  // namespace jenjang
