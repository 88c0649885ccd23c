// Published achievements of regional reports, recomputed exactly from their printed inputs.
//
// data/planning-rows.csv; `cocok` = tidak marks figures that no rounding of the formula reproduces
// (typing slips, inputs printed rounded, stale tables); each says why. They must stay mismatches: an
// engine that reproduced them would have been bent to do so. Sources are in data/planning-sources.csv.
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "jenjang/base/text.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/source/csv_reader.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {
namespace planning_rows_test {

const std::string kData = std::string(JENJANG_SOURCE_DIR) + "/tests/conformance/data/";

template <class Enum>
Enum word(std::span<const std::string_view> words, std::string_view text) {
  const auto found = std::find(words.begin(), words.end(), text);
  EXPECT_NE(found, words.end()) << text;
  return static_cast<Enum>(found - words.begin());
}

class PlanningRowsTest : public ::testing::Test {
protected:
  std::optional<CsvTable> read(const std::string& name) {
    std::ifstream in(kData + name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return parse_csv(sources_.add(name, text.str()), sources_, {}, sink_);
  }
  void SetUp() override {
    table_ = read("planning-rows.csv");
    ASSERT_TRUE(table_.has_value());
    ASSERT_EQ(table_->row_count(), 67U);
  }
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
    return std::string(table_->cell(row, *table_->column(column)).text);
  }

  // The figure of one row before rounding.
  [[nodiscard]] Rational figure(std::size_t row) const {
    const std::string formula = text(row, "rumus");
    if (formula == "RATA-RATA") return mean(text(row, "realisasi"));
    if (formula == "SELISIH") return difference(text(row, "target"), text(row, "realisasi"));
    AchievementSpec spec;
    spec.formula = word<AchievementFormula>(achievement_formula_words(), formula);
    const auto polarity = word<Polarity>(polarity_words(), text(row, "polaritas"));
    Target target;
    Rational realised;
    if (polarity == Polarity::grade) {
      // The grades of the row itself, as ranks: equal labels have equal ranks.
      target = Target(Decimal(1));
      realised = Rational(text(row, "realisasi") == text(row, "target") ? 1 : 0);
    } else {
      target = *Target::parse(text(row, "target"));
      realised = Rational(dec(text(row, "realisasi")));
    }
    const auto outcome = achievement_exact(spec, polarity, realised, target, std::nullopt);
    EXPECT_TRUE(outcome.raw) << text(row, "id");
    return outcome.raw.value_or(Rational());
  }

  // A mean by the engine, not by this test: one goal over measures that already are percentages.
  static Rational mean(const std::string& members) {
    PlainPlan plan;
    PlainNode goal;
    goal.code = "S";
    goal.kind = ItemKind::objective;
    for (const std::string_view member : split(members, ';')) {
      PlainNode node;
      node.code = "I" + std::to_string(plan.nodes.size());
      node.spec.polarity = Polarity::higher;
      node.spec.achievement.formula = AchievementFormula::h1;
      node.targets = {{"2024", "100"}};
      node.facts = {{"2024", std::string(member)}};
      goal.ties.push_back({plan.nodes.size(), "1", Carry::achievement});
      plan.nodes.push_back(std::move(node));
    }
    plan.nodes.push_back(goal);
    const BuiltPlan built = build(plan);
    ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
    return exact.value(built.node.back(), Period::year(2024)).value_or(Rational());
  }

  // Achievement minus absorption, as a sum with a negative weight.
  static Rational difference(const std::string& achieved, const std::string& absorbed) {
    PlainPlan plan;
    PlainNode efficiency;
    efficiency.code = "EFISIENSI";
    efficiency.spec.aggregation = Aggregation::sum;
    efficiency.ties = {{0, "1"}, {1, "-1"}};
    PlainNode capaian, serapan;
    capaian.code = "CAPAIAN";
    capaian.facts = {{"2020", achieved}};
    serapan.code = "SERAPAN";
    serapan.facts = {{"2020", absorbed}};
    plan.nodes = {capaian, serapan, efficiency};
    const BuiltPlan built = build(plan);
    ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
    return exact.value(built.node.back(), Period::year(2020)).value_or(Rational());
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  std::optional<CsvTable> table_;
};

TEST_F(PlanningRowsTest, PublishedFiguresFollowFromTheirInputs) {
  std::size_t reproduced = 0;
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    if (text(row, "cocok") != "ya") continue;
    const auto mode = parse_rounding_mode(text(row, "pembulatan"));
    ASSERT_TRUE(mode);
    const Rounding rounding{*mode, std::stoi(text(row, "desimal"))};
    EXPECT_EQ(round(figure(row), rounding).to_string(), text(row, "tercetak")) << text(row, "id");
    ++reproduced;
  }
  EXPECT_EQ(reproduced, 55U);
}

TEST_F(PlanningRowsTest, TruncatedRowsAreNotRoundedRows) {
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    if (text(row, "pembulatan") != "potong") continue;
    const Rounding half_up{RoundingMode::half_up, std::stoi(text(row, "desimal"))};
    EXPECT_NE(round(figure(row), half_up).to_string(), text(row, "tercetak")) << text(row, "id");
  }
}

TEST_F(PlanningRowsTest, MismatchesStayMismatchesAndSayWhy) {
  std::size_t mismatched = 0;
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    if (text(row, "cocok") != "tidak") continue;
    ++mismatched;
    EXPECT_FALSE(text(row, "catatan").empty()) << text(row, "id");
    for (const RoundingMode mode :
         {RoundingMode::half_up, RoundingMode::half_even, RoundingMode::truncate, RoundingMode::ceiling}) {
      const Rounding rounding{mode, std::stoi(text(row, "desimal"))};
      EXPECT_NE(round(figure(row), rounding).to_string(), text(row, "tercetak")) << text(row, "id");
    }
  }
  EXPECT_EQ(mismatched, 12U);
}

TEST_F(PlanningRowsTest, EveryRowHasItsSource) {
  const auto sources = read("planning-sources.csv");
  ASSERT_TRUE(sources);
  std::set<std::string> known;
  for (std::size_t row = 0; row < sources->row_count(); ++row) {
    known.emplace(sources->cell(row, *sources->column("sumber")).text);
  }
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    EXPECT_TRUE(known.count(text(row, "sumber")) == 1) << text(row, "id");
  }
}

// Polewali Mandar sums some measures over the periods of a year and keeps the last value of others,
// on one sheet: the kind belongs to the measure (rows T031, T032, T053).
TEST_F(PlanningRowsTest, PeriodsMakeTheYearByKind) {
  PlainPlan plan;
  PlainNode documents;
  documents.code = "RANPERDA";
  documents.spec.accumulation = Accumulation::increments;
  documents.facts = {{"2022-TW1", "1"}, {"2022-TW2", "0"}, {"2022-TW3", "2"}};
  PlainNode budget = documents;
  budget.code = "SERAPAN";
  budget.facts = {
      {"2022-TW1", "177776900"}, {"2022-TW2", "217285100"}, {"2022-TW3", "159227092"}, {"2022-TW4", "446683866"}};
  PlainNode rate = documents;
  rate.code = "TEPAT-WAKTU";
  rate.spec.accumulation = Accumulation::position;
  rate.facts = {{"2022-TW1", "40"}, {"2022-TW4", "93"}};
  plan.nodes = {documents, budget, rate};
  const BuiltPlan built = build(plan);
  ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all);
  EXPECT_EQ(exact.value(built.node[0], Period::year(2022)), Rational(3));
  EXPECT_EQ(exact.value(built.node[1], Period::year(2022)), Rational(std::int64_t{1000972958}));
  EXPECT_EQ(exact.value(built.node[2], Period::year(2022)), Rational(93));
}

}  // namespace planning_rows_test
}  // namespace jenjang::testing
