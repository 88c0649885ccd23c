#include "engine/assess/reach_carried.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "jenjang/assess/reach.h"

#include "engine/assess/reach_whole.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

class CarriedReacher {
public:
  CarriedReacher(Trial& trial, const Model& model, const TargetTable& targets, NodeId node, Period period,
                 const ReachWish& wish, std::span<const MeasureCost> costs, std::string& cause)
      : trial_(trial),
        model_(model),
        targets_(targets),
        node_(node),
        period_(period),
        wish_(wish),
        costs_(costs),
        cause_(cause) {}

  std::optional<CarriedPlan> run() {
    const std::optional<Rational> before = trial_.value(node_, period_);
    if (!before || !wish_.raises(*before)) return fail(before ? to_string(wish_.polarity) : "kosong");
    before_ = *before;
    bool good = true;
    rollup::for_each_tie_in(model_, node_, period_, [&](const rollup::Tie& tie) { good = good && take(tie.child); });
    if (!good) return std::nullopt;
    Rational all = before_;
    for (const CarriedChild& child : plan_.children) {
      trial_.lay(child.list, spread_units(child.list, child.most));
      all += child.gain;
    }
    const bool reached = holds();
    if (trial_.value(node_, period_) != all) return fail("batas");
    if (!reached) return std::nullopt;
    for (const CarriedChild& child : plan_.children) trial_.lay(child.list, {});
    if (!choose()) return std::nullopt;
    fill();
    return std::move(plan_);
  }

private:
  std::nullopt_t fail(std::string_view cause) {
    if (cause_.empty()) cause_ = cause;
    return std::nullopt;
  }
  bool refuse(std::string_view cause) {
    (void)fail(cause);
    return false;
  }

  bool holds() {
    const std::optional<Rational> now =
        wish_.of_achievement ? trial_.achievement(node_, period_) : trial_.value(node_, period_);
    return now && wish_.holds(*now);
  }
  Rational gain_of(const MoverList& list, std::int64_t units) {
    trial_.lay(list, spread_units(list, units));
    const Rational gain = trial_.value(node_, period_).value_or(before_) - before_;
    trial_.lay(list, {});
    return gain;
  }

  // Achievement before the cap, of any figure of the child.
  [[nodiscard]] std::optional<Rational> raw_at(NodeId child, const Rational& value) const {
    const MeasureSpec& spec = model_.item(child).spec;
    const TargetCell* cell = targets_.find(child, period_);
    const auto target = cell == nullptr ? std::nullopt : rollup::resolve_target(model_, child, cell->target);
    if (!target) return std::nullopt;
    const Baseline* baseline = model_.baseline_before(child, period_);
    return achievement_exact(spec.achievement, spec.polarity, value, *target,
                             baseline == nullptr ? std::nullopt : std::optional(baseline->value))
        .raw;
  }

  // False with a cause when the child's achievement is no straight line of its steps.
  bool take(NodeId child) {
    CarriedChild made;
    made.child = child;
    const std::optional<Rational> value = trial_.value(child, period_);
    // Nobody reported on it, or it has no target: it stands still.
    if (!value || !trial_.achievement(child, period_)) return true;
    made.list = trial_.movers_below(child, period_);
    if (made.list.movers.empty()) return true;
    if (!made.list.uneven.empty()) return refuse(made.list.uneven);
    const AchievementFormula formula = model_.item(child).spec.achievement.formula;
    if (formula != AchievementFormula::h1 && formula != AchievementFormula::l1 &&
        formula != AchievementFormula::baseline) {
      return refuse(to_string(formula));
    }
    // The line itself, one figure up and two figures up; a rule for a target of zero is a step and no line.
    const auto at = raw_at(child, *value), one = raw_at(child, *value + Rational(1)),
               two = raw_at(child, *value + Rational(2));
    if (!at || !one || !two || *two - *one != *one - *at || *one == *at) return refuse(to_string(formula));
    if (!sort_by_slope(trial_, child, period_, *at < *one, model_, made.list)) return refuse("langkah");
    if (made.list.movers.empty()) return true;
    // Figures below one child are one another's equals, else they were several children.
    std::optional<Rational> moved_by;
    for (const Mover& mover : made.list.movers) {
      if (!used_.insert(mover.fact).second) return refuse("lintas");
      trial_.move(mover, 1);
      const Rational by = (trial_.value(child, period_).value_or(*value) - *value).absolute();
      trial_.move(mover, 0);
      if (moved_by && *moved_by != by) return refuse("langkah");
      moved_by = by;
    }
    if (!set_gains(made)) return false;
    if (made.most == 0) return true;
    // What a step would gain were there no cap: the only step may meet it.
    const Rational points = *moved_by * (*one - *at).absolute();
    const std::optional<Rational> low = trial_.achievement(child, period_);
    trial_.lay(made.list, spread_units(made.list, made.most));
    const std::optional<Rational> high = trial_.achievement(child, period_);
    trial_.lay(made.list, {});
    if (!low || !high || *low == *high) return refuse("langkah");
    made.line_gain = points * made.gain / (*high - *low).absolute();
    made.step_cost = cost_of(child).value_or(points);
    plan_.children.push_back(std::move(made));
    return true;
  }

  // Floor, line and cap are the only pieces: a first step that gains, and as much as every step but the last, shows
  // that the floor is behind it.
  bool set_gains(CarriedChild& made) {
    std::int64_t all = 0;
    for (const std::int64_t some : spread_units(made.list, kAllUnits)) all += some;
    const Rational most_gain = gain_of(made.list, all);
    if (most_gain.sign() <= 0) return true;
    const auto units = least_units(trial_, made.list, [&] {
      return holds() || trial_.value(node_, period_).value_or(before_) - before_ == most_gain;
    });
    if (!units) return refuse("langkah");
    for (const std::int64_t some : *units) made.most += some;
    made.step_gain = gain_of(made.list, 1);
    made.gain = gain_of(made.list, made.most);
    const Rational steps(made.most - 1);
    if (made.step_gain.sign() <= 0 || made.gain > made.step_gain * Rational(made.most) ||
        gain_of(made.list, made.most - 1) != made.step_gain * steps) {
      return refuse("batas_bawah");
    }
    return true;
  }

  // A row of this very address comes before a row of its code.
  std::optional<Rational> cost_of(NodeId child) {
    const MeasureCost* found = nullptr;
    for (const MeasureCost& cost : costs_) {
      if (cost.code == model_.address(child) || (found == nullptr && cost.code == model_.item(child).code)) {
        found = &cost;
      }
    }
    if (found == nullptr) return std::nullopt;
    plan_.default_costs = false;
    return Rational(found->cost);
  }

  // The least whole gain that will do: more of it never undoes what is wanted.
  std::optional<std::int64_t> needed(std::int64_t scale, std::int64_t most) const {
    const auto enough = [&](std::int64_t gain) {
      return wish_.holds_at_value(model_, targets_, node_, period_, before_ + Rational(gain) / Rational(scale));
    };
    if (most < 1 || !enough(most)) return std::nullopt;
    std::int64_t below = 0;
    while (below + 1 < most) {
      const std::int64_t middle = below + (most - below) / 2;
      (enough(middle) ? most : below) = middle;
    }
    return most;
  }

  bool choose() {
    std::vector<Rational> gains, prices;
    Rational most, dearest;
    for (const CarriedChild& child : plan_.children) {
      gains.push_back(child.step_gain);
      gains.push_back(child.gain);
      prices.push_back(child.step_cost);
      most += child.gain;
      dearest += child.step_cost * Rational(child.most);
    }
    const auto scale = common_denominator(gains), money = common_denominator(prices);
    if (!scale || !money || !whole_of(most, *scale) || !whole_of(dearest, *money)) return refuse("penyebut");
    const auto need = needed(*scale, *whole_of(most, *scale));
    if (!need) return refuse("batas");
    need_ = Rational(*need) / Rational(*scale);
    ReachProblem problem;
    problem.need = *need;
    std::vector<std::pair<std::size_t, std::int64_t>> bundles;  // child, steps
    const auto add = [&](std::size_t i, std::int64_t steps, const Rational& gain) {
      const Rational cost = plan_.children[i].step_cost * Rational(steps);
      problem.items.emplace_back().levels = {
          {0, 0, {}}, {whole_of(cost, *money).value_or(0), whole_of(gain, *scale).value_or(0), {}}};
      bundles.emplace_back(i, steps);
    };
    for (std::size_t i = 0; i < plan_.children.size(); ++i) {
      const CarriedChild& child = plan_.children[i];
      std::int64_t rest = child.most - 1;
      for (std::int64_t size = 1; rest > 0; size *= 2) {
        const std::int64_t steps = std::min(size, rest);
        add(i, steps, child.step_gain * Rational(steps));
        rest -= steps;
      }
      // The step that meets the cap gains what is left; it never gains more than the others, so no plan is better for
      // taking it without them.
      add(i, 1, child.gain - child.step_gain * Rational(child.most - 1));
    }
    const ReachOutcome outcome = solve_reach(problem);
    if (outcome.verdict != ReachOutcome::Verdict::reached) return refuse("> " + std::to_string(outcome.points));
    if (!check_reach_proof(problem, outcome.proof)) throw std::logic_error("reach: the proof does not hold");
    for (std::size_t b = 0; b < bundles.size(); ++b) {
      if (outcome.plans.front().level[b] > 0) plan_.children[bundles[b].first].units += bundles[b].second;
    }
    for (const CarriedChild& child : plan_.children) plan_.cost += child.step_cost * Rational(child.units);
    return true;
  }

  // The continuous answer. Its need is the cut itself where it is known, not the next sum that whole steps can make.
  void fill() {
    Rational need = need_;
    if (!wish_.of_achievement && wish_.least) need = wish_.least->bound - before_;
    if (!wish_.of_achievement && wish_.target && wish_.reference) need = Rational(*wish_.reference) - before_;
    std::vector<const CarriedChild*> order;
    order.reserve(plan_.children.size());
    for (const CarriedChild& child : plan_.children) order.push_back(&child);
    std::ranges::stable_sort(order, [](const CarriedChild* a, const CarriedChild* b) {
      return a->step_cost * b->line_gain < b->step_cost * a->line_gain;
    });
    for (const CarriedChild* child : order) {
      if (need.sign() <= 0) return;
      const Rational taken = std::min(need, child->gain);
      plan_.price = child->step_cost / child->line_gain;
      plan_.even_cost += taken * plan_.price;
      need -= taken;
    }
  }

  Trial& trial_;
  const Model& model_;
  const TargetTable& targets_;
  NodeId node_;
  Period period_;
  const ReachWish& wish_;
  std::span<const MeasureCost> costs_;
  std::string& cause_;
  Rational before_, need_;
  std::set<std::size_t> used_;
  CarriedPlan plan_;
};

}  // namespace

bool carries_achievements(const Model& model, NodeId node, Period period) {
  if (!rollup::is_inner(model, node)) return false;
  const Aggregation how = rollup::aggregation_of(model.item(node));
  if (how != Aggregation::sum && how != Aggregation::weighted_mean) return false;
  bool any = false, all = true;
  rollup::for_each_tie_in(model, node, period, [&](const rollup::Tie& tie) {
    any = true;
    all = all && tie.carry == Carry::achievement && tie.role == EdgeRole::operand;
  });
  return any && all;
}

std::optional<CarriedPlan> reach_carried(Trial& trial, const Model& model, const TargetTable& targets, NodeId node,
                                         Period period, const ReachWish& wish, std::span<const MeasureCost> costs,
                                         std::string& cause) {
  return CarriedReacher(trial, model, targets, node, period, wish, costs, cause).run();
}

}  // namespace jenjang
