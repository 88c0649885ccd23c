#include "engine/workspace/spreads.h"

#include <algorithm>

#include "jenjang/base/result.h"
#include "jenjang/base/text.h"

namespace jenjang {
namespace {

// What a declaration may name: every result of every sheet of the plan.
std::string results_of(std::span<const FormulaSheet> sheets) {
  std::string text;
  for (const FormulaSheet& sheet : sheets) {
    for (const FormulaStep& step : sheet.formula->steps) {
      text += (text.empty() ? "" : ", ") + sheet.code + "." + step.code;
    }
  }
  return text;
}

}  // namespace

std::optional<SpreadSheet> SpreadReader::read(const SpreadDeclaration& declared,
                                              std::span<const FormulaSheet> sheets) const {
  const PackSpread* spread = packs.require_spread(declared.pack_spread, declared.pack_span, sink);
  if (spread == nullptr) return std::nullopt;
  const Pack* pack = packs.find(declared.pack_spread.substr(0, declared.pack_spread.find('/')));
  const auto sheet = std::ranges::find(sheets, declared.sheet, &FormulaSheet::code);
  if (sheet == sheets.end() || sheet->formula->step(declared.result) == nullptr) {
    sink.report(make_diagnostic(Code::J3152, declared.sheet_span)
                    .arg("kode", declared.code)
                    .arg("lembar", declared.sheet)
                    .arg("hasil", declared.result)
                    .arg("daftar", results_of(sheets)));
    return std::nullopt;
  }
  Result<std::string> text = files.read(declared.feed.file, max_bytes);
  if (!text) {
    Diagnostic failure = text.failure();
    failure.primary = declared.feed.span;
    sink.report(std::move(failure));
    return std::nullopt;
  }
  const FileId file = sources.add(declared.feed.display_name, std::move(text).value());
  std::vector<OrganisationGrade> grades = read_organisation_grades(file, sources, declared.feed.format, sink);
  const std::vector<std::string> paths = units.paths();
  std::erase_if(grades, [&](const OrganisationGrade& one) {
    if (units.find(one.unit)) return false;
    std::vector<std::string_view> known(paths.begin(), paths.end());
    sink.report(make_diagnostic(Code::J1411, one.unit_span)
                    .arg("apa", "unit")
                    .arg("nama", one.unit)
                    .arg("daftar", "")
                    .suggest(nearest(one.unit, known).value_or("")));
    return true;
  });
  SpreadSheet judged = judge_spread(*pack, *spread, *sheet, declared.result, grades, sink);
  judged.code = declared.code;
  judged.title = declared.title.empty() ? spread->title : declared.title;
  return judged;
}

}  // namespace jenjang
