// Random plans of every aggregation, accumulation and policy, small enough for a literal oracle, with figures drawn so
// that sums, ratios and achievements often land exactly on a cut.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/support/plain_plan.h"

namespace jenjang::testing {

class Dice {
public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  bool once_in(int n) { return below(n) == 0; }
  template <class T>
  T one_of(std::initializer_list<T> choices) {
    return *(choices.begin() + below(static_cast<int>(choices.size())));
  }

private:
  std::mt19937_64 engine_;
};

inline Scale random_scale(Dice& dice) {
  const Rounding rounding = dice.one_of<Rounding>({{RoundingMode::exact, 0},
                                                   {RoundingMode::half_up, 2},
                                                   {RoundingMode::half_up, 0},
                                                   {RoundingMode::half_even, 1},
                                                   {RoundingMode::truncate, 2},
                                                   {RoundingMode::ceiling, 1},
                                                   {RoundingMode::floor, 0}});
  Scale scale = make_bands({{"AA", "120"}, {"A", "100"}, {"BB", "90"}, {"B", "80"}, {"C", "50"}, {"D", ""}}, rounding,
                           dice.once_in(2));
  if (dice.once_in(3)) {
    scale.domain_low = Decimal(0);
    scale.domain_high = Decimal(200);
  }
  return scale;
}

// Few distinct figures, so that equalities are common.
inline std::string figure(Dice& dice, bool may_be_negative) {
  std::string text = dice.one_of<const char*>({"0",    "1",     "2",     "3",     "8.1", "9",   "10",     "50",
                                               "80",   "90",    "100",   "120",   "0.1", "0.3", "89.995", "2699.85",
                                               "3000", "79.99", "80.01", "33.33", "7",   "13"});
  if (may_be_negative && dice.once_in(4) && text != "0") text.insert(0, "-");
  return text;
}

inline void give_facts(Dice& dice, PlainNode& node, bool negative) {
  static const char* const kMonths[] = {"2024-01", "2024-02", "2024-03", "2024-05", "2024-06", "2024-11", "2024-12"};
  static const char* const kCoarse[] = {"2024-TW1", "2024-TW2", "2024-TW4", "2024-S1", "2024"};
  const bool validated = !dice.once_in(5);
  const int style = dice.below(6);
  if (style == 0) return;  // silent
  if (style <= 2 || node.spec.frequency == Granularity::year) {
    node.facts.push_back({"2024", figure(dice, negative), validated});
    if (node.spec.frequency == Granularity::year && dice.once_in(8)) {
      node.facts.back().state = dice.one_of<CellState>(
          {CellState::awaiting_release, CellState::redefined, CellState::not_applicable, CellState::empty});
    }
    return;
  }
  for (const char* month : kMonths) {
    if (dice.once_in(2)) node.facts.push_back({month, figure(dice, negative), !dice.once_in(6)});
  }
  if (style == 5) {
    for (const char* period : kCoarse) {
      if (dice.once_in(3)) node.facts.push_back({period, figure(dice, negative), !dice.once_in(6)});
    }
  }
}

inline void give_measure(Dice& dice, PlainNode& node, std::size_t scales) {
  MeasureSpec& spec = node.spec;
  spec.polarity = dice.one_of<Polarity>({Polarity::higher, Polarity::lower});
  spec.achievement.formula = dice.one_of<AchievementFormula>(
      {AchievementFormula::none, AchievementFormula::h1, AchievementFormula::h1, AchievementFormula::l1,
       AchievementFormula::l2, AchievementFormula::range, AchievementFormula::baseline, AchievementFormula::stabilise});
  spec.achievement.on_zero_target =
      dice.one_of<ZeroTargetRule>({ZeroTargetRule::refuse, ZeroTargetRule::met_or_missed, ZeroTargetRule::baseline});
  if (dice.once_in(2)) spec.achievement.cap = Decimal(dice.one_of<int>({100, 110, 120}));
  if (dice.once_in(2)) spec.achievement.floor = Decimal(0);
  for (const char* period : {"2024", "2024-TW1", "2024-06"}) {
    if (dice.once_in(3)) continue;
    std::string target = figure(dice, false);
    if (spec.achievement.formula == AchievementFormula::range) {
      target = dice.one_of<const char*>({"80..90", "2..9", "7..8"});
    }
    node.targets[period] = target;
  }
  if (dice.once_in(2)) node.baseline = std::pair(2023, figure(dice, false));
  const int by = dice.below(3);
  if (by == 0) spec.value_bands = ScaleId::from_index(static_cast<std::size_t>(dice.below(static_cast<int>(scales))));
  if (by == 1)
    spec.achievement_bands = ScaleId::from_index(static_cast<std::size_t>(dice.below(static_cast<int>(scales))));
}

inline PlainPlan random_plan(Dice& dice) {
  PlainPlan plan;
  for (int i = 0; i < 3; ++i) plan.scales.push_back(random_scale(dice));
  const bool negative = dice.once_in(5);
  const auto unit = [&] { return "64." + std::to_string(plan.nodes.size()); };
  const auto policy = [&] {
    return dice.one_of<MissingPolicy>({MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::zero});
  };
  const int leaves = 3 + dice.below(5);
  for (int i = 0; i < leaves; ++i) {
    PlainNode node;
    node.code = "L" + std::to_string(i);
    node.unit = unit();
    node.spec.accumulation = static_cast<Accumulation>(dice.below(6));
    node.spec.frequency = dice.one_of<Granularity>({Granularity::month, Granularity::month, Granularity::year});
    give_measure(dice, node, plan.scales.size());
    give_facts(dice, node, negative);
    plan.nodes.push_back(std::move(node));
  }
  std::vector<std::size_t> ratios;
  const int inners = 2 + dice.below(6);
  for (int i = 0; i < inners; ++i) {
    PlainNode node;
    node.code = "I" + std::to_string(i);
    node.unit = unit();
    node.spec.missing = policy();
    node.spec.accumulation = dice.one_of<Accumulation>({Accumulation::increments, Accumulation::release});
    node.spec.frequency = Granularity::month;
    node.spec.aggregation =
        dice.one_of<Aggregation>({Aggregation::sum, Aggregation::weighted_mean, Aggregation::ratio, Aggregation::ratio,
                                  Aggregation::minimum, Aggregation::maximum, Aggregation::share_meeting});
    if (dice.once_in(3)) node.spec.factor = Decimal(100);
    give_measure(dice, node, plan.scales.size());
    const std::size_t here = plan.nodes.size();
    const auto any = [&] { return static_cast<std::size_t>(dice.below(static_cast<int>(here))); };
    const auto weight = [&] { return std::string(dice.one_of<const char*>({"1", "1", "2", "0.5", "0.3", "3"})); };
    std::vector<bool> used(here, false);
    const auto add = [&](std::size_t child, Carry carry, EdgeRole role) {
      if (used[child]) return;
      used[child] = true;
      node.ties.push_back({child, weight(), carry, role});
    };
    if (node.spec.aggregation == Aggregation::ratio) {
      if (!ratios.empty() && dice.once_in(2)) {
        for (const std::size_t ratio : ratios) {
          if (dice.once_in(2)) add(ratio, Carry::value, EdgeRole::operand);
        }
      }
      if (node.ties.empty() || dice.once_in(4)) {
        add(any(), Carry::value, EdgeRole::numerator);
        add(any(), Carry::value, EdgeRole::denominator);
        if (dice.once_in(4)) add(any(), Carry::value, EdgeRole::numerator);
      }
      ratios.push_back(here);
    } else {
      if (dice.once_in(3)) {
        node.kind = ItemKind::objective;
        node.spec.aggregation = dice.once_in(2) ? Aggregation::leaf : Aggregation::weighted_mean;
        node.targets.clear();
      }
      const Carry carry = node.kind == ItemKind::objective                                         ? Carry::achievement
                          : node.spec.aggregation == Aggregation::weighted_mean && dice.once_in(4) ? Carry::achievement
                                                                                                   : Carry::value;
      const int children = 1 + dice.below(4);
      for (int c = 0; c < children; ++c) add(any(), carry, EdgeRole::operand);
      if (dice.once_in(6)) {
        const std::size_t child = any();
        if (!used[child]) node.shared.push_back({child, weight()});
      }
    }
    if (dice.once_in(5) && node.kind == ItemKind::indicator)
      node.facts.push_back({"2024", figure(dice, negative), !dice.once_in(3)});
    node.external = dice.once_in(8);
    plan.nodes.push_back(std::move(node));
  }
  return plan;
}

}  // namespace jenjang::testing
