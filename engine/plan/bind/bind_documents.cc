// The document table, and every goal and indicator entry in one flat list with its unit and labels.
#include <unordered_map>
#include <utility>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

class Flattener {
public:
  Flattener(BindContext& bind, DocumentId document, UnitId base) : bind_(bind), document_(document), base_(base) {}

  void flatten(const PlanDocument& document) {
    for (const PlanGoal& goal : document.goals) add_goal(goal, SIZE_MAX, base_, document.labels);
    for (const PlanIndicator& one : document.indicators) add_measure(one, SIZE_MAX, base_, document.labels);
  }

private:
  // `around`: the unit of what stands around the entry.
  UnitId unit_of(const std::optional<LocatedText>& written, UnitId around) {
    if (!written) return around;
    return require_unit(bind_, *written, around).value_or(UnitId());
  }

  void add_goal(const PlanGoal& goal, std::size_t parent, UnitId around, const PlanLabels& outer) {
    GoalEntry entry;
    entry.goal = &goal;
    entry.document = document_;
    entry.parent = parent;
    entry.unit = unit_of(goal.unit, around);
    entry.labels = goal.labels.with(outer);
    const std::size_t index = bind_.goals.size();
    bind_.goals.push_back(entry);
    bind_.index_goal(index);
    for (const PlanIndicator& one : goal.indicators) add_measure(one, index, entry.unit, entry.labels);
    for (const PlanGoal& inner : goal.goals) add_goal(inner, index, entry.unit, entry.labels);
  }

  void add_measure(const PlanIndicator& indicator, std::size_t goal, UnitId around, const PlanLabels& outer) {
    MeasureEntry entry;
    entry.indicator = &indicator;
    entry.document = document_;
    entry.goal = goal;
    entry.unit = unit_of(indicator.unit, around);
    entry.labels = indicator.labels.with(outer);
    bind_.measures.push_back(entry);
    bind_.index_measure(bind_.measures.size() - 1);
    if (goal != SIZE_MAX) bind_.goals[goal].measures.push_back(bind_.measures.size() - 1);
  }

  BindContext& bind_;
  DocumentId document_;
  UnitId base_;
};

Document make_document(const PlanDocument& written) {
  Document document;
  document.kind = written.kind;
  document.code = written.code.value;
  document.title = written.title;
  document.unit = written.unit ? written.unit->value : std::string();
  document.years = written.years;
  document.first_plan_year = written.first_plan_year;
  document.replaces = written.replaces;
  document.valid_from = written.valid_from;
  document.state = written.state;
  document.illustrative = written.labels.illustrative;
  document.span = written.span;
  return document;
}

void check_parties(BindContext& bind, const PlanDocument& written, UnitId base) {
  for (const auto* list : {&written.first_party, &written.second_party}) {
    for (const LocatedText& party : *list) require_unit(bind, party, base);
  }
  if (written.employee && written.unit && written.employee->span != written.unit->span) {
    require_unit(bind, *written.employee, base);
  }
  for (const PlanRole& role : written.roles) require_unit(bind, role.unit, base);
}

}  // namespace

void bind_documents(BindContext& bind) {
  std::unordered_map<std::string, SourceSpan> seen;
  for (const PlanDocument& written : bind.plan.documents->documents) {
    const auto [first, is_new] = seen.emplace(written.code.value, written.code.span);
    if (!is_new) {
      bind.sink.report(make_diagnostic(Code::J1504, written.code.span)
                           .arg("apa", "dokumen")
                           .arg("kode", written.code.value)
                           .related(first->second, "pertama di sini", "first here"));
      continue;
    }
    const auto id = DocumentId::from_index(bind.model.documents.size());
    bind.model.documents.push_back(make_document(written));
    bind.document_source.push_back(&written);
    UnitId base;
    if (written.unit) base = require_unit(bind, *written.unit, UnitId()).value_or(UnitId());
    if (base.valid()) bind.model.documents.back().unit = bind.model.units[base].path;
    check_parties(bind, written, base);
    Flattener(bind, id, base).flatten(written);
  }
}

}  // namespace jenjang
