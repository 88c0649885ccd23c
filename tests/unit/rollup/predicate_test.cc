// Goals, grades, share tables, next bands, gates, limits on the way up.
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace predicate_test {

Scale akip() {
  Scale scale = make_bands({{"AA", "90"}, {"A", "80"}, {"BB", "70"}, {"B", "60"}, {"CC", "50"}, {"C", "30"}, {"D", ""}},
                           {RoundingMode::half_up, 2}, true);
  scale.domain_low = Decimal(0);
  scale.domain_high = Decimal(100);
  return scale;
}

TEST(Bands, CutsOfAkip) {
  const Scale scale = akip();
  const auto label = [&](const char* value) {
    const int band = band_of(scale, rat(value));
    return band < 0 ? std::string("-") : scale.bands[static_cast<std::size_t>(band)].label;
  };
  EXPECT_EQ(label("80.00"), "BB");
  EXPECT_EQ(label("80.004"), "BB");
  EXPECT_EQ(label("80.005"), "A");  // prints 80.01
  EXPECT_EQ(label("80.01"), "A");
  EXPECT_EQ(label("78.74"), "BB");
  EXPECT_EQ(label("0"), "D");
  EXPECT_EQ(label("100"), "AA");
  EXPECT_EQ(label("100.004"), "AA");  // prints 100.00
  EXPECT_EQ(label("100.01"), "-");
  EXPECT_EQ(label("-0.01"), "-");
}

TEST(Bands, WhatSeparatesFromTheNext) {
  const auto next = next_better_band(akip(), rat("78.74"));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->label, "A");
  EXPECT_EQ(next->least_figure, dec("80.01"));
  EXPECT_EQ(next->distance, rat("1.27"));
  EXPECT_FALSE(next_better_band(akip(), rat("95")));
  EXPECT_FALSE(next_better_band(akip(), rat("101")));
}

TEST(Bands, OutsideTheDomainIsAFinding) {
  PlainPlan plan;
  plan.scales = {akip()};
  plan.nodes = {leaf("X", "64", {{"2024", "101"}})};
  plan.nodes[0].spec.value_bands = ScaleId(0);
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(0, "2024").band, -1);
  EXPECT_EQ(rolled.count(Code::J1706), 1U);
}

PlainNode indicator(std::string code, const char* realised, const char* target) {
  PlainNode node = leaf(std::move(code), "64", {{"2024", realised}});
  node.targets = {{"2024", target}};
  node.spec.polarity = Polarity::higher;
  node.spec.achievement.formula = AchievementFormula::h1;
  return node;
}

TEST(Goals, AreTheMeanOfTheirIndicatorsAchievements) {
  PlainPlan plan;
  plan.nodes = {indicator("A", "90", "100"), indicator("B", "300", "200"), indicator("C", "1", "4")};
  plan.nodes[1].spec.achievement.cap = Decimal(120);
  PlainNode goal;
  goal.code = "S1";
  goal.kind = ItemKind::objective;
  goal.ties = {{0, "1", Carry::achievement}, {1, "1", Carry::achievement}, {2, "2", Carry::achievement}};
  PlainNode above = goal;
  above.code = "T1";
  above.kind = ItemKind::goal;
  above.ties = {{3, "1", Carry::achievement}};
  plan.nodes.push_back(goal);
  plan.nodes.push_back(above);
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(1, "2024").achievement_raw, 150);
  EXPECT_EQ(rolled.at(1, "2024").achievement, 120);
  EXPECT_TRUE(rolled.at(1, "2024").flags & kCapped);
  // (90 + 120 + 2 x 25) / 4
  EXPECT_EQ(rolled.at(3, "2024").value, 65);
  EXPECT_EQ(rolled.at(3, "2024").achievement, 65);
  EXPECT_EQ(rolled.at(4, "2024").achievement, 65);
  EXPECT_EQ(*rolled.achievement(4, "2024"), Rational(65));
  EXPECT_EQ(rolled.at(4, "2024").covered, 3U);
}

TEST(Goals, AnInventedTargetMarksTheGoalButNotTheFigure) {
  PlainPlan plan;
  plan.nodes = {indicator("A", "90", "100"), inner("S", Aggregation::sum, {{0}})};
  PlainNode goal;
  goal.code = "S1";
  goal.kind = ItemKind::objective;
  goal.ties = {{0, "1", Carry::achievement}};
  plan.nodes.push_back(goal);
  Rolled rolled(plan);
  rolled.built.targets.cells[0].illustrative = true;
  DiagnosticSink sink;
  const auto result = run_rollup(rolled.built.model, rolled.built.targets, rolled.built.facts, {}, sink);
  const SlotId slot = *result.grid().find(Period::year(2024));
  EXPECT_TRUE(result.at(rolled.built.node[0], slot).flags & kIllustrative);
  EXPECT_FALSE(result.at(rolled.built.node[1], slot).flags & kIllustrative);
  EXPECT_TRUE(result.at(rolled.built.node[2], slot).flags & kIllustrative);
}

TEST(Grades, RanksGoUpByMinimumAndPrintAsLabels) {
  Scale grades;
  grades.kind = Scale::Kind::grades;
  grades.id = "uji/tingkat";
  for (const char* label : {"Sangat Baik", "Baik", "Cukup"}) grades.grades.push_back({label, std::nullopt, {}});
  PlainPlan plan;
  plan.scales = {grades};
  plan.nodes = {leaf("G", "64.01", {{"2024", "3"}}), leaf("G", "64.02", {{"2024", "2"}}),
                inner("G", Aggregation::minimum, {{0}, {1}})};
  for (PlainNode& node : plan.nodes) {
    node.spec.polarity = Polarity::grade;
    node.spec.grade_scale = ScaleId(0);
    node.spec.achievement.formula = AchievementFormula::ordinal;
  }
  plan.nodes[0].targets = {{"2024", "Baik"}};
  plan.nodes[2].targets = {{"2024", "Sangat Baik"}};
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.at(0, "2024").band, 0);
  EXPECT_EQ(rolled.at(0, "2024").achievement, 100);
  EXPECT_EQ(rolled.at(2, "2024").value, 2);
  EXPECT_EQ(rolled.at(2, "2024").band, 1);
  EXPECT_EQ(rolled.at(2, "2024").achievement, 0);
  EXPECT_FALSE(rolled.at(2, "2024").band_of_achievement);
}

TEST(ShareTables, CriteriaMetGiveTheGrade) {
  ShareTable table;
  table.id = "uji/keberadaan";
  ShareRow top{"AA", Decimal(100), 1, 1, true, 1, 1, false, {"dipertahankan"}, "", {}};
  ShareRow full{"A", Decimal(90), 1, 1, true, 1, 1, false, {}, "", {}};
  ShareRow half{"CC", Decimal(60), 1, 2, false, 1, 1, true, {}, "", {}};
  ShareRow low{"D", Decimal(20), 0, 1, true, 1, 2, false, {}, "", {}};
  table.rows = {top, full, half, low};
  PlainPlan plan;
  plan.share_tables = {table};
  plan.nodes = {leaf("1.a.1", "64", {{"2024", "1"}}), leaf("1.a.2", "64", {{"2024", "1"}}),
                leaf("1.a.3", "64", {{"2024", "0"}}), leaf("1.a.dipertahankan", "64", {{"2024", "1"}}),
                inner("1.a", Aggregation::table, {{0}, {1}, {2}, {3, "1", Carry::score, EdgeRole::judgement}},
                      MissingPolicy::strict)};
  plan.nodes[4].spec.share_table = 0;
  plan.nodes[4].spec.factor = dec("0.06");
  const Rolled two_of_three(plan);
  EXPECT_DOUBLE_EQ(two_of_three.at(4, "2024").value, 3.6);  // 60 x 0.06
  EXPECT_EQ(*two_of_three.value(4, "2024"), rat("3.6"));
  plan.nodes[2].facts = {{"2024", "1"}};
  EXPECT_EQ(*Rolled(plan).value(4, "2024"), Rational(6));  // all met, and kept
  plan.nodes[3].facts = {{"2024", "0"}};
  EXPECT_EQ(*Rolled(plan).value(4, "2024"), rat("5.4"));
  plan.nodes[3].facts.clear();
  EXPECT_EQ(*Rolled(plan).value(4, "2024"), rat("5.4"));  // a judgement nobody made is not given
  plan.nodes[1].facts.clear();
  EXPECT_EQ(Rolled(plan).at(4, "2024").state, CellState::empty);
}

// A province at 80.01 and six agencies in two clusters.
PlainPlan gated(std::vector<const char*> main, std::vector<const char*> supporting) {
  PlainPlan plan;
  plan.scales = {akip()};
  plan.nodes = {leaf("SAKIP", "64", {{"2024", "80.01"}})};
  const auto add = [&](const char* score, const char* cluster) {
    const std::string unit = "64/opd" + std::to_string(plan.nodes.size());
    plan.clusters[unit] = cluster;
    plan.nodes.push_back(leaf("SAKIP", unit, {}));
    if (*score != '\0') plan.nodes.back().facts = {{"2024", score}};
  };
  for (const char* score : main) add(score, "utama");
  for (const char* score : supporting) add(score, "pendukung");
  for (PlainNode& node : plan.nodes) node.spec.value_bands = ScaleId(0);
  return plan;
}

GateOutcome gate_of(const PlainPlan& plan) {
  Rolled rolled(plan);
  Gate gate;
  gate.id = "A";
  gate.label = "A";
  gate.requirements = {{"utama", "A", 3}, {"pendukung", "BB", 3}};
  rolled.built.model.gates[0] = {gate};
  GateOutcome outcome = check_gate(rolled.built.model, rolled.result, rolled.built.node[0],
                                   *rolled.result.grid().find(Period::year(2024)), "A");
  EXPECT_NE(outcome.gate, nullptr);
  outcome.gate = nullptr;
  return outcome;
}

TEST(Gates, AskWhatTheUnitsReached) {
  EXPECT_EQ(gate_of(gated({"81", "85", "91"}, {"71", "72", "80"})).verdict, GateVerdict::met);
  const GateOutcome failed = gate_of(gated({"81", "85", "79"}, {"71", "72", "80"}));
  EXPECT_EQ(failed.verdict, GateVerdict::failed);  // two of three at A
  ASSERT_EQ(failed.groups.size(), 2U);
  EXPECT_EQ(failed.groups[0].reported, 3);
  EXPECT_EQ(failed.groups[0].reached, 2);
  EXPECT_EQ(failed.groups[1].reached, 3);
  EXPECT_EQ(gate_of(gated({"", "", ""}, {"", "", ""})).verdict, GateVerdict::undecided);
  EXPECT_EQ(gate_of(gated({"81", "85", ""}, {"71", "72", "80"})).verdict, GateVerdict::undecided);
}

TEST(Gates, OtherPredicatesHaveNone) {
  const Rolled rolled(gated({"81"}, {"71"}));
  const GateOutcome outcome = check_gate(rolled.built.model, rolled.result, rolled.built.node[0],
                                         *rolled.result.grid().find(Period::year(2024)), "BB");
  EXPECT_EQ(outcome.verdict, GateVerdict::none);
  EXPECT_EQ(outcome.gate, nullptr);
}

// On target is the common case and sits on cuts and caps of 100: two decimals settle it.
TEST(OnTarget, IsDecidedWithoutRationals) {
  PlainPlan plan;
  plan.scales = {make_bands({{"melampaui", "100"}, {"belum melampaui", ""}}, {RoundingMode::exact, 0}, true)};
  plan.nodes = {indicator("A", "0.3", "0.30"), indicator("B", "0.31", "0.3"), indicator("C", "0.3", "0.3")};
  plan.nodes[2].facts = {{"2024-01", "0.1"}, {"2024-02", "0.2"}};
  plan.nodes[2].spec.accumulation = Accumulation::increments;
  for (PlainNode& node : plan.nodes) {
    node.spec.achievement.cap = Decimal(100);
    node.spec.achievement_bands = ScaleId(0);
  }
  const Rolled rolled(plan);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(rolled.at(i, "2024").achievement, 100) << i;
    EXPECT_EQ(rolled.at(i, "2024").band, 1) << i;  // 100 is not above 100
    EXPECT_EQ((rolled.at(i, "2024").flags & kCapped) != 0, i == 1) << i;
    // Only the total of two months needs its exact sum.
    EXPECT_EQ((rolled.at(i, "2024").flags & kDecidedExactly) != 0, i == 2) << i;
  }
}

TEST(Refusals, EachSaysWhy) {
  PlainPlan plan;
  plan.nodes = {indicator("NOL", "3", "0"), indicator("BASE", "3", "5"), indicator("L2", "0", "5")};
  plan.nodes[1].spec.achievement.formula = AchievementFormula::baseline;
  plan.nodes[2].spec.achievement.formula = AchievementFormula::l2;
  plan.nodes[2].spec.polarity = Polarity::lower;
  const Rolled rolled(plan);
  EXPECT_EQ(rolled.count(Code::J1720), 1U);
  EXPECT_EQ(rolled.count(Code::J1721), 1U);
  EXPECT_EQ(rolled.count(Code::J1722), 1U);
  EXPECT_TRUE(rolled.at(0, "2024").flags & kZeroTarget);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rolled.at(i, "2024").achievement_state, CellState::not_applicable);
}

}  // namespace predicate_test
}  // namespace jenjang::testing
