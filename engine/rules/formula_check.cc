#include "engine/rules/formula_check.h"

#include <algorithm>
#include <array>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

// About 60,000 decimal digits: far beyond any regulation, and still added in milliseconds.
constexpr std::uint64_t kMaxBits = 200'000;

class Checker {
public:
  Checker(const Expression& expression, const ExpressionPlace& place, const FormulaScope& scope, DiagnosticSink& sink)
      : expression_(expression), place_(place), scope_(scope), sink_(sink) {}

  // Children stand before their parents, so one pass in order sees every kind before it is used.
  std::optional<FormulaKind> run() {
    kinds_.resize(expression_.nodes().size());
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      const ExpressionNode& node = expression_.nodes()[i];
      kinds_[i] = kind_of(node);
      if (kinds_[i] && kinds_[i]->bits > kMaxBits) {
        sink_.report(make_diagnostic(Code::J1439, place_.part(node.offset, node.length))
                         .arg("apa", "bit")
                         .arg("nilai", std::to_string(kinds_[i]->bits))
                         .arg("batas", std::to_string(kMaxBits)));
        kinds_[i].reset();
      }
    }
    return good_ ? kinds_.back() : std::nullopt;
  }

private:
  using Kind = std::optional<FormulaKind>;  // nullopt: reported already

  static Kind number(std::uint64_t bits) { return FormulaKind{FormulaType::number, {}, bits}; }
  static Kind truth() { return FormulaKind{FormulaType::truth, {}, 0}; }

  // As written; a label without quotes would read as a name, so it keeps them.
  std::string written(const ExpressionNode& node) const { return expression_.text().substr(node.offset, node.length); }

  Kind unknown(const ExpressionNode& node, std::string_view what, std::string_view name,
               const std::vector<std::string>& known) {
    report_unknown(place_.part(node.offset, node.length), what, name, known, sink_);
    return bad();
  }
  Kind bad() {
    good_ = false;
    return std::nullopt;
  }

  bool takes(std::uint32_t argument, FormulaType wanted, std::string_view place) {
    const Kind& kind = kinds_[argument];
    const ExpressionNode& node = expression_.nodes()[argument];
    if (!kind) return false;
    if (require_kind(*kind, wanted, written(node), place, place_.part(node.offset, node.length), sink_)) return true;
    bad();
    return false;
  }
  bool all_take(const ExpressionNode& node, FormulaType wanted, std::string_view place) {
    bool good = true;
    for (const std::uint32_t argument : node.arguments) good = takes(argument, wanted, place) && good;
    return good;
  }
  std::uint64_t bits_of_arguments(const ExpressionNode& node, bool together) const {
    std::uint64_t bits = 0;
    for (const std::uint32_t argument : node.arguments) {
      bits = together ? bits + kinds_[argument]->bits + 1 : std::max(bits, kinds_[argument]->bits);
    }
    return bits;
  }

  Kind kind_of(const ExpressionNode& node) {
    switch (node.op) {
      case ExpressionOp::number:
        return number(kDecimalBits);
      case ExpressionOp::label:
        return FormulaKind{FormulaType::label, {node.text}, 0};
      case ExpressionOp::truth:
        return truth();
      case ExpressionOp::name:
        return kind_of_name(node);
      case ExpressionOp::negative:
        return all_take(node, FormulaType::number, "`-`") ? number(bits_of_arguments(node, false)) : bad();
      case ExpressionOp::negation:
      case ExpressionOp::both:
      case ExpressionOp::either:
        return all_take(node, FormulaType::truth, place_of(node)) ? truth() : bad();
      case ExpressionOp::add:
      case ExpressionOp::subtract:
      case ExpressionOp::multiply:
      case ExpressionOp::divide:
        return all_take(node, FormulaType::number, place_of(node)) ? number(bits_of_arguments(node, true)) : bad();
      case ExpressionOp::less:
      case ExpressionOp::less_equal:
      case ExpressionOp::greater:
      case ExpressionOp::greater_equal:
        return all_take(node, FormulaType::number, place_of(node)) ? truth() : bad();
      case ExpressionOp::equal:
      case ExpressionOp::unequal:
        return kind_of_equality(node);
      case ExpressionOp::call:
        return kind_of_call(node);
    }
    return bad();
  }

  static std::string place_of(const ExpressionNode& node) { return "`" + std::string(operator_text(node.op)) + "`"; }

  Kind kind_of_name(const ExpressionNode& node) {
    if (const FormulaName* name = scope_.find(node.text)) {
      if (name->broken) return bad();
      if (name->kind.type != FormulaType::evidence) return name->kind;
      require_kind(name->kind, FormulaType::number, node.text, "ungkapan", place_.part(node.offset, node.length),
                   sink_);
      return bad();
    }
    if (std::find(scope_.later.begin(), scope_.later.end(), node.text) != scope_.later.end()) {
      sink_.report(make_diagnostic(Code::J1432, place_.part(node.offset, node.length))
                       .arg("langkah", scope_.step)
                       .arg("nama", node.text));
      return bad();
    }
    const std::vector<std::string> known = texts_of(scope_.names, &FormulaName::code);
    return unknown(node, "nama", node.text, known);
  }

  Kind kind_of_equality(const ExpressionNode& node) {
    const Kind& left = kinds_[node.arguments[0]];
    const Kind& right = kinds_[node.arguments[1]];
    if (!left || !right || !takes(node.arguments[1], left->type, place_of(node))) return bad();
    if (left->type != FormulaType::label) return truth();
    // A label that the other side never is: a slip of the hand, not a comparison that is always false.
    for (std::size_t side = 0; side < 2; ++side) {
      const ExpressionNode& one = expression_.nodes()[node.arguments[side]];
      const std::vector<std::string>& other = kinds_[node.arguments[1 - side]]->labels;
      if (one.op == ExpressionOp::label && std::find(other.begin(), other.end(), one.text) == other.end()) {
        return unknown(one, "label", one.text, other);
      }
    }
    return truth();
  }

  Kind kind_of_call(const ExpressionNode& node) {
    const std::string name(function_name(node.function));
    switch (node.function) {
      case ExpressionFunction::least:
      case ExpressionFunction::greatest:
      case ExpressionFunction::absolute:
        return all_take(node, FormulaType::number, name) ? number(bits_of_arguments(node, false)) : bad();
      case ExpressionFunction::rounded:
      case ExpressionFunction::floor:
      case ExpressionFunction::ceiling:
        return all_take(node, FormulaType::number, name) ? number(kDecimalBits) : bad();
      case ExpressionFunction::points:
        return kind_of_points(node);
      case ExpressionFunction::given:
      case ExpressionFunction::absent: {
        const FormulaName* input = scope_.find(node.text);
        if (input != nullptr && input->optional_input) return truth();
        std::vector<std::string> known;
        for (const FormulaName& candidate : scope_.names) {
          if (candidate.optional_input) known.push_back(candidate.code);
        }
        return unknown(node, "masukan tidak wajib", node.text, known);
      }
    }
    return bad();
  }

  Kind kind_of_points(const ExpressionNode& node) {
    const Scale* scale = scope_.pack.scale(node.text);
    if (scale == nullptr || scale->kind != Scale::Kind::grades) {
      std::vector<std::string> known;
      for (const Scale& candidate : scope_.pack.scales) {
        if (candidate.kind == Scale::Kind::grades) known.emplace_back(local_id(candidate.id));
      }
      return unknown(node, "skala tingkat", node.text, known);
    }
    if (!all_take(node, FormulaType::label, "poin")) return bad();
    std::vector<std::string> known = texts_of(scale->grades, &GradePoint::label);
    known.insert(known.end(), scale->ungraded.begin(), scale->ungraded.end());
    for (const std::string& label : kinds_[node.arguments.front()]->labels) {
      if (std::find(known.begin(), known.end(), label) == known.end()) return unknown(node, "label", label, known);
    }
    return number(kDecimalBits);
  }

  const Expression& expression_;
  const ExpressionPlace& place_;
  const FormulaScope& scope_;
  DiagnosticSink& sink_;
  std::vector<Kind> kinds_;
  bool good_ = true;
};

void report_error(const ExpressionError& error, const ExpressionPlace& place, std::string_view text,
                  DiagnosticSink& sink) {
  const SourceSpan span = place.part(error.offset, error.length);
  // Columns count letters, as an editor shows them.
  const std::size_t column = display_width(text.substr(0, std::min(error.offset, text.size()))) + 1;
  switch (error.kind) {
    case ExpressionError::Kind::unexpected:
    case ExpressionError::Kind::ended:
      sink.report(
          make_diagnostic(Code::J1431, span)
              .arg("kolom", std::to_string(column))
              .arg("ditemukan", error.kind == ExpressionError::Kind::ended ? "(akhir)" : "`" + error.found + "`")
              .arg("boleh", error.allowed)
              .suggest(error.suggestion));
      return;
    case ExpressionError::Kind::number:
      sink.report(make_diagnostic(Code::J1431, span)
                      .arg("kolom", std::to_string(column))
                      .arg("ditemukan", "`" + error.found + "`")
                      .arg("boleh", "123 12.5"));
      return;
    case ExpressionError::Kind::function: {
      std::string known;
      for (const FunctionForm& form : function_forms()) known += (known.empty() ? "" : ", ") + std::string(form.name);
      sink.report(make_diagnostic(Code::J1411, span)
                      .arg("apa", "fungsi")
                      .arg("nama", error.found)
                      .arg("daftar", known)
                      .suggest(error.suggestion));
      return;
    }
    case ExpressionError::Kind::arguments:
      sink.report(make_diagnostic(Code::J1434, span)
                      .arg("nama", error.found)
                      .arg("jumlah", std::to_string(error.count))
                      .arg("bentuk", error.allowed));
      return;
    case ExpressionError::Kind::length:
    case ExpressionError::Kind::depth: {
      const bool length = error.kind == ExpressionError::Kind::length;
      sink.report(make_diagnostic(Code::J1439, span)
                      .arg("apa", length ? "bita" : "tingkat")
                      .arg("nilai", std::to_string(error.count))
                      .arg("batas", std::to_string(length ? kExpressionMaxLength : kExpressionMaxDepth)));
      return;
    }
  }
}

}  // namespace

const FormulaName* FormulaScope::find(std::string_view code) const {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const FormulaName& name) { return name.code == code; });
  return found == names.end() ? nullptr : &*found;
}

ExpressionPlace::ExpressionPlace(const YamlNode& scalar) : span_(scalar.span) {
  if (scalar.alias_span.valid()) {
    span_ = scalar.alias_span;
    return;
  }
  // Behind an opening quote the text runs letter by letter unless something is escaped in it.
  const std::uint32_t quotes = scalar.quoted ? 2 : 0;
  const bool one_line = scalar.text.find('\n') == std::string::npos;
  if (one_line && span_.length == scalar.text.size() + quotes) shift_ = quotes / 2;
}

SourceSpan ExpressionPlace::part(std::size_t offset, std::size_t length) const {
  if (!shift_ || offset + *shift_ > span_.length) return span_;
  SourceSpan span = span_;
  span.column += static_cast<std::uint32_t>(offset) + *shift_;
  span.length = static_cast<std::uint32_t>(std::max<std::size_t>(length, 1));
  return span;
}

std::string_view kind_name(FormulaType type) {
  constexpr std::array<std::string_view, 4> kNames{"angka", "label", "ya-tidak", "bukti"};
  return kNames[static_cast<std::size_t>(type)];
}

bool require_kind(const FormulaKind& kind, FormulaType wanted, std::string_view text, std::string_view place,
                  SourceSpan span, DiagnosticSink& sink) {
  if (kind.type == wanted) return true;
  sink.report(make_diagnostic(Code::J1433, span)
                  .arg("tulisan", "`" + std::string(text) + "`")
                  .arg("ditemukan", kind_name(kind.type))
                  .arg("tempat", place)
                  .arg("diminta", kind_name(wanted)));
  return false;
}

std::vector<std::string> scale_labels(const Scale& scale) {
  std::vector<std::string> labels = texts_of(scale.bands, &Band::label);
  for (const GradePoint& grade : scale.grades) labels.push_back(grade.label);
  labels.insert(labels.end(), scale.ungraded.begin(), scale.ungraded.end());
  return labels;
}

void add_labels(std::vector<std::string>& into, const std::vector<std::string>& more) {
  for (const std::string& label : more) {
    if (std::find(into.begin(), into.end(), label) == into.end()) into.push_back(label);
  }
}

std::shared_ptr<const Expression> check_expression(const YamlNode& scalar, const FormulaScope& scope, FormulaKind& kind,
                                                   DiagnosticSink& sink) {
  const ExpressionPlace place(scalar);
  auto parsed = parse_expression(scalar.text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    report_error(*error, place, scalar.text, sink);
    return nullptr;
  }
  auto expression = std::make_shared<const Expression>(std::get<Expression>(std::move(parsed)));
  const auto found = Checker(*expression, place, scope, sink).run();
  if (!found) return nullptr;
  kind = *found;
  return expression;
}

}  // namespace jenjang
