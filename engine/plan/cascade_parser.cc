// How a measure is put together from others: selectors, aggregation.
#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

PlanSelectorTerm parse_term(const YamlNode& node, DiagnosticSink& sink) {
  PlanSelectorTerm term;
  term.span = node.span;
  if (node.is_scalar()) {
    term.word = {node.text, node.span};
    return term;
  }
  SectionReader fields(node, "pemilih", "pemilih", sink);
  term.kind = fields.required_text("jenis");
  term.inside = fields.text("di");
  term.except = fields.text_list("kecuali");
  for (const YamlNode::Entry& entry : map_entries(fields.take("dengan"), "dengan", sink)) {
    term.conditions.push_back({{entry.key, entry.key_span}, {entry.value.text, entry.value.span}});
  }
  fields.finish();
  return term;
}

}  // namespace

PlanSelector parse_selector(const YamlNode* node, std::string_view key, DiagnosticSink& sink) {
  PlanSelector selector;
  if (node == nullptr || node->is_null()) return selector;
  if (!node->is_sequence()) {
    selector.push_back(parse_term(*node, sink));
  } else {
    for (const YamlNode& item : list_items(node, key, sink)) selector.push_back(parse_term(item, sink));
  }
  // A map without `jenis` was reported by its reader.
  std::erase_if(selector, [](const PlanSelectorTerm& term) { return term.word.value.empty() && !term.kind; });
  return selector;
}

std::vector<std::pair<LocatedText, LocatedDecimal>> parse_numbers(const YamlNode* node, std::string_view key,
                                                                  DiagnosticSink& sink) {
  std::vector<std::pair<LocatedText, LocatedDecimal>> numbers;
  const auto& entries = map_entries(node, key, sink);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const YamlNode::Entry& entry = entries[i];
    if (report_decimal_comma(entries, i, sink)) continue;
    if (const auto value = read_decimal(entry.value, entry.key, sink)) {
      numbers.push_back({{entry.key, entry.key_span}, {*value, entry.value.span}});
    }
  }
  return numbers;
}

void parse_operands(const YamlNode* node, std::vector<PlanOperand>& out, DiagnosticSink& sink) {
  for (const YamlNode::Entry& entry : map_entries(node, "operan", sink)) {
    SectionReader fields(entry.value, "operan", "operan", sink);
    if (!fields.is_map()) continue;
    PlanOperand operand;
    operand.code = {entry.key, entry.key_span};
    operand.accumulation = fields.word<Accumulation>("akumulasi", accumulation_words());
    operand.unit_name = fields.text("satuan");
    operand.frequency = read_granularity(fields, "frekuensi", sink);
    fields.finish();
    out.push_back(std::move(operand));
  }
}

PlanAggregation parse_aggregation(const YamlNode& node, DiagnosticSink& sink) {
  PlanAggregation aggregation;
  aggregation.span = node.span;
  SectionReader fields(node, "agregasi", "agregasi", sink);
  if (!fields.is_map()) return aggregation;
  // `tabel` comes from packs only.
  aggregation.way = fields.word<Aggregation>("cara", aggregation_words().first(7));
  aggregation.mark = fields.decimal("ambang");
  if (aggregation.mark && (!aggregation.way || aggregation.way->value != Aggregation::share_meeting)) {
    sink.report(
        make_diagnostic(Code::J1545, aggregation.mark->span)
            .arg("kunci", "ambang")
            .arg("syarat", "cara: terpenuhi")
            .arg("ditemukan", aggregation.way ? "cara: " + std::string(to_string(aggregation.way->value)) : "-"));
    aggregation.mark.reset();
  }
  aggregation.from = parse_selector(fields.take("dari"), "dari", sink);
  if (const YamlNode* weight = fields.take("bobot")) {
    if (weight->is_scalar()) {
      aggregation.weight_attribute = LocatedText{weight->text, weight->span};
    } else {
      aggregation.weights = parse_weights(weight, "bobot", sink);
    }
  }
  aggregation.group = fields.text("kelompok");
  aggregation.group_weights = parse_numbers(fields.take("bobot_kelompok"), "bobot_kelompok", sink);
  const bool mean = aggregation.way && aggregation.way->value == Aggregation::weighted_mean;
  if (aggregation.group && !mean) {
    sink.report(
        make_diagnostic(Code::J1545, aggregation.group->span)
            .arg("kunci", "kelompok")
            .arg("syarat", "cara: rata-rata")
            .arg("ditemukan", aggregation.way ? "cara: " + std::string(to_string(aggregation.way->value)) : "-"));
    aggregation.group.reset();
  }
  if (!aggregation.group && !aggregation.group_weights.empty()) {
    sink.report(make_diagnostic(Code::J1545, aggregation.group_weights.front().first.span)
                    .arg("kunci", "bobot_kelompok")
                    .arg("syarat", "kelompok")
                    .arg("ditemukan", "-"));
  }
  aggregation.numerators = fields.text_list("pembilang");
  aggregation.denominators = fields.text_list("penyebut");
  aggregation.factor = fields.decimal("faktor");
  parse_operands(fields.take("operan"), aggregation.operands, sink);
  aggregation.missing = parse_missing(fields, false, sink);
  fields.finish();
  for (const auto* list : {&aggregation.numerators, &aggregation.denominators}) {
    for (const LocatedText& code : *list) check_code(code.value, code.span, sink);
  }
  return aggregation;
}

}  // namespace jenjang
