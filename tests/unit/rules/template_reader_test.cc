#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace template_reader_test {

using Codes = std::vector<Code>;

constexpr const char* kScales =
    "skala:\n"
    "- {kode: g, jenis: tingkat, nilai: [{label: A, poin: 100}, {label: B, poin: 50}, {label: E, poin: 0}]}\n"
    "- {kode: yt, jenis: tingkat, nilai: [{label: ya, poin: 1}, {label: tidak, poin: 0}]}\n";

class TemplateReaderTest : public PackTest {
protected:
  bool load_template(const std::string& body) {
    write("models", "uji", pack_text("uji", std::string(kScales) + "templat:\n- kode: t\n" + body));
    return load();
  }
};

TEST_F(TemplateReaderTest, PointsBecomeFactorsAndTheTreeIsFlat) {
  ASSERT_TRUE(
      load_template("  jumlah_bobot: 10\n"
                    "  poin_dari: subkomponen\n"
                    "  cara: {total: jumlah, komponen: jumlah, subkomponen: rata-rata}\n"
                    "  skala: {kriteria: g}\n"
                    "  komponen:\n"
                    "  - kode: k\n"
                    "    bobot: 10\n"
                    "    subkomponen:\n"
                    "    - {kode: k.a, bobot: 2.5, kriteria: [{kode: k.a.1}, {kode: k.a.2}]}\n"
                    "    - {kode: k.b, bobot: 7.5, kriteria: [{kode: k.b.1}]}\n"));
  const PackTemplate* tmpl = library_.find_template("uji/t");
  ASSERT_NE(tmpl, nullptr);
  ASSERT_EQ(tmpl->nodes.size(), 7U);
  const TemplateNode& root = tmpl->nodes[0];
  EXPECT_EQ(root.code, "total");
  EXPECT_EQ(root.kind, ItemKind::pack_total);
  EXPECT_EQ(root.parent, SIZE_MAX);
  EXPECT_EQ(root.aggregation, Aggregation::sum);
  const TemplateNode& a = tmpl->nodes[tmpl->find_node("k.a")];
  EXPECT_EQ(a.factor.to_string(), "0.025");  // 2.5 / 100
  EXPECT_EQ(a.weight, Decimal{1});           // a sum of points does not weigh them again
  EXPECT_EQ(a.stated_weight, Decimal::parse("2.5"));
  EXPECT_EQ(a.aggregation, Aggregation::weighted_mean);
  EXPECT_EQ(tmpl->nodes[a.parent].code, "k");
  const TemplateNode& leaf = tmpl->nodes[tmpl->find_node("k.a.2")];
  EXPECT_EQ(leaf.kind, ItemKind::criterion);
  EXPECT_EQ(leaf.aggregation, Aggregation::leaf);
  EXPECT_EQ(leaf.scale, "g");
  for (std::size_t i = 1; i < tmpl->nodes.size(); ++i) EXPECT_LT(tmpl->nodes[i].parent, i);
}

TEST_F(TemplateReaderTest, WeightsOfAMeanStayOnTheEdges) {
  ASSERT_TRUE(
      load_template("  akar: IKLH\n  jumlah_bobot: 1\n  cara: {total: rata-rata}\n  toleransi_koherensi: 0.05\n"
                    "  komponen: [{kode: IKA, bobot: 0.376}, {kode: IKU, bobot: 0.405}, {kode: IKL, bobot: 0.219}]\n"));
  const PackTemplate* tmpl = library_.find_template("uji/t");
  ASSERT_NE(tmpl, nullptr);
  EXPECT_EQ(tmpl->nodes[1].weight.to_string(), "0.376");
  EXPECT_EQ(tmpl->nodes[1].factor, Decimal{1});
  EXPECT_EQ(tmpl->coherence_tolerance, Decimal::parse("0.05"));
  EXPECT_EQ(tmpl->nodes[0].missing, MissingPolicy::strict);
}

TEST_F(TemplateReaderTest, WeightsAddUpExactly) {
  // 0.376 + 0.405 + 0.218 = 0.999
  EXPECT_FALSE(
      load_template("  jumlah_bobot: 1\n  cara: {total: rata-rata}\n"
                    "  komponen: [{kode: IKA, bobot: 0.376}, {kode: IKU, bobot: 0.405}, {kode: IKL, bobot: 0.218}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1408}));
}

TEST_F(TemplateReaderTest, EitherAllWeightsAreStatedOrNone) {
  EXPECT_FALSE(
      load_template("  jumlah_bobot: 1\n  cara: {total: rata-rata}\n  komponen: [{kode: a, bobot: 1}, {kode: b}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1408}));
}

TEST_F(TemplateReaderTest, PointsOfChildrenAddUpToTheParent) {
  EXPECT_FALSE(load_template(
      "  jumlah_bobot: 10\n  poin_dari: subkomponen\n  cara: {total: jumlah, komponen: jumlah, subkomponen: "
      "rata-rata}\n"
      "  komponen:\n  - kode: k\n    bobot: 10\n    subkomponen: [{kode: k.a, bobot: 4}, {kode: k.b, bobot: 5}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1408}));
}

TEST_F(TemplateReaderTest, AnUnknownWeightRefusesToScore) {
  ASSERT_TRUE(load_template(
      "  jumlah_bobot: 1\n  cara: {total: rata-rata}\n  komponen: [{kode: a, bobot: }, {kode: b, bobot: 1}]\n"));
  EXPECT_EQ(library_.find_template("uji/t"), nullptr);
  EXPECT_NE(library_.find("uji")->find_template("t"), nullptr);
  EXPECT_EQ(library_.require_template("uji/t", {}, sink_), nullptr);
  EXPECT_EQ(codes(), (Codes{Code::J1412}));
}

TEST_F(TemplateReaderTest, CodesAreUniqueAndScalesKnown) {
  EXPECT_FALSE(
      load_template("  cara: {total: rata-rata}\n  skala: {komponen: gg}\n  komponen: [{kode: a}, {kode: a}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1411, Code::J1410}));
  EXPECT_EQ(first(Code::J1411)->suggestion, "g");
}

TEST_F(TemplateReaderTest, InnerNodesNeedAWayToAddUp) {
  EXPECT_FALSE(load_template("  komponen: [{kode: a}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1116}));
}

TEST_F(TemplateReaderTest, ModesWithEmptySlotsRefuse) {
  ASSERT_TRUE(load_template(
      "  cara: {total: rata-rata}\n  komponen: [{kode: a}]\n"
      "  mode:\n  - {kode: M1, jawaban: yt, aturan: syarat-kriteria}\n  - {kode: M3, jawaban: , aturan: }\n"));
  const PackTemplate& tmpl = *library_.find_template("uji/t");
  const ScoringMode* mode = library_.require_mode(tmpl, "M1", {}, sink_);
  ASSERT_NE(mode, nullptr);
  EXPECT_EQ(mode->answers, "yt");
  EXPECT_EQ(library_.require_mode(tmpl, "M3", {}, sink_), nullptr);
  EXPECT_EQ(library_.require_mode(tmpl, "M4", {}, sink_), nullptr);
  ASSERT_EQ(sink_.all().size(), 2U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1412);
  EXPECT_EQ(sink_.all()[0].args[1].value, "uji");
  EXPECT_EQ(sink_.all()[1].code, Code::J1411);
}

// Rows of a share table over grades A, B, E.
std::string table(const std::string& rows) {
  return "  cara: {total: rata-rata}\n  komponen: [{kode: a, tabel: s}]\n  tabel_bagian:\n  - kode: s\n    skala: g\n"
         "    baris:\n" +
         rows;
}

TEST_F(TemplateReaderTest, ShareTablesTakePointsFromTheScale) {
  ASSERT_TRUE(load_template(
      table("    - {nilai: A, paling_sedikit: 1, pertimbangan: [bagus]}\n    - {nilai: A, lebih_dari: 3/4}\n"
            "    - {nilai: B, lebih_dari: 0, paling_banyak: 3/4}\n    - {nilai: E, paling_banyak: 0}\n")));
  const PackTemplate& tmpl = *library_.find_template("uji/t");
  const ShareTable* s = tmpl.share_table_for("a");
  ASSERT_NE(s, nullptr);
  EXPECT_EQ(s->id, "uji/s");
  EXPECT_EQ(s->rows[2].points, Decimal{50});
  EXPECT_EQ(s->find(4, 4, {"bagus"}), 0);
  EXPECT_EQ(s->find(4, 4, {}), 1);
  EXPECT_EQ(s->find(3, 4, {}), 2);
  EXPECT_EQ(s->find(0, 4, {"bagus"}), 3);
}

TEST_F(TemplateReaderTest, ShareTablesMustCoverEveryShareOnce) {
  const std::vector<std::string> bad{
      // hole between 1/2 and 3/4
      "    - {nilai: A, lebih_dari: 3/4}\n    - {nilai: B, paling_banyak: 1/2}\n",
      // 3/4 in two rows
      "    - {nilai: A, paling_sedikit: 3/4}\n    - {nilai: B, paling_banyak: 3/4}\n",
      // 3/4 in no row
      "    - {nilai: A, lebih_dari: 3/4}\n    - {nilai: B, kurang_dari: 3/4}\n",
      // 0 in no row
      "    - {nilai: A, lebih_dari: 0}\n",
      // 1 in no row
      "    - {nilai: A, kurang_dari: 1}\n",
      // all of it only with a judgement
      "    - {nilai: A, pertimbangan: [bagus]}\n",
  };
  for (const std::string& rows : bad) {
    sink_ = {};
    EXPECT_FALSE(load_template(table(rows))) << rows;
    EXPECT_EQ(codes(), (Codes{Code::J1414})) << rows;
  }
}

TEST_F(TemplateReaderTest, ShareTablesNameKnownGradesAndTables) {
  EXPECT_FALSE(
      load_template("  cara: {total: rata-rata}\n  komponen: [{kode: a, tabel: ss}]\n  tabel_bagian:\n"
                    "  - {kode: s, skala: g, baris: [{nilai: AA}]}\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1411, Code::J1411}));
}

}  // namespace template_reader_test
}  // namespace jenjang
