#include "engine/cascade/repair/hand_trees.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "engine/cascade/families/effective_statement.h"

namespace jenjang::cascade {
namespace {

using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

Place place_of(const SourceSpan& span) {
  return {span.file.value(), span.line, span.column};
}

bool expired(const Grounds& grounds, const RepairOptions& options) {
  return grounds.until && options.as_of && *grounds.until < *options.as_of;
}

class Finder {
public:
  Finder(const Model& model, const TargetTable& targets, const RepairOptions& options)
      : model_(model), targets_(targets), options_(options) {
    for (const Family& family : model.families) {
      for (const NodeId child : family.children) rule_of_.emplace(CellOwner{family.parent, child}, &family);
    }
    for (const CoherenceCheck& check : model.coherence) tolerance_.emplace(check.parent, Rational(check.tolerance));
    std::set<Place> once;
    for (const Statement& statement : model.statements) {
      if (statement.span.valid() && !once.insert(place_of(statement.span)).second)
        repeated_.insert(place_of(statement.span));
    }
  }

  std::map<CellKey, HandFamily> run() {
    std::map<CellKey, HandFamily> found;
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId parent = NodeId::from_index(n);
      if (!is_linear(parent)) continue;
      // Every member must be stated, so the first one's periods are all that can qualify.
      read_periods(parent, model_.graph.children(parent).front(), found);
      if (model_.dated_ties.empty()) continue;
      // With dates the first child may be no member in some years.
      for (const NodeId child : model_.graph.children(parent).subspan(1)) read_periods(parent, child, found);
    }
    lock_shared(found);
    return found;
  }

private:
  using CellOwner = std::pair<NodeId, NodeId>;

  void read_periods(NodeId parent, NodeId child, std::map<CellKey, HandFamily>& found) const {
    Period last;
    for (const Statement& statement : model_.statements_of(child)) {
      if (statement.period == last) continue;
      last = statement.period;
      if (found.contains(CellKey{parent, last})) continue;
      if (std::optional<HandFamily> family = read(parent, last))
        found.emplace(CellKey{parent, last}, *std::move(family));
    }
  }

  // All children go into the figure as operands that carry their value.
  [[nodiscard]] bool is_linear(NodeId parent) const {
    const Aggregation way = model_.item(parent).spec.aggregation;
    if (way != Aggregation::sum && way != Aggregation::weighted_mean && way != Aggregation::ratio) return false;
    const std::size_t count = model_.graph.children(parent).size();
    if (count == 0 || model_.item(parent).spec.factor.is_zero()) return false;
    const std::size_t first = model_.graph.formula_first_edge(parent).index();
    return std::all_of(
        model_.formula_edges.begin() + static_cast<std::ptrdiff_t>(first),
        model_.formula_edges.begin() + static_cast<std::ptrdiff_t>(first + count), [](const FormulaEdge& edge) {
          return edge.carry == Carry::value && edge.role == EdgeRole::operand && !edge.weight.is_negative();
        });
  }

  [[nodiscard]] const Family* rule_of(NodeId parent, NodeId child) const {
    const auto found = rule_of_.find(CellOwner{parent, child});
    return found == rule_of_.end() ? nullptr : found->second;
  }

  // The figure of a child, when a document states it and the cascade does not give it away.
  [[nodiscard]] std::optional<HandMember> stated(NodeId parent, NodeId child, Period period) const {
    const EffectiveStatement effective = effective_statement(model_, child, period);
    if (effective.statement == nullptr) return std::nullopt;
    const Statement& statement = *effective.statement;
    const Decimal* number = statement.target.number();
    if (number == nullptr) return std::nullopt;
    if (statement.hold && expired(statement.grounds, options_)) return std::nullopt;
    const bool stands = statement.hold || effective.state == StatementState::adopted;
    if (rule_of(parent, child) != nullptr && !stands) return std::nullopt;
    HandMember member;
    member.node = child;
    member.statement = static_cast<std::uint32_t>(&statement - model_.statements.data());
    member.value = *number;
    member.willingness = is_locked(parent, child, statement) ? Rational() : Rational(statement.grounds.willingness);
    limit(member, period);
    return member;
  }

  [[nodiscard]] bool is_locked(NodeId parent, NodeId child, const Statement& statement) const {
    const Grounds& grounds = statement.grounds;
    if (!expired(grounds, options_) && (grounds.locked || !grounds.citation.empty())) return true;
    if (!model_.graph.crosscut_parents(child).empty()) return true;
    if (statement.span.valid() && repeated_.contains(place_of(statement.span))) return true;
    if (!statement.document.valid()) return false;
    const Document& document = model_.documents[statement.document.index()];
    const std::optional<UnitId> author = model_.units.find(document.unit);
    return author && document.state == StatementState::adopted && statement.state == StatementState::adopted &&
           differing_governments(model_, *author, model_.node_unit[parent.index()]);
  }

  void limit(HandMember& member, Period period) const {
    for (const Bound& bound : model_.bounds_of(member.node)) {
      if (bound.period != period || bound.state != StatementState::adopted || expired(bound.grounds, options_))
        continue;
      if (bound.least && (!member.lower || *member.lower < Rational(*bound.least)))
        member.lower = Rational(*bound.least);
      if (bound.most && (!member.upper || *member.upper > Rational(*bound.most))) member.upper = Rational(*bound.most);
    }
  }

  [[nodiscard]] std::optional<HandFamily> read(NodeId parent, Period period) const {
    HandFamily family;
    family.parent = parent;
    family.period = period;
    const auto children = model_.graph.children(parent);
    const std::size_t first = model_.graph.formula_first_edge(parent).index();
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::optional<Decimal> weight = model_.weight_in(first + i, period);
      if (!weight) continue;  // outside the dates of the tie
      std::optional<HandMember> member = stated(parent, children[i], period);
      if (!member) return std::nullopt;
      member->weight = Rational(*weight);
      if (const Family* rule = rule_of(parent, children[i])) family.step = rule->rule.step;
      family.members.push_back(*std::move(member));
    }
    if (family.members.empty() || !add_crosswise(family) || !weigh(family)) return std::nullopt;
    if (const auto declared = tolerance_.find(parent); declared != tolerance_.end())
      family.tolerance = declared->second;
    return family;
  }

  // Results of others that the parent sees: their figures are theirs.
  [[nodiscard]] bool add_crosswise(HandFamily& family) const {
    const auto shared = model_.graph.crosscut_children(family.parent);
    for (std::size_t i = 0; i < shared.size(); ++i) {
      const CrosscutEdge& edge = model_.crosscut_edges[model_.graph.crosscut_first_edge(family.parent).index() + i];
      const bool operand = std::any_of(family.members.begin(), family.members.end(),
                                       [&](const HandMember& member) { return member.node == shared[i]; });
      if (!edge.accepted || operand) continue;
      const TargetCell* cell = targets_.find(shared[i], family.period);
      if (cell == nullptr || cell->target.number() == nullptr) return false;
      HandMember member;
      member.node = shared[i];
      member.value = *cell->target.number();
      member.weight = edge.share ? Rational(*edge.share) : Rational(1);
      family.members.push_back(std::move(member));
    }
    return true;
  }

  // From declared weights to parts of the parent's figure.
  [[nodiscard]] bool weigh(HandFamily& family) const {
    const MeasureSpec& spec = model_.item(family.parent).spec;
    if (spec.aggregation == Aggregation::ratio && !weigh_by_denominators(family)) return false;
    Rational scale(1);
    if (spec.aggregation != Aggregation::sum) {
      Rational sum;
      for (const HandMember& member : family.members) sum += member.weight;
      if (sum.is_zero()) return false;
      scale /= sum;
    }
    // A ratio's children are stated in the unit of their parent.
    if (spec.aggregation != Aggregation::ratio) scale *= Rational(spec.factor);
    for (HandMember& member : family.members) member.weight *= scale;
    return true;
  }

  [[nodiscard]] bool weigh_by_denominators(HandFamily& family) const {
    for (HandMember& member : family.members) {
      const Family* rule = rule_of(family.parent, member.node);
      if (rule == nullptr) return false;
      const auto place = std::find(rule->children.begin(), rule->children.end(), member.node) - rule->children.begin();
      const auto planned = std::find_if(
          rule->denominators.begin(), rule->denominators.end(), [&](const Family::PlannedDenominator& denominator) {
            return denominator.year == family.period.year() && std::cmp_equal(denominator.child, place);
          });
      if (planned == rule->denominators.end()) return false;
      member.weight *= Rational(planned->value);
    }
    return true;
  }

  // A figure that several families count cannot move for one of them.
  static void lock_shared(std::map<CellKey, HandFamily>& families) {
    std::map<CellKey, int> counted;
    for (const auto& [key, family] : families) {
      for (const HandMember& member : family.members) ++counted[CellKey{member.node, key.second}];
    }
    for (auto& [key, family] : families) {
      for (HandMember& member : family.members) {
        if (counted[CellKey{member.node, key.second}] > 1) member.willingness = Rational();
      }
    }
  }

  const Model& model_;
  const TargetTable& targets_;
  const RepairOptions& options_;
  std::map<CellOwner, const Family*> rule_of_;
  std::map<NodeId, Rational> tolerance_;
  std::set<Place> repeated_;
};

}  // namespace

MeanLaw HandFamily::law(const Model& model, const Decimal& wanted) const {
  MeanLaw law;
  law.wanted = wanted;
  const MeasureSpec& spec = model.item(parent).spec;
  if (spec.aggregation != Aggregation::sum) law.rounding = spec.rounding;
  return law;
}

bool HandFamily::adds_up(const Model& model, const Decimal& wanted) const {
  Rational sum;
  for (const HandMember& member : members) {
    const Rational value(member.value);
    sum += member.weight * value;
    const bool outside = (member.lower && value < *member.lower) || (member.upper && value > *member.upper);
    if (outside && !member.locked()) return false;
  }
  if (tolerance) return (sum - Rational(wanted)).absolute() <= *tolerance;
  return law(model, wanted).holds(sum);
}

std::map<CellKey, HandFamily> find_hand_families(const Model& model, const TargetTable& targets,
                                                 const RepairOptions& options) {
  return Finder(model, targets, options).run();
}

}  // namespace jenjang::cascade
