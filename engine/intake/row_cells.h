// The cells of one CSV row by column name, and the small words that every feed shares.
#pragma once

#include <array>
#include <string_view>

#include "jenjang/base/diagnostic.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

// Trimmed, with spreadsheet guards taken off.
std::string_view cell_text(std::string_view written);

// One optional column, found once per table.
class Column {
public:
  Column(const CsvTable& table, std::string_view name) : index_(table.column(name)) {}
  // nullptr when the table has no such column.
  [[nodiscard]] const CsvCell* cell(const CsvTable& table, std::size_t row) const {
    return index_ ? &table.cell(row, *index_) : nullptr;
  }
  // The cell_text; empty when the column or the text is absent.
  [[nodiscard]] std::string_view text(const CsvTable& table, std::size_t row) const {
    const CsvCell* found = cell(table, row);
    if (found == nullptr || found->text.empty()) return {};
    // Letters and digits at both ends: nothing to take off. So are nearly all cells of a feed of a million rows.
    if (is_alphanumeric(found->text.front()) && is_alphanumeric(found->text.back())) return found->text;
    return cell_text(found->text);
  }

private:
  static constexpr bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  std::optional<std::size_t> index_;
};

inline constexpr std::array<std::string_view, 2> kMarkWords{"ilustratif", "belum-diverifikasi"};

struct Marks {
  bool illustrative = false;
  bool unverified = false;
};
// The column `tanda`: words of kMarkWords separated by blanks. Reports J1808 for any other.
Marks read_marks(std::string_view text, const SourceSpan& span, DiagnosticSink& sink);

// "a, b, c" for messages.
std::string join_words(std::span<const std::string_view> words);

}  // namespace jenjang
