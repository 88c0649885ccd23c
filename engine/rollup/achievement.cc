#include "engine/rollup/achievement.h"

#include "jenjang/rollup/rollup.h"

namespace jenjang::rollup {
namespace {

// Sign of x - cut with the error of x; notes when the error decides.
template <class Number>
class Comparer {
public:
  Comparer(double error, bool* uncertain) : error_(error), uncertain_(uncertain) {}
  int operator()(const Number& x, const Number& cut) const {
    if constexpr (std::is_same_v<Number, double>) {
      // The cut itself is a rounded decimal: half a unit in its last place.
      const double slack = error_ + magnitude(cut) * 0x1p-52;
      if (slack > 0 && magnitude(x - cut) <= slack) *uncertain_ = true;
    }
    return sign_of(Number(x - cut));
  }

private:
  double error_;
  bool* uncertain_;
};

template <class Number>
Number hundred() {
  return Number(100);
}

// Exact difference of two decimals as a Number; the double is rounded once.
template <class Number>
Number difference(const Decimal& a, const Decimal& b) {
  if (const auto exact = Decimal::subtract(a, b)) return number_from<Number>(*exact);
  if constexpr (std::is_same_v<Number, double>) {
    return (Rational(a) - Rational(b)).to_double();
  } else {
    return Rational(a) - Rational(b);
  }
}

template <class Number>
Achieved<Number> fixed(int percent) {
  Achieved<Number> result;
  result.raw = Number(percent);
  result.terms = Number(percent);
  result.state = CellState::value;
  return result;
}

bool met_by_sign(Polarity polarity, int sign) {
  switch (polarity) {
    case Polarity::lower:
      return sign <= 0;
    case Polarity::range:
    case Polarity::stabilise:
      return sign == 0;
    default:
      return sign >= 0;
  }
}

// Share of the way from the baseline to the target, either direction.
template <class Number>
Achieved<Number> progress(Polarity polarity, const Number& realised, double error, const Decimal& target,
                          const std::optional<Decimal>& baseline) {
  Achieved<Number> result;
  if (!baseline) {
    result.needs_baseline = true;
    return result;
  }
  if (*baseline == target) {
    // No way to go: met or missed, and said so.
    const Comparer<Number> compare(error, &result.uncertain);
    const bool met = met_by_sign(polarity, compare(realised, number_from<Number>(target)));
    const bool uncertain = result.uncertain;
    result = fixed<Number>(met ? 100 : 0);
    result.uncertain = uncertain;
    result.zero_target_rule = true;
    return result;
  }
  const Number start = number_from<Number>(*baseline);
  const Number way = difference<Number>(target, *baseline);
  result.raw = hundred<Number>() * (realised - start) / way;
  result.terms = hundred<Number>() * (magnitude(realised) + magnitude(start)) / magnitude(way);
  result.state = CellState::value;
  return result;
}

template <class Number>
Achieved<Number> on_zero(const AchievementSpec& spec, Polarity polarity, const Number& realised, double error,
                         const std::optional<Decimal>& baseline) {
  Achieved<Number> result;
  switch (spec.on_zero_target) {
    case ZeroTargetRule::refuse:
      break;
    case ZeroTargetRule::met_or_missed: {
      // A target of zero where more is better says nothing: no figure can fall short of it.
      if (polarity == Polarity::higher || polarity == Polarity::context) break;
      const Comparer<Number> compare(error, &result.uncertain);
      const bool met = met_by_sign(polarity, compare(realised, Number{}));
      const bool uncertain = result.uncertain;
      result = fixed<Number>(met ? 100 : 0);
      result.uncertain = uncertain;
      break;
    }
    case ZeroTargetRule::baseline:
      result = progress<Number>(polarity, realised, error, Decimal(0), baseline);
      break;
  }
  result.zero_target_rule = true;
  return result;
}

// Distance above the target in units of its magnitude: H1 is 1 + d and L1 is 1 - d for any sign of T.
template <class Number>
Achieved<Number> by_distance(const Number& realised, const Number& target, int direction) {
  Achieved<Number> result;
  const Number size = magnitude(target);
  const Number ratio = hundred<Number>() * (realised - target) / size;
  result.raw = direction > 0 ? hundred<Number>() + ratio : hundred<Number>() - ratio;
  result.terms = hundred<Number>() * (Number(2) + magnitude(realised) / size);
  result.state = CellState::value;
  return result;
}

template <class Number>
Achieved<Number> quotient(const Number& numerator, const Number& denominator) {
  Achieved<Number> result;
  result.raw = hundred<Number>() * numerator / denominator;
  result.terms = magnitude(result.raw);
  result.state = CellState::value;
  return result;
}

template <class Number>
Achieved<Number> against(AchievementFormula formula, const AchievementSpec& spec, Polarity polarity,
                         const Number& realised, double error, const Decimal& target,
                         const std::optional<Decimal>& baseline) {
  if (formula == AchievementFormula::baseline) return progress<Number>(polarity, realised, error, target, baseline);
  Achieved<Number> result;
  const Number goal = number_from<Number>(target);
  if (formula == AchievementFormula::ordinal) {
    const Comparer<Number> compare(error, &result.uncertain);
    const int sign = compare(realised, goal);
    const bool met = polarity == Polarity::lower ? sign <= 0 : sign >= 0;
    const bool uncertain = result.uncertain;
    result = fixed<Number>(met ? 100 : 0);
    result.uncertain = uncertain;
    return result;
  }
  if (target.is_zero()) return on_zero<Number>(spec, polarity, realised, error, baseline);
  switch (formula) {
    case AchievementFormula::h1:
    case AchievementFormula::reversed:
      return target.is_negative() ? by_distance<Number>(realised, goal, +1) : quotient<Number>(realised, goal);
    case AchievementFormula::l1:
      return by_distance<Number>(realised, goal, -1);
    case AchievementFormula::l2: {
      // T/R has no meaning at R = 0 and the wrong sign below it.
      const Comparer<Number> compare(error, &result.uncertain);
      const int sign = compare(realised, Number{});
      if (sign <= 0 || target.is_negative() || result.uncertain) return result;
      return quotient<Number>(goal, realised);
    }
    case AchievementFormula::stabilise: {
      result.raw = hundred<Number>() - hundred<Number>() * magnitude(Number(realised - goal)) / magnitude(goal);
      result.terms = hundred<Number>() * (Number(2) + magnitude(realised) / magnitude(goal));
      result.state = CellState::value;
      return result;
    }
    default:
      return result;
  }
}

// The interval a target allows; an open end is empty.
struct Interval {
  std::optional<Decimal> low, high;
};
std::optional<Interval> interval_of(const Target& target) {
  if (const TargetRange* range = target.range()) return Interval{range->low, range->high};
  if (const Decimal* number = target.number()) return Interval{*number, *number};
  if (const TargetBound* bound = target.bound()) {
    const bool upper = bound->relation == Relation::less || bound->relation == Relation::less_equal;
    return upper ? Interval{std::nullopt, bound->value} : Interval{bound->value, std::nullopt};
  }
  return std::nullopt;
}

// Range rule: inside 100, outside against the nearer bound. Both sides give 100 on the bound itself,
// so a realised figure within its error of a bound may take either.
template <class Number>
Achieved<Number> by_range(const AchievementSpec& spec, Polarity polarity, const Number& realised, double error,
                          const Interval& allowed, const std::optional<Decimal>& baseline) {
  bool near_bound = false;
  const Comparer<Number> compare(error, &near_bound);
  const bool above = allowed.high && compare(realised, number_from<Number>(*allowed.high)) > 0;
  const bool below = allowed.low && compare(realised, number_from<Number>(*allowed.low)) < 0;
  // Only a grade, or a bound of zero, makes the formula jump at the bound.
  const bool jumps = spec.formula == AchievementFormula::ordinal || (allowed.high && allowed.high->is_zero()) ||
                     (allowed.low && allowed.low->is_zero());
  if (!above && !below) {
    Achieved<Number> inside = fixed<Number>(100);
    inside.uncertain = near_bound && jumps;
    return inside;
  }
  AchievementFormula formula = spec.formula;
  if (formula == AchievementFormula::range) {
    // Where neither side is good (rentang, stabil), leaving the range either way costs.
    const bool rewards_more =
        polarity == Polarity::higher || polarity == Polarity::context || polarity == Polarity::grade
            ? true
            : polarity != Polarity::lower && below;
    formula = rewards_more ? AchievementFormula::h1 : AchievementFormula::l1;
  }
  auto result =
      against<Number>(formula, spec, polarity, realised, error, above ? *allowed.high : *allowed.low, baseline);
  result.uncertain = result.uncertain || (near_bound && jumps);
  return result;
}

}  // namespace

template <class Number>
Achieved<Number> achieve(const AchievementSpec& spec, Polarity polarity, const Number& realised, double error,
                         const Target& target, const std::optional<Decimal>& baseline) {
  if (spec.formula == AchievementFormula::none) return {};
  if (spec.formula == AchievementFormula::range || target.range() != nullptr) {
    const auto allowed = interval_of(target);
    if (!allowed) return {};
    return by_range<Number>(spec, polarity, realised, error, *allowed, baseline);
  }
  const auto reference = target.reference_number();
  if (!reference) return {};
  return against<Number>(spec.formula, spec, polarity, realised, error, *reference, baseline);
}

template <class Number>
Met meets(Polarity polarity, const Number& realised, double error, const Target& target) {
  bool uncertain = false;
  const Comparer<Number> compare(error, &uncertain);
  bool met = false;
  if (const Decimal* number = target.number()) {
    met = met_by_sign(polarity, compare(realised, number_from<Number>(*number)));
  } else if (const TargetRange* range = target.range()) {
    // Better than the range is met too; the other side is not looked at, so it cannot be in doubt.
    met = true;
    if (polarity != Polarity::lower) met = compare(realised, number_from<Number>(range->low)) >= 0;
    if (polarity != Polarity::higher) met = met && compare(realised, number_from<Number>(range->high)) <= 0;
  } else if (const TargetBound* bound = target.bound()) {
    const int sign = compare(realised, number_from<Number>(bound->value));
    switch (bound->relation) {
      case Relation::less:
        met = sign < 0;
        break;
      case Relation::less_equal:
        met = sign <= 0;
        break;
      case Relation::greater:
        met = sign > 0;
        break;
      case Relation::greater_equal:
        met = sign >= 0;
        break;
    }
  } else {
    return Met::no_target;
  }
  return uncertain ? Met::uncertain : met ? Met::yes : Met::no;
}

template <class Number>
Number limit(const AchievementSpec& spec, const Number& raw, double error, bool* limited, bool* uncertain) {
  const Comparer<Number> compare(error, uncertain);
  *limited = false;
  if (spec.cap) {
    const Number cap = number_from<Number>(*spec.cap);
    if (compare(raw, cap) > 0) {
      *limited = true;
      return cap;
    }
  }
  if (spec.floor) {
    const Number floor = number_from<Number>(*spec.floor);
    if (compare(raw, floor) < 0) {
      *limited = true;
      return floor;
    }
  }
  return raw;
}

#define JENJANG_INSTANTIATE(Number)                                                                                 \
  template Achieved<Number> achieve<Number>(const AchievementSpec&, Polarity, const Number&, double, const Target&, \
                                            const std::optional<Decimal>&);                                         \
  template Met meets<Number>(Polarity, const Number&, double, const Target&);                                       \
  template Number limit<Number>(const AchievementSpec&, const Number&, double, bool*, bool*)
JENJANG_INSTANTIATE(double);
JENJANG_INSTANTIATE(Rational);
#undef JENJANG_INSTANTIATE

}  // namespace jenjang::rollup

namespace jenjang {

AchievementOutcome achievement_exact(const AchievementSpec& spec, Polarity polarity, const Rational& realised,
                                     const Target& target, const std::optional<Decimal>& baseline) {
  const auto achieved = rollup::achieve<Rational>(spec, polarity, realised, 0, target, baseline);
  AchievementOutcome outcome;
  outcome.state = achieved.state;
  outcome.zero_target_rule = achieved.zero_target_rule;
  if (achieved.state == CellState::value) outcome.raw = achieved.raw;
  return outcome;
}

Rational apply_cap(const AchievementSpec& spec, const Rational& raw, bool* capped) {
  bool limited = false, uncertain = false;
  Rational result = rollup::limit<Rational>(spec, raw, 0, &limited, &uncertain);
  if (capped != nullptr) *capped = limited;
  return result;
}

}  // namespace jenjang
