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

void append_csv_field(std::string_view text, char separator, std::string& into) {
  if (!needs_quotes(text, separator)) {
    into += text;
    return;
  }
  into += '"';
  for (const char c : text) {
    if (c == '"') into += '"';
    into += c;
  }
  into += '"';
}

std::string csv_field(std::string_view text, char separator) {
  std::string out;
  append_csv_field(text, separator, out);
  return out;
}

void append_csv_header(const std::vector<TableColumn>& columns, CsvDialect dialect, std::string& into) {
  const bool excel = dialect == CsvDialect::excel_id;
  const char separator = excel ? ';' : ',';
  if (excel) into += "\xEF\xBB\xBF";
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c > 0) into += separator;
    append_csv_field(columns[c].name, separator, into);
  }
  end_csv_line(dialect, into);
}

void append_csv_cells(const std::vector<TableColumn>& columns, const std::vector<std::string>& cells,
                      CsvDialect dialect, std::string& into) {
  const bool excel = dialect == CsvDialect::excel_id;
  const char separator = excel ? ';' : ',';
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (c > 0) into += separator;
    if (excel) {
      append_csv_field(guarded(cells[c], columns[c].kind), separator, into);
    } else {
      append_csv_field(cells[c], separator, into);
    }
  }
}

void end_csv_line(CsvDialect dialect, std::string& into) {
  into += dialect == CsvDialect::excel_id ? "\r\n" : "\n";
}

std::string write_csv(const Table& table, CsvDialect dialect, const Watch* watch) {
  std::string out;
  append_csv_header(table.columns, dialect, out);
  std::size_t written = 0;
  for (const auto& row : table.rows) {
    // Half of it was making the table.
    look_now_and_then(watch, Stage::text, table.rows.size() + written++, 2 * table.rows.size());
    append_csv_cells(table.columns, row, dialect, out);
    end_csv_line(dialect, out);
  }
  return out;
}

}  // namespace jenjang
