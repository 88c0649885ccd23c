#include "engine/plan/unit_reader.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/address.h"

#include "engine/base/large_pages.h"
#include "engine/plan/organisation_reader.h"
#include "engine/source/csv_stretches.h"
#include "engine/source/doubtful_figures.h"

namespace jenjang {
namespace {

bool check_path(const LocatedView& path, DiagnosticSink& sink) {
  if (is_valid_unit_path(path.value)) return true;
  report_form(sink, path.span, "kode", "64/dlh/penaatan", path.value);
  return false;
}

void read_unit(const YamlNode& node, PlanDocumentSet& out, DiagnosticSink& sink) {
  SectionReader fields(node, "unit", "unit", sink);
  if (!fields.is_map()) return;
  PlanUnit unit;
  const auto path = fields.required_text("kode");
  const auto kind = fields.required_text("jenis");
  if (const auto name = fields.text("nama")) unit.name = out.kept.keep(name->value);
  if (const auto parent = fields.text("induk")) unit.parent = LocatedView{out.kept.keep(parent->value), parent->span};
  if (const auto bps = fields.text("bps")) unit.bps_code = out.kept.keep(bps->value);
  if (const auto cluster = fields.text("klaster")) unit.cluster = out.kept.keep(cluster->value);
  std::vector<UnitAttribute> numbers;
  const auto& attributes = map_entries(fields.take("atribut"), "atribut", sink);
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const YamlNode::Entry& entry = attributes[i];
    if (report_decimal_comma(attributes, i, sink)) continue;
    if (const auto value = read_decimal(entry.value, entry.key, sink)) {
      put_by_name(numbers, UnitAttribute{out.kept.keep(entry.key), *value, entry.value.span});
    }
  }
  unit.attributes = out.kept.keep(std::span<const UnitAttribute>(numbers));
  std::vector<UnitLabel> words;
  for (const YamlNode::Entry& entry : map_entries(fields.take("label"), "label", sink)) {
    if (entry.value.is_scalar()) {
      put_by_name(words, UnitLabel{out.kept.keep(entry.key), out.kept.keep(entry.value.text)});
    } else {
      report_form(sink, entry.value.span, "label", "{kelas: besar}", kind_word(entry.value.kind));
    }
  }
  unit.classes = out.kept.keep(std::span<const UnitLabel>(words));
  unit.add_labels(read_labels(fields, sink));
  fields.finish();
  if (!path || !kind) return;
  unit.path = {out.kept.keep(path->value), path->span};
  unit.kind = out.kept.keep(kind->value);
  if (check_path(unit.path, sink)) out.units.back().push_back(unit);
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

// Rows of a roster as units, a list for each stretch of the file. Columns are looked for once, since a roster may have
// a million rows.
class Roster : public CsvRows {
public:
  // `rows`: how many there may be.
  Roster(const RosterFile& file, std::string_view bytes, std::size_t rows) : file_(file), bytes_(bytes), rows_(rows) {}

  bool begin(const CsvTable& header, std::size_t stretches, DiagnosticSink& sink) override {
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
      further_.push_back({column, names_.keep(label ? name.substr(kLabelColumn.size()) : name), label, name});
    }
    stretches_.resize(stretches);
    for (std::size_t i = 0; i < stretches; ++i) again(i);
    return true;
  }

  void rows(std::size_t number, const CsvTable& rows, DiagnosticSink& sink) override {
    Stretch& stretch = stretches_[number];
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      for (std::size_t i = 0; i < further_.size(); ++i) {
        if (!further_[i].label && stretch.doubts[i].looks()) stretch.doubts[i].add(rows.cell(row, further_[i].column));
      }
      make_room(stretch.units);
      if (!read(rows, row, stretch, stretch.units.emplace_back(), sink)) stretch.units.pop_back();
    }
  }

  void again(std::size_t number) override {
    Stretch& stretch = stretches_[number] = Stretch();
    reserve_large(stretch.units, rows_ / stretches_.size() + 1);
    stretch.doubts.assign(further_.size(), DoubtfulFigures(file_.format));
  }

  void end(DiagnosticSink& sink) override {
    for (std::size_t i = 0; i < further_.size(); ++i) {
      DoubtfulFigures& doubt = stretches_.front().doubts[i];
      for (std::size_t k = 1; k < stretches_.size(); ++k) doubt.add(stretches_[k].doubts[i]);
      doubt.report(further_[i].header, sink);
    }
  }

  void hand_over(PlanDocumentSet& out) {
    out.kept.share(names_);
    for (Stretch& stretch : stretches_) {
      out.kept.share(stretch.kept);
      if (!stretch.units.empty()) out.units.push_back(std::move(stretch.units));
    }
  }

private:
  struct Further {
    std::size_t column;
    KeptText name;  // of the attribute or the label
    bool label;
    std::string_view header;
  };
  struct Stretch {
    std::vector<PlanUnit> units;
    Arena kept;
    std::vector<DoubtfulFigures> doubts;  // by further column
    std::vector<UnitAttribute> numbers;   // of the row being read
    std::vector<UnitLabel> words;
  };
  using OptionalColumn = std::optional<std::size_t>;

  static std::string_view text(const CsvTable& rows, std::size_t row, const OptionalColumn& column) {
    return column ? trim(rows.cell(row, *column).text) : std::string_view();
  }
  // A text with doubled quotes stands in the table of its rows, which goes; any other in the file.
  KeptText keep(Stretch& stretch, std::string_view text) const {
    const std::less<> before;
    const bool in_file = !before(text.data(), bytes_.data()) && before(text.data(), bytes_.data() + bytes_.size());
    return in_file ? KeptText(text) : stretch.kept.keep(text);
  }

  bool read(const CsvTable& rows, std::size_t row, Stretch& stretch, PlanUnit& unit, DiagnosticSink& sink) const {
    unit.path = {keep(stretch, text(rows, row, path_)), rows.cell(row, path_).span};
    if (!check_path(unit.path, sink)) return false;
    unit.name = keep(stretch, text(rows, row, name_));
    unit.kind = keep(stretch, text(rows, row, kind_));
    if (unit.kind.empty()) {
      report_form(sink, rows.cell(row, kind_).span, "jenis", "kabkota", "");
      return false;
    }
    if (const std::string_view parent = text(rows, row, parent_); !parent.empty()) {
      unit.parent = LocatedView{keep(stretch, parent), rows.cell(row, *parent_).span};
    }
    unit.bps_code = keep(stretch, text(rows, row, bps_));
    unit.cluster = keep(stretch, text(rows, row, cluster_));
    read_mark(rows, row, unit, sink);
    stretch.numbers.clear();
    stretch.words.clear();
    for (const Further& one : further_) {
      const CsvCell& cell = rows.cell(row, one.column);
      // A blank attribute is absent, not zero.
      const std::string_view written = trim(cell.text);
      if (written.empty()) continue;
      if (one.label) {
        put_by_name(stretch.words, UnitLabel{one.name, stretch.kept.keep(written)});
      } else if (const auto number = read_decimal(cell, file_.format, sink)) {
        put_by_name(stretch.numbers, UnitAttribute{one.name, *number, cell.span, unit.labels.illustrative});
      }
    }
    unit.attributes = stretch.kept.keep(std::span<const UnitAttribute>(stretch.numbers));
    unit.classes = stretch.kept.keep(std::span<const UnitLabel>(stretch.words));
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
  std::string_view bytes_;  // of the file
  std::size_t rows_;
  std::size_t path_ = 0, kind_ = 0;
  OptionalColumn name_, parent_, bps_, cluster_, mark_;
  std::vector<Further> further_;
  Arena names_;
  std::vector<Stretch> stretches_;
};

void read_roster(ReadContext& context, FileId id, const RosterFile& file, PlanDocumentSet& out) {
  // Room for the rows that may be there, not for a file of blank lines.
  constexpr std::size_t kUsualRow = 16;  // bytes
  const std::size_t rows =
      std::min<std::size_t>(context.sources.line_count(id), context.sources.text(id).size() / kUsualRow + 1);
  Roster roster(file, context.sources.text(id), rows);
  CsvThreads together{context.threads};
  together.watch = context.limits.watch;
  read_csv_rows(id, context.sources, file.format, together, roster, context.sink);
  roster.hand_over(out);
}

bool ends_with_csv(const std::string& name) {
  return name.size() > 4 && name.substr(name.size() - 4) == ".csv";
}

}  // namespace

void read_unit_list(const YamlNode* list, PlanDocumentSet& out, DiagnosticSink& sink) {
  out.units.emplace_back();
  for (const YamlNode& node : list_items(list, "daftar_unit", sink)) read_unit(node, out, sink);
}

void read_unit_file(ReadContext& context, const YamlNode& entry, PlanDocumentSet& out) {
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
  read_unit_list(fields.take("daftar_unit"), out, context.sink);
  read_unit_changes(fields.take("perubahan_organisasi"), out.unit_changes, context.sink);
  fields.finish();
  for (PlanUnit& unit : out.units.back()) unit.add_labels(file.labels);
}

}  // namespace jenjang
