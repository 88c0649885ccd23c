// Random plans within what the flat engine can say: one year in months and, where asked for, reports of coarser
// periods; figures drawn so that sums, quotients, achievements and limits often land exactly on a cut, a cap or the
// target, or one millionth beside it.
#pragma once

#include <set>

#include "tests/support/drawn_plan.h"

namespace jenjang::testing {

inline std::string month_text(int month) {
  return std::string("2025-") + (month < 10 ? "0" : "") + std::to_string(month);
}

// A decimal of at most six places, or none.
inline std::optional<std::string> six_places(const Rational& value) {
  const auto decimal = value.to_decimal();
  if (!decimal || decimal->normalised().scale() > 6) return std::nullopt;
  return decimal->normalised().to_string();
}

class FlatPlanMaker {
public:
  explicit FlatPlanMaker(Dice& dice, bool coarse = false) : dice_(dice), coarse_(coarse) {
    negative_ = dice.once_in(6);
    unvalidated_ = dice.once_in(2);
    shared_ = dice.once_in(4);
  }

  PlainPlan make() {
    for (int i = 0; i < 3; ++i) plan_.scales.push_back(random_scale(dice_));
    // Now and then more children than a byte counts.
    const int leaves = dice_.once_in(40) ? 300 : 3 + dice_.below(14);
    for (int i = 0; i < leaves; ++i) add_leaf(leaves > 100);
    if (leaves > 100) add_inner(true);
    const int inners = 2 + dice_.below(9);
    for (int i = 0; i < inners; ++i) add_inner(false);
    return std::move(plan_);
  }

private:
  std::string unit() { return "64." + std::to_string(plan_.nodes.size()); }

  // Percentages that bands, caps and roundings turn on.
  std::string percentage() {
    return dice_.one_of<const char*>({"50", "80", "90", "100", "100", "110", "120", "79.995", "80.005", "89.995",
                                      "90.005", "89.5", "79.99", "80.01", "119.995", "99.995", "0", "200", "49.95"});
  }

  void give_measure(PlainNode& node) {
    MeasureSpec& spec = node.spec;
    spec.polarity = dice_.one_of<Polarity>(
        {Polarity::higher, Polarity::higher, Polarity::lower, Polarity::range, Polarity::stabilise, Polarity::context});
    spec.frequency = dice_.once_in(12) ? Granularity::quarter : Granularity::month;
    spec.accumulation = static_cast<Accumulation>(dice_.below(6));
    spec.achievement.formula = dice_.one_of<AchievementFormula>(
        {AchievementFormula::none, AchievementFormula::h1, AchievementFormula::h1, AchievementFormula::h1,
         AchievementFormula::l1, AchievementFormula::l2, AchievementFormula::reversed});
    // What is settled cell by cell, one in four.
    if (dice_.once_in(4)) {
      spec.achievement.formula =
          dice_.one_of<AchievementFormula>({AchievementFormula::range, AchievementFormula::baseline,
                                            AchievementFormula::stabilise, AchievementFormula::ordinal});
    }
    spec.achievement.on_zero_target =
        dice_.one_of<ZeroTargetRule>({ZeroTargetRule::refuse, ZeroTargetRule::met_or_missed, ZeroTargetRule::refuse,
                                      ZeroTargetRule::met_or_missed, ZeroTargetRule::baseline});
    // Of an earlier year, of the year itself, and of one that is yet to come: none.
    if (!dice_.once_in(4)) {
      node.baseline = {dice_.one_of<int>({2024, 2024, 2025, 2026}), dice_.once_in(4) ? "0" : figure(dice_, negative_)};
    }
    if (dice_.once_in(2)) spec.achievement.cap = Decimal(dice_.one_of<int>({100, 110, 120}));
    if (dice_.once_in(3)) spec.achievement.floor = Decimal(dice_.one_of<int>({0, 50}));
    give_bands(spec);
  }

  void give_bands(MeasureSpec& spec) {
    const auto scale = [&] { return ScaleId::from_index(static_cast<std::size_t>(dice_.below(3))); };
    const int by = dice_.below(3);
    if (by == 0) spec.value_bands = scale();
    if (by >= 1) spec.achievement_bands = scale();
  }

  // A target against which `realised` is a percentage that something turns on, or any.
  std::string target_for(const Rational& realised, const PlainNode& node) {
    if (dice_.once_in(3)) return figure(dice_, false);
    const MeasureSpec& spec = node.spec;
    if (spec.achievement.on_zero_target == ZeroTargetRule::baseline && dice_.once_in(6)) return "0";
    const Rational share = rat(percentage()) / Rational(100);
    std::optional<std::string> found;
    if (spec.achievement.formula == AchievementFormula::l2) {
      found = six_places(realised * share);
    } else if (spec.achievement.formula == AchievementFormula::l1) {
      if (share != Rational(2)) found = six_places(realised / (Rational(2) - share));  // 2 - R/T = share
    } else if (spec.achievement.formula == AchievementFormula::baseline && node.baseline && !share.is_zero()) {
      // (R - b)/(T - b) = share; now and then there is no way to go.
      const Rational from = rat(node.baseline->second);
      found = six_places(dice_.once_in(8) ? from : from + (realised - from) / share);
    } else if (spec.achievement.formula == AchievementFormula::stabilise && dice_.once_in(2) && share != Rational(2)) {
      found = six_places(realised / (Rational(2) - share));  // above its target
    } else if (!share.is_zero()) {
      found = six_places(realised / share);
    }
    if (!found) found = six_places(realised);
    return found && !found->starts_with('-') ? *found : figure(dice_, false);
  }

  static std::string nudged(const std::string& text, int millionths) {
    return six_places(rat(text) + Rational(millionths, 1000000)).value_or(text);
  }

  void add_leaf(bool plain) {
    PlainNode node;
    node.code = "L" + std::to_string(plan_.nodes.size());
    node.unit = unit();
    give_measure(node);
    if (dice_.once_in(15)) {
      node.kind = ItemKind::objective;  // a goal that somebody reports on
    }
    const bool silent = dice_.once_in(12), aimed = !dice_.once_in(5);
    for (int month = 1; month <= 12; ++month) {
      std::string realised;
      if (!silent && !dice_.once_in(plain ? 20 : 5)) {
        realised = figure(dice_, negative_);
        if (dice_.once_in(6)) realised = nudged(realised, dice_.below(3) - 1);
        PlainFact fact{month_text(month), realised, !unvalidated_ || !dice_.once_in(3)};
        if (dice_.once_in(12)) {
          fact.state = reason();
        }
        node.facts.push_back(fact);
      }
      if (!aimed || dice_.once_in(6)) continue;
      node.targets[month_text(month)] = realised.empty() ? figure(dice_, false) : target_for(rat(realised), node);
    }
    if (coarse_ && dice_.once_in(2)) add_coarse_facts(node);
    plan_.nodes.push_back(std::move(node));
  }

  CellState reason() {
    return dice_.one_of<CellState>({CellState::empty, CellState::not_due, CellState::awaiting_release,
                                    CellState::redefined, CellState::not_applicable});
  }

  // Quarters, semesters and the year as somebody reports them: alone, beside all months or beside some; of one
  // granularity or of several; what the months add up to, or something else.
  void add_coarse_facts(PlainNode& node) {
    const int beside = dice_.below(3);
    if (beside == 0) node.facts.clear();
    if (beside == 1) {
      const int from = 1 + dice_.below(12);
      std::erase_if(node.facts, [&](const PlainFact& fact) { return fact.period >= month_text(from); });
    }
    if (node.facts.empty() && dice_.once_in(2)) {
      node.spec.frequency = dice_.one_of<Granularity>({Granularity::year, Granularity::semester, Granularity::quarter});
    }
    const int one_in = 1 + dice_.below(4);
    for (const char* const period : {"2025", "2025-S1", "2025-S2", "2025-TW1", "2025-TW2", "2025-TW3", "2025-TW4"}) {
      if (!dice_.once_in(one_in)) continue;
      PlainFact fact{period, figure(dice_, negative_), !unvalidated_ || !dice_.once_in(3)};
      if (dice_.once_in(5)) fact.state = reason();
      node.facts.push_back(fact);
      // A second row about the same period: the last number stands.
      if (unvalidated_ || !dice_.once_in(8)) continue;
      fact.number = figure(dice_, negative_);
      fact.state = dice_.once_in(2) ? reason() : CellState::value;
      node.facts.push_back(fact);
    }
  }

  // Weights have up to two decimals.
  std::string weight() { return dice_.one_of<const char*>({"1", "1", "1", "2", "0.5", "0.3", "3", "0.25", "0", "17"}); }

  void add_inner(bool all_leaves) {
    PlainNode node;
    node.code = "I" + std::to_string(plan_.nodes.size());
    node.unit = unit();
    give_measure(node);
    MeasureSpec& spec = node.spec;
    spec.frequency = Granularity::month;
    spec.missing = dice_.one_of<MissingPolicy>(
        {MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::skip, MissingPolicy::zero});
    spec.aggregation = dice_.one_of<Aggregation>(
        {Aggregation::sum, Aggregation::sum, Aggregation::weighted_mean, Aggregation::weighted_mean, Aggregation::ratio,
         Aggregation::ratio, Aggregation::minimum, Aggregation::maximum, Aggregation::share_meeting});
    if (dice_.once_in(3)) spec.factor = *Decimal::parse(dice_.one_of<const char*>({"100", "0.2", "10"}));
    const std::size_t here = plan_.nodes.size();
    std::vector<std::size_t> pairs, others;  // what may be a ratio's pair, what may be its operand
    for (std::size_t i = 0; i < here; ++i) {
      const bool ratio = plan_.nodes[i].spec.aggregation == Aggregation::ratio;
      if (!all_leaves || plan_.nodes[i].ties.empty()) (ratio ? pairs : others).push_back(i);
    }
    std::set<std::size_t> used;
    const auto add = [&](const std::vector<std::size_t>& from, Carry carry, EdgeRole role) {
      if (from.empty()) return;
      // Mostly what nobody has yet, so that trees come out as well as shared results.
      std::size_t child = from[static_cast<std::size_t>(dice_.below(static_cast<int>(from.size())))];
      for (int again = 0; again < 4 && has_parent_.contains(child) && !shared_; ++again) {
        child = from[static_cast<std::size_t>(dice_.below(static_cast<int>(from.size())))];
      }
      if (!used.insert(child).second) return;
      has_parent_.insert(child);
      node.ties.push_back({child, weight(), carry, role});
    };
    const int count = 1 + dice_.below(6);
    if (spec.aggregation == Aggregation::ratio) {
      if (!pairs.empty() && dice_.once_in(2)) {
        for (int i = 0; i < count; ++i) add(pairs, Carry::value, EdgeRole::operand);
        if (spec.missing == MissingPolicy::zero) spec.missing = MissingPolicy::skip;
      } else {
        const int above = 1 + dice_.below(2), below = 1 + dice_.below(2);
        for (int i = 0; i < above; ++i) add(others, Carry::value, EdgeRole::numerator);
        for (int i = 0; i < below; ++i) add(others, Carry::value, EdgeRole::denominator);
      }
    } else {
      if (dice_.once_in(3)) {
        node.kind = ItemKind::objective;
        spec.aggregation = dice_.once_in(2) ? Aggregation::leaf : Aggregation::weighted_mean;
      }
      const bool mean = spec.aggregation == Aggregation::weighted_mean || spec.aggregation == Aggregation::leaf;
      const Carry carry = node.kind == ItemKind::objective || (mean && dice_.once_in(4)) || dice_.once_in(12)
                              ? Carry::achievement
                              : Carry::value;
      std::vector<std::size_t> all = others;
      all.insert(all.end(), pairs.begin(), pairs.end());
      if (spec.aggregation == Aggregation::share_meeting) {
        if (dice_.once_in(3)) spec.mark = dec(dice_.one_of<const char*>({"50", "80", "79.995", "90", "100", "0.3"}));
        // Of targets that are met on the spot alone there is no share in a flat plan.
        std::erase_if(all, [&](std::size_t child) {
          const Polarity polarity = plan_.nodes[child].spec.polarity;
          return polarity == Polarity::range || polarity == Polarity::stabilise;
        });
        if (all.empty()) return;
      }
      for (int i = 0; i < count; ++i) add(all, carry, EdgeRole::operand);
      if (all_leaves) {
        for (const std::size_t child : all) {
          if (used.insert(child).second) node.ties.push_back({child, "1", carry, EdgeRole::operand});
        }
      }
      // Another unit's result by a share, at most once a parent: two ways that meet would be a copy to take out.
      if (dice_.once_in(6)) {
        const std::size_t child = all[static_cast<std::size_t>(dice_.below(static_cast<int>(all.size())))];
        const bool same_carry = (node.kind == ItemKind::objective) == (carry == Carry::achievement);
        if (same_carry && used.insert(child).second) {
          node.shared.push_back({child, dice_.one_of<const char*>({"0.3", "1", "0.25"})});
        }
      }
    }
    if (node.ties.empty()) return;
    if (node.kind != ItemKind::objective && !dice_.once_in(6)) give_targets(node);
    plan_.nodes.push_back(std::move(node));
  }

  // Targets on which the figures of the leaves below stand exactly, where they add up simply.
  void give_targets(PlainNode& node) {
    for (int month = 1; month <= 12; ++month) {
      if (dice_.once_in(6)) continue;
      Rational total, weights, extreme;
      bool any = false;
      for (const PlainTie& tie : node.ties) {
        for (const PlainFact& fact : plan_.nodes[tie.child].facts) {
          if (fact.period != month_text(month) || fact.state != CellState::value) continue;
          total += rat(fact.number) * rat(tie.weight);
          weights += rat(tie.weight);
          if (!any || rat(fact.number) < extreme) extreme = rat(fact.number);
          any = true;
        }
      }
      Rational realised = total;
      if (node.spec.aggregation == Aggregation::weighted_mean && !weights.is_zero()) realised /= weights;
      if (node.spec.aggregation == Aggregation::minimum) realised = extreme;
      realised *= Rational(node.spec.factor);
      std::string target = any ? target_for(realised, node) : figure(dice_, false);
      if (dice_.once_in(8)) target = nudged(target, dice_.below(3) - 1);
      if (!target.starts_with('-')) node.targets[month_text(month)] = target;
    }
  }

  Dice& dice_;
  PlainPlan plan_;
  bool negative_ = false, unvalidated_ = false, shared_ = false;
  bool coarse_;
  std::set<std::size_t> has_parent_;
};

}  // namespace jenjang::testing
