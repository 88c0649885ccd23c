#include "engine/plan/unit_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/address.h"

#include "engine/base/large_pages.h"
#include "engine/plan/organisation_reader.h"
#include "engine/source/csv_stretches.h"
#include "engine/source/doubtful_figures.h"

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

// Rows of a roster as units. Columns are looked for once, since a roster may have a million rows.
class Roster : public CsvRows {
public:
  Roster(const RosterFile& file, std::size_t room, std::vector<PlanUnit>& out)
      : file_(file), room_(room), out_(out), before_(out.size()) {}

  bool begin(const CsvTable& header, std::size_t, DiagnosticSink& sink) override {
    // Every further column is an attribute, so only the required ones can be missing.
    std::vector<std::string_view> others;
    for (const CsvCell& head : header.header()) others.push_back(head.text);
    if (!header.expect_columns(kRequired, others, sink)) return false;
    path_ = *header.column("kode");
    kind_ = *header.column("jenis");
    name_ = header.column("nama");
    parent_ = header.column("induk");
    bps_ = header.column("bps");
    cluster_ = header.column("klaster");
    mark_ = header.column("tanda");
    for (std::size_t column = 0; column < others.size(); ++column) {
      const std::string_view name = others[column];
      if (is_word_column(name)) continue;
      // `label.kelas`: a word, not a figure.
      const bool label = name.starts_with(kLabelColumn);
      further_.push_back({column, std::string(label ? name.substr(kLabelColumn.size()) : name), label,
                          DoubtfulFigures(file_.format), std::string(name)});
    }
    // Never just enough: a plan may have a roster for each of its agencies.
    if (before_ + room_ > out_.capacity()) reserve_large(out_, before_ + std::max(room_, before_));
    return true;
  }

  void rows(std::size_t, const CsvTable& rows, DiagnosticSink& sink) override {
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      for (Further& one : further_) {
        if (!one.label && one.doubt.looks()) one.doubt.add(rows.cell(row, one.column));
      }
      if (!read(rows, row, out_.emplace_back(), sink)) out_.pop_back();
    }
  }

  void again(std::size_t) override {}

  void end(DiagnosticSink& sink) override {
    for (const Further& one : further_) one.doubt.report(one.header, sink);
  }

private:
  struct Further {
    std::size_t column;
    std::string name;  // of the attribute or the label
    bool label;
    DoubtfulFigures doubt;
    std::string header;
  };
  using OptionalColumn = std::optional<std::size_t>;

  static std::string_view text(const CsvTable& rows, std::size_t row, const OptionalColumn& column) {
    return column ? trim(rows.cell(row, *column).text) : std::string_view();
  }

  bool read(const CsvTable& rows, std::size_t row, PlanUnit& unit, DiagnosticSink& sink) const {
    unit.path = {std::string(text(rows, row, path_)), rows.cell(row, path_).span};
    if (!check_path(unit.path, sink)) return false;
    unit.name = text(rows, row, name_);
    unit.kind = text(rows, row, kind_);
    if (unit.kind.empty()) {
      report_form(sink, rows.cell(row, kind_).span, "jenis", "kabkota", "");
      return false;
    }
    if (const std::string_view parent = text(rows, row, parent_); !parent.empty()) {
      unit.parent = LocatedText{std::string(parent), rows.cell(row, *parent_).span};
    }
    unit.bps_code = text(rows, row, bps_);
    unit.cluster = text(rows, row, cluster_);
    read_mark(rows, row, unit, sink);
    unit.attributes.reserve(further_.size());
    for (const Further& one : further_) {
      const CsvCell& cell = rows.cell(row, one.column);
      // A blank attribute is absent, not zero.
      const std::string_view written = trim(cell.text);
      if (written.empty()) continue;
      if (one.label) {
        unit.classes.emplace_back(one.name, std::string(written));
      } else if (const auto number = read_decimal(cell, file_.format, sink)) {
        unit.attributes.emplace_back(one.name, LocatedDecimal{*number, cell.span});
      }
    }
    return true;
  }

  void read_mark(const CsvTable& rows, std::size_t row, PlanUnit& unit, DiagnosticSink& sink) const {
    unit.labels = file_.labels;
    const std::string_view label = text(rows, row, mark_);
    if (label == "ilustratif") {
      unit.labels.illustrative = true;
    } else if (label == "belum-diverifikasi") {
      unit.labels.unverified = true;
    } else if (!label.empty()) {
      report_form(sink, rows.cell(row, *mark_).span, "tanda", "ilustratif | belum-diverifikasi", label);
    }
  }

  const RosterFile& file_;
  std::size_t room_;
  std::vector<PlanUnit>& out_;
  std::size_t before_;
  std::size_t path_ = 0, kind_ = 0;
  OptionalColumn name_, parent_, bps_, cluster_, mark_;
  std::vector<Further> further_;
};

void read_roster(ReadContext& context, FileId id, const RosterFile& file, std::vector<PlanUnit>& out) {
  // Room for the rows that may be there, not for a file of blank lines.
  constexpr std::size_t kUsualRow = 16;  // bytes
  const std::size_t rows =
      std::min<std::size_t>(context.sources.line_count(id), context.sources.text(id).size() / kUsualRow + 1);
  Roster roster(file, rows, out);
  CsvThreads alone;
  alone.watch = context.limits.watch;
  read_csv_rows(id, context.sources, file.format, alone, roster, context.sink);
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
