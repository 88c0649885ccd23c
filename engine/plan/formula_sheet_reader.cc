#include "engine/plan/formula_sheet_reader.h"

#include "jenjang/measure/reading.h"

namespace jenjang {

std::optional<FormulaSheetDeclaration> read_formula_sheet_entry(ReadContext& context, const YamlNode& node) {
  SectionReader fields(node, "lembar_hitung", "lembar_hitung", context.sink);
  if (!fields.is_map()) return std::nullopt;
  FormulaSheetDeclaration sheet;
  const auto file = fields.required_text("berkas");
  sheet.feed.format = read_csv_format(fields, context.sink);
  const auto pack = fields.required_text("paket");
  const auto code = fields.required_text("kode");
  if (const auto title = fields.text("judul")) sheet.title = title->value;
  const PlanLabels labels = read_labels(fields, context.sink);
  sheet.feed.illustrative = labels.illustrative;
  sheet.feed.unverified = labels.unverified;
  fields.finish();
  if (!file || !pack || !code || !check_code(code->value, code->span, context.sink)) return std::nullopt;
  sheet.feed.display_name = file->value;
  sheet.feed.file = context.folder / file->value;
  sheet.feed.span = file->span;
  sheet.pack_formula = pack->value;
  sheet.pack_span = pack->span;
  sheet.code = code->value;
  return sheet;
}

}  // namespace jenjang
