#include "jenjang/report/spread_report.h"

namespace jenjang {
namespace {

std::string joined(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : " + ") + label;
  return text;
}

std::string counts_of(const SpreadSheet& sheet, const SpreadUnit& unit) {
  std::string text;
  for (std::size_t i = 0; i < sheet.labels.size(); ++i) {
    if (unit.check.counts[i] == 0) continue;
    text += (text.empty() ? "" : ", ") + sheet.labels[i] + " " + std::to_string(unit.check.counts[i]);
  }
  return text;
}

std::string advice(const SpreadUnit& unit, bool english) {
  if (unit.check.holds) return {};
  if (!unit.check.moves)
    return english ? "no spread of these staff complies"
                   : "tidak ada sebaran yang memenuhi dengan pegawai sebanyak ini";
  std::string text;
  for (const SpreadMove& move : *unit.check.moves) {
    text += (text.empty() ? "" : "; ") + std::to_string(move.count) + (english ? " from " : " dari ") + move.from +
            (english ? " to " : " ke ") + move.to;
  }
  return text;
}

}  // namespace

Table spread_table(std::span<const SpreadSheet> sheets, const UnitTable& units, Language language) {
  const bool english = language == Language::english;
  Table table;
  table.kind = "spread";
  table.columns = {{"sebaran", ColumnKind::code},
                   {"unit", ColumnKind::code},
                   {"nama", ColumnKind::text, false},
                   {"periode", ColumnKind::code},
                   {"organisasi", ColumnKind::text},
                   {"pegawai", ColumnKind::count},
                   {"tanpa_predikat", ColumnKind::count, false},
                   {"sebaran_kini", ColumnKind::text},
                   {"tuntutan", ColumnKind::text},
                   {"jumlah", ColumnKind::count},
                   {"paling_sedikit", ColumnKind::count},
                   {"paling_banyak", ColumnKind::count},
                   {"status", ColumnKind::text},
                   {"saran", ColumnKind::text},
                   {"pasal", ColumnKind::text, false},
                   {"tanda", ColumnKind::text}};
  for (const SpreadSheet& sheet : sheets) {
    for (const SpreadUnit& unit : sheet.units) {
      const SpreadRow& row = *sheet.spread->row(unit.organisation);
      const auto id = units.find(unit.unit);
      bool first = true;
      for (const SpreadOutcome& outcome : unit.check.outcomes) {
        const SpreadDemand& demand = row.demands[outcome.demand];
        std::string what = joined(demand.labels);
        if (demand.largest) what += english ? ", the largest group" : ", kelompok terbesar";
        std::string status(outcome.holds ? "terpenuhi" : "dilanggar");
        if (!outcome.larger.empty())
          status += english ? ": more in " + outcome.larger : ": lebih banyak " + outcome.larger;
        std::string marks = sheet.illustrative ? "ilustratif" : "";
        if (sheet.unverified || demand.unverified)
          marks += (marks.empty() ? "" : " ") + std::string("belum-diverifikasi");
        table.rows.push_back({sheet.code, unit.unit, id ? units[*id].name : "", unit.period.to_string(),
                              unit.organisation, std::to_string(unit.check.staff), std::to_string(unit.ungraded),
                              counts_of(sheet, unit), what, std::to_string(outcome.count), std::to_string(outcome.low),
                              std::to_string(outcome.high), status, first ? advice(unit, english) : "", demand.article,
                              marks});
        first = false;
      }
    }
  }
  return table;
}

}  // namespace jenjang
