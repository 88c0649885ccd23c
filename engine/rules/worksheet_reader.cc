// Parts of a template that make a worksheet: scoring modes and tables by share of criteria met.
#include <array>

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

// The two ways the engine knows; a mode that follows another way stays an empty slot.
constexpr std::array<std::string_view, 2> kModeRules{"syarat-kriteria", "rata-rata-nilai"};

bool equal(const Fraction& a, const Fraction& b) {
  return a.num * b.den == b.num * a.den;
}

struct TableRules {
  const Scale* grades = nullptr;
};

// One row; false when it cannot be used.
bool read_row(const YamlNode& item, const Basis& outer, const TableRules& rules, ShareRow& row, DiagnosticSink& sink) {
  FieldReader fields(item, "baris", sink);
  if (!fields.is_map()) return false;
  bool good = true;
  row.span = item.span;
  if (const auto grade = fields.required_text("nilai")) {
    row.grade = grade->value;
    row.span = grade->span;
    const auto index = rules.grades != nullptr ? rules.grades->find_grade(row.grade) : std::nullopt;
    if (index && rules.grades->grades[*index].points) {
      row.points = *rules.grades->grades[*index].points;
    } else if (rules.grades != nullptr) {
      std::vector<std::string> known;
      for (const GradePoint& point : rules.grades->grades) {
        if (point.points) known.push_back(point.label);
      }
      report_unknown(grade->span, "nilai", row.grade, known, sink);
      good = false;
    }
  } else {
    good = false;
  }
  // Absent ends are the ends of the range, which belong to it.
  const auto above = read_fraction(fields, "lebih_dari", sink);
  const auto least = read_fraction(fields, "paling_sedikit", sink);
  const auto below = read_fraction(fields, "kurang_dari", sink);
  const auto most = read_fraction(fields, "paling_banyak", sink);
  if ((above && least) || (below && most)) {
    sink.report(make_diagnostic(Code::J1410, row.span).arg("apa", "batas baris").arg("kode", row.grade));
    good = false;
  }
  const Fraction low = above ? *above : least ? *least : Fraction{0, 1, row.span};
  const Fraction high = below ? *below : most ? *most : Fraction{1, 1, row.span};
  row.low_num = low.num;
  row.low_den = low.den;
  row.low_closed = !above;
  row.high_num = high.num;
  row.high_den = high.den;
  row.high_open = below.has_value();
  for (auto& judgement : fields.text_list("pertimbangan")) row.judgements.push_back(std::move(judgement.value));
  row.article = read_basis(fields, outer, "baris " + row.grade, sink).article;
  fields.finish();
  return good;
}

// Rows without judgements must cover every share from 1 down to 0 once: then each worksheet has a
// grade whatever the evaluator's judgements are.
void check_tiling(const ShareTable& table, SourceSpan place, DiagnosticSink& sink) {
  const auto fail = [&](SourceSpan span, std::string_view grade, std::string_view why) {
    sink.report(
        make_diagnostic(Code::J1414, span).arg("tabel", local_id(table.id)).arg("nilai", grade).arg("sebab", why));
  };
  Fraction edge{1, 1, place};
  bool edge_included = true;  // the next row must include the edge itself
  bool at_start = true;
  for (const ShareRow& row : table.rows) {
    if (!row.judgements.empty()) {
      if (!at_start) fail(row.span, row.grade, "pertimbangan");
      continue;
    }
    at_start = false;
    const Fraction high{row.high_num, row.high_den, row.span};
    const Fraction low{row.low_num, row.low_den, row.span};
    if (!equal(high, edge) || row.high_open == edge_included) {
      fail(row.span, row.grade, std::to_string(high.num) + "/" + std::to_string(high.den));
      return;
    }
    edge = low;
    edge_included = !row.low_closed;
  }
  if (edge.num != 0 || edge_included) fail(place, "0", std::to_string(edge.num) + "/" + std::to_string(edge.den));
}

}  // namespace

void read_share_tables(const YamlNode& list, const Basis& basis, const Pack& pack, PackTemplate& tmpl,
                       DiagnosticSink& sink) {
  if (!expect_list(list, "tabel_bagian", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "tabel_bagian", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "tabel_bagian", sink);
    ShareTable table;
    table.id = qualify(pack, code->value);
    table.pack = pack.id;
    const Basis own = read_basis(fields, basis, "tabel " + code->value, sink);
    TableRules rules;
    if (const auto scale = fields.required_text("skala")) {
      rules.grades = pack.scale(scale->value);
      if (rules.grades == nullptr) report_unknown(scale->span, "skala", scale->value, scale_ids(pack), sink);
    }
    bool good = true;
    if (const YamlNode* rows = fields.take("baris"); rows != nullptr && expect_list(*rows, "baris", sink)) {
      for (const YamlNode& row_node : rows->items) {
        ShareRow row;
        good = read_row(row_node, own, rules, row, sink) && good;
        table.rows.push_back(std::move(row));
      }
    }
    fields.finish();
    if (good) check_tiling(table, code->span, sink);
    tmpl.share_tables.push_back(std::move(table));
  }
}

void read_modes(const YamlNode& list, const Basis& basis, const Pack& pack, PackTemplate& tmpl, DiagnosticSink& sink) {
  if (!expect_list(list, "mode", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "mode", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "mode", sink);
    ScoringMode mode;
    mode.id = code->value;
    mode.span = code->span;
    if (const auto title = fields.text("judul")) mode.title = title->value;
    // read_basis reads over the note; an empty slot says with it what is to be loaded.
    if (const YamlNode* note = item.find("catatan"); note != nullptr && note->is_scalar()) mode.note = note->text;
    const Basis own = read_basis(fields, basis, "mode " + mode.id, sink);
    mode.article = own.article;
    mode.unverified = own.unverified;
    const auto* answers = fields.take_entry("jawaban");
    const auto* rule = fields.take_entry("aturan");
    mode.available = answers != nullptr && !answers->value.is_null() && rule != nullptr && !rule->value.is_null();
    if (mode.available) {
      if (const auto id = fields.text("jawaban")) {
        mode.answers = id->value;
        if (pack.scale(id->value) == nullptr) report_unknown(id->span, "skala", id->value, scale_ids(pack), sink);
      }
      if (const auto word = fields.choice("aturan", kModeRules)) mode.rule = std::string(kModeRules[word->value]);
    }
    fields.finish();
    tmpl.modes.push_back(std::move(mode));
  }
}

}  // namespace jenjang
