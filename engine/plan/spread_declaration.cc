#include "engine/plan/spread_declaration.h"

#include "jenjang/measure/reading.h"

namespace jenjang {

std::optional<SpreadDeclaration> read_spread_entry(ReadContext& context, const YamlNode& node) {
  SectionReader fields(node, "sebaran", "sebaran", context.sink);
  if (!fields.is_map()) return std::nullopt;
  SpreadDeclaration spread;
  const auto code = fields.required_text("kode");
  const auto pack = fields.required_text("paket");
  const auto sheet = fields.required_text("lembar");
  const auto result = fields.required_text("hasil");
  const auto file = fields.required_text("organisasi");
  spread.feed.format = read_csv_format(fields, context.sink);
  if (const auto title = fields.text("judul")) spread.title = title->value;
  fields.finish();
  if (!code || !pack || !sheet || !result || !file) return std::nullopt;
  if (!check_code(code->value, code->span, context.sink)) return std::nullopt;
  spread.code = code->value;
  spread.pack_spread = pack->value;
  spread.pack_span = pack->span;
  spread.sheet = sheet->value;
  spread.sheet_span = sheet->span;
  spread.result = result->value;
  spread.feed.display_name = file->value;
  spread.feed.file = context.folder / file->value;
  spread.feed.span = file->span;
  return spread;
}

}  // namespace jenjang
