// One realised figure against several targets, each by the measure's own formula, cap and rounding.
#include "jenjang/report/comparison.h"

#include <gtest/gtest.h>

#include "tests/support/plain_plan.h"

namespace jenjang {
namespace comparison_test {

using testing::BuiltPlan;
using testing::dec;
using testing::PlainNode;
using testing::PlainPlan;

constexpr std::array<Comparison, 4> kAll{Comparison::year, Comparison::plan_end, Comparison::last_year,
                                         Comparison::nation};

PlainNode measure(std::string code, AchievementFormula formula, Polarity polarity) {
  PlainNode node;
  node.code = std::move(code);
  node.spec.achievement.formula = formula;
  node.spec.polarity = polarity;
  return node;
}

class Comparisons : public ::testing::Test {
protected:
  void roll(const PlainPlan& plain) {
    built_ = testing::build(plain);
    built_.model.documents[0].years = {2019, 2026};
    result_ = run_rollup(built_.model, built_.targets, built_.facts, {}, sink_);
  }
  ComparisonRow row(const std::string& code, const std::string& period, Comparison kind,
                    bool validated_only = false) const {
    const ExplainContext context{built_.model, built_.targets, built_.facts, result_};
    RowFilter filter;
    filter.code = code;
    filter.unit = "64";
    filter.period = Period::parse(period);
    filter.exact_values = true;
    const std::vector<ResultRow> rows = result_rows(context, filter, validated_only);
    for (const ResultRow& one : rows) {
      if (one.period != period) continue;
      const std::vector<ComparisonRow> compared = comparison_rows(context, {&one, 1}, {&kind, 1});
      EXPECT_EQ(compared.size(), 1U);
      return compared.front();
    }
    ADD_FAILURE() << "no row " << code << ":" << period;
    return {};
  }

  BuiltPlan built_;
  RollupResult result_;
  DiagnosticSink sink_;
};

// Reference vector TV-N2, Kalimantan Tengah 2023: the figures stand as targets in each of the four ways.
TEST_F(Comparisons, KaltengBySanitationTargets) {
  struct Case {
    const char* code;
    AchievementFormula formula;
    Polarity polarity;
    const char *target, *realised, *raw;
    bool met;
  };
  constexpr std::array<Case, 4> kCases{{
      {"N1", AchievementFormula::h1, Polarity::higher, "76", "76.31", "100.41", true},
      {"N2", AchievementFormula::h1, Polarity::higher, "7", "11.16", "159.43", true},
      {"N3-TA", AchievementFormula::l2, Polarity::lower, "2", "2.53", "79.05", false},
      {"N3-2TA", AchievementFormula::l1, Polarity::lower, "2", "2.53", "73.50", false},
  }};
  PlainPlan plain;
  for (const Case& one : kCases) {
    PlainNode node = measure(one.code, one.formula, one.polarity);
    node.spec.achievement.cap = dec("120");
    node.targets = {{"2023", one.target}, {"2026", one.target}};
    node.facts = {{"2022", one.target}, {"2023", one.realised}};
    plain.nodes.push_back(node);
    PlainNode nation = node;
    nation.unit = "00";
    nation.targets.clear();
    nation.facts = {{"2023", one.target}};
    plain.nodes.push_back(nation);
  }
  roll(plain);
  for (const Case& one : kCases) {
    for (const Comparison kind : kAll) {
      const ComparisonRow made = row(one.code, "2023", kind);
      EXPECT_EQ(made.comparison, to_string(kind));
      EXPECT_EQ(dec(made.row.target), dec(one.target)) << one.code << " " << made.comparison;
      EXPECT_EQ(made.row.achievement_raw, one.raw) << one.code << " " << made.comparison;
      // The cap of 120 bites on N2 alone, in every comparison.
      EXPECT_EQ(made.row.achievement, std::string(one.code) == "N2" ? "120.00" : one.raw) << made.comparison;
      EXPECT_EQ(dec(made.row.achievement_raw) >= dec("100"), one.met) << one.code;
      EXPECT_EQ(made.row.state, "nilai");
    }
  }
}

// Cases of 6 (weight 2) and 10 (weight 1) make 22/3 last year. This year is 7.5: 100 x 7.5 / (22/3) = 2250/22 =
// 102.2727; against the printed 7.33 it would be 102.32.
TEST_F(Comparisons, LastYearsFractionStandsExactly) {
  PlainPlan plain;
  PlainNode parent = measure("IKA", AchievementFormula::h1, Polarity::higher);
  parent.spec.aggregation = Aggregation::weighted_mean;
  parent.ties = {{1, "2"}, {2, "1"}};
  PlainNode child;
  child.code = "IKA";
  child.unit = "64/a";
  child.facts = {{"2024", "6"}, {"2025", "7.5"}};
  plain.nodes = {parent, child, child};
  plain.nodes[2].unit = "64/b";
  plain.nodes[2].facts = {{"2024", "10"}, {"2025", "7.5"}};
  roll(plain);
  const ComparisonRow made = row("IKA", "2025", Comparison::last_year);
  EXPECT_EQ(made.row.target, "7.33");
  EXPECT_EQ(made.against, "realisasi IKA@64:2024");
  EXPECT_EQ(made.row.achievement_raw, "102.27");
  EXPECT_EQ(made.row.exact_achievement, "1125/11");
}

TEST_F(Comparisons, BaselineFormulaIsScaledWithItsBaseline) {
  PlainPlan plain;
  PlainNode parent = measure("IKA", AchievementFormula::baseline, Polarity::higher);
  parent.spec.aggregation = Aggregation::weighted_mean;
  parent.ties = {{1, "2"}, {2, "1"}};
  parent.baseline = {2023, "5"};
  PlainNode child;
  child.code = "IKA";
  child.unit = "64/a";
  child.facts = {{"2024", "6"}, {"2025", "7.5"}};
  plain.nodes = {parent, child, child};
  plain.nodes[2].unit = "64/b";
  plain.nodes[2].facts = {{"2024", "10"}, {"2025", "7.5"}};
  roll(plain);
  // 100 (7.5 - 5) / (22/3 - 5) = 250 / (7/3) = 750/7 = 107.142857
  EXPECT_EQ(row("IKA", "2025", Comparison::last_year).row.exact_achievement, "750/7");
}

// Reference vector TV-W4: the definition of managed waste changed in 2019, so 2018 and 2019 are not compared.
TEST_F(Comparisons, GrowthAcrossADefinitionBreakIsRefused) {
  PlainPlan plain;
  PlainNode node = measure("SAMPAH", AchievementFormula::h1, Polarity::higher);
  node.spec.definition_since = 2019;
  node.spec.definition_version = 2;
  node.facts = {{"2018", "67.5"}, {"2019", "49.2"}, {"2020", "54.0"}};
  plain.nodes = {node};
  roll(plain);
  const ComparisonRow broken = row("SAMPAH", "2019", Comparison::last_year);
  EXPECT_EQ(broken.row.state, "didefinisi-ulang");
  EXPECT_EQ(broken.row.target, "67.50");  // shown, not compared
  EXPECT_EQ(broken.row.achievement, "");
  EXPECT_EQ(broken.row.achievement_raw, "");
  // 100 x 54 / 49.2 = 109.756
  EXPECT_EQ(row("SAMPAH", "2020", Comparison::last_year).row.achievement, "109.76");
}

TEST_F(Comparisons, NothingToCompareWithIsSaid) {
  PlainPlan plain;
  PlainNode node = measure("X", AchievementFormula::h1, Polarity::higher);
  node.facts = {{"2024", "5"}};
  plain.nodes = {node};
  roll(plain);
  for (const Comparison kind : kAll) {
    const ComparisonRow made = row("X", "2024", kind);
    EXPECT_EQ(made.row.state, "tanpa-pembanding") << made.comparison;
    EXPECT_EQ(made.row.target, "");
    EXPECT_EQ(made.row.achievement, "");
    EXPECT_EQ(made.against, "");
    EXPECT_EQ(made.row.realisation, "5.00");
  }
}

TEST_F(Comparisons, AMissingFigureKeepsItsState) {
  PlainPlan plain;
  PlainNode node = measure("X", AchievementFormula::h1, Polarity::higher);
  node.targets = {{"2024", "5"}, {"2026", "9"}};
  node.facts = {{"2023", "4"}};
  plain.nodes = {node};
  roll(plain);
  EXPECT_EQ(row("X", "2024", Comparison::plan_end).row.state, "kosong");
  EXPECT_EQ(row("X", "2024", Comparison::plan_end).row.target, "9");
  EXPECT_EQ(row("X", "2024", Comparison::last_year).row.target, "4.00");
  EXPECT_EQ(row("X", "2024", Comparison::last_year).row.achievement, "");
}

TEST_F(Comparisons, ZeroLastYearIsDecidedByTheZeroRule) {
  PlainPlan plain;
  PlainNode node = measure("X", AchievementFormula::h1, Polarity::higher);
  node.facts = {{"2023", "0"}, {"2024", "5"}};
  PlainNode lower = measure("Y", AchievementFormula::l1, Polarity::lower);
  lower.spec.achievement.on_zero_target = ZeroTargetRule::met_or_missed;
  lower.facts = {{"2023", "0"}, {"2024", "5"}};
  plain.nodes = {node, lower};
  roll(plain);
  EXPECT_EQ(row("X", "2024", Comparison::last_year).row.state, "tidak-berlaku");
  EXPECT_EQ(row("X", "2024", Comparison::last_year).row.achievement, "");
  EXPECT_EQ(row("Y", "2024", Comparison::last_year).row.achievement, "0.00");
}

TEST_F(Comparisons, PartOfAFlowIsNotComparedWithTheLastYearOfThePlan) {
  PlainPlan plain;
  PlainNode flow = measure("TON", AchievementFormula::h1, Polarity::higher);
  flow.spec.accumulation = Accumulation::increments;
  flow.spec.frequency = Granularity::quarter;
  flow.targets = {{"2024", "100"}, {"2026", "200"}};
  flow.facts = {{"2024-TW1", "25"}, {"2024-TW2", "25"}, {"2024-TW3", "25"}, {"2024-TW4", "25"}};
  PlainNode level = flow;
  level.code = "INDEKS";
  level.spec.accumulation = Accumulation::position;
  plain.nodes = {flow, level};
  roll(plain);
  EXPECT_EQ(row("TON", "2024-TW1", Comparison::plan_end).row.state, "tanpa-pembanding");
  EXPECT_EQ(row("TON", "2024", Comparison::plan_end).row.achievement, "50.00");         // 100 of 200
  EXPECT_EQ(row("INDEKS", "2024-TW1", Comparison::plan_end).row.achievement, "12.50");  // 25 of 200
}

TEST_F(Comparisons, BaselineTellsTheYearBeforeThePlan) {
  PlainPlan plain;
  PlainNode node = measure("X", AchievementFormula::h1, Polarity::higher);
  node.baseline = {2023, "4"};
  node.facts = {{"2024", "5"}};
  plain.nodes = {node};
  roll(plain);
  const ComparisonRow made = row("X", "2024", Comparison::last_year);
  EXPECT_EQ(made.against, "baseline X@64:2023");
  EXPECT_EQ(made.row.achievement, "125.00");
}

TEST_F(Comparisons, NationByDeclaredAddressAndByTargetWithoutAFigure) {
  PlainPlan plain;
  PlainNode node = measure("X", AchievementFormula::h1, Polarity::higher);
  node.facts = {{"2024", "5"}};
  PlainNode nation = measure("X-NAS", AchievementFormula::none, Polarity::higher);
  nation.unit = "00";
  nation.targets = {{"2024", "8"}};
  plain.nodes = {node, nation};
  roll(plain);
  EXPECT_EQ(row("X", "2024", Comparison::nation).row.state, "tanpa-pembanding");
  for (Item& item : built_.model.items) item.national = item.code == "X" ? "X-NAS@00" : "";
  const ComparisonRow made = row("X", "2024", Comparison::nation);
  EXPECT_EQ(made.against, "target X-NAS@00:2024");
  EXPECT_EQ(made.row.achievement, "62.50");  // 5 of 8
}

TEST_F(Comparisons, EachLaneComparesItsOwnFigures) {
  PlainPlan plain;
  PlainNode parent = measure("X", AchievementFormula::h1, Polarity::higher);
  parent.spec.aggregation = Aggregation::sum;
  parent.spec.accumulation = Accumulation::increments;
  parent.ties = {{1}, {2}};
  PlainNode child;
  child.code = "X";
  child.unit = "64/a";
  child.spec.accumulation = Accumulation::increments;
  child.facts = {{"2023", "10"}, {"2024", "20"}};
  plain.nodes = {parent, child, child};
  plain.nodes[2].unit = "64/b";
  plain.nodes[2].facts = {{"2023", "10", false}, {"2024", "30"}};
  roll(plain);
  EXPECT_EQ(row("X", "2024", Comparison::last_year).row.achievement, "250.00");        // 50 of 20
  EXPECT_EQ(row("X", "2024", Comparison::last_year, true).row.achievement, "500.00");  // 50 of 10
}

std::vector<testing::PlainFact> months(int year, int last) {
  std::vector<testing::PlainFact> facts;
  for (int month = 1; month <= last; ++month)
    facts.push_back({Period(year, Granularity::month, month).to_string(), "10"});
  return facts;
}

TEST_F(Comparisons, MissingMonthsAreSaidAsInTheResultRows) {
  const auto rolled = [&](int last_year, int this_year) {
    PlainPlan plain;
    PlainNode flow = measure("TON", AchievementFormula::h1, Polarity::higher);
    flow.spec.accumulation = Accumulation::increments;
    flow.spec.frequency = Granularity::month;
    flow.targets = {{"2024", "100"}, {"2026", "200"}};
    flow.facts = months(2023, last_year);
    for (testing::PlainFact& fact : months(2024, this_year)) flow.facts.push_back(std::move(fact));
    PlainNode nation = flow;
    nation.unit = "00";
    nation.targets.clear();
    nation.facts = months(2024, 3);
    plain.nodes = {flow, nation};
    roll(plain);
  };
  rolled(12, 6);
  EXPECT_EQ(row("TON", "2024", Comparison::year).row.state, "sebagian (6 dari 12 bulan)");
  EXPECT_EQ(row("TON", "2024", Comparison::plan_end).row.state, "sebagian (6 dari 12 bulan)");
  EXPECT_EQ(row("TON", "2024", Comparison::last_year).row.state, "sebagian (6 dari 12 bulan)");
  EXPECT_EQ(row("TON", "2024", Comparison::last_year).row.achievement, "50.00");  // 60 of 120
  EXPECT_EQ(row("TON", "2024", Comparison::nation).row.state,
            "sebagian (6 dari 12 bulan); pembanding sebagian (3 dari 12 bulan)");
  rolled(9, 6);
  EXPECT_EQ(row("TON", "2024", Comparison::last_year).row.state,
            "sebagian (6 dari 12 bulan); pembanding sebagian (9 dari 12 bulan)");
  rolled(9, 12);
  EXPECT_EQ(row("TON", "2024", Comparison::year).row.state, "nilai");
  EXPECT_EQ(row("TON", "2024", Comparison::last_year).row.state, "nilai; pembanding sebagian (9 dari 12 bulan)");
  // Nothing compared: the reason alone.
  EXPECT_EQ(row("TON", "2023", Comparison::last_year).row.state, "tanpa-pembanding");
}

TEST_F(Comparisons, UnitsMissingLastYearAreSaid) {
  PlainPlan plain;
  PlainNode parent = measure("X", AchievementFormula::h1, Polarity::higher);
  parent.spec.aggregation = Aggregation::weighted_mean;
  parent.ties = {{1}, {2}};
  PlainNode child;
  child.code = "X";
  child.unit = "64/a";
  child.facts = {{"2023", "10"}, {"2024", "20"}};
  plain.nodes = {parent, child, child};
  plain.nodes[2].unit = "64/b";
  plain.nodes[2].facts = {{"2024", "30"}};
  roll(plain);
  const ComparisonRow made = row("X", "2024", Comparison::last_year);
  EXPECT_EQ(made.row.achievement, "250.00");  // 25 of 10
  EXPECT_EQ(made.row.state, "nilai; pembanding sebagian (1 dari 2 unit)");
  plain.nodes[2].facts.push_back({"2023", "10"});
  roll(plain);
  EXPECT_EQ(row("X", "2024", Comparison::last_year).row.state, "nilai");
}

TEST(ComparisonWords, AreReadInTheOrderAsked) {
  std::string unknown;
  const auto asked = parse_comparisons("nasional, tahunan,nasional", &unknown);
  ASSERT_TRUE(asked);
  EXPECT_EQ(*asked, (std::vector<Comparison>{Comparison::nation, Comparison::year}));
  EXPECT_FALSE(parse_comparisons("tahunan,tahunlalu", &unknown));
  EXPECT_EQ(unknown, "tahunlalu");
  EXPECT_FALSE(parse_comparisons("", &unknown));
  EXPECT_FALSE(parse_comparisons("akhir,", &unknown));
}

TEST_F(Comparisons, WritersPutTheColumnsAtTheEnd) {
  PlainPlan plain;
  PlainNode node = measure("X", AchievementFormula::h1, Polarity::higher);
  node.facts = {{"2024", "5"}};
  node.targets = {{"2024", "4"}};
  plain.nodes = {node};
  roll(plain);
  const std::vector<ComparisonRow> rows{row("X", "2024", Comparison::year), row("X", "2024", Comparison::nation)};
  WriteOptions options;
  options.format = OutputFormat::csv;
  const std::string csv = write_rows(rows, options);
  EXPECT_NE(csv.find(",banding,pembanding\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",tahunan,target X@64:2024\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",nasional,\n"), std::string::npos) << csv;
  options.format = OutputFormat::json;
  EXPECT_NE(write_rows(rows, options).find("\"banding\": \"tahunan\""), std::string::npos) << write_rows(rows, options);
}

}  // namespace comparison_test
}  // namespace jenjang
