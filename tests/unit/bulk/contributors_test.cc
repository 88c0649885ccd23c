// Contributors of a flat plan against arithmetic done by hand, and places that only exact numbers can tell.
#include "jenjang/bulk/contributors.h"

#include <gtest/gtest.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/sweep.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace contributors_test {

using bulk::ContributorRanking;
using bulk::ContributorSearch;
using bulk::FlatModel;
using bulk::RankBy;
using bulk::WayEnd;

class FlatContributors {
public:
  std::size_t leaf(const char* value, const char* target = "", bool validated = true) {
    PlainNode node;
    node.code = "L" + std::to_string(plan_.nodes.size());
    node.spec.frequency = Granularity::month;
    node.spec.achievement.formula = AchievementFormula::h1;
    node.spec.polarity = Polarity::higher;
    if (*value != '\0') node.facts = {{"2025-03", value, validated}};
    if (*target != '\0') node.targets["2025-03"] = target;
    plan_.nodes.push_back(std::move(node));
    return plan_.nodes.size() - 1;
  }
  std::size_t inner(Aggregation aggregation, std::vector<PlainTie> ties, const char* target = "") {
    PlainNode node;
    node.code = "I" + std::to_string(plan_.nodes.size());
    node.spec.frequency = Granularity::month;
    node.spec.aggregation = aggregation;
    node.spec.polarity = Polarity::higher;
    node.spec.achievement.formula = AchievementFormula::h1;
    node.ties = std::move(ties);
    if (*target != '\0') node.targets["2025-03"] = target;
    plan_.nodes.push_back(std::move(node));
    return plan_.nodes.size() - 1;
  }
  MeasureSpec& spec(std::size_t node) { return plan_.nodes[node].spec; }

  ContributorRanking rank(std::size_t node, std::size_t count = 10, RankBy by = RankBy::value, bool validated = false) {
    built_ = std::make_unique<BuiltPlan>(build(plan_));
    auto outcome = bulk::flatten_model(built_->model, built_->targets, built_->facts, {}, 2025);
    flat_ = std::move(std::get<FlatModel>(outcome));
    bulk::roll_up(flat_.plan, flat_.figures);
    ContributorSearch search(flat_.plan, flat_.figures);
    const auto found = search.rank({.node = number(node), .slot = 2, .by = by, .count = count, .validated = validated});
    EXPECT_TRUE(found);
    return found.value_or(ContributorRanking{});
  }
  std::uint32_t number(std::size_t node) const { return built_->node[node].value(); }

private:
  PlainPlan plan_;
  std::unique_ptr<BuiltPlan> built_;
  FlatModel flat_;
};

// Reference vector E01, as in tests/unit/explain/contributors_test.cc: 24, 24, 30 of 78.
TEST(FlatContributors, AddUpTheWaysToASharedLeaf) {
  FlatContributors f;
  const auto l1 = f.leaf("80"), l2 = f.leaf("60"), l3 = f.leaf("100");
  const auto a = f.inner(Aggregation::weighted_mean, {{l1, "0.5"}, {l2, "0.5"}});
  const auto b = f.inner(Aggregation::weighted_mean, {{l2, "0.25"}, {l3, "0.75"}});
  const auto top = f.inner(Aggregation::weighted_mean, {{a, "0.6"}, {b, "0.4"}});
  const ContributorRanking found = f.rank(top);
  ASSERT_EQ(found.top.size(), 3U);
  EXPECT_DOUBLE_EQ(found.total, 78);
  EXPECT_EQ(found.contributors, 3U);
  EXPECT_EQ(found.opened, 3U);
  EXPECT_EQ(found.top[0].node, f.number(l3));
  EXPECT_DOUBLE_EQ(found.top[0].contribution, 30);
  // Equal by exact numbers, whatever the doubles say: the lower node first.
  EXPECT_EQ(found.top[1].node, std::min(f.number(l1), f.number(l2)));
  EXPECT_DOUBLE_EQ(found.top[1].contribution, 24);
  EXPECT_DOUBLE_EQ(found.top[2].contribution, 24);
  EXPECT_GE(found.exact_decisions, 2U);
}

// A mean over 3 x 0.1 against one over 0.3 x 1: 0.1 x 3 / 7 and 0.3 / 7 are equal, their doubles are not. Then 0.3 and
// one millionth: larger, whatever the node.
TEST(FlatContributors, PlacesAreDecidedByExactNumbers) {
  for (const bool more : {false, true}) {
    FlatContributors f;
    const auto small = f.leaf("0.1"), large = f.leaf(more ? "0.300001" : "0.3");
    const auto top = f.inner(Aggregation::weighted_mean, {{small, "3"}, {large, "1"}, {f.leaf("0"), "3"}});
    const ContributorRanking found = f.rank(top, 1);
    ASSERT_EQ(found.top.size(), 1U);
    EXPECT_EQ(found.top[0].node, more ? f.number(large) : std::min(f.number(small), f.number(large)));
    EXPECT_EQ(found.contributors, 3U);
  }
}

// (30 + 10) / (60 + 40): denominators bring nothing.
TEST(FlatContributors, OfARatioAreItsNumerators) {
  FlatContributors f;
  const auto n1 = f.leaf("30"), d1 = f.leaf("60"), n2 = f.leaf("10"), d2 = f.leaf("40");
  const auto pair = [&](std::size_t above, std::size_t below) {
    const auto made = f.inner(Aggregation::ratio, {{above, "1", Carry::value, EdgeRole::numerator},
                                                   {below, "1", Carry::value, EdgeRole::denominator}});
    f.spec(made).factor = Decimal(100);
    return made;
  };
  const auto r1 = pair(n1, d1), r2 = pair(n2, d2);
  const auto top = f.inner(Aggregation::ratio, {{r1}, {r2}});
  f.spec(top).factor = Decimal(100);
  const ContributorRanking found = f.rank(top);
  ASSERT_EQ(found.top.size(), 2U);
  EXPECT_EQ(found.top[0].node, f.number(n1));
  EXPECT_DOUBLE_EQ(found.top[0].contribution, 30);
  EXPECT_DOUBLE_EQ(found.top[0].coefficient, 1);
  EXPECT_DOUBLE_EQ(found.top[1].contribution, 10);
}

// As in the unit test of explanations: A = 80 % is open (15 and 25), B is cut to 120 (60).
TEST(FlatContributors, AnAchievementIsOpenedUnlessItIsAtItsLimit) {
  FlatContributors f;
  const auto l1 = f.leaf("30"), l2 = f.leaf("50"), l3 = f.leaf("130");
  const auto a = f.inner(Aggregation::sum, {{l1}, {l2}}, "100"), b = f.inner(Aggregation::sum, {{l3}}, "100");
  f.spec(a).achievement.cap = f.spec(b).achievement.cap = Decimal(120);
  const auto top = f.inner(Aggregation::weighted_mean, {{a, "1", Carry::achievement}, {b, "1", Carry::achievement}});
  const ContributorRanking found = f.rank(top);
  ASSERT_EQ(found.top.size(), 3U);
  EXPECT_EQ(found.top[0].node, f.number(b));
  EXPECT_EQ(found.top[0].end, WayEnd::limited);
  EXPECT_TRUE(found.top[0].achievement);
  EXPECT_DOUBLE_EQ(found.top[0].contribution, 60);
  EXPECT_EQ(found.top[1].node, f.number(l2));
  EXPECT_DOUBLE_EQ(found.top[1].contribution, 25);
  EXPECT_DOUBLE_EQ(found.top[2].contribution, 15);
}

// 44 lacking of 100, as in the unit test of explanations: 25 of what has no figure, 20, -5.
TEST(FlatContributors, OfAGapAreWhatLacksAndWhatIsMissing) {
  FlatContributors f;
  const auto l1 = f.leaf("30", "50"), l2 = f.leaf("25", "20"), l3 = f.leaf("", "25"), l4 = f.leaf("1");
  const auto top = f.inner(Aggregation::sum, {{l1}, {l2}, {l3}, {l4}}, "100");
  const ContributorRanking found = f.rank(top, 10, RankBy::gap);
  EXPECT_DOUBLE_EQ(found.total, 44);
  ASSERT_EQ(found.top.size(), 3U);
  EXPECT_EQ(found.top[0].node, f.number(l3));
  EXPECT_EQ(found.top[0].end, WayEnd::missing);
  EXPECT_DOUBLE_EQ(found.top[0].contribution, 25);
  EXPECT_DOUBLE_EQ(found.top[1].contribution, 20);
  EXPECT_DOUBLE_EQ(found.top[2].contribution, -5);
  EXPECT_EQ(found.untargeted, 1U);
}

// A = -(0.7 + 0.2), B = 0.7, together -0.2: the ways to what both share cancel out, and it is no contributor.
TEST(FlatContributors, WaysThatCancelOutBringNothing) {
  FlatContributors f;
  const auto shared = f.leaf("0.7"), other = f.leaf("0.2");
  const auto a = f.inner(Aggregation::sum, {{shared}, {other}}), b = f.inner(Aggregation::sum, {{shared}});
  f.spec(a).factor = Decimal(-1);
  const ContributorRanking found = f.rank(f.inner(Aggregation::sum, {{a}, {b}}));
  ASSERT_EQ(found.top.size(), 1U);
  EXPECT_EQ(found.contributors, 1U);
  EXPECT_EQ(found.top[0].node, f.number(other));
  EXPECT_DOUBLE_EQ(found.top[0].contribution, -0.2);
}

// The validated lane does not see L2.
TEST(FlatContributors, SeeWhatTheirLaneSees) {
  FlatContributors f;
  const auto l1 = f.leaf("3"), l2 = f.leaf("5", "", false);
  const auto top = f.inner(Aggregation::sum, {{l1}, {l2}});
  EXPECT_EQ(f.rank(top).contributors, 2U);
  const ContributorRanking valid = f.rank(top, 10, RankBy::value, true);
  ASSERT_EQ(valid.top.size(), 1U);
  EXPECT_EQ(valid.top[0].node, f.number(l1));
  EXPECT_DOUBLE_EQ(valid.total, 3);
}

TEST(FlatContributors, HaveNothingToSayWithoutAFigure) {
  FlatContributors f;
  const auto l1 = f.leaf("3");
  const auto top = f.inner(Aggregation::sum, {{l1}});
  f.rank(top);
  const ContributorRanking itself = f.rank(l1);
  ASSERT_EQ(itself.top.size(), 1U);
  EXPECT_DOUBLE_EQ(itself.top[0].contribution, 3);
}

}  // namespace contributors_test
}  // namespace jenjang::testing
