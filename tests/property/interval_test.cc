// Interval results against enumeration: every way to fill the missing figures is tried, and rolled up by the batch
// engine. Both ends are attained, more facts never widen, complete is a point, a certain predicate is that of all.
#include "jenjang/rollup/interval.h"

#include <functional>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace interval_test {

const Period kYear = Period::year(2024);

struct Leaf {
  int low = 0, high = 0;
  std::optional<int> reported;
};

// A plan whose leaves are the first nodes; `top` is asked.
struct Drawn {
  PlainPlan plan;
  std::vector<Leaf> leaves;
  std::size_t top = 0;
};

PlainNode measured(std::string code, std::size_t number, const Leaf& leaf) {
  PlainNode node;
  node.code = std::move(code);
  node.unit = "64." + std::to_string(10 + number);
  node.spec.least_possible = Decimal(leaf.low);
  node.spec.most_possible = Decimal(leaf.high);
  return node;
}

// Every filling of the leaves that nobody reported; `visit` gets one number a leaf.
void enumerate(const std::vector<Leaf>& leaves, const std::function<void(const std::vector<int>&)>& visit) {
  std::vector<int> values;
  const std::function<void()> next = [&] {
    if (values.size() == leaves.size()) return visit(values);
    const Leaf& leaf = leaves[values.size()];
    for (int value = leaf.reported.value_or(leaf.low); value <= leaf.reported.value_or(leaf.high); ++value) {
      values.push_back(value);
      next();
      values.pop_back();
    }
  };
  next();
}

BuiltPlan with_facts(PlainPlan plan, const std::vector<std::optional<int>>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) plan.nodes[i].facts = {{"2024", std::to_string(*values[i])}};
  }
  // A target keeps the year in the grid when nobody reported.
  plan.nodes.push_back(PlainNode{});
  plan.nodes.back().code = "LAIN";
  plan.nodes.back().targets = {{"2024", "1"}};
  return build(plan);
}

std::vector<std::optional<int>> reported_of(const std::vector<Leaf>& leaves) {
  std::vector<std::optional<int>> values;
  for (const Leaf& leaf : leaves) values.push_back(leaf.reported);
  return values;
}

struct Seen {
  std::optional<Rational> least, most;  // of the values, or of the achievements
  std::set<int> bands;
  void add(const Rational& value) {
    if (!least || value < *least) least = value;
    if (!most || *most < value) most = value;
  }
};

enum class Figure { value, achievement };

// `allowed` leaves out fillings that the measure itself forbids.
Seen by_enumeration(const Drawn& drawn, Figure figure,
                    const std::function<bool(const std::vector<int>&)>& allowed = {}) {
  Seen seen;
  enumerate(drawn.leaves, [&](const std::vector<int>& values) {
    if (allowed && !allowed(values)) return;
    const BuiltPlan built = with_facts(drawn.plan, {values.begin(), values.end()});
    ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
    const NodeId node = built.node[drawn.top];
    const auto found = figure == Figure::value ? exact.value(node, kYear) : exact.achievement(node, kYear);
    if (!found) return;
    seen.add(*found);
    DiagnosticSink sink;
    const RollupResult result = run_rollup(built.model, built.targets, built.facts, {}, sink);
    seen.bands.insert(result.at(node, *result.grid().find(kYear)).band);
  });
  return seen;
}

std::optional<PossibleRange> range_of(const Drawn& drawn, Figure figure, int* band = nullptr) {
  const BuiltPlan built = with_facts(drawn.plan, reported_of(drawn.leaves));
  IntervalEvaluator intervals(built.model, built.targets, built.facts, Lane::all);
  const NodeId node = built.node[drawn.top];
  if (band != nullptr) *band = intervals.certain_band(node, kYear);
  return figure == Figure::value ? intervals.value(node, kYear) : intervals.achievement(node, kYear);
}

void compare(const Drawn& drawn, Figure figure, const std::function<bool(const std::vector<int>&)>& allowed = {}) {
  const Seen seen = by_enumeration(drawn, figure, allowed);
  int band = -1;
  const auto range = range_of(drawn, figure, &band);
  RC_ASSERT(range.has_value() == seen.least.has_value());
  if (!range) return;
  RC_ASSERT(range->attained);
  RC_ASSERT(range->least.has_value() && range->most.has_value());
  RC_ASSERT(*range->least == *seen.least);
  RC_ASSERT(*range->most == *seen.most);
  RC_ASSERT((band >= 0) == (seen.bands.size() == 1 && *seen.bands.begin() >= 0));
  if (band >= 0) RC_ASSERT(band == *seen.bands.begin());
  // One more fact: never wider; all of them: a point.
  Drawn more = drawn;
  bool all_known = true;
  for (Leaf& leaf : more.leaves) {
    if (leaf.reported) continue;
    leaf.reported = *rc::gen::inRange(leaf.low, leaf.high + 1);
    if (allowed) {
      bool possible = false;
      enumerate(more.leaves, [&](const std::vector<int>& values) { possible = possible || allowed(values); });
      if (!possible) return;
    }
    const auto narrower = range_of(more, figure);
    if (!narrower) return;  // a denominator of nought: no figure at all
    RC_ASSERT(*range->least <= *narrower->least);
    RC_ASSERT(*narrower->most <= *range->most);
    all_known =
        std::all_of(more.leaves.begin(), more.leaves.end(), [](const Leaf& l) { return l.reported.has_value(); });
    if (all_known) RC_ASSERT(narrower->is_point());
  }
}

std::vector<Leaf> draw_leaves(int least, int count_low, int count_high) {
  std::vector<Leaf> leaves(static_cast<std::size_t>(*rc::gen::inRange(count_low, count_high + 1)));
  for (Leaf& leaf : leaves) {
    leaf.low = *rc::gen::inRange(least, least + 4);
    leaf.high = leaf.low + *rc::gen::inRange(0, 4);
    if (*rc::gen::inRange(0, 3) == 0) leaf.reported = *rc::gen::inRange(leaf.low, leaf.high + 1);
  }
  return leaves;
}

Scale three_bands() {
  return make_bands({{"A", "5"}, {"B", "2"}, {"C", ""}}, {RoundingMode::exact, 0}, true);
}

RC_GTEST_PROP(Intervals, AggregatesTakeBothEnds, ()) {
  Drawn drawn;
  drawn.leaves = draw_leaves(-2, 2, 4);
  const Aggregation aggregation =
      *rc::gen::element(Aggregation::sum, Aggregation::weighted_mean, Aggregation::minimum, Aggregation::maximum);
  PlainNode top;
  top.code = "M";
  top.spec.aggregation = aggregation;
  top.spec.missing = *rc::gen::element(MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::zero);
  top.spec.value_bands = ScaleId(0);
  for (std::size_t i = 0; i < drawn.leaves.size(); ++i) {
    drawn.plan.nodes.push_back(measured("X", i, drawn.leaves[i]));
    top.ties.push_back({i, std::to_string(*rc::gen::inRange(1, 4))});
  }
  top.spec.factor = Decimal(*rc::gen::element(1, 2, -1));
  if (*rc::gen::arbitrary<bool>()) {
    // The range of one unit's figure, declared at the whole too: it bounds no sum.
    top.spec.least_possible = Decimal(drawn.leaves[0].low);
    top.spec.most_possible = Decimal(drawn.leaves[0].high);
  }
  drawn.plan.scales = {three_bands()};
  drawn.top = drawn.plan.nodes.size();
  drawn.plan.nodes.push_back(std::move(top));
  compare(drawn, Figure::value);
}

RC_GTEST_PROP(Intervals, SharesMeetingAMark, ()) {
  Drawn drawn;
  drawn.leaves = draw_leaves(0, 2, 4);
  PlainNode top;
  top.code = "M";
  top.spec.aggregation = Aggregation::share_meeting;
  top.spec.mark = Decimal(*rc::gen::inRange(0, 7));
  const Polarity polarity = *rc::gen::element(Polarity::higher, Polarity::lower, Polarity::stabilise);
  for (std::size_t i = 0; i < drawn.leaves.size(); ++i) {
    drawn.plan.nodes.push_back(measured("X", i, drawn.leaves[i]));
    drawn.plan.nodes.back().spec.polarity = polarity;
    top.ties.push_back({i});
  }
  drawn.top = drawn.plan.nodes.size();
  drawn.plan.nodes.push_back(std::move(top));
  // A stabilised mark is met inside its range or nowhere on whole numbers, as on the line.
  compare(drawn, Figure::value);
}

RC_GTEST_PROP(Intervals, RatiosOfSums, ()) {
  // Two units, each a pair: of any size, a share in percent so that no numerator passes its denominator, or a yield of
  // 100 percent at least so that none stays below it. The line N = D cuts every box in whole numbers.
  enum class Limit { none, share, yield };
  const Limit limit = *rc::gen::element(Limit::none, Limit::share, Limit::yield);
  const auto fits = [limit](int numerator, int denominator) {
    return limit == Limit::none || (limit == Limit::share ? numerator <= denominator : numerator >= denominator);
  };
  Drawn drawn;
  drawn.leaves = draw_leaves(1, 4, 4);
  for (Leaf& leaf : drawn.leaves) leaf.high = std::min(leaf.high, leaf.low + 2);
  for (Leaf& leaf : drawn.leaves) {
    if (leaf.reported) leaf.reported = std::min(*leaf.reported, leaf.high);
  }
  for (std::size_t i = 0; i < 4; i += 2) {
    // One pair must fit at all.
    const Leaf& n = drawn.leaves[i];
    const Leaf& d = drawn.leaves[i + 1];
    RC_PRE(limit != Limit::share || fits(n.reported.value_or(n.low), d.reported.value_or(d.high)));
    RC_PRE(limit != Limit::yield || fits(n.reported.value_or(n.high), d.reported.value_or(d.low)));
  }
  PlainNode top;
  top.code = "R";
  top.spec.aggregation = Aggregation::ratio;
  top.spec.factor = Decimal(100);
  top.spec.unit_name = limit == Limit::share ? "persen" : "nilai";
  // The same range at the units and at the whole, as one item has it.
  if (limit == Limit::yield) top.spec.least_possible = Decimal(100);
  for (std::size_t i = 0; i < 4; ++i) drawn.plan.nodes.push_back(measured(i % 2 == 0 ? "N" : "D", i, drawn.leaves[i]));
  for (std::size_t unit = 0; unit < 2; ++unit) {
    PlainNode node = top;
    node.unit = "64.2" + std::to_string(unit);
    node.ties = {{2 * unit, "1", Carry::value, EdgeRole::numerator},
                 {2 * unit + 1, "1", Carry::value, EdgeRole::denominator}};
    drawn.plan.nodes.push_back(std::move(node));
  }
  top.ties = {{4}, {5}};
  drawn.top = 6;
  drawn.plan.nodes.push_back(std::move(top));
  compare(drawn, Figure::value, [fits](const std::vector<int>& v) { return fits(v[0], v[1]) && fits(v[2], v[3]); });
}

RC_GTEST_PROP(Intervals, AchievementsByEveryFormula, ()) {
  Drawn drawn;
  drawn.leaves = draw_leaves(*rc::gen::element(-3, 0, 1), 1, 1);
  PlainNode node = measured("X", 0, drawn.leaves[0]);
  AchievementSpec& spec = node.spec.achievement;
  spec.formula = *rc::gen::element(AchievementFormula::h1, AchievementFormula::l1, AchievementFormula::range,
                                   AchievementFormula::baseline, AchievementFormula::stabilise,
                                   AchievementFormula::reversed, AchievementFormula::ordinal);
  spec.on_zero_target =
      *rc::gen::element(ZeroTargetRule::refuse, ZeroTargetRule::met_or_missed, ZeroTargetRule::baseline);
  node.spec.polarity = *rc::gen::element(Polarity::higher, Polarity::lower, Polarity::range, Polarity::stabilise);
  if (*rc::gen::arbitrary<bool>()) spec.cap = Decimal(*rc::gen::element(90, 100, 120));
  if (*rc::gen::arbitrary<bool>()) spec.floor = Decimal(0);
  const int low = *rc::gen::inRange(-2, 6);
  const std::string target =
      *rc::gen::element(std::to_string(low), std::to_string(low) + ".." + std::to_string(low + 2),
                        ">= " + std::to_string(low), "<= " + std::to_string(low));
  node.targets = {{"2024", target}};
  if (*rc::gen::arbitrary<bool>()) node.baseline = std::pair(2023, std::to_string(*rc::gen::inRange(-1, 5)));
  node.spec.achievement_bands = ScaleId(0);
  drawn.plan.scales = {make_bands({{"A", "90"}, {"B", "50"}, {"C", ""}}, {RoundingMode::exact, 0}, true)};
  drawn.plan.nodes.push_back(std::move(node));
  // Whole numbers meet every piece of every formula here: cuts are whole, and between cuts the pieces are monotone.
  // Only a piece that lies strictly between two whole numbers is missed; it exists where a formula jumps on a whole cut
  // and the range holds no whole number beside it, so the ends are compared as bounds there.
  const Seen seen = by_enumeration(drawn, Figure::achievement);
  int band = -1;
  const auto range = range_of(drawn, Figure::achievement, &band);
  if (!seen.least) return;
  RC_ASSERT(range.has_value());
  RC_ASSERT(range->least && range->most);
  RC_ASSERT(*range->least <= *seen.least);
  RC_ASSERT(*seen.most <= *range->most);
  const bool steps =
      spec.formula == AchievementFormula::ordinal || low == 0 || low == -2 || drawn.plan.nodes[0].baseline;
  if (!steps) {
    RC_ASSERT(*range->least == *seen.least);
    RC_ASSERT(*range->most == *seen.most);
  }
  if (band >= 0) {
    RC_ASSERT(seen.bands.size() == 1U);
    RC_ASSERT(*seen.bands.begin() == band);
  }
}

RC_GTEST_PROP(Intervals, GoalsAreMeansOfAchievements, ()) {
  Drawn drawn;
  drawn.leaves = draw_leaves(0, 2, 3);
  PlainNode goal;
  goal.code = "S1";
  goal.kind = ItemKind::objective;
  for (std::size_t i = 0; i < drawn.leaves.size(); ++i) {
    PlainNode node = measured("X", i, drawn.leaves[i]);
    node.spec.polarity = *rc::gen::element(Polarity::higher, Polarity::stabilise);
    node.spec.achievement.formula =
        node.spec.polarity == Polarity::higher ? AchievementFormula::h1 : AchievementFormula::stabilise;
    node.spec.achievement.cap = Decimal(110);
    node.spec.achievement.floor = Decimal(0);
    node.targets = {{"2024", std::to_string(*rc::gen::inRange(1, 6))}};
    drawn.plan.nodes.push_back(std::move(node));
    goal.ties.push_back({i, "1", Carry::achievement});
  }
  drawn.top = drawn.plan.nodes.size();
  drawn.plan.nodes.push_back(std::move(goal));
  compare(drawn, Figure::value);
}

RC_GTEST_PROP(Intervals, ASharedChildGivesAnOuterBound, ()) {
  // Two parents take one open figure, and the top takes their difference: the ends cannot both be had.
  Drawn drawn;
  drawn.leaves = draw_leaves(0, 2, 2);
  drawn.leaves[0].reported.reset();
  drawn.leaves[0].high = drawn.leaves[0].low + 2;
  for (std::size_t i = 0; i < 2; ++i) drawn.plan.nodes.push_back(measured("X", i, drawn.leaves[i]));
  for (std::size_t i = 0; i < 2; ++i) {
    PlainNode parent;
    parent.code = "P" + std::to_string(i);
    parent.spec.aggregation = Aggregation::sum;
    parent.ties = {{0}};
    if (i == 1) parent.ties.push_back({1});
    drawn.plan.nodes.push_back(std::move(parent));
  }
  PlainNode top;
  top.code = "T";
  top.spec.aggregation = Aggregation::sum;
  top.ties = {{2}, {3, "-1"}};
  drawn.top = 4;
  drawn.plan.nodes.push_back(std::move(top));
  const Seen seen = by_enumeration(drawn, Figure::value);
  const auto range = range_of(drawn, Figure::value);
  RC_ASSERT(range && range->least && range->most);
  RC_ASSERT(!range->attained);
  RC_ASSERT(*range->least <= *seen.least);
  RC_ASSERT(*seen.most <= *range->most);
}

}  // namespace interval_test
}  // namespace jenjang::testing
