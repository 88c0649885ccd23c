// The exact side: one cell and what lies below it, in rationals, remembered.
#include <unordered_map>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/accumulate.h"
#include "engine/rollup/achievement.h"
#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/share_lookup.h"

namespace jenjang {

using rollup::Operand;
using rollup::Outcome;
using rollup::OwnFigure;
using rollup::Partial;
using rollup::Tie;

struct ExactEvaluator::Impl {
  struct Cell {
    CellState state = CellState::empty;
    Rational value;
    bool has_pair = false;
    Rational numerator, denominator, known;
    bool achieved = false;  // the two below are computed
    CellState achievement_state = CellState::not_applicable;
    Rational raw, achievement;
  };

  const Model& model;
  const TargetTable& targets;
  const Facts& facts;
  Lane lane;
  std::optional<Date> as_of;
  PeriodGrid grid;
  rollup::TimeTree tree;
  std::vector<OwnFigure<Rational>> scratch;
  std::unordered_map<std::uint64_t, Cell> cells;

  Impl(const Model& m, const TargetTable& t, const Facts& f, Lane l, std::optional<Date> day)
      : model(m),
        targets(t),
        facts(f),
        lane(l),
        as_of(day),
        grid(rollup::make_grid(t, f)),
        tree(grid),
        scratch(grid.size()) {}

  Cell& cell(NodeId node, SlotId slot) {
    const std::uint64_t key = (static_cast<std::uint64_t>(node.value()) << 32) | slot.value();
    if (const auto found = cells.find(key); found != cells.end()) return found->second;
    Cell made = compute(node, slot);
    return cells.emplace(key, std::move(made)).first->second;
  }

  Cell compute(NodeId node, SlotId slot) {
    const Item& item = model.item(node);
    Cell made;
    OwnFigure<Rational> own;
    if (const auto facts_here = facts.of(node); !facts_here.empty()) {
      rollup::accumulate<Rational>(grid, tree, tree.inside(slot.index()), item, facts, facts_here, lane, scratch);
      own = scratch[slot.index()];
    }
    const bool own_value = own.has_fact && own.state == CellState::value;
    if (!rollup::is_inner(model, node)) {
      made.state = own.state;
      made.value = own.value;
      if (!own_value && !own.complete_reason) {
        const CellState missing = missing_here(node, slot);
        made.state = own.has_fact ? rollup::more_urgent(own.state, missing) : missing;
      }
      return made;
    }
    const Outcome<Rational> up = roll_up(node, slot);
    made.state = up.state;
    made.value = up.value * Rational(item.spec.factor);
    made.has_pair = up.has_pair;
    made.numerator = up.numerator;
    made.denominator = up.denominator;
    made.known = up.known;
    if (own_value && (rollup::own_figure_first(item) || up.state != CellState::value)) {
      made.state = CellState::value;
      made.value = own.value;
    }
    return made;
  }

  CellState missing_here(NodeId node, SlotId slot) const {
    return rollup::missing_state(model.item(node), grid[slot], as_of, !targets.of(node).empty(),
                                 targets.find(node, grid[slot]) != nullptr);
  }

  Outcome<Rational> roll_up(NodeId node, SlotId slot) {
    const Item& item = model.item(node);
    const Aggregation aggregation = rollup::aggregation_of(item);
    const MissingPolicy policy = item.spec.missing;
    Partial<Rational> partial;
    rollup::ShareCount shares;
    rollup::for_each_tie(model, node, [&](const Tie& tie) {
      const Operand<Rational> operand = offer(node, tie, slot, aggregation);
      const std::span<Partial<Rational>> into(&partial, 1);
      const std::span<const Operand<Rational>> child(&operand, 1);
      const Rational weight(tie.weight);
      switch (aggregation) {
        case Aggregation::ratio:
          if (tie.role == EdgeRole::operand) {
            rollup::add_pair<Rational>(into, child, weight, policy);
          } else {
            rollup::add_pair_operand<Rational>(into, child, weight, tie.role);
          }
          break;
        case Aggregation::minimum:
        case Aggregation::maximum:
          rollup::add_extremum<Rational>(into, child, aggregation == Aggregation::maximum, policy);
          break;
        case Aggregation::table:
          shares.add(model, tie, operand.state, operand.value.sign() > 0, policy);
          break;
        default:
          rollup::add_weighted<Rational>(into, child, weight, policy);
          break;
      }
    });
    switch (aggregation) {
      case Aggregation::sum:
        return rollup::finish_sum(partial, policy);
      case Aggregation::ratio:
        return rollup::finish_ratio(partial, policy);
      case Aggregation::minimum:
      case Aggregation::maximum:
        return rollup::finish_extremum(partial, policy);
      case Aggregation::table: {
        const rollup::SharePoints found = shares.finish(model, item, policy);
        Outcome<Rational> outcome;
        outcome.state = found.state;
        if (found.points) outcome.value = Rational(*found.points);
        return outcome;
      }
      default:
        return rollup::finish_mean(partial, policy);
    }
  }

  // What a child offers along one tie.
  Operand<Rational> offer(NodeId parent, const Tie& tie, SlotId slot, Aggregation aggregation) {
    Operand<Rational> operand;
    Cell& child = cell(tie.child, slot);
    if (aggregation == Aggregation::ratio && tie.role == EdgeRole::operand) {
      operand.known = child.known;
      operand.state = child.has_pair                    ? CellState::value
                      : child.state == CellState::value ? CellState::empty
                                                        : child.state;
      if (child.has_pair) {
        operand.numerator = child.numerator;
        operand.denominator = child.denominator;
      }
      return operand;
    }
    if (aggregation == Aggregation::share_meeting) {
      operand.state = child.state;
      if (child.state != CellState::value) return operand;
      const rollup::Met met = meets(tie.child, slot, child.value, model.item(parent).spec.mark);
      operand.state = met == rollup::Met::no_target ? CellState::not_applicable : CellState::value;
      operand.value = Rational(met == rollup::Met::yes ? 1 : 0);
      return operand;
    }
    if (aggregation == Aggregation::table) {
      operand.state = child.state;
      operand.value = Rational(
          rollup::answers_yes<Rational>(model, tie.child, child.value) && child.state == CellState::value ? 1 : 0);
      return operand;
    }
    if (tie.carry == Carry::achievement) {
      achieve(tie.child, slot, child);
      operand.state = child.achievement_state;
      operand.value = child.achievement;
      return operand;
    }
    operand.state = child.state;
    operand.value = child.value;
    return operand;
  }

  // Against `mark` where a parent sets one for its children, else against the node's own target.
  rollup::Met meets(NodeId node, SlotId slot, const Rational& value, const std::optional<Decimal>& mark) const {
    const Polarity polarity = model.item(node).spec.polarity;
    if (mark) return rollup::meets<Rational>(polarity, value, 0, Target(*mark));
    const TargetCell* target = targets.find(node, grid[slot]);
    if (target == nullptr) return rollup::Met::no_target;
    const auto resolved = rollup::resolve_target(model, node, target->target);
    return resolved ? rollup::meets<Rational>(polarity, value, 0, *resolved) : rollup::Met::no_target;
  }

  void achieve(NodeId node, SlotId slot, Cell& at) {
    if (at.achieved) return;
    at.achieved = true;
    const Item& item = model.item(node);
    const AchievementSpec& spec = item.spec.achievement;
    if (is_goal(item.kind)) {
      at.achievement_state = at.state;
      at.raw = at.value;
    } else {
      const TargetCell* target = targets.find(node, grid[slot]);
      if (spec.formula == AchievementFormula::none) return;
      if (at.state != CellState::value) {
        at.achievement_state = at.state;
        return;
      }
      if (target == nullptr) {
        at.achievement_state = CellState::not_applicable;
        return;
      }
      const auto resolved = rollup::resolve_target(model, node, target->target);
      if (!resolved) return;
      bool broken = false;
      const Baseline* baseline = rollup::baseline_for(model, node, grid[slot], &broken);
      const auto outcome =
          rollup::achieve<Rational>(spec, item.spec.polarity, at.value, 0, *resolved,
                                    baseline != nullptr && !broken ? std::optional(baseline->value) : std::nullopt);
      at.achievement_state = outcome.needs_baseline && broken ? CellState::redefined : outcome.state;
      at.raw = outcome.raw;
    }
    if (at.achievement_state == CellState::value) at.achievement = apply_cap(spec, at.raw, nullptr);
  }

  Cell* find(NodeId node, Period period) {
    if (!node.valid() || node.index() >= model.node_count()) return nullptr;
    const auto slot = grid.find(period);
    return slot ? &cell(node, *slot) : nullptr;
  }
  Cell* find_achieved(NodeId node, Period period) {
    Cell* at = find(node, period);
    if (at != nullptr) achieve(node, *grid.find(period), *at);
    return at != nullptr && at->achievement_state == CellState::value ? at : nullptr;
  }
};

ExactEvaluator::ExactEvaluator(const Model& model, const TargetTable& targets, const Facts& facts, Lane lane,
                               std::optional<Date> as_of)
    : impl_(std::make_unique<Impl>(model, targets, facts, lane, as_of)) {}
ExactEvaluator::~ExactEvaluator() = default;

std::optional<Rational> ExactEvaluator::value(NodeId node, Period period) {
  const Impl::Cell* cell = impl_->find(node, period);
  if (cell == nullptr || cell->state != CellState::value) return std::nullopt;
  return cell->value;
}

std::optional<Rational> ExactEvaluator::achievement_raw(NodeId node, Period period) {
  const Impl::Cell* cell = impl_->find_achieved(node, period);
  return cell == nullptr ? std::nullopt : std::optional(cell->raw);
}

std::optional<Rational> ExactEvaluator::achievement(NodeId node, Period period) {
  const Impl::Cell* cell = impl_->find_achieved(node, period);
  return cell == nullptr ? std::nullopt : std::optional(cell->achievement);
}

std::optional<std::pair<Rational, Rational>> ExactEvaluator::quotient(NodeId node, Period period) {
  const Impl::Cell* cell = impl_->find(node, period);
  if (cell == nullptr || !cell->has_pair) return std::nullopt;
  return std::pair(cell->numerator, cell->denominator);
}

}  // namespace jenjang
