#include "engine/assess/reach_trial.h"

#include <algorithm>
#include <limits>
#include <set>

#include "engine/rollup/interval_range.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

// As good as without limit: no plan of this many units is told to anybody.
constexpr std::int64_t kUnlimited = std::int64_t{1} << 40;

std::int64_t whole_units(const Rational& room, const Decimal& step) {
  if (room.sign() <= 0) return 0;
  const std::optional<Int128> units = (room / Rational(step)).floor();
  return units && *units < kUnlimited ? static_cast<std::int64_t>(*units) : kUnlimited;
}

}  // namespace

Decimal moved(const Mover& mover, std::int64_t units) {
  const Rational way = Rational(mover.step) * Rational(mover.direction * units);
  return (Rational(mover.from) + way).to_decimal().value_or(mover.from);
}

void Trial::move(const Mover& mover, std::int64_t units) {
  Fact& fact = facts_.facts[mover.fact];
  Observation& observation = facts_.observations[fact.observation];
  observation.number = units == 0 ? mover.from : moved(mover, units);
  fact.value = observation.number.to_double();
  exact_.forget_all();
}

void Trial::lay(const MoverList& list, const std::vector<std::int64_t>& units) {
  for (std::size_t i = 0; i < list.movers.size(); ++i) move(list.movers[i], units.empty() ? 0 : units[i]);
}

class MoverFinder {
public:
  MoverFinder(Trial& trial, Period period) : trial_(trial), period_(period), exact_(trial.exact_) {}

  MoverList find(NodeId node) {
    visit(node, SIZE_MAX);
    for (const NodeId fixed : denominators_) {
      if (std::ranges::any_of(list_.movers, [&](const Mover& mover) { return mover.node == fixed; })) {
        // A figure above and below the line at once moves the quotient along a curve.
        list_.uneven = to_string(Aggregation::ratio);
      }
    }
    return std::move(list_);
  }

private:
  [[nodiscard]] const Model& model() const { return trial_.model_; }

  void visit(NodeId node, std::size_t pool) {
    if (!seen_.insert(node.value()).second) return;
    if (!rollup::is_inner(model(), node) || exact_.own_figure_stands(node, period_)) {
      add(node, pool);
      return;
    }
    const Item& item = model().item(node);
    const Aggregation how = rollup::aggregation_of(item);
    if (how != Aggregation::sum && how != Aggregation::weighted_mean && how != Aggregation::ratio) {
      if (list_.uneven.empty()) list_.uneven = to_string(how);
    }
    const std::size_t inside = how == Aggregation::ratio ? share_pool(node) : SIZE_MAX;
    rollup::for_each_tie_in(model(), node, period_, [&](const rollup::Tie& tie) {
      if (tie.carry != Carry::value && list_.uneven.empty()) list_.uneven = to_string(tie.carry);
      if (tie.role == EdgeRole::denominator) {
        note_denominators(tie.child);
      } else {
        visit(tie.child, inside);
      }
    });
  }

  void note_denominators(NodeId node) {
    if (!denominators_.insert(node).second) return;
    for (const NodeId child : model().graph.children(node)) note_denominators(child);
  }

  // A share never goes above the whole: its numerators together have the room that the denominator leaves. A ratio that
  // is no percentage has no such limit, and above the bottom each child has its own.
  std::size_t share_pool(NodeId node) {
    const Item& item = model().item(node);
    const PossibleRange range = rollup::range_of(model(), item);
    const auto pair = exact_.quotient(node, period_);
    if (!range.most || !pair || item.spec.factor.is_zero()) return SIZE_MAX;
    const Rational most = *range.most / Rational(item.spec.factor) * pair->second;
    rooms_.push_back(most - pair->first);
    list_.pool_units.push_back(kUnlimited);
    return list_.pool_units.size() - 1;
  }

  void add(NodeId node, std::size_t pool) {
    const Item& item = model().item(node);
    const std::size_t first = trial_.facts_.fact_begin[node.index()], last = trial_.facts_.fact_begin[node.index() + 1];
    const bool peak = item.spec.accumulation == Accumulation::peak;
    std::optional<std::size_t> chosen;
    for (std::size_t f = first; f < last; ++f) {
      const Observation& seen = trial_.facts_.observation(trial_.facts_.facts[f]);
      if (!period_.contains(seen.period) || seen.state != CellState::value || !seen.grade.empty()) continue;
      if (!chosen) {
        chosen = f;
        continue;
      }
      const Observation& best = trial_.facts_.observation(trial_.facts_.facts[*chosen]);
      // The figure of the whole period; else the largest where the largest counts; else the latest.
      if (best.period == period_) continue;
      const bool later = best.period.last_month() <= seen.period.last_month();
      if (seen.period == period_ || (peak ? best.number < seen.number : later)) chosen = f;
    }
    if (!chosen) {
      ++list_.without_figure;
      return;
    }
    const Observation& seen = trial_.facts_.observation(trial_.facts_.facts[*chosen]);
    Mover mover;
    mover.node = node;
    mover.period = seen.period;
    mover.fact = *chosen;
    mover.from = seen.number;
    mover.step = item.spec.step.is_zero() ? Decimal::from_parts(1, seen.number.normalised().scale()) : item.spec.step;
    mover.pool = pool;
    if (pool != SIZE_MAX) {
      const auto fellow = std::ranges::find(list_.movers, pool, &Mover::pool);
      // Units of two sizes in one room would have to be packed.
      if (fellow != list_.movers.end() && fellow->step != mover.step) list_.uneven = "langkah";
      list_.pool_units[pool] = std::min(list_.pool_units[pool], whole_units(rooms_[pool], mover.step));
    }
    list_.movers.push_back(mover);
  }

  Trial& trial_;
  Period period_;
  ExactEvaluator& exact_;
  MoverList list_;
  std::set<std::uint32_t> seen_;
  std::set<NodeId> denominators_;
  std::vector<Rational> rooms_;  // by pool
};

MoverList Trial::movers_below(NodeId node, Period period) {
  return MoverFinder(*this, period).find(node);
}

std::vector<std::int64_t> spread_units(const MoverList& list, std::int64_t units) {
  std::vector<std::int64_t> pools = list.pool_units, given;
  for (const Mover& mover : list.movers) {
    std::int64_t take = std::min(units, mover.most_units);
    if (mover.pool != SIZE_MAX) {
      take = std::max<std::int64_t>(0, std::min(take, pools[mover.pool]));
      pools[mover.pool] -= take;
    }
    given.push_back(take);
    units -= take;
  }
  return given;
}

std::optional<std::vector<std::int64_t>> least_units(Trial& trial, const MoverList& list,
                                                     const std::function<bool()>& holds) {
  std::int64_t all = 0;
  for (const std::int64_t some : spread_units(list, kAllUnits)) all += some;
  const auto enough = [&](std::int64_t count) {
    trial.lay(list, spread_units(list, count));
    return holds();
  };
  std::int64_t least = 1;
  while (least < all && !enough(least)) least = std::min(all, 2 * least);
  const bool found = all > 0 && enough(least);
  std::int64_t below = least / 2;
  while (found && below + 1 < least) {
    const std::int64_t middle = below + (least - below) / 2;
    (enough(middle) ? least : below) = middle;
  }
  trial.lay(list, {});
  return found ? std::optional(spread_units(list, least)) : std::nullopt;
}

void set_limit(const Model& model, Mover& mover) {
  const PossibleRange range = rollup::range_of(model, model.item(mover.node));
  const Rational at(mover.from);
  if (mover.direction > 0) {
    mover.most_units = range.most ? whole_units(*range.most - at, mover.step) : kUnlimited;
    return;
  }
  // Nothing that is not below zero now goes there; where a least is known, not below that.
  if (at.sign() < 0 && !range.least) {
    mover.most_units = kUnlimited;
  } else {
    mover.most_units = whole_units(at - range.least.value_or(Rational()), mover.step);
  }
}

bool sort_by_slope(Trial& trial, NodeId node, Period period, bool up, const Model& model, MoverList& list) {
  const std::optional<Rational> now = trial.value(node, period);
  if (!now) return false;
  struct Slope {
    Mover mover;
    Rational size;
  };
  std::vector<Slope> slopes;
  for (Mover mover : list.movers) {
    mover.direction = 1;
    trial.move(mover, 1);
    const std::optional<Rational> one = trial.value(node, period);
    trial.move(mover, 2);
    const std::optional<Rational> two = trial.value(node, period);
    trial.move(mover, 0);
    if (!one || !two || *two - *one != *one - *now) return false;
    const Rational slope = *one - *now;
    if (slope.is_zero()) continue;
    mover.direction = (slope.sign() > 0) == up ? 1 : -1;
    set_limit(model, mover);
    if (mover.direction < 0) mover.pool = SIZE_MAX;
    slopes.push_back({mover, slope.absolute()});
  }
  std::ranges::stable_sort(slopes, [](const Slope& a, const Slope& b) { return b.size < a.size; });
  list.movers.clear();
  for (const Slope& slope : slopes) list.movers.push_back(slope.mover);
  return true;
}

}  // namespace jenjang
