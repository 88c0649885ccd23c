#include "jenjang/report/formula_report.h"

namespace jenjang {
namespace {

struct Shown {
  std::string figure, label, state, marks;
};

std::string joined(std::string_view first, std::string_view second) {
  return std::string(first) + (first.empty() || second.empty() ? "" : " ") + std::string(second);
}

Shown show(const FormulaSheet& sheet, const FormulaStep& step, const FormulaResult& result) {
  Shown shown;
  if (result.value) {
    const std::string text = formula_value_text(*result.value, sheet.formula->print_of(step));
    (result.value->type == FormulaType::number ? shown.figure : shown.label) = text;
    shown.state = result.check_failed ? "periksa-gagal" : "nilai";
  } else {
    shown.state = result.refused() ? "ditolak" : "kosong";
  }
  shown.marks =
      joined(sheet.illustrative ? "ilustratif" : "", result.unverified || sheet.unverified ? "belum-diverifikasi" : "");
  return shown;
}

// Every result of a row that the formula shows, in its order.
template <class Visit>
void visit_results(const FormulaSheet& sheet, const FormulaRow& row, Visit visit) {
  for (const std::string& code : sheet.formula->shown()) {
    for (std::size_t i = 0; i < row.results.size(); ++i) {
      if (row.results[i].code == code) visit(sheet.formula->steps[i], row.results[i]);
    }
  }
}

}  // namespace

Table formula_table(std::span<const FormulaSheet> sheets, Language language) {
  Table table;
  table.kind = "formula";
  table.columns = {{"lembar", ColumnKind::code},  {"kunci", ColumnKind::code},   {"unit", ColumnKind::code},
                   {"periode", ColumnKind::code}, {"kode", ColumnKind::code},    {"uraian", ColumnKind::text},
                   {"satuan", ColumnKind::text},  {"nilai", ColumnKind::figure}, {"label", ColumnKind::text},
                   {"status", ColumnKind::text},  {"alasan", ColumnKind::text},  {"pasal", ColumnKind::text, false},
                   {"tanda", ColumnKind::text}};
  for (const FormulaSheet& sheet : sheets) {
    for (const FormulaRow& row : sheet.rows) {
      visit_results(sheet, row, [&](const FormulaStep& step, const FormulaResult& result) {
        const Shown shown = show(sheet, step, result);
        table.rows.push_back({sheet.code, row.key, row.unit, row.period ? row.period->to_string() : "", step.code,
                              step.title, step.unit_name, shown.figure, shown.label, shown.state,
                              result.check_failed ? step.reason : gap_text(result, language), result.article,
                              shown.marks});
      });
    }
  }
  return table;
}

std::vector<ScoreRow> formula_score_rows(const FormulaSheet& sheet) {
  std::vector<ScoreRow> rows;
  for (const FormulaRow& row : sheet.rows) {
    visit_results(sheet, row, [&](const FormulaStep& step, const FormulaResult& result) {
      const Shown shown = show(sheet, step, result);
      ScoreRow one;
      one.worksheet = sheet.code;
      one.address = row.key + (row.period ? ":" + row.period->to_string() : std::string());
      one.code = step.code;
      one.kind = "rumus";
      one.title = step.title;
      one.value = shown.figure;
      one.predicate = shown.label;
      one.state = shown.state;
      one.labels = shown.marks;
      rows.push_back(std::move(one));
    });
  }
  return rows;
}

}  // namespace jenjang
