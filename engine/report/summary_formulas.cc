// Formula sheets in the summary: how many results, and how many of them are refused.
#include "engine/report/summary_page.h"

namespace jenjang {

void write_formula_sheets(SummaryPage& page) {
  if (page.input.formula_sheets.empty()) return;
  page.heading("Lembar hitung", "Formula sheets");
  for (const FormulaSheet& sheet : page.input.formula_sheets) {
    std::size_t values = 0;
    bool unverified = sheet.unverified;
    for (const FormulaRow& row : sheet.rows) {
      for (const FormulaResult& result : row.results) {
        values += result.value ? 1 : 0;
        unverified = unverified || result.unverified;
      }
    }
    std::string marks = sheet.illustrative ? "ilustratif" : "";
    if (unverified) marks += (marks.empty() ? "" : ", ") + std::string("belum-diverifikasi");
    page.bullet(sheet.code + (sheet.title.empty() ? "" : " (" + sheet.title + ")") + ", " + sheet.pack->id + "/" +
                sheet.formula->id + ": " + std::to_string(sheet.rows.size()) + page.say(" baris, ", " rows, ") +
                std::to_string(values) + page.say(" hasil, ", " results, ") + std::to_string(sheet.refused()) +
                page.say(" ditolak, ", " refused, ") + std::to_string(sheet.failed_checks()) +
                page.say(" pemeriksaan tidak terpenuhi", " checks that do not hold") +
                (marks.empty() ? "" : " [" + marks + "]"));
  }
}

}  // namespace jenjang
