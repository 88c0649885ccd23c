// `tahan` and `batas`: a figure or limits set by hand, and the grounds they stand on.
#include <cctype>
#include <utility>

#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

Grounds read_grounds(SectionReader& fields, DiagnosticSink& sink) {
  Grounds grounds;
  if (const auto reason = fields.text("alasan")) grounds.reason = reason->value;
  if (const auto citation = fields.text("dasar")) grounds.citation = citation->value;
  if (const auto day = fields.text("sampai")) grounds.until = read_date(day->value, day->span, sink);
  if (const auto locked = fields.flag("kunci")) grounds.locked = locked->value;
  if (const auto willingness = fields.decimal("kerelaan")) {
    if (willingness->value.sign() > 0) {
      grounds.willingness = willingness->value;
    } else {
      report_form(sink, willingness->span, "kerelaan", "> 0", willingness->value.to_string());
    }
  }
  return grounds;
}

// Limits that contradict each other are no limits.
bool read_limits(SectionReader& fields, PlanHold& hold, DiagnosticSink& sink) {
  hold.least = fields.decimal("minimal");
  hold.most = fields.decimal("maksimal");
  if (!hold.least || !hold.most || hold.least->value <= hold.most->value) return true;
  report_beyond(sink, {"minimal", hold.least->value.to_string(), hold.least->span},
                {"maksimal", hold.most->value.to_string(), hold.most->span});
  return false;
}

std::optional<PlanHold> read_hold(const YamlNode::Entry& entry, DiagnosticSink& sink) {
  SectionReader fields(entry.value, "tahan", "tahan", sink);
  if (!fields.is_map()) return std::nullopt;
  PlanHold hold;
  const bool limits = entry.value.find("minimal") != nullptr || entry.value.find("maksimal") != nullptr;
  hold.value = limits ? fields.text("nilai") : fields.required_text("nilai");
  const bool consistent = read_limits(fields, hold, sink);
  hold.grounds = read_grounds(fields, sink);
  hold.labels = read_labels(fields, sink);
  fields.finish();
  const bool timed = read_when(entry.key, entry.key_span, hold.when, sink);
  if (hold.value && limits) {
    const LocatedDecimal* limit = hold.least ? &*hold.least : hold.most ? &*hold.most : nullptr;
    sink.report(make_diagnostic(Code::J1542, hold.value->span)
                    .arg("kunci", "nilai")
                    .arg("kunci_lain", entry.value.find("minimal") != nullptr ? "minimal" : "maksimal")
                    .related(limit != nullptr ? limit->span : SourceSpan{}, "dan ini", "and this"));
    return std::nullopt;
  }
  if (!timed || !consistent || (!hold.value && !hold.least && !hold.most)) return std::nullopt;
  hold.span = hold.value ? hold.value->span : hold.least ? hold.least->span : hold.most->span;
  return hold;
}

std::optional<PlanHold> read_bound(const YamlNode& node, const SourceSpan& key_span, DiagnosticSink& sink) {
  SectionReader fields(node, "batas", "batas", sink);
  if (!fields.is_map()) return std::nullopt;
  PlanHold hold;
  const bool consistent = read_limits(fields, hold, sink);
  hold.grounds = read_grounds(fields, sink);
  hold.labels = read_labels(fields, sink);
  fields.finish();
  if (node.find("minimal") == nullptr && node.find("maksimal") == nullptr) {
    report_form(sink, key_span, "batas", "{minimal: 10, maksimal: 20, alasan: ...}", "-");
  }
  if (!consistent || (!hold.least && !hold.most)) return std::nullopt;
  hold.when.span = key_span;
  hold.span = hold.least ? hold.least->span : hold.most->span;
  return hold;
}

bool is_period_key(const std::string& key) {
  return key.rfind("ke-", 0) == 0 || (!key.empty() && std::isdigit(static_cast<unsigned char>(key.front())) != 0);
}

}  // namespace

std::vector<PlanHold> parse_holds(const YamlNode* node, DiagnosticSink& sink) {
  std::vector<PlanHold> holds;
  for (const YamlNode::Entry& entry : map_entries(node, "tahan", sink)) {
    if (auto hold = read_hold(entry, sink)) holds.push_back(*std::move(hold));
  }
  return holds;
}

std::vector<std::pair<LocatedText, std::vector<PlanHold>>> parse_unit_bounds(const YamlNode* node,
                                                                             DiagnosticSink& sink) {
  std::vector<std::pair<LocatedText, std::vector<PlanHold>>> bounds;
  for (const YamlNode::Entry& entry : map_entries(node, "batas", sink)) {
    std::vector<PlanHold> holds;
    const bool by_period =
        entry.value.is_map() && !entry.value.entries.empty() && is_period_key(entry.value.entries.front().key);
    if (!by_period) {
      if (auto hold = read_bound(entry.value, entry.key_span, sink)) holds.push_back(*std::move(hold));
    } else {
      for (const YamlNode::Entry& period : entry.value.entries) {
        auto hold = read_bound(period.value, period.key_span, sink);
        if (hold && read_when(period.key, period.key_span, hold->when, sink)) holds.push_back(*std::move(hold));
      }
    }
    if (!holds.empty()) bounds.emplace_back(LocatedText{entry.key, entry.key_span}, std::move(holds));
  }
  return bounds;
}

}  // namespace jenjang
