#include "engine/plan/bind/bind_context.h"

#include <algorithm>
#include <utility>

#include "engine/base/large_pages.h"

namespace jenjang {
namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{a} << 32 | b;
}

std::string entry_key(DocumentId document, std::string_view code) {
  return std::to_string(document.value()) + "#" + std::string(code);
}

}  // namespace

std::optional<std::uint32_t> BindContext::code_number(std::string_view code) const {
  const auto number = code_numbers_.find(code);
  return number == code_numbers_.end() ? std::nullopt : std::optional(number->second);
}

const BindContext::KindOrder& BindContext::kind_order() const {
  if (kind_order_) return *kind_order_;
  KindOrder& order = kind_order_.emplace();
  const std::size_t count = model.units.size();
  order.place.assign(count, 0);
  order.end.assign(count, 0);
  std::uint32_t step = 0;
  std::vector<std::pair<UnitId, std::size_t>> way;  // a unit and how many of its children are done
  for (std::size_t root = 0; root < count; ++root) {
    if (model.units[UnitId::from_index(root)].parent.valid()) continue;
    way.emplace_back(UnitId::from_index(root), 0);
    while (!way.empty()) {
      auto& [unit, done] = way.back();
      if (done == 0) {
        order.place[unit.index()] = step++;
        const std::string& kind = model.units[unit].kind;
        const auto known = order.kinds.find(kind);
        (known != order.kinds.end() ? known->second : order.kinds[kind]).push_back(unit);
      }
      if (done < unit_children[unit.index()].size()) {
        way.emplace_back(unit_children[unit.index()][done++], 0);
        continue;
      }
      order.end[unit.index()] = step;
      way.pop_back();
    }
  }
  return order;
}

VertexId BindContext::cascade_parent(VertexId child) const {
  return child.index() < cascade_parent_.size() ? cascade_parent_[child.index()] : VertexId();
}

void BindContext::note_cascade_parent(VertexId child, VertexId parent) {
  if (child.index() >= cascade_parent_.size()) cascade_parent_.resize(nodes.size());
  VertexId& noted = cascade_parent_[child.index()];
  if (!noted.valid()) noted = parent;
}

void BindContext::expect(std::size_t nodes_to_come) {
  reserve_large(nodes, nodes_to_come);
  reserve_large(formulas, nodes_to_come);
  reserve_large(children_, nodes_to_come);
  reserve_large(first_parent_, nodes_to_come);
  measure_at_.reserve(nodes_to_come);
}

ItemId BindContext::add_item(Item item, const MeasureEntry* declared_by) {
  code_of_item_.push_back(
      code_numbers_.emplace(item.code, static_cast<std::uint32_t>(code_numbers_.size())).first->second);
  model.items.push_back(std::move(item));
  declaration.push_back(declared_by);
  return ItemId::from_index(model.items.size() - 1);
}

VertexId BindContext::add_node(ItemId item, UnitId unit, SourceSpan span) {
  const auto vertex = VertexId::from_index(nodes.size());
  make_room(nodes);
  nodes.push_back({item, unit, span});
  make_room(children_);
  children_.emplace_back();
  make_room(first_parent_);
  first_parent_.emplace_back();
  const Item& declared = model.items[item.index()];
  const std::uint32_t number = code_of_item_[item.index()];
  if (declared.is_measure()) {
    measure_at_.insert(number, unit.value(), vertex.value());
  } else {
    goals_at_[pair_key(number, unit.value())].push_back(vertex);
  }
  return vertex;
}

std::optional<VertexId> BindContext::find_measure(std::string_view code, UnitId unit) const {
  const auto number = code_number(code);
  if (!number || !unit.valid()) return std::nullopt;
  const std::uint32_t* const found = measure_at_.find(*number, unit.value());
  return found == nullptr ? std::nullopt : std::optional(VertexId(*found));
}

std::optional<VertexId> BindContext::find_measure(ItemId item, UnitId unit) const {
  const std::uint32_t* const found = measure_at_.find(code_of_item_[item.index()], unit.value());
  return found == nullptr ? std::nullopt : std::optional(VertexId(*found));
}

std::vector<VertexId> BindContext::find_goals(std::string_view code, UnitId unit) const {
  const auto number = code_number(code);
  if (!number || !unit.valid()) return {};
  const auto found = goals_at_.find(pair_key(*number, unit.value()));
  return found == goals_at_.end() ? std::vector<VertexId>() : found->second;
}

void BindContext::index_goal(std::size_t entry) {
  entries_[entry_key(goals[entry].document, goals[entry].goal->code.value)].goals.push_back(entry);
}

void BindContext::index_measure(std::size_t entry) {
  entries_[entry_key(measures[entry].document, measures[entry].indicator->code.value)].measures.push_back(entry);
}

const BindContext::EntryRows& BindContext::entries_of(DocumentId document, std::string_view code) const {
  static const EntryRows kNone;
  const auto found = entries_.find(entry_key(document, code));
  return found == entries_.end() ? kNone : found->second;
}

bool BindContext::add_formula(VertexId parent, VertexId child, const FormulaEdge& edge,
                              const std::vector<PlanYearWeight>* years, SourceSpan weight_span) {
  const auto role = static_cast<std::size_t>(edge.role);
  if (!formula_pairs_[role].insert(parent.value(), child.value())) return false;
  make_room(formulas);
  formulas.push_back({parent, child, edge, {}, weight_span});
  if (years != nullptr) formulas.back().years = *years;
  tie(parent, child);
  return true;
}

void BindContext::move_formula(std::size_t formula, VertexId parent) {
  const DraftFormula moved = formulas[formula];
  untie(moved);
  formula_pairs_[static_cast<std::size_t>(moved.edge.role)].insert(parent.value(), moved.child.value());
  formulas[formula].parent = parent;
  tie(parent, moved.child);
}

void BindContext::remove_formula(std::size_t formula) {
  untie(formulas[formula]);
  formulas.erase(formulas.begin() + static_cast<std::ptrdiff_t>(formula));
}

void BindContext::tie(VertexId parent, VertexId child) {
  children_[parent.index()].push_back(child);
  VertexId& first = first_parent_[child.index()];
  if (!first.valid()) {
    first = parent;
  } else {
    more_parents_[child.value()].push_back(parent);
  }
}

void BindContext::untie(const DraftFormula& tie) {
  formula_pairs_[static_cast<std::size_t>(tie.edge.role)].erase(tie.parent.value(), tie.child.value());
  std::erase(children_[tie.parent.index()], tie.child);
  VertexId& first = first_parent_[tie.child.index()];
  const auto more = more_parents_.find(tie.child.value());
  if (more != more_parents_.end()) std::erase(more->second, tie.parent);
  if (first != tie.parent) return;
  first = VertexId();
  if (more == more_parents_.end() || more->second.empty()) return;
  first = more->second.front();
  more->second.erase(more->second.begin());
}

bool BindContext::add_support(VertexId parent, VertexId child, SourceSpan span) {
  if (!support_pairs_.insert(parent.value(), child.value())) return false;
  supports.push_back({parent, child, span});
  return true;
}

bool BindContext::add_crosscut(VertexId parent, VertexId child, const CrosscutEdge& edge) {
  if (!crosscut_pairs_.insert(parent.value(), child.value())) return false;
  crosscuts.push_back({parent, child, edge});
  return true;
}

bool BindContext::has_formula(VertexId parent, VertexId child) const {
  return std::any_of(std::begin(formula_pairs_), std::end(formula_pairs_),
                     [&](const ParentTable& pairs) { return pairs.contains(parent.value(), child.value()); });
}

const std::vector<VertexId>& BindContext::formula_children(VertexId vertex) const {
  return children_[vertex.index()];
}

bool BindContext::is_operand_of(VertexId child, VertexId ancestor) const {
  std::vector<VertexId> open{child};
  std::unordered_set<std::uint32_t> seen;
  while (!open.empty()) {
    const VertexId at = open.back();
    open.pop_back();
    const auto look = [&](VertexId parent) {
      if (parent.valid() && seen.insert(parent.value()).second) open.push_back(parent);
      return parent == ancestor;
    };
    if (look(first_parent_[at.index()])) return true;
    const auto more = more_parents_.find(at.value());
    if (more != more_parents_.end() && std::any_of(more->second.begin(), more->second.end(), look)) return true;
  }
  return false;
}

std::string BindContext::address(VertexId vertex) const {
  return item_of(vertex).code + "@" + unit_of(vertex).path;
}

bool BindContext::replaces(DocumentId a, DocumentId b) const {
  const auto leads_to = [&](DocumentId from, DocumentId to) {
    std::string code = document(from).replaces;
    // A chain longer than the list of documents runs in a circle.
    for (std::size_t step = 0; step < model.documents.size() && !code.empty(); ++step) {
      if (code == document(to).code) return true;
      std::string next;
      for (const Document& other : model.documents) {
        if (other.code == code) next = other.replaces;
      }
      code = next;
    }
    return false;
  };
  return leads_to(a, b) || leads_to(b, a);
}

}  // namespace jenjang
