#include <algorithm>
#include <set>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/base/text.h"

namespace jenjang {
namespace {

// The file that a reference names, without a place in it ("#hal-3"); empty for a title or a letter's number, whose
// last part has no ending of a file.
std::string file_named(std::string_view reference) {
  reference = reference.substr(0, reference.find('#'));
  const std::string_view name =
      reference.substr(reference.rfind('/') == std::string_view::npos ? 0 : reference.rfind('/') + 1);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view ending = name.substr(dot + 1);
  const bool of_a_file = !ending.empty() && ending.size() <= 5 && std::all_of(ending.begin(), ending.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }) && std::any_of(ending.begin(), ending.end(), [](char c) { return c < '0' || c > '9'; });
  return of_a_file ? std::string(reference) : std::string();
}

}  // namespace

std::size_t FormulaSheet::refused() const {
  std::size_t count = 0;
  for (const FormulaRow& row : rows) {
    count += static_cast<std::size_t>(std::ranges::count_if(row.results, &FormulaResult::refused));
  }
  return count;
}

std::size_t FormulaSheet::failed_checks() const {
  std::size_t count = 0;
  for (const FormulaRow& row : rows) {
    count += static_cast<std::size_t>(std::ranges::count_if(row.results, &FormulaResult::check_failed));
  }
  return count;
}

void report_formula_sheet(const FormulaSheet& sheet, DiagnosticSink& sink) {
  for (std::size_t i = 0; i < sheet.formula->steps.size(); ++i) {
    const FormulaStep& step = sheet.formula->steps[i];
    const FormulaRow* first = nullptr;
    std::size_t count = 0;
    for (const FormulaRow& row : sheet.rows) {
      const FormulaResult& result = row.results[i];
      if (result.check_failed) {
        sink.report(make_diagnostic(Code::J3176, row.span)
                        .arg("lembar", sheet.code)
                        .arg("kunci", row.key)
                        .arg("langkah", step.code)
                        .arg("alasan", step.reason)
                        .article(result.article));
      }
      if (!result.refused() || result.origin != result.code) continue;
      ++count;
      if (first == nullptr) first = &row;
    }
    if (first == nullptr) continue;
    const FormulaResult& result = first->results[i];
    sink.report(make_diagnostic(Code::J3175, first->span)
                    .arg("lembar", sheet.code)
                    .arg("langkah", step.code)
                    .arg("jumlah", std::to_string(count))
                    .arg("kunci", first->key)
                    .arg("alasan", gap_text(result, Language::indonesian))
                    .article(result.article));
  }
  std::set<int> told;
  for (const FormulaRow& row : sheet.rows) {
    if (!row.period || sheet.pack->valid_in(row.period->year()) || !told.insert(row.period->year()).second) continue;
    sink.report(make_diagnostic(Code::J3108, row.span)
                    .arg("paket", sheet.pack->id)
                    .arg("masa", sheet.pack->valid_from + ".." + sheet.pack->valid_until)
                    .arg("tahun", std::to_string(row.period->year())));
  }
}

void check_formula_units(const FormulaSheet& sheet, const UnitTable& units, DiagnosticSink& sink) {
  std::vector<std::string> known;
  std::set<std::string, std::less<>> told;
  for (const FormulaRow& row : sheet.rows) {
    if (row.unit.empty() || units.find(row.unit) || !told.insert(row.unit).second) continue;
    if (known.empty()) {
      for (std::size_t i = 0; i < units.size(); ++i) known.push_back(units[UnitId::from_index(i)].path);
    }
    sink.report(make_diagnostic(Code::J1411, row.unit_span)
                    .arg("apa", "unit")
                    .arg("nama", row.unit)
                    .arg("daftar", std::to_string(known.size()) + " unit")
                    .suggest(nearest(row.unit, std::span<const std::string>(known)).value_or("")));
  }
}

void check_formula_evidence(const FormulaSheet& sheet, const std::filesystem::path& folder, const FileSource& files,
                            DiagnosticSink& sink) {
  for (const FormulaRow& row : sheet.rows) {
    for (const auto& [input, span] : row.evidence_spans) {
      const auto value = row.inputs.find(input);
      if (value == row.inputs.end()) continue;
      const std::string file = file_named(value->second.label);
      if (file.empty() || files.exists(folder / file)) continue;
      sink.report(make_diagnostic(Code::J3174, span)
                      .arg("bukti", value->second.label)
                      .arg("masukan", input)
                      .arg("kunci", row.key));
    }
  }
}

}  // namespace jenjang
