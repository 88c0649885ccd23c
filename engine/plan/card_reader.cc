// Practice cards: one YAML file each, so that a card can be copied from one government's plan to another's.
#include <algorithm>
#include <utility>

#include "jenjang/measure/reading.h"

#include "engine/plan/recommendations_reader.h"

namespace jenjang {
namespace {

std::optional<CreditedChange> read_change(const YamlNode& node, const std::string& unit, DiagnosticSink& sink) {
  SectionReader fields(node, "indikator_kartu", "indikator", sink);
  if (!fields.is_map()) return std::nullopt;
  const auto code = fields.required_text("kode");
  const auto at = fields.text("unit");
  const auto from = fields.required_text("dari_periode");
  const auto until = fields.required_text("sampai_periode");
  const auto before = fields.decimal("dari");
  const auto after = fields.decimal("menjadi");
  for (const std::string_view key : {"dari", "menjadi"}) {
    if (fields.take(key) == nullptr)
      sink.report(make_diagnostic(Code::J1116, node.span).arg("apa", "indikator").arg("kunci", key));
  }
  fields.finish();
  if (!code || !check_code(code->value, code->span, sink) || !from || !until) return std::nullopt;
  const auto first = read_period(from->value, from->span, sink);
  const auto last = read_period(until->value, until->span, sink);
  if (!first || !last || !before || !after) return std::nullopt;
  const auto end = [](Period period) { return std::pair(period.year(), period.last_month()); };
  if (end(*last) <= end(*first)) {
    report_form(sink, until->span, "sampai_periode", "> " + first->to_string(), until->value);
    return std::nullopt;
  }
  return CreditedChange{code->value, at ? at->value : unit, *first, *last, before->value, after->value, code->span};
}

}  // namespace

void read_card_file(ReadContext& context, const LocatedText& name, std::vector<PracticeCard>& out) {
  const auto root = open_yaml(context, name.value, name.span);
  if (!root || !check_version(*root, context.sink)) return;
  SectionReader fields(*root, "kartu_praktik", "kartu_praktik", context.sink);
  if (!fields.is_map()) return;
  fields.take("jenjang");
  PracticeCard card;
  const auto code = fields.required_text("kode");
  const auto title = fields.required_text("judul");
  const auto problem = fields.required_text("masalah");
  const auto unit = fields.required_text("unit");
  const auto action = fields.required_text("tindakan");
  const auto cost = fields.required_text("biaya");
  const auto licence = fields.required_text("lisensi");
  const auto contact = fields.required_text("kontak");
  if (const auto region = fields.text("wilayah")) card.region = region->value;
  for (LocatedText& one : fields.text_list("bukti")) card.evidence.push_back(std::move(one.value));
  const YamlNode* changes = fields.take("indikator");
  if (changes == nullptr)
    context.sink.report(make_diagnostic(Code::J1116, root->span).arg("apa", "kartu_praktik").arg("kunci", "indikator"));
  for (const YamlNode& entry : list_items(changes, "indikator", context.sink)) {
    if (auto change = read_change(entry, unit ? unit->value : std::string(), context.sink))
      card.changes.push_back(*std::move(change));
  }
  const PlanLabels labels = read_labels(fields, context.sink);
  fields.finish();
  if (!code || !title || !problem || !unit || !action || !cost || !licence || !contact) return;
  // A unit answers for a card, so that nobody's name and number travel with it.
  if (!is_valid_unit_path(contact->value)) {
    report_form(context.sink, contact->span, "kontak", "64.72/dlh", contact->value);
    return;
  }
  if (!check_code(code->value, code->span, context.sink)) return;
  const auto earlier = std::ranges::find(out, code->value, &PracticeCard::code);
  if (earlier != out.end()) {
    context.sink.report(make_diagnostic(Code::J1504, code->span)
                            .arg("apa", "kartu_praktik")
                            .arg("kode", code->value)
                            .related(earlier->span, "yang pertama", "the first"));
    return;
  }
  card.code = code->value;
  card.title = title->value;
  card.problem = problem->value;
  card.unit = unit->value;
  card.action = action->value;
  card.cost = cost->value;
  card.licence = licence->value;
  card.contact = contact->value;
  card.illustrative = labels.illustrative;
  card.unverified = labels.unverified;
  card.span = code->span;
  out.push_back(std::move(card));
}

}  // namespace jenjang
