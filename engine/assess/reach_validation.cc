#include "jenjang/assess/reach_validation.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "jenjang/rollup/incremental.h"

#include "engine/assess/reach_gains.h"
#include "engine/assess/reach_wish.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

constexpr std::size_t kEverySet = 14;  // units of which all sets are tried: 16 384 roll-ups
constexpr std::size_t kMostTrials = 20'000;
constexpr std::size_t kKept = 5;            // choices named
constexpr std::size_t kCounting = 200'000;  // sets looked at while counting by gains

class Validator {
public:
  Validator(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
            NodeId node, Period period, const ReachWish& wish, DiagnosticSink& sink)
      : model_(model),
        targets_(targets),
        original_(facts),
        options_(options),
        node_(node),
        period_(period),
        wish_(wish),
        sink_(sink),
        facts_(facts),
        exact_(model, targets, facts_, Lane::validated, options.as_of) {}

  std::optional<ValidationReach> run() {
    reach_.of_achievement = wish_.of_achievement;
    reach_.target_met = wish_.target && !wish_.is_figure;
    reach_.wanted = wish_.words;
    if (!reach_.target_met) reach_.predicate = wish_.name;
    find_waiting();
    reach_.now = reach_.after = figure();
    if (holds()) {
      reach_.reached = true;
      reach_.choices = {{}};
      reach_.choice_count = 1;
    } else if (reach_.waiting.size() <= kEverySet) {
      try_sets(reach_.waiting.size());
    } else if (!by_gains() && !try_few()) {
      sink_.report(make_diagnostic(Code::J3128, model_.node_span[node_.index()])
                       .arg("alamat", model_.address(node_, period_))
                       .arg("sebab", "> " + std::to_string(kMostTrials)));
      return std::nullopt;
    }
    verify();
    return std::move(reach_);
  }

private:
  using Set = std::vector<std::size_t>;

  // ---- what waits ----

  void find_waiting() {
    std::map<std::string, std::vector<std::size_t>> by_path;
    std::map<std::string, UnitId> units;
    std::vector<NodeId> open{node_};
    std::set<NodeId> seen{node_};
    while (!open.empty()) {
      const NodeId at = open.back();
      open.pop_back();
      for (std::size_t f = facts_.fact_begin[at.index()]; f < facts_.fact_begin[at.index() + 1]; ++f) {
        const Observation& observation = facts_.observation(facts_.facts[f]);
        const bool waits =
            observation.state == CellState::value && (!observation.validated || observation.verified->number);
        if (!waits || !period_.contains(observation.period)) continue;
        if (rollup::is_inner(model_, at)) inner_waits_ = true;
        const std::string path = model_.unit(at).path;
        by_path[path].push_back(f);
        units.emplace(path, model_.node_unit[at.index()]);
      }
      rollup::for_each_tie_in(model_, at, period_, [&](const rollup::Tie& tie) {
        if (seen.insert(tie.child).second) open.push_back(tie.child);
      });
    }
    for (auto& [path, found] : by_path) {
      std::ranges::sort(found);
      WaitingUnit& made = reach_.waiting.emplace_back();
      made.unit = units.at(path);
      for (const std::size_t f : found) {
        made.figures.emplace_back(facts_.facts[f].node, facts_.observation(facts_.facts[f]).period);
      }
      groups_.push_back(std::move(found));
    }
  }

  static void set_valid(Observation& observation) {
    observation.validated = true;
    observation.verified.clear();
  }
  void lay(const Set& chosen) {
    for (const std::size_t g : laid_) {
      for (const std::size_t f : groups_[g]) restore(f);
    }
    for (const std::size_t g : chosen) {
      for (const std::size_t f : groups_[g]) set_valid(facts_.observations[facts_.facts[f].observation]);
    }
    laid_ = chosen;
    exact_.forget_all();
  }
  void restore(std::size_t f) {
    const std::uint32_t at = facts_.facts[f].observation;
    facts_.observations[at] = original_.observations[at];
  }
  std::optional<Rational> figure() {
    return wish_.of_achievement ? exact_.achievement(node_, period_) : exact_.value(node_, period_);
  }
  bool holds() {
    const std::optional<Rational> now = figure();
    return now && wish_.holds(*now);
  }

  // ---- every set, smallest first ----

  // All sets of up to `most` units, until a size suffices. The first choice is the one that comes furthest.
  void try_sets(std::size_t most) {
    reach_.best = reach_.now;
    std::optional<Rational> furthest;
    for (std::size_t size = 1; size <= most && !reach_.reached; ++size) {
      Set chosen(size);
      for (std::size_t i = 0; i < size; ++i) chosen[i] = i;
      do {
        lay(chosen);
        const std::optional<Rational> now = figure();
        if (!now) continue;
        if (!wish_.holds(*now)) {
          if (!reach_.best || wish_.is_nearer(*now, *reach_.best)) {
            reach_.best = now;
            reach_.best_units = chosen;
          }
          continue;
        }
        reach_.reached = true;
        ++reach_.choice_count;
        if (!furthest || wish_.is_nearer(*now, *furthest)) {
          furthest = now;
          reach_.choices.insert(reach_.choices.begin(), chosen);
        } else {
          reach_.choices.push_back(chosen);
        }
        if (reach_.choices.size() > kKept) reach_.choices.pop_back();
      } while (next(chosen));
    }
    lay({});
  }
  [[nodiscard]] bool next(Set& chosen) const {
    const std::size_t all = groups_.size(), size = chosen.size();
    for (std::size_t i = size; i-- > 0;) {
      if (chosen[i] + (size - i) >= all) continue;
      ++chosen[i];
      for (std::size_t j = i + 1; j < size; ++j) chosen[j] = chosen[j - 1] + 1;
      return true;
    }
    return false;
  }
  // As large sets as the limit on trials allows; false when none of them suffices, for then larger ones might.
  bool try_few() {
    std::size_t size = 0, trials = 0, sets = 1;
    while (true) {
      sets = sets * (groups_.size() - size) / (size + 1);
      if (trials + sets > kMostTrials) break;
      trials += sets;
      ++size;
    }
    try_sets(size);
    return reach_.reached;
  }

  // ---- gains ----

  // All figures below are of one unit: it adds what it adds, whatever happens inside.
  [[nodiscard]] bool is_of_one_unit(NodeId node, UnitId unit) const {
    if (!rollup::is_inner(model_, node)) return model_.node_unit[node.index()] == unit;
    bool all = true;
    rollup::for_each_tie_in(model_, node, period_,
                            [&](const rollup::Tie& tie) { all = all && is_of_one_unit(tie.child, unit); });
    return all;
  }
  // Sums, means and pooled ratios over units; sums of sums and pools of pools too. A numerator and a denominator of
  // several units make no figure before the last one is there, and are left to trying.
  [[nodiscard]] bool adds(NodeId node) const {
    const Item& item = model_.item(node);
    const Aggregation how = rollup::aggregation_of(item);
    if (!rollup::is_inner(model_, node) || item.spec.missing != MissingPolicy::skip || item.spec.least_coverage) {
      return false;
    }
    if (how != Aggregation::sum && how != Aggregation::weighted_mean && how != Aggregation::ratio) return false;
    bool all = true;
    rollup::for_each_tie_in(model_, node, period_, [&](const rollup::Tie& tie) {
      all = all && tie.carry == Carry::value && tie.role == EdgeRole::operand &&
            (is_of_one_unit(tie.child, model_.node_unit[tie.child.index()]) ||
             (how != Aggregation::weighted_mean && rollup::aggregation_of(model_.item(tie.child)) == how &&
              adds(tie.child)));
    });
    return all;
  }
  // The figure as a fraction to which units add.
  GainPair fraction() {
    const Item& item = model_.item(node_);
    const Aggregation how = rollup::aggregation_of(item);
    if (how == Aggregation::ratio) {
      const auto pair = exact_.quotient(node_, period_);
      return pair ? GainPair(pair->first * Rational(item.spec.factor), pair->second) : GainPair();
    }
    if (how == Aggregation::sum) return {exact_.value(node_, period_).value_or(Rational()), Rational(1)};
    GainPair sum;
    rollup::for_each_tie_in(model_, node_, period_, [&](const rollup::Tie& tie) {
      const std::optional<Rational> value = exact_.value(tie.child, period_);
      if (!value) return;
      sum.first += *value * Rational(tie.weight);
      sum.second += Rational(tie.weight);
    });
    return sum;
  }
  // The figures that do, as a half line: bound, upwards, and whether the bound itself is not enough.
  struct Cut {
    Rational bound;
    bool up = true, strict = false;
  };
  [[nodiscard]] std::optional<Cut> cut() const {
    if (wish_.of_achievement) return std::nullopt;
    if (!wish_.target) {
      if (!wish_.least) return std::nullopt;
      return Cut{wish_.least->bound, !wish_.below, wish_.least->inclusive == wish_.below};
    }
    if (!wish_.reference || (wish_.polarity != Polarity::higher && wish_.polarity != Polarity::lower)) {
      return std::nullopt;
    }
    const Rational bound(*wish_.reference);
    const bool up = wish_.polarity == Polarity::higher;
    const Rational one(up ? 1 : -1);
    if (!wish_.holds(bound) || !wish_.holds(bound + one) || wish_.holds(bound - one)) return std::nullopt;
    return Cut{bound, up, false};
  }
  [[nodiscard]] bool same_figure(const GainPair& pair) {
    const std::optional<Rational> now = exact_.value(node_, period_);
    return !now || (pair.second.sign() > 0 && pair.first / pair.second == *now);
  }

  bool by_gains() {
    const std::optional<Cut> line = cut();
    if (!line || inner_waits_ || !adds(node_)) return false;
    const GainPair base = fraction();
    if (!same_figure(base)) return false;
    GainPair all = base;
    std::vector<GainPair> members;
    std::vector<Rational> gains;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      lay({g});
      const GainPair with = fraction();
      if (!same_figure(with)) return lay({}), false;
      const GainPair own{with.first - base.first, with.second - base.second};
      if (own.second.sign() < 0) return lay({}), false;
      members.push_back(own);
      all.first += own.first;
      all.second += own.second;
      const Rational gain = own.first - line->bound * own.second;
      gains.push_back(line->up ? gain : gain.negated());
    }
    Set everything(groups_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) everything[g] = g;
    lay(everything);
    // They add, or this is not the case for gains.
    const bool sums = fraction() == all && same_figure(all);
    lay({});
    if (!sums) return false;
    const Rational before = base.first - line->bound * base.second;
    const auto fewest = fewest_gains(gains, line->up ? before.negated() : before, line->strict, kKept, kCounting);
    if (fewest) {
      // Nothing over nothing gains nothing, and is no figure.
      for (const Set& choice : fewest->choices) {
        lay(choice);
        if (!holds()) return lay({}), false;
      }
      lay({});
      reach_.by_gains = true;
      reach_.reached = true;
      reach_.choices = fewest->choices;
      for (Set& choice : reach_.choices) std::ranges::sort(choice);
      reach_.choice_count = fewest->count;
      reach_.count_is_least = fewest->count_is_least;
      return true;
    }
    reach_.by_gains = true;
    reach_.best_units = best_quotient(base, members, line->up);
    lay(reach_.best_units);
    reach_.best = figure();
    lay({});
    return true;
  }

  // ---- through the roll-up itself ----

  [[nodiscard]] std::string band_label(const LiveRollup& live) const {
    const std::optional<SlotId> slot = live.result().grid().find(period_);
    if (!slot) return {};
    const ResultCell& cell = live.result().at(node_, *slot, Lane::validated);
    const MeasureSpec& spec = model_.item(node_).spec;
    const ScaleId scale = cell.band_of_achievement ? spec.achievement_bands : spec.value_bands;
    if (cell.band < 0 || !scale.valid()) return {};
    return model_.scale(scale).bands[static_cast<std::size_t>(cell.band)].label;
  }
  void mark(LiveRollup& live, std::size_t group, bool valid) const {
    for (const std::size_t f : groups_[group]) {
      Observation observation = original_.observations[original_.facts[f].observation];
      if (valid) set_valid(observation);
      live.set(original_.facts[f].node, std::move(observation));
    }
  }
  [[nodiscard]] bool live_holds(const LiveRollup& live) const {
    if (!wish_.target) return wish_.has_label(band_label(live));
    ExactEvaluator exact(model_, targets_, live.facts(), Lane::validated, options_.as_of);
    const std::optional<Rational> value = exact.value(node_, period_);
    return value && wish_.holds(*value);
  }

  // Each named choice has it in the roll-up; and with one unit less of it, it has not.
  void verify() {
    DiagnosticSink scratch;
    LiveRollup live(model_, targets_, original_, options_, scratch);
    reach_.label_now = reach_.label_after = band_label(live);
    for (std::size_t c = 0; c < reach_.choices.size(); ++c) {
      const Set& choice = reach_.choices[c];
      for (const std::size_t g : choice) mark(live, g, true);
      if (!live_holds(live)) throw std::logic_error("reach: the roll-up does not confirm the units found");
      if (c == 0) reach_.label_after = band_label(live);
      for (const std::size_t g : choice) {
        mark(live, g, false);
        if (live_holds(live)) throw std::logic_error("reach: one unit less is enough too");
        mark(live, g, true);
      }
      for (const std::size_t g : choice) mark(live, g, false);
    }
    if (reach_.reached) {
      measure_one_less(reach_.choices.front());
    } else {
      for (const std::size_t g : reach_.best_units) mark(live, g, true);
      reach_.label_after = band_label(live);
    }
  }
  void measure_one_less(const Set& choice) {
    for (std::size_t i = 0; i < choice.size(); ++i) {
      Set less = choice;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      lay(less);
      const std::optional<Rational> now = figure();
      if (now && (!reach_.one_less || wish_.is_nearer(*now, *reach_.one_less))) reach_.one_less = now;
    }
    lay(choice);
    reach_.after = figure();
    lay({});
  }

  const Model& model_;
  const TargetTable& targets_;
  const Facts& original_;
  RollupOptions options_;
  NodeId node_;
  Period period_;
  const ReachWish& wish_;
  DiagnosticSink& sink_;
  Facts facts_;  // a copy, in which figures are marked valid
  ExactEvaluator exact_;
  std::vector<std::vector<std::size_t>> groups_;  // beside reach_.waiting: indices into Facts::facts
  Set laid_;
  bool inner_waits_ = false;
  ValidationReach reach_;
};

}  // namespace

std::optional<ValidationReach> reach_by_validation(const Model& model, const TargetTable& targets, const Facts& facts,
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
  return Validator(model, targets, facts, options, node, period, *made, sink).run();
}

}  // namespace jenjang
