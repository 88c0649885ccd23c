// `bobot`: one number, or one for each first year from which it holds.
#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

std::optional<int> year_of(const YamlNode::Entry& entry, std::string_view key, DiagnosticSink& sink) {
  const auto period = Period::parse(entry.key);
  if (period && period->granularity() == Granularity::year) return period->year();
  report_form(sink, entry.key_span, key, "2024", entry.key);
  return std::nullopt;
}

}  // namespace

std::optional<PlanWeight> parse_weight(const YamlNode& node, std::string_view key, DiagnosticSink& sink) {
  PlanWeight weight;
  weight.span = node.span;
  if (!node.is_map()) {
    const auto number = read_decimal(node, key, sink);
    if (!number) return std::nullopt;
    weight.value = *number;
    return weight;
  }
  for (const YamlNode::Entry& entry : map_entries(&node, key, sink)) {
    const auto year = year_of(entry, key, sink);
    const auto number = year ? read_decimal(entry.value, key, sink) : std::nullopt;
    if (!number) return std::nullopt;
    weight.years.push_back({*year, {*number, entry.value.span}});
  }
  if (weight.years.empty()) {
    report_form(sink, node.span, key, "{2024: 0.5}", "{}");
    return std::nullopt;
  }
  std::sort(weight.years.begin(), weight.years.end(),
            [](const PlanYearWeight& a, const PlanYearWeight& b) { return a.from < b.from; });
  // What a reader without a period is shown: the latest.
  weight.value = weight.years.back().weight.value;
  return weight;
}

std::vector<std::pair<LocatedText, PlanWeight>> parse_weights(const YamlNode* node, std::string_view key,
                                                              DiagnosticSink& sink) {
  std::vector<std::pair<LocatedText, PlanWeight>> weights;
  for (const YamlNode::Entry& entry : map_entries(node, key, sink)) {
    if (const auto weight = parse_weight(entry.value, key, sink)) {
      weights.push_back({{entry.key, entry.key_span}, *weight});
    }
  }
  return weights;
}

}  // namespace jenjang
