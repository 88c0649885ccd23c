#include "jenjang/assess/worksheet.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace worksheet_test {

const std::string kRoot = JENJANG_SOURCE_DIR;

class WorksheetTest : public ::testing::Test {
protected:
  void SetUp() override {
    KeptFiles files;
    const Result<std::string> text = read_file(kRoot + "/models/sakip-2021/pack.yaml", std::size_t{1} << 24);
    ASSERT_TRUE(text.ok());
    files.keep("paket/sakip-2021/pack.yaml", text.value());
    ASSERT_TRUE(packs_.load_folder("paket", sources_, sink_, files)) << render_text(sink_.all(), sources_, {});
    pack_ = packs_.find("sakip-2021");
    tmpl_ = pack_->find_template("lke");
  }
  LanedWorksheet read(const std::string& text, const char* mode = "M1") {
    sink_ = DiagnosticSink();
    const FileId file = sources_.add("lke.csv", text);
    return read_laned_worksheet(file, sources_, {}, *pack_, *tmpl_, *tmpl_->find_mode(mode), sink_);
  }
  [[nodiscard]] std::vector<Code> codes() const {
    std::vector<Code> found;
    for (const Diagnostic& finding : sink_.all()) found.push_back(finding.code);
    return found;
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
  const Pack* pack_ = nullptr;
  const PackTemplate* tmpl_ = nullptr;
};

TEST_F(WorksheetTest, NoLaneOverwritesAnother) {
  const LanedWorksheet sheet = read(
      "kode,mandiri,verifikator,penjamin,penilai,bukti,letak,keadaan\n"
      "1.a.1,ya,tidak,,ya,SK 7,hal. 3,final\n"
      "1.a.2,ya,tidak,,,SK 8,hal. 1,diajukan\n"
      "1.a.3,,,ya,,SK 9,,\n");
  EXPECT_TRUE(sink_.all().empty()) << render_text(sink_.all(), sources_, {});
  EXPECT_EQ(sheet.of(ReviewLane::self), (SheetAnswers{{"1.a.1", "ya"}, {"1.a.2", "ya"}}));
  EXPECT_EQ(sheet.of(ReviewLane::verifier), (SheetAnswers{{"1.a.1", "tidak"}, {"1.a.2", "tidak"}}));
  EXPECT_EQ(sheet.of(ReviewLane::assurer), (SheetAnswers{{"1.a.3", "ya"}}));
  EXPECT_EQ(sheet.effective(ReviewLane::self), sheet.of(ReviewLane::self));
  EXPECT_EQ(sheet.effective(ReviewLane::verifier), (SheetAnswers{{"1.a.1", "tidak"}, {"1.a.2", "tidak"}}));
  EXPECT_EQ(sheet.effective(ReviewLane::assessor),
            (SheetAnswers{{"1.a.1", "ya"}, {"1.a.2", "tidak"}, {"1.a.3", "ya"}}));
  EXPECT_TRUE(sheet.spoke(ReviewLane::assurer));
  EXPECT_EQ(sheet.find("1.a.1")->state, CriterionState::final_);
  EXPECT_EQ(sheet.find("1.a.1")->place, "hal. 3");
  EXPECT_EQ(sheet.find("1.a.9"), nullptr);
}

TEST_F(WorksheetTest, RejectedEvidenceCarriesOnlyTheAssessorsAnswerUntilItIsRepaired) {
  const std::string head = "kode,mandiri,verifikator,penilai,bukti,keadaan,alasan\n";
  LanedWorksheet sheet = read(head +
                              "1.a.1,ya,ya,,SK 7,ditolak,bukan milik tahun ini\n"
                              "1.a.2,ya,ya,tidak,SK 8,ditolak,bukan SK\n");
  EXPECT_TRUE(sink_.all().empty());
  EXPECT_TRUE(sheet.effective(ReviewLane::self).empty());
  EXPECT_TRUE(sheet.effective(ReviewLane::verifier).empty());
  EXPECT_EQ(sheet.effective(ReviewLane::assessor), (SheetAnswers{{"1.a.2", "tidak"}}));
  EXPECT_EQ(sheet.of(ReviewLane::self).size(), 2U);  // what the unit wrote stays to be read
  sheet = read(head + "1.a.1,ya,,,SK 7,diperbaiki,tidak terbaca\n");
  EXPECT_EQ(sheet.effective(ReviewLane::self), (SheetAnswers{{"1.a.1", "ya"}}));
}

TEST_F(WorksheetTest, AUnitDoesNotPassAVerdictOnItself) {
  const LanedWorksheet sheet = read(
      "kode,mandiri,verifikator,bukti\n"
      "1.a/dipertahankan-5-tahun,ya,,SK\n"
      "1.a/dipertahankan-1-tahun,ya,ya,SK\n");
  EXPECT_EQ(sheet.effective(ReviewLane::self).size(), 2U);  // in its own lane it may say so
  EXPECT_EQ(sheet.effective(ReviewLane::assessor), (SheetAnswers{{"1.a/dipertahankan-1-tahun", "ya"}}));
}

TEST_F(WorksheetTest, AnAnswerThatCannotBeReadIsNotReplacedByAnEarlierLane) {
  const LanedWorksheet sheet = read("kode,mandiri,penjamin,penilai,bukti\n1.a.1,ya,ya,iya,SK\n");
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all().front().code, Code::J3101);
  EXPECT_TRUE(sheet.effective(ReviewLane::assessor).empty());
  EXPECT_EQ(sheet.effective(ReviewLane::assurer), (SheetAnswers{{"1.a.1", "ya"}}));
}

TEST_F(WorksheetTest, EveryMistakeHasItsPlaceAndANearMiss) {
  const LanedWorksheet sheet = read(
      "kode,mandiri,penilai,bukti,sidik,keadaan,alasan\n"
      "1.a.l,ya,,SK,,,\n"
      "1.a.2,iya,,SK,,,\n"
      "1.a.3,ya,,SK,,final,\n"
      "1.a.4,ya,,SK,,ditolak,\n"
      "1.a.5,ya,,,,,\n"
      "1.a.6,ya,,SK,abc,,\n"
      "1.b.1,ya,,SK,,setuju,\n"
      "1.b.1,ya,,SK,,,\n"
      ",ya,,SK,,,\n"
      "1.b.2,tidak,,,,,\n");
  EXPECT_EQ(codes(), (std::vector<Code>{Code::J3100, Code::J3101, Code::J3102, Code::J3103, Code::J3104, Code::J3105,
                                        Code::J1803, Code::J1810, Code::J1801}));
  EXPECT_EQ(sink_.all()[0].suggestion, "1.a.1");
  EXPECT_EQ(sink_.all()[1].suggestion, "ya");
  EXPECT_EQ(sources_.to_string(sink_.all()[1].primary), "lke.csv:3:7");
  // The rest of a row with a mistake is kept.
  EXPECT_EQ(sheet.rows.size(), 8U - 1U);
  EXPECT_TRUE(sheet.find("1.a.2")->answer[0].empty());
}

TEST_F(WorksheetTest, ThePlainFormIsTheAssessors) {
  const LanedWorksheet sheet = read("kode,jawaban,catatan,bukti\n1.a.1,ya,baik,\n1.a/dipertahankan-1-tahun,ya,,\n");
  EXPECT_TRUE(sink_.all().empty());  // this form never asked for evidence
  EXPECT_FALSE(sheet.laned);
  EXPECT_EQ(sheet.of(ReviewLane::assessor), (SheetAnswers{{"1.a.1", "ya"}, {"1.a/dipertahankan-1-tahun", "ya"}}));
  EXPECT_EQ(sheet.find("1.a.1")->note[3], "baik");
  EXPECT_TRUE(sheet.of(ReviewLane::self).empty());
}

TEST_F(WorksheetTest, AnUnknownColumnIsRefused) {
  read("kode,mandri\n1.a.1,ya\n");
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].suggestion, "mandiri");
}

TEST_F(WorksheetTest, QuestionsAreCriteriaAndTheJudgementsOfTheirMode) {
  const auto by_share = worksheet_questions(*pack_, *tmpl_, tmpl_->find_mode("M1"));
  const auto by_mean = worksheet_questions(*pack_, *tmpl_, tmpl_->find_mode("M2"));
  EXPECT_EQ(by_mean.size(), 80U);
  EXPECT_EQ(by_share.size(), 80U + 2U * 12U);  // two judgements for each of twelve parts
  EXPECT_EQ(by_share[5].code, "1.a.6");
  EXPECT_EQ(by_share[6].code, "1.a/dipertahankan-5-tahun");
  EXPECT_EQ(by_share[8].code, "1.b.1");
  EXPECT_EQ(by_share[0].weight, Decimal(6));  // of its part: the pack weighs no criterion
  // A judgement is no question where the mode does not ask for it.
  read("kode,mandiri\n1.a/dipertahankan-5-tahun,AA\n", "M2");
  EXPECT_EQ(codes(), (std::vector<Code>{Code::J3100}));
}

// The blank form, filled in as by a spreadsheet by the unit and its verifier, reads back whole.
TEST_F(WorksheetTest, TheBlankFormReadsBackWhenFilledIn) {
  std::string text;
  for (const std::string& name : worksheet_columns()) text += (text.empty() ? "" : ";") + name;
  text += "\r\n";
  for (const WorksheetQuestion& question : worksheet_questions(*pack_, *tmpl_, tmpl_->find_mode("M1"))) {
    text += "\"=\"\"" + question.code + "\"\"\";\"" + question.title + "\";9;ya;;ya;;;;;;SK 7;hal. 2;;diajukan;\r\n";
  }
  sink_ = DiagnosticSink();
  const FileId file = sources_.add("lke.csv", "\xEF\xBB\xBF" + text);
  const LanedWorksheet sheet = read_laned_worksheet(file, sources_, {.separator = ';', .decimal_point = ','}, *pack_,
                                                    *tmpl_, *tmpl_->find_mode("M1"), sink_);
  EXPECT_TRUE(sink_.all().empty()) << render_text(sink_.all(), sources_, {});
  ASSERT_EQ(sheet.rows.size(), 104U);
  const SheetScore score = score_sheet(*pack_, *tmpl_, tmpl_->find_mode("M1"), sheet.effective(ReviewLane::assessor));
  EXPECT_EQ(score.printed->to_string(), "100.00");  // all met and every judgement given: AA throughout
  EXPECT_EQ(score.predicate, "AA");
}

TEST_F(WorksheetTest, WhatALaneLeavesOpenIsSaidOnce) {
  const LanedWorksheet sheet = read("kode,mandiri,penilai,bukti\n1.a.1,ya,,SK\n1.a.2,ya,tidak,SK\n");
  report_scored(*pack_, *tmpl_, *tmpl_->find_mode("M1"), sheet, sink_);
  EXPECT_EQ(codes(),
            (std::vector<Code>{Code::J3110, Code::J3110}));  // the unit and the assessor; the others are silent
  EXPECT_EQ(
      message_text(sink_.all()[1], Language::english),
      "lane penilai: 78 of 80 criteria are not answered (1.a.3, 1.a.4, 1.a.5, 1.a.6, 1.b.1, ...), so it has no total "
      "yet");
}

}  // namespace worksheet_test
}  // namespace jenjang
