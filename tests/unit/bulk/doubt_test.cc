// What a double leaves in doubt: ranges and offsets of error bounds, and marks that end where the doubt does.
#include <gtest/gtest.h>
#include <limits>

#include "jenjang/bulk/sweep.h"
#include "jenjang/graph/goal_graph_builder.h"

namespace jenjang::bulk {
namespace doubt_test {

// A root over two inner nodes over two leaves each; classes 0 (leaves), 1 (inner), 2 (root).
struct Tree {
  FlatPlan plan;
  Figures figures;
  std::uint32_t leaf[4] = {}, inner[2] = {}, root = 0;

  void report(std::uint32_t node, double value, double target) {
    for (std::size_t month = 0; month < kMonths; ++month) {
      figures.value[node * kMonths + month] = value;
      figures.state[node * kMonths + month] = value < 0 ? kSigned : StateByte{0};
      figures.target[node * kMonths + month] = target;
    }
  }
  void aim(std::uint32_t node, double target) {
    for (std::size_t month = 0; month < kMonths; ++month) figures.target[node * kMonths + month] = target;
  }
  [[nodiscard]] double value(std::uint32_t node) const { return figures.value[node * kMonths]; }
  [[nodiscard]] StateByte state(std::uint32_t node) const { return figures.state[node * kMonths]; }
  [[nodiscard]] int band(std::uint32_t node) const { return figures.band[node * kMonths]; }
  [[nodiscard]] double achievement(std::uint32_t node) const {
    return figures.all.achievement[(node - plan.leaf_count()) * kMonths];
  }
  [[nodiscard]] const ClassBounds& bounds(std::size_t level, std::size_t kind) const {
    return plan.bounds[level * plan.classes.size() + kind];
  }
};

MeasureClass measure(AchievementFormula formula) {
  MeasureClass made;
  made.places = 2;
  made.achievement.formula = formula;
  made.scale = 0;
  return made;
}

Tree tree(MeasureClass leaf, MeasureClass inner, MeasureClass root) {
  GoalGraphBuilder builder;
  const VertexId top = builder.add_vertex("", {});
  VertexId middle[2], bottom[4];
  for (VertexId& vertex : middle) vertex = builder.add_vertex("", {});
  for (VertexId& vertex : bottom) vertex = builder.add_vertex("", {});
  for (const VertexId vertex : middle) builder.add_edge(EdgeKind::formula, top, vertex, {});
  for (std::size_t i = 0; i < 4; ++i) builder.add_edge(EdgeKind::formula, middle[i / 2], bottom[i], {});
  DiagnosticSink sink;
  const FrozenGraph frozen = *builder.freeze(sink);
  const auto node = [&](VertexId vertex) { return frozen.node_of_vertex[vertex.index()].value(); };
  Tree made;
  std::vector<std::uint16_t> class_of(7, 0);
  for (std::size_t i = 0; i < 4; ++i) made.leaf[i] = node(bottom[i]);
  for (std::size_t i = 0; i < 2; ++i) class_of[made.inner[i] = node(middle[i])] = 1;
  class_of[made.root = node(top)] = 2;
  Scale scale;
  scale.id = "uji";
  scale.kind = Scale::Kind::bands;
  scale.open_below = false;  // 100 is in the best band
  for (const int cut : {100, 80}) {
    Band band;
    band.above = Decimal(cut);
    scale.bands.push_back(band);
  }
  scale.bands.emplace_back();
  made.plan = flatten(frozen.graph, {leaf, inner, root}, {scale}, class_of, std::vector<Edge>(6));
  made.figures = make_figures(made.plan, false);
  return made;
}

MeasureClass sum_of_values() {
  MeasureClass made = measure(AchievementFormula::h1);
  made.aggregation = Aggregation::sum;
  return made;
}
MeasureClass goal() {
  MeasureClass made = measure(AchievementFormula::none);
  made.aggregation = Aggregation::weighted_mean;
  made.carry = Carry::achievement;
  made.goal = true;
  return made;
}

TEST(Doubt, ANegativeFactIsSettledInItsOwnFamily) {
  Tree t = tree(measure(AchievementFormula::none), sum_of_values(), sum_of_values());
  t.report(t.leaf[0], -1.50, 1);
  t.report(t.leaf[1], 4.00, 1);
  t.report(t.leaf[2], 3.00, 1);
  t.report(t.leaf[3], 4.00, 1);
  t.aim(t.inner[0], 2.50);
  t.aim(t.inner[1], 7.00);
  t.aim(t.root, 10);
  roll_up(t.plan, t.figures);
  // -1.50 + 4.00 = 2.50 of 2.50: 100, the best band, decided exactly.
  EXPECT_EQ(t.value(t.inner[0]), 2.5);
  EXPECT_EQ(t.band(t.inner[0]), 0);
  EXPECT_EQ(t.state(t.inner[0]) & (kExact | kSigned), kExact);
  // 9.50 of 10 is 95: no cut is near, and nothing below is out of range any more.
  EXPECT_EQ(t.value(t.root), 9.5);
  EXPECT_EQ(t.band(t.root), 1);
  EXPECT_EQ(t.state(t.root) & (kExact | kSigned), 0);
}

TEST(Doubt, AFigureBelowNoughtMarksOnToWhereTheSumIsAboveIt) {
  Tree t = tree(measure(AchievementFormula::none), sum_of_values(), sum_of_values());
  t.report(t.leaf[0], -4.00, 1);
  t.report(t.leaf[1], 1.50, 1);
  t.report(t.leaf[2], 3.00, 1);
  t.report(t.leaf[3], 4.00, 1);
  t.aim(t.inner[0], 2.50);
  t.aim(t.inner[1], 7.00);
  t.aim(t.root, 4.50);
  roll_up(t.plan, t.figures);
  EXPECT_EQ(t.value(t.inner[0]), -2.5);
  EXPECT_EQ(t.state(t.inner[0]) & (kExact | kSigned), kExact | kSigned);
  // -2.50 + 7.00 = 4.50 of 4.50.
  EXPECT_EQ(t.value(t.root), 4.5);
  EXPECT_EQ(t.band(t.root), 0);
  EXPECT_EQ(t.state(t.root) & (kExact | kSigned), kExact);
}

TEST(Doubt, AnOddReportWhereLessIsBetterCostsItsFamilyAlone) {
  MeasureClass leaf = measure(AchievementFormula::l1);
  leaf.polarity = Polarity::lower;
  Tree t = tree(leaf, goal(), goal());
  // L1: 100 (2 - 20001) / 1 = -1999900, below what bounds count on (-10^6); its mean with 100 is -999900, within.
  t.report(t.leaf[0], 20001, 1);
  for (const std::size_t i : {1, 2, 3}) t.report(t.leaf[i], 1, 1);
  roll_up(t.plan, t.figures);
  EXPECT_EQ(t.value(t.inner[0]), -999900);
  EXPECT_EQ(t.state(t.inner[0]) & (kExact | kSigned), kExact);
  EXPECT_EQ(t.state(t.root) & kSigned, 0);
  // 100 (2 - 40001) = -3999900; the mean -1999900 is out of range too, and marks on; (-1999900 + 100) / 2 = -999900.
  t.report(t.leaf[0], 40001, 1);
  roll_up(t.plan, t.figures);
  EXPECT_EQ(t.state(t.inner[0]) & (kExact | kSigned), kExact | kSigned);
  EXPECT_EQ(t.value(t.root), -999900);
  EXPECT_EQ(t.state(t.root) & (kExact | kSigned), kExact);
}

TEST(Doubt, OffsetsComeFromTheRangeOfTheTerms) {
  MeasureClass leaf = measure(AchievementFormula::l1);
  leaf.polarity = Polarity::lower;
  leaf.achievement.cap = Decimal(120);
  Tree t = tree(leaf, goal(), goal());
  // L1 is 400 short of its terms; terms of at most 120 exceed the magnitude of their mean by at most twice that.
  EXPECT_EQ(t.bounds(0, 0).achieved_offset, 400);
  EXPECT_EQ(t.bounds(1, 1).value_offset, 400 + 2 * 120);
  EXPECT_EQ(t.bounds(2, 2).value_offset, 640 + 2 * 120);
  EXPECT_EQ(t.bounds(1, 1).least_value, -1e6);
  EXPECT_EQ(t.bounds(1, 1).most_value, 120);
  // Plain sums of facts have none.
  t = tree(measure(AchievementFormula::none), sum_of_values(), sum_of_values());
  EXPECT_EQ(t.bounds(2, 2).value_offset, 0);
  EXPECT_EQ(t.bounds(2, 2).least_value, 0);
}

TEST(Doubt, ATargetThatIsNoMultipleOfItsStepIsTheDoubleThatItIs) {
  MeasureClass inner = sum_of_values();
  inner.places = 0;
  Tree t = tree(measure(AchievementFormula::none), inner, sum_of_values());
  t.report(t.leaf[0], -1, 1);  // so that the exact side decides
  t.report(t.leaf[1], 3, 1);
  t.report(t.leaf[2], 1, 1);
  t.report(t.leaf[3], 1, 1);
  // 2 of 7/3 is 600/7 = 85.71; of the nearest whole target, 2, it would be 100.
  for (const std::uint32_t node : t.inner) t.aim(node, 7.0 / 3);
  t.aim(t.root, 4);
  roll_up(t.plan, t.figures);
  for (const std::uint32_t node : t.inner) {
    EXPECT_NEAR(t.achievement(node), 600.0 / 7, 1e-12);
    EXPECT_EQ(t.band(node), 1);
  }
}

TEST(Doubt, ATargetOfNoughtIsMetOrMissed) {
  MeasureClass leaf = measure(AchievementFormula::l1), inner = sum_of_values();
  inner.achievement.formula = AchievementFormula::l1;
  for (MeasureClass* kind : {&leaf, &inner}) {
    kind->polarity = Polarity::lower;
    kind->achievement.on_zero_target = ZeroTargetRule::met_or_missed;
  }
  Tree t = tree(leaf, inner, goal());
  t.report(t.leaf[0], 0, 0);
  t.report(t.leaf[1], 0, 0);
  t.report(t.leaf[2], 0, 0);
  t.report(t.leaf[3], 0.01, 0);
  for (const std::uint32_t node : t.inner) t.aim(node, 0);
  const SweepReport report = roll_up(t.plan, t.figures);
  EXPECT_EQ(t.achievement(t.inner[0]), 100);
  EXPECT_EQ(t.achievement(t.inner[1]), 0);
  EXPECT_EQ(t.band(t.inner[0]), 0);
  EXPECT_EQ(t.band(t.leaf[3]), 2);
  EXPECT_EQ(t.band(t.leaf[2]), 0);
  EXPECT_EQ(t.value(t.root), 50);
  EXPECT_EQ(report.exact_decisions, 0U);
}

// Shown with two places, 79.995 is the least that reaches 80: 6,399,600,000,000,000 of 8,000,000,000,000,000. One unit
// less is 1.25 x 10^-14 short of it, less than a double tells, and odd where doubles lie one apart.
TEST(Doubt, FarStepsAreCountedToTheLast) {
  MeasureClass leaf = measure(AchievementFormula::h1);
  leaf.places = 0;
  Tree t = tree(leaf, sum_of_values(), sum_of_values());
  t.report(t.leaf[0], 6399599999999999, 8e15);
  t.report(t.leaf[1], 6399600000000000, 8e15);
  t.report(t.leaf[2], 8, 8);
  t.report(t.leaf[3], 7, 8);
  const SweepReport report = roll_up(t.plan, t.figures);
  EXPECT_EQ(t.band(t.leaf[0]), 2);
  EXPECT_EQ(t.band(t.leaf[1]), 1);
  EXPECT_EQ(t.band(t.leaf[2]), 0);
  EXPECT_EQ(t.band(t.leaf[3]), 1);         // 87.5
  EXPECT_GE(report.exact_decisions, 24U);  // of the first two, in twelve months
}

// The mean of three months, 2,159,864,999,999,999 / 3, is a third short of 719,955,000,000,000, which is 79.995 % of
// 900,000,000,000,000. It is no multiple of the step, and must not be taken for the nearest one.
TEST(Doubt, AMeanOfMonthsIsNoMultipleOfTheStep) {
  MeasureClass leaf = measure(AchievementFormula::h1);
  leaf.places = 0;
  leaf.divided = true;
  Tree t = tree(leaf, sum_of_values(), sum_of_values());
  t.figures.divisor = Column<std::uint8_t>(t.plan.leaf_count() * kMonths);
  for (std::size_t cell = 0; cell < t.plan.leaf_count() * kMonths; ++cell) t.figures.divisor[cell] = 3;
  t.report(t.leaf[0], 2159864999999999.0 / 3, 9e14);
  t.report(t.leaf[1], 2159865000000000.0 / 3, 9e14);
  t.report(t.leaf[2], 2159865000000001.0 / 3, 9e14);
  const SweepReport report = roll_up(t.plan, t.figures);
  EXPECT_EQ(t.band(t.leaf[0]), 2);
  EXPECT_EQ(t.band(t.leaf[1]), 1);
  EXPECT_EQ(t.band(t.leaf[2]), 1);
  EXPECT_GE(report.exact_decisions, 36U);
}

// In doubles 0.3 - 0.1 is 0.19999999999999998, and no bound says so where a term is below nought: the exact side writes
// the sum anew, whether a label is in doubt or not.
TEST(Doubt, ASumWithATermBelowNoughtIsWrittenAnew) {
  Tree t = tree(measure(AchievementFormula::none), sum_of_values(), sum_of_values());
  t.report(t.leaf[0], 0.3, 1);
  t.report(t.leaf[1], -0.1, 1);
  t.report(t.leaf[2], 1, 1);
  t.report(t.leaf[3], 1, 1);
  t.aim(t.inner[0], 1);
  t.aim(t.inner[1], 1);
  t.aim(t.root, 1);
  ASSERT_NE(0.3 + -0.1, 0.2);
  roll_up(t.plan, t.figures);
  EXPECT_EQ(t.value(t.inner[0]), 0.2);
  EXPECT_EQ(t.achievement(t.inner[0]), 20);
}

// No double of 64 bits behind the point is next to a cut of 10^19: 128 bits leave the whole scale to Rationals.
TEST(Doubt, ACutBeyond128BitsLeavesItsScaleToTheSlowSide) {
  Tree t = tree(measure(AchievementFormula::h1), sum_of_values(), sum_of_values());
  t.plan.scales[0].bands[0].above = Decimal::parse("10000000000000000000");
  t.report(t.leaf[0], 0.3, 1);
  t.report(t.leaf[1], -0.1, 1);
  t.report(t.leaf[2], 9, 10);
  t.report(t.leaf[3], 9, 10);
  for (const std::uint32_t node : t.inner) t.aim(node, 1);
  t.aim(t.root, 20);
  roll_up(t.plan, t.figures);
  EXPECT_EQ(t.band(t.leaf[1]), 2);   // -10 %
  EXPECT_EQ(t.band(t.inner[0]), 2);  // 0.3 - 0.1 of 1: 20 %
  EXPECT_EQ(t.band(t.inner[1]), 1);  // 18 of 1: 1800 %
  EXPECT_EQ(t.band(t.root), 1);      // 18.2 of 20: 91 %
}

// Counted by every thread for itself: all of them, once.
TEST(Doubt, DecisionsAreCountedOnAnyNumberOfThreads) {
  Tree t = tree(measure(AchievementFormula::h1), sum_of_values(), goal());
  t.report(t.leaf[0], 0.3, 1);
  t.report(t.leaf[1], -0.1, 1);
  t.report(t.leaf[2], 1, 1);
  t.report(t.leaf[3], 1, 1);
  for (const std::uint32_t node : t.inner) t.aim(node, 1);
  for (const unsigned threads : {1U, 2U, 3U}) {
    SweepOptions options;
    options.threads = threads;
    // A leaf below nought and the sum above it, of twelve months each; of the goal, above both, nothing is in doubt.
    EXPECT_EQ(roll_up(t.plan, t.figures, options).exact_decisions, 2 * kMonths);
  }
}

}  // namespace doubt_test
}  // namespace jenjang::bulk
