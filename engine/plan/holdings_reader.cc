#include "engine/plan/holdings_reader.h"

#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

namespace jenjang {

void read_holdings_file(ReadContext& context, const YamlNode& entry, std::vector<PlanHolding>& out) {
  CsvFormat format;
  LocatedText name{entry.text, entry.span};
  if (!entry.is_scalar()) {
    SectionReader fields(entry, "pemangku", "pemangku", context.sink);
    if (!fields.is_map()) return;
    const auto written = fields.required_text("berkas");
    format = read_csv_format(fields, context.sink);
    fields.finish();
    if (!written) return;
    name = *written;
  }
  const auto file = open_file(context, name.value, name.span);
  if (!file) return;
  const auto table = parse_csv(*file, context.sources, format, context.sink);
  static constexpr std::array<std::string_view, 4> kRequired{"jabatan", "pegawai", "dari", "sampai"};
  static constexpr std::array<std::string_view, 1> kOptional{"catatan"};
  if (!table || !table->expect_columns(kRequired, kOptional, context.sink)) return;
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    const auto text = [&](std::string_view column) {
      const CsvCell& cell = table->cell(row, *table->column(column));
      return LocatedText{std::string(trim(cell.text)), cell.span};
    };
    PlanHolding holding{text("jabatan"), text("pegawai"), {}, std::nullopt};
    if (holding.person.value.empty()) {
      report_form(context.sink, holding.person.span, "pegawai", "P-0001", "");
      continue;
    }
    const LocatedText first = text("dari");
    const LocatedText last = text("sampai");
    const auto from = read_date(first.value, first.span, context.sink);
    std::optional<Date> until;
    if (!last.value.empty()) {
      until = read_date(last.value, last.span, context.sink);
      if (!until) continue;
    }
    if (!from) continue;
    holding.from = {*from, first.span};
    if (until) holding.until = Located<Date>{*until, last.span};
    if (until && *until < *from) {
      report_beyond(context.sink, {"dari", first.value, first.span}, {"sampai", last.value, last.span});
      continue;
    }
    out.push_back(std::move(holding));
  }
}

}  // namespace jenjang
