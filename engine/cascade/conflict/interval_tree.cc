#include "engine/cascade/conflict/interval_tree.h"

#include <algorithm>

#include "jenjang/base/rounding.h"

#include "engine/cascade/families/effective_statement.h"

namespace jenjang::cascade {
namespace {

Rational multiple(Int128 count, const Decimal& step) {
  // Counts beyond 64 bits do not come from figures of a plan; the exact product is made from two halves.
  constexpr Int128 kHalf = Int128{1} << 62;
  const Int128 high = count / kHalf;
  const Int128 low = count % kHalf;
  return (Rational(static_cast<std::int64_t>(high)) * Rational(static_cast<std::int64_t>(kHalf)) +
          Rational(static_cast<std::int64_t>(low))) *
         Rational(step);
}

}  // namespace

Rational snapped_down(const Rational& value, const Decimal& step) {
  const std::optional<Int128> count = (value / Rational(step)).floor();
  return count ? multiple(*count, step) : value;
}

Rational snapped_up(const Rational& value, const Decimal& step) {
  return snapped_down(value.negated(), step).negated();
}

bool prints_as(const MeasureSpec& spec, Aggregation aggregation, const Rational& figure, const Rational& target) {
  if (figure == target) {
    return true;
  }
  if ((aggregation != Aggregation::weighted_mean && aggregation != Aggregation::ratio) ||
      spec.rounding.mode == RoundingMode::exact) {
    return false;
  }
  const std::optional<Decimal> wanted = target.to_decimal();
  if (!wanted) {
    return false;
  }
  const int places = std::min(std::max(spec.rounding.places, wanted->normalised().scale()), Decimal::kMaxScale);
  return round(figure, {spec.rounding.mode, places}) == *wanted;
}

IntervalTree::IntervalTree(const Model& model, const CellStore& store, std::span<const FamilySetup> setups,
                           std::span<const std::size_t> order, const LimitBook& limits)
    : model_(model),
      store_(store),
      setups_(setups),
      limits_(limits),
      constrained_(model.node_count(), false),
      giver_(model.node_count(), kNone),
      first_family_(model.node_count(), kNone),
      next_family_(setups.size(), kNone),
      head_(model.node_count(), kNone) {
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    constrained_[n] = limits.has_bounds(node) || !model.statements_of(node).empty();
  }
  // Receivers first, so that a mark climbs the whole ladder in one pass.
  for (auto place = order.rbegin(); place != order.rend(); ++place) {
    const FamilySetup& setup = setups[*place];
    const CascadeRule& rule = setup.family->rule;
    const std::size_t parent = setup.family->parent.index();
    next_family_[*place] = first_family_[parent];
    first_family_[parent] = static_cast<std::uint32_t>(*place);
    bool below = rule.least.has_value() || rule.most.has_value();
    for (const NodeId child : setup.family->children) {
      giver_[child.index()] = static_cast<std::uint32_t>(*place);
      below = below || constrained_[child.index()];
    }
    for (const Outsider& outsider : setup.outsiders) {
      below = below || constrained_[outsider.node.index()];
    }
    if (below && setup.aggregation != Aggregation::leaf) {
      constrained_[parent] = true;
    }
  }
}

std::vector<const FamilySetup*> IntervalTree::families_of(NodeId parent) const {
  std::vector<const FamilySetup*> families;
  for (std::uint32_t f = first_family_[parent.index()]; f != kNone; f = next_family_[f]) {
    families.push_back(&setups_[f]);
  }
  return families;
}

const FamilySetup* IntervalTree::giver_of(NodeId child) const {
  const std::uint32_t f = giver_[child.index()];
  return f == kNone ? nullptr : &setups_[f];
}

StatementState IntervalTree::firmness_above(NodeId node, Period period) const {
  // Ladders are short, and only proposals and drafts ask; a ring of untied families ends the climb.
  StatementState handed = StatementState::adopted;
  for (std::size_t climbed = 0; climbed < setups_.size(); ++climbed) {
    const FamilySetup* giver = giver_of(node);
    if (giver == nullptr) {
      break;
    }
    const NodeId parent = giver->family->parent;
    // What another government is handed is a proposal to those below it.
    if (climbed > 0 && giver->family->to_other_government &&
        differing_governments(model_, model_.node_unit[node.index()], model_.node_unit[parent.index()])) {
      handed = StatementState::proposed;
    }
    node = parent;
    const TargetCell* cell = store_.find(node, period);
    if (cell != nullptr && (cell->state == StatementState::adopted || giver_of(node) == nullptr ||
                            stands_against(model_, *cell, StatementState::adopted))) {
      return std::max(handed, cell->state);
    }
  }
  return handed;
}

std::vector<Demand> IntervalTree::demands_of(NodeId node, Period period) const {
  const TargetCell* cell = store_.find(node, period);
  const bool bounded = limits_.has_bounds(node);
  if (cell == nullptr && !bounded) {
    return {};
  }
  const bool firm_cell = cell == nullptr || cell->state == StatementState::adopted;
  const FamilySetup* giver = giver_of(node);
  StatementState above = StatementState::adopted;
  if (giver == nullptr) {
    above = StatementState::draft;  // nothing above that a proposal or draft could give way to
  } else if (!firm_cell || bounded) {
    above = firmness_above(node, period);
  }
  std::vector<Demand> demands =
      limits_.bounds_of(node, period, giver == nullptr && cell != nullptr ? cell->state : above);
  if (std::optional<Demand> figure = limits_.figure_of(node, period, above)) {
    const bool abroad = giver != nullptr && differing_governments(model_, model_.node_unit[node.index()],
                                                                  model_.node_unit[giver->family->parent.index()]);
    // A figure that the policy reads from an ended plan is theirs as well.
    const bool theirs = cell->origin == TargetOrigin::aligned ||
                        (cell->state == StatementState::adopted && figure->kind == DemandKind::hold);
    if (abroad && theirs) {
      figure->kind = DemandKind::firm;
      figure->authority = Authority::another_government;
    }
    demands.push_back(*std::move(figure));
  }
  return demands;
}

std::optional<MemberWeights> IntervalTree::weights_of(const FamilySetup& setup, Period period) const {
  MemberWeights out;
  out.children = setup.weights;
  for (const Outsider& outsider : setup.outsiders) {
    out.outsiders.push_back(weight_in(model_, outsider, period).value_or(Rational()));
  }
  for (std::size_t i = 0; i < out.children.size(); ++i) {
    const bool left_out = store_.is_left_out(setup.family->children[i], period);
    out.children[i] = left_out ? Rational() : weight_in(model_, setup, i, period).value_or(Rational());
  }
  const bool normalised = setup.aggregation == Aggregation::weighted_mean || setup.aggregation == Aggregation::ratio;
  if (setup.aggregation == Aggregation::ratio) {
    if (!out.outsiders.empty()) {
      return std::nullopt;  // no denominators are planned for them
    }
    std::vector<bool> planned(out.children.size(), false);
    for (const Family::PlannedDenominator& denominator : setup.family->denominators) {
      if (denominator.year == period.year() && denominator.child < planned.size() && !planned[denominator.child]) {
        planned[denominator.child] = true;
        out.children[denominator.child] *= Rational(denominator.value);
      }
    }
    if (std::find(planned.begin(), planned.end(), false) != planned.end()) {
      return std::nullopt;
    }
  } else {
    out.factor = Rational(model_.item(setup.family->parent).spec.factor);
  }
  Rational sum;
  bool negative = out.factor.sign() <= 0;
  for (const std::vector<Rational>* weights : {&out.children, &out.outsiders}) {
    for (const Rational& weight : *weights) {
      negative = negative || weight.sign() < 0;
      sum += weight;
    }
  }
  if (negative || sum.is_zero()) {
    return std::nullopt;
  }
  if (normalised) {
    for (std::vector<Rational>* weights : {&out.children, &out.outsiders}) {
      for (Rational& weight : *weights) {
        weight /= sum;
      }
    }
  }
  return out;
}

Interval IntervalTree::member(const FamilySetup& setup, std::size_t child, Period period, bool as_share) {
  const NodeId node = setup.family->children[child];
  Interval limits;
  if (constrained_[node.index()]) {
    const Entry& entry = entries_[entry_of(node, period)];
    limits = entry.interval;
    if (entry.fixed) {
      return limits;  // what stands is not moved by a rule or to a step
    }
  }
  for (const Demand& demand : limits_.rule_limits(setup, child, period)) {
    if (demand.is_floor()) {
      limits.raise(demand.value);
    } else {
      limits.cut(demand.value);
    }
  }
  if (as_share && limits_.is_percentage(setup.family->parent)) {
    if (const std::optional<Rational> whole = limits_.whole_of(setup, child)) {
      limits.cut(*whole);
    }
  }
  if (setup.declared_step) {
    if (limits.lower) {
      limits.lower = snapped_up(*limits.lower, *setup.declared_step);
    }
    if (limits.upper) {
      limits.upper = snapped_down(*limits.upper, *setup.declared_step);
    }
  }
  return limits;
}

Interval IntervalTree::aggregate(const FamilySetup& setup, Period period) {
  Interval out;
  const bool linear = is_linear(setup.aggregation);
  const bool lowest = setup.aggregation == Aggregation::minimum;
  if (!linear && !lowest && setup.aggregation != Aggregation::maximum) {
    return out;
  }
  std::optional<MemberWeights> weights;
  if (linear) {
    weights = weights_of(setup, period);
    if (!weights) {
      return out;
    }
  }
  const Rational factor = linear ? weights->factor : Rational(model_.item(setup.family->parent).spec.factor);
  if (factor.sign() <= 0) {
    return out;
  }
  const Rational zero;
  bool has_lower = true;
  bool has_upper = true;
  std::optional<Rational> lower, upper;
  const auto take = [&](const Interval& member, const Rational* weight, NodeId node) {
    if (linear) {
      if (weight->is_zero()) {
        return;
      }
      const bool bounded_below = member.lower || limits_.never_negative(setup.family->parent, node);
      has_lower = has_lower && bounded_below;
      has_upper = has_upper && member.upper.has_value();
      if (has_lower && member.lower) {
        lower = lower.value_or(zero) + *weight * *member.lower;
      }
      if (has_upper) {
        upper = upper.value_or(zero) + *weight * *member.upper;
      }
      return;
    }
    // The least of all is as low as the lowest can go, and no higher than any can go; mirrored for the greatest.
    const auto meet = [](std::optional<Rational>& least, const std::optional<Rational>& value, bool smaller) {
      if (value && (!least || (smaller ? *value < *least : *value > *least))) {
        least = value;
      }
    };
    has_lower = has_lower && (!lowest || member.lower.has_value());
    has_upper = has_upper && (lowest || member.upper.has_value());
    meet(lower, member.lower, lowest);
    meet(upper, member.upper, lowest);
  };
  const Interval open;
  for (std::size_t i = 0; i < setup.family->children.size(); ++i) {
    if (!weight_in(model_, setup, i, period)) {
      continue;
    }
    take(member(setup, i, period, true), linear ? &weights->children[i] : nullptr, setup.family->children[i]);
  }
  for (std::size_t i = 0; i < setup.outsiders.size(); ++i) {
    if (!weight_in(model_, setup.outsiders[i], period)) {
      continue;
    }
    const NodeId node = setup.outsiders[i].node;
    take(constrained_[node.index()] ? of(node, period) : open, linear ? &weights->outsiders[i] : nullptr, node);
  }
  if (has_lower && lower) {
    out.lower = *lower * factor;
  }
  if (has_upper && upper) {
    out.upper = *upper * factor;
  }
  return out;
}

std::uint32_t IntervalTree::find(NodeId node, Period period) const {
  std::uint32_t entry = head_[node.index()];
  while (entry != kNone && entries_[entry].period != period) {
    entry = entries_[entry].next;
  }
  return entry;
}

std::uint32_t IntervalTree::entry_of(NodeId node, Period period) {
  const std::uint32_t known = find(node, period);
  if (known != kNone) {
    return known;
  }
  Entry entry;
  entry.period = period;
  Interval own;
  std::optional<Rational> figure;
  for (const Demand& demand : demands_of(node, period)) {
    if (demand.is_equality()) {
      entry.fixed = true;
      figure = demand.value;
    }
    if (demand.is_equality() || demand.is_floor()) {
      own.raise(demand.value);
    }
    if (!demand.is_floor()) {
      own.cut(demand.value);
    }
  }
  Interval all = own;
  for (const FamilySetup* setup : families_of(node)) {
    Interval below = aggregate(*setup, period);
    if (figure) {
      const MeasureSpec& spec = model_.item(node).spec;
      if (below.lower && *below.lower > *figure && prints_as(spec, setup->aggregation, *below.lower, *figure)) {
        below.lower = figure;
      }
      if (below.upper && *below.upper < *figure && prints_as(spec, setup->aggregation, *below.upper, *figure)) {
        below.upper = figure;
      }
    }
    all.meet(below);
  }
  entry.broken = all.is_empty();
  if (entry.broken) {
    // Only the figure that stands is handed up, or the floor alone: what is above must still find room.
    broken_.push_back({node, period});
    if (own.is_empty()) {
      own = figure ? Interval{figure, figure} : Interval{own.lower, std::nullopt};
    }
    all = own;
  }
  entry.interval = std::move(all);
  entry.next = head_[node.index()];
  head_[node.index()] = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back(std::move(entry));
  return head_[node.index()];
}

const Interval& IntervalTree::of(NodeId node, Period period) {
  return entries_[entry_of(node, period)].interval;
}

bool IntervalTree::is_broken(NodeId node, Period period) const {
  const std::uint32_t entry = find(node, period);
  return entry != kNone && entries_[entry].broken;
}

std::vector<IntervalTree::Place> IntervalTree::take_broken() {
  return std::exchange(broken_, {});
}

}  // namespace jenjang::cascade
