#include "engine/plan/bind/bind_context.h"

#include <utility>

namespace jenjang {
namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{a} << 32 | b;
}

std::string entry_key(DocumentId document, std::string_view code) {
  return std::to_string(document.value()) + "#" + std::string(code);
}

}  // namespace

// splitmix64 finaliser: consecutive numbers land far apart.
std::size_t BindContext::PairHash::operator()(std::uint64_t x) const noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

std::optional<BindContext::CodeUnit> BindContext::key(std::string_view code, UnitId unit) const {
  const auto number = code_numbers_.find(std::string(code));
  if (number == code_numbers_.end() || !unit.valid()) return std::nullopt;
  return pair_key(number->second, unit.value());
}

ItemId BindContext::add_item(Item item, const MeasureEntry* declared_by) {
  model.items.push_back(std::move(item));
  declaration.push_back(declared_by);
  return ItemId::from_index(model.items.size() - 1);
}

VertexId BindContext::add_node(ItemId item, UnitId unit, SourceSpan span) {
  const auto vertex = VertexId::from_index(nodes.size());
  nodes.push_back({item, unit, span});
  children_.emplace_back();
  parents_.emplace_back();
  const Item& declared = model.items[item.index()];
  const auto number = code_numbers_.emplace(declared.code, static_cast<std::uint32_t>(code_numbers_.size())).first;
  const CodeUnit place = pair_key(number->second, unit.value());
  if (declared.is_measure()) {
    measure_at_.emplace(place, vertex);
  } else {
    goals_at_[place].push_back(vertex);
  }
  return vertex;
}

std::optional<VertexId> BindContext::find_measure(std::string_view code, UnitId unit) const {
  const auto place = key(code, unit);
  if (!place) return std::nullopt;
  const auto found = measure_at_.find(*place);
  return found == measure_at_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<VertexId> BindContext::find_goals(std::string_view code, UnitId unit) const {
  const auto place = key(code, unit);
  if (!place) return {};
  const auto found = goals_at_.find(*place);
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
  if (!formula_pairs_[role].insert(pair_key(parent.value(), child.value())).second) return false;
  formulas.push_back({parent, child, edge});
  if (years != nullptr) formulas.back().years = *years;
  formulas.back().weight_span = weight_span;
  children_[parent.index()].push_back(child);
  parents_[child.index()].push_back(parent);
  return true;
}

void BindContext::move_formula(std::size_t formula, VertexId parent) {
  const DraftFormula moved = formulas[formula];
  untie(moved);
  formula_pairs_[static_cast<std::size_t>(moved.edge.role)].insert(pair_key(parent.value(), moved.child.value()));
  formulas[formula].parent = parent;
  children_[parent.index()].push_back(moved.child);
  parents_[moved.child.index()].push_back(parent);
}

void BindContext::remove_formula(std::size_t formula) {
  untie(formulas[formula]);
  formulas.erase(formulas.begin() + static_cast<std::ptrdiff_t>(formula));
}

void BindContext::untie(const DraftFormula& tie) {
  formula_pairs_[static_cast<std::size_t>(tie.edge.role)].erase(pair_key(tie.parent.value(), tie.child.value()));
  std::erase(children_[tie.parent.index()], tie.child);
  std::erase(parents_[tie.child.index()], tie.parent);
}

bool BindContext::add_support(VertexId parent, VertexId child, SourceSpan span) {
  if (!support_pairs_.insert(pair_key(parent.value(), child.value())).second) return false;
  supports.push_back({parent, child, span});
  return true;
}

bool BindContext::add_crosscut(VertexId parent, VertexId child, const CrosscutEdge& edge) {
  if (!crosscut_pairs_.insert(pair_key(parent.value(), child.value())).second) return false;
  crosscuts.push_back({parent, child, edge});
  return true;
}

bool BindContext::has_formula(VertexId parent, VertexId child) const {
  for (const PairSet& pairs : formula_pairs_) {
    if (pairs.count(pair_key(parent.value(), child.value())) > 0) return true;
  }
  return false;
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
    for (const VertexId parent : parents_[at.index()]) {
      if (parent == ancestor) return true;
      if (seen.insert(parent.value()).second) open.push_back(parent);
    }
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
