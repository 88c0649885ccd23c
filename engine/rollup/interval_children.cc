// Interval results: how the possible ranges of children make that of their parent.
//
// A range of possible values bounds one figure that was not reported, so nothing here is cut by the range of the
// measure: the sum of four districts may be four times what one of them may report (decision 0022).
#include <algorithm>

#include "engine/rollup/interval_cells.h"
#include "engine/rollup/share_lookup.h"

namespace jenjang {

using rollup::Met;
using rollup::PairRegion;
using rollup::Tie;

bool IntervalEvaluator::Impl::is_refused(NodeId parent, const Tie& tie, SlotId slot) {
  if (rollup::refused_offer(model, parent, tie, grid[slot])) return true;
  if (tie.overlap == nullptr) return false;
  // Complete, nobody hands on an earlier figure: a copy is there where both ways carry the result of the slot itself.
  const auto carries = [&](NodeId below) { return cell(below, slot).value.has_value(); };
  return !carries(tie.child) || !std::ranges::all_of(tie.overlap->copied, carries) ||
         !std::ranges::all_of(tie.overlap->counted, carries);
}

void IntervalEvaluator::Impl::meet(Cell& parent, const Cell& child, bool& twice) const {
  for (const std::uint32_t node : child.shared) {
    const auto place = std::lower_bound(parent.shared.begin(), parent.shared.end(), node);
    if (place != parent.shared.end() && *place == node) {
      twice = true;
    } else {
      parent.shared.insert(place, node);
    }
  }
}

void IntervalEvaluator::Impl::roll_up(NodeId node, SlotId slot, Cell& made) {
  const Item& item = model.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  bool twice = false;
  if (aggregation == Aggregation::ratio) {
    made.value = ratio(node, slot, made, twice);
  } else if (aggregation == Aggregation::table) {
    made.value = looked_up(node, slot, made, twice);
  } else {
    made.value = combined(node, slot, aggregation, made, twice);
  }
  if (!made.value) return;
  made.value = rollup::times(*made.value, Rational(item.spec.factor));
  if (twice) made.value->attained = made.value->is_point();
}

std::optional<PossibleRange> IntervalEvaluator::Impl::combined(NodeId node, SlotId slot, Aggregation aggregation,
                                                               Cell& made, bool& twice) {
  std::vector<std::pair<Rational, PossibleRange>> parts;  // weight and range
  rollup::for_each_tie_in(model, node, grid[slot], [&](const Tie& tie) {
    if (is_refused(node, tie, slot)) return;
    Cell& child = cell(tie.child, slot);
    std::optional<PossibleRange> offered = child.value;
    if (aggregation == Aggregation::share_meeting) {
      offered = met(node, tie.child, slot, child);
    } else if (tie.carry == Carry::achievement) {
      achieve(tie.child, slot, child);
      offered = model.item(node).spec.cap_level == CapLevel::mean ? child.raw : child.achievement;
    }
    if (!offered) return;
    if (!offered->is_point()) meet(made, child, twice);
    parts.emplace_back(Rational(tie.weight), *std::move(offered));
  });
  if (parts.empty()) return std::nullopt;
  if (aggregation == Aggregation::minimum || aggregation == Aggregation::maximum) {
    PossibleRange best = parts.front().second;
    for (const auto& part : parts) {
      best = rollup::extremum(best, part.second, aggregation == Aggregation::maximum);
    }
    return best;
  }
  Rational weights;
  for (const auto& part : parts) weights += part.first;
  PossibleRange total = rollup::point(Rational());
  for (const auto& [weight, range] : parts) total = rollup::plus(total, rollup::times(range, weight));
  if (aggregation == Aggregation::sum) return total;
  if (weights.is_zero()) return std::nullopt;
  return rollup::times(total, Rational(1) / weights);
}

std::optional<PossibleRange> IntervalEvaluator::Impl::met(NodeId parent, NodeId node, SlotId slot,
                                                          const Cell& child) const {
  if (!child.value) return std::nullopt;
  std::optional<Target> against;
  if (const auto& mark = model.item(parent).spec.mark) {
    against = Target(*mark);
  } else if (const TargetCell* target = targets.find(node, grid[slot])) {
    against = rollup::resolve_target(model, node, target->target);
  }
  if (!against) return std::nullopt;
  PossibleRange range;
  switch (rollup::meets_range(model.item(node).spec.polarity, *child.value, *against)) {
    case Met::no_target:
      return std::nullopt;
    case Met::yes:
      return rollup::point(Rational(1));
    case Met::no:
      return rollup::point(Rational());
    case Met::uncertain:
      range.least = Rational();
      range.most = Rational(1);
      range.attained = child.value->attained;
      break;
  }
  return range;
}

std::optional<PossibleRange> IntervalEvaluator::Impl::ratio(NodeId node, SlotId slot, Cell& made, bool& twice) {
  const Item& item = model.item(node);
  PossibleRange numerator = rollup::point(Rational()), denominator = numerator;
  bool own_pair = false, applies = true;
  rollup::for_each_tie_in(model, node, grid[slot], [&](const Tie& tie) {
    if (is_refused(node, tie, slot)) return;
    Cell& child = cell(tie.child, slot);
    const Rational weight(tie.weight);
    if (tie.role == EdgeRole::operand) {
      if (!child.value) return;
      if (!child.value->is_point()) meet(made, child, twice);
      if (child.pairs.empty()) {
        // A figure without a pair: any pair.
        PossibleRange open;
        open.least = Rational();
        made.pairs.push_back(rollup::scaled(rollup::region_of(open, open, limits_of(item)), weight));
      }
      for (const PairRegion& region : child.pairs) made.pairs.push_back(rollup::scaled(region, weight));
      return;
    }
    own_pair = true;
    applies = applies && child.value.has_value();
    if (!child.value) return;
    if (!child.value->is_point()) meet(made, child, twice);
    PossibleRange& side = tie.role == EdgeRole::denominator ? denominator : numerator;
    side = rollup::plus(side, rollup::times(*child.value, weight));
  });
  const bool nothing = denominator.is_point() && denominator.least->is_zero();
  if (own_pair && applies && !nothing) {
    made.pairs.push_back(rollup::region_of(numerator, denominator, limits_of(item)));
  }
  if (made.pairs.empty()) return std::nullopt;
  std::optional<PossibleRange> range = rollup::quotient_range(made.pairs);
  if (range && !(numerator.attained && denominator.attained)) range->attained = false;
  return range;
}

rollup::QuotientLimits IntervalEvaluator::Impl::limits_of(const Item& item) const {
  const PossibleRange range = rollup::range_of(model, item);
  rollup::QuotientLimits limits;
  if (item.spec.factor.sign() <= 0) return limits;
  const Rational factor(item.spec.factor);
  if (range.least && range.least->sign() > 0) limits.least = *range.least / factor;
  if (range.most && range.most->sign() > 0) limits.most = *range.most / factor;
  return limits;
}

std::optional<PossibleRange> IntervalEvaluator::Impl::looked_up(NodeId node, SlotId slot, Cell& made, bool& twice) {
  const Item& item = model.item(node);
  rollup::ShareCount known;
  std::vector<Tie> open;
  rollup::for_each_tie_in(model, node, grid[slot], [&](const Tie& tie) {
    const Cell& child = cell(tie.child, slot);
    const bool given = child.value && rollup::exists_in(model, tie.child, grid[slot]);
    const bool is_open = given && !child.value->is_point();
    if (is_open && tie.role != EdgeRole::judgement) {
      meet(made, child, twice);
      open.push_back(tie);
      return;
    }
    const bool told = given && !is_open;
    known.add(model, tie, told ? CellState::value : CellState::not_applicable,
              told && rollup::answers_yes<Rational>(model, tie.child, *child.value->least), MissingPolicy::strict);
  });
  PossibleRange range;
  bool any = false;
  for (std::size_t met = 0; met <= open.size(); ++met) {
    rollup::ShareCount counted = known;
    for (std::size_t i = 0; i < open.size(); ++i) {
      counted.add(model, open[i], CellState::value, i < met, MissingPolicy::strict);
    }
    const rollup::SharePoints found = counted.finish(model, item, MissingPolicy::strict);
    if (!found.points) continue;
    const Rational points(*found.points);
    if (!any || points < *range.least) range.least = points;
    if (!any || *range.most < points) range.most = points;
    any = true;
  }
  return any ? std::optional(range) : std::nullopt;
}

}  // namespace jenjang
