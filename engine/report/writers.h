// The three writers behind write_table, one file each.
#pragma once

#include <string>
#include <string_view>

#include "jenjang/report/table.h"

namespace jenjang {

std::string write_text(const Table& table, Language language);
std::string write_csv(const Table& table, CsvDialect dialect, const Watch* watch = nullptr);
// A field as it stands between two separators: in quotes where it needs them.
bool needs_quotes(std::string_view text, char separator);
std::string csv_field(std::string_view text, char separator);
void append_csv_field(std::string_view text, char separator, std::string& into);
// The same cells as write_csv puts them, for what is written in parts. `columns` may be more than the cells.
void append_csv_header(const std::vector<TableColumn>& columns, CsvDialect dialect, std::string& into);
void append_csv_cells(const std::vector<TableColumn>& columns, const std::vector<std::string>& cells,
                      CsvDialect dialect, std::string& into);
void end_csv_line(CsvDialect dialect, std::string& into);
std::string write_json(const Table& table, const std::vector<std::pair<std::string, std::string>>& stated,
                       const Watch* watch = nullptr);

// Aligned columns without the closing line: also the run summary's tables.
std::string align_columns(const Table& table, const std::string& indent);

}  // namespace jenjang
