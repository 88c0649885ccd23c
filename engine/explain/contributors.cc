// Coefficients go down from node to node, each node once: children have lower numbers than what stands above them, so
// the highest number that waits has heard from all of its parents. No way is walked twice, however many there are.
#include "jenjang/explain/contributors.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/explain/child_shares.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

// What of a node is asked for. An achievement is made of the value, a value of the pair, so they open in this order.
enum class Quantity : std::uint8_t { achievement, raw_achievement, value, numerator };

struct Place {
  NodeId node;
  Quantity quantity = Quantity::value;
  Period period;
  // Highest node first.
  friend bool operator<(const Place& a, const Place& b) {
    if (a.node != b.node) return b.node.value() < a.node.value();
    return std::tie(a.quantity, a.period) < std::tie(b.quantity, b.period);
  }
};
struct Step {
  Place place;
  Rational coefficient;
  std::optional<Rational> figure;
};

class Ranking {
public:
  Ranking(const ExplainContext& context, ContributionBy by, Lane lane)
      : context_(context),
        by_(by),
        lane_(lane),
        exact_(context.model, context.targets, context.facts, lane, context.result.as_of()),
        shares_(context_, lane, exact_) {}

  std::optional<Contributors> rank(NodeId node, Period period, std::size_t count) {
    const auto value = exact_.value(node, period);
    if (!value) return std::nullopt;
    Contributors& out = out_;
    out.node = node;
    out.period = period;
    out.by = by_;
    out.total = *value;
    if (by_ == ContributionBy::gap) {
      auto target = target_of({node, Quantity::value, period});
      if (!target && is_goal(context_.model.item(node).kind)) target = Rational(100);
      if (!target) return std::nullopt;
      const Rational lacking = *target - *value;
      const Polarity polarity = context_.model.item(node).spec.polarity;
      // A measure that is to stay where it is may lack on either side.
      turned_ = polarity == Polarity::lower || (polarity == Polarity::stabilise && lacking.sign() < 0);
      out.total = turned_ ? lacking.negated() : lacking;
    }
    waiting_.emplace(Place{node, Quantity::value, period}, Rational(1));
    Rational found;
    while (!waiting_.empty()) {
      const auto first = waiting_.begin();
      const Place place = first->first;
      const Rational coefficient = std::move(first->second);
      waiting_.erase(first);
      // Ways that cancel out: a result shown at two units, and its copy taken out again.
      if (!coefficient.is_zero()) open(place, coefficient);
    }
    for (const Contributor& each : all_) found += each.contribution;
    out.unassigned = out.total - found;
    const auto before = [](const Contributor& a, const Contributor& b) {
      if (const auto order = b.contribution <=> a.contribution; order != 0) return order < 0;
      return std::tuple(a.node.value(), a.achievement, a.period) < std::tuple(b.node.value(), b.achievement, b.period);
    };
    const std::size_t shown = std::min(count, all_.size());
    std::partial_sort(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(shown), all_.end(), before);
    for (std::size_t i = shown; i < all_.size(); ++i) out.of_others += all_[i].contribution;
    out.others = all_.size() - shown;
    all_.resize(shown);
    out.top = std::move(all_);
    return std::move(out_);
  }

private:
  [[nodiscard]] std::optional<Rational> target_of(const Place& place) const {
    if (place.quantity == Quantity::achievement || place.quantity == Quantity::raw_achievement) return Rational(100);
    const TargetCell* cell = context_.targets.find(place.node, place.period);
    if (cell == nullptr) return std::nullopt;
    const auto resolved = rollup::resolve_target(context_.model, place.node, cell->target);
    if (!resolved || resolved->number() == nullptr) return std::nullopt;
    return Rational(*resolved->number());
  }

  std::optional<Rational> figure_of(const Place& place) {
    switch (place.quantity) {
      case Quantity::achievement:
        return exact_.achievement(place.node, place.period);
      case Quantity::raw_achievement:
        return exact_.achievement_raw(place.node, place.period);
      default:
        return exact_.value(place.node, place.period);
    }
  }

  void end(const Place& place, const Rational& coefficient, ContributorEnd why) {
    Contributor found;
    found.node = place.node;
    found.period = place.period;
    found.achievement = place.quantity == Quantity::achievement || place.quantity == Quantity::raw_achievement;
    found.end = why;
    found.coefficient = coefficient;
    if (why != ContributorEnd::missing) found.figure = figure_of(place);
    if (by_ == ContributionBy::value) {
      if (!found.figure) return;
      found.contribution = coefficient * *found.figure;
    } else {
      found.target = target_of(place);
      if (!found.target) {
        ++out_.untargeted;
        return;
      }
      const Rational lacking = coefficient * (*found.target - found.figure.value_or(Rational()));
      found.contribution = turned_ ? lacking.negated() : lacking;
    }
    all_.push_back(std::move(found));
  }

  void open(const Place& place, const Rational& coefficient) {
    switch (place.quantity) {
      case Quantity::achievement:
      case Quantity::raw_achievement:
        return open_achievement(place, coefficient);
      case Quantity::value:
        return open_value(place, coefficient);
      case Quantity::numerator:
        // Only pairs that are there are ever asked for.
        return push(numerator_steps(place), coefficient);
    }
  }

  void push(const std::vector<Step>& steps, const Rational& coefficient) {
    for (const Step& step : steps) {
      const auto [at, fresh] = waiting_.try_emplace(step.place, Rational());
      at->second += coefficient * step.coefficient;
    }
  }

  // A goal is its value; 100 R/T is so many times R, as long as nothing limits it.
  void open_achievement(const Place& place, const Rational& coefficient) {
    const Item& item = context_.model.item(place.node);
    const auto raw = exact_.achievement_raw(place.node, place.period);
    const auto final = exact_.achievement(place.node, place.period);
    if (!raw || !final) return end(place, coefficient, ContributorEnd::missing);
    if (place.quantity == Quantity::achievement && *raw != *final) {
      return end(place, coefficient, ContributorEnd::limited);
    }
    const Place below{place.node, Quantity::value, place.period};
    if (is_goal(item.kind)) return push({{below, Rational(1), raw}}, coefficient);
    const AchievementFormula formula = item.spec.achievement.formula;
    const auto target = target_of(below), value = exact_.value(place.node, place.period);
    const bool quotient = formula == AchievementFormula::h1 || formula == AchievementFormula::reversed;
    if (!quotient || !target || target->sign() <= 0 || !value || Rational(100) * *value / *target != *raw) {
      return end(place, coefficient, ContributorEnd::formula);
    }
    push({{below, Rational(100) / *target, value}}, coefficient);
  }

  void open_value(const Place& place, const Rational& coefficient) {
    const Model& model = context_.model;
    const auto value = exact_.value(place.node, place.period);
    if (!value) return end(place, coefficient, ContributorEnd::missing);
    if (!rollup::is_inner(model, place.node)) return end(place, coefficient, ContributorEnd::reported);
    if (exact_.own_figure_stands(place.node, place.period)) return end(place, coefficient, ContributorEnd::own_figure);
    const Aggregation aggregation = rollup::aggregation_of(model.item(place.node));
    std::vector<Step> steps;
    if (aggregation == Aggregation::ratio) {
      const auto pair = exact_.quotient(place.node, place.period);
      if (!pair || pair->second.is_zero()) return end(place, coefficient, ContributorEnd::untraced);
      const Rational share = Rational(model.item(place.node).spec.factor) / pair->second;
      steps = numerator_steps(place);
      for (Step& step : steps) step.coefficient *= share;
      out_.over_ratio = true;
    } else if (aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean) {
      steps = weighted_steps(place);
    } else {
      return end(place, coefficient, ContributorEnd::not_linear);
    }
    // Whatever these rules do not know shows here, before anything is said about what lies below.
    Rational sum;
    for (const Step& step : steps) {
      if (step.figure) sum += step.coefficient * *step.figure;
    }
    if (sum != *value) return end(place, coefficient, ContributorEnd::untraced);
    if (by_ == ContributionBy::gap && target_of(place) && !any_target(steps)) {
      return end(place, coefficient, ContributorEnd::no_targets_below);
    }
    push(steps, coefficient);
  }

  [[nodiscard]] bool any_target(const std::vector<Step>& steps) const {
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.place.quantity != Quantity::numerator && target_of(step.place).has_value();
    });
  }

  std::vector<Step> weighted_steps(const Place& place) {
    const bool uncapped = context_.model.item(place.node).spec.cap_level == CapLevel::mean;
    Rational weights;
    std::vector<Step> steps;
    for (ChildShare& share : shares_.parts(place.node, place.period, weights)) {
      // A figure that is missing brings no value, but its target is part of a gap.
      if (!share.coefficient || (!share.figure && by_ == ContributionBy::value)) continue;
      const Quantity quantity = share.tie.carry != Carry::achievement ? Quantity::value
                                : uncapped                            ? Quantity::raw_achievement
                                                                      : Quantity::achievement;
      steps.push_back({{share.tie.child, quantity, share.from}, *share.coefficient, std::move(share.figure)});
    }
    return steps;
  }

  // A child's part of the numerator is its value, times its denominator. Where a figure of its own stands in place of
  // that quotient, the numerator is followed by itself.
  std::vector<Step> numerator_steps(const Place& place) {
    std::vector<Step> steps;
    for (ChildShare& share : shares_.pair(place.node, place.period)) {
      if (!share.coefficient || !share.figure) continue;
      const NodeId child = share.tie.child;
      Step step{{child, Quantity::value, share.from}, *share.coefficient, std::move(share.figure)};
      if (!share.is_pair) {
        if (share.tie.carry == Carry::achievement) step.place.quantity = Quantity::achievement;
      } else if (const Decimal& factor = context_.model.item(child).spec.factor;
                 factor.is_zero() || exact_.own_figure_stands(child, share.from)) {
        step.place.quantity = Quantity::numerator;
      } else {
        step.coefficient *= *share.denominator / Rational(factor);
        step.figure = exact_.value(child, share.from);
      }
      steps.push_back(std::move(step));
    }
    return steps;
  }

  const ExplainContext context_;
  ContributionBy by_;
  Lane lane_;
  ExactEvaluator exact_;
  ChildShares shares_;
  std::map<Place, Rational> waiting_;
  std::vector<Contributor> all_;
  Contributors out_;
  bool turned_ = false;
};

}  // namespace

std::string_view to_string(ContributorEnd end) {
  constexpr std::array<std::string_view, 8> kWords{
      "dilaporkan",    "angka-sendiri", "tidak-linear",          "dibatasi",
      "rumus-capaian", "tanpa-angka",   "tanpa-target-di-bawah", "tidak-terlacak"};
  return kWords[static_cast<std::size_t>(end)];
}

std::optional<Contributors> top_contributors(const ExplainContext& context, NodeId node, Period period,
                                             ContributionBy by, std::size_t count, Lane lane) {
  // Without an unvalidated fact there is one lane only.
  if (!context.result.has_validated_lane()) lane = Lane::all;
  return Ranking(context, by, lane).rank(node, period, count);
}

}  // namespace jenjang
