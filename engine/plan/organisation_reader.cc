#include "engine/plan/organisation_reader.h"

#include <utility>

#include "jenjang/measure/address.h"
#include "jenjang/measure/reading.h"

namespace jenjang {
namespace {

struct Counts {
  bool fits;
  std::string_view wanted;
};

// How many units a kind of change takes and makes.
Counts counts_of(UnitChangeKind kind, std::size_t from, std::size_t into) {
  switch (kind) {
    case UnitChangeKind::split:
      return {from == 1 && into >= 2, "1 -> 2, 3, ..."};
    case UnitChangeKind::merge:
      return {from >= 2 && into == 1, "2, 3, ... -> 1"};
    case UnitChangeKind::rename:
    case UnitChangeKind::move:
      break;
  }
  return {from == 1 && into == 1, "1 -> 1"};
}

bool are_paths(const std::vector<LocatedText>& units, std::string_view key, DiagnosticSink& sink) {
  bool good = true;
  for (const LocatedText& unit : units) {
    if (is_valid_unit_path(unit.value)) continue;
    report_form(sink, unit.span, key, "64/dlh/penaatan", unit.value);
    good = false;
  }
  return good;
}

void read_change(const YamlNode& node, std::vector<PlanUnitChange>& out, DiagnosticSink& sink) {
  SectionReader fields(node, "perubahan_organisasi", "perubahan_organisasi", sink);
  if (!fields.is_map()) return;
  PlanUnitChange change;
  const auto day = fields.required_text("tanggal");
  const auto kind = fields.word<UnitChangeKind>("jenis", unit_change_words());
  if (!kind && node.find("jenis") == nullptr) report_form(sink, node.span, "jenis", "ganti-nama", "-");
  change.from = fields.text_list("dari");
  change.into = fields.text_list("menjadi");
  if (const auto basis = fields.text("dasar")) change.basis = basis->value;
  fields.finish();
  const bool paths = are_paths(change.from, "dari", sink) && are_paths(change.into, "menjadi", sink);
  if (!day || !kind || !paths) return;
  const auto date = read_date(day->value, day->span, sink);
  if (!date) return;
  change.since = {*date, day->span};
  change.kind = kind->value;
  change.span = kind->span;
  const Counts counts = counts_of(change.kind, change.from.size(), change.into.size());
  if (!counts.fits) {
    sink.report(make_diagnostic(Code::J1568, change.span)
                    .arg("jenis", to_string(change.kind))
                    .arg("dari", std::to_string(change.from.size()))
                    .arg("menjadi", std::to_string(change.into.size()))
                    .arg("diminta", counts.wanted));
    return;
  }
  out.push_back(std::move(change));
}

}  // namespace

void read_unit_changes(const YamlNode* list, std::vector<PlanUnitChange>& out, DiagnosticSink& sink) {
  for (const YamlNode& node : list_items(list, "perubahan_organisasi", sink)) read_change(node, out, sink);
}

}  // namespace jenjang
