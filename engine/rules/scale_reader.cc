// `skala`: band tables and grade lists.
#include <array>

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 2> kScaleKinds{"pita", "tingkat"};
constexpr std::array<std::string_view, 2> kCutOwners{"bawah", "atas"};
// The ways people write a band as a pair. Two such pairs leave a hole (90 to 91) or claim one value
// twice, so none of them is read.
constexpr std::array<std::string_view, 8> kPairKeys{"dari",    "sampai",   "min",      "maks",
                                                    "minimum", "maksimum", "di_bawah", "di_atas"};

// False when the band is written as a pair.
bool refuse_pairs(const YamlNode& item, std::string_view label, DiagnosticSink& sink) {
  for (const std::string_view key : kPairKeys) {
    if (const auto* entry = item.find_entry(key)) {
      // The low end is the cut; that word can be replaced in place.
      const bool low = key == "dari" || key == "min" || key == "minimum" || key == "di_atas";
      sink.report(make_diagnostic(Code::J1407, entry->key_span)
                      .arg("label", label)
                      .arg("kunci", key)
                      .suggest(low ? "batas" : ""));
      return false;
    }
  }
  return true;
}

void read_bands(const YamlNode& list, Scale& scale, DiagnosticSink& sink) {
  if (!expect_list(list, "pita", sink)) return;
  std::set<std::string, std::less<>> labels;
  std::optional<Decimal> previous;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const YamlNode& item = list.items[i];
    FieldReader fields(item, "pita", sink);
    if (!fields.is_map()) continue;
    Band band;
    band.span = item.span;
    if (const auto label = fields.required_text("label")) {
      band.label = label->value;
      band.span = label->span;
      note_unique(labels, *label, "pita", sink);
    }
    if (const auto name = fields.text("nama")) band.name = name->value;
    if (!refuse_pairs(item, band.label, sink)) continue;

    const bool lowest = i + 1 == list.items.size();
    const auto* entry = fields.take_entry("batas");
    const bool open = entry != nullptr && entry->value.is_scalar() && entry->value.text == "terbuka";
    if (entry == nullptr || open != lowest) {
      sink.report(make_diagnostic(Code::J1417, entry == nullptr ? band.span : entry->value.span)
                      .arg("label", band.label)
                      .arg("skala", scale.id));
    } else if (entry->value.is_null()) {
      scale.has_empty_slot = true;
    } else if (!open) {
      band.above = read_decimal(entry->value, "batas", sink);
      if (band.above && previous && *band.above >= *previous) {
        sink.report(make_diagnostic(Code::J1406, entry->value.span)
                        .arg("batas", band.above->to_string())
                        .arg("label", band.label)
                        .arg("sebelumnya", previous->to_string()));
      }
      if (band.above && ((scale.domain_low && *band.above < *scale.domain_low) ||
                         (scale.domain_high && *band.above > *scale.domain_high))) {
        sink.report(make_diagnostic(Code::J1413, entry->value.span)
                        .arg("apa", "batas")
                        .arg("nilai", band.above->to_string())
                        .arg("boleh", (scale.domain_low ? scale.domain_low->to_string() : "-") + " .. " +
                                          (scale.domain_high ? scale.domain_high->to_string() : "-")));
      }
      if (band.above) previous = band.above;
    }
    fields.finish();
    scale.bands.push_back(std::move(band));
  }
}

void read_grades(const YamlNode& list, Scale& scale, DiagnosticSink& sink) {
  if (!expect_list(list, "nilai", sink)) return;
  std::set<std::string, std::less<>> labels;
  std::optional<Decimal> previous;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "nilai", sink);
    if (!fields.is_map()) continue;
    GradePoint grade;
    grade.span = item.span;
    if (const auto label = fields.required_text("label")) {
      grade.label = label->value;
      grade.span = label->span;
      note_unique(labels, *label, "nilai", sink);
    }
    if (const auto* entry = fields.take_entry("poin")) {
      if (entry->value.is_null()) {
        scale.has_empty_slot = true;
      } else {
        grade.points = read_decimal(entry->value, "poin", sink);
      }
      // Best first: a grade worth more than the one before it is a slip in the order.
      if (grade.points && previous && *grade.points >= *previous) {
        sink.report(make_diagnostic(Code::J1406, entry->value.span)
                        .arg("batas", grade.points->to_string())
                        .arg("label", grade.label)
                        .arg("sebelumnya", previous->to_string()));
      }
      if (grade.points) previous = grade.points;
    }
    fields.finish();
    scale.grades.push_back(std::move(grade));
  }
}

void read_domain(FieldReader& fields, Scale& scale, DiagnosticSink& sink) {
  const YamlNode* node = fields.take("rentang");
  if (node == nullptr) return;
  FieldReader domain(*node, "rentang", sink);
  if (const auto low = domain.decimal("dari")) scale.domain_low = low->value;
  if (const auto high = domain.decimal("sampai")) scale.domain_high = high->value;
  domain.finish();
  if (scale.domain_low && scale.domain_high && *scale.domain_low >= *scale.domain_high) {
    sink.report(make_diagnostic(Code::J1413, node->span)
                    .arg("apa", "rentang")
                    .arg("nilai", scale.domain_low->to_string() + " .. " + scale.domain_high->to_string())
                    .arg("boleh", "dari < sampai"));
  }
}

Scale read_scale(FieldReader& fields, const LocatedText& code, const Basis& outer, const Pack& pack,
                 DiagnosticSink& sink) {
  Scale scale;
  scale.id = qualify(pack, code.value);
  scale.pack = pack.id;
  scale.span = code.span;
  if (const auto title = fields.text("judul")) scale.title = title->value;
  const auto kind = fields.choice("jenis", kScaleKinds);
  if (!kind && fields.take("jenis") == nullptr) {
    report_required(code.span, "skala", "jenis", sink);
  }
  scale.kind = kind && kind->value == 1 ? Scale::Kind::grades : Scale::Kind::bands;
  const Basis basis = read_basis(fields, outer, "skala " + code.value, sink, &scale.note);
  require_basis(basis, code.span, "skala " + code.value, sink);
  scale.article = basis.article;
  scale.unverified = basis.unverified;

  if (scale.kind == Scale::Kind::grades) {
    const YamlNode* grades = fields.take("nilai");
    if (grades != nullptr) read_grades(*grades, scale, sink);
    for (const auto& label : fields.text_list("tidak_dinilai")) {
      if (scale.find_grade(label.value)) {
        sink.report(make_diagnostic(Code::J1410, label.span).arg("apa", "nilai").arg("kode", label.value));
      }
      scale.ungraded.push_back(label.value);
    }
    if (grades == nullptr || (grades->is_sequence() && grades->items.empty())) {
      report_required(code.span, "skala", "nilai", sink);
    }
    return scale;
  }
  const auto owner = fields.choice("batas_milik", kCutOwners);
  if (!owner && fields.take("batas_milik") == nullptr) {
    // Which band owns a value that lies on a cut is half of the rule: there is no default.
    report_required(code.span, "skala", "batas_milik", sink);
  }
  scale.open_below = !owner || owner->value == 0;
  scale.decide_on = read_rounding(fields, "putus_pada", scale.decide_on, sink);
  read_domain(fields, scale, sink);
  const YamlNode* bands = fields.take("pita");
  if (bands != nullptr) read_bands(*bands, scale, sink);
  if (bands == nullptr || (bands->is_sequence() && bands->items.empty())) {
    report_required(code.span, "skala", "pita", sink);
  }
  return scale;
}

}  // namespace

void read_scales(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "skala", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "skala", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "skala", sink);
    pack.scales.push_back(read_scale(fields, *code, basis, pack, sink));
    fields.finish();
  }
}

}  // namespace jenjang
