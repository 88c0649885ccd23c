// data_hilang and rentang_nilai: what a missing figure does, and between which limits it lies.
#include "jenjang/measure/kinds.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

constexpr std::int64_t kOldest = 120;  // months; an older figure says nothing about now

void report_range(DiagnosticSink& sink, SourceSpan place, std::string_view key, const std::string& found,
                  std::string_view wanted) {
  sink.report(make_diagnostic(Code::J1725, place).arg("kunci", key).arg("ditemukan", found).arg("diminta", wanted));
}

bool carries(const std::optional<Located<MissingPolicy>>& policy) {
  return policy && policy->value == MissingPolicy::carry;
}

}  // namespace

PlanMissing parse_missing(SectionReader& fields, bool alone_for_time, DiagnosticSink& sink) {
  PlanMissing missing;
  const YamlNode* node = fields.take("data_hilang");
  if (node == nullptr || node->is_null()) return missing;
  missing.span = node->span;
  if (!node->is_map()) {
    missing.units = fields.word<MissingPolicy>("data_hilang", missing_policy_words());
    if (alone_for_time) missing.time = missing.units;
  } else {
    SectionReader inner(*node, "data_hilang", "data_hilang", sink);
    missing.units = inner.word<MissingPolicy>("unit", missing_policy_words());
    missing.time = inner.word<MissingPolicy>("waktu", missing_policy_words());
    missing.age = inner.whole("umur");
    missing.least_coverage = inner.decimal("cakupan_minimal");
    inner.finish();
  }
  if (missing.age && (missing.age->value < 1 || missing.age->value > kOldest)) {
    report_range(sink, missing.age->span, "umur", std::to_string(missing.age->value), "1..120");
    missing.age.reset();
  } else if (!missing.age && (carries(missing.units) || carries(missing.time))) {
    sink.report(make_diagnostic(Code::J1724, carries(missing.units) ? missing.units->span : missing.time->span));
  }
  if (missing.age && !carries(missing.units) && !carries(missing.time)) {
    sink.report(make_diagnostic(Code::J1574, missing.age->span)
                    .arg("kunci", "umur")
                    .arg("syarat", "data_hilang: bawa-terakhir"));
  }
  if (const auto& least = missing.least_coverage; least && (least->value.sign() <= 0 || Decimal(1) < least->value)) {
    report_range(sink, least->span, "cakupan_minimal", least->value.to_string(), "0 < x <= 1");
    missing.least_coverage.reset();
  }
  return missing;
}

std::optional<PlanPossible> parse_possible(SectionReader& fields, DiagnosticSink& sink) {
  const YamlNode* node = fields.take("rentang_nilai");
  if (node == nullptr || node->is_null()) return std::nullopt;
  PlanPossible possible;
  if (node->is_map()) {
    SectionReader inner(*node, "rentang_nilai", "rentang_nilai", sink);
    possible.least = inner.decimal("terendah");
    possible.most = inner.decimal("tertinggi");
    inner.finish();
  } else {
    // `[0, ]` is a list of one: open upward.
    const std::vector<YamlNode>& items = list_items(node, "rentang_nilai", sink);
    if (items.empty() || items.size() > 2) {
      if (node->is_sequence()) {
        report_range(sink, node->span, "rentang_nilai", std::to_string(items.size()), "[terendah, tertinggi]");
      }
      return std::nullopt;
    }
    const auto read = [&sink](const YamlNode& item) -> std::optional<LocatedDecimal> {
      if (item.is_null()) return std::nullopt;
      const auto value = read_decimal(item, "rentang_nilai", sink);
      return value ? std::optional(LocatedDecimal{*value, item.span}) : std::nullopt;
    };
    possible.least = read(items[0]);
    if (items.size() == 2) possible.most = read(items[1]);
  }
  if (!possible.least && !possible.most) return std::nullopt;
  if (possible.least && possible.most && possible.most->value < possible.least->value) {
    sink.report(make_diagnostic(Code::J1726, node->span)
                    .arg("terendah", possible.least->value.to_string())
                    .arg("tertinggi", possible.most->value.to_string()));
    return std::nullopt;
  }
  return possible;
}

}  // namespace jenjang
