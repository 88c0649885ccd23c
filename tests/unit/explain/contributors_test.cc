// Contributors against arithmetic done by hand.
#include "jenjang/explain/contributors.h"

#include <gtest/gtest.h>

#include "tests/unit/explain/explain_fixture.h"

namespace jenjang::testing {
namespace contributors_test {

class ContributorsTest : public ExplainFixture {
public:
  ContributorsTest() : province(unit("64")) {}
  VertexId leaf(const std::string& code, std::string_view value, MeasureSpec spec = measure_spec()) {
    const VertexId vertex = node(item(code, std::move(spec)), province);
    if (!value.empty()) fact(code, "64", "2024", value);
    return vertex;
  }
  VertexId inner(const std::string& code, Aggregation aggregation) { return inner(code, measure_spec(aggregation)); }
  VertexId inner(const std::string& code, MeasureSpec spec) { return node(item(code, std::move(spec)), province); }
  std::optional<Contributors> top(VertexId vertex, ContributionBy by = ContributionBy::value, std::size_t count = 10) {
    return top_contributors(context(), at(vertex), Period::year(2024), by, count);
  }
  std::string code_of(const Contributor& each) { return model().item(each.node).code; }

  const UnitId province;
};

Rational sum_of(const Contributors& found) {
  Rational sum = found.of_others + found.unassigned;
  for (const Contributor& each : found.top) sum += each.contribution;
  return sum;
}

// Reference vector E01: R = 0.6 A + 0.4 B, A = 0.5 L1 + 0.5 L2, B = 0.25 L2 + 0.75 L3; L = 80, 60, 100.
//   L1 0.6 x 0.5 = 0.3, 24; L2 0.6 x 0.5 + 0.4 x 0.25 = 0.4, 24; L3 0.4 x 0.75 = 0.3, 30; together 78.
TEST(Contributors, AddUpTheWaysToASharedLeaf) {
  ContributorsTest f;
  const VertexId top = f.inner("R", Aggregation::weighted_mean), a = f.inner("A", Aggregation::weighted_mean),
                 b = f.inner("B", Aggregation::weighted_mean);
  const VertexId l1 = f.leaf("L1", "80"), l2 = f.leaf("L2", "60"), l3 = f.leaf("L3", "100");
  f.formula(top, a, dec("0.6"));
  f.formula(top, b, dec("0.4"));
  f.formula(a, l1, dec("0.5"));
  f.formula(a, l2, dec("0.5"));
  f.formula(b, l2, dec("0.25"));
  f.formula(b, l3, dec("0.75"));
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 3U);
  EXPECT_EQ(found->total, Rational(78));
  EXPECT_EQ(f.code_of(found->top[0]), "L3");
  EXPECT_EQ(found->top[0].coefficient, Rational(dec("0.3")));
  EXPECT_EQ(found->top[0].contribution, Rational(30));
  // L1 and L2 bring the same: by node.
  EXPECT_EQ(found->top[1].contribution, Rational(24));
  EXPECT_EQ(found->top[2].contribution, Rational(24));
  EXPECT_LT(found->top[1].node.value(), found->top[2].node.value());
  const Contributor& shared = f.code_of(found->top[1]) == "L2" ? found->top[1] : found->top[2];
  EXPECT_EQ(shared.coefficient, Rational(dec("0.4")));
  EXPECT_TRUE(found->unassigned.is_zero());
  const auto one = f.top(top, ContributionBy::value, 1);
  EXPECT_EQ(one->top.size(), 1U);
  EXPECT_EQ(one->others, 2U);
  EXPECT_EQ(one->of_others, Rational(48));
}

// (30 + 10) / (60 + 40) x 100 = 40: the numerators bring 30 and 10, whatever the units' own quotients are.
TEST(Contributors, OfARatioAreItsNumerators) {
  ContributorsTest f;
  MeasureSpec ratio = measure_spec(Aggregation::ratio);
  ratio.factor = Decimal(100);
  const VertexId top = f.inner("R", ratio);
  int number = 0;
  for (const auto& [above, below] : {std::pair("30", "60"), std::pair("10", "40")}) {
    const std::string n = std::to_string(++number);
    const VertexId child = f.inner("R" + n, ratio);
    f.formula(top, child);
    f.formula(child, f.leaf("N" + n, above), Decimal(1), Carry::value, EdgeRole::numerator);
    f.formula(child, f.leaf("D" + n, below), Decimal(1), Carry::value, EdgeRole::denominator);
  }
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 2U);
  EXPECT_TRUE(found->over_ratio);
  EXPECT_EQ(f.code_of(found->top[0]), "N1");
  EXPECT_EQ(found->top[0].contribution, Rational(30));
  EXPECT_EQ(found->top[0].coefficient, Rational(1));  // 100 / (60 + 40)
  EXPECT_EQ(found->top[1].contribution, Rational(10));
}

// A mean leaves L3 out, which has no figure: (2 x 80 + 1 x 50) / 3 = 70.
TEST(Contributors, WeightsSpreadOverTheChildrenPresent) {
  ContributorsTest f;
  const VertexId top = f.inner("R", Aggregation::weighted_mean);
  f.formula(top, f.leaf("L1", "80"), dec("2"));
  f.formula(top, f.leaf("L2", "50"), dec("1"));
  f.formula(top, f.leaf("L3", ""), dec("1"));
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 2U);
  EXPECT_EQ(found->top[0].coefficient, Rational(2, 3));
  EXPECT_EQ(found->top[0].contribution, Rational(160, 3));
  EXPECT_EQ(sum_of(*found), Rational(70));
}

// A sum of a minimum (5 of 5 and 9) and an adjustment of -2: 3. The minimum is not opened, the adjustment comes last.
TEST(Contributors, EndWhereTheWayIsNotLinear) {
  ContributorsTest f;
  const VertexId top = f.inner("R", Aggregation::sum), least = f.inner("M", Aggregation::minimum);
  f.formula(top, least);
  f.formula(top, f.leaf("K", "-2"));
  f.formula(least, f.leaf("L1", "5"));
  f.formula(least, f.leaf("L2", "9"));
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 2U);
  EXPECT_EQ(f.code_of(found->top[0]), "M");
  EXPECT_EQ(found->top[0].end, ContributorEnd::not_linear);
  EXPECT_EQ(found->top[1].contribution, Rational(-2));
  EXPECT_EQ(sum_of(*found), Rational(3));
}

// Two achievements in a mean, by weights one: A = 100 x (30 + 50) / 100 = 80 is open, B = 100 x 130 / 100 is cut to
// 120.
//   L1 brings 1/2 x 100/100 x 30 = 15, L2 25, B 60; together 100.
TEST(Contributors, AnAchievementIsOpenedUnlessItIsAtItsLimit) {
  ContributorsTest f;
  MeasureSpec goal = measure_spec(Aggregation::weighted_mean), sum = measure_spec(Aggregation::sum);
  sum.achievement.cap = Decimal(120);
  const VertexId top = f.inner("R", goal), a = f.inner("A", sum), b = f.inner("B", sum);
  f.formula(top, a, Decimal(1), Carry::achievement);
  f.formula(top, b, Decimal(1), Carry::achievement);
  f.formula(a, f.leaf("L1", "30"));
  f.formula(a, f.leaf("L2", "50"));
  f.formula(b, f.leaf("L3", "130"));
  f.state(a, Period::year(2024), Target(Decimal(100)));
  f.state(b, Period::year(2024), Target(Decimal(100)));
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->total, Rational(100));
  ASSERT_EQ(found->top.size(), 3U);
  EXPECT_EQ(f.code_of(found->top[0]), "B");
  EXPECT_EQ(found->top[0].end, ContributorEnd::limited);
  EXPECT_TRUE(found->top[0].achievement);
  EXPECT_EQ(found->top[0].figure, Rational(120));
  EXPECT_EQ(found->top[0].contribution, Rational(60));
  EXPECT_EQ(f.code_of(found->top[1]), "L2");
  EXPECT_EQ(found->top[1].contribution, Rational(25));
  EXPECT_EQ(found->top[2].contribution, Rational(15));
}

// Sum with target 100: L1 30 of 50, L2 25 of 20, L3 has no figure and 25 to bring, L4 1 and no target. Value 56,
// lacking 44: L3 25, L1 20, L2 -5; 100 - 95 of the target is nobody's, less the 1 that nobody wanted: 44 - 40 = 4.
TEST(Contributors, OfAGapAreWhatLacksAndWhatIsMissing) {
  ContributorsTest f;
  const VertexId top = f.inner("R", Aggregation::sum);
  const VertexId l1 = f.leaf("L1", "30"), l2 = f.leaf("L2", "25"), l3 = f.leaf("L3", ""), l4 = f.leaf("L4", "1");
  for (const VertexId leaf : {l1, l2, l3, l4}) f.formula(top, leaf);
  f.state(top, Period::year(2024), Target(Decimal(100)));
  f.state(l1, Period::year(2024), Target(Decimal(50)));
  f.state(l2, Period::year(2024), Target(Decimal(20)));
  f.state(l3, Period::year(2024), Target(Decimal(25)));
  f.evaluate();
  const auto found = f.top(top, ContributionBy::gap);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->total, Rational(44));
  ASSERT_EQ(found->top.size(), 3U);
  EXPECT_EQ(f.code_of(found->top[0]), "L3");
  EXPECT_EQ(found->top[0].end, ContributorEnd::missing);
  EXPECT_EQ(found->top[0].contribution, Rational(25));
  EXPECT_EQ(found->top[1].contribution, Rational(20));
  EXPECT_EQ(found->top[2].contribution, Rational(-5));
  EXPECT_EQ(found->unassigned, Rational(4));
  EXPECT_EQ(found->untargeted, 1U);
}

// Fewer is better: 7 instead of 4 lacks 3, of which L1 (5 for 3) 2 and L2 (2 for 1) 1.
TEST(Contributors, OfAGapAreTurnedRoundWhereLessIsBetter) {
  ContributorsTest f;
  MeasureSpec sum = measure_spec(Aggregation::sum);
  sum.polarity = Polarity::lower;
  const VertexId top = f.inner("R", sum), l1 = f.leaf("L1", "5"), l2 = f.leaf("L2", "2");
  f.formula(top, l1);
  f.formula(top, l2);
  f.state(top, Period::year(2024), Target(Decimal(4)));
  f.state(l1, Period::year(2024), Target(Decimal(3)));
  f.state(l2, Period::year(2024), Target(Decimal(1)));
  f.evaluate();
  const auto found = f.top(top, ContributionBy::gap);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->total, Rational(3));
  ASSERT_EQ(found->top.size(), 2U);
  EXPECT_EQ(found->top[0].contribution, Rational(2));
  EXPECT_EQ(found->top[1].contribution, Rational(1));
  EXPECT_TRUE(found->unassigned.is_zero());
}

// The way stops where no child has a target, and says nothing where there is nothing to say.
TEST(Contributors, OfAGapEndWithTheTargets) {
  ContributorsTest f;
  const VertexId top = f.inner("R", Aggregation::sum), a = f.inner("A", Aggregation::sum);
  f.formula(top, a);
  f.formula(a, f.leaf("L1", "3"));
  f.state(top, Period::year(2024), Target(Decimal(10)));
  f.state(a, Period::year(2024), Target(Decimal(9)));
  f.evaluate();
  const auto found = f.top(top, ContributionBy::gap);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 1U);
  EXPECT_EQ(f.code_of(found->top[0]), "A");
  EXPECT_EQ(found->top[0].end, ContributorEnd::no_targets_below);
  EXPECT_EQ(found->top[0].contribution, Rational(6));
  EXPECT_EQ(found->unassigned, Rational(1));
  const VertexId lone = a;
  EXPECT_TRUE(f.top(lone));
  EXPECT_FALSE(top_contributors(f.context(), f.at(top), Period::year(2023), ContributionBy::value, 5));
}

// A leaf's year is its own accumulated year: 3 + 4 of months, beside 5.
TEST(Contributors, OfAYearAreTheAccumulatedYearsOfTheLeaves) {
  ContributorsTest f;
  MeasureSpec counted = measure_spec(Aggregation::leaf, Accumulation::increments);
  counted.frequency = Granularity::month;
  const VertexId top = f.inner("R", measure_spec(Aggregation::sum, Accumulation::increments));
  f.formula(top, f.leaf("L1", "", counted));
  f.formula(top, f.leaf("L2", "5", counted));
  f.fact("L1", "64", "2024-02", "3");
  f.fact("L1", "64", "2024-07", "4");
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 2U);
  EXPECT_EQ(found->top[0].contribution, Rational(7));
  EXPECT_EQ(found->top[1].contribution, Rational(5));
}

// An official figure of its own stands over what the children make: the way ends there.
TEST(Contributors, EndAtAnOwnFigureThatStands) {
  ContributorsTest f;
  const VertexId top = f.inner("R", Aggregation::sum);
  const VertexId own = f.inner("A", measure_spec(Aggregation::sum, Accumulation::release));
  f.formula(top, own);
  f.formula(own, f.leaf("L1", "3"));
  f.fact("A", "64", "2024", "8");
  f.evaluate();
  const auto found = f.top(top);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->top.size(), 1U);
  EXPECT_EQ(found->top[0].end, ContributorEnd::own_figure);
  EXPECT_EQ(found->top[0].contribution, Rational(8));
}

}  // namespace contributors_test
}  // namespace jenjang::testing
