// Formulas that are settled cell by cell (B1, S1, RNG, F-O1, and targets of nought that ask for the baseline), by hand:
// of a leaf, of a sum above it, and as a goal carries them.
#include <cmath>
#include <gtest/gtest.h>
#include <optional>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/sweep.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace by_rule_test {

using bulk::cell_state;
using bulk::FlatModel;
using bulk::kMonths;

constexpr auto kHigher = Polarity::higher, kLower = Polarity::lower, kRange = Polarity::range,
               kStable = Polarity::stabilise;
constexpr auto kB1 = AchievementFormula::baseline, kS1 = AchievementFormula::stabilise,
               kRng = AchievementFormula::range, kO1 = AchievementFormula::ordinal, kH1 = AchievementFormula::h1;
constexpr auto kRefuse = ZeroTargetRule::refuse, kBySide = ZeroTargetRule::met_or_missed,
               kFromBaseline = ZeroTargetRule::baseline;
constexpr std::size_t kLeaf = 0, kSum = 1, kGoal = 2;

struct Case {
  AchievementFormula formula;
  Polarity polarity;
  ZeroTargetRule rule;
  const char *baseline, *target, *realised;  // "": none
  std::optional<double> wanted;
};

// A leaf, a sum of it alone with the same target, a goal that carries the leaf's achievement.
PlainPlan plan_of(const Case& drawn) {
  PlainPlan plan;
  PlainNode leaf;
  leaf.code = "L";
  leaf.unit = "64.01";
  leaf.spec.frequency = Granularity::month;
  leaf.spec.accumulation = Accumulation::increments;
  leaf.spec.polarity = drawn.polarity;
  leaf.spec.achievement.formula = drawn.formula;
  leaf.spec.achievement.on_zero_target = drawn.rule;
  leaf.targets["2025-01"] = drawn.target;
  if (*drawn.baseline != '\0') leaf.baseline = {2024, drawn.baseline};
  PlainNode sum = leaf, goal;
  leaf.facts = {{"2025-01", drawn.realised}};
  sum.code = "S";
  sum.unit = "64";
  sum.spec.aggregation = Aggregation::sum;
  sum.ties = {{kLeaf, "1"}};
  goal.code = "G";
  goal.kind = ItemKind::objective;
  goal.ties = {{kLeaf, "1", Carry::achievement}};
  plan.nodes = {leaf, sum, goal};
  return plan;
}

struct Swept {
  explicit Swept(const PlainPlan& plan) : built(build(plan)) {
    auto outcome = bulk::flatten_model(built.model, built.targets, built.facts, {}, 2025);
    flat = std::move(std::get<FlatModel>(outcome));
    roll_up(flat.plan, flat.figures);
  }
  [[nodiscard]] std::size_t inner(std::size_t node) const {
    return (built.node[node].index() - flat.plan.leaf_count()) * kMonths;
  }
  [[nodiscard]] std::optional<double> achievement(std::size_t node) const {
    const bulk::InnerLane& lane = flat.figures.all;
    if (cell_state(lane.achieved[inner(node)]) != CellState::value) return std::nullopt;
    return lane.achievement[inner(node)];
  }
  [[nodiscard]] double value(std::size_t node) const { return flat.figures.value[built.node[node].index() * kMonths]; }
  [[nodiscard]] int band(std::size_t node) const { return flat.figures.band[built.node[node].index() * kMonths]; }

  BuiltPlan built;
  FlatModel flat;
};

const Case kCases[] = {
    {kB1, kLower, kRefuse, "10", "0", "2", 80},       // eight of the ten
    {kB1, kLower, kRefuse, "10", "0", "12", -20},     // away from the target
    {kB1, kLower, kRefuse, "10", "0", "0", 100},      //
    {kB1, kHigher, kRefuse, "-4", "4", "0", 50},      // half the way
    {kB1, kHigher, kRefuse, "", "4", "3", {}},        // from nowhere
    {kB1, kHigher, kRefuse, "5", "5", "5", 100},      // no way to go: met
    {kB1, kHigher, kRefuse, "5", "5", "4.99", 0},     // and missed
    {kB1, kLower, kRefuse, "5", "5.0", "5.01", 0},    //
    {kS1, kStable, kRefuse, "", "50", "55", 90},      // a tenth beside it, either side
    {kS1, kStable, kRefuse, "", "50", "45", 90},      //
    {kS1, kStable, kRefuse, "", "50", "120", -40},    // 100 (1 - 70/50)
    {kS1, kStable, kRefuse, "", "-10", "-5", 50},     // half of its magnitude
    {kS1, kStable, kRefuse, "", "0", "0", {}},        //
    {kS1, kStable, kBySide, "", "0", "0", 100},       //
    {kS1, kStable, kBySide, "", "0", "0.1", 0},       //
    {kRng, kHigher, kRefuse, "", "80", "92", 115},    // H1 on both sides
    {kRng, kHigher, kRefuse, "", "80", "60", 75},     //
    {kRng, kLower, kRefuse, "", "8", "9", 87.5},      // L1 on both sides: 100 (16 - 9)/8
    {kRng, kLower, kRefuse, "", "8", "6", 125},       // 100 (16 - 6)/8
    {kRng, kRange, kRefuse, "", "80", "100", 75},     // 100 (160 - 100)/80
    {kRng, kRange, kRefuse, "", "80", "60", 75},      // 100 x 60/80
    {kRng, kHigher, kRefuse, "", "0", "0", 100},      // on the bound, whatever a target of nought says
    {kRng, kHigher, kRefuse, "", "0", "1", {}},       //
    {kO1, kHigher, kRefuse, "", "3", "3", 100},       // the same grade
    {kO1, kHigher, kRefuse, "", "3", "2.99", 0},      //
    {kO1, kLower, kRefuse, "", "3", "2", 100},        //
    {kO1, kHigher, kRefuse, "", "0", "0", 100},       //
    {kH1, kLower, kFromBaseline, "4", "0", "1", 75},  // three of four
    {kH1, kLower, kFromBaseline, "", "0", "1", {}},   //
};

TEST(ByRule, AchievementsOfLeavesAndOfSums) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(std::string(to_string(one.formula)) + " " + one.baseline + " to " + one.target + ": " + one.realised);
    const Swept swept(plan_of(one));
    EXPECT_EQ(swept.achievement(kSum), one.wanted);
    EXPECT_EQ(swept.achievement(kGoal), one.wanted);
    // The goal's own value is what the leaf offers.
    EXPECT_EQ(swept.value(kGoal), one.wanted.value_or(0));
  }
}

TEST(ByRule, LimitsAreOfTheFigureMade) {
  PlainPlan plan = plan_of({kB1, kLower, kRefuse, "10", "0", "12", {}});
  for (const std::size_t node : {kLeaf, kSum}) {
    plan.nodes[node].spec.achievement.floor = Decimal(0);
    plan.nodes[node].spec.achievement.cap = Decimal(120);
  }
  EXPECT_EQ(Swept(plan).achievement(kSum), 0);
  plan.nodes[kLeaf].facts = {{"2025-01", "-3"}};  // 130
  const Swept swept(plan);
  EXPECT_EQ(swept.achievement(kSum), 120);
  EXPECT_EQ(swept.value(kGoal), 120);
  EXPECT_NE(swept.flat.figures.all.achieved[swept.inner(kSum)] & bulk::kCapped, 0);
}

// From 0.1 to 0.4, and 0.37 is reached: nine tenths exactly, which doubles miss (0.27/0.30 = 89.99999999999999).
TEST(ByRule, PredicatesOnACutAreExact) {
  ASSERT_LT(100 * (0.37 - 0.1) / (0.4 - 0.1), 90);
  PlainPlan plan = plan_of({kB1, kHigher, kRefuse, "0.1", "0.4", "0.37", {}});
  plan.scales = {make_bands({{"A", "90"}, {"B", ""}}, {RoundingMode::exact, 0}, false)};
  for (PlainNode& node : plan.nodes) node.spec.achievement_bands = ScaleId(0);
  const Swept swept(plan);
  for (const std::size_t node : {kLeaf, kSum, kGoal}) EXPECT_EQ(swept.band(node), 0) << node;
  plan.nodes[kLeaf].facts = {{"2025-01", "0.369999"}};
  const Swept less(plan);
  for (const std::size_t node : {kLeaf, kSum, kGoal}) EXPECT_EQ(less.band(node), 1) << node;
}

// A thousandth of a millionth of a way: what is far below nought takes its parent to the exact side.
TEST(ByRule, FarBelowNoughtTheParentIsExact) {
  PlainPlan plan = plan_of({kB1, kHigher, kRefuse, "0", "0.000001", "-10", {}});
  PlainNode other = plan.nodes[kLeaf];
  other.code = "M";
  other.spec.achievement.formula = kH1;
  other.facts = {{"2025-01", "1"}};
  other.targets["2025-01"] = "3";
  plan.nodes.push_back(other);
  plan.nodes[kGoal].ties.push_back({3, "1", Carry::achievement});
  const Swept swept(plan);
  EXPECT_EQ(swept.achievement(kSum), -1e9);
  // (-10^9 + 100/3)/2 = -2999999900/6
  EXPECT_EQ(swept.value(kGoal), -2999999900.0 / 6);
}

TEST(ByRule, AChangeLeavesTheBitsOfASweep) {
  PlainPlan plan = plan_of({kB1, kLower, kRefuse, "10", "0", "2", {}});
  Swept live(plan);
  bulk::LiveFigures moving(live.flat.plan, live.flat.figures);
  moving.change(live.built.node[kLeaf].value(), 0, 3, 0);
  EXPECT_EQ(live.achievement(kSum), 70);
  EXPECT_EQ(live.value(kGoal), 70);
  plan.nodes[kLeaf].facts = {{"2025-01", "3"}};
  const Swept again(plan);
  EXPECT_EQ(digest(live.flat.plan, live.flat.figures), digest(again.flat.plan, again.flat.figures));
}

// A flat plan whose class names such a formula without the mark is a mistake of whoever filled it.
TEST(ByRule, KernelsRefuseWhatTheyCannotMake) {
  Swept swept(plan_of({kB1, kLower, kRefuse, "10", "0", "2", {}}));
  for (bulk::MeasureClass& measure : swept.flat.plan.classes) measure.by_rule = false;
  EXPECT_THROW(roll_up(swept.flat.plan, swept.flat.figures), std::invalid_argument);
}

}  // namespace by_rule_test
}  // namespace jenjang::testing
