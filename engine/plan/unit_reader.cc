#include "engine/plan/unit_reader.h"

#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/address.h"

#include "engine/plan/organisation_reader.h"

namespace jenjang {
namespace {

bool check_path(const LocatedText& path, DiagnosticSink& sink) {
  if (is_valid_unit_path(path.value)) return true;
  report_form(sink, path.span, "kode", "64/dlh/penaatan", path.value);
  return false;
}

void read_unit(const YamlNode& node, std::vector<PlanUnit>& out, DiagnosticSink& sink) {
  SectionReader fields(node, "unit", "unit", sink);
  if (!fields.is_map()) return;
  PlanUnit unit;
  const auto path = fields.required_text("kode");
  const auto kind = fields.required_text("jenis");
  if (const auto name = fields.text("nama")) unit.name = name->value;
  unit.parent = fields.text("induk");
  if (const auto bps = fields.text("bps")) unit.bps_code = bps->value;
  if (const auto cluster = fields.text("klaster")) unit.cluster = cluster->value;
  const auto& attributes = map_entries(fields.take("atribut"), "atribut", sink);
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const YamlNode::Entry& entry = attributes[i];
    if (report_decimal_comma(attributes, i, sink)) continue;
    if (const auto value = read_decimal(entry.value, entry.key, sink)) {
      unit.attributes.emplace_back(entry.key, LocatedDecimal{*value, entry.value.span});
    }
  }
  for (const YamlNode::Entry& entry : map_entries(fields.take("label"), "label", sink)) {
    if (entry.value.is_scalar()) {
      unit.classes.emplace_back(entry.key, entry.value.text);
    } else {
      report_form(sink, entry.value.span, "label", "{kelas: besar}", kind_word(entry.value.kind));
    }
  }
  unit.labels = read_labels(fields, sink);
  fields.finish();
  if (!path || !kind || !check_path(*path, sink)) return;
  unit.path = *path;
  unit.kind = kind->value;
  out.push_back(std::move(unit));
}

constexpr std::array<std::string_view, 3> kRequired{"kode", "nama", "jenis"};
constexpr std::array<std::string_view, 4> kWords{"induk", "bps", "klaster", "tanda"};

bool is_word_column(std::string_view name) {
  for (const auto& list : {std::span<const std::string_view>(kRequired), std::span<const std::string_view>(kWords)}) {
    for (const std::string_view known : list) {
      if (known == name) return true;
    }
  }
  return false;
}

constexpr std::string_view kLabelColumn = "label.";

struct RosterFile {
  CsvFormat format;
  PlanLabels labels;
};

void read_roster_row(const CsvTable& table, std::size_t row, const RosterFile& file, std::vector<PlanUnit>& out,
                     DiagnosticSink& sink) {
  const auto cell = [&](std::string_view name) -> std::string {
    const auto column = table.column(name);
    return column ? std::string(trim(table.cell(row, *column).text)) : std::string();
  };
  PlanUnit unit;
  unit.path = {cell("kode"), table.cell(row, *table.column("kode")).span};
  if (!check_path(unit.path, sink)) return;
  unit.name = cell("nama");
  unit.kind = cell("jenis");
  if (unit.kind.empty()) {
    report_form(sink, table.cell(row, *table.column("jenis")).span, "jenis", "kabkota", "");
    return;
  }
  if (const std::string parent = cell("induk"); !parent.empty()) {
    unit.parent = LocatedText{parent, table.cell(row, *table.column("induk")).span};
  }
  unit.bps_code = cell("bps");
  unit.cluster = cell("klaster");
  unit.labels = file.labels;
  if (const std::string label = cell("tanda"); label == "ilustratif") {
    unit.labels.illustrative = true;
  } else if (label == "belum-diverifikasi") {
    unit.labels.unverified = true;
  } else if (!label.empty()) {
    report_form(sink, table.cell(row, *table.column("tanda")).span, "tanda", "ilustratif | belum-diverifikasi", label);
  }
  for (std::size_t column = 0; column < table.column_count(); ++column) {
    const CsvCell& value = table.cell(row, column);
    // A blank attribute is absent, not zero.
    const std::string_view name = table.header()[column].text;
    if (is_word_column(name) || trim(value.text).empty()) continue;
    // `label.kelas`: a word, not a figure.
    if (name.starts_with(kLabelColumn)) {
      unit.classes.emplace_back(std::string(name.substr(kLabelColumn.size())), std::string(trim(value.text)));
      continue;
    }
    if (const auto number = read_decimal(value, file.format, sink)) {
      unit.attributes.emplace_back(std::string(table.header()[column].text), LocatedDecimal{*number, value.span});
    }
  }
  out.push_back(std::move(unit));
}

void read_roster(ReadContext& context, FileId id, const RosterFile& file, std::vector<PlanUnit>& out) {
  const auto table = parse_csv(id, context.sources, file.format, context.sink);
  if (!table) return;
  // Every further column is an attribute, so only the required ones can be missing.
  std::vector<std::string_view> others;
  for (const CsvCell& head : table->header()) others.push_back(head.text);
  if (!table->expect_columns(kRequired, others, context.sink)) return;
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    read_roster_row(*table, row, file, out, context.sink);
  }
}

bool ends_with_csv(const std::string& name) {
  return name.size() > 4 && name.substr(name.size() - 4) == ".csv";
}

}  // namespace

void read_unit_list(const YamlNode* list, std::vector<PlanUnit>& out, DiagnosticSink& sink) {
  for (const YamlNode& node : list_items(list, "daftar_unit", sink)) read_unit(node, out, sink);
}

void read_unit_file(ReadContext& context, const YamlNode& entry, std::vector<PlanUnit>& out,
                    std::vector<PlanUnitChange>& changes) {
  RosterFile file;
  LocatedText name{entry.text, entry.span};
  if (!entry.is_scalar()) {
    SectionReader fields(entry, "berkas_unit", "unit", context.sink);
    if (!fields.is_map()) return;
    const auto written = fields.required_text("berkas");
    file.format = read_csv_format(fields, context.sink);
    file.labels = read_labels(fields, context.sink);
    fields.finish();
    if (!written) return;
    name = *written;
  }
  if (ends_with_csv(name.value)) {
    if (const auto id = open_file(context, name.value, name.span)) read_roster(context, *id, file, out);
    return;
  }
  const auto root = open_yaml(context, name.value, name.span);
  if (!root || !check_version(*root, context.sink)) return;
  SectionReader fields(*root, "berkas_daftar_unit", "berkas unit", context.sink);
  fields.take("jenjang");
  const std::size_t before = out.size();
  read_unit_list(fields.take("daftar_unit"), out, context.sink);
  read_unit_changes(fields.take("perubahan_organisasi"), changes, context.sink);
  fields.finish();
  for (std::size_t i = before; i < out.size(); ++i) out[i].labels = out[i].labels.with(file.labels);
}

}  // namespace jenjang
