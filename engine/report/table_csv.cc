#include <algorithm>

#include "jenjang/base/decimal.h"

#include "engine/report/writers.h"

namespace jenjang {
namespace {

bool is_number(std::string_view text) {
  return Decimal::parse(text).has_value();
}

// Text that a spreadsheet would read as a number, a date or a time: 64.01, 2026-05, 1/2, 007, 1e5.
// Harmless text is left bare, so that the file stays readable.
bool looks_calculable(std::string_view text) {
  if (text.empty()) return false;
  const bool has_digit = std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
  const bool only_marks = text.find_first_not_of("0123456789.,-+/: eE%") == std::string_view::npos;
  return has_digit && only_marks;
}

// A cell as a spreadsheet opens it unharmed. A number keeps its digits and changes its mark; a code
// that looks calculable becomes ="64.01"; any other text that would start a formula gets an
// apostrophe. `spreadsheet_text` of intake takes both guards off again.
std::string guarded(const std::string& cell, ColumnKind kind) {
  if (cell.empty()) return cell;
  if (kind == ColumnKind::count) return cell;
  if (kind == ColumnKind::figure && is_number(cell)) {
    std::string local = cell;
    std::ranges::replace(local, '.', ',');
    return local;
  }
  if (looks_calculable(cell)) return "=\"" + cell + "\"";
  if (std::string_view("=+-@\t").find(cell.front()) != std::string_view::npos) return "'" + cell;
  return cell;
}

}  // namespace

bool needs_quotes(std::string_view text, char separator) {
  const char special[] = {separator, '"', '\n', '\r'};
  const bool edge_blank = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  return edge_blank || text.find_first_of({special, sizeof special}) != std::string_view::npos;
}

std::string csv_field(std::string_view text, char separator) {
  if (!needs_quotes(text, separator)) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

std::string write_csv(const Table& table, CsvDialect dialect, const Watch* watch) {
  const bool excel = dialect == CsvDialect::excel_id;
  const char separator = excel ? ';' : ',';
  const char* const end = excel ? "\r\n" : "\n";
  std::string out = excel ? "\xEF\xBB\xBF" : "";
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (c > 0) out += separator;
    out += csv_field(table.columns[c].name, separator);
  }
  out += end;
  std::size_t written = 0;
  for (const auto& row : table.rows) {
    // Half of it was making the table.
    look_now_and_then(watch, Stage::text, table.rows.size() + written++, 2 * table.rows.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += separator;
      out += csv_field(excel ? guarded(row[c], table.columns[c].kind) : row[c], separator);
    }
    out += end;
  }
  return out;
}

}  // namespace jenjang
