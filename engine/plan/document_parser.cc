#include "engine/plan/document_parser.h"

#include <array>
#include <utility>

#include "jenjang/measure/reading.h"

#include "engine/plan/organisation_reader.h"
#include "engine/plan/unit_reader.h"

namespace jenjang {
namespace {

constexpr std::array<std::pair<std::string_view, ItemKind>, 6> kGoalLists{{{"tujuan", ItemKind::goal},
                                                                           {"sasaran", ItemKind::objective},
                                                                           {"program", ItemKind::programme},
                                                                           {"kegiatan", ItemKind::activity},
                                                                           {"sub_kegiatan", ItemKind::sub_activity},
                                                                           {"hasil_kerja", ItemKind::work_result}}};

// `periode: 2024..2026`, or `tahun: 2024`.
std::optional<PeriodRange> read_document_years(SectionReader& fields, DiagnosticSink& sink) {
  const auto span_of_years = fields.text("periode");
  const auto year = fields.text("tahun");
  const auto& written = span_of_years ? span_of_years : year;
  if (!written) {
    report_form(sink, fields.span(), "periode", "2024..2026", "-");
    return std::nullopt;
  }
  return read_years(written->value, written->span, sink);
}

// `tahun_ke_1: 2022`: the calendar year of plan year 1.
int read_first_plan_year(SectionReader& fields, DiagnosticSink& sink) {
  const auto written = fields.text("tahun_ke_1");
  if (!written) return 0;
  const auto years = read_years(written->value, written->span, sink);
  if (!years) return 0;
  if (years->years() == 1) return years->first_year;
  report_form(sink, written->span, "tahun_ke_1", std::to_string(years->first_year), written->value);
  return 0;
}

void read_roles(const YamlNode* list, std::vector<PlanRole>& out, DiagnosticSink& sink) {
  for (const YamlNode& node : list_items(list, "matriks_peran", sink)) {
    SectionReader fields(node, "peran", "matriks_peran", sink);
    if (!fields.is_map()) continue;
    const auto unit = fields.required_text("unit");
    const auto result = fields.required_text("hasil");
    fields.finish();
    if (unit && result) out.push_back({*unit, *result});
  }
}

void read_parties(SectionReader& fields, PlanDocument& document) {
  document.first_party = fields.text_list("pihak_pertama");
  document.second_party = fields.text_list("pihak_kedua");
  document.employee = fields.text("pegawai");
  document.vision = fields.text("visi");
  document.missions = fields.text_list("misi");
}

void read_validity(SectionReader& fields, PlanDocument& document, DiagnosticSink& sink) {
  if (const auto day = fields.text("berlaku")) {
    if (read_date(day->value, day->span, sink)) document.valid_from = day->value;
  }
  if (const auto replaced = fields.text("menggantikan")) document.replaces = replaced->value;
  if (const auto state = fields.word<StatementState>("status", statement_state_words())) document.state = state->value;
}

}  // namespace

std::optional<PlanDocument> parse_document(ReadContext& context, const YamlNode& root, PlanDocumentSet& set) {
  DiagnosticSink& sink = context.sink;
  if (!check_version(root, sink)) return std::nullopt;
  SectionReader fields(root, "dokumen", "dokumen", sink);
  PlanDocument document;
  fields.take("jenjang");
  const auto kind = fields.word<DocumentKind>("dokumen", document_words());
  if (!kind && root.find("dokumen") == nullptr) report_form(sink, root.span, "dokumen", "RPD", "-");
  const auto code = fields.required_text("kode");
  const auto years = read_document_years(fields, sink);
  document.first_plan_year = read_first_plan_year(fields, sink);
  if (const auto title = fields.text("judul")) document.title = title->value;
  document.unit = fields.text("unit");
  read_validity(fields, document, sink);
  document.labels = read_labels(fields, sink);
  read_parties(fields, document);
  read_unit_list(fields.take("daftar_unit"), set, sink);
  read_unit_changes(fields.take("perubahan_organisasi"), set.unit_changes, sink);
  for (const auto& [key, goal_kind] : kGoalLists) parse_goals(context, fields.take(key), goal_kind, document.goals);
  parse_indicators(context, fields.take("indikator"), document.indicators);
  read_roles(fields.take("matriks_peran"), document.roles, sink);
  fields.finish();
  if (!kind || !code || !years || !check_code(code->value, code->span, sink)) return std::nullopt;
  document.kind = kind->value;
  document.code = *code;
  document.years = *years;
  document.span = code->span;
  // A target plan of an employee is the plan of his position unless it says otherwise.
  if (!document.unit && document.employee) document.unit = document.employee;
  return document;
}

}  // namespace jenjang
