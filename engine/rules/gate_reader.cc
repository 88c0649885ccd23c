// `gerbang`: requirements that hold a predicate back although the score reaches it.
#include <array>
#include <set>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

bool has_label(const Scale& scale, std::string_view label) {
  for (const Band& band : scale.bands) {
    if (band.label == label) return true;
  }
  return scale.find_grade(label).has_value();
}

void check_label(const Scale* scale, const LocatedText& label, DiagnosticSink& sink) {
  if (scale == nullptr || has_label(*scale, label.value)) return;
  std::vector<std::string> known = texts_of(scale->bands, &Band::label);
  for (const GradePoint& grade : scale->grades) known.push_back(grade.label);
  report_unknown(label.span, "predikat", label.value, known, sink);
}

void read_requirements(const YamlNode& list, const Scale* scale, PackGate& gate, DiagnosticSink& sink) {
  if (!expect_list(list, "syarat", sink)) return;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "syarat", sink);
    if (!fields.is_map()) continue;
    PackGate::Requirement requirement;
    if (const auto group = fields.required_text("kelompok")) requirement.group = group->value;
    if (const auto label = fields.required_text("paling_rendah")) {
      requirement.at_least = label->value;
      check_label(scale, *label, sink);
    }
    if (const auto count = fields.whole("jumlah"); count && count->value >= 1 && count->value <= 1'000'000) {
      requirement.count = static_cast<int>(count->value);
    } else if (count) {
      sink.report(make_diagnostic(Code::J1413, count->span)
                      .arg("apa", "jumlah")
                      .arg("nilai", std::to_string(count->value))
                      .arg("boleh", "1 .. 1000000"));
    } else if (fields.take("jumlah") == nullptr) {
      report_required(item.span, "syarat", "jumlah", sink);
    }
    fields.finish();
    gate.requirements.push_back(std::move(requirement));
  }
}

}  // namespace

void read_gates(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "gerbang", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "gerbang", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "gerbang", sink);
    PackGate gate;
    gate.id = code->value;
    gate.span = code->span;
    const Scale* scale = nullptr;
    if (const auto id = fields.required_text("skala")) {
      gate.scale = id->value;
      scale = pack.scale(id->value);
      if (scale == nullptr) report_unknown(id->span, "skala", id->value, scale_ids(pack), sink);
    }
    if (const auto label = fields.required_text("untuk")) {
      gate.label = label->value;
      check_label(scale, *label, sink);
    }
    const Basis own = read_basis(fields, basis, "gerbang " + gate.id, sink);
    require_basis(own, code->span, "gerbang " + gate.id, sink);
    gate.article = own.article;
    gate.unverified = own.unverified;
    // Whose predicate the gate guards: of a government only, or of every unit.
    constexpr std::array<std::string_view, 2> kLevels{"semua", "pemda"};
    if (const auto level = fields.choice("tingkat", kLevels)) gate.government_only = level->value == 1;
    if (const YamlNode* node = fields.take("syarat")) read_requirements(*node, scale, gate, sink);
    // What follows when the gate fails may be unknown: an empty slot leaves the predicate undecided.
    if (const auto* entry = fields.take_entry("bila_gagal"); entry != nullptr && !entry->value.is_null()) {
      if (const auto label = fields.text("bila_gagal")) {
        gate.fallback = label->value;
        check_label(scale, *label, sink);
      }
    }
    fields.finish();
    pack.gates.push_back(std::move(gate));
  }
}

}  // namespace jenjang
