// Interval results: one cell and what lies below it as ranges, remembered.
//
// What is bounded is the figure that the measure will have once everybody has reported, so the policy for missing
// figures plays no part: complete, all policies agree (decision 0022).
#include "jenjang/rollup/interval.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "engine/rollup/accumulate.h"
#include "engine/rollup/interval_range.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/share_lookup.h"

namespace jenjang {

using rollup::Met;
using rollup::OwnFigure;
using rollup::PairRegion;
using rollup::Tie;

struct IntervalEvaluator::Impl {
  struct Cell {
    std::optional<PossibleRange> value;  // empty: not applicable
    std::vector<PairRegion> pairs;       // of a ratio: one a unit, as they meet its parent
    bool achieved = false;               // the next is computed
    std::optional<PossibleRange> raw, achievement;
    std::vector<std::uint32_t> shared;  // open nodes at or below it that feed several parents, ascending
  };

  const Model& model;
  const TargetTable& targets;
  const Facts& facts;
  Lane lane;
  std::optional<Date> as_of;
  PeriodGrid grid;
  rollup::TimeTree tree;
  ExactEvaluator exact;
  std::vector<OwnFigure<Rational>> scratch;
  std::vector<bool> is_shared;  // by node: more than one parent takes its figure
  std::unordered_map<std::uint64_t, Cell> cells;

  Impl(const Model& m, const TargetTable& t, const Facts& f, Lane l, std::optional<Date> day)
      : model(m),
        targets(t),
        facts(f),
        lane(l),
        as_of(day),
        grid(rollup::make_grid(t, f)),
        tree(grid),
        exact(m, t, f, l, day),
        scratch(grid.size()),
        is_shared(m.node_count()) {
    std::vector<bool> seen(m.node_count());
    for (std::size_t i = 0; i < m.node_count(); ++i) {
      rollup::for_each_tie(m, NodeId::from_index(i), [&](const Tie& tie) {
        if (seen[tie.child.index()]) is_shared[tie.child.index()] = true;
        seen[tie.child.index()] = true;
      });
    }
  }

  Cell* find(NodeId node, Period period) {
    if (!node.valid() || node.index() >= model.node_count()) return nullptr;
    const auto slot = grid.find(period);
    return slot ? &cell(node, *slot) : nullptr;
  }

  Cell& cell(NodeId node, SlotId slot) {
    const std::uint64_t key = (static_cast<std::uint64_t>(node.value()) << 32) | slot.value();
    if (const auto found = cells.find(key); found != cells.end()) return found->second;
    Cell made = compute(node, slot);
    if (is_shared[node.index()] && made.value && !made.value->is_point()) {
      const auto place = std::lower_bound(made.shared.begin(), made.shared.end(), node.value());
      if (place == made.shared.end() || *place != node.value()) made.shared.insert(place, node.value());
    }
    return cells.emplace(key, std::move(made)).first->second;
  }

  Cell compute(NodeId node, SlotId slot) {
    Cell made;
    const bool inner = rollup::is_inner(model, node);
    if (inner) roll_up(node, slot, made);
    if (!inner || exact.own_figure_stands(node, grid[slot])) {
      made.value = own_range(node, slot);
      made.shared.clear();
    }
    return made;
  }

  // The node's own figure over time, with the figures of missing periods anywhere in their range.
  std::optional<PossibleRange> own_range(NodeId node, SlotId slot) {
    const Item& item = model.item(node);
    const Period period = grid[slot];
    OwnFigure<Rational> own;
    if (const auto here = facts.of(node); !here.empty()) {
      rollup::accumulate<Rational>(grid, tree, tree.inside(slot.index()), item, facts, here, lane, scratch, as_of);
      own = scratch[slot.index()];
    }
    const rollup::Reported<Rational>& reported = own.reported;
    const auto all = static_cast<unsigned>(rollup::months_of(period));
    if (!reported.any) {
      if (own.complete_reason && own.state == CellState::not_applicable) return std::nullopt;
      if (rollup::missing_state(item, period, as_of, false, false) == CellState::not_applicable) return std::nullopt;
    }
    const PossibleRange one = rollup::range_of(model, item);
    const unsigned expected = (all & ~unsigned{reported.excluded}) | reported.covered;
    const unsigned holes = expected & ~unsigned{reported.covered};
    const int missing = std::popcount(holes), known = std::popcount(unsigned{reported.covered});
    const Rational months(missing);
    switch (item.spec.accumulation) {
      case Accumulation::increments: {
        // A flow is missing once for each period of its frequency.
        const int length = 12 / periods_per_year(item.spec.frequency);
        return rollup::plus(rollup::point(reported.total), rollup::times(one, Rational(missing, length)));
      }
      case Accumulation::average:
        if (missing + known == 0) return std::nullopt;
        return rollup::times(rollup::plus(rollup::point(reported.weighted), rollup::times(one, months)),
                             Rational(1, missing + known));
      case Accumulation::peak:
        if (missing == 0) return rollup::point(reported.best);
        return reported.any ? rollup::extremum(rollup::point(reported.best), one, true) : one;
      default: {
        // What is known before the end of the period says nothing about its end.
        const bool ended = reported.any && std::bit_width(expected) == std::bit_width(unsigned{reported.covered});
        return ended ? rollup::point(reported.last) : one;
      }
    }
  }

  // ---- children ---------------------------------------------------------------------------------

  // A second copy of something that does not apply, or a figure of another definition.
  bool is_refused(NodeId parent, const Tie& tie, SlotId slot) {
    const auto carries = [&](NodeId below) { return cell(below, slot).value.has_value(); };
    return rollup::refused_offer(model, parent, tie, grid[slot], carries).has_value();
  }

  // Notes which open nodes a child brings; one that came before makes the range an outer bound.
  void meet(Cell& parent, const Cell& child, bool& twice) const {
    for (const std::uint32_t node : child.shared) {
      const auto place = std::lower_bound(parent.shared.begin(), parent.shared.end(), node);
      if (place != parent.shared.end() && *place == node) {
        twice = true;
      } else {
        parent.shared.insert(place, node);
      }
    }
  }

  void roll_up(NodeId node, SlotId slot, Cell& made) {
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
    clip(item, *made.value);
  }

  // What a declared range forbids cannot be the figure; whether the rest is reached is not known then.
  static void clip(const Item& item, PossibleRange& range) {
    if (range.is_point()) return;
    const auto& least = item.spec.least_possible;
    const auto& most = item.spec.most_possible;
    if (least && range.most && *range.most < Rational(*least)) return;
    if (most && range.least && Rational(*most) < *range.least) return;
    if (least && (!range.least || *range.least < Rational(*least))) {
      range.least = Rational(*least);
      range.attained = false;
    }
    if (most && (!range.most || Rational(*most) < *range.most)) {
      range.most = Rational(*most);
      range.attained = false;
    }
  }

  std::optional<PossibleRange> combined(NodeId node, SlotId slot, Aggregation aggregation, Cell& made, bool& twice) {
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

  // 1 where the child surely meets its mark or target, 0 where it surely does not, else both.
  std::optional<PossibleRange> met(NodeId parent, NodeId node, SlotId slot, const Cell& child) const {
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

  std::optional<PossibleRange> ratio(NodeId node, SlotId slot, Cell& made, bool& twice) {
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
          made.pairs.push_back(rollup::scaled(rollup::region_of(open, open, limit_of(item)), weight));
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
      made.pairs.push_back(rollup::region_of(numerator, denominator, limit_of(item)));
    }
    if (made.pairs.empty()) return std::nullopt;
    std::optional<PossibleRange> range = rollup::quotient_range(made.pairs);
    if (range && !(numerator.attained && denominator.attained)) range->attained = false;
    return range;
  }

  // Largest quotient a unit's pair may have, by the largest possible value of the measure.
  std::optional<Rational> limit_of(const Item& item) const {
    const PossibleRange range = rollup::range_of(model, item);
    if (!range.most || item.spec.factor.sign() <= 0) return std::nullopt;
    return *range.most / Rational(item.spec.factor);
  }

  // Every number of criteria that may still be met. A judgement nobody made is not given, as in the roll-up.
  std::optional<PossibleRange> looked_up(NodeId node, SlotId slot, Cell& made, bool& twice) {
    const Item& item = model.item(node);
    rollup::ShareCount known;
    std::vector<Tie> open;
    rollup::for_each_tie_in(model, node, grid[slot], [&](const Tie& tie) {
      const Cell& child = cell(tie.child, slot);
      const bool is_open = child.value && !child.value->is_point();
      if (is_open && tie.role != EdgeRole::judgement) {
        meet(made, child, twice);
        open.push_back(tie);
        return;
      }
      const bool told = child.value && !is_open;
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

  // ---- against targets --------------------------------------------------------------------------

  std::optional<PossibleRange> achieve(NodeId node, SlotId slot, Cell& at) {
    if (at.achieved) return at.achievement;
    at.achieved = true;
    if (!at.value) return std::nullopt;
    const Item& item = model.item(node);
    const AchievementSpec& spec = item.spec.achievement;
    std::optional<PossibleRange>& raw = at.raw;
    if (is_goal(item.kind)) {
      raw = at.value;
    } else if (const TargetCell* target = targets.find(node, grid[slot]); target != nullptr) {
      const auto resolved = rollup::resolve_target(model, node, target->target);
      if (!resolved || spec.formula == AchievementFormula::none) return std::nullopt;
      bool broken = false;
      const Baseline* baseline = rollup::baseline_for(model, node, grid[slot], &broken);
      raw = rollup::achievement_range(spec, item.spec.polarity, *at.value, *resolved,
                                      baseline != nullptr && !broken ? std::optional(baseline->value) : std::nullopt);
    }
    if (raw) at.achievement = rollup::limited(spec, *raw);
    return at.achievement;
  }

  int certain_band(NodeId node, Period period) {
    Cell* at = find(node, period);
    if (at == nullptr) return -1;
    const MeasureSpec& spec = model.item(node).spec;
    const bool by_value = spec.value_bands.valid() || spec.grade_scale.valid();
    const ScaleId id = spec.value_bands.valid()   ? spec.value_bands
                       : spec.grade_scale.valid() ? spec.grade_scale
                                                  : spec.achievement_bands;
    if (!id.valid()) return -1;
    const auto range = by_value ? at->value : achieve(node, *grid.find(period), *at);
    if (!range) return -1;
    const Scale& scale = model.scale(id);
    if (range->is_point()) return band_of(scale, *range->least);
    if (scale.kind == Scale::Kind::grades || scale.bands.empty()) return -1;
    // Bands are neighbours on one line, so both ends in one band is the whole range in it.
    const auto end = [&](const std::optional<Rational>& value, bool upper) {
      if (value) return band_of(scale, *value);
      if (upper) return scale.domain_high ? -1 : 0;
      return scale.domain_low || scale.bands.back().above ? -1 : static_cast<int>(scale.bands.size()) - 1;
    };
    const int low = end(range->least, false), high = end(range->most, true);
    return low == high ? low : -1;
  }
};

IntervalEvaluator::IntervalEvaluator(const Model& model, const TargetTable& targets, const Facts& facts, Lane lane,
                                     std::optional<Date> as_of)
    : impl_(std::make_unique<Impl>(model, targets, facts, lane, as_of)) {}
IntervalEvaluator::~IntervalEvaluator() = default;

std::optional<PossibleRange> IntervalEvaluator::value(NodeId node, Period period) {
  const Impl::Cell* at = impl_->find(node, period);
  return at == nullptr ? std::nullopt : at->value;
}

std::optional<PossibleRange> IntervalEvaluator::achievement(NodeId node, Period period) {
  Impl::Cell* at = impl_->find(node, period);
  return at == nullptr ? std::nullopt : impl_->achieve(node, *impl_->grid.find(period), *at);
}

int IntervalEvaluator::certain_band(NodeId node, Period period) {
  return impl_->certain_band(node, period);
}

}  // namespace jenjang
