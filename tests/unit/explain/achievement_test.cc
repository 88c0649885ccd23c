#include <gtest/gtest.h>

#include "tests/unit/explain/explain_fixture.h"

namespace jenjang::testing {
namespace achievement_test {

TEST(ExplainAchievement, KeepsRawAndCappedApart) {
  // 49.635 / 20 = 248.175 %, printed 248.18; capped at 120.
  ExplainFixture f;
  MeasureSpec spec = measure_spec();
  spec.achievement.cap = Decimal(120);
  const VertexId node = f.node(f.item("GRK", spec), f.unit("64"));
  f.state(node, Period::year(2022), dec("20"));
  f.fact("GRK", "64", "2022", "49.635");
  f.evaluate();
  const auto tree = f.tree(node, "2022", ExplainWhat::achievement);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->value, "120.00 %");
  EXPECT_EQ(tree->rule, "H1 = 100 R/T");
  EXPECT_TRUE(has_note(*tree, "mentah 248.18 % (248.175); dibatasi pada 120 %"));
  ASSERT_EQ(tree->inputs.size(), 2U);
  EXPECT_EQ(tree->inputs[0].weight, "R");
  EXPECT_EQ(tree->inputs[1].weight, "T");
  EXPECT_EQ(tree->inputs[1].inputs[0].rule, "RPD RPD-64, ditetapkan");
}

TEST(ExplainAchievement, NamesBandNextBandAndGate) {
  // 78.74 is BB; above 80 printed to two decimals begins at 80.01: 1.27 to go.
  ExplainFixture f;
  MeasureSpec spec = measure_spec();
  Scale scale;
  scale.id = "uji/predikat";
  scale.pack = "uji";
  scale.article = "pasal 1";
  scale.bands = {
      {"A", "Memuaskan", Decimal(80), {}}, {"BB", "Sangat Baik", Decimal(70), {}}, {"B", "Baik", std::nullopt, {}}};
  f.model().scales.push_back(scale);
  spec.value_bands = ScaleId(0);
  Gate gate;
  gate.id = "gerbang-A";
  gate.label = "A";
  gate.pack = "uji";
  gate.article = "pasal 2";
  gate.unverified = true;
  gate.requirements = {{"utama", "A", 3}};
  f.model().gates[0] = {gate};
  const VertexId node = f.node(f.item("SAKIP", spec), f.unit("64"));
  f.state(node, Period::year(2024), dec("78.50"));
  f.fact("SAKIP", "64", "2024", "78.74");
  f.evaluate();
  const auto tree = f.tree(node, "2024", ExplainWhat::realisation);
  ASSERT_TRUE(tree);
  EXPECT_TRUE(has_note(*tree, "predikat BB, skala uji/predikat"));
  EXPECT_TRUE(
      has_note(*tree, "baris skala BB (Sangat Baik): di atas 70 sampai 80; diputuskan pada setengah-ke-atas/2"));
  EXPECT_TRUE(has_note(*tree, "1.27 lagi menuju A, angka terkecil 80.01"));
  EXPECT_TRUE(has_note(*tree, "gerbang A: belum diputuskan (utama minimal A: 0 dari 3 (0 dilaporkan))"));
  EXPECT_TRUE(has_note(*tree, "aturan gerbang ini belum diverifikasi"));
  EXPECT_EQ(tree->articles, (std::vector<std::string>{"uji: pasal 1", "uji: pasal 2"}));
}

TEST(ExplainTarget, FollowsACascadedMonthToItsStatement) {
  // 10 split by 1 : 2 = 10/3 and 20/3, rounded to whole numbers 3 and 7.
  ExplainFixture f;
  const UnitId province = f.unit("64"), first = f.unit("64/a"), second = f.unit("64/b");
  MeasureSpec spec = measure_spec(Aggregation::sum, Accumulation::increments);
  spec.frequency = Granularity::quarter;
  spec.step = Decimal(1);
  const ItemId item = f.item("ADUAN", spec);
  const VertexId total = f.node(item, province), a = f.node(item, first), b = f.node(item, second);
  f.formula(total, a);
  f.formula(total, b);
  f.family({total, {a, b}, rule("proporsional"), {Decimal(1), Decimal(2)}, {}, false});
  f.state(total, Period::year(2024), Decimal(10));
  f.evaluate();
  const auto year = f.tree(b, "2024", ExplainWhat::target);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->value, "7 indeks");
  EXPECT_EQ(year->rule, "proporsional menurut penduduk");
  EXPECT_TRUE(has_note(*year, "penduduk 2 dari 3"));
  EXPECT_TRUE(has_note(*year, "bagian sebelum pembulatan 20/3; dibulatkan ke langkah menjadi 7"));
  EXPECT_TRUE(has_note(*year, "kembali tepat ke induknya"));
  ASSERT_EQ(year->inputs.size(), 1U);
  EXPECT_EQ(year->inputs[0].address, "ADUAN@64:2024");
  EXPECT_EQ(year->inputs[0].inputs[0].address, "RPD-64#ADUAN@64:2024");
  const auto quarter = f.tree(b, "2024-TW1", ExplainWhat::target);
  ASSERT_TRUE(quarter);
  EXPECT_NE(quarter->rule.find("dibagi dalam waktu dari 2024"), std::string::npos);
  EXPECT_EQ(quarter->inputs[0].address, "ADUAN@64/b:2024");
}

TEST(ExplainStatement, SaysWhatADocumentSaysAndWhatIsInForce) {
  ExplainFixture f;
  const DocumentId pk = f.add_document(ModelFixture::document("PK-2024", "64", DocumentKind::pk));
  const VertexId node = f.node(f.item("IKLH", measure_spec()), f.unit("64"));
  f.state(node, Period::year(2024), dec("75.74"));
  f.state(node, Period::year(2024), dec("76.00"), false, pk);
  f.evaluate();
  const auto tree = explain_statement(f.context(), f.at(node), Period::year(2024), "PK-2024", {});
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->value, "76.00");
  EXPECT_TRUE(has_note(*tree, "yang berlaku adalah RPD-64 = 75.74"));
  EXPECT_FALSE(explain_statement(f.context(), f.at(node), Period::year(2024), "RENSTRA", {}));
  EXPECT_TRUE(has_note(*f.tree(node, "2024", ExplainWhat::target), "juga dinyatakan dalam PK-2024: 76.00"));
  EXPECT_EQ(latest_period(f.context(), f.at(node)), Period::year(2024));
}

TEST(ExplainRender, TextNestsAndJsonParses) {
  ExplainFixture f;
  const VertexId node = f.node(f.item("IKLH", measure_spec()), f.unit("64"));
  f.state(node, Period::year(2024), dec("80"));
  f.fact("IKLH", "64", "2024", "40");
  f.evaluate();
  SourceMap sources;
  sources.add("rencana.yaml", "x\n");
  const auto tree = f.tree(node, "2024", ExplainWhat::achievement);
  const std::string text = render_text(*tree, sources, Language::indonesian);
  EXPECT_EQ(text.substr(0, text.find('\n')), "IKLH@64:2024  capaian = 50.00 %");
  EXPECT_NE(text.find("├─ IKLH@64:2024  nilai = 40.00 indeks\n"), std::string::npos) << text;
  EXPECT_NE(text.find("└─ IKLH@64:2024  target = 80 indeks\n"), std::string::npos) << text;
  EXPECT_NE(text.find("@ rencana.yaml:"), std::string::npos) << text;
  const std::string english =
      render_text(*f.tree(node, "2024", ExplainWhat::achievement, {Language::english}), sources, Language::english);
  EXPECT_NE(english.find("rule: H1 = 100 R/T"), std::string::npos) << english;
  const std::string json = render_json(*tree, sources);
  EXPECT_NE(json.find("\"format_version\": 1"), std::string::npos);
  EXPECT_NE(json.find("\"contribution\": \"40\""), std::string::npos) << json;
}

}  // namespace achievement_test
}  // namespace jenjang::testing
