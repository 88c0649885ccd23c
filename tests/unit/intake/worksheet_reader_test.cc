#include <gtest/gtest.h>

#include "jenjang/intake/intake.h"

namespace jenjang {
namespace worksheet_reader_test {

std::vector<WorksheetAnswer> read(const std::string& text, DiagnosticSink& sink) {
  SourceMap sources;
  const FileId file = sources.add("lke.csv", text);
  return read_worksheet(file, sources, {}, sink);
}

WorksheetTarget target(bool yes_no) {
  WorksheetTarget result;
  result.code = "LKE-DLH";
  result.unit = "64/dlh";
  result.period = Period::year(2024);
  result.mode = yes_no ? "M1" : "M2";
  result.yes_no = yes_no;
  result.source = "LKE 2024";
  return result;
}

TEST(WorksheetReader, ReadsAnswersWithNotesAndMarks) {
  DiagnosticSink sink;
  const auto answers =
      read("kode,jawaban,catatan,bukti,tanda\n1.a.1,A,lengkap,SK 7/2024,ilustratif\n1.a.2,,,,\n", sink);
  EXPECT_TRUE(sink.all().empty());
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].code, "1.a.1");
  EXPECT_EQ(answers[0].answer, "A");
  EXPECT_EQ(answers[0].note, "lengkap");
  EXPECT_EQ(answers[0].evidence, "SK 7/2024");
  EXPECT_TRUE(answers[0].illustrative);
  EXPECT_EQ(answers[1].answer, "");
}

TEST(WorksheetReader, AnswersACriterionOnce) {
  DiagnosticSink sink;
  const auto answers = read("kode,jawaban\n1.a.1,ya\n1.a.1,tidak\n,ya\n", sink);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].answer, "ya");
  ASSERT_EQ(sink.all().size(), 2U);
  EXPECT_EQ(sink.all()[0].code, Code::J1810);
  EXPECT_EQ(sink.all()[0].related.size(), 1U);
  EXPECT_EQ(sink.all()[1].code, Code::J1801);
}

TEST(WorksheetObservations, YesIsOneAndNoIsZero) {
  DiagnosticSink sink;
  const auto answers = read("kode,jawaban\n1.a.1,ya\n1.a.2,tidak\n1.a/dipertahankan-1-tahun,ya\n", sink);
  const auto facts = worksheet_observations(answers, target(true), sink);
  EXPECT_TRUE(sink.all().empty());
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].code, "LKE-DLH.1.a.1");
  EXPECT_EQ(facts[0].number, Decimal(1));
  EXPECT_EQ(facts[0].grade, "ya");
  EXPECT_EQ(facts[1].number, Decimal(0));
  EXPECT_EQ(facts[1].state, CellState::value);  // "tidak" is an answer, not a gap
  EXPECT_EQ(facts[2].code, "LKE-DLH.1.a.dipertahankan-1-tahun");
  EXPECT_EQ(facts[0].unit, "64/dlh");
  EXPECT_EQ(facts[0].period, Period::year(2024));
  EXPECT_EQ(facts[0].source, "LKE 2024");
}

TEST(WorksheetObservations, GradesStayGradesAndBlanksAreStates) {
  DiagnosticSink sink;
  const auto answers = read("kode,jawaban\n1.a.1,BB\n1.a.2,0.75\n1.a.3,\n", sink);
  const auto facts = worksheet_observations(answers, target(false), sink);
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].grade, "BB");
  EXPECT_EQ(facts[1].number, *Decimal::parse("0.75"));
  EXPECT_TRUE(facts[1].grade.empty());
  EXPECT_EQ(facts[2].state, CellState::empty);
}

TEST(WorksheetObservations, YesNoModesTakeNothingElse) {
  DiagnosticSink sink;
  const auto answers = read("kode,jawaban\n1.a.1,yaa\n1.a.2,A\n1.a.3,ya\n", sink);
  const auto facts = worksheet_observations(answers, target(true), sink);
  ASSERT_EQ(facts.size(), 1U);
  ASSERT_EQ(sink.all().size(), 2U);
  EXPECT_EQ(sink.all()[0].code, Code::J1809);
  EXPECT_EQ(sink.all()[0].suggestion, "ya");
}

}  // namespace worksheet_reader_test
}  // namespace jenjang
