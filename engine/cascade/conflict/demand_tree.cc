#include <algorithm>

#include "engine/cascade/conflict/conflict.h"
#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {
namespace {

bool has_children_figures(Aggregation aggregation) {
  return is_linear(aggregation) || aggregation == Aggregation::minimum || aggregation == Aggregation::maximum;
}

}  // namespace

DemandTree::DemandTree(IntervalTree& tree, NodeId top, Period period, NodeId mended)
    : tree_(tree), period_(period), mended_(mended) {
  const std::uint32_t root = add_local(top, kNone, Rational(1));
  for (Demand& demand : tree.demands_of(top, period)) {
    // The top is the parent whose target is asked of its children.
    if (demand.kind == DemandKind::hold || demand.kind == DemandKind::firm) {
      demand.kind = DemandKind::target;
      demand.authority = Authority::target;
    }
    add_demand(root, std::move(demand));
  }
  expand(root);
}

std::uint32_t DemandTree::add_local(NodeId node, std::uint32_t group, const Rational& weight) {
  Local local;
  local.node = node;
  local.group = group;
  local.weight = weight;
  locals_.push_back(std::move(local));
  return static_cast<std::uint32_t>(locals_.size() - 1);
}

void DemandTree::add_demand(std::uint32_t local, Demand demand) {
  if (const std::optional<Decimal> written = demand.value.to_decimal()) {
    digits_ = std::max(digits_, written->normalised().scale());
  }
  const NodeId key = demand.rule_of != nullptr ? demand.rule_of->family->parent : demand.node;
  std::vector<std::uint32_t>& known = slots_of_[key.value()];
  for (const std::uint32_t d : known) {
    // A shared result can be reached twice; a rule's number is one demand for all its children.
    Slot& slot = demands_[d];
    if (slot.demand.kind == demand.kind && slot.demand.rule_of == demand.rule_of && slot.demand.span == demand.span &&
        slot.places.back() != local) {
      slot.places.push_back(local);
      locals_[local].own.push_back(d);
      return;
    }
  }
  known.push_back(static_cast<std::uint32_t>(demands_.size()));
  locals_[local].own.push_back(known.back());
  demands_.push_back({std::move(demand), true, {local}});
}

void DemandTree::expand(std::uint32_t local) {
  const NodeId node = locals_[local].node;
  if (local == 0 || node == mended_ || !tree_.is_broken(node, period_)) {
    for (const FamilySetup* setup : tree_.families_of(node)) {
      if (has_children_figures(setup->aggregation)) {
        add_group(local, *setup);
      }
    }
  }
  Local& done = locals_[local];
  done.value = evaluate(done);
}

void DemandTree::add_group(std::uint32_t local, const FamilySetup& setup) {
  std::optional<MemberWeights> weights;
  Group made;
  made.setup = &setup;
  made.parent = local;
  if (is_linear(setup.aggregation)) {
    weights = tree_.weights_of(setup, period_);
    if (!weights) {
      return;
    }
    made.factor = weights->factor;
  } else {
    made.factor = Rational(tree_.model().item(setup.family->parent).spec.factor);
    if (made.factor.sign() <= 0) {
      return;
    }
  }
  const auto number = static_cast<std::uint32_t>(groups_.size());
  groups_.push_back(std::move(made));
  locals_[local].groups.push_back(number);
  const LimitBook& limits = tree_.limits();
  const auto join = [&](std::uint32_t member, NodeId node) {
    Group& group = groups_[number];
    locals_[member].place = group.members.size();
    group.members.push_back(member);
    group.floor_at_zero.push_back(limits.never_negative(setup.family->parent, node));
  };
  for (std::size_t i = 0; i < setup.family->children.size(); ++i) {
    const NodeId node = setup.family->children[i];
    if (weights ? weights->children[i].is_zero() : !weight_in(tree_.model(), setup, i, period_)) {
      continue;
    }
    const std::uint32_t member = add_local(node, number, weights ? weights->children[i] : Rational(1));
    locals_[member].step = setup.declared_step;
    bool fixed = false;
    if (tree_.is_constrained(node)) {
      for (Demand& demand : tree_.demands_of(node, period_)) {
        fixed = fixed || demand.is_equality();
        add_demand(member, std::move(demand));
      }
    }
    if (!fixed) {
      for (Demand& demand : limits.rule_limits(setup, i, period_)) {
        add_demand(member, std::move(demand));
      }
      if (limits.is_percentage(setup.family->parent)) {
        if (const std::optional<Rational> whole = limits.whole_of(setup, i)) {
          Demand demand;
          demand.node = node;
          demand.kind = DemandKind::whole;
          demand.authority = Authority::cited;
          demand.value = *whole;
          demand.span = tree_.model().item(setup.family->parent).span;
          add_demand(member, std::move(demand));
        }
      }
    }
    if (tree_.is_constrained(node)) {
      expand(member);
    } else {
      locals_[member].value = evaluate(locals_[member]);
    }
    join(member, node);
  }
  for (std::size_t i = 0; i < setup.outsiders.size(); ++i) {
    const Outsider& outsider = setup.outsiders[i];
    if (weights ? weights->outsiders[i].is_zero() : !weight_in(tree_.model(), outsider, period_)) {
      continue;
    }
    const std::uint32_t member = add_local(outsider.node, number, weights ? weights->outsiders[i] : Rational(1));
    std::vector<Demand> demands = tree_.demands_of(outsider.node, period_);
    if (!demands.empty() || tree_.is_constrained(outsider.node)) {
      for (Demand& demand : demands) {
        if (outsider.crosswise) {
          const FamilySetup* giver = tree_.giver_of(outsider.node);
          const auto parents = tree_.model().graph.parents(outsider.node);
          demand.owner = giver != nullptr ? giver->family->parent : parents.empty() ? outsider.node : parents.front();
        }
        add_demand(member, std::move(demand));
      }
      expand(member);
    } else {
      locals_[member].value = evaluate(locals_[member]);
    }
    join(member, outsider.node);
  }
  for (const std::uint32_t member : groups_[number].members) {
    account(groups_[number], member, 1);
  }
}

bool DemandTree::is_at_top(std::size_t demand) const {
  return demands_[demand].places.front() == 0;
}

// Adds a member's limits to the sums of its family (or takes them out).
void DemandTree::account(Group& group, std::uint32_t member, int sign) {
  const Local& local = locals_[member];
  const bool zero = group.floor_at_zero[local.place];
  if (local.value.lower) {
    const Rational part = local.weight * *local.value.lower;
    group.lower += sign > 0 ? part : part.negated();
  } else if (!zero) {
    group.open_below += sign > 0 ? 1U : static_cast<std::size_t>(-1);
  }
  if (local.value.upper) {
    const Rational part = local.weight * *local.value.upper;
    group.upper += sign > 0 ? part : part.negated();
  } else {
    group.open_above += sign > 0 ? 1U : static_cast<std::size_t>(-1);
  }
}

Interval DemandTree::of_group(const Group& group) const {
  Interval out;
  const Aggregation aggregation = group.setup->aggregation;
  if (is_linear(aggregation)) {
    if (group.open_below == 0) {
      out.lower = group.lower * group.factor;
    }
    if (group.open_above == 0) {
      out.upper = group.upper * group.factor;
    }
    return out;
  }
  const bool lowest = aggregation == Aggregation::minimum;
  bool all_lower = true;
  bool all_upper = true;
  const auto better = [lowest](std::optional<Rational>& best, const std::optional<Rational>& value) {
    if (value && (!best || (lowest ? *value < *best : *value > *best))) {
      best = value;
    }
  };
  for (const std::uint32_t member : group.members) {
    const Interval& value = locals_[member].value;
    all_lower = all_lower && value.lower;
    all_upper = all_upper && value.upper;
    better(out.lower, value.lower);
    better(out.upper, value.upper);
  }
  if (lowest && !all_lower) {
    out.lower.reset();
  }
  if (!lowest && !all_upper) {
    out.upper.reset();
  }
  if (out.lower) {
    *out.lower *= group.factor;
  }
  if (out.upper) {
    *out.upper *= group.factor;
  }
  return out;
}

Interval DemandTree::evaluate(Local& local) const {
  Interval own;
  std::optional<Rational> figure;
  for (const std::uint32_t d : local.own) {
    const Slot& slot = demands_[d];
    if (!slot.on) {
      continue;
    }
    if (slot.demand.is_equality()) {
      figure = slot.demand.value;
    }
    if (slot.demand.is_equality() || slot.demand.is_floor()) {
      own.raise(slot.demand.value);
    }
    if (!slot.demand.is_floor()) {
      own.cut(slot.demand.value);
    }
  }
  local.own_value = own;
  const bool below_top = local.group != kNone;
  if (below_top && own.is_empty()) {  // a broken member: as the tree hands it up
    own = figure ? Interval{figure, figure} : Interval{own.lower, std::nullopt};
  }
  for (const std::uint32_t g : local.groups) {
    const Group& group = groups_[g];
    Interval below = of_group(group);
    if (figure) {
      const MeasureSpec& spec = tree_.model().item(local.node).spec;
      const Aggregation aggregation = group.setup->aggregation;
      if (below.lower && *below.lower > *figure && prints_as(spec, aggregation, *below.lower, *figure)) {
        below.lower = figure;
      }
      if (below.upper && *below.upper < *figure && prints_as(spec, aggregation, *below.upper, *figure)) {
        below.upper = figure;
      }
    }
    own.meet(below);
  }
  if (below_top && !figure && local.step) {
    if (own.lower) {
      own.lower = snapped_up(*own.lower, *local.step);
    }
    if (own.upper) {
      own.upper = snapped_down(*own.upper, *local.step);
    }
  }
  return own;
}

void DemandTree::update(std::uint32_t local) {
  while (true) {
    Local& changed = locals_[local];
    const std::uint32_t g = changed.group;
    if (g == kNone) {
      changed.value = evaluate(changed);
      return;
    }
    account(groups_[g], local, -1);
    changed.value = evaluate(changed);
    account(groups_[g], local, 1);
    local = groups_[g].parent;
  }
}

void DemandTree::enable(std::size_t demand, bool on) {
  if (demands_[demand].on == on) {
    return;
  }
  demands_[demand].on = on;
  for (const std::uint32_t place : demands_[demand].places) {
    update(place);
  }
}

void DemandTree::move(std::size_t demand, const Rational& value) {
  demands_[demand].demand.value = value;
  for (const std::uint32_t place : demands_[demand].places) {
    update(place);
  }
}

bool DemandTree::is_too_high() const {
  return own().upper && top().lower && *top().lower > *own().upper;
}

bool DemandTree::is_too_low() const {
  return own().lower && top().upper && *top().upper < *own().lower;
}

bool DemandTree::fits_on_the_way(std::size_t demand) const {
  for (std::uint32_t local : demands_[demand].places) {
    while (true) {
      if (locals_[local].value.is_empty()) {
        return false;
      }
      if (locals_[local].group == kNone) {
        break;
      }
      local = groups_[locals_[local].group].parent;
    }
  }
  return true;
}

Rational DemandTree::contribution(std::size_t demand) const {
  const Slot& slot = demands_[demand];
  Rational sum;
  for (std::uint32_t local : slot.places) {
    Rational part = slot.demand.value;
    while (locals_[local].group != kNone) {
      part *= locals_[local].weight * groups_[locals_[local].group].factor;
      local = groups_[locals_[local].group].parent;
    }
    sum += part;
  }
  return sum;
}

bool DemandTree::is_single_family() const {
  if (groups_.size() != 1 || !is_linear(groups_.front().setup->aggregation)) {
    return false;
  }
  for (std::size_t l = 1; l < locals_.size(); ++l) {
    std::size_t lower = 0;
    std::size_t upper = 0;
    for (const std::uint32_t d : locals_[l].own) {
      const Demand& demand = demands_[d].demand;
      lower += demand.is_equality() || demand.is_floor() ? 1U : 0U;
      upper += demand.is_floor() ? 0U : 1U;
    }
    if (lower > 1 || upper > 1) {
      return false;
    }
  }
  return true;
}

Decimal DemandTree::step_of(std::size_t demand) const {
  const Local& local = locals_[demands_[demand].places.front()];
  std::optional<Decimal> step = local.step;
  int places = digits_;
  for (const std::uint32_t g : local.groups) {
    const FamilySetup& setup = *groups_[g].setup;
    if (setup.aggregation == Aggregation::sum && setup.declared_step && (!step || *setup.declared_step > *step)) {
      step = setup.declared_step;  // a sum of whole steps
    }
  }
  if (step) {
    return *step;
  }
  for (const Group& group : groups_) {
    const Rounding& rounding = tree_.model().item(group.setup->family->parent).spec.rounding;
    if (group.setup->aggregation != Aggregation::sum && rounding.mode != RoundingMode::exact) {
      places = std::max(places, rounding.places);
    }
  }
  return unit_step(std::min(places, Decimal::kMaxScale));
}

}  // namespace jenjang::cascade
