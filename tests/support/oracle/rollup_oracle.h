// A literal roll-up: every rule as the reference text says it, in rationals, one cell at a time, slow.
//
// It shares no code with engine/rollup: own facts are gathered as the smallest pieces that stand,
// predicates are found by rounding the figure and comparing the printed number, missing children
// are counted by hand. Used to judge the engine on random plans.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "tests/support/plain_plan.h"

namespace jenjang::testing {

struct OracleCell {
  CellState state = CellState::empty;
  Rational value;
  std::optional<std::pair<Rational, Rational>> pair;  // of a ratio
  Rational known_denominator;
  unsigned covered = 0, expected = 0;
};
struct OracleAchievement {
  CellState state = CellState::not_applicable;
  Rational raw, limited;
};

class RollupOracle {
public:
  RollupOracle(const PlainPlan& plan, Lane lane, std::optional<Date> as_of = std::nullopt)
      : plan_(plan), lane_(lane), as_of_(as_of) {}

  OracleCell cell(std::size_t index, Period period) const {
    const PlainNode& node = plan_.nodes[index];
    std::optional<CellState> reason;
    const auto own = own_figure(node, period, &reason);
    if (node.ties.empty() && node.shared.empty()) {
      OracleCell cell;
      if (own) {
        cell = {CellState::value, *own, std::nullopt, Rational(), 1, 1};
      } else {
        cell.state = reason.value_or(missing(node, period));
        cell.expected = cell.state == CellState::not_applicable ? 0 : 1;
      }
      return cell;
    }
    OracleCell cell = from_children(node, period);
    const bool official = node.external || node.spec.accumulation == Accumulation::release;
    if (own && (official || cell.state != CellState::value)) {
      cell.state = CellState::value;
      cell.value = *own;
      if (aggregation(node) != Aggregation::ratio) cell.covered = cell.expected = 1;
    }
    return cell;
  }

  OracleAchievement achievement(std::size_t index, Period period) const {
    const PlainNode& node = plan_.nodes[index];
    const OracleCell figure = cell(index, period);
    OracleAchievement out;
    const AchievementSpec& spec = node.spec.achievement;
    if (is_goal(node.kind)) {
      out.state = figure.state;
      out.raw = figure.value;
    } else {
      if (spec.formula == AchievementFormula::none) return out;
      out.state = figure.state;
      if (figure.state != CellState::value) return out;
      const auto target = target_of(node, period);
      if (!target) {
        out.state = CellState::not_applicable;
        return out;
      }
      const auto raw = formula(node, figure.value, *target);
      out.state = raw ? CellState::value : CellState::not_applicable;
      if (!raw) return out;
      out.raw = *raw;
    }
    if (out.state != CellState::value) return out;
    out.limited = out.raw;
    if (spec.cap && out.limited > Rational(*spec.cap)) out.limited = Rational(*spec.cap);
    if (spec.floor && out.limited < Rational(*spec.floor)) out.limited = Rational(*spec.floor);
    return out;
  }

  // As a reader grades: round the figure, look it up from the top.
  static int band(const Scale& scale, const Rational& figure) {
    const bool exact = scale.decide_on.mode == RoundingMode::exact;
    const Rational printed = exact ? figure : Rational(round(figure, scale.decide_on));
    if (scale.domain_low && printed < Rational(*scale.domain_low)) return -1;
    if (scale.domain_high && printed > Rational(*scale.domain_high)) return -1;
    for (std::size_t i = 0; i < scale.bands.size(); ++i) {
      if (!scale.bands[i].above) return static_cast<int>(i);
      const Rational cut(*scale.bands[i].above);
      if (scale.open_below ? printed > cut : printed >= cut) return static_cast<int>(i);
    }
    return -1;
  }

private:
  static Aggregation aggregation(const PlainNode& node) {
    return is_goal(node.kind) && node.spec.aggregation == Aggregation::leaf ? Aggregation::weighted_mean
                                                                            : node.spec.aggregation;
  }

  // The smallest stated figures that make up a period, in order of time.
  std::vector<std::pair<Period, Rational>> pieces(const PlainNode& node, Period period) const {
    const auto stated = stated_number(node, period);
    if (stated && node.spec.accumulation == Accumulation::release) return {{period, *stated}};
    std::vector<std::pair<Period, Rational>> parts;
    if (period.granularity() != Granularity::month) {
      const auto finer = static_cast<Granularity>(static_cast<int>(period.granularity()) + 1);
      for (const Period& part : period.split(finer)) {
        for (auto& piece : pieces(node, part)) parts.push_back(std::move(piece));
      }
    }
    if (parts.empty() && stated) parts.emplace_back(period, *stated);
    return parts;
  }

  std::optional<Rational> stated_number(const PlainNode& node, Period period) const {
    std::optional<Rational> number;
    for (const PlainFact& fact : node.facts) {
      if (*Period::parse(fact.period) != period || fact.state != CellState::value) continue;
      if (lane_ == Lane::validated && !fact.validated) continue;
      number = rat(fact.number);
    }
    return number;
  }

  std::optional<Rational> own_figure(const PlainNode& node, Period period, std::optional<CellState>* reason) const {
    const auto parts = pieces(node, period);
    if (parts.empty()) {
      for (const PlainFact& fact : node.facts) {
        if (lane_ == Lane::validated && !fact.validated) continue;
        if (*Period::parse(fact.period) == period) *reason = fact.state;
      }
      return std::nullopt;
    }
    Rational total, months_total, months;
    Rational largest = parts.front().second;
    for (const auto& [part, number] : parts) {
      const Rational length(part.last_month() - part.first_month() + 1);
      total += number;
      months_total += number * length;
      months += length;
      if (number > largest) largest = number;
    }
    switch (node.spec.accumulation) {
      case Accumulation::increments:
        return total;
      case Accumulation::average:
        return months_total / months;
      case Accumulation::peak:
        return largest;
      default:
        return parts.back().second;
    }
  }

  CellState missing(const PlainNode& node, Period period) const {
    if (period.granularity() > node.spec.frequency) return CellState::not_applicable;
    if (as_of_ && !as_of_->is_over(period)) return CellState::not_due;
    // Due where a target lies, be it of the period or of a part of it.
    bool due = node.targets.empty();
    for (const auto& [stated, target] : node.targets) due = due || period.contains(*Period::parse(stated));
    if (!due) return CellState::not_due;
    const bool official = node.spec.accumulation == Accumulation::release;
    if (official && as_of_ && period.year() + 1 >= as_of_->year) return CellState::awaiting_release;
    return CellState::empty;
  }

  static std::optional<Target> target_of(const PlainNode& node, Period period) {
    for (const auto& [written, target] : node.targets) {
      if (*Period::parse(written) == period) return Target::parse(target);
    }
    return std::nullopt;
  }

  static int urgency(CellState state) {
    for (const auto& [which, rank] : {std::pair{CellState::empty, 5},
                                      {CellState::awaiting_release, 4},
                                      {CellState::redefined, 3},
                                      {CellState::not_due, 2}}) {
      if (which == state) return rank;
    }
    return 1;
  }

  struct Child {
    CellState state;
    Rational value, weight;
    OracleCell cell;
    EdgeRole role;
  };

  std::vector<Child> children(const PlainNode& node, Period period) const {
    std::vector<Child> list;
    const auto take = [&](const PlainTie& tie, bool shared) {
      Child child{CellState::empty, Rational(), rat(tie.weight), cell(tie.child, period), tie.role};
      child.state = child.cell.state;
      child.value = child.cell.value;
      const Carry carry = shared ? (is_goal(node.kind) ? Carry::achievement : Carry::value) : tie.carry;
      const PlainNode& below = plan_.nodes[tie.child];
      if (aggregation(node) == Aggregation::share_meeting) {
        if (child.state == CellState::value) {
          const auto target = target_of(below, period);
          if (!target) child.state = CellState::not_applicable;
          if (target) child.value = Rational(met(below, child.value, *target) ? 1 : 0);
        }
      } else if (aggregation(node) == Aggregation::ratio && tie.role == EdgeRole::operand) {
        if (child.state == CellState::value && !child.cell.pair) child.state = CellState::empty;
        if (child.cell.pair) child.state = CellState::value;
      } else if (carry == Carry::achievement) {
        const OracleAchievement achieved = achievement(tie.child, period);
        child.state = achieved.state;
        child.value = achieved.limited;
      }
      list.push_back(std::move(child));
    };
    for (const PlainTie& tie : node.ties) take(tie, false);
    for (const PlainTie& tie : node.shared) take(tie, true);
    return list;
  }

  static bool met(const PlainNode& node, const Rational& value, const Target& target) {
    const bool lower = node.spec.polarity == Polarity::lower;
    if (const Decimal* number = target.number()) return lower ? value <= Rational(*number) : value >= Rational(*number);
    const TargetRange& range = *target.range();
    return (lower || value >= Rational(range.low)) && (!lower || value <= Rational(range.high)) &&
           (node.spec.polarity == Polarity::higher || value <= Rational(range.high));
  }

  OracleCell from_children(const PlainNode& node, Period period) const {
    std::vector<Child> list = children(node, period);
    const Aggregation how = aggregation(node);
    OracleCell out;
    if (how == Aggregation::ratio) fold_pair(list, node, out);
    const MissingPolicy policy = node.spec.missing;
    CellState reason = CellState::not_applicable;
    bool absent = false;
    std::vector<Child> counted;
    for (Child& child : list) {
      if (child.state == CellState::not_applicable) continue;
      out.expected += child.cell.expected;
      out.known_denominator += child.cell.known_denominator * child.weight;
      if (child.state == CellState::value) {
        out.covered += child.cell.covered;
        counted.push_back(child);
      } else if (policy == MissingPolicy::zero && child.state == CellState::empty &&
                 child.role != EdgeRole::numerator) {
        child.value = Rational();
        child.cell.pair = std::pair(Rational(), child.cell.known_denominator);
        counted.push_back(child);
      } else {
        absent = true;
        if (urgency(child.state) > urgency(reason)) reason = child.state;
      }
    }
    if (counted.empty() || (absent && policy == MissingPolicy::strict)) {
      out.state = reason;
      return out;
    }
    out.state = CellState::value;
    Rational total, weight, top, bottom;
    Rational least = counted.front().value, most = counted.front().value;
    for (const Child& child : counted) {
      total += child.weight * child.value;
      weight += child.weight;
      if (child.cell.pair) {
        top += child.weight * child.cell.pair->first;
        bottom += child.weight * child.cell.pair->second;
      }
      least = std::min(least, child.value);
      most = std::max(most, child.value);
    }
    switch (how) {
      case Aggregation::sum:
        out.value = total;
        break;
      case Aggregation::minimum:
        out.value = least;
        break;
      case Aggregation::maximum:
        out.value = most;
        break;
      case Aggregation::ratio:
        if (bottom.is_zero()) {
          out.state = CellState::not_applicable;
          return out;
        }
        out.pair = std::pair(top, bottom);
        out.value = top / bottom;
        break;
      default:
        if (weight.is_zero()) {
          out.state = CellState::empty;
          return out;
        }
        out.value = total / weight;
        break;
    }
    out.value *= Rational(node.spec.factor);
    return out;
  }

  // Operands of a ratio become one child: complete, or not there. Its role marks that the zero policy
  // does not reach it.
  static void fold_pair(std::vector<Child>& list, const PlainNode& /*node*/, OracleCell& /*out*/) {
    std::vector<Child> rest;
    Rational top, bottom;
    bool any = false, missing = false, bottom_missing = false, excluded = false;
    CellState reason = CellState::not_applicable;
    for (Child& child : list) {
      if (child.role == EdgeRole::operand) {
        rest.push_back(std::move(child));
        continue;
      }
      any = true;
      if (child.state == CellState::not_applicable) {
        excluded = true;
      } else if (child.state != CellState::value) {
        missing = true;
        bottom_missing = bottom_missing || child.role == EdgeRole::denominator;
        if (urgency(child.state) > urgency(reason)) reason = child.state;
      } else {
        (child.role == EdgeRole::numerator ? top : bottom) += child.weight * child.value;
      }
    }
    if (any) {
      Child pair{CellState::value, Rational(), Rational(1), {}, EdgeRole::numerator};
      pair.cell.expected = 1;
      if (!bottom_missing) pair.cell.known_denominator = bottom;
      if (missing) {
        pair.state = reason;
      } else if (excluded || bottom.is_zero()) {
        pair.state = CellState::not_applicable;
      } else {
        pair.cell.pair = std::pair(top, bottom);
        pair.cell.covered = 1;
      }
      rest.push_back(std::move(pair));
    }
    list = std::move(rest);
  }

  // Formulas as printed in the reference table; T > 0 except where zero is spoken of.
  static std::optional<Rational> formula(const PlainNode& node, const Rational& r, const Target& target) {
    const AchievementSpec& spec = node.spec.achievement;
    const Rational hundred(100);
    const auto start = node.baseline ? std::optional(rat(node.baseline->second)) : std::nullopt;
    const auto from_baseline = [&](const Rational& t) -> std::optional<Rational> {
      if (!start) return std::nullopt;
      if (t == *start) return Rational((node.spec.polarity == Polarity::lower ? r <= t : r >= t) ? 100 : 0);
      return hundred * (r - *start) / (t - *start);
    };
    if (const TargetRange* range = target.range()) {
      const Rational low(range->low), high(range->high);
      if (r >= low && r <= high) return hundred;
      const Rational bound = r > high ? high : low;
      return node.spec.polarity == Polarity::higher ? hundred * r / bound
                                                    : hundred * (Rational(1) + (Rational(1) - r / bound));
    }
    const Rational t(*target.number());
    if (spec.formula == AchievementFormula::baseline) return from_baseline(t);
    if (t.is_zero()) {
      if (spec.on_zero_target == ZeroTargetRule::baseline) return from_baseline(t);
      if (spec.on_zero_target == ZeroTargetRule::refuse || node.spec.polarity == Polarity::higher) return std::nullopt;
      return Rational(r <= Rational() ? 100 : 0);
    }
    switch (spec.formula) {
      case AchievementFormula::h1:
        return hundred * r / t;
      case AchievementFormula::l1:
        return hundred * (Rational(1) + (Rational(1) - r / t));
      case AchievementFormula::l2:
        return r > Rational() ? std::optional(hundred * t / r) : std::nullopt;
      case AchievementFormula::stabilise:
        return hundred * (Rational(1) - (r - t).absolute() / t);
      default:
        return std::nullopt;
    }
  }

  const PlainPlan& plan_;
  Lane lane_;
  std::optional<Date> as_of_;
};

}  // namespace jenjang::testing
