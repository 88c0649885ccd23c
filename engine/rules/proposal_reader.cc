// `usul`: which criteria of a worksheet the plan itself can speak to, and by which check.
#include <algorithm>
#include <array>
#include <set>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 25> kChecks{
    "dokumen-menengah",   "dokumen-tahunan",     "rencana-aktivitas",   "rencana-anggaran",     "dokumen-formal",
    "smart-lengkap",      "target-menantang",    "selaras-berjenjang",  "lintas-unit",          "setiap-unit",
    "setiap-pegawai",     "anggaran-berkinerja", "tercapai-atau-jalur", "definisi-operasional", "berkala",
    "berjenjang-pantau",  "anggaran-efisien",    "capaian-lengkap",     "banding-tahunan",      "banding-menengah",
    "banding-tahun-lalu", "banding-nasional",    "efisiensi",           "seluruh-unit-dinilai", "tindak-lanjut"};

std::vector<std::string> criteria_of(const PackTemplate& tmpl) {
  std::vector<std::string> codes;
  for (const TemplateNode& node : tmpl.nodes) {
    if (node.kind == ItemKind::criterion) codes.push_back(node.code);
  }
  return codes;
}

std::vector<std::string> template_ids(const Pack& pack) {
  return texts_of(pack.templates, &PackTemplate::id);
}

}  // namespace

std::span<const std::string_view> proposal_checks() {
  return kChecks;
}

void read_proposals(const YamlNode& list, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "usul", sink)) return;
  std::set<std::string, std::less<>> seen;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "usul", sink);
    if (!fields.is_map()) continue;
    const auto template_id = fields.required_text("templat");
    const auto criterion = fields.required_text("kriteria");
    const auto check = fields.required_text("periksa");
    ProposalRule rule;
    // Which check speaks to a criterion is a reading of it, no value of the regulation: an article may be named, and
    // none is demanded.
    const Basis basis = read_basis(fields, {}, "usul", sink, &rule.note);
    fields.finish();
    if (!template_id || !criterion || !check) continue;
    const PackTemplate* tmpl = pack.find_template(template_id->value);
    if (tmpl == nullptr) {
      report_unknown(template_id->span, "templat", template_id->value, template_ids(pack), sink);
      continue;
    }
    const std::size_t node = tmpl->find_node(criterion->value);
    if (node == SIZE_MAX || tmpl->nodes[node].kind != ItemKind::criterion) {
      // A pack that extends another may have taken the criterion out; the proposal it inherited goes with it.
      if (item.span.file != pack.span.file) continue;
      report_unknown(criterion->span, "kriteria", criterion->value, criteria_of(*tmpl), sink);
      continue;
    }
    if (std::ranges::find(kChecks, check->value) == kChecks.end()) {
      report_unknown(check->span, "pemeriksaan", check->value, {kChecks.begin(), kChecks.end()}, sink);
      continue;
    }
    if (!note_unique(seen, {template_id->value + "/" + criterion->value, criterion->span}, "usul", sink)) continue;
    rule.template_id = template_id->value;
    rule.criterion = criterion->value;
    rule.check = check->value;
    rule.article = basis.article;
    rule.unverified = basis.unverified;
    rule.span = criterion->span;
    pack.proposals.push_back(std::move(rule));
  }
}

}  // namespace jenjang
