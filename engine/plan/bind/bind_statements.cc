// Targets, holds, limits and baselines: what each document says about each measure.
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "jenjang/measure/reading.h"

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/figures.h"

namespace jenjang {
namespace {

std::string scale_labels(const Scale& scale) {
  std::string labels;
  for (const GradePoint& grade : scale.grades) labels += (labels.empty() ? "" : ", ") + grade.label;
  return labels;
}

class StatementBinder {
public:
  explicit StatementBinder(BindContext& bind) : bind_(bind) {}

  // `path` says how the years before the figure are filled.
  void add_target(const Saying& saying, const PlanFigure& figure, const std::optional<PlanPath>& path) {
    const auto statement = read(saying, figure, saying.labels);
    if (!statement) return;
    Statement made = *statement;
    if (path) {
      made.path = path->shape;
      made.path_shares = path->shares;
    }
    if (under_cascade(saying.node) && made.state == StatementState::adopted) {
      made.hold = true;
      if (needs_reason(saying)) report_no_reason(saying, made.period, figure.text.span);
    }
    keep(saying.node, std::move(made));
  }

  void add_hold(const Saying& saying, const PlanHold& hold) {
    if (!hold.value) {
      bind_bound(bind_, saying, hold);
      return;
    }
    const auto statement = read(saying, {hold.when, *hold.value}, hold.labels.with(saying.labels));
    if (!statement) return;
    Statement made = *statement;
    made.grounds = hold.grounds;
    if (!under_cascade(saying.node)) {
      bind_.sink.report(make_diagnostic(Code::J1519, hold.when.span).arg("alamat", bind_.address(saying.node)));
    } else {
      made.hold = true;
      if (hold.grounds.reason.empty() && needs_reason(saying)) report_no_reason(saying, made.period, hold.span);
    }
    keep(saying.node, std::move(made));
  }

  void add_baseline(const Saying& saying, const PlanFigure& figure) {
    const auto period = period_of(bind_, saying.document, figure, figure.text.span);
    if (!period) return;
    const Item& item = bind_.item_of(saying.node);
    std::optional<Decimal> value = Decimal::parse(figure.text.value);
    if (item.spec.grade_scale.valid()) {
      const Scale& scale = bind_.model.scale(item.spec.grade_scale);
      const auto grade = scale.find_grade(figure.text.value);
      value = grade ? std::optional(Decimal(scale.rank(*grade))) : std::nullopt;
    }
    if (!value) {
      misfit(saying.node, figure);
      return;
    }
    Baseline baseline;
    baseline.document = saying.document;
    baseline.period = *period;
    baseline.value = *value;
    baseline.illustrative = saying.labels.illustrative || item.illustrative;
    baseline.span = figure.text.span;
    bind_.baselines.push_back({saying.node, baseline});
  }

private:
  [[nodiscard]] bool under_cascade(VertexId node) const { return bind_.cascade_parent(node).valid(); }

  // Another government decides for itself; an agreement and an employee's plan repeat what was handed
  // down, and CAS-TGT-03 compares them. Every other hand-set figure below a cascade owes a reason.
  [[nodiscard]] bool needs_reason(const Saying& saying) const {
    const Document& document = bind_.document(saying.document);
    if (document.kind == DocumentKind::pk || document.kind == DocumentKind::skp) return false;
    const OrgUnit& child = bind_.unit_of(saying.node);
    const OrgUnit& parent = bind_.unit_of(bind_.cascade_parent(saying.node));
    const auto home = bind_.model.units.find(document.unit);
    const bool own_document = home && bind_.model.units[*home].government == child.government;
    return !(own_document && child.government != parent.government);
  }

  void report_no_reason(const Saying& saying, Period period, SourceSpan place) {
    bind_.sink.report(make_diagnostic(Code::J1518, place)
                          .arg("alamat", bind_.address(saying.node))
                          .arg("periode", period.to_string())
                          .related(bind_.nodes[saying.node.index()].span, "kaskadenya", "its cascade"));
  }

  void misfit(VertexId node, const PlanFigure& figure) {
    const Item& item = bind_.item_of(node);
    const ScaleId scale = item.spec.grade_scale;
    bind_.sink.report(make_diagnostic(Code::J1516, figure.text.span)
                          .arg("nilai", figure.text.value)
                          .arg("alamat", bind_.address(node))
                          .arg("harapan", scale.valid() ? scale_labels(bind_.model.scale(scale)) : "75.74"));
  }

  bool fits(VertexId node, const Target& target) const {
    const Item& item = bind_.item_of(node);
    if (!item.spec.grade_scale.valid()) return target.grade() == nullptr;
    return target.grade() != nullptr && bind_.model.scale(item.spec.grade_scale).find_grade(target.grade()->label);
  }

  std::optional<Statement> read(const Saying& saying, const PlanFigure& figure, const PlanLabels& labels) {
    const auto period = period_of(bind_, saying.document, figure, figure.text.span);
    if (!period || !check_period(bind_, saying, *period, figure.span)) return std::nullopt;
    const Item& item = bind_.item_of(saying.node);
    const auto target = read_target(figure.text.value, figure.text.span, bind_.sink);
    if (!target) return std::nullopt;
    if (!fits(saying.node, *target)) {
      misfit(saying.node, figure);
      return std::nullopt;
    }
    Statement statement;
    statement.document = saying.document;
    statement.period = *period;
    statement.target = *target;
    statement.state = standing_of(bind_, saying, period);
    statement.illustrative = labels.illustrative || item.illustrative;
    statement.span = figure.text.span;
    return statement;
  }

  // One document says one thing about one measure in one period.
  void keep(VertexId node, Statement statement) {
    const auto key = std::tuple(node.value(), statement.document.value(), statement.period);
    const auto [first, is_new] = said_.emplace(key, bind_.statements.size());
    if (is_new) {
      bind_.statements.push_back({node, std::move(statement)});
      return;
    }
    const Statement& before = bind_.statements[first->second].statement;
    if (before.target == statement.target) return;
    bind_.sink.report(make_diagnostic(Code::J1517, statement.span)
                          .arg("periode", statement.period.to_string())
                          .arg("nilai_pertama", before.target.to_string())
                          .arg("nilai_kedua", statement.target.to_string())
                          .related(before.span, "pertama di sini", "first here"));
  }

  BindContext& bind_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, Period>, std::size_t> said_;
};

}  // namespace

void bind_statements(BindContext& bind) {
  StatementBinder binder(bind);
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.vertex.valid()) continue;
    const Saying saying{entry.vertex, entry.document, entry.labels};
    for (const PlanFigure& figure : entry.indicator->targets) {
      binder.add_target(saying, figure, entry.indicator->path);
    }
    for (const PlanHold& hold : entry.indicator->holds) binder.add_hold(saying, hold);
    for (const PlanFigure& figure : entry.indicator->baselines) binder.add_baseline(saying, figure);
  }
  for (const GoalEntry& entry : bind.goals) {
    if (!entry.budget.valid()) continue;
    const Saying saying{entry.budget, entry.document, entry.labels};
    for (const PlanFigure& figure : entry.goal->budget) binder.add_target(saying, figure, std::nullopt);
  }
}

}  // namespace jenjang
