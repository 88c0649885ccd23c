// The exact side: one cell and what lies below it, in rationals, remembered.
#include <unordered_map>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/accumulate.h"
#include "engine/rollup/achievement.h"
#include "engine/rollup/coverage.h"
#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/share_lookup.h"
#include "engine/rollup/shared_copies.h"

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
    bool own_stands = false;      // an inner node's own figure is its value
    bool below_coverage = false;  // the children would make a figure, but too few of them reported
    bool is_covered = false;      // `coverage` is computed
    rollup::Coverage<Rational> coverage;
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
  std::unique_ptr<Impl> full;  // the other lane, where coverage is measured against all denominators known

  Impl(const Model& m, const TargetTable& t, const Facts& f, Lane l, std::optional<Date> day)
      : model(m),
        targets(t),
        facts(f),
        lane(l),
        as_of(day),
        grid(rollup::make_grid(t, f)),
        tree(grid),
        scratch(grid.size()) {}

  static std::uint64_t key_of(NodeId node, SlotId slot) {
    return (static_cast<std::uint64_t>(node.value()) << 32) | slot.value();
  }

  Cell& cell(NodeId node, SlotId slot) {
    const std::uint64_t key = key_of(node, slot);
    if (const auto found = cells.find(key); found != cells.end()) return found->second;
    Cell made = compute(node, slot);
    return cells.emplace(key, std::move(made)).first->second;
  }

  Cell compute(NodeId node, SlotId slot) {
    const Item& item = model.item(node);
    Cell made;
    OwnFigure<Rational> own;
    if (const auto facts_here = facts.of(node); !facts_here.empty()) {
      rollup::accumulate<Rational>(grid, tree, tree.inside(slot.index()), model, node, facts, lane, scratch, as_of);
      own = scratch[slot.index()];
    }
    const bool own_value = own.has_fact && own.state == CellState::value;
    if (!rollup::is_inner(model, node)) {
      made.state = own.state;
      made.value = own.value;
      if (!own_value && !own.complete_reason) {
        const CellState missing = missing_here(node, slot, own.reported.any);
        made.state = own.has_fact ? rollup::more_urgent(own.state, missing) : missing;
      }
      return made;
    }
    Outcome<Rational> up = roll_up(node, slot);
    if (item.spec.least_coverage && up.state == CellState::value &&
        rollup::enough<Rational>(of_children(node, slot), *item.spec.least_coverage) == rollup::Enough::no) {
      rollup::refuse_for_coverage(up);
      made.below_coverage = true;
    }
    made.state = up.state;
    made.value = up.value * Rational(item.spec.factor);
    made.has_pair = up.has_pair;
    made.numerator = up.numerator;
    made.denominator = up.denominator;
    made.known = up.known;
    if (own_value && (rollup::own_figure_first(item) || up.state != CellState::value)) {
      made.state = CellState::value;
      made.value = own.value;
      made.own_stands = true;
    }
    return made;
  }

  CellState missing_here(NodeId node, SlotId slot, bool any_figure) const {
    return rollup::missing_state(model, node, grid[slot], as_of, targets.of(node), any_figure);
  }

  Outcome<Rational> roll_up(NodeId node, SlotId slot) {
    const Item& item = model.item(node);
    const Aggregation aggregation = rollup::aggregation_of(item);
    const MissingPolicy policy = item.spec.missing;
    Partial<Rational> partial;
    rollup::ShareCount shares;
    for_each_offer(node, slot, [&](const Tie& tie, const Operand<Rational>& operand, const Rational& weight) {
      const std::span<Partial<Rational>> into(&partial, 1);
      const std::span<const Operand<Rational>> child(&operand, 1);
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

  // Every tie that holds in the slot, with what it offers and its weight; a copy of a shared result also where it came
  // in from a period in which its ties held otherwise.
  template <class Visit>
  void for_each_offer(NodeId node, SlotId slot, Visit&& visit) {
    const Aggregation aggregation = rollup::aggregation_of(model.item(node));
    rollup::for_each_tie(model, node, [&](const Tie& tie) {
      const auto held = rollup::weight_in(model, tie, grid[slot]);
      if (tie.overlap == nullptr) {
        if (held) visit(tie, offer_carried(node, tie, slot, aggregation), Rational(*held));
        return;
      }
      const auto copy = copy_at(*tie.overlap, slot);
      if (!copy && !held) return;
      Operand<Rational> operand = offer(node, tie, copy ? copy->slot : slot, aggregation);
      operand.carried = copy && copy->carried;
      if (!copy) operand.state = CellState::not_applicable;
      visit(tie, operand, copy ? copy->weight : Rational(*held));
    });
  }

  std::optional<rollup::SharedCopy> copy_at(const Overlap& overlap, SlotId slot) {
    return rollup::copy_in(model, grid, overlap, slot, [&](NodeId above, NodeId node, SlotId at) {
      const Cell& made = cell(node, at);
      if (rollup::aggregation_of(model.item(above)) != Aggregation::ratio) return made.state;
      return made.has_pair ? CellState::value : made.state == CellState::value ? CellState::empty : made.state;
    });
  }

  // What a child offers along one tie, its holes filled where the parent says so.
  Operand<Rational> offer_carried(NodeId parent, const Tie& tie, SlotId slot, Aggregation aggregation) {
    Operand<Rational> operand = offer(parent, tie, slot, aggregation);
    if (const auto refused = rollup::refused_offer(model, parent, tie, grid[slot])) {
      operand.state = *refused;
      return operand;
    }
    const MeasureSpec& spec = model.item(parent).spec;
    if (spec.missing != MissingPolicy::carry || tie.role != EdgeRole::operand) return operand;
    rollup::carry_forward<Rational>(operand, grid, model, tie.child, slot, spec.carry_months,
                                    [&](SlotId earlier) { return offer(parent, tie, earlier, aggregation); });
    return operand;
  }

  // Coverage that the children give; the threshold asks before any figure of the node's own stands.
  rollup::Coverage<Rational> of_children(NodeId node, SlotId slot) {
    const Aggregation aggregation = rollup::aggregation_of(model.item(node));
    rollup::Coverage<Rational> coverage;
    Partial<Rational> own_pair;
    for_each_offer(node, slot, [&](const Tie& tie, const Operand<Rational>& operand, const Rational& weight) {
      if (tie.overlap != nullptr && !rollup::weight_in(model, tie, grid[slot])) return;
      if (aggregation == Aggregation::ratio && tie.role != EdgeRole::operand) {
        rollup::add_pair_operand<Rational>(std::span(&own_pair, 1), std::span(&operand, 1), weight, tie.role);
      }
      rollup::cover<Rational>(coverage, tie, weight, aggregation, operand, coverage_of(tie.child, slot),
                              known_weight(tie.child, slot));
    });
    if (aggregation != Aggregation::ratio) return coverage;
    rollup::cover_own_pair<Rational>(coverage, own_pair);
    coverage.expected_weight = known_weight(node, slot);
    return coverage;
  }

  const rollup::Coverage<Rational>& coverage_of(NodeId node, SlotId slot) {
    Cell& at = cell(node, slot);
    if (at.is_covered) return at.coverage;
    rollup::Coverage<Rational> made;
    const bool inner = rollup::is_inner(model, node);
    const bool ratio = rollup::aggregation_of(model.item(node)) == Aggregation::ratio;
    if (inner && (!at.own_stands || ratio)) {
      made = of_children(node, slot);
    } else {
      made.covered = at.state == CellState::value ? 1 : 0;
      made.expected = at.state == CellState::not_applicable ? 0 : 1;
      made.covered_weight = Rational(static_cast<std::int64_t>(made.covered));
      made.expected_weight = Rational(static_cast<std::int64_t>(made.expected));
    }
    at.is_covered = true;
    at.coverage = std::move(made);
    return at.coverage;
  }

  // Of a ratio the denominators that the full lane knows; else what its units weigh in this lane.
  Rational known_weight(NodeId node, SlotId slot) {
    if (rollup::aggregation_of(model.item(node)) != Aggregation::ratio || !rollup::is_inner(model, node)) {
      return coverage_of(node, slot).expected_weight;
    }
    return lane == Lane::all ? roll_up(node, slot).known : full_lane().roll_up(node, slot).known;
  }
  Impl& full_lane() {
    if (!full) full = std::make_unique<Impl>(model, targets, facts, Lane::all, as_of);
    return *full;
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
      operand.value = rollup::carried<Rational>(model.item(parent).spec.cap_level, child.raw, child.achievement);
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

void ExactEvaluator::forget(NodeId node, Period period) {
  if (impl_->cells.empty()) return;
  const auto slot = impl_->grid.find(period);
  if (!slot) return;
  impl_->cells.erase(Impl::key_of(node, *slot));
  if (impl_->full) impl_->full->cells.erase(Impl::key_of(node, *slot));
}

void ExactEvaluator::forget_all() {
  impl_->cells.clear();
  impl_->full.reset();
}

bool ExactEvaluator::own_figure_stands(NodeId node, Period period) {
  const Impl::Cell* cell = impl_->find(node, period);
  return cell != nullptr && cell->own_stands;
}

bool ExactEvaluator::is_below_coverage(NodeId node, Period period) {
  const Impl::Cell* cell = impl_->find(node, period);
  return cell != nullptr && cell->below_coverage;
}

RatioOfChildren ExactEvaluator::ratio_of_children(NodeId node, Period period) {
  const SlotId slot = *impl_->grid.find(period);
  Outcome<Rational> up = impl_->roll_up(node, slot);
  rollup::Coverage<Rational> coverage = impl_->of_children(node, slot);
  return {up.state,
          up.reason,
          up.partial,
          std::move(up.numerator),
          std::move(up.denominator),
          std::move(up.known),
          coverage.covered,
          coverage.expected,
          std::move(coverage.covered_weight)};
}

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
