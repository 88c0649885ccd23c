// `kasus`: worked cases, with the result printed elsewhere or worked out by hand.
#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

using TextMap = std::map<std::string, std::string, std::less<>>;

std::vector<std::pair<LocatedText, LocatedText>> read_pairs(FieldReader& fields, std::string_view key,
                                                            DiagnosticSink& sink) {
  std::vector<std::pair<LocatedText, LocatedText>> pairs;
  const YamlNode* node = fields.take(key);
  if (node == nullptr) return pairs;
  FieldReader map(*node, key, sink);
  if (!map.is_map()) return pairs;
  for (const YamlNode::Entry& entry : node->entries) {
    if (auto value = map.text(entry.key)) pairs.emplace_back(LocatedText{entry.key, entry.key_span}, *std::move(value));
  }
  return pairs;
}

// The answer for one node: itself when a leaf, else every leaf beneath it.
void expand(const PackTemplate& tmpl, std::size_t node, const std::string& answer, TextMap& inputs) {
  bool leaf = true;
  for (std::size_t i = node + 1; i < tmpl.nodes.size(); ++i) {
    if (tmpl.nodes[i].parent != node) continue;
    leaf = false;
    expand(tmpl, i, answer, inputs);
  }
  if (leaf) inputs[tmpl.nodes[node].code] = answer;
}

// "1.a/dipertahankan-1-tahun": a judgement that the table of 1.a knows.
bool is_judgement(const PackTemplate& tmpl, std::string_view key) {
  const auto slash = key.find('/');
  if (slash == std::string_view::npos) return false;
  const ShareTable* table = tmpl.share_table_for(key.substr(0, slash));
  if (table == nullptr) return false;
  for (const ShareRow& row : table->rows) {
    for (const std::string& judgement : row.judgements) {
      if (judgement == key.substr(slash + 1)) return true;
    }
  }
  return false;
}

void report_code(const LocatedText& code, const PackTemplate& tmpl, DiagnosticSink& sink) {
  const std::vector<std::string> known = texts_of(tmpl.nodes, &TemplateNode::code);
  report_unknown(code.span, "kode", code.value, known, sink);
}

void read_template_case(FieldReader& fields, const PackTemplate& tmpl, PackCase& result, DiagnosticSink& sink) {
  const ScoringMode* mode = nullptr;
  if (const auto id = fields.text("mode")) {
    result.mode = id->value;
    mode = tmpl.find_mode(id->value);
    std::vector<std::string> known;
    for (const ScoringMode& candidate : tmpl.modes) {
      if (candidate.available) known.push_back(candidate.id);
    }
    if (mode == nullptr || !mode->available) report_unknown(id->span, "mode", id->value, known, sink);
  }
  // Coarse codes first, so that a line for one criterion overrides the line for its sub-component
  // wherever it stands in the file: parents come before children in Template::nodes.
  const auto inputs = read_pairs(fields, "masukan", sink);
  for (const TemplateNode& node : tmpl.nodes) {
    for (const auto& [code, answer] : inputs) {
      if (code.value == node.code) {
        expand(tmpl, static_cast<std::size_t>(&node - tmpl.nodes.data()), answer.value, result.inputs);
      }
    }
  }
  for (const auto& [code, answer] : inputs) {
    if (tmpl.find_node(code.value) != SIZE_MAX) continue;
    if (is_judgement(tmpl, code.value)) {
      result.inputs[code.value] = answer.value;
    } else {
      report_code(code, tmpl, sink);
    }
  }
  for (const auto& [code, figure] : read_pairs(fields, "harapan", sink)) {
    if (code.value != "predikat" && tmpl.find_node(code.value) == SIZE_MAX) report_code(code, tmpl, sink);
    result.expected[code.value] = figure.value;
  }
}

void read_band_case(FieldReader& fields, PackCase& result, DiagnosticSink& sink) {
  for (const auto& [key, value] : read_pairs(fields, "masukan", sink)) {
    if (key.value != "nilai" || !Decimal::parse(value.value)) {
      report_unknown(key.value != "nilai" ? key.span : value.span, "masukan",
                     key.value != "nilai" ? key.value : value.value, {"nilai"}, sink);
    }
    result.inputs[key.value] = value.value;
  }
  for (const auto& [key, value] : read_pairs(fields, "harapan", sink)) {
    if (key.value != "predikat") report_unknown(key.span, "harapan", key.value, {"predikat"}, sink);
    result.expected[key.value] = value.value;
  }
}

// What an input takes, for messages: "angka >= 0", "Baik, Kurang".
std::string allowed_text(const Pack& pack, const FormulaInput& input) {
  if (input.type == FormulaType::number) {
    std::string range = "angka";
    if (input.low) range += " >= " + input.low->to_string();
    if (input.high) range += " <= " + input.high->to_string();
    return range;
  }
  std::string text;
  for (const std::string& label : labels_of(pack, input)) text += (text.empty() ? "" : ", ") + label;
  return text;
}

void read_formula_case(FieldReader& fields, const Pack& pack, const PackFormula& formula, PackCase& result,
                       DiagnosticSink& sink) {
  const std::vector<std::string> inputs = texts_of(formula.inputs, &FormulaInput::code);
  for (const auto& [code, value] : read_pairs(fields, "masukan", sink)) {
    const FormulaInput* input = formula.input(code.value);
    if (input == nullptr) {
      report_unknown(code.span, "masukan", code.value, inputs, sink);
    } else if (!read_formula_input(pack, *input, value.value).value) {
      sink.report(make_diagnostic(Code::J1413, value.span)
                      .arg("apa", input->code)
                      .arg("nilai", value.value)
                      .arg("boleh", allowed_text(pack, *input)));
    }
    result.inputs[code.value] = value.value;
  }
  for (const FormulaInput& input : formula.inputs) {
    if (input.required && !result.inputs.contains(input.code)) {
      report_required(result.span, "kasus " + result.id, input.code, sink);
    }
  }
  for (const auto& [code, figure] : read_pairs(fields, "harapan", sink)) {
    const FormulaStep* step = formula.step(code.value);
    std::vector<std::string> known;
    if (step == nullptr) {
      for (const FormulaStep& one : formula.steps) known.push_back(one.code);
      report_unknown(code.span, "langkah", code.value, known, sink);
    } else if (step->type == FormulaType::label) {
      known = step->labels;
      known.insert(known.end(), {"tolak", "kosong"});
      if (std::find(known.begin(), known.end(), figure.value) == known.end()) {
        report_unknown(figure.span, "label", figure.value, known, sink);
      }
    }
    result.expected[code.value] = figure.value;
  }
}

}  // namespace

void read_cases(const YamlNode& list, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "kasus", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "kasus", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "kasus", sink);
    PackCase result;
    result.id = code->value;
    result.span = code->span;
    if (const auto title = fields.text("judul")) result.title = title->value;
    // A case without a source proves nothing but that the pack agrees with itself.
    if (const auto source = fields.required_text("sumber")) result.source = source->value;
    const auto tmpl_id = fields.text("templat");
    const auto formula_id = fields.text("rumus");
    const auto scale_id = fields.text("skala");
    if (tmpl_id) {
      result.template_id = tmpl_id->value;
      if (const PackTemplate* tmpl = pack.find_template(tmpl_id->value)) {
        read_template_case(fields, *tmpl, result, sink);
      } else {
        const std::vector<std::string> known = texts_of(pack.templates, &PackTemplate::id);
        report_unknown(tmpl_id->span, "templat", tmpl_id->value, known, sink);
        continue;
      }
    } else if (formula_id) {
      result.formula = formula_id->value;
      const PackFormula* formula = pack.formula(formula_id->value);
      if (formula == nullptr) {
        const std::vector<std::string> known = texts_of(pack.formulas, &PackFormula::id);
        report_unknown(formula_id->span, "rumus", formula_id->value, known, sink);
        continue;
      }
      read_formula_case(fields, pack, *formula, result, sink);
    } else if (scale_id) {
      result.scale = scale_id->value;
      if (pack.scale(scale_id->value) == nullptr) {
        report_unknown(scale_id->span, "skala", scale_id->value, scale_ids(pack), sink);
      }
      read_band_case(fields, result, sink);
    } else {
      report_required(code->span, "kasus", "templat", sink);
      continue;
    }
    // A formula may have optional inputs only.
    const bool needs_input = result.formula.empty() && result.inputs.empty();
    if (needs_input || result.expected.empty()) {
      report_required(code->span, "kasus", needs_input ? "masukan" : "harapan", sink);
    }
    fields.finish();
    pack.cases.push_back(std::move(result));
  }
}

}  // namespace jenjang
