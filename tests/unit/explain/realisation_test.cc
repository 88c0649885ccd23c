#include <gtest/gtest.h>

#include "tests/unit/explain/explain_fixture.h"

namespace jenjang::testing {
namespace realisation_test {

TEST(ExplainRealisation, WeightedMeanAddsUpAndSaysHowItWasRounded) {
  // 0.340 x 53.70 + 0.428 x 89.06 + 0.133 x 79.76 + 0.099 x 83.51
  //   = 18.258 + 38.11768 + 10.60808 + 8.26749 = 75.25125, printed 75.25
  ExplainFixture f;
  const UnitId province = f.unit("64");
  const VertexId total = f.node(f.item("IKLH", measure_spec(Aggregation::weighted_mean)), province);
  const std::vector<std::array<const char*, 3>> parts{
      {"IKA", "0.340", "53.70"}, {"IKU", "0.428", "89.06"}, {"IKL", "0.133", "79.76"}, {"IKAL", "0.099", "83.51"}};
  for (const auto& [code, weight, value] : parts) {
    f.formula(total, f.node(f.item(code, measure_spec()), province), dec(weight));
    f.fact(code, "64", "2020", value);
  }
  f.evaluate();
  const auto tree = f.tree(total, "2020", ExplainWhat::realisation);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->address, "IKLH@64:2020");
  EXPECT_EQ(tree->value, "75.25 indeks");
  EXPECT_EQ(tree->exact, "75.25125");
  EXPECT_EQ(tree->rule, "rata-rata tertimbang");
  ASSERT_EQ(tree->inputs.size(), 4U);
  EXPECT_EQ(contributions(*tree), Rational(dec("75.25125")));
  EXPECT_EQ(tree->inputs[1].contribution, "38.11768");
  EXPECT_EQ(tree->inputs[1].weight, "0.428 dari 1");
  EXPECT_TRUE(has_note(*tree, "dibulatkan dari 75.25125 menjadi 75.25 (setengah-ke-atas/2)"));
  // Every leaf ends at the row that was reported.
  ASSERT_EQ(tree->inputs[0].inputs.size(), 1U);
  EXPECT_TRUE(tree->inputs[0].inputs[0].places[0].valid());
  EXPECT_FALSE(has_note(*tree, "tidak dapat dirunut"));
}

TEST(ExplainRealisation, RatioTracesNumeratorsOverTheSharedDenominator) {
  // (30 + 10) / (60 + 40) = 40 %: 30 and 10 points.
  ExplainFixture f;
  const UnitId province = f.unit("64"), first = f.unit("64.01"), second = f.unit("64.02");
  MeasureSpec ratio = measure_spec(Aggregation::ratio);
  ratio.factor = Decimal(100);
  ratio.unit_name = "persen";
  const ItemId item = f.item("KELOLA", ratio);
  const ItemId managed = f.item("TON", measure_spec(Aggregation::leaf, Accumulation::increments), ItemKind::operand);
  const ItemId produced =
      f.item("TIMBULAN", measure_spec(Aggregation::leaf, Accumulation::increments), ItemKind::operand);
  const VertexId total = f.node(item, province);
  for (const UnitId unit : {first, second}) {
    const VertexId child = f.node(item, unit);
    f.formula(total, child);
    f.formula(child, f.node(managed, unit), Decimal(1), Carry::value, EdgeRole::numerator);
    f.formula(child, f.node(produced, unit), Decimal(1), Carry::value, EdgeRole::denominator);
  }
  f.fact("TON", "64.01", "2022", "30");
  f.fact("TIMBULAN", "64.01", "2022", "60");
  f.fact("TON", "64.02", "2022", "10").validated = false;
  f.fact("TIMBULAN", "64.02", "2022", "40").validated = false;
  f.evaluate();
  const auto tree = f.tree(total, "2022", ExplainWhat::realisation);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->value, "40.00 persen");
  EXPECT_EQ(contributions(*tree), Rational(40));
  EXPECT_TRUE(has_note(*tree, "pembilang 40, penyebut 100"));
  ASSERT_EQ(tree->inputs.size(), 2U);
  EXPECT_EQ(tree->inputs[0].contribution, "30");
  EXPECT_EQ(tree->inputs[0].weight, "60 dari penyebut 100");
  // One level down: 30/60 of its own.
  EXPECT_EQ(contributions(tree->inputs[0]), Rational(50));
  EXPECT_TRUE(has_note(*tree, "tersentuh fakta yang belum divalidasi"));
  // The validated lane holds the first district only.
  ExplainOptions validated;
  validated.lane = Lane::validated;
  const auto checked = f.tree(total, "2022", ExplainWhat::realisation, validated);
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->value, "50.00 persen");
  EXPECT_EQ(contributions(*checked), Rational(50));
  EXPECT_TRUE(has_note(*checked, "cakupan 1 dari 2"));
}

TEST(ExplainRealisation, MonthsMakeTheYearByTheirKind) {
  struct Case {
    Accumulation kind;
    const char* year;
    const char* contributions;
  };
  // 4, 7, 7: summed 18, last 7, mean 6, largest 7 (the first of equals).
  for (const Case& c : {Case{Accumulation::increments, "18", "4 7 7"}, Case{Accumulation::position, "7", "- - 7"},
                        Case{Accumulation::average, "6", "4/3 7/3 7/3"}, Case{Accumulation::peak, "7", "- 7 -"}}) {
    ExplainFixture f;
    MeasureSpec spec = measure_spec(Aggregation::leaf, c.kind);
    spec.frequency = Granularity::month;
    const VertexId node = f.node(f.item("ADUAN", spec), f.unit("64"));
    f.fact("ADUAN", "64", "2024-01", "4");
    f.fact("ADUAN", "64", "2024-02", "7");
    f.fact("ADUAN", "64", "2024-03", "7");
    f.evaluate();
    const auto tree = f.tree(node, "2024", ExplainWhat::realisation);
    ASSERT_TRUE(tree) << c.year;
    EXPECT_EQ(tree->exact, c.year);
    ASSERT_EQ(tree->inputs.size(), 3U);
    std::string found;
    for (const ExplanationNode& input : tree->inputs) {
      if (!found.empty()) found += " ";
      found += input.contribution.empty() ? "-" : input.contribution;
    }
    EXPECT_EQ(found, c.contributions);
    EXPECT_EQ(contributions(*tree), Rational(dec(c.year)));
    EXPECT_EQ(tree->inputs[1].address, "ADUAN@64:2024-02");
  }
}

TEST(ExplainRealisation, SaysWhatIsMissing) {
  ExplainFixture f;
  const UnitId province = f.unit("64");
  const ItemId item = f.item("IKLH", measure_spec(Aggregation::weighted_mean));
  const VertexId total = f.node(item, province);
  const VertexId one = f.node(f.item("A", measure_spec()), province);
  const VertexId two = f.node(f.item("B", measure_spec()), province);
  f.formula(total, one, dec("0.5"));
  f.formula(total, two, dec("0.5"));
  f.fact("A", "64", "2024", "80").illustrative = true;
  f.evaluate();
  const auto tree = f.tree(total, "2024", ExplainWhat::realisation);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->exact, "80");  // `lewati`: the mean of those who reported
  EXPECT_EQ(contributions(*tree), Rational(80));
  EXPECT_TRUE(has_note(*tree, "cakupan 1 dari 2"));
  EXPECT_TRUE(has_note(*tree, "1 anak tanpa angka (aturan data hilang: lewati)"));
  EXPECT_EQ(tree->labels, std::vector<std::string>{"ilustratif"});
  ASSERT_EQ(tree->inputs.size(), 2U);
  EXPECT_EQ(tree->inputs[1].value, "kosong");
  EXPECT_EQ(tree->inputs[1].contribution, "");
}

TEST(ExplainRealisation, LimitsAreSaidNeverSilent) {
  ExplainFixture f;
  const UnitId province = f.unit("64");
  const VertexId total = f.node(f.item("T", measure_spec(Aggregation::sum)), province);
  for (const char* code : {"A", "B", "C"}) {
    f.formula(total, f.node(f.item(code, measure_spec()), province));
    f.fact(code, "64", "2024", "1");
  }
  f.evaluate();
  ExplainOptions narrow;
  narrow.max_inputs = 2;
  const auto tree = f.tree(total, "2024", ExplainWhat::realisation, narrow);
  EXPECT_EQ(tree->inputs.size(), 2U);
  EXPECT_EQ(tree->inputs_left_out, 1U);
  ExplainOptions shallow;
  shallow.max_depth = 0;
  EXPECT_TRUE(has_note(*f.tree(total, "2024", ExplainWhat::realisation, shallow), "dipotong"));
  EXPECT_FALSE(f.tree(total, "2019", ExplainWhat::realisation));
}

}  // namespace realisation_test
}  // namespace jenjang::testing
