#include "engine/assess/reach_linear.h"

#include <algorithm>

namespace jenjang {
namespace {

constexpr std::string_view kByShareOfCriteria = "syarat-kriteria";

class LinearReader {
public:
  LinearReader(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode, const SheetAnswers& answers,
               SourceSpan use, DiagnosticSink& sink)
      : pack_(pack), tmpl_(tmpl), mode_(mode), answers_(answers), use_(use), sink_(sink), children_(tmpl.nodes.size()) {
    for (std::size_t i = 1; i < tmpl.nodes.size(); ++i) children_[tmpl.nodes[i].parent].push_back(i);
  }

  std::optional<LinearForm> read() {
    if (tmpl_.nodes.empty()) return refuse(tmpl_.id, "templat kosong");
    if (!tmpl_.controls.empty()) return refuse(tmpl_.nodes[tmpl_.controls.front().dependent].code, "kontrol");
    visit(0, Rational(1));
    if (!good_) return std::nullopt;
    return std::move(form_);
  }

private:
  std::nullopt_t refuse(std::string_view code, std::string_view cause) {
    sink_.report(make_diagnostic(Code::J3125, use_).arg("kode", code).arg("sebab", cause));
    good_ = false;
    return std::nullopt;
  }

  // False for answers that mean "not assessed", and for parents that hold nothing else.
  [[nodiscard]] bool counts(std::size_t index) const {
    if (!children_[index].empty()) {
      return std::ranges::any_of(children_[index], [&](std::size_t child) { return counts(child); });
    }
    const Scale* scale = answer_scale_of(pack_, mode_, tmpl_.nodes[index]);
    const auto answer = answers_.find(tmpl_.nodes[index].code);
    return scale == nullptr || answer == answers_.end() ||
           std::ranges::find(scale->ungraded, answer->second) == scale->ungraded.end();
  }

  void visit(std::size_t index, const Rational& per_point) {
    const TemplateNode& node = tmpl_.nodes[index];
    if (!good_ || !counts(index)) return;
    if (children_[index].empty()) {
      add_leaf(index, per_point);
      return;
    }
    if (node.rounding && node.rounding->mode != RoundingMode::exact) {
      refuse(node.code, "pembulatan_antara");
      return;
    }
    const Rational inside = per_point * Rational(node.factor);
    const bool by_share = mode_ != nullptr && mode_->rule == kByShareOfCriteria;
    if (const ShareTable* table = by_share ? tmpl_.share_table_for(node.code) : nullptr) {
      add_table(index, *table, inside);
      return;
    }
    if (node.aggregation != Aggregation::sum && node.aggregation != Aggregation::weighted_mean) {
      refuse(node.code, to_string(node.aggregation));
      return;
    }
    Rational weights;
    for (const std::size_t child : children_[index]) {
      if (counts(child)) weights += Rational(tmpl_.nodes[child].weight);
    }
    if (node.aggregation == Aggregation::weighted_mean && weights.is_zero()) {
      refuse(node.code, "bobot = 0");
      return;
    }
    for (const std::size_t child : children_[index]) {
      Rational share = inside * Rational(tmpl_.nodes[child].weight);
      if (node.aggregation == Aggregation::weighted_mean) share /= weights;
      if (share.sign() < 0) refuse(tmpl_.nodes[child].code, "bobot < 0");
      visit(child, share);
    }
  }

  void add_leaf(std::size_t index, const Rational& per_point) {
    const Scale* scale = answer_scale_of(pack_, mode_, tmpl_.nodes[index]);
    if (scale == nullptr || scale->grades.empty()) {
      refuse(tmpl_.nodes[index].code, "angka");
      return;
    }
    form_.leaves.push_back({index, scale, per_point});
  }

  void add_table(std::size_t index, const ShareTable& table, const Rational& per_point) {
    LinearTable made;
    made.node = index;
    made.table = &table;
    made.per_point = per_point;
    for (const std::size_t child : children_[index]) {
      if (!counts(child)) continue;
      if (!children_[child].empty()) {
        refuse(tmpl_.nodes[child].code, to_string(Aggregation::table));
        return;
      }
      made.leaves.push_back(form_.leaves.size());
      add_leaf(child, Rational());
    }
    for (const ShareRow& row : table.rows) {
      for (const std::string& key : row.judgements) {
        if (std::ranges::find(made.judgements, key) == made.judgements.end()) made.judgements.push_back(key);
      }
    }
    form_.tables.push_back(std::move(made));
  }

  const Pack& pack_;
  const PackTemplate& tmpl_;
  const ScoringMode* mode_;
  const SheetAnswers& answers_;
  SourceSpan use_;
  DiagnosticSink& sink_;
  std::vector<std::vector<std::size_t>> children_;
  LinearForm form_;
  bool good_ = true;
};

}  // namespace

const Scale* answer_scale_of(const Pack& pack, const ScoringMode* mode, const TemplateNode& node) {
  if (node.own_scale) return pack.scale(node.scale);
  if (mode != nullptr && !mode->answers.empty()) return pack.scale(mode->answers);
  const Scale* scale = node.scale.empty() ? nullptr : pack.scale(node.scale);
  return scale != nullptr && scale->kind == Scale::Kind::grades ? scale : nullptr;
}

Rational grade_value(const Scale& scale, std::size_t grade) {
  return Rational(scale.grades[grade].points.value_or(Decimal(scale.rank(grade))));
}

bool grade_is_met(const Scale& scale, std::size_t grade) {
  if (!scale.grades.front().points) return 2 * grade < scale.grades.size();
  return grade_value(scale, grade).sign() > 0;
}

std::optional<LinearForm> linear_form(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                      const SheetAnswers& answers, SourceSpan use, DiagnosticSink& sink) {
  return LinearReader(pack, tmpl, mode, answers, use, sink).read();
}

}  // namespace jenjang
