// The engine against the literal oracle on random plans, with figures drawn so that sums, ratios and
// achievements often land exactly on a cut, or one unit of the last place beside it.
#include "tests/support/oracle/rollup_oracle.h"

#include <cmath>
#include <gtest/gtest.h>

#include "jenjang/rollup/rollup.h"

#include "tests/support/drawn_plan.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace rollup_oracle_test {

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
  for (const std::uint64_t seed : testing::Seeds(500)) {
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
  for (const std::uint64_t seed : testing::Seeds(3000)) {
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
  for (const std::uint64_t seed : testing::Seeds(50)) {
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

}  // namespace rollup_oracle_test
}  // namespace jenjang::testing
