// Worksheets in bulk: worked figures, what the program refuses, and what a single sheet makes it give up.
#include "jenjang/assess/bulk_score.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace bulk_score_test {

class BulkScoreTest : public ::testing::Test {
protected:
  void load(const std::string& text) {
    files_ = {};
    library_ = {};
    files_.keep("models/uji/pack.yaml", text);
    ASSERT_TRUE(library_.load_folder("models", sources_, sink_, files_)) << render_text(sink_.sorted(), sources_, {});
    pack_ = library_.find("uji");
    tmpl_ = &pack_->templates.front();
    mode_ = tmpl_->modes.empty() ? nullptr : &tmpl_->modes.front();
  }
  BulkProgram compile() const { return BulkProgram::compile(*pack_, *tmpl_, mode_); }
  static BulkAnswers one(const BulkProgram& program, const SheetAnswers& said) {
    BulkAnswers answers(program.form(), 1);
    for (const auto& [code, answer] : said) {
      const std::size_t question = program.form().find(code).value();
      const BulkQuestion& asked = program.form().questions[question];
      if (asked.kind == BulkQuestion::Kind::number) {
        answers.set_number(0, question, Decimal::parse(answer).value());
      } else {
        const auto label = std::find(asked.labels.begin(), asked.labels.end(), answer);
        EXPECT_NE(label, asked.labels.end()) << answer;
        answers.codes(0)[question] = static_cast<BulkCode>(label - asked.labels.begin() + 1);
      }
    }
    return answers;
  }
  // Values by inner node, "-" for none; then the predicate.
  static std::string scored(const BulkProgram& program, const SheetAnswers& said, bool flat = true) {
    const BulkScores scores(program, one(program, said));
    EXPECT_EQ(scores.is_flat(0), flat);
    EXPECT_EQ(scores.answers().as_written(0), said);
    std::string text;
    for (std::size_t i = 0; i < program.inner().size(); ++i) {
      const auto value = scores.value(0, i);
      text += (value ? value->to_string() : "-") + " ";
    }
    return text + scores.row(0).predicate;
  }

  KeptFiles files_;
  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary library_;
  const Pack* pack_ = nullptr;
  const PackTemplate* tmpl_ = nullptr;
  const ScoringMode* mode_ = nullptr;
};

const std::string kScales =
    "jenjang: 1\npaket: uji\njudul: U\nstatus: belum-diverifikasi\nskala:\n"
    "- {kode: pita, jenis: pita, putus_pada: setengah-ke-atas/2, batas_milik: bawah, rentang: {dari: 0, sampai: 100}, "
    "pita: [{label: A, batas: 70}, {label: B, batas: 50}, {label: C, batas: terbuka}]}\n"
    "- {kode: abc, jenis: tingkat, tidak_dinilai: [n/a], nilai: [{label: a, poin: 100}, {label: b, poin: 37.5}, "
    "{label: c, poin: 0}]}\n";

std::string points(const std::string& missing, const std::string& more = "") {
  return kScales + "templat:\n- kode: t\n  akar: total\n  data_hilang: " + missing +
         "\n  pembulatan: setengah-ke-atas/2\n  cara: {total: jumlah, komponen: jumlah, subkomponen: rata-rata}\n"
         "  skala: {total: pita, kriteria: abc}\n  jumlah_bobot: 100\n  poin_dari: subkomponen\n" +
         more +
         "  komponen:\n  - kode: K\n    bobot: 100\n    subkomponen:\n"
         "    - {kode: \"1\", bobot: 30, kriteria: [{kode: 1.1}, {kode: 1.2}, {kode: 1.3}]}\n"
         "    - {kode: \"2\", bobot: 70, kriteria: [{kode: 2.1}, {kode: 2.2}]}\n"
         "  mode:\n  - {kode: R, jawaban: abc, aturan: rata-rata-nilai}\n";
}

TEST_F(BulkScoreTest, MeansInPointsAddUp) {
  load(points("ketat"));
  const BulkProgram program = compile();
  ASSERT_EQ(program.limit(), BulkLimit::none);
  EXPECT_EQ(program.form().criteria, 5U);
  // (100 + 37.5 + 0) / 3 x 0.30 = 13.75; (100 + 37.5) / 2 x 0.70 = 48.125; 61.875 prints as 61.88: B.
  const SheetAnswers said{{"1.1", "a"}, {"1.2", "b"}, {"1.3", "c"}, {"2.1", "a"}, {"2.2", "b"}};
  EXPECT_EQ(scored(program, said), "495/8 495/8 55/4 385/8 B");
  const BulkScores scores(program, one(program, said));
  EXPECT_EQ(scores.row(0).values, (std::vector<std::string>{"61.88", "61.88", "13.75", "48.13"}));
  EXPECT_EQ(scores.row(0).answered, 5U);
}

TEST_F(BulkScoreTest, AGapLeavesStrictSheetsWithoutATotal) {
  load(points("ketat"));
  const BulkProgram program = compile();
  EXPECT_EQ(scored(program, {{"1.1", "a"}, {"1.3", "a"}, {"2.1", "a"}, {"2.2", "a"}}), "- - - 70 ");
  EXPECT_EQ(scored(program, {}), "- - - - ");
}

TEST_F(BulkScoreTest, WhatDoesNotApplyIsLeftOutOfTheMean) {
  load(points("ketat"));
  const BulkProgram program = compile();
  // (100 + 37.5) / 2 x 0.3 = 20.625; both of the second do not apply, and the total is what is left.
  EXPECT_EQ(scored(program, {{"1.1", "a"}, {"1.2", "n/a"}, {"1.3", "b"}, {"2.1", "n/a"}, {"2.2", "n/a"}}),
            "165/8 165/8 165/8 - C");
}

TEST_F(BulkScoreTest, GapsAreSkippedOrCountAsNought) {
  load(points("lewati"));
  EXPECT_EQ(scored(compile(), {{"1.1", "a"}, {"2.1", "a"}}), "100 100 30 70 A");
  load(points("nol"));
  EXPECT_EQ(scored(compile(), {{"1.1", "a"}, {"2.1", "a"}}), "45 45 10 35 C");
}

TEST_F(BulkScoreTest, CutsAreDecidedOnTheExactFigure) {
  // Means of three with weights of 1/8: 69.995 and 70.005 are not to be had from grades, so numbers are used.
  load(kScales +
       "templat:\n- kode: t\n  akar: total\n  data_hilang: ketat\n  pembulatan: setengah-ke-atas/2\n"
       "  cara: {total: rata-rata}\n  skala: {total: pita}\n  jumlah_bobot: 1\n"
       "  komponen:\n  - {kode: X, bobot: 0.5}\n  - {kode: Y, bobot: 0.5}\n");
  const BulkProgram program = compile();
  ASSERT_EQ(program.limit(), BulkLimit::none);
  ASSERT_EQ(program.form().columns, 2U);
  EXPECT_EQ(scored(program, {{"X", "70"}, {"Y", "70.009999"}}), "140009999/2000000 B");  // 70.0049995 prints 70.00
  EXPECT_EQ(scored(program, {{"X", "70"}, {"Y", "70.01"}}), "14001/200 A");              // 70.005 prints 70.01
  EXPECT_EQ(scored(program, {{"X", "-0.01"}, {"Y", "0"}}), "-1/200 ");                   // prints -0.01: out of range
  EXPECT_EQ(scored(program, {{"X", "-0.009"}, {"Y", "0"}}), "-9/2000 C");                // prints 0.00
  EXPECT_EQ(scored(program, {{"X", "100.008"}, {"Y", "100"}}), "25001/250 A");           // prints 100.00
  EXPECT_EQ(scored(program, {{"X", "100.01"}, {"Y", "100"}}), "20001/200 ");
}

TEST_F(BulkScoreTest, AFigureBeyondTheColumnIsScoredByTheGeneralEngine) {
  load(kScales +
       "templat:\n- kode: t\n  akar: total\n  data_hilang: ketat\n  pembulatan: setengah-ke-atas/2\n"
       "  cara: {total: jumlah}\n  komponen: [{kode: X}, {kode: Y}]\n");
  const BulkProgram program = compile();
  ASSERT_EQ(program.limit(), BulkLimit::none);
  EXPECT_EQ(scored(program, {{"X", "1000000000"}, {"Y", "-1000000000"}}), "0 ");
  EXPECT_EQ(scored(program, {{"X", "0.0000001"}, {"Y", "1"}}, false), "10000001/10000000 ");
  EXPECT_EQ(scored(program, {{"X", "1000000000.000001"}, {"Y", "1"}}, false), "1000000001000001/1000000 ");
}

TEST_F(BulkScoreTest, UnequalWeightsWithAGapFallBackSheetBySheet) {
  load(kScales +
       "templat:\n- kode: t\n  akar: total\n  data_hilang: lewati\n  pembulatan: setengah-ke-atas/2\n"
       "  cara: {total: rata-rata}\n  skala: {total: pita}\n  jumlah_bobot: 1\n"
       "  komponen:\n  - {kode: X, bobot: 0.376}\n  - {kode: Y, bobot: 0.405}\n  - {kode: Z, bobot: 0.219}\n");
  const BulkProgram program = compile();
  ASSERT_EQ(program.limit(), BulkLimit::none);
  // 50.2 x 0.376 + 52.1 x 0.405 + 70 x 0.219 = 18.8752 + 21.1005 + 15.33 = 55.3057
  EXPECT_EQ(scored(program, {{"X", "50.2"}, {"Y", "52.1"}, {"Z", "70"}}), "553057/10000 B");
  EXPECT_EQ(scored(program, {{"X", "50"}, {"Z", "70"}}, false), "6826/119 B");  // (18.8 + 15.33) / 0.595
}

TEST_F(BulkScoreTest, RulesThatTheProgramDoesNotKnowAreScoredSheetBySheet) {
  load(points("ketat", "  kontrol:\n  - {kode: \"2\", paling_tinggi: \"1\", status: belum-diverifikasi}\n"));
  const BulkProgram program = compile();
  EXPECT_EQ(program.limit(), BulkLimit::control);
  // The mean of the first part is 37.5; what rests on it counts at most as much.
  EXPECT_EQ(scored(program, {{"1.1", "b"}, {"1.2", "b"}, {"1.3", "b"}, {"2.1", "a"}, {"2.2", "b"}}, false),
            "75/2 75/2 45/4 105/4 C");
  load(points("ketat", "  pembulatan_antara: {subkomponen: setengah-ke-atas/0}\n"));
  EXPECT_EQ(compile().limit(), BulkLimit::rounding);
}

TEST_F(BulkScoreTest, WeightsThatMightLeaveSixtyFourBitsAreRefused) {
  load(kScales +
       "templat:\n- kode: t\n  akar: total\n  data_hilang: ketat\n  pembulatan: setengah-ke-atas/2\n"
       "  cara: {total: rata-rata}\n  jumlah_bobot: 1000000000.000000001\n"
       "  komponen:\n  - {kode: X, bobot: 1000000000}\n  - {kode: Y, bobot: 0.000000001}\n");
  const BulkProgram program = compile();
  EXPECT_EQ(program.limit(), BulkLimit::too_large);
  EXPECT_EQ(scored(program, {{"X", "3"}, {"Y", "3"}}, false), "3 ");
}

TEST_F(BulkScoreTest, AWatchEndsIt) {
  load(points("ketat"));
  const BulkProgram program = compile();
  const std::atomic<bool> stop{true};
  const Watch watch(&stop);
  EXPECT_THROW(BulkScores(program, BulkAnswers(program.form(), 10), 2, &watch), Stopped);
}

TEST_F(BulkScoreTest, NoSheetsAreNoTrouble) {
  load(points("ketat"));
  const BulkProgram program = compile();
  const BulkScores scores(program, BulkAnswers(program.form()), 2);
  EXPECT_EQ(scores.sheets(), 0U);
  EXPECT_EQ(scores.flat_sheets(), 0U);
}

}  // namespace bulk_score_test
}  // namespace jenjang
