// Targets as if realised, for the round-trip law: what was handed down must come back up.
#include <algorithm>
#include <map>
#include <tuple>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

class Reporter {
public:
  Reporter(const Model& model, const TargetTable& targets) : model_(model), targets_(targets) {
    for (const Family& family : model.families) {
      for (const auto& planned : family.denominators) {
        if (planned.child < family.children.size()) {
          planned_[{family.children[planned.child], planned.year}] = planned.value;
        }
      }
    }
  }

  Facts run() {
    for (std::size_t i = 0; i < model_.node_count(); ++i) report(NodeId::from_index(i));
    std::stable_sort(out_.facts.begin(), out_.facts.end(), [this](const Fact& a, const Fact& b) {
      return std::tuple(a.node, out_.observation(a).period) < std::tuple(b.node, out_.observation(b).period);
    });
    out_.fact_begin.assign(model_.node_count() + 1, 0);
    for (const Fact& fact : out_.facts) ++out_.fact_begin[fact.node.index() + 1];
    for (std::size_t n = 1; n < out_.fact_begin.size(); ++n) out_.fact_begin[n] += out_.fact_begin[n - 1];
    return std::move(out_);
  }

private:
  void report(NodeId node) {
    const Operands operands = operands_of(node);
    const bool own_pair = operands.numerator.valid() && operands.denominator.valid();
    if (!own_pair && !model_.graph.children(node).empty()) return;
    for (const TargetCell& cell : targets_.of(node)) {
      if (has_finer(node, cell.period)) continue;  // its parts are reported; they make it
      const auto figure = figure_of(node, cell.target);
      if (!figure) continue;
      if (own_pair) {
        report_pair(node, operands, cell, *figure);
      } else {
        add(node, cell, *figure, cell.target.grade() != nullptr ? cell.target.grade()->label : std::string());
      }
    }
  }

  struct Operands {
    NodeId numerator, denominator;  // the first of each role carries the figure
    std::vector<NodeId> others;     // the rest report zero
  };
  Operands operands_of(NodeId node) const {
    Operands found;
    if (model_.item(node).spec.aggregation != Aggregation::ratio) return found;
    rollup::for_each_tie(model_, node, [&](const rollup::Tie& tie) {
      if (tie.role == EdgeRole::operand) return;
      NodeId& first = tie.role == EdgeRole::numerator ? found.numerator : found.denominator;
      if (first.valid()) {
        found.others.push_back(tie.child);
      } else {
        first = tie.child;
      }
    });
    return found;
  }

  bool has_finer(NodeId node, Period period) const {
    for (const TargetCell& other : targets_.of(node)) {
      if (other.period != period && period.contains(other.period)) return true;
    }
    return false;
  }

  // A figure that meets the target exactly: R = T, the low end of a range, one step inside a strict
  // inequality, the same grade.
  std::optional<Decimal> figure_of(NodeId node, const Target& target) const {
    const auto resolved = rollup::resolve_target(model_, node, target);
    if (!resolved) return std::nullopt;
    if (const TargetRange* range = resolved->range()) return range->low;
    const auto figure = resolved->reference_number();
    const TargetBound* bound = resolved->bound();
    if (bound == nullptr || !figure) return figure;
    const Decimal& declared = model_.item(node).spec.step;
    const Decimal step = declared.is_zero() ? Decimal::from_parts(1, figure->scale()) : declared;
    if (bound->relation == Relation::less) return Decimal::subtract(*figure, step);
    if (bound->relation == Relation::greater) return Decimal::add(*figure, step);
    return figure;
  }

  // value = factor N / D. With N = T D and the denominator times the factor, both stay decimals for
  // any factor, and denominators keep their proportions among siblings of one factor.
  void report_pair(NodeId node, const Operands& operands, const TargetCell& cell, const Decimal& figure) {
    const auto planned = planned_.find({node, cell.period.year()});
    const Rational weight(planned != planned_.end() ? planned->second : Decimal(1));
    const auto numerator = (Rational(figure) * weight).to_decimal();
    const auto denominator = (weight * Rational(model_.item(node).spec.factor)).to_decimal();
    if (!numerator || !denominator) return;
    add(operands.numerator, cell, *numerator, {});
    add(operands.denominator, cell, *denominator, {});
    for (const NodeId other : operands.others) add(other, cell, Decimal(0), {});
  }

  void add(NodeId node, const TargetCell& cell, const Decimal& figure, const std::string& grade) {
    Observation observation;
    observation.code = model_.item(node).code;
    observation.unit = model_.unit(node).path;
    observation.period = cell.period;
    observation.number = figure;
    observation.grade = grade;
    observation.illustrative = cell.illustrative;
    if (cell.statement < model_.statements.size())
      observation.places.set_number(model_.statements[cell.statement].span);
    out_.facts.push_back({node, static_cast<std::uint32_t>(out_.observations.size()), figure.to_double()});
    out_.observations.push_back(std::move(observation));
  }

  const Model& model_;
  const TargetTable& targets_;
  std::map<std::pair<NodeId, int>, Decimal> planned_;
  Facts out_;
};

}  // namespace

Facts facts_from_targets(const Model& model, const TargetTable& targets) {
  return Reporter(model, targets).run();
}

}  // namespace jenjang
