// Interval results: one cell and what lies below it as ranges, remembered.
//
// What is bounded is the figure that the measure will have once everybody has reported, so the policy for missing
// figures plays no part: complete, all policies agree (decision 0022).
#include "jenjang/rollup/interval.h"

#include <algorithm>
#include <bit>

#include "engine/rollup/interval_cells.h"

namespace jenjang {

using rollup::OwnFigure;
using rollup::Tie;

IntervalEvaluator::Impl::Impl(const Model& m, const TargetTable& t, const Facts& f, Lane l, std::optional<Date> day)
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

IntervalEvaluator::Impl::Cell* IntervalEvaluator::Impl::find(NodeId node, Period period) {
  if (!node.valid() || node.index() >= model.node_count()) return nullptr;
  const auto slot = grid.find(period);
  return slot ? &cell(node, *slot) : nullptr;
}

IntervalEvaluator::Impl::Cell& IntervalEvaluator::Impl::cell(NodeId node, SlotId slot) {
  const std::uint64_t key = (static_cast<std::uint64_t>(node.value()) << 32) | slot.value();
  if (const auto found = cells.find(key); found != cells.end()) return found->second;
  Cell made = compute(node, slot);
  if (is_shared[node.index()] && made.value && !made.value->is_point()) {
    const auto place = std::lower_bound(made.shared.begin(), made.shared.end(), node.value());
    if (place == made.shared.end() || *place != node.value()) made.shared.insert(place, node.value());
  }
  return cells.emplace(key, std::move(made)).first->second;
}

IntervalEvaluator::Impl::Cell IntervalEvaluator::Impl::compute(NodeId node, SlotId slot) {
  Cell made;
  const bool inner = rollup::is_inner(model, node);
  if (inner) roll_up(node, slot, made);
  // Complete, a figure that stands first is the own one, whatever the children make: they bound it only where none of
  // its own is due.
  const bool own_first = inner && rollup::own_figure_first(model.item(node));
  if (!inner || own_first || exact.own_figure_stands(node, grid[slot])) {
    std::optional<PossibleRange> own = own_range(node, slot);
    if (own_first && !own) return made;
    made.value = std::move(own);
    made.shared.clear();
  }
  return made;
}

std::optional<PossibleRange> IntervalEvaluator::Impl::own_range(NodeId node, SlotId slot) {
  const Item& item = model.item(node);
  const Period period = grid[slot];
  OwnFigure<Rational> own;
  if (!facts.of(node).empty()) {
    rollup::accumulate<Rational>(grid, tree, tree.inside(slot.index()), model, node, facts, lane, scratch, as_of);
    own = scratch[slot.index()];
  }
  // Shown where it was stated; nothing is missing beside it.
  if (own.outside_life) return rollup::point(own.value);
  const rollup::Reported<Rational>& reported = own.reported;
  const auto all = static_cast<unsigned>(rollup::months_lived(model, node, period));
  if (!reported.any) {
    if (own.complete_reason && own.state == CellState::not_applicable) return std::nullopt;
    if (rollup::missing_state(model, node, period, as_of, {}, false) == CellState::not_applicable) return std::nullopt;
  }
  const PossibleRange one = rollup::range_of(model, item);
  const unsigned expected = (all & ~unsigned{reported.excluded}) | reported.covered;
  const unsigned holes = expected & ~unsigned{reported.covered};
  const int missing = std::popcount(holes), known = std::popcount(unsigned{reported.covered});
  const Rational months(missing);
  switch (item.spec.accumulation) {
    case Accumulation::increments: {
      // A flow is missing once for each period of its frequency, which is reported whole where the unit lived in a
      // part.
      Rational times_missing;
      const int length = 12 / periods_per_year(item.spec.frequency);
      for (int part = 1; part <= 12 / length; ++part) {
        const Period whole(period.year(), item.spec.frequency, part);
        const int open = std::popcount(holes & unsigned{rollup::months_of(whole)});
        if (open > 0) times_missing += Rational(open, std::popcount(rollup::months_lived(model, node, whole)));
      }
      return rollup::plus(rollup::point(reported.total), rollup::times(one, times_missing));
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

// ---- against targets --------------------------------------------------------------------------------

std::optional<PossibleRange> IntervalEvaluator::Impl::achieve(NodeId node, SlotId slot, Cell& at) {
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

int IntervalEvaluator::Impl::certain_band(NodeId node, Period period) {
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
