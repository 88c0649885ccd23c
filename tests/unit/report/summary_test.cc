#include "jenjang/report/summary.h"

#include <gtest/gtest.h>

#include "jenjang/report/report.h"

#include "tests/unit/explain/explain_fixture.h"

namespace jenjang::testing {
namespace summary_test {

std::string summary_of(ExplainFixture& f, Language language = Language::indonesian) {
  const ExplainContext context = f.context();
  const std::vector<CoherenceOutcome> coherence = check_coherence(context.model, context.targets);
  const std::vector<Diagnostic> findings;
  SummaryInput input{.context = context,
                     .coherence = coherence,
                     .findings = findings,
                     .code = "UJI",
                     .title = "Rencana uji",
                     .as_of = {},
                     .feed_files = 1,
                     .journal = {},
                     .packs = {},
                     .worksheets = {},
                     .outputs = {{"hasil/rollup.csv", "semua angka"}},
                     .targets_as_realised = false,
                     .lane_gate = {},
                     .language = language};
  return write_summary(input);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Two districts of a province, tonnes managed over tonnes produced; one not validated.
struct Waste : ExplainFixture {
  Waste() {
    const UnitId province = unit("64"), first = unit("64.01", "6401"), second = unit("64.02", "6403");
    MeasureSpec ratio = measure_spec(Aggregation::ratio);
    ratio.factor = Decimal(100);
    ratio.unit_name = "persen";
    const ItemId measure = item("KELOLA", ratio);
    const MeasureSpec tonnes = measure_spec(Aggregation::leaf, Accumulation::increments);
    const ItemId managed = item("TON", tonnes, ItemKind::operand),
                 produced = item("TIMBULAN", tonnes, ItemKind::operand);
    total = node(measure, province);
    for (const UnitId district : {first, second}) {
      const VertexId child = node(measure, district);
      formula(total, child);
      formula(child, node(managed, district), Decimal(1), Carry::value, EdgeRole::numerator);
      formula(child, node(produced, district), Decimal(1), Carry::value, EdgeRole::denominator);
    }
    // 64.01: 30 of 60, validated; 64.02 (BPS 6403): 10 of 40, draft.
    fact("TON", "64.01", "2022", "30");
    fact("TIMBULAN", "64.01", "2022", "60");
    for (const auto& [code, tons] : {std::pair{"TON", "10"}, std::pair{"TIMBULAN", "40"}}) {
      Observation& row = fact(code, "6403", "2022", tons);
      row.authority = RegionAuthority::bps;
      row.validated = false;
      row.illustrative = true;
    }
    state(total, Period::year(2022), dec("40"));
    evaluate();
  }
  VertexId total;
};

TEST(Summary, ShowsBothLanesSideBySideAndTheRegionJoin) {
  Waste f;
  const std::string text = summary_of(f);
  EXPECT_TRUE(holds(text, "RINGKASAN KINERJA\nRencana uji (UJI)\n")) << text;
  EXPECT_TRUE(holds(text, "kode BPS: 2 dari 2 baris menemukan ukurannya")) << text;
  EXPECT_TRUE(holds(text, "kode Kemendagri: 2 dari 2 baris menemukan ukurannya")) << text;
  // 40/100 with both; 30/60 with the validated one, which holds 60 of the 100 tonnes.
  EXPECT_TRUE(holds(text, "KELOLA@64:2022: semua 40.00 (2 dari 2")) << text;
  EXPECT_TRUE(holds(text, "tervalidasi 50.00 (1 dari 2, bobot 60.00 %)")) << text;
  EXPECT_TRUE(holds(text, "[ilustratif]")) << text;
  EXPECT_TRUE(holds(text, "hasil/rollup.csv: semua angka")) << text;
  EXPECT_TRUE(holds(summary_of(f, Language::english), "PERFORMANCE SUMMARY"));
}

TEST(Summary, CountsGradesAndNeverCallsAGapABadGrade) {
  ExplainFixture f;
  const UnitId province = f.unit("64");
  Scale scale;
  scale.kind = Scale::Kind::grades;
  scale.id = "uji/tingkat";
  scale.grades = {{"Sangat Baik", std::nullopt, {}}, {"Baik", std::nullopt, {}}};
  f.model().scales.push_back(scale);
  MeasureSpec spec = measure_spec(Aggregation::minimum);
  spec.polarity = Polarity::grade;
  spec.grade_scale = ScaleId(0);
  spec.achievement.formula = AchievementFormula::none;
  MeasureSpec leaf = spec;
  leaf.aggregation = Aggregation::leaf;
  const VertexId total = f.node(f.item("LAPOR", spec), province);
  const ItemId below = f.item("LAPOR-KAB", leaf);
  for (const char* path : {"64.01", "64.02", "64.03"}) {
    f.formula(total, f.node(below, f.unit(path)));
    f.model().units.edit(*f.model().units.find(path)).kind = "kabkota";
  }
  f.fact("LAPOR-KAB", "64.01", "2023", "Baik");
  f.fact("LAPOR-KAB", "64.03", "2023", "Sangat Baik");
  f.evaluate();
  const std::string text = summary_of(f);
  EXPECT_TRUE(holds(text, "LAPOR-KAB 2023, kabkota: 2 dari 3 berpredikat; 1 tidak ada data (64.02)")) << text;
  EXPECT_TRUE(holds(text, "Tidak ada data bukan predikat buruk.")) << text;
}

TEST(Summary, SaysWhereASeriesBreaks) {
  ExplainFixture f;
  MeasureSpec spec = measure_spec();
  spec.definition_version = 2;
  spec.definition_since = 2025;
  f.node(f.item("KELOLA", spec), f.unit("64"));
  f.fact("KELOLA", "64", "2022", "87.03").definition_version = 1;
  f.fact("KELOLA", "64", "2025", "42.53").definition_version = 2;
  f.evaluate();
  const std::string text = summary_of(f);
  EXPECT_TRUE(
      holds(text, "KELOLA@64: definisi versi 2 sejak 2025; deret terputus. Sebelumnya, tidak sebanding: 2022 87.03"))
      << text;
  EXPECT_TRUE(holds(text, "Sesudahnya: 2025 42.53")) << text;
}

TEST(ResultRows, PrintBothLanesAndTheExactFigures) {
  Waste f;
  RowFilter filter;
  filter.code = "KELOLA";
  filter.unit = "64";
  filter.exact_values = true;
  const auto all = result_rows(f.context(), filter, false);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].address, "KELOLA@64:2022");
  EXPECT_EQ(all[0].document, "RPD-64");
  EXPECT_EQ(all[0].realisation, "40.00");
  EXPECT_EQ(all[0].exact_realisation, "40");
  EXPECT_EQ(all[0].achievement, "100.00");
  EXPECT_EQ(all[0].covered + "/" + all[0].expected, "2/2");
  EXPECT_EQ(all[0].touched_unvalidated, "ya");
  EXPECT_EQ(all[0].lane, "semua");
  EXPECT_EQ(all[0].labels, "ilustratif");
  const auto validated = result_rows(f.context(), filter, true);
  ASSERT_EQ(validated.size(), 1U);
  EXPECT_EQ(validated[0].realisation, "50.00");
  EXPECT_EQ(validated[0].covered_weight, "60.00");
  EXPECT_EQ(validated[0].lane, "tervalidasi");
  EXPECT_EQ(lane_difference_rows(f.context(), filter).size(), 1U);
  filter.unit = "64.01";
  EXPECT_TRUE(lane_difference_rows(f.context(), filter).empty());
}

TEST(PrintedFigures, AreDecidedExactlyAtTheEdgeOfADigit) {
  // 2.675 / 100 x 100: the double lies below 2.675 and would print 2.67; the decimal prints 2.68.
  ExplainFixture f;
  MeasureSpec spec = measure_spec();
  f.node(f.item("X", spec), f.unit("64"));
  f.fact("X", "64", "2024", "2.675");
  f.evaluate();
  const auto rows = result_rows(f.context(), {}, false);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].realisation, "2.68");
}

}  // namespace summary_test
}  // namespace jenjang::testing
