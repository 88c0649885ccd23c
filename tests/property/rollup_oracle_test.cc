// The engine against the literal oracle on random plans, with figures drawn so that sums, ratios and
// achievements often land exactly on a cut, or one unit of the last place beside it.
#include "tests/support/oracle/rollup_oracle.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "jenjang/rollup/rollup.h"

namespace jenjang::testing {
namespace {

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

Scale random_scale(Dice& dice) {
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
std::string figure(Dice& dice, bool may_be_negative) {
  std::string text = dice.one_of<const char*>({"0",    "1",     "2",     "3",     "8.1", "9",   "10",     "50",
                                               "80",   "90",    "100",   "120",   "0.1", "0.3", "89.995", "2699.85",
                                               "3000", "79.99", "80.01", "33.33", "7",   "13"});
  if (may_be_negative && dice.once_in(4) && text != "0") text.insert(0, "-");
  return text;
}

void give_facts(Dice& dice, PlainNode& node, bool negative) {
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

void give_measure(Dice& dice, PlainNode& node, std::size_t scales) {
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

PlainPlan random_plan(Dice& dice) {
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

struct Tally {
  std::size_t cells = 0, numbers = 0, bands = 0, exact = 0;
};

void compare(const PlainPlan& plan, const RollupOptions& options, Tally& tally) {
  BuiltPlan built = build(plan);
  DiagnosticSink sink;
  const RollupResult result = run_rollup(built.model, built.targets, built.facts, options, sink);
  for (const Lane lane : {Lane::all, Lane::validated}) {
    const RollupOracle oracle(plan, lane, options.as_of);
    ExactEvaluator exact(built.model, built.targets, built.facts, lane, options.as_of);
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      for (std::size_t s = 0; s < result.grid().size(); ++s) {
        const Period period = result.grid()[SlotId::from_index(s)];
        const ResultCell& cell = result.at(built.node[i], SlotId::from_index(s), lane);
        SCOPED_TRACE(plan.nodes[i].code + " " + period.to_string() + " " + std::string(to_string(lane)));
        const OracleCell wanted = oracle.cell(i, period);
        const OracleAchievement achieved = oracle.achievement(i, period);
        ++tally.cells;
        ASSERT_EQ(cell.state, wanted.state);
        ASSERT_EQ(cell.covered, wanted.covered);
        ASSERT_EQ(cell.expected, wanted.expected);
        ASSERT_EQ(cell.achievement_state, achieved.state);
        const auto value = exact.value(built.node[i], period);
        ASSERT_EQ(value.has_value(), wanted.state == CellState::value);
        if (value) {
          ++tally.numbers;
          ASSERT_EQ(*value, wanted.value) << value->to_string() << " but " << wanted.value.to_string();
          const double bound = 1e-11 * (std::abs(wanted.value.to_double()) + ((cell.flags & kSigned) != 0 ? 1e6 : 0));
          ASSERT_NEAR(cell.value, wanted.value.to_double(), bound);
        }
        const auto raw = exact.achievement_raw(built.node[i], period);
        ASSERT_EQ(raw.has_value(), achieved.state == CellState::value);
        if (raw) {
          ASSERT_EQ(*raw, achieved.raw);
          ASSERT_EQ(*exact.achievement(built.node[i], period), achieved.limited);
          ASSERT_EQ((cell.flags & kCapped) != 0, achieved.raw != achieved.limited);
        }
        const MeasureSpec& spec = plan.nodes[i].spec;
        if ((cell.flags & kDecidedExactly) != 0) ++tally.exact;
        if (spec.value_bands.valid() && value) {
          ++tally.bands;
          ASSERT_EQ(cell.band, RollupOracle::band(plan.scales[spec.value_bands.index()], wanted.value));
        } else if (!spec.value_bands.valid() && spec.achievement_bands.valid() && raw) {
          ++tally.bands;
          ASSERT_EQ(cell.band, RollupOracle::band(plan.scales[spec.achievement_bands.index()], achieved.limited));
        } else {
          ASSERT_EQ(cell.band, -1);
        }
      }
    }
  }
}

TEST(RollupOracle, RandomPlans) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    RollupOptions options;
    if (dice.once_in(3))
      options.as_of = *Date::parse(dice.one_of<const char*>({"2024-05-31", "2024-12-31", "2026-01-15"}));
    compare(random_plan(dice), options, tally);
    if (HasFatalFailure()) return;
  }
  // The comparison must have had something to compare, easy and hard.
  EXPECT_GT(tally.numbers, 8000U);
  EXPECT_GT(tally.bands, 2000U);
  EXPECT_GT(tally.exact, 200U);
}

// A figure made to sit on the pre-image of a cut, or a hair beside it, in three shapes: one leaf's
// achievement, a sum split into many parts, a quotient of sums.
TEST(RollupOracle, NearCuts) {
  Tally tally;
  std::size_t on_cut = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed * 7919);
    PlainPlan plan;
    plan.scales = {random_scale(dice)};
    const Rational cut = rat(dice.one_of<const char*>(
        {"50", "80", "90", "100", "120", "89.995", "90.005", "79.995", "80.01", "89.5", "90.05", "119.95", "99.999"}));
    const Rational target = Rational(1 + dice.below(99999), dice.one_of<int>({1, 10, 100}));
    Rational realised = cut * target / Rational(100);
    const int nudge = dice.below(5) - 2;
    realised += Rational(nudge) * rat(dice.one_of<const char*>({"0.0000001", "0.0000000000001", "0.000001", "0.01"}));
    if (nudge == 0) ++on_cut;
    const auto text = [](const Rational& x) { return x.to_decimal()->to_string(); };
    PlainNode top;
    top.code = "TOP";
    top.spec.polarity = Polarity::higher;
    const int shape = dice.below(3);
    if (shape == 0) {
      top.facts = {{"2024", text(realised)}};
      top.targets = {{"2024", text(target)}};
      top.spec.achievement.formula = AchievementFormula::h1;
      top.spec.achievement_bands = ScaleId(0);
      if (dice.once_in(2)) top.spec.achievement.cap = Decimal(100);
    } else {
      // Parts that add up to the figure exactly, none of them a round number.
      const int parts = 2 + dice.below(16);
      Rational left = realised;
      const bool ratio = shape == 2;
      Rational denominator_left = target;
      for (int p = 0; p < parts; ++p) {
        const bool last = p + 1 == parts;
        const auto share = [&](Rational& rest) {
          Rational part =
              last ? rest : Rational(round(rest * Rational(dice.below(1000), 3001), {RoundingMode::truncate, 9}));
          rest -= part;
          return text(part);
        };
        PlainNode leaf;
        leaf.unit = "64." + std::to_string(p);
        leaf.code = "N";
        leaf.facts = {{"2024", share(left)}};
        top.ties.push_back({plan.nodes.size(), "1", Carry::value, ratio ? EdgeRole::numerator : EdgeRole::operand});
        plan.nodes.push_back(leaf);
        if (!ratio) continue;
        leaf.code = "D";
        leaf.facts = {{"2024", share(denominator_left)}};
        top.ties.push_back({plan.nodes.size(), "1", Carry::value, EdgeRole::denominator});
        plan.nodes.push_back(leaf);
      }
      if (ratio) {
        top.spec.aggregation = Aggregation::ratio;
        top.spec.factor = Decimal(100);
        top.spec.value_bands = ScaleId(0);
      } else {
        top.spec.aggregation = Aggregation::sum;
        top.targets = {{"2024", text(target)}};
        top.spec.achievement.formula = AchievementFormula::h1;
        top.spec.achievement_bands = ScaleId(0);
      }
    }
    plan.nodes.push_back(top);
    compare(plan, {}, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(on_cut, 500U);
  EXPECT_GT(tally.exact, 300U);
}

TEST(RollupDeterminism, SameBitsTwice) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Dice dice(seed);
    const PlainPlan plan = random_plan(dice);
    BuiltPlan built = build(plan);
    DiagnosticSink first_sink, second_sink;
    const RollupResult first = run_rollup(built.model, built.targets, built.facts, {}, first_sink);
    const RollupResult second = run_rollup(built.model, built.targets, built.facts, {}, second_sink);
    ASSERT_EQ(first_sink.all().size(), second_sink.all().size());
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      for (std::size_t s = 0; s < first.grid().size(); ++s) {
        const ResultCell& a = first.at(built.node[i], SlotId::from_index(s));
        const ResultCell& b = second.at(built.node[i], SlotId::from_index(s));
        ASSERT_EQ(std::signbit(a.value), std::signbit(b.value));
        ASSERT_EQ(a.value, b.value);
        ASSERT_EQ(a.achievement, b.achievement);
        ASSERT_EQ(a.flags, b.flags);
        ASSERT_EQ(a.band, b.band);
      }
    }
  }
}

}  // namespace
}  // namespace jenjang::testing
