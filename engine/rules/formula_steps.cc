// `langkah` of a formula sheet: values, choices, tables, grades and checks.
#include <algorithm>
#include <array>

#include "jenjang/base/text.h"

#include "engine/rules/formula_parts.h"

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 5> kStepForms{"hitung", "pilih", "tabel", "dari", "periksa"};

class StepReader {
public:
  StepReader(FormulaScope& scope, FormulaCodes& codes, PackFormula& formula, DiagnosticSink& sink)
      : scope_(scope), codes_(codes), formula_(formula), sink_(sink) {}

  void read(const YamlNode& list, const Basis& outer) {
    if (!expect_list(list, "langkah", sink_)) return;
    for (const YamlNode& item : list.items) {
      const YamlNode* code = item.is_map() ? item.find("kode") : nullptr;
      if (code != nullptr && code->is_scalar()) scope_.later.push_back(code->text);
    }
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "langkah", sink_);
      if (!fields.is_map()) continue;
      const auto code = fields.required_text("kode");
      if (!code) continue;
      take_formula_code(*code, "langkah", codes_, sink_);
      read_step(fields, item, *code, outer);
      fields.finish();
      std::erase(scope_.later, code->value);
    }
  }

private:
  void read_step(FieldReader& fields, const YamlNode& item, const LocatedText& code, const Basis& outer) {
    FormulaStep step;
    step.code = scope_.step = code.value;
    step.span = code.span;
    if (const auto title = fields.text("judul")) step.title = title->value;
    if (const auto unit = fields.text("satuan")) step.unit_name = unit->value;
    const Basis basis = read_basis(fields, outer, "langkah " + code.value, sink_);
    require_basis(basis, code.span, "langkah " + code.value, sink_);
    step.article = basis.article;
    step.unverified = basis.unverified;
    step.rounding = read_rounding(fields, "pembulatan", step.rounding, sink_);
    const Scale* scale = take_formula_scale(fields, scope_.pack, step.scale, sink_);

    std::vector<std::string_view> forms;
    for (const std::string_view form : kStepForms) {
      if (fields.take(form) != nullptr) forms.push_back(form);
    }
    FormulaKind kind;
    bool good = forms.size() == 1;
    if (!good) {
      fields.take("alasan");  // belongs to one of them; that it is there is no second mistake
      std::string found;
      for (const std::string_view form : forms) found += (found.empty() ? "" : ", ") + std::string(form);
      report_formula_forms(item.span, "langkah " + code.value, found.empty() ? "-" : found,
                           "hitung, pilih, tabel, dari, periksa", sink_);
    } else if (forms.front() == "hitung") {
      good = read_value(*fields.take_entry("hitung"), step, basis, kind);
    } else if (forms.front() == "pilih") {
      good = read_choice(*fields.take("pilih"), step, basis, kind);
    } else if (forms.front() == "tabel") {
      good = read_table(*fields.take("tabel"), step, kind);
    } else if (forms.front() == "dari") {
      good = read_grade(fields, item, scale, step, kind);
    } else {
      good = read_check(fields, item, step, kind);
    }
    if (good) good = check_result(item, scale, step, kind);
    if (good) {
      step.type = kind.type;
      step.labels = kind.labels;
    }
    scope_.names.push_back({step.code, std::move(kind), false, !good});
    formula_.steps.push_back(std::move(step));
  }

  // `pembulatan` needs a number, `skala` beside a computed label says which labels there are.
  bool check_result(const YamlNode& item, const Scale* scale, FormulaStep& step, FormulaKind& kind) {
    bool good = true;
    if (const auto* rounding = item.find_entry("pembulatan")) {
      good = require_kind(kind, FormulaType::number, step.code, "`pembulatan`", rounding->value.span, sink_);
      if (good && step.rounding.mode != RoundingMode::exact) kind.bits = kDecimalBits;
    }
    if (step.kind == FormulaStep::Kind::grade || scale == nullptr) return good;
    const SourceSpan place = item.find("skala")->span;
    if (!require_kind(kind, FormulaType::label, step.code, "`skala`", place, sink_)) return false;
    const std::vector<std::string> known = scale_labels(*scale);
    for (const std::string& label : kind.labels) {
      if (std::find(known.begin(), known.end(), label) != known.end()) continue;
      report_unknown(label_place(item, label).value_or(place), "label", label, known, sink_);
      good = false;
    }
    return good;
  }

  // Where a cell of a table writes this label.
  static std::optional<SourceSpan> label_place(const YamlNode& node, std::string_view label) {
    if (node.is_scalar() && node.text == label) return node.span;
    for (const YamlNode::Entry& entry : node.entries) {
      if (auto place = label_place(entry.value, label)) return place;
    }
    return std::nullopt;
  }

  // A value that stands alone: one branch without a condition.
  bool read_value(const YamlNode::Entry& entry, FormulaStep& step, const Basis& basis, FormulaKind& kind) {
    FormulaBranch branch;
    branch.article = basis.article;
    branch.unverified = basis.unverified;
    branch.span = entry.value.span;
    std::optional<FormulaKind> found;
    const bool good = take_value(entry.value, branch, found, step);
    step.branches.push_back(std::move(branch));
    settle(step, found, kind);
    return good;
  }

  // `hitung`: an expression, or an empty slot.
  bool take_value(const YamlNode& node, FormulaBranch& branch, std::optional<FormulaKind>& found,
                  const FormulaStep& step) {
    if (node.is_null()) {
      branch.empty_slot = true;
      return true;
    }
    FormulaKind kind;
    branch.value = take_expression(node, "hitung", kind);
    if (branch.value == nullptr) return false;
    if (!found) {
      found = std::move(kind);
      return true;
    }
    // All branches of a choice are of one kind.
    if (!require_kind(kind, found->type, node.text, "langkah " + step.code, node.span, sink_)) return false;
    found->bits = std::max(found->bits, kind.bits);
    add_labels(found->labels, kind.labels);
    return true;
  }

  std::shared_ptr<const Expression> take_expression(const YamlNode& node, std::string_view key, FormulaKind& kind) {
    if (!node.is_scalar()) {
      sink_.report(make_diagnostic(Code::J1117, node.span).arg("kunci", key).arg("ditemukan", kind_word(node.kind)));
      return nullptr;
    }
    return check_expression(node, scope_, kind, sink_);
  }

  // Where only empty slots stand, `skala` says that a label is missing; else it is a number.
  void settle(const FormulaStep& step, const std::optional<FormulaKind>& found, FormulaKind& kind) const {
    if (found) {
      kind = *found;
      return;
    }
    const Scale* scale = step.scale.empty() ? nullptr : scope_.pack.scale(step.scale);
    if (scale != nullptr) kind = {FormulaType::label, scale_labels(*scale), 0};
  }

  bool read_choice(const YamlNode& list, FormulaStep& step, const Basis& outer, FormulaKind& kind) {
    if (!expect_list(list, "pilih", sink_)) return false;
    bool good = true, open = true;
    std::optional<FormulaKind> found;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const YamlNode& item = list.items[i];
      FieldReader fields(item, "pilih", sink_);
      if (!fields.is_map()) return false;
      FormulaBranch branch;
      branch.span = item.span;
      const std::string name = "cabang " + std::to_string(i + 1) + " langkah " + step.code;
      const Basis basis = read_basis(fields, outer, name, sink_);
      branch.article = basis.article;
      branch.unverified = basis.unverified;
      fields.text("kode");  // lets `perluas` replace this branch alone
      if (!open) {
        sink_.report(
            make_diagnostic(Code::J1436, item.span).arg("nomor", std::to_string(i + 1)).arg("langkah", step.code));
        good = false;
      }
      if (const YamlNode* condition = fields.take("bila")) {
        FormulaKind truth;
        branch.condition = take_expression(*condition, "bila", truth);
        good = branch.condition != nullptr &&
               require_kind(truth, FormulaType::truth, condition->text, "`bila`", condition->span, sink_) && good;
      } else {
        open = false;
      }
      const YamlNode* value = fields.take("hitung");
      const YamlNode* refusal = fields.take("tolak");
      if ((value == nullptr) == (refusal == nullptr)) {
        report_formula_forms(item.span, name, value == nullptr ? "-" : "hitung, tolak", "hitung, tolak", sink_);
        good = false;
      } else if (value != nullptr) {
        good = take_value(*value, branch, found, step) && good;
      } else if (const auto words = fields.text("tolak")) {
        branch.refusal = words->value;
      } else {
        good = false;
      }
      fields.finish();
      step.branches.push_back(std::move(branch));
    }
    if (open) {
      sink_.report(make_diagnostic(Code::J1435, list.items.empty() ? list.span : list.items.back().span)
                       .arg("langkah", step.code));
      good = false;
    }
    settle(step, found, kind);
    return good;
  }

  // The labels along one side of a table; nullopt after a report.
  std::optional<std::vector<std::string>> take_side(FieldReader& fields, std::string_view key, std::string& code) {
    const auto written = fields.required_text(key);
    if (!written) return std::nullopt;
    code = written->value;
    const FormulaName* name = take_name(*written);
    if (name == nullptr || name->broken) return std::nullopt;
    if (name->kind.type == FormulaType::truth) return std::vector<std::string>{"ya", "tidak"};
    if (!require_kind(name->kind, FormulaType::label, code, "`" + std::string(key) + "`", written->span, sink_)) {
      return std::nullopt;
    }
    return name->kind.labels;
  }

  const FormulaName* take_name(const LocatedText& code) {
    const FormulaName* name = scope_.find(code.value);
    if (name != nullptr) return name;
    if (std::find(scope_.later.begin(), scope_.later.end(), code.value) != scope_.later.end()) {
      sink_.report(make_diagnostic(Code::J1432, code.span).arg("langkah", scope_.step).arg("nama", code.value));
      return nullptr;
    }
    const std::vector<std::string> known = texts_of(scope_.names, &FormulaName::code);
    report_unknown(code.span, "nama", code.value, known, sink_);
    return nullptr;
  }

  bool read_table(const YamlNode& node, FormulaStep& step, FormulaKind& kind) {
    step.kind = FormulaStep::Kind::table;
    kind.type = FormulaType::label;
    FieldReader fields(node, "tabel", sink_);
    if (!fields.is_map()) return false;
    const auto rows = take_side(fields, "baris", step.row);
    const auto columns = take_side(fields, "kolom", step.column);
    const YamlNode* cells = fields.take("isi");
    fields.finish();
    if (cells == nullptr) report_required(node.span, "tabel", "isi", sink_);
    if (!rows || !columns || cells == nullptr) return false;
    FieldReader lines(*cells, "isi", sink_);
    if (!lines.is_map()) return false;
    bool good = only_known(*cells, *rows, step.row);
    for (const std::string& row : *rows) {
      const YamlNode* line = cells->find(row);
      if (line == nullptr) {
        report_hole(cells->span, step, row, "*");
        good = false;
        continue;
      }
      FieldReader entries(*line, row, sink_);
      if (!entries.is_map()) return false;
      good = only_known(*line, *columns, step.column) && good;
      for (const std::string& column : *columns) {
        const YamlNode* cell = entries.take(column);
        if (cell == nullptr) {
          report_hole(line->span, step, row, column);
          good = false;
        } else if (cell->is_null()) {
          step.cells[{row, column}] = "";
        } else if (const auto label = entries.text(column)) {
          step.cells[{row, column}] = label->value;
          add_labels(kind.labels, {label->value});
        } else {
          good = false;
        }
      }
    }
    if (kind.labels.empty()) settle(step, std::nullopt, kind);
    return good;
  }

  void report_hole(SourceSpan place, const FormulaStep& step, std::string_view row, std::string_view column) {
    sink_.report(make_diagnostic(Code::J1437, place).arg("langkah", step.code).arg("baris", row).arg("kolom", column));
  }

  bool only_known(const YamlNode& map, const std::vector<std::string>& labels, std::string_view side) {
    bool good = true;
    for (const YamlNode::Entry& entry : map.entries) {
      if (std::find(labels.begin(), labels.end(), entry.key) != labels.end()) continue;
      report_unknown(entry.key_span, "label " + std::string(side), entry.key, labels, sink_);
      good = false;
    }
    return good;
  }

  bool read_grade(FieldReader& fields, const YamlNode& item, const Scale* scale, FormulaStep& step, FormulaKind& kind) {
    step.kind = FormulaStep::Kind::grade;
    kind.type = FormulaType::label;
    const auto code = fields.text("dari");
    if (!code) return false;
    step.of = code->value;
    if (item.find("skala") == nullptr) report_required(item.span, "langkah " + step.code, "skala", sink_);
    const FormulaName* name = take_name(*code);
    if (name == nullptr || name->broken || scale == nullptr) return false;
    if (scale->kind != Scale::Kind::bands) {
      std::vector<std::string> known;
      for (const Scale& candidate : scope_.pack.scales) {
        if (candidate.kind == Scale::Kind::bands) known.emplace_back(local_id(candidate.id));
      }
      report_unknown(item.find("skala")->span, "skala pita", step.scale, known, sink_);
      return false;
    }
    kind.labels = scale_labels(*scale);
    return require_kind(name->kind, FormulaType::number, code->value, "`dari`", code->span, sink_);
  }

  bool read_check(FieldReader& fields, const YamlNode& item, FormulaStep& step, FormulaKind& kind) {
    step.kind = FormulaStep::Kind::check;
    if (const auto reason = fields.required_text("alasan")) step.reason = reason->value;
    FormulaBranch branch;
    branch.article = step.article;
    branch.unverified = step.unverified;
    const YamlNode& condition = *item.find("periksa");
    branch.span = condition.span;
    branch.value = take_expression(condition, "periksa", kind);
    const bool good = branch.value != nullptr &&
                      require_kind(kind, FormulaType::truth, condition.text, "`periksa`", condition.span, sink_);
    step.branches.push_back(std::move(branch));
    kind = {FormulaType::truth, {}, 0};
    return good;
  }

  FormulaScope& scope_;
  FormulaCodes& codes_;
  PackFormula& formula_;
  DiagnosticSink& sink_;
};

}  // namespace

void read_formula_steps(const YamlNode& list, const Basis& basis, FormulaScope& scope, FormulaCodes& codes,
                        PackFormula& formula, DiagnosticSink& sink) {
  StepReader(scope, codes, formula, sink).read(list, basis);
}

}  // namespace jenjang
