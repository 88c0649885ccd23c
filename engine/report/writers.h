// The three writers behind write_table, one file each.
#pragma once

#include <string>

#include "jenjang/report/table.h"

namespace jenjang {

std::string write_text(const Table& table, Language language);
std::string write_csv(const Table& table, CsvDialect dialect, const Watch* watch = nullptr);
std::string write_json(const Table& table, const std::vector<std::pair<std::string, std::string>>& stated,
                       const Watch* watch = nullptr);

// Aligned columns without the closing line: also the run summary's tables.
std::string align_columns(const Table& table, const std::string& indent);

}  // namespace jenjang
