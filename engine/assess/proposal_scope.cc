#include "engine/assess/proposal_scope.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jenjang::assess {
namespace {

constexpr std::string_view kCeiling = "PAGU-";

bool is_ceiling(const Item& item) {
  return item.code.starts_with(kCeiling);
}

// As a reader of the plan meets them, not by level of the graph.
void sort_by_place(const Model& model, std::vector<NodeId>& nodes) {
  std::stable_sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) {
    const SourceSpan& x = model.node_span[a.index()];
    const SourceSpan& y = model.node_span[b.index()];
    return std::tuple(x.file, x.line, x.column, model.node_unit[a.index()]) <
           std::tuple(y.file, y.line, y.column, model.node_unit[b.index()]);
  });
}

std::vector<bool> units_inside(const Model& model, UnitId unit, Period year) {
  std::vector<bool> inside(model.units.size(), false);
  const UnitId government = model.units[unit].government;
  for (std::size_t u = 0; u < model.units.size(); ++u) {
    const UnitId id = UnitId::from_index(u);
    const OrgUnit& candidate = model.units[id];
    inside[u] = (id == unit || model.units.is_below(id, unit)) && candidate.government == government &&
                candidate.exists_in(year);
  }
  return inside;
}

bool is_targeted(const TargetTable& targets, NodeId node, int year) {
  const auto cells = targets.of(node);
  return std::any_of(cells.begin(), cells.end(), [&](const TargetCell& cell) { return cell.period.year() == year; });
}

// A document that plans for that year; a reference quotes others and plans nothing.
bool plans_for(const Model& model, DocumentId id, int year) {
  if (!id.valid()) return false;
  const Document& document = model.documents[id.index()];
  return document.kind != DocumentKind::reference && document.years.contains(year) && !model.is_replaced(id, year);
}

bool is_measure_of_year(const Model& model, const TargetTable& targets, NodeId node, int year) {
  const Item& item = model.item(node);
  if (item.kind != ItemKind::indicator || is_ceiling(item) || item.spec.polarity == Polarity::context) return false;
  return is_targeted(targets, node, year) || plans_for(model, item.document, year);
}

}  // namespace

ProposalScope::ProposalScope(const ProposalInput& given)
    : input(given), model(given.context.model), year(Period::year(given.year)) {
  inside = units_inside(model, input.unit, year);
  is_position.assign(model.units.size(), false);
  for (std::size_t u = 0; u < model.units.size(); ++u) {
    const UnitId id = UnitId::from_index(u);
    is_position[u] = model.units[id].kind == "jabatan" || !model.holdings_of(id).empty();
  }
  for (std::size_t d = 0; d < model.documents.size(); ++d) {
    const DocumentId id = DocumentId::from_index(d);
    const UnitId unit = unit_of(model.documents[d]);
    if (unit.valid() && model.documents[d].kind == DocumentKind::skp) is_position[unit.index()] = true;
    if (unit.valid() && inside[unit.index()] && plans_for(model, id, given.year)) documents.push_back(id);
  }
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (!inside[model.node_unit[n].index()]) continue;
    const Item& item = model.item(node);
    if (is_goal(item.kind)) {
      if (plans_for(model, item.document, given.year)) goals.push_back(node);
    } else if (is_ceiling(item)) {
      if (is_targeted(given.context.targets, node, given.year)) ceilings.push_back(node);
    } else if (is_measure_of_year(model, given.context.targets, node, given.year)) {
      measures.push_back(node);
    }
  }
  for (std::vector<NodeId>* nodes : {&measures, &goals, &ceilings}) sort_by_place(model, *nodes);
}

const ResultCell* ProposalScope::cell(NodeId node, Period period) const {
  const std::optional<SlotId> slot = input.context.result.grid().find(period);
  return slot ? &input.context.result.at(node, *slot) : nullptr;
}

bool ProposalScope::has_target(NodeId node) const {
  return is_targeted(input.context.targets, node, input.year);
}

bool ProposalScope::has_figure(NodeId node, Period period) const {
  const ResultCell* found = cell(node, period);
  return found != nullptr && found->state == CellState::value;
}

UnitId ProposalScope::unit_of(const Document& document) const {
  return model.units.find(document.unit).value_or(UnitId());
}

NodeId ProposalScope::goal_of_ceiling(NodeId ceiling) const {
  const std::string_view code = std::string_view(model.item(ceiling).code).substr(kCeiling.size());
  const std::optional<NodeId> goal = model.find(code, model.unit(ceiling).path);
  return goal && is_goal(model.item(*goal).kind) ? *goal : NodeId();
}

bool ProposalScope::has_performance(NodeId goal) const {
  const auto counts = [&](NodeId node) {
    const Item& item = model.item(node);
    return item.kind == ItemKind::indicator && !is_ceiling(item) && has_target(node);
  };
  const auto children = model.graph.children(goal);
  const auto supporters = model.graph.supporters(goal);
  return std::any_of(children.begin(), children.end(), counts) ||
         std::any_of(supporters.begin(), supporters.end(), counts);
}

void Tally::add(bool met, NodeId node, std::string note) {
  const Model& model = scope_.model;
  bool illustrative = model.item(node).illustrative;
  for (const TargetCell& cell : scope_.input.context.targets.of(node)) {
    illustrative = illustrative || (cell.period.year() == scope_.input.year && cell.illustrative);
  }
  if (const ResultCell* cell = scope_.cell(node, scope_.year))
    illustrative = illustrative || (cell->flags & kIllustrative) != 0;
  // Where the target of the year stands; a measure may have been declared in a plan long ended.
  const Statement* stated = model.statement_in_force(node, scope_.year);
  const SourceSpan place = stated != nullptr && stated->span.valid() ? stated->span : model.node_span[node.index()];
  add(met, Proof{model.address(node), std::move(note), place}, illustrative);
}

void Tally::add(bool met, Proof proof, bool illustrative) {
  ++of_;
  if (met) ++met_;
  illustrative_ = illustrative_ || illustrative;
  (met ? supporting_ : against_).push_back(std::move(proof));
}

std::string Tally::counted(std::string_view what) const {
  return std::to_string(met_) + " dari " + std::to_string(of_) + " " + std::string(what);
}

Proposal Tally::finish(std::string reason) {
  Proposal made;
  made.met = met_;
  made.of = of_;
  if (of_ > 0) made.answer = met_ == of_ ? ProposedAnswer::yes : ProposedAnswer::no;
  made.reason = std::move(reason);
  made.supporting = std::move(supporting_);
  made.against = std::move(against_);
  made.illustrative = illustrative_;
  return made;
}

}  // namespace jenjang::assess

namespace jenjang {

std::vector<NodeId> assessed_measures(const ExplainContext& context, UnitId unit, int year) {
  const Model& model = context.model;
  const std::vector<bool> inside = assess::units_inside(model, unit, Period::year(year));
  std::vector<NodeId> found;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (inside[model.node_unit[n].index()] && assess::is_measure_of_year(model, context.targets, node, year))
      found.push_back(node);
  }
  return found;
}

}  // namespace jenjang
