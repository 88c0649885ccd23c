// `rumus`: formula sheets. Inputs, then steps in order; a step sees only what stands above it.
#include <algorithm>
#include <array>

#include "jenjang/base/text.h"

#include "engine/rules/formula_parts.h"

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 4> kInputForms{"angka", "label", "ya-tidak", "bukti"};

class FormulaReader {
public:
  FormulaReader(const Pack& pack, DiagnosticSink& sink) : scope_{pack, {}, {}, {}}, sink_(sink) {}

  PackFormula read(FieldReader& fields, const LocatedText& code, const Basis& outer) {
    formula_.id = code.value;
    formula_.span = code.span;
    if (const auto title = fields.text("judul")) formula_.title = title->value;
    const Basis basis = read_basis(fields, outer, "rumus " + code.value, sink_, &formula_.note);
    formula_.article = basis.article;
    formula_.unverified = basis.unverified;
    formula_.print = read_rounding(fields, "cetak", formula_.print, sink_);
    if (const YamlNode* inputs = fields.take("masukan")) read_inputs(*inputs);
    const YamlNode* steps = fields.take("langkah");
    if (steps != nullptr) read_formula_steps(*steps, basis, scope_, codes_, formula_, sink_);
    if (steps == nullptr || (steps->is_sequence() && steps->items.empty())) {
      report_required(code.span, "rumus " + code.value, "langkah", sink_);
    }
    for (const LocatedText& output : fields.text_list("hasil")) {
      if (formula_.step(output.value) == nullptr) {
        const std::vector<std::string> known = texts_of(formula_.steps, &FormulaStep::code);
        report_unknown(output.span, "langkah", output.value, known, sink_);
      }
      formula_.outputs.push_back(output.value);
    }
    return std::move(formula_);
  }

private:
  // Columns that every file of rows has beside those of the inputs.
  static constexpr std::array<std::string_view, 3> kRowColumns{"kunci", "unit", "periode"};

  void read_inputs(const YamlNode& list) {
    if (!expect_list(list, "masukan", sink_)) return;
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "masukan", sink_);
      if (!fields.is_map()) continue;
      const auto code = fields.required_text("kode");
      if (!code) continue;
      FormulaInput input;
      input.code = code->value;
      input.span = code->span;
      if (take_formula_code(*code, "masukan", codes_, sink_) &&
          std::find(kRowColumns.begin(), kRowColumns.end(), code->value) != kRowColumns.end()) {
        sink_.report(make_diagnostic(Code::J1413, code->span)
                         .arg("apa", "kode")
                         .arg("nilai", code->value)
                         .arg("boleh", "kata selain kunci, unit, periode"));
      }
      if (const auto title = fields.text("judul")) input.title = title->value;
      if (const auto unit = fields.text("satuan")) input.unit_name = unit->value;
      if (const auto required = fields.flag("wajib")) input.required = required->value;
      read_form(fields, input, item.span);
      fields.finish();
      scope_.names.push_back(
          {input.code, {input.type, labels_of(scope_.pack, input), kDecimalBits}, !input.required, false});
      formula_.inputs.push_back(std::move(input));
    }
  }

  void read_form(FieldReader& fields, FormulaInput& input, SourceSpan place) {
    const auto form = fields.choice("bentuk", kInputForms);
    const bool stated = fields.take("bentuk") != nullptr;
    const Scale* scale = take_formula_scale(fields, scope_.pack, input.scale, sink_);
    const YamlNode* labels = fields.take("label");
    std::set<std::string, std::less<>> seen;
    for (const LocatedText& label : fields.text_list("label")) {
      note_unique(seen, label, "label", sink_);
      input.labels.push_back(label.value);
    }
    const bool named = !input.scale.empty() || labels != nullptr;
    input.type = form ? static_cast<FormulaType>(form->value) : named ? FormulaType::label : FormulaType::number;
    if (form || !stated) {
      if (input.type == FormulaType::label && input.scale.empty() == input.labels.empty()) {
        report_formula_forms(place, "masukan " + input.code, input.scale.empty() ? "-" : "skala, label", "skala, label",
                             sink_);
      }
      if (input.type != FormulaType::label && named) {
        const FormulaKind kind{input.type, {}, 0};
        require_kind(kind, FormulaType::label, input.code, scale != nullptr ? "`skala`" : "`label`", place, sink_);
      }
    }
    if (const YamlNode* range = fields.take("rentang")) read_range(*range, input);
  }

  void read_range(const YamlNode& node, FormulaInput& input) {
    FieldReader range(node, "rentang", sink_);
    if (const auto low = range.decimal("dari")) input.low = low->value;
    if (const auto high = range.decimal("sampai")) input.high = high->value;
    range.finish();
    if (input.type != FormulaType::number) {
      require_kind({input.type, {}, 0}, FormulaType::number, input.code, "`rentang`", node.span, sink_);
    }
    if (input.low && input.high && *input.low > *input.high) {
      sink_.report(make_diagnostic(Code::J1413, node.span)
                       .arg("apa", "rentang")
                       .arg("nilai", input.low->to_string() + " .. " + input.high->to_string())
                       .arg("boleh", "dari <= sampai"));
    }
  }

  FormulaScope scope_;
  DiagnosticSink& sink_;
  PackFormula formula_;
  FormulaCodes codes_;
};

}  // namespace

bool take_formula_code(const LocatedText& code, std::string_view what, FormulaCodes& codes, DiagnosticSink& sink) {
  if (is_expression_name(code.value)) return note_unique(codes, code, what, sink);
  sink.report(make_diagnostic(Code::J1413, code.span)
                  .arg("apa", "kode")
                  .arg("nilai", code.value)
                  .arg("boleh", is_reserved_word(code.value) ? "kata selain dan atau bukan ya tidak dan nama fungsi"
                                                             : "a-z A-Z 0-9 _"));
  return false;
}

const Scale* take_formula_scale(FieldReader& fields, const Pack& pack, std::string& id, DiagnosticSink& sink) {
  const auto written = fields.text("skala");
  if (!written) return nullptr;
  id = written->value;
  const Scale* scale = pack.scale(id);
  if (scale == nullptr) report_unknown(written->span, "skala", id, scale_ids(pack), sink);
  return scale;
}

void report_formula_forms(SourceSpan place, std::string_view what, std::string_view found, std::string_view allowed,
                          DiagnosticSink& sink) {
  sink.report(make_diagnostic(Code::J1438, place).arg("apa", what).arg("ditemukan", found).arg("boleh", allowed));
}

void read_formulas(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "rumus", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "rumus", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "rumus", sink);
    PackFormula formula = FormulaReader(pack, sink).read(fields, *code, basis);
    fields.finish();
    pack.formulas.push_back(std::move(formula));
  }
}

}  // namespace jenjang
