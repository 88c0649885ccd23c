// What a flat plan can say of a Model, and every reason for which it refuses, each by a plan that differs from one that
// is taken in that one thing.
#include "jenjang/bulk/from_model.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <set>

#include "tests/support/plain_plan.h"

namespace jenjang::bulk {
namespace from_model_test {

using testing::BuiltPlan;
using testing::dec;
using testing::make_bands;
using testing::PlainNode;
using testing::PlainPlan;

constexpr std::size_t kSum = 2, kRatio = 5, kGoal = 6;  // by index into the plan below

PlainNode leaf(std::string unit, std::string january, std::string target = "") {
  PlainNode node;
  node.code = "L";
  node.unit = std::move(unit);
  node.spec.polarity = Polarity::higher;
  node.spec.frequency = Granularity::month;
  node.spec.accumulation = Accumulation::increments;
  node.spec.achievement.formula = AchievementFormula::h1;
  node.facts = {{"2025-01", std::move(january)}};
  if (!target.empty()) node.targets["2025-01"] = std::move(target);
  return node;
}

// Two leaves under a sum, two operands under a ratio, both under a goal of achievements.
PlainPlan plain_plan() {
  PlainPlan plan;
  plan.scales = {make_bands({{"A", "80"}, {"B", ""}}, {RoundingMode::half_up, 2}, true)};
  plan.nodes = {leaf("64.01", "1.25", "2"), leaf("64.02", "3.5")};
  PlainNode sum = leaf("64", "", "4.75");
  sum.facts.clear();
  sum.code = "S";
  sum.spec.aggregation = Aggregation::sum;
  sum.spec.achievement_bands = ScaleId(0);
  sum.ties = {{0, "1"}, {1, "0.5"}};
  plan.nodes.push_back(sum);
  plan.nodes.push_back(leaf("64.03", "40"));
  plan.nodes.push_back(leaf("64.04", "50"));
  PlainNode ratio = leaf("64", "", "90");
  ratio.facts.clear();
  ratio.code = "R";
  ratio.spec.aggregation = Aggregation::ratio;
  ratio.spec.factor = Decimal(100);
  ratio.ties = {{3, "1", Carry::value, EdgeRole::numerator}, {4, "1", Carry::value, EdgeRole::denominator}};
  plan.nodes.push_back(ratio);
  PlainNode goal;
  goal.code = "G";
  goal.kind = ItemKind::objective;
  goal.ties = {{kSum, "3", Carry::achievement}, {kRatio, "1", Carry::achievement}};
  plan.nodes.push_back(goal);
  return plan;
}

using Edit = std::function<void(BuiltPlan&)>;

FlatOutcome flat(const PlainPlan& plan, RollupOptions options = {}, const Edit& edit = {}) {
  BuiltPlan built = testing::build(plan);
  if (edit) edit(built);
  return flatten_model(built.model, built.targets, built.facts, options, 2025);
}

TEST(FromModel, MakesClassesTiesAndColumns) {
  const PlainPlan plan = plain_plan();
  const BuiltPlan built = testing::build(plan);
  const FlatOutcome outcome = flatten_model(built.model, built.targets, built.facts, {}, 2025);
  const FlatModel& made = std::get<FlatModel>(outcome);
  ASSERT_EQ(made.plan.node_count(), 7U);
  ASSERT_EQ(made.plan.leaf_count(), 4U);
  const auto number = [&](std::size_t i) { return built.node[i].value(); };
  const MeasureClass& sum = made.plan.measure(number(kSum));
  EXPECT_EQ(sum.aggregation, Aggregation::sum);
  EXPECT_EQ(sum.weight_places, 1);
  EXPECT_EQ(sum.places, 2);  // of its target
  EXPECT_EQ(sum.scale, 0);
  EXPECT_FALSE(sum.scale_on_value);
  const auto ties = made.plan.children(number(kSum));
  ASSERT_EQ(ties.size(), 2U);
  EXPECT_EQ(ties[0].child(), number(0));
  EXPECT_EQ(ties[0].weight, 10);  // tenths
  EXPECT_EQ(ties[1].weight, 5);
  const auto pair = made.plan.children(number(kRatio));
  EXPECT_FALSE(pair[0].is_denominator());
  EXPECT_TRUE(pair[1].is_denominator());
  EXPECT_EQ(made.plan.measure(number(kRatio)).factor, Decimal(100));
  EXPECT_TRUE(made.plan.measure(number(kGoal)).goal);
  EXPECT_EQ(made.plan.measure(number(kGoal)).carry, Carry::achievement);
  EXPECT_EQ(made.plan.measure(number(kGoal)).aggregation, Aggregation::weighted_mean);
  // One item each, but all four leaves behave alike and some sums of targets differ in digits only.
  EXPECT_EQ(made.plan.class_of[number(3)], made.plan.class_of[number(4)]);
  EXPECT_EQ(made.figures.value[number(0) * kMonths], 1.25);
  EXPECT_EQ(made.figures.state[number(0) * kMonths], 0);
  EXPECT_EQ(made.figures.target[number(0) * kMonths], 2.0);
  EXPECT_TRUE(std::isnan(made.figures.target[number(0) * kMonths + 1]));
  // February carries no target, so nothing is due of what has targets; the others should have reported.
  EXPECT_EQ(cell_state(made.figures.state[number(0) * kMonths + 1]), CellState::not_due);
  EXPECT_EQ(cell_state(made.figures.state[number(1) * kMonths + 1]), CellState::empty);
  EXPECT_EQ(made.figures.value[number(1) * kMonths + 1], 0.0);
  EXPECT_EQ(made.figures.target[number(kSum) * kMonths], 4.75);
  EXPECT_FALSE(made.figures.has_validated_lane());
}

TEST(FromModel, TakesStatesOfFactsAndDays) {
  PlainPlan plan = plain_plan();
  plan.nodes[0].facts = {{"2025-01", "-3", false},
                         {"2025-02", "", true, CellState::not_applicable},
                         {"2025-03", "7", true, CellState::value, 2}};
  plan.nodes[1].spec.accumulation = Accumulation::release;
  plan.nodes[3].spec.frequency = Granularity::quarter;
  RollupOptions options;
  options.as_of = *Date::parse("2025-06-15");
  const BuiltPlan built = testing::build(plan);
  const FlatOutcome outcome = flatten_model(built.model, built.targets, built.facts, options, 2025);
  const FlatModel& made = std::get<FlatModel>(outcome);
  const auto state = [&](std::size_t node, std::size_t month) {
    return made.figures.state[built.node[node].index() * kMonths + month - 1];
  };
  EXPECT_TRUE(made.figures.has_validated_lane());
  EXPECT_EQ(state(0, 1), unvalidated_byte(CellState::empty) | kSigned);
  EXPECT_EQ(state(0, 2), state_byte(CellState::not_applicable));
  EXPECT_EQ(state(0, 3), state_byte(CellState::redefined));
  EXPECT_EQ(made.figures.value[built.node[0].index() * kMonths + 2], 0.0);
  EXPECT_EQ(state(1, 5), state_byte(CellState::awaiting_release));
  EXPECT_EQ(state(1, 6), state_byte(CellState::not_due));
  EXPECT_EQ(state(3, 2), state_byte(CellState::not_applicable));  // finer than its frequency
  options.validated_lane = false;
  EXPECT_FALSE(std::get<FlatModel>(flatten_model(built.model, built.targets, built.facts, options, 2025))
                   .figures.has_validated_lane());
}

TEST(FromModel, TakesCrosscutsAndTiesDatedByWholeYears) {
  PlainPlan plan = plain_plan();
  plan.nodes[kSum].shared = {{4, "0.25"}};
  const BuiltPlan built = testing::build(plan);
  const Edit dates = [&](BuiltPlan& made) {
    const auto edge = made.model.graph.formula_first_edge(made.node[kSum]).value();
    made.model.dated_ties.push_back(
        {edge, *Period::parse("2024-01"), *Period::parse("2024-12"), dec("0.9"), SourceSpan{}, false});
    made.model.dated_ties.push_back(
        {edge, *Period::parse("2025-01"), *Period::parse("2026-12"), dec("0.75"), SourceSpan{}, false});
  };
  const FlatOutcome outcome = flat(plan, {}, dates);
  const FlatModel& made = std::get<FlatModel>(outcome);
  const auto ties = made.plan.children(built.node[kSum].value());
  ASSERT_EQ(ties.size(), 3U);
  EXPECT_EQ(made.plan.measure(built.node[kSum].value()).weight_places, 2);
  EXPECT_EQ(ties[0].weight, 75);
  EXPECT_EQ(ties[1].weight, 50);
  EXPECT_EQ(ties[2].child(), built.node[4].value());
  EXPECT_EQ(ties[2].weight, 25);
  // The rows behind moved by one.
  EXPECT_EQ(made.plan.children(built.node[kGoal].value()).size(), 2U);
  EXPECT_EQ(made.plan.children(built.node[kGoal].value())[0].weight, 3);
}

TEST(FromModel, CrosscutsNobodyAcceptedAreNoEdges) {
  PlainPlan plan = plain_plan();
  plan.nodes[kSum].shared = {{4, "0.25"}};
  const FlatOutcome outcome = flat(plan, {}, [](BuiltPlan& built) { built.model.crosscut_edges[0].accepted = false; });
  const BuiltPlan built = testing::build(plan);
  EXPECT_EQ(std::get<FlatModel>(outcome).plan.children(built.node[kSum].value()).size(), 2U);
}

TEST(FromModel, TakesBaselinesOfTheYearThatAchievementsAskFor) {
  PlainPlan plan = plain_plan();
  plan.nodes[0].baseline = {2024, "0.50"};  // H1 asks for none
  plan.nodes[1].baseline = {2024, "1.50"};
  plan.nodes[1].spec.achievement.formula = AchievementFormula::baseline;
  plan.nodes[kSum].baseline = {2025, "-3"};
  plan.nodes[kSum].spec.achievement.on_zero_target = ZeroTargetRule::baseline;
  plan.nodes[kSum].targets["2025-TW2"] = "0";
  plan.nodes[kRatio].baseline = {2026, "4"};  // yet to come
  plan.nodes[kRatio].spec.achievement.formula = AchievementFormula::baseline;
  plan.nodes[3].baseline = {2024, "7"};
  const BuiltPlan built = testing::build(plan);
  const FlatOutcome outcome = flat(plan, {}, [&](BuiltPlan& made) {
    for (Baseline& baseline : made.model.baselines) baseline.illustrative = baseline.value == Decimal(7);
  });
  const FlatPlan& made = std::get<FlatModel>(outcome).plan;
  const auto number = [&](std::size_t i) { return built.node[i].value(); };
  ASSERT_EQ(made.starts.size(), 3U);
  EXPECT_EQ(made.start_of(number(0)), nullptr);
  EXPECT_EQ(made.start_of(number(kRatio)), nullptr);
  EXPECT_EQ(made.start_of(number(1))->value(), dec("1.5"));
  EXPECT_EQ(made.start_of(number(1))->invented, 0);
  EXPECT_EQ(made.start_of(number(kSum))->value(), Decimal(-3));
  EXPECT_EQ(made.start_of(number(3))->invented, 1);  // marks the achievements that it has no part in
  EXPECT_FALSE(made.measure(number(3)).by_rule);
  EXPECT_FALSE(made.measure(number(0)).by_rule);
  EXPECT_TRUE(made.measure(number(1)).by_rule);
  EXPECT_TRUE(made.measure(number(kSum)).by_rule);
  EXPECT_TRUE(made.measure(number(kRatio)).by_rule);
}

TEST(FromModel, FiguresOfOtherYearsPlayNoPart) {
  PlainPlan plan = plain_plan();
  plan.nodes[0].facts.push_back({"2024", "1234567.1234567"});
  plan.nodes[kSum].facts.push_back({"2024-05", "3"});
  plan.nodes[0].targets["2026"] = "80..90";
  EXPECT_TRUE(std::holds_alternative<FlatModel>(flat(plan)));
}

struct Refused {
  FlatLimit limit;
  std::size_t node;  // that is named; kWhole: none is asked for
  std::function<void(PlainPlan&)> change;
  Edit edit = {};
};

// Codes of the plan above: sum of two leaves, ratio of two operands, goal.
std::vector<Refused> refused_plans() {
  const auto on_sum = [](auto change) { return [change](PlainPlan& plan) { change(plan.nodes[kSum]); }; };
  const auto on_leaf = [](auto change) { return [change](PlainPlan& plan) { change(plan.nodes[0]); }; };
  const auto nothing = [](PlainPlan&) {};
  std::vector<Refused> cases;
  cases.push_back({FlatLimit::table, kSum, on_sum([](PlainNode& n) { n.spec.aggregation = Aggregation::table; })});
  cases.push_back({FlatLimit::judgement, kSum, on_sum([](PlainNode& n) { n.ties[1].role = EdgeRole::judgement; })});
  cases.push_back({FlatLimit::polarity, kSum, [](PlainPlan& plan) {
                     plan.nodes[kSum].spec.aggregation = Aggregation::share_meeting;
                     plan.nodes[1].spec.polarity = Polarity::stabilise;
                   }});
  cases.push_back({FlatLimit::mark, kSum, on_sum([](PlainNode& n) {
                     n.spec.aggregation = Aggregation::share_meeting;
                     n.spec.mark = dec("0.1234567");
                   })});
  cases.push_back(
      {FlatLimit::carry_forward, kSum, on_sum([](PlainNode& n) { n.spec.missing = MissingPolicy::carry; })});
  cases.push_back(
      {FlatLimit::carry_forward, 0, on_leaf([](PlainNode& n) { n.spec.missing_time = MissingPolicy::carry; })});
  cases.push_back({FlatLimit::least_coverage, kSum, on_sum([](PlainNode& n) { n.spec.least_coverage = dec("0.5"); })});
  cases.push_back(
      {FlatLimit::cap_on_mean, kGoal, [](PlainPlan& plan) { plan.nodes[kGoal].spec.cap_level = CapLevel::mean; }});
  cases.push_back(
      {FlatLimit::grades, kSum, nothing, [](BuiltPlan& built) { built.model.scales[0].kind = Scale::Kind::grades; }});
  cases.push_back(
      {FlatLimit::grades, 0, on_leaf([](PlainNode& n) { n.spec.grade_scale = ScaleId(0); }), [](BuiltPlan& built) {
         built.model.scales.push_back(built.model.scales[0]);
         built.model.scales.back().kind = Scale::Kind::grades;
         built.model.items[0].spec.grade_scale = ScaleId(1);
       }});
  cases.push_back({FlatLimit::grades, kSum, nothing, [](BuiltPlan& built) {
                     // Below 85 there is no label, although a cut lies there.
                     built.model.scales[0].domain_low = Decimal(85);
                   }});
  cases.push_back({FlatLimit::leaf_above, kSum, on_sum([](PlainNode& n) { n.spec.aggregation = Aggregation::leaf; })});
  cases.push_back({FlatLimit::no_ties, kSum, on_sum([](PlainNode& n) {
                     n.shared = n.ties;
                     n.ties.clear();
                   }),
                   [](BuiltPlan& built) {
                     for (CrosscutEdge& edge : built.model.crosscut_edges) edge.accepted = false;
                   }});
  cases.push_back(
      {FlatLimit::mixed_carry, kGoal, [](PlainPlan& plan) { plan.nodes[kGoal].ties[0].carry = Carry::value; }});
  cases.push_back({FlatLimit::mixed_ratio, kRatio, [](PlainPlan& plan) {
                     plan.nodes[kRatio].ties.push_back({0, "1", Carry::value, EdgeRole::operand});
                   }});
  cases.push_back({FlatLimit::zero_pair, kSum, [](PlainPlan& plan) {
                     plan.nodes[kSum].spec.aggregation = Aggregation::ratio;
                     plan.nodes[kSum].spec.missing = MissingPolicy::zero;
                     plan.nodes[kSum].ties = {{kRatio, "1"}};
                   }});
  cases.push_back({FlatLimit::dated_tie, kSum, nothing, [](BuiltPlan& built) {
                     const auto edge = built.model.graph.formula_first_edge(built.node[kSum]).value();
                     built.model.dated_ties.push_back(
                         {edge, *Period::parse("2025-01"), *Period::parse("2025-06"), Decimal(1), SourceSpan{}, false});
                   }});
  cases.push_back({FlatLimit::overlap, kSum, nothing, [](BuiltPlan& built) {
                     built.model.overlaps.push_back(
                         {built.node[kSum], built.node[0], Decimal(1), {}, {}, {}, 0, SourceSpan{}});
                   }});
  cases.push_back({FlatLimit::definitions, kSum, on_sum([](PlainNode& n) {
                     n.code = "L";
                     n.spec.definition_version = 2;
                   })});
  cases.push_back({FlatLimit::unit_life, 1, nothing, [](BuiltPlan& built) {
                     built.model.unit_changes.emplace_back();
                     built.model.units.edit(*built.model.units.find("64.02")).since = *Date::parse("2025-04-01");
                   }});
  cases.push_back({FlatLimit::weight, kSum, on_sum([](PlainNode& n) { n.ties[0].weight = "-1"; })});
  cases.push_back({FlatLimit::weight, kSum, on_sum([](PlainNode& n) { n.ties[0].weight = "214748364.8"; })});
  for (const char* target : {"80..90", ">= 3", "Baik"}) {
    cases.push_back({FlatLimit::target_form, 0, on_leaf([target](PlainNode& n) { n.targets["2025-02"] = target; })});
  }
  cases.push_back({FlatLimit::baseline, 0, on_leaf([](PlainNode& n) {
                     n.spec.achievement.formula = AchievementFormula::baseline;
                     n.baseline = {2024, "1"};
                     n.spec.definition_since = 2025;
                   })});
  cases.push_back({FlatLimit::digits, 0, on_leaf([](PlainNode& n) {
                     n.spec.achievement.formula = AchievementFormula::baseline;
                     n.baseline = {2024, "9223372036854775808"};  // 2^63
                   })});
  cases.push_back({FlatLimit::own_figure, kSum, on_sum([](PlainNode& n) { n.facts = {{"2025-02", "3"}}; })});
  cases.push_back({FlatLimit::verified_figure, 0, nothing, [](BuiltPlan& built) {
                     const Fact& fact = built.facts.of(built.node[0]).front();
                     built.facts.observations[fact.observation].verified.change().number = dec("1.24");
                   }});
  cases.push_back({FlatLimit::unvalidated_beside, 0,
                   on_leaf([](PlainNode& n) { n.facts = {{"2025-02", "4", false}, {"2025-02", "5", true}}; })});
  cases.push_back({FlatLimit::unvalidated_beside, 0,
                   on_leaf([](PlainNode& n) { n.facts = {{"2025-TW1", "4", false}, {"2025-TW1", "5", true}}; })});
  cases.push_back({FlatLimit::digits, 0, on_leaf([](PlainNode& n) { n.facts[0].number = "0.0000001"; })});
  cases.push_back({FlatLimit::digits, 0, on_leaf([](PlainNode& n) { n.facts = {{"2025", "0.0000001"}}; })});
  // 2^51 = 2251799813685248: of hundredths that is 22.5 million millions.
  cases.push_back({FlatLimit::digits, 0, on_leaf([](PlainNode& n) { n.facts[0].number = "22517998136852.48"; })});
  cases.push_back({FlatLimit::digits, 0, on_leaf([](PlainNode& n) { n.facts = {{"2025-S1", "22517998136852.48"}}; })});
  cases.push_back({FlatLimit::digits, kSum, on_sum([](PlainNode& n) { n.targets["2025-02"] = "2251799813685248"; })});
  return cases;
}

TEST(FromModel, RefusesWhatItCannotSay) {
  ASSERT_TRUE(std::holds_alternative<FlatModel>(flat(plain_plan())));
  std::set<FlatLimit> seen;
  for (const Refused& wanted : refused_plans()) {
    SCOPED_TRACE(to_string(wanted.limit));
    PlainPlan plan = plain_plan();
    wanted.change(plan);
    BuiltPlan built = testing::build(plan);
    if (wanted.edit) wanted.edit(built);
    const FlatOutcome outcome = flatten_model(built.model, built.targets, built.facts, {}, 2025);
    const auto* refusals = std::get_if<std::vector<FlatRefusal>>(&outcome);
    ASSERT_NE(refusals, nullptr);
    ASSERT_EQ(refusals->size(), 1U) << to_string(refusals->back().limit);
    EXPECT_EQ(refusals->front().limit, wanted.limit) << to_string(refusals->front().limit);
    EXPECT_EQ(refusals->front().node, built.node[wanted.node]);
    EXPECT_EQ(refusals->front().count, 1U);
    seen.insert(wanted.limit);
  }
  // Too many classes needs a plan of its own.
  EXPECT_EQ(seen.size() + 1, flat_limits().size());
}

TEST(FromModel, RefusesMoreKindsThanANumberOfTwoBytes) {
  // One sum over so many leaves, each with a cap of its own.
  PlainPlan plan;
  PlainNode sum;
  sum.code = "S";
  sum.spec.aggregation = Aggregation::sum;
  for (int i = 0; i < 65536; ++i) {
    PlainNode node = leaf("64", "1");
    node.code += std::to_string(i);
    node.spec.achievement.cap = Decimal(i);
    sum.ties.push_back({plan.nodes.size(), "1"});
    plan.nodes.push_back(std::move(node));
  }
  plan.nodes.push_back(std::move(sum));
  const FlatOutcome outcome = flat(plan);
  const auto* refusals = std::get_if<std::vector<FlatRefusal>>(&outcome);
  ASSERT_NE(refusals, nullptr);
  EXPECT_EQ(refusals->front().limit, FlatLimit::classes);
}

TEST(FromModel, CountsWhatItRefuses) {
  PlainPlan plan = plain_plan();
  plan.nodes[kSum].facts = {{"2025-TW1", "3"}, {"2025-02", "4"}};
  plan.nodes[kRatio].facts = {{"2025", "3"}};
  plan.nodes[kSum].spec.least_coverage = dec("0.5");
  const BuiltPlan built = testing::build(plan);
  const FlatOutcome outcome = flatten_model(built.model, built.targets, built.facts, {}, 2025);
  const auto& refusals = std::get<std::vector<FlatRefusal>>(outcome);
  ASSERT_EQ(refusals.size(), 2U);
  EXPECT_EQ(refusals[0].limit, FlatLimit::least_coverage);
  EXPECT_EQ(refusals[1].limit, FlatLimit::own_figure);
  EXPECT_EQ(refusals[1].count, 3U);
  EXPECT_EQ(refusals[1].node, std::min(built.node[kSum], built.node[kRatio]));
}

// Reports of coarse periods stand in a table of their own, by leaf and slot; months are as if there were none.
TEST(FromModel, ReportsOfCoarsePeriods) {
  PlainPlan plan = plain_plan();
  plan.nodes[0].facts.push_back({"2025-TW2", "7.125"});
  plan.nodes[0].facts.push_back({"2025", "-9", false, CellState::value, 0, true});
  plan.nodes[1].facts = {{"2025-S2", "", true, CellState::awaiting_release},
                         {"2025-TW1", "3"},
                         {"2025-TW1", "", true, CellState::empty},  // no number: the one before stands
                         {"2024", "1"}};
  const BuiltPlan built = testing::build(plan);
  RollupOptions options;
  options.validated_lane = false;
  FlatOutcome outcome = flatten_model(built.model, built.targets, built.facts, options, 2025);
  ASSERT_TRUE(std::holds_alternative<FlatModel>(outcome));
  const FlatModel& made = std::get<FlatModel>(outcome);
  const std::uint32_t first = built.node[0].value(), second = built.node[1].value();
  ASSERT_EQ(made.rows.reports.size(), 4U);
  EXPECT_TRUE(std::is_sorted(made.rows.reports.begin(), made.rows.reports.end()));
  const auto ours = made.rows.reports_of(first), theirs = made.rows.reports_of(second);
  ASSERT_EQ(ours.size(), 2U);
  EXPECT_EQ(ours[0].slot, 0U);  // the year
  EXPECT_EQ(ours[0].value, -9);
  EXPECT_EQ(ours[0].state, kUnvalidated | kSigned);
  EXPECT_EQ(ours[0].marks, CoarseReport::kInvented);
  EXPECT_EQ(ours[1].slot, 4U);  // the second quarter
  EXPECT_EQ(ours[1].value, 7.125);
  EXPECT_EQ(ours[1].state, 0);
  ASSERT_EQ(theirs.size(), 2U);
  EXPECT_EQ(theirs[0].slot, 2U);  // the second semester
  EXPECT_EQ(cell_state(theirs[0].state), CellState::awaiting_release);
  EXPECT_EQ(theirs[1].slot, 3U);
  EXPECT_EQ(theirs[1].value, 3);
  EXPECT_EQ(made.plan.measure(first).places, 3);
  EXPECT_EQ(cell_state(made.figures.state[second * kMonths]), CellState::empty);
  // The year, the first semester, its quarters, January; of the other the year, both semesters and the first quarter.
  EXPECT_EQ(made.rows.slots[first] & RowFacts::kAllSlots, 0b1001'1011U);
  EXPECT_EQ(made.rows.slots[second] & RowFacts::kAllSlots, 0b0000'1111U);
}

}  // namespace from_model_test
}  // namespace jenjang::bulk
