#include "jenjang/assess/follow_up.h"

#include <algorithm>
#include <set>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

void check_criterion(const Recommendation& one, UnitId unit, const ParsedPlan& plan, const Model& model,
                     const PackLibrary& packs, DiagnosticSink& sink) {
  if (one.criterion.empty()) return;
  std::vector<std::string> known;
  for (const WorksheetDeclaration& sheet : plan.worksheets) {
    if (model.units.find(sheet.unit) != unit) continue;
    const PackTemplate* tmpl = packs.find_template(sheet.pack_template);
    if (tmpl == nullptr) continue;
    for (const TemplateNode& node : tmpl->nodes) known.push_back(node.code);
  }
  // Without a worksheet there is nothing to hold the code against.
  if (known.empty() || std::ranges::find(known, one.criterion) != known.end()) return;
  sink.report(make_diagnostic(Code::J3141, one.criterion_span)
                  .arg("kode", one.code)
                  .arg("kriteria", one.criterion)
                  .arg("unit", one.unit)
                  .suggest(nearest(one.criterion, known).value_or("")));
}

}  // namespace

void check_follow_up(const ParsedPlan& plan, const Model& model, const PackLibrary& packs, DiagnosticSink& sink) {
  for (const Recommendation& one : plan.recommendations) {
    const std::optional<UnitId> unit = model.units.find(one.unit);
    if (!unit) {
      sink.report(make_diagnostic(Code::J1505, one.unit_span)
                      .arg("unit", one.unit)
                      .suggest(nearest(one.unit, model.units.paths()).value_or("")));
      continue;
    }
    check_criterion(one, *unit, plan, model, packs, sink);
  }
  if (plan.cards.empty()) return;
  std::set<std::string> codes;
  for (const Item& item : model.items) {
    if (item.kind == ItemKind::indicator) codes.insert(item.code);
  }
  const std::vector<std::string> known(codes.begin(), codes.end());
  for (const PracticeCard& card : plan.cards) {
    for (const CreditedChange& change : card.changes) {
      if (codes.contains(change.code)) continue;
      const std::optional<std::string> near = nearest(change.code, known);
      if (!near) continue;
      sink.report(
          make_diagnostic(Code::J3142, change.span).arg("kartu", card.code).arg("kode", change.code).suggest(*near));
    }
  }
}

std::vector<Recommendation> recommendations_of(const ParsedPlan& plan, const Model& model, UnitId unit) {
  std::vector<Recommendation> found;
  for (const Recommendation& one : plan.recommendations) {
    if (model.units.find(one.unit) == unit) found.push_back(one);
  }
  return found;
}

}  // namespace jenjang
