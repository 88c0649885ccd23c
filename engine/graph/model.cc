#include "jenjang/graph/model.h"

#include <algorithm>
#include <tuple>

#include "jenjang/base/rational.h"

namespace jenjang {
namespace {

template <class T>
std::span<const T> row(const std::vector<std::uint32_t>& begin, const std::vector<T>& values, NodeId node) {
  // A model may have no statements (baselines) at all, and then no row table.
  if (node.index() + 1 >= begin.size()) return {};
  const std::size_t first = begin[node.index()];
  return std::span(values).subspan(first, begin[node.index() + 1] - first);
}

struct ByPosition {
  bool operator()(const Holding& holding, UnitId position) const { return holding.position < position; }
  bool operator()(UnitId position, const Holding& holding) const { return position < holding.position; }
};

// splitmix64 finaliser: consecutive numbers land far apart.
std::size_t mix(ItemId code, UnitId unit) {
  std::uint64_t x = std::uint64_t{code.value()} << 32 | unit.value();
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

}  // namespace

std::span<const Statement> Model::statements_of(NodeId node) const {
  return row(statement_begin, statements, node);
}
std::span<const Baseline> Model::baselines_of(NodeId node) const {
  return row(baseline_begin, baselines, node);
}
std::span<const Bound> Model::bounds_of(NodeId node) const {
  return row(bound_begin, bounds, node);
}
std::span<const Holding> Model::holdings_of(UnitId position) const {
  const auto [first, last] = std::equal_range(holdings.begin(), holdings.end(), position, ByPosition{});
  return {first, last};
}

std::span<const Overlap> Model::overlaps_of(NodeId node) const {
  if (overlaps.empty()) return {};
  struct ByParent {
    bool operator()(const Overlap& overlap, NodeId parent) const { return overlap.parent < parent; }
    bool operator()(NodeId parent, const Overlap& overlap) const { return parent < overlap.parent; }
  };
  const auto [first, last] = std::equal_range(overlaps.begin(), overlaps.end(), node, ByParent{});
  return {first, last};
}

std::span<const DatedTie> Model::dates_of(std::size_t formula_edge) const {
  if (dated_ties.empty()) return {};
  struct ByEdge {
    bool operator()(const DatedTie& tie, std::size_t edge) const { return tie.edge < edge; }
    bool operator()(std::size_t edge, const DatedTie& tie) const { return edge < tie.edge; }
  };
  const auto [first, last] = std::equal_range(dated_ties.begin(), dated_ties.end(), formula_edge, ByEdge{});
  return {first, last};
}

std::optional<Decimal> Model::overlap_weight(const Overlap& overlap, Period period) const {
  if (dated_ties.empty()) return overlap.weight;
  Rational weight(overlap.weight);
  for (std::size_t i = 0; i < overlap.edges.size(); ++i) {
    const std::uint32_t edge = overlap.edges[i];
    const std::optional<Decimal> held = weight_in(edge, period);
    if (!held) return std::nullopt;
    const Decimal& plain = formula_edges[edge].weight;
    if (i < overlap.copied_edges && !plain.is_zero()) weight = weight * Rational(*held) / Rational(plain);
  }
  return weight.to_decimal();
}

std::optional<Decimal> Model::weight_in(std::size_t formula_edge, Period period) const {
  const auto spans = dates_of(formula_edge);
  if (spans.empty()) return formula_edges[formula_edge].weight;
  const Period first(period.year(), Granularity::month, period.first_month());
  const Period last(period.year(), Granularity::month, period.last_month());
  for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
    if (span->from <= last && (span->at_end ? last : first) <= span->until) return span->weight;
  }
  return std::nullopt;
}

bool Model::is_replaced(DocumentId document, int year) const {
  const auto it = replaced_by_.find(document.value());
  if (it == replaced_by_.end()) return false;
  return std::any_of(it->second.begin(), it->second.end(), [&](DocumentId id) {
    const Document& other = documents[id.index()];
    // ISO days start with the year, so texts of four digits compare as numbers do.
    return other.state == StatementState::adopted && other.years.contains(year) &&
           (other.valid_from.empty() || other.valid_from.substr(0, 4) <= std::to_string(year));
  });
}

bool Model::takes_precedence(DocumentId a, DocumentId b) const {
  const Document& first = documents[a.index()];
  const Document& second = documents[b.index()];
  // DocumentKind is declared in order of precedence; ISO days compare as texts, an unstated one is the earliest.
  if (first.kind != second.kind) return first.kind < second.kind;
  if (first.valid_from != second.valid_from) return first.valid_from > second.valid_from;
  return a < b;
}

// The rule is written at the declaration in model.h.
const Statement* Model::statement_in_force(NodeId node, Period period) const {
  const Statement* best = nullptr;
  for (const Statement& statement : statements_of(node)) {
    if (statement.period != period || statement.state != StatementState::adopted) continue;
    if (documents[statement.document.index()].state != StatementState::adopted) continue;
    if (is_replaced(statement.document, period.year())) continue;
    if (best == nullptr || takes_precedence(statement.document, best->document)) best = &statement;
  }
  return best;
}

const Baseline* Model::baseline_before(NodeId node, Period period) const {
  const auto is_better = [&](const Baseline& a, const Baseline& b) {
    // Later year, then coarser, then later within the year, then not replaced.
    const auto rank = [&](const Baseline& x) {
      return std::tuple(x.period.year(), -static_cast<int>(x.period.granularity()), x.period.index(),
                        !is_replaced(x.document, period.year()));
    };
    const auto left = rank(a);
    const auto right = rank(b);
    return left != right ? left > right : takes_precedence(a.document, b.document);
  };
  const Baseline* best = nullptr;
  for (const Baseline& baseline : baselines_of(node)) {
    if (baseline.period.year() > period.year()) continue;
    if (best == nullptr || is_better(baseline, *best)) best = &baseline;
  }
  return best;
}

std::string Model::address(NodeId node) const {
  return item(node).code + "@" + unit(node).path;
}
std::string Model::address(NodeId node, Period period) const {
  return address(node) + ":" + period.to_string();
}

void Model::build_index() {
  first_item_of_code_.clear();
  code_of_item_.clear();
  code_of_item_.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    code_of_item_.push_back(first_item_of_code_.emplace(items[i].code, ItemId::from_index(i)).first->second);
  }

  std::size_t slots = 2;
  while (slots < 2 * node_count()) slots *= 2;
  node_slots_.assign(slots, NodeId());
  for (std::size_t n = 0; n < node_count(); ++n) {
    std::size_t slot = mix(code_of_item_[node_item[n].index()], node_unit[n]) & (slots - 1);
    while (node_slots_[slot].valid()) slot = (slot + 1) & (slots - 1);
    node_slots_[slot] = NodeId::from_index(n);
  }

  replaced_by_.clear();
  std::unordered_map<std::string_view, std::vector<DocumentId>> by_replaced_code;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    // A document that names itself replaces nothing.
    if (documents[d].replaces.empty() || documents[d].replaces == documents[d].code) continue;
    by_replaced_code[documents[d].replaces].push_back(DocumentId::from_index(d));
  }
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const auto it = by_replaced_code.find(documents[d].code);
    if (it != by_replaced_code.end()) replaced_by_.emplace(DocumentId::from_index(d).value(), it->second);
  }
}

std::optional<NodeId> Model::find(std::string_view code, std::string_view unit_path) const {
  const std::optional<ItemId> first = find_item(code);
  const std::optional<UnitId> at = units.find(unit_path);
  if (!first || !at || node_slots_.empty()) return std::nullopt;
  const std::size_t mask = node_slots_.size() - 1;
  for (std::size_t slot = mix(*first, *at) & mask; node_slots_[slot].valid(); slot = (slot + 1) & mask) {
    const NodeId node = node_slots_[slot];
    if (node_unit[node.index()] == *at && code_of_item_[node_item[node.index()].index()] == *first) return node;
  }
  return std::nullopt;
}

std::optional<NodeId> Model::find(ItemId item, UnitId unit) const {
  if (node_slots_.empty() || item.index() >= code_of_item_.size()) return std::nullopt;
  const std::size_t mask = node_slots_.size() - 1;
  // Nodes are placed by code, so every item of that code and unit lies on this run of slots.
  for (std::size_t slot = mix(code_of_item_[item.index()], unit) & mask; node_slots_[slot].valid();
       slot = (slot + 1) & mask) {
    const NodeId node = node_slots_[slot];
    if (node_unit[node.index()] == unit && node_item[node.index()] == item) return node;
  }
  return std::nullopt;
}

std::optional<ItemId> Model::find_item(std::string_view code) const {
  const auto it = first_item_of_code_.find(code);
  return it == first_item_of_code_.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace jenjang
