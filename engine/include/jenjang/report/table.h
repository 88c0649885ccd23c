// Rows of named columns, and their three writers: aligned text, CSV, JSON.
//
// Cells are text already: figures with a decimal point, empty for "nothing". A writer changes only
// the dress (decimal mark, quoting, alignment), never a digit.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"

namespace jenjang {

enum class OutputFormat : std::uint8_t { table, csv, json };
enum class CsvDialect : std::uint8_t {
  standard,  // comma, decimal point, RFC 4180
  excel_id,  // semicolon, decimal comma, BOM, CRLF; codes guarded so that no spreadsheet turns them into numbers
};
struct WriteOptions {
  OutputFormat format = OutputFormat::table;
  CsvDialect csv = CsvDialect::standard;
  Language language = Language::indonesian;
  // What holds for the whole result ("gerbang", "jurnal"), key and text. JSON writes it beside the rows; a table and
  // CSV hold rows only.
  std::vector<std::pair<std::string, std::string>> stated;
  const Watch* watch = nullptr;
};

enum class ColumnKind : std::uint8_t {
  text,
  code,    // addresses, codes, unit paths, periods: never a number, even when it looks like one
  figure,  // a number, or a target in words ("80..90", "<= 49", "BB"); JSON keeps it as a string
  count,   // a whole number; a JSON number
};
struct TableColumn {
  std::string name;
  ColumnKind kind = ColumnKind::text;
  bool in_text = true;  // shown in the aligned table; CSV and JSON always hold every column
};
struct Table {
  std::string kind;  // "rollup": names the rows in JSON
  std::vector<TableColumn> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
};

std::string write_table(const Table& table, const WriteOptions& options);

}  // namespace jenjang
