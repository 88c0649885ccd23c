// Contributors on plans drawn at random: they add up to the value; their coefficients are what one more unit of a fact
// does to it; the flat engine puts the same ones in the same places as the general one.
#include "jenjang/bulk/contributors.h"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/sweep.h"
#include "jenjang/explain/contributors.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/synthetic/nation.h"

#include "tests/support/drawn_flat_plan.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace contributors_test {

constexpr std::size_t kAll = 1'000'000;

Rational sum_of(const Contributors& found) {
  Rational sum = found.of_others + found.unassigned;
  for (const Contributor& each : found.top) sum += each.contribution;
  return sum;
}

struct Evaluated {
  explicit Evaluated(const PlainPlan& plan, const RollupOptions& options = {})
      : built(build(plan)), result(run_rollup(built.model, built.targets, built.facts, options, sink)) {}
  [[nodiscard]] ExplainContext context() const { return {built.model, built.targets, built.facts, result}; }
  BuiltPlan built;
  DiagnosticSink sink;
  RollupResult result;
};

// Every aggregation, accumulation and policy, quarters and years too: exactly the value, and exactly the gap.
TEST(Contributors, AddUpToTheFigureExactly) {
  std::size_t asked = 0, deep = 0, untraced = 0, gaps = 0;
  for (const std::uint64_t seed : testing::Seeds(250)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    const Evaluated plan(random_plan(dice));
    const PeriodGrid& grid = plan.result.grid();
    ExactEvaluator exact(plan.built.model, plan.built.targets, plan.built.facts, Lane::all);
    for (std::size_t n = 0; n < plan.built.model.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      for (std::size_t s = 0; s < grid.size(); ++s) {
        const Period period = grid[SlotId::from_index(s)];
        const auto value = exact.value(node, period);
        const auto found = top_contributors(plan.context(), node, period, ContributionBy::value, kAll);
        ASSERT_EQ(found.has_value(), value.has_value());
        if (!found) continue;
        ASSERT_EQ(found->total, *value);
        ASSERT_EQ(sum_of(*found), *value);
        ASSERT_TRUE(found->unassigned.is_zero());
        ++asked;
        for (const Contributor& each : found->top) {
          ASSERT_TRUE(each.figure);
          ASSERT_EQ(each.coefficient * *each.figure, each.contribution);
          deep += each.node != node ? 1 : 0;
          untraced += each.end == ContributorEnd::untraced ? 1 : 0;
        }
        const auto lacking = top_contributors(plan.context(), node, period, ContributionBy::gap, kAll);
        if (!lacking) continue;
        ++gaps;
        ASSERT_EQ(sum_of(*lacking), lacking->total);
        ASSERT_EQ(lacking->total.absolute().is_zero(), lacking->total.is_zero());
      }
    }
  }
  EXPECT_GT(asked, 5000U);
  EXPECT_GT(deep, 500U);
  EXPECT_GT(gaps, 500U);
  // Every rule of these plans is known.
  EXPECT_EQ(untraced, 0U);
}

// Plans of sums and means of values alone, in one month: a coefficient is what the value gains when the fact gains one.
TEST(Contributors, ACoefficientIsWhatOneMoreUnitDoes) {
  std::size_t compared = 0, shared = 0;
  for (const std::uint64_t seed : testing::Seeds(60)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed * 7919);
    PlainPlan plan;
    for (int i = 0; i < 5; ++i) {
      PlainNode leaf;
      leaf.code = "L" + std::to_string(i);
      leaf.spec.frequency = Granularity::month;
      if (!dice.once_in(6)) leaf.facts = {{"2025-01", figure(dice, true)}};
      plan.nodes.push_back(std::move(leaf));
    }
    for (int i = 0; i < 5; ++i) {
      PlainNode node;
      node.code = "I" + std::to_string(i);
      node.spec.frequency = Granularity::month;
      node.spec.aggregation = dice.one_of<Aggregation>({Aggregation::sum, Aggregation::weighted_mean});
      if (dice.once_in(3)) node.spec.factor = dec("0.2");
      for (std::size_t child = 0; child < plan.nodes.size(); ++child) {
        if (dice.once_in(2)) node.ties.push_back({child, dice.one_of<const char*>({"1", "2", "0.5", "0.3"})});
      }
      if (node.ties.empty()) node.ties.push_back({0, "1"});
      plan.nodes.push_back(std::move(node));
    }
    const Period month = *Period::parse("2025-01");
    const Evaluated before(plan);
    const NodeId top = before.built.node.back();
    const auto found = top_contributors(before.context(), top, month, ContributionBy::value, kAll);
    if (!found) continue;
    for (std::size_t leaf = 0; leaf < 5; ++leaf) {
      if (plan.nodes[leaf].facts.empty()) continue;
      PlainPlan more = plan;
      more.nodes[leaf].facts[0].number = Decimal::add(dec(more.nodes[leaf].facts[0].number), Decimal(1))->to_string();
      const BuiltPlan after = build(more);
      ExactEvaluator exact(after.model, after.targets, after.facts, Lane::all);
      const Rational gained = *exact.value(after.node.back(), month) - found->total;
      const auto at = std::find_if(found->top.begin(), found->top.end(),
                                   [&](const Contributor& each) { return each.node == before.built.node[leaf]; });
      ASSERT_EQ(at == found->top.end() ? Rational() : at->coefficient, gained);
      ++compared;
      shared += before.built.model.graph.parents(before.built.node[leaf]).size() > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 100U);
  EXPECT_GT(shared, 50U);
}

struct Tally {
  std::size_t places = 0, exact = 0;
  std::array<std::size_t, 6> ends{};
};
// WayEnd by ContributorEnd; a flat plan has no own figures, and nothing that cannot be traced.
constexpr std::array<int, 8> kEnds{0, -1, 1, 2, 3, 4, 5, -1};

void compare(const Evaluated& plan, const bulk::FlatModel& flat, bulk::ContributorSearch& search, NodeId node,
             unsigned month, Lane lane, ContributionBy by, Tally& tally) {
  const Period period(2025, Granularity::month, static_cast<int>(month) + 1);
  if (!plan.result.grid().find(period)) return;
  const auto wanted = top_contributors(plan.context(), node, period, by, kAll, lane);
  bulk::ContributorQuestion question;
  question.node = node.value();
  question.slot = month;
  question.by = static_cast<bulk::RankBy>(by);
  question.count = kAll;
  question.validated = lane == Lane::validated;
  const auto found = search.rank(question);
  ASSERT_EQ(found.has_value(), wanted.has_value());
  if (!found) return;
  ASSERT_EQ(found->top.size(), wanted->top.size());
  ASSERT_EQ(found->contributors, wanted->top.size());
  ASSERT_EQ(found->untargeted, wanted->untargeted);
  const auto close = [](double a, const Rational& b, double size) {
    return std::abs(a - b.to_double()) <= 1e-9 * (1 + std::abs(a) + size);
  };
  ASSERT_TRUE(close(found->total, wanted->total, 1e3));
  for (std::size_t i = 0; i < found->top.size(); ++i) {
    const bulk::RankedContributor& a = found->top[i];
    const Contributor& b = wanted->top[i];
    ASSERT_EQ(a.node, b.node.value()) << "place " << i << " of " << flat.plan.measure(node.value()).places;
    ASSERT_EQ(a.achievement, b.achievement);
    ASSERT_TRUE(close(a.contribution, b.contribution, std::abs(a.coefficient) * 1e3));
    ASSERT_TRUE(close(a.coefficient, b.coefficient, 0));
    ASSERT_EQ(static_cast<int>(a.end), kEnds[static_cast<std::size_t>(b.end)]);
    ++tally.ends[static_cast<std::size_t>(a.end)];
    ++tally.places;
  }
  tally.exact += found->exact_decisions;
  if (found->top.size() < 2) return;
  // The first alone are the first of all.
  question.count = 1 + found->top.size() / 2;
  const auto few = search.rank(question);
  ASSERT_EQ(few->top.size(), question.count);
  for (std::size_t i = 0; i < few->top.size(); ++i) ASSERT_EQ(few->top[i].node, found->top[i].node);
  ASSERT_EQ(few->contributors, found->contributors);
}

void compare_drawn(std::uint64_t seed, Tally& tally) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Dice dice(seed);
  const PlainPlan drawn = FlatPlanMaker(dice).make();
  const Evaluated plan(drawn);
  auto outcome = bulk::flatten_model(plan.built.model, plan.built.targets, plan.built.facts, {}, 2025);
  ASSERT_TRUE(std::holds_alternative<bulk::FlatModel>(outcome));
  bulk::FlatModel flat = std::move(std::get<bulk::FlatModel>(outcome));
  bulk::roll_up(flat.plan, flat.figures);
  bulk::ContributorSearch search(flat.plan, flat.figures);
  for (std::uint32_t n = 0; n < flat.plan.node_count(); ++n) {
    for (const unsigned month : {0U, 4U, 11U}) {
      for (const auto by : {ContributionBy::value, ContributionBy::gap}) {
        compare(plan, flat, search, NodeId(n), month, Lane::all, by, tally);
        if (::testing::Test::HasFatalFailure())
          FAIL() << "node " << n << " month " << month << " by " << static_cast<int>(by);
        if (!flat.figures.has_validated_lane()) continue;
        compare(plan, flat, search, NodeId(n), month, Lane::validated, by, tally);
        if (::testing::Test::HasFatalFailure()) FAIL() << "node " << n << " month " << month << " validated";
      }
    }
  }
}

TEST(FlatContributors, EqualThoseOfTheGeneralEngine) {
  Tally tally;
  for (const std::uint64_t seed : testing::Seeds(60)) {
    compare_drawn(seed, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(tally.places, 2000U);
  EXPECT_GT(tally.exact, 50U);
  for (std::size_t end = 0; end < tally.ends.size(); ++end) EXPECT_GT(tally.ends[end], 5U) << end;
}

// Drawn plans that once told the engines apart: a two-sided measure with a target of nought; measures without any
// report in a month, counted as nought.
TEST(FlatContributors, EqualThoseOfTheGeneralEngineWhereTheyDiffered) {
  Tally tally;
  for (const std::uint64_t seed : {678515391, 932605177, 932605205}) compare_drawn(seed, tally);
  EXPECT_GT(tally.places, 0U);
}

// A mixed province, large enough for whole levels at a time: the sum is the value, and the answer is the same on two
// threads. From every level a few nodes, so that small sub-graphs are asked for as well.
TEST(FlatContributors, OfAProvinceAddUpOnAnyNumberOfThreads) {
  NationSpec spec = NationSpec::sized(60'000);
  FlatNation nation = make_nation(spec);
  bulk::cascade(nation.plan, nation.figures);
  bulk::roll_up(nation.plan, nation.figures);
  bulk::ContributorSearch search(nation.plan, nation.figures);
  std::size_t asked = 0, wide = 0;
  for (std::size_t level = 1; level < nation.plan.level_count(); ++level) {
    const std::uint32_t first = nation.plan.level_begin[level], last = nation.plan.level_begin[level + 1];
    const std::uint32_t stride = std::max(1U, (last - first) / 12);
    for (std::uint32_t node = first; node < last; node += stride) {
      for (const auto by : {bulk::RankBy::value, bulk::RankBy::gap}) {
        bulk::ContributorQuestion question;
        question.node = node;
        question.slot = 5;
        question.by = by;
        question.count = kAll;
        const auto one = search.rank(question);
        if (!one) continue;
        ++asked;
        double sum = 0, size = 0;
        for (const auto& each : one->top) {
          sum += each.contribution;
          size += std::abs(each.contribution);
        }
        if (by == bulk::RankBy::value) {
          ASSERT_LE(std::abs(sum - one->total), 1e-9 * (1 + size)) << node;
        }
        wide += one->opened > 2048 ? 1 : 0;
        question.count = 30;
        question.threads = 1;
        const auto few = search.rank(question);
        question.threads = 2;
        const auto two = search.rank(question);
        ASSERT_EQ(few->top.size(), two->top.size());
        ASSERT_EQ(few->contributors, two->contributors);
        for (std::size_t i = 0; i < few->top.size(); ++i) {
          ASSERT_EQ(few->top[i].node, one->top[i].node);
          ASSERT_EQ(few->top[i].node, two->top[i].node);
          ASSERT_EQ(few->top[i].contribution, two->top[i].contribution);
          ASSERT_EQ(few->top[i].coefficient, two->top[i].coefficient);
        }
      }
    }
  }
  EXPECT_GT(asked, 60U);
  EXPECT_GT(wide, 0U);
}

}  // namespace contributors_test
}  // namespace jenjang::testing
