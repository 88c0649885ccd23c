#include "jenjang/assess/sheet.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace sheet_test {

// Two parts of 60 and 40 points; the second may not be answered better than the first as a whole.
constexpr const char* kPack = R"(jenjang: 1
paket: uji
judul: uji
status: belum-diverifikasi
skala:
- {kode: pita, jenis: pita, putus_pada: setengah-ke-atas/2, batas_milik: bawah, pita: [{label: A, batas: 50}, {label: B, batas: terbuka}]}
- {kode: huruf, jenis: tingkat, tidak_dinilai: [tidak ada], nilai: [{label: a, poin: 1}, {label: b, poin: 0.5}, {label: c, poin: 0}]}
- {kode: poin3, jenis: tingkat, nilai: [{label: a, poin: 3}, {label: b, poin: 2}, {label: c, poin: 0}]}
templat:
- kode: t
  akar: total
  jumlah_bobot: 100
  poin_dari: subkomponen
  nilai_penuh: 1
  cara: {total: jumlah, komponen: jumlah, subkomponen: rata-rata}
  skala: {total: pita, kriteria: huruf}
  pembulatan: setengah-ke-atas/2
  BEYOND
  komponen:
  - kode: K
    bobot: 100
    subkomponen:
    - kode: K.a
      bobot: 60
      kriteria:
      - {kode: K.a.1}
      - {kode: K.a.2}
      - {kode: K.a.3}
    - kode: K.b
      bobot: 37
      kriteria:
      - {kode: K.b.1}
      - {kode: K.b.2}
    - kode: K.c
      bobot: 3
      cara: jumlah
      kriteria:
      - {kode: K.c.1, bobot: 3, skala: poin3}
  mode:
  - {kode: M, jawaban: huruf, aturan: rata-rata-nilai}
)";

class SheetTest : public ::testing::Test {
protected:
  void load(const std::string& beyond = "") {
    std::string text = kPack;
    text.replace(text.find("  BEYOND\n"), std::string("  BEYOND\n").size(), beyond);
    KeptFiles files;
    files.keep("paket/uji/pack.yaml", text);
    const bool good = packs_.load_folder("paket", sources_, sink_, files);
    if (!good) return;
    pack_ = packs_.find("uji");
    tmpl_ = &pack_->templates.front();
  }
  [[nodiscard]] SheetScore score(const SheetAnswers& answers) const {
    return score_sheet(*pack_, *tmpl_, &tmpl_->modes.front(), answers);
  }
  [[nodiscard]] std::string value(const SheetScore& sheet, std::string_view code) const {
    const SheetNode& node = sheet.nodes[tmpl_->find_node(code)];
    return node.value ? node.value->to_string() : "-";
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
  const Pack* pack_ = nullptr;
  const PackTemplate* tmpl_ = nullptr;
};

// K.a: (1 + 0.5 + 0.5) / 3 x 60 = 40. K.b: (1 + 0) / 2 x 37 = 18.5. K.c: the points of b, 2, as they are.
const SheetAnswers kFull{{"K.a.1", "a"}, {"K.a.2", "b"}, {"K.a.3", "b"},
                         {"K.b.1", "a"}, {"K.b.2", "c"}, {"K.c.1", "b"}};

TEST_F(SheetTest, MeansBecomePointsAndPointsAreAddedAsTheyAre) {
  load();
  ASSERT_NE(pack_, nullptr) << render_text(sink_.all(), sources_, {});
  const SheetScore sheet = score(kFull);
  EXPECT_EQ(value(sheet, "K.a"), "40");
  EXPECT_EQ(value(sheet, "K.b"), "37/2");
  EXPECT_EQ(value(sheet, "K.c"), "2");
  EXPECT_EQ(sheet.total()->to_string(), "121/2");
  EXPECT_EQ(sheet.printed->to_string(), "60.50");
  EXPECT_EQ(sheet.predicate, "A");
  EXPECT_EQ(sheet.nodes[tmpl_->find_node("K.a.2")].label, "b");
}

TEST_F(SheetTest, ALackingAnswerLeavesTheTotalOpenAndSaysWhich) {
  load();
  ASSERT_NE(pack_, nullptr);
  SheetAnswers answers = kFull;
  answers.erase("K.b.2");
  const SheetScore sheet = score(answers);
  EXPECT_FALSE(sheet.total().has_value());
  EXPECT_EQ(sheet.nodes.front().missing, "K.b.2");
  EXPECT_EQ(value(sheet, "K.a"), "40");
  EXPECT_TRUE(sheet.predicate.empty());
  EXPECT_FALSE(sheet.printed.has_value());
}

TEST_F(SheetTest, WhatIsNotAssessedLeavesTheMean) {
  load();
  ASSERT_NE(pack_, nullptr);
  SheetAnswers answers = kFull;
  answers["K.a.3"] = "tidak ada";
  // (1 + 0.5) / 2 x 60
  EXPECT_EQ(value(score(answers), "K.a"), "45");
}

TEST_F(SheetTest, UnknownCodesAndAnswersAreNamed) {
  load();
  ASSERT_NE(pack_, nullptr);
  SheetAnswers answers = kFull;
  answers["K.z"] = "a";
  answers["K.c.1"] = "d";
  const SheetScore sheet = score(answers);
  EXPECT_EQ(sheet.unknown_answers, (std::vector<std::string>{"K.z", "K.c.1"}));
  EXPECT_FALSE(sheet.total().has_value());
}

TEST_F(SheetTest, AControlHoldsADependentAnswerDown) {
  load("  kontrol:\n  - {kode: K.b, paling_tinggi: K.a}\n  - {kode: K.a, paling_tinggi: K.a.1}\n");
  ASSERT_NE(pack_, nullptr) << render_text(sink_.all(), sources_, {});
  // Mean of K.a is 2/3, so K.b.1 counts 2/3 instead of 1: (2/3 + 0) / 2 x 37 = 37/3.
  const SheetScore sheet = score(kFull);
  EXPECT_EQ(value(sheet, "K.b"), "37/3");
  EXPECT_EQ(sheet.nodes[tmpl_->find_node("K.b.1")].held_by, tmpl_->find_node("K.a"));
  EXPECT_EQ(sheet.nodes[tmpl_->find_node("K.b.2")].held_by, SIZE_MAX);
  // Without the first document nothing of K.a counts, and so nothing of K.b.
  SheetAnswers none = kFull;
  none["K.a.1"] = "c";
  const SheetScore without = score(none);
  EXPECT_EQ(value(without, "K.a"), "0");
  EXPECT_EQ(value(without, "K.b"), "0");
  EXPECT_EQ(without.total()->to_string(), "2");
  // What is not answered holds nothing down, but nobody can say how far the rest counts.
  none.erase("K.a.1");
  EXPECT_EQ(score(none).nodes[tmpl_->find_node("K.b.1")].missing, "K.a.1");
}

TEST_F(SheetTest, PartsMayBeRoundedBeforeTheyAreAdded) {
  load("  pembulatan_antara: {subkomponen: setengah-ke-atas/0}\n");
  ASSERT_NE(pack_, nullptr);
  const SheetScore sheet = score(kFull);
  EXPECT_EQ(value(sheet, "K.b"), "19");  // 18.5
  EXPECT_EQ(sheet.total()->to_string(), "61");
}

TEST_F(SheetTest, AControlOnItselfOrInARingIsRefused) {
  load(
      "  kontrol:\n  - {kode: K.b, paling_tinggi: K.a}\n  - {kode: K.a.2, paling_tinggi: K.b.1}\n"
      "  - {kode: K.c, paling_tinggi: K}\n  - {kode: K.z, paling_tinggi: K.a}\n");
  ASSERT_EQ(sink_.count(Severity::error), 3U) << render_text(sink_.all(), sources_, {});
  EXPECT_EQ(sink_.all()[0].code, Code::J1413);
  EXPECT_EQ(sink_.all()[1].code, Code::J1413);
  EXPECT_EQ(sink_.all()[2].code, Code::J1411);
}

}  // namespace sheet_test
}  // namespace jenjang
