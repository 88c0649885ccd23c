#include "jenjang/workspace/formula_sheets.h"

#include "jenjang/base/result.h"

namespace jenjang {

std::optional<FormulaSheet> FormulaSheetReader::read(const FormulaSheetDeclaration& declared) const {
  FormulaSheet sheet;
  sheet.formula = packs.require_formula(declared.pack_formula, declared.pack_span, sink);
  if (sheet.formula == nullptr) return std::nullopt;
  sheet.pack = packs.find(declared.pack_formula.substr(0, declared.pack_formula.find('/')));
  Result<std::string> text = files.read(declared.feed.file, max_bytes);
  if (!text) {
    Diagnostic failure = text.failure();
    failure.primary = declared.feed.span;
    sink.report(std::move(failure));
    return std::nullopt;
  }
  sheet.code = declared.code;
  sheet.title = declared.title.empty() ? sheet.formula->title : declared.title;
  sheet.illustrative = declared.feed.illustrative;
  sheet.unverified = declared.feed.unverified;
  sheet.pack_span = declared.pack_span;
  const FileId file = sources.add(declared.feed.display_name, std::move(text).value());
  sheet.rows = read_formula_rows(file, sources, declared.feed.format, *sheet.pack, *sheet.formula, sink);
  report_formula_sheet(sheet, sink);
  if (units != nullptr) check_formula_units(sheet, *units, sink);
  if (!evidence_folder.empty()) check_formula_evidence(sheet, evidence_folder, disk(), sink);
  return sheet;
}

}  // namespace jenjang
