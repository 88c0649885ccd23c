// How a measure is divided below and put together above: selectors, rungs, aggregation.
#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 2> kZeroDriverWords{"tolak", "rata"};

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

// Everything beyond the common keys belongs to the method; its registry checks it.
void keep_parameters(const YamlNode& node, PlanRung& rung, DiagnosticSink& sink) {
  const auto common = plan_keys("kaskade");
  for (const YamlNode::Entry& entry : node.entries) {
    if (std::find(common.begin(), common.end(), entry.key) != common.end()) continue;
    if (!entry.value.is_scalar()) {
      report_form(sink, entry.value.span, entry.key, "100", kind_word(entry.value.kind));
      continue;
    }
    rung.parameters.push_back({entry.key, entry.value.text, entry.key_span, entry.value.span});
  }
}

std::optional<PlanRung> parse_rung(const YamlNode& node, DiagnosticSink& sink) {
  SectionReader fields(node, "kaskade", "kaskade", sink);
  if (!fields.is_map()) return std::nullopt;
  PlanRung rung;
  rung.span = node.span;
  const YamlNode* to = fields.take("ke");
  if (to == nullptr) report_form(sink, node.span, "ke", "kabkota", "-");
  rung.to = parse_selector(to, "ke", sink);
  const auto method = fields.required_text("cara");
  rung.driver = fields.text("pemacu");
  rung.shares = parse_numbers(fields.take("bagian"), "bagian", sink);
  if (const auto policy = fields.word<ZeroDriverPolicy>("pemacu_nol", kZeroDriverWords)) {
    rung.on_zero_driver = policy->value;
  }
  rung.step = fields.decimal("langkah");
  if (rung.step && rung.step->value.sign() <= 0) {
    report_form(sink, rung.step->span, "langkah", "0.01", rung.step->value.to_string());
    rung.step.reset();
  }
  keep_parameters(node, rung, sink);
  if (!method || rung.to.empty()) return std::nullopt;
  rung.method = *method;
  rung.span = method->span;
  return rung;
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

std::vector<PlanRung> parse_ladder(const YamlNode* list, DiagnosticSink& sink) {
  std::vector<PlanRung> ladder;
  for (const YamlNode& node : list_items(list, "kaskade", sink)) {
    auto rung = parse_rung(node, sink);
    // The rungs below stand on this one.
    if (!rung) break;
    ladder.push_back(*std::move(rung));
  }
  return ladder;
}

std::vector<std::pair<LocatedText, LocatedDecimal>> parse_numbers(const YamlNode* node, std::string_view key,
                                                                  DiagnosticSink& sink) {
  std::vector<std::pair<LocatedText, LocatedDecimal>> numbers;
  for (const YamlNode::Entry& entry : map_entries(node, key, sink)) {
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
  // `terpenuhi` and `tabel` come from packs only.
  aggregation.way = fields.word<Aggregation>("cara", aggregation_words().first(6));
  aggregation.from = parse_selector(fields.take("dari"), "dari", sink);
  if (const YamlNode* weight = fields.take("bobot")) {
    if (weight->is_scalar()) {
      aggregation.weight_attribute = LocatedText{weight->text, weight->span};
    } else {
      aggregation.weights = parse_numbers(weight, "bobot", sink);
    }
  }
  aggregation.numerators = fields.text_list("pembilang");
  aggregation.denominators = fields.text_list("penyebut");
  aggregation.factor = fields.decimal("faktor");
  parse_operands(fields.take("operan"), aggregation.operands, sink);
  aggregation.missing = fields.word<MissingPolicy>("data_hilang", missing_policy_words());
  fields.finish();
  for (const auto* list : {&aggregation.numerators, &aggregation.denominators}) {
    for (const LocatedText& code : *list) check_code(code.value, code.span, sink);
  }
  return aggregation;
}

std::vector<PlanDenominatorRow> parse_denominators(ReadContext& context, const YamlNode& node) {
  std::vector<PlanDenominatorRow> rows;
  LocatedText name{node.text, node.span};
  CsvFormat format;
  PlanLabels labels;
  if (!node.is_scalar()) {
    SectionReader fields(node, "penyebut_rencana", "penyebut_rencana", context.sink);
    const auto written = fields.required_text("berkas");
    format = read_csv_format(fields, context.sink);
    labels = read_labels(fields, context.sink);
    fields.finish();
    if (!written) return rows;
    name = *written;
  }
  const auto file = open_file(context, name.value, name.span);
  if (!file) return rows;
  const auto table = parse_csv(*file, context.sources, format, context.sink);
  static constexpr std::array<std::string_view, 4> kRequired{"kode", "unit", "periode", "nilai"};
  static constexpr std::array<std::string_view, 2> kOptional{"tanda", "catatan"};
  if (!table || !table->expect_columns(kRequired, kOptional, context.sink)) return rows;
  const auto cell = [&](std::size_t row, std::string_view column) -> const CsvCell& {
    return table->cell(row, *table->column(column));
  };
  for (std::size_t i = 0; i < table->row_count(); ++i) {
    const CsvCell& when = cell(i, "periode");
    const auto period = read_period(trim(when.text), when.span, context.sink);
    const auto value = read_decimal(cell(i, "nilai"), format, context.sink);
    if (!period || !value) continue;
    if (period->granularity() != Granularity::year) {
      report_form(context.sink, when.span, "periode", "2026", when.text);
      continue;
    }
    const auto text = [&](std::string_view column) {
      return LocatedText{std::string(trim(cell(i, column).text)), cell(i, column).span};
    };
    const bool marked = table->column("tanda") && trim(cell(i, "tanda").text) == "ilustratif";
    rows.push_back(
        {text("kode"), text("unit"), period->year(), {*value, cell(i, "nilai").span}, labels.illustrative || marked});
  }
  return rows;
}

}  // namespace jenjang
