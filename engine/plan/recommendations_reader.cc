// Recommendations: one row each, read strictly. Whether units and criteria exist is asked once the model stands.
#include "engine/plan/recommendations_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 5> kRequired{"kode", "tahun", "unit", "rekomendasi", "keadaan"};
constexpr std::array<std::string_view, 5> kOptional{"kriteria", "tindak_lanjut", "bukti", "tenggat", "catatan"};
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

class RowReader {
public:
  RowReader(ReadContext& context, const CsvTable& table, std::size_t row)
      : context_(context), table_(table), row_(row) {}

  [[nodiscard]] LocatedText text(std::string_view column) const {
    const auto at = table_.column(column);
    if (!at) return {};
    const CsvCell& cell = table_.cell(row_, *at);
    return {std::string(trim(cell.text)), cell.span};
  }
  // J1801 when blank.
  std::optional<LocatedText> required(std::string_view column) {
    LocatedText found = text(column);
    if (!found.value.empty()) return found;
    context_.sink.report(make_diagnostic(Code::J1801, found.span).arg("kolom", column));
    return std::nullopt;
  }

private:
  ReadContext& context_;
  const CsvTable& table_;
  std::size_t row_;
};

std::optional<int> read_year(const LocatedText& text, DiagnosticSink& sink) {
  const auto number = Decimal::parse(text.value);
  if (number && number->is_whole() && *number >= Decimal(kFirstYear) && *number <= Decimal(kLastYear))
    return static_cast<int>(number->to_double());
  report_form(sink, text.span, "tahun", "2024", text.value);
  return std::nullopt;
}

std::optional<FollowUp> read_state(const LocatedText& text, DiagnosticSink& sink) {
  const auto found = std::ranges::find(kFollowUpWords, text.value);
  if (found != kFollowUpWords.end()) return static_cast<FollowUp>(found - kFollowUpWords.begin());
  std::string choices;
  for (const std::string_view word : kFollowUpWords) choices += (choices.empty() ? "" : ", ") + std::string(word);
  sink.report(make_diagnostic(Code::J1803, text.span)
                  .arg("teks", text.value)
                  .arg("pilihan", choices)
                  .suggest(nearest(text.value, kFollowUpWords).value_or("")));
  return std::nullopt;
}

// What stands in a state that closes the matter says what was done and where one can see it.
void check_settled(const Recommendation& one, const LocatedText& state, DiagnosticSink& sink) {
  const auto demand = [&](bool present, std::string_view column) {
    if (present) return;
    sink.report(make_diagnostic(Code::J3140, state.span)
                    .arg("kode", one.code)
                    .arg("keadaan", to_string(one.state))
                    .arg("kolom", column));
  };
  if (one.is_settled()) demand(!one.done.empty(), "tindak_lanjut");
  if (one.state == FollowUp::done) demand(!one.evidence.empty(), "bukti");
}

}  // namespace

void read_recommendation_file(ReadContext& context, const YamlNode& entry, std::vector<Recommendation>& out) {
  SectionReader fields(entry, "rekomendasi", "rekomendasi", context.sink);
  if (!fields.is_map()) return;
  const auto name = fields.required_text("berkas");
  const CsvFormat format = read_csv_format(fields, context.sink);
  const PlanLabels labels = read_labels(fields, context.sink);
  fields.finish();
  if (!name) return;
  const auto file = open_file(context, name->value, name->span);
  if (!file) return;
  const auto table = parse_csv(*file, context.sources, format, context.sink);
  if (!table || !table->expect_columns(kRequired, kOptional, context.sink)) return;
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    RowReader cells(context, *table, row);
    const auto code = cells.required("kode");
    const auto year_text = cells.required("tahun");
    const auto unit = cells.required("unit");
    const auto advice = cells.required("rekomendasi");
    const auto state_text = cells.required("keadaan");
    const LocatedText due = cells.text("tenggat");
    const auto due_day = due.value.empty() ? std::nullopt : read_date(due.value, due.span, context.sink);
    const auto year = year_text ? read_year(*year_text, context.sink) : std::nullopt;
    const auto state = state_text ? read_state(*state_text, context.sink) : std::nullopt;
    if (!code || !year || !unit || !advice || !state || (!due.value.empty() && !due_day)) continue;
    const auto earlier = std::ranges::find(out, code->value, &Recommendation::code);
    if (earlier != out.end()) {
      context.sink.report(make_diagnostic(Code::J1504, code->span)
                              .arg("apa", "rekomendasi")
                              .arg("kode", code->value)
                              .related(earlier->span, "yang pertama", "the first"));
      continue;
    }
    const LocatedText criterion = cells.text("kriteria");
    Recommendation made;
    made.code = code->value;
    made.year = *year;
    made.unit = unit->value;
    made.criterion = criterion.value;
    made.text = advice->value;
    made.state = *state;
    made.done = cells.text("tindak_lanjut").value;
    made.evidence = cells.text("bukti").value;
    made.due = due_day;
    made.illustrative = labels.illustrative;
    made.unverified = labels.unverified;
    made.span = code->span;
    made.unit_span = unit->span;
    made.criterion_span = criterion.span;
    check_settled(made, *state_text, context.sink);
    out.push_back(std::move(made));
  }
}

}  // namespace jenjang
