#include "jenjang/assess/reach_measure.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "jenjang/assess/reach.h"
#include "jenjang/rollup/incremental.h"

#include "engine/assess/reach_carried.h"
#include "engine/assess/reach_trial.h"
#include "engine/assess/reach_whole.h"
#include "engine/assess/reach_wish.h"
#include "engine/rollup/achievement.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

// Each figure is tried by itself: beyond this the trials take longer than the roll-up is worth.
constexpr std::size_t kMostFigures = 5000;

class MeasureReacher {
public:
  MeasureReacher(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
                 NodeId node, Period period, DiagnosticSink& sink)
      : model_(model),
        targets_(targets),
        facts_(facts),
        options_(options),
        node_(node),
        period_(period),
        sink_(sink),
        trial_(model, targets, facts, options.as_of) {}

  std::optional<MeasureReach> run(const ReachWish& wish, std::span<const MeasureCost> costs) {
    wish_ = wish;
    reach_.of_achievement = wish.of_achievement;
    reach_.target_met = wish.target && !wish.is_figure;
    reach_.wanted = wish.words;
    if (!reach_.target_met) reach_.predicate = wish.name;
    const std::optional<Rational> now = figure();
    if (!now) return refuse("kosong");
    reach_.now = reach_.after = *now;
    if (holds()) {
      start_live();
      return std::move(reach_);
    }
    MoverList list = trial_.movers_below(node_, period_);
    reach_.without_figure = list.without_figure;
    reach_.figures = list.movers.size();
    if (list.movers.size() > kMostFigures) return refuse("> " + std::to_string(kMostFigures));
    if (list.movers.empty()) return refuse("tanpa angka");
    // One figure alone needs no prices, whatever its formula.
    const bool carries =
        carries_achievements(model_, node_, period_) && (list.movers.size() > 1 || !costs.empty() || is_linear(list));
    if (!carries && !costs.empty()) return refuse("biaya");
    const bool counts =
        rollup::is_inner(model_, node_) && rollup::aggregation_of(model_.item(node_)) == Aggregation::share_meeting;
    const bool found = carries                   ? by_carrying(costs)
                       : counts                  ? by_counting()
                       : list.uneven.empty()     ? by_units(list)
                       : list.movers.size() == 1 ? by_one(list)
                                                 : false;
    if (!found) {
      if (!said_) refuse(list.uneven.empty() ? to_string(Aggregation::share_meeting) : list.uneven);
      return std::nullopt;
    }
    verify();
    return std::move(reach_);
  }

private:
  std::nullopt_t refuse(std::string_view cause) {
    sink_.report(make_diagnostic(Code::J3128, model_.node_span[node_.index()])
                     .arg("alamat", model_.address(node_, period_))
                     .arg("sebab", cause));
    said_ = true;
    return std::nullopt;
  }

  bool out_of_reach() {
    const std::optional<Rational> best = figure();
    sink_.report(make_diagnostic(Code::J3127, model_.node_span[node_.index()])
                     .arg("alamat", model_.address(node_, period_))
                     .arg("predikat", wish_.name)
                     .arg("terbaik", best ? print(*best) : "-")
                     .arg("diminta", wish_.words));
    said_ = true;
    return false;
  }

  [[nodiscard]] std::string print(const Rational& value) const {
    const MeasureSpec& spec = model_.item(node_).spec;
    const Rounding rounding = wish_.of_achievement ? spec.achievement.rounding : spec.rounding;
    if (rounding.mode != RoundingMode::exact) return round(value, rounding).to_string();
    const std::optional<Decimal> decimal = value.to_decimal();
    return decimal ? decimal->to_string() : value.to_string();
  }

  std::optional<Rational> figure() {
    return wish_.of_achievement ? trial_.achievement(node_, period_) : trial_.value(node_, period_);
  }
  bool holds() {
    const std::optional<Rational> now = figure();
    return now && wish_.holds(*now);
  }

  [[nodiscard]] bool is_linear(const MoverList& list) const {
    const AchievementFormula formula = model_.item(list.movers.front().node).spec.achievement.formula;
    return formula == AchievementFormula::h1 || formula == AchievementFormula::l1 ||
           formula == AchievementFormula::baseline;
  }

  bool by_carrying(std::span<const MeasureCost> costs) {
    std::string cause;
    const std::optional<CarriedPlan> plan =
        reach_carried(trial_, model_, targets_, node_, period_, wish_, costs, cause);
    if (!plan) return cause.empty() ? out_of_reach() : (refuse(cause), false);
    reach_.method = MeasureReach::Method::carried;
    reach_.cost = plan->cost;
    reach_.even_cost = plan->even_cost;
    reach_.price = plan->price;
    reach_.default_costs = plan->default_costs;
    for (const CarriedChild& child : plan->children) {
      if (child.units == 0) continue;
      const std::vector<std::int64_t> units = spread_units(child.list, child.units);
      const std::size_t first = reach_.steps.size();
      trial_.lay(child.list, units);
      note(child.list, units);
      for (std::size_t i = first; i < reach_.steps.size(); ++i) {
        reach_.steps[i].cost = child.step_cost * Rational(reach_.steps[i].units);
      }
    }
    return true;
  }

  // The steepest figures first, as few units as will do: with n units nothing moves the measure further than the n
  // steepest steps, for a step moves it the same wherever the others stand.
  bool by_units(MoverList& list) {
    const std::optional<Rational> value = trial_.value(node_, period_);
    if (!value) return false;
    if (!sort_by_slope(trial_, node_, period_, wish_.raises(*value), model_, list)) return refuse("langkah"), false;
    reach_.method = list.movers.size() == 1 ? MeasureReach::Method::single : MeasureReach::Method::even;
    const std::optional<std::vector<std::int64_t>> units = least_units(trial_, list, [&] { return holds(); });
    if (!units) return nothing_reaches(list);
    trial_.lay(list, *units);
    note(list, *units);
    return true;
  }

  // One figure under something uneven (a threshold, a least or a largest part): tried both ways.
  bool by_one(MoverList& list) {
    reach_.method = MeasureReach::Method::single;
    std::optional<std::vector<std::int64_t>> best;
    MoverList found;
    for (const int direction : {1, -1}) {
      MoverList tried = list;
      tried.movers.front().direction = direction;
      set_limit(model_, tried.movers.front());
      const std::optional<std::vector<std::int64_t>> units = least_units(trial_, tried, [&] { return holds(); });
      if (!units || (best && best->front() <= units->front())) continue;
      best = units;
      found = std::move(tried);
    }
    if (!best) return nothing_reaches(list);
    trial_.lay(found, *best);
    note(found, *best);
    return true;
  }

  bool nothing_reaches(const MoverList& list) {
    trial_.lay(list, spread_units(list, kAllUnits));
    const bool reported = out_of_reach();
    trial_.lay(list, {});
    return reported;
  }

  void note(const MoverList& list, const std::vector<std::int64_t>& units) {
    for (std::size_t i = 0; i < list.movers.size(); ++i) {
      if (units[i] == 0) continue;
      const Mover& mover = list.movers[i];
      reach_.steps.push_back({mover.node, mover.period, mover.from, moved(mover, units[i]), mover.step, units[i], {}});
      chosen_.push_back(mover);
      reach_.units += units[i];
    }
  }

  // Children that meet a threshold: each costs the units that bring it there, and gains its weight.
  bool by_counting() {
    struct Candidate {
      NodeId child;
      MoverList list;
      std::vector<std::int64_t> units;
      std::int64_t cost = 0;
      Rational gain;
    };
    const std::optional<Rational> before = trial_.value(node_, period_);
    std::vector<Candidate> candidates;
    std::set<std::size_t> used;
    bool apart = true;
    rollup::for_each_tie_in(model_, node_, period_, [&](const rollup::Tie& tie) {
      Candidate made{tie.child, trial_.movers_below(tie.child, period_), {}, 0, {}};
      const std::optional<Target> mark = mark_of(tie.child);
      const std::optional<Rational> value = trial_.value(tie.child, period_);
      if (!mark || !value || meets(tie.child, *mark) || made.list.movers.empty()) return;
      const Polarity polarity = model_.item(tie.child).spec.polarity;
      const bool up = polarity == Polarity::higher || (polarity != Polarity::lower && mark->reference_number() &&
                                                       *value < Rational(*mark->reference_number()));
      if (!made.list.uneven.empty() || !sort_by_slope(trial_, tie.child, period_, up, model_, made.list)) return;
      for (const Mover& mover : made.list.movers) apart = used.insert(mover.fact).second && apart;
      const auto units = least_units(trial_, made.list, [&] { return meets(tie.child, *mark); });
      if (!units) return;
      made.units = *units;
      for (const std::int64_t some : made.units) made.cost += some;
      trial_.lay(made.list, made.units);
      const std::optional<Rational> after = trial_.value(node_, period_);
      trial_.lay(made.list, {});
      if (!before || !after || *after <= *before) return;
      made.gain = *after - *before;
      candidates.push_back(std::move(made));
    });
    if (!before) return false;
    if (!apart) return refuse("lintas"), false;
    // All at once: is it in reach at all, and is it a sum of its parts?
    Rational sum = *before;
    for (const Candidate& candidate : candidates) {
      trial_.lay(candidate.list, candidate.units);
      sum += candidate.gain;
    }
    if (candidates.empty() || !holds()) return out_of_reach();
    if (trial_.value(node_, period_) != sum) return refuse(to_string(Aggregation::share_meeting)), false;
    for (const Candidate& candidate : candidates) {
      trial_.lay(candidate.list, {});
    }
    std::vector<Rational> gains;
    gains.reserve(candidates.size());
    for (const Candidate& candidate : candidates) gains.push_back(candidate.gain);
    const std::optional<HalfLine> line = value_line(candidates.size(), gains, *before);
    const std::optional<std::int64_t> scale = common_denominator(gains);
    if (!line || !scale) return refuse(to_string(Aggregation::share_meeting)), false;
    ReachProblem problem;
    const std::optional<std::int64_t> need = least_whole(line->bound - *before, line->inclusive, *scale);
    if (!need) return refuse("penyebut"), false;
    problem.need = *need;
    for (const Candidate& candidate : candidates) {
      ReachItem& item = problem.items.emplace_back();
      item.levels = {{0, 0, {}}, {candidate.cost, whole_of(candidate.gain, *scale).value_or(0), {}}};
    }
    const ReachOutcome outcome = solve_reach(problem);
    if (outcome.verdict != ReachOutcome::Verdict::reached) return refuse(to_string(Aggregation::share_meeting)), false;
    if (!check_reach_proof(problem, outcome.proof)) throw std::logic_error("reach: the proof does not hold");
    reach_.method = MeasureReach::Method::counting;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (outcome.plans.front().level[i] == 0) continue;
      trial_.lay(candidates[i].list, candidates[i].units);
      note(candidates[i].list, candidates[i].units);
      reach_.newly_met.push_back(candidates[i].child);
    }
    return true;
  }

  // Values that hold. On achievements the value is found only where every child gains the same: then a count will do.
  std::optional<HalfLine> value_line(std::size_t count, const std::vector<Rational>& gains, const Rational& before) {
    if (wish_.least && !wish_.of_achievement) return wish_.least;
    if (!std::ranges::all_of(gains, [&](const Rational& gain) { return gain == gains.front(); })) return std::nullopt;
    for (std::size_t k = 1; k <= count; ++k) {
      const Rational value = before + gains.front() * Rational(static_cast<std::int64_t>(k));
      if (wish_.holds_at_value(model_, targets_, node_, period_, value)) return HalfLine{value, true};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Target> mark_of(NodeId child) const {
    if (const auto& mark = model_.item(node_).spec.mark) return Target(*mark);
    const TargetCell* target = targets_.find(child, period_);
    return target == nullptr ? std::nullopt : rollup::resolve_target(model_, child, target->target);
  }
  bool meets(NodeId child, const Target& mark) {
    const std::optional<Rational> value = trial_.value(child, period_);
    return value && rollup::meets<Rational>(model_.item(child).spec.polarity, *value, 0, mark) == rollup::Met::yes;
  }

  void start_live() {
    live_.emplace(model_, targets_, facts_, options_, scratch_);
    reach_.label_now = reach_.label_after = band_label();
  }

  [[nodiscard]] std::string band_label() const {
    const std::optional<SlotId> slot = live_->result().grid().find(period_);
    if (!slot) return {};
    const ResultCell& cell = live_->result().at(node_, *slot);
    const MeasureSpec& spec = model_.item(node_).spec;
    const ScaleId scale = cell.band_of_achievement ? spec.achievement_bands : spec.value_bands;
    if (cell.band < 0 || !scale.valid()) return {};
    return model_.scale(scale).bands[static_cast<std::size_t>(cell.band)].label;
  }
  [[nodiscard]] bool live_holds() const {
    if (!wish_.target) return wish_.has_label(band_label());
    const std::optional<SlotId> slot = live_->result().grid().find(period_);
    if (!slot) return false;
    ExactEvaluator exact(model_, targets_, live_->facts(), Lane::all, options_.as_of);
    const std::optional<Rational> value = exact.value(node_, period_);
    return value && wish_.holds(*value);
  }

  void set_live(const Mover& mover, std::int64_t units) {
    Observation observation = trial_.observation(mover);
    observation.number = units == 0 ? mover.from : moved(mover, units);
    live_->set(mover.node, std::move(observation));
  }

  // The answer through the roll-up itself, and each answer with one unit less.
  void verify() {
    start_live();
    reach_.after = figure().value_or(reach_.now);
    for (std::size_t i = 0; i < chosen_.size(); ++i) set_live(chosen_[i], reach_.steps[i].units);
    if (!live_holds()) throw std::logic_error("reach: the roll-up does not confirm the figures found");
    reach_.label_after = band_label();
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      set_live(chosen_[i], reach_.steps[i].units - 1);
      if (live_holds()) throw std::logic_error("reach: one unit less is enough too");
      trial_.move(chosen_[i], reach_.steps[i].units - 1);
      const std::optional<Rational> less = figure();
      if (less && (!reach_.one_less || wish_.is_nearer(*less, *reach_.one_less))) reach_.one_less = less;
      trial_.move(chosen_[i], reach_.steps[i].units);
      set_live(chosen_[i], reach_.steps[i].units);
    }
  }

  const Model& model_;
  const TargetTable& targets_;
  const Facts& facts_;
  RollupOptions options_;
  NodeId node_;
  Period period_;
  DiagnosticSink& sink_;
  DiagnosticSink scratch_;
  Trial trial_;
  ReachWish wish_;
  MeasureReach reach_;
  std::vector<Mover> chosen_;  // beside reach_.steps
  std::optional<LiveRollup> live_;
  bool said_ = false;
};

}  // namespace

std::optional<MeasureReach> reach_measure(const Model& model, const TargetTable& targets, const Facts& facts,
                                          const RollupOptions& options, NodeId node, Period period,
                                          const MeasureWish& wish, DiagnosticSink& sink) {
  std::string cause;
  const std::optional<ReachWish> made = make_wish(model, targets, node, period, wish, cause);
  if (!made) {
    sink.report(make_diagnostic(Code::J3128, model.node_span[node.index()])
                    .arg("alamat", model.address(node, period))
                    .arg("sebab", cause));
    return std::nullopt;
  }
  return MeasureReacher(model, targets, facts, options, node, period, sink).run(*made, wish.costs);
}

}  // namespace jenjang
