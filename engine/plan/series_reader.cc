// Columns of figures in files beside the plan: planned denominators, and the series that the parts of a
// year follow.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"

namespace jenjang {

std::vector<PlanDenominatorRow> parse_denominators(ReadContext& context, const YamlNode& node) {
  std::vector<PlanDenominatorRow> rows;
  LocatedText name{node.text, node.span};
  CsvFormat format;
  PlanLabels labels;
  if (!node.is_scalar()) {
    SectionReader fields(node, "penyebut_rencana", "penyebut_rencana", context.sink);
    const auto written = fields.required_text("berkas");
    format = read_csv_format(fields, context.sink);
    labels = read_labels(fields, context.sink);
    fields.finish();
    if (!written) return rows;
    name = *written;
  }
  const auto file = open_file(context, name.value, name.span);
  if (!file) return rows;
  const auto table = parse_csv(*file, context.sources, format, context.sink);
  static constexpr std::array<std::string_view, 4> kRequired{"kode", "unit", "periode", "nilai"};
  static constexpr std::array<std::string_view, 2> kOptional{"tanda", "catatan"};
  if (!table || !table->expect_columns(kRequired, kOptional, context.sink)) return rows;
  report_doubtful_figures(*table, "nilai", format, context.sink);
  const auto cell = [&](std::size_t row, std::string_view column) -> const CsvCell& {
    return table->cell(row, *table->column(column));
  };
  for (std::size_t i = 0; i < table->row_count(); ++i) {
    const CsvCell& when = cell(i, "periode");
    const auto period = read_period(trim(when.text), when.span, context.sink);
    const auto value = read_decimal(cell(i, "nilai"), format, context.sink);
    if (!period || !value) continue;
    if (period->granularity() != Granularity::year) {
      report_form(context.sink, when.span, "periode", "2026", when.text);
      continue;
    }
    const auto text = [&](std::string_view column) {
      return LocatedText{std::string(trim(cell(i, column).text)), cell(i, column).span};
    };
    const bool marked = table->column("tanda") && trim(cell(i, "tanda").text) == "ilustratif";
    rows.push_back(
        {text("kode"), text("unit"), period->year(), {*value, cell(i, "nilai").span}, labels.illustrative || marked});
  }
  return rows;
}

std::vector<PlanSeriesPoint> parse_profile_series(ReadContext& context, const YamlNode& node) {
  std::vector<PlanSeriesPoint> points;
  SectionReader fields(node, "profil_seri", "profil_seri", context.sink);
  if (!fields.is_map()) return points;
  const auto name = fields.required_text("berkas");
  const auto code = fields.required_text("kode");
  const CsvFormat format = read_csv_format(fields, context.sink);
  fields.finish();
  if (!name || !code) return points;
  const auto file = open_file(context, name->value, name->span);
  if (!file) return points;
  const auto table = parse_csv(*file, context.sources, format, context.sink);
  static constexpr std::array<std::string_view, 3> kRequired{"kode", "periode", "nilai"};
  static constexpr std::array<std::string_view, 2> kOptional{"sumber", "catatan"};
  if (!table || !table->expect_columns(kRequired, kOptional, context.sink)) return points;
  report_doubtful_figures(*table, "nilai", format, context.sink);
  std::set<std::string> others;
  bool found = false;
  std::vector<SourceSpan> places;
  for (std::size_t i = 0; i < table->row_count(); ++i) {
    const auto cell = [&](std::string_view column) -> const CsvCell& { return table->cell(i, *table->column(column)); };
    if (trim(cell("kode").text) != code->value) {
      others.insert(std::string(trim(cell("kode").text)));
      continue;
    }
    found = true;
    const CsvCell& when = cell("periode");
    const auto period = read_period(trim(when.text), when.span, context.sink);
    const auto value = read_decimal(cell("nilai"), format, context.sink);
    if (!period || !value) continue;
    if (value->sign() <= 0) {
      report_form(context.sink, cell("nilai").span, "nilai", "> 0", value->to_string());
      continue;
    }
    if (!points.empty() && period->granularity() != points.front().period.granularity()) {
      report_form(context.sink, when.span, "periode", points.front().period.to_string(), when.text);
      continue;
    }
    const auto same = std::find_if(points.begin(), points.end(),
                                   [&](const PlanSeriesPoint& point) { return point.period == *period; });
    if (same != points.end()) {
      context.sink.report(
          make_diagnostic(Code::J1504, when.span)
              .arg("apa", "periode")
              .arg("kode", period->to_string())
              .related(places[static_cast<std::size_t>(same - points.begin())], "pertama di sini", "first here"));
      continue;
    }
    points.push_back({*period, *value});
    places.push_back(when.span);
  }
  if (!found) {
    const std::vector<std::string> known(others.begin(), others.end());
    context.sink.report(make_diagnostic(Code::J1503, code->span)
                            .arg("kunci", "kode")
                            .arg("harapan", known.empty() ? "kode,periode,nilai" : known.front())
                            .arg("ditemukan", code->value)
                            .suggest(nearest(code->value, known).value_or("")));
  }
  std::sort(points.begin(), points.end(),
            [](const PlanSeriesPoint& a, const PlanSeriesPoint& b) { return a.period < b.period; });
  return points;
}

}  // namespace jenjang
