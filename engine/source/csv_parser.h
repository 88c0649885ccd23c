// One pass over the bytes of a CSV file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jenjang/source/csv_reader.h"

namespace jenjang {

class CsvParser {
public:
  CsvParser(FileId file, const SourceMap& sources, const CsvFormat& format, DiagnosticSink& sink);
  std::optional<CsvTable> parse();

private:
  enum class RowEnd : std::uint8_t { good, rejected, end_of_file };

  void skip_comments();
  [[nodiscard]] bool header_fits() const;
  // Appends the cells of one row to `cells`. A rejected row leaves `cells` as it was.
  RowEnd read_row(std::vector<CsvCell>& cells);
  // One cell from the current position up to its separator or line end; false after a report.
  bool read_cell(std::vector<CsvCell>& cells);
  bool read_quoted(std::vector<CsvCell>& cells);
  bool stray_quote();
  bool check_bytes(std::size_t from, std::size_t to);
  void skip_line();
  [[nodiscard]] bool at_line_end() const;
  void pass_line_end();
  [[nodiscard]] SourceSpan place(std::size_t line_start, std::uint32_t line, std::size_t from, std::size_t to) const;

  FileId file_;
  const SourceMap& sources_;
  CsvFormat format_;
  DiagnosticSink& sink_;
  std::string_view text_;
  std::array<bool, 256> special_{};  // bytes at which a plain cell may end or is wrong
  bool all_utf8_ = true;
  bool stopped_ = false;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;  // offset of the current line
  std::uint32_t line_ = 1;
  CsvTable table_;
};

}  // namespace jenjang
