// The achievement of a figure against a target in one kind of number, before cap and floor: Fraction128 where target
// and figure are plain, all else by the named definition of the general engine. nullopt with `refused`: there is none,
// and `state` says why; without: this kind of number does not reach.
#pragma once

#include <type_traits>

#include "jenjang/bulk/flat_plan.h"
#include "jenjang/rollup/rollup.h"

#include "engine/bulk/exact_numbers.h"

namespace jenjang::bulk {

// From the target, in units of its magnitude.
template <class Number>
Number distance_from(const Number& realised, const Number& goal) {
  const Number away = whole<Number>(100) * (realised + goal.negated());
  return away / (compare(goal, Number{}).value_or(1) < 0 ? goal.negated() : goal);
}

// By the formula where target and figure are above nought. Elsewhere 128 bits give up, and Rationals take the
// distance from the target in units of its magnitude; L2 says nothing there.
template <class Number>
std::optional<Number> achieve_plainly(const MeasureClass& measure, const Number& realised, const Number& goal,
                                      CellState& state, bool& refused) {
  const Number zero{}, hundred = whole<Number>(100);
  const bool plain = compare(goal, zero).value_or(-1) > 0 && compare(realised, zero).value_or(-1) >= 0;
  if constexpr (std::is_same_v<Number, Fraction128>) {
    if (!plain) return std::nullopt;
  }
  switch (measure.achievement.formula) {
    case AchievementFormula::h1:
      if (plain) return hundred * realised / goal;
      return hundred + distance_from(realised, goal);
    case AchievementFormula::l1:
      return hundred + distance_from(realised, goal).negated();
    case AchievementFormula::l2:
      if (plain && !realised.is_zero()) return hundred * goal / realised;
      refused = !std::is_same_v<Number, Fraction128>;
      if (refused) state = CellState::not_applicable;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

inline std::optional<Rational> achieve_by_definition(const MeasureClass& measure, const FlatPlan::Start* start,
                                                     const Rational& realised, const Decimal& target, CellState& state,
                                                     bool& refused) {
  const AchievementOutcome outcome = achievement_exact(measure.achievement, measure.polarity, realised, Target(target),
                                                       start == nullptr ? std::nullopt : std::optional(start->value()));
  state = outcome.state;
  refused = !outcome.raw;
  return outcome.raw;
}

// Targets that are decimals: the plain case in 128 bits, all else by the named definition.
template <class Number>
std::optional<Number> achieve(const MeasureClass& measure, const Number& realised, const Decimal& target,
                              CellState& state, bool& refused) {
  if constexpr (std::is_same_v<Number, Fraction128>) {
    const AchievementSpec& spec = measure.achievement;
    const bool one_way = measure.polarity == Polarity::lower || measure.polarity == Polarity::higher;
    if (target.is_zero() && one_way && spec.on_zero_target != ZeroTargetRule::baseline) {
      // Reports of nothing against a target of nothing are common enough to be answered here too.
      const bool says = spec.on_zero_target == ZeroTargetRule::met_or_missed && measure.polarity == Polarity::lower;
      const auto sign = compare(realised, Number{});
      if (!sign) return std::nullopt;
      refused = !says;
      if (refused) state = CellState::not_applicable;
      return says ? std::optional(whole<Number>(*sign <= 0 ? 100 : 0)) : std::nullopt;
    }
    return achieve_plainly(measure, realised, Fraction128(target), state, refused);
  } else {
    return achieve_by_definition(measure, nullptr, realised, target, state, refused);
  }
}

// What 128 bits say of it; nullopt without `refused`: nothing.
inline std::optional<Fraction128> quick_by_rule(const MeasureClass& measure, const FlatPlan::Start* start,
                                                const Fraction128& realised, const Decimal& target, CellState& state,
                                                bool& refused) {
  const Fraction128 goal(target), hundred(100, 1);
  const AchievementFormula formula = measure.achievement.formula;
  if (formula == AchievementFormula::baseline) {
    if (start == nullptr) {
      state = CellState::not_applicable;
      refused = true;
      return std::nullopt;
    }
    const Fraction128 from = Fraction128(start->value()).negated(), way = goal + from;
    if (way.is_zero()) return std::nullopt;
    return hundred * (realised + from) / way;
  }
  const auto sign = compare(realised, goal);
  if (!sign) return std::nullopt;
  const bool lower = measure.polarity == Polarity::lower;
  if (formula == AchievementFormula::ordinal) return Fraction128((lower ? *sign <= 0 : *sign >= 0) ? 100 : 0, 1);
  const bool positive = target.sign() > 0;
  if (formula == AchievementFormula::stabilise) {
    if (!positive) return std::nullopt;
    return hundred + (*sign > 0 ? distance_from(realised, goal).negated() : distance_from(realised, goal));
  }
  if (formula != AchievementFormula::range) {
    return positive ? achieve_plainly(measure, realised, goal, state, refused) : std::nullopt;
  }
  if (*sign == 0) return hundred;
  if (!positive) return std::nullopt;
  const bool one_way = measure.polarity != Polarity::range && measure.polarity != Polarity::stabilise;
  const bool rewards_more = one_way ? !lower : *sign < 0;
  return hundred + (rewards_more ? distance_from(realised, goal) : distance_from(realised, goal).negated());
}

// By the named definition; in 128 bits where target and figure are plain.
template <class Number>
std::optional<Number> achieve_by_rule(const MeasureClass& measure, const FlatPlan::Start* start, const Number& realised,
                                      const Decimal& target, CellState& state, bool& refused) {
  if constexpr (std::is_same_v<Number, Fraction128>) {
    return quick_by_rule(measure, start, realised, target, state, refused);
  } else {
    return achieve_by_definition(measure, start, realised, target, state, refused);
  }
}

}  // namespace jenjang::bulk
