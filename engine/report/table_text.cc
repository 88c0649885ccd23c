#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/report/writers.h"

namespace jenjang {
namespace {

void pad(std::string& out, std::size_t blanks) {
  out.append(blanks, ' ');
}

}  // namespace

std::string write_table(const Table& table, const WriteOptions& options) {
  switch (options.format) {
    case OutputFormat::table:
      return write_text(table, options.language);
    case OutputFormat::csv:
      return write_csv(table, options.csv, options.watch);
    case OutputFormat::json:
      return write_json(table, options.stated, options.watch);
  }
  return {};
}

std::string align_columns(const Table& table, const std::string& indent) {
  std::vector<std::size_t> shown;
  std::vector<std::size_t> width;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!table.columns[c].in_text) continue;
    shown.push_back(c);
    std::size_t widest = display_width(table.columns[c].name);
    for (const auto& row : table.rows) widest = std::max(widest, display_width(row[c]));
    width.push_back(widest);
  }
  std::string out;
  const auto line = [&](const auto& cell_of) {
    std::string text = indent;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const std::string& cell = cell_of(shown[i]);
      const ColumnKind kind = table.columns[shown[i]].kind;
      const std::size_t gap = width[i] - display_width(cell);
      const bool right = kind == ColumnKind::figure || kind == ColumnKind::count;
      if (right) pad(text, gap);
      text += cell;
      if (!right) pad(text, gap);
      pad(text, 2);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text;
    out += '\n';
  };
  line([&](std::size_t c) -> const std::string& { return table.columns[c].name; });
  std::vector<std::string> rule(table.columns.size());
  for (std::size_t i = 0; i < shown.size(); ++i) rule[shown[i]] = std::string(width[i], '-');
  line([&](std::size_t c) -> const std::string& { return rule[c]; });
  for (const auto& row : table.rows) line([&](std::size_t c) -> const std::string& { return row[c]; });
  return out;
}

std::string write_text(const Table& table, Language language) {
  std::string out = align_columns(table, "");
  const bool indonesian = language == Language::indonesian;
  std::string hidden;
  for (const TableColumn& column : table.columns) {
    if (column.in_text) continue;
    if (!hidden.empty()) hidden += ", ";
    hidden += column.name;
  }
  out += std::to_string(table.rows.size());
  out += indonesian ? " baris" : " rows";
  // What a narrow table leaves out is said, never dropped in silence.
  if (!hidden.empty()) {
    out += indonesian ? "; kolom lain dengan --format csv: " : "; more columns with --format csv: ";
    out += hidden;
  }
  out += '\n';
  return out;
}

}  // namespace jenjang
