// Rows of a formula sheet: what is taken, what is refused, and what is said about the results.
#include "jenjang/assess/formula_sheet.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace formula_sheet_test {

using Codes = std::vector<Code>;

constexpr const char* kPack =
    "jenjang: 1\npaket: uji\njudul: U\nstatus: terverifikasi\npasal: P\n"
    "berlaku: {mulai: 2022-01-01, sampai: 2024-12-31}\n"
    "skala:\n- {kode: rating, jenis: tingkat, nilai: [{label: tinggi, poin: 2}, {label: rendah, poin: 1}]}\n"
    "rumus:\n- kode: f\n  masukan:\n  - {kode: target, rentang: {dari: 0, sampai: 1000}}\n  - {kode: realisasi}\n"
    "  - {kode: perilaku, skala: rating, wajib: tidak}\n  - {kode: sah, bentuk: ya-tidak, wajib: tidak}\n"
    "  - {kode: sk, bentuk: bukti, wajib: tidak}\n"
    "  langkah:\n  - {kode: capaian, hitung: \"100 * realisasi / target\"}\n"
    "  - {kode: separuh, hitung: \"capaian / 2\"}\n  - {kode: poin_perilaku, hitung: \"poin(rating, perilaku)\"}\n"
    "  - {kode: wajar, periksa: \"capaian <= 200\", alasan: di atas 200}\n";

class FormulaSheetTest : public ::testing::Test {
protected:
  void SetUp() override {
    files_.keep("models/uji/pack.yaml", kPack);
    ASSERT_TRUE(library_.load_folder("models", sources_, sink_, files_)) << render_text(sink_.sorted(), sources_, {});
    sheet_.code = "S";
    sheet_.pack = library_.find("uji");
    sheet_.formula = sheet_.pack->formula("f");
  }

  void read(const std::string& csv, const CsvFormat& format = {}) {
    const FileId file = sources_.add("s.csv", csv);
    sheet_.rows = read_formula_rows(file, sources_, format, *sheet_.pack, *sheet_.formula, sink_);
  }
  Codes codes() const {
    Codes found;
    for (const Diagnostic& diagnostic : sink_.sorted()) found.push_back(diagnostic.code);
    return found;
  }
  std::string value(std::size_t row, std::size_t step) const {
    const FormulaResult& result = sheet_.rows.at(row).results.at(step);
    return result.value ? formula_value_text(*result.value, {RoundingMode::exact, 0}) : "-";
  }
  const Diagnostic& only() const { return sink_.all().front(); }
  static std::string arg(const Diagnostic& diagnostic, std::string_view name) {
    for (const DiagnosticArg& one : diagnostic.args) {
      if (one.name == name) return one.value;
    }
    return "?";
  }

  KeptFiles files_;
  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary library_;
  FormulaSheet sheet_;
};

TEST_F(FormulaSheetTest, RowsAreComputedExactly) {
  read(
      "kunci,unit,periode,realisasi,target,perilaku,sah,sk\n"
      "a,64/dlh,2024,93,95,tinggi,ya,bukti/sk.pdf\nb,,,1,3,,,\n");
  EXPECT_EQ(codes(), Codes{});
  ASSERT_EQ(sheet_.rows.size(), 2U);
  EXPECT_EQ(value(0, 0), "1860/19");  // 9300 / 95
  EXPECT_EQ(value(0, 1), "930/19");
  EXPECT_EQ(value(0, 2), "2");
  EXPECT_EQ(value(1, 0), "100/3");
  EXPECT_EQ(value(1, 2), "-");
  EXPECT_EQ(sheet_.rows[1].results[2].gap, FormulaGap::missing_input);
  EXPECT_EQ(sheet_.rows[0].unit, "64/dlh");
  EXPECT_EQ(sheet_.rows[0].period->to_string(), "2024");
  EXPECT_TRUE(sheet_.rows[0].inputs.at("sah").truth);
  EXPECT_EQ(sheet_.rows[0].inputs.at("sk").label, "bukti/sk.pdf");
  EXPECT_EQ(sheet_.refused(), 0U);
}

TEST_F(FormulaSheetTest, TheDeclaredFormatIsUsed) {
  read("kunci;target;realisasi\na;0,5;0,25\n", {';', ','});
  EXPECT_EQ(codes(), Codes{});
  EXPECT_EQ(value(0, 0), "50");
}

TEST_F(FormulaSheetTest, UnknownAndMissingColumnsAreRefused) {
  read("kunci,target,realisai\na,1,1\n");
  EXPECT_TRUE(sink_.has_errors());
  EXPECT_TRUE(sheet_.rows.empty());
}

TEST_F(FormulaSheetTest, ARowWithAMistakeIsLeftOutAndNamed) {
  struct Row {
    const char* text;
    Code code;
  };
  for (const Row& row :
       {Row{"a,,1,,,", Code::J3170}, Row{",1,1,,,", Code::J3170}, Row{"a,1,1,tingi,,", Code::J3171},
        Row{"a,1,1,,yes,", Code::J3171}, Row{"a,-1,1,,,", Code::J3172}, Row{"a,1000.01,1,,,", Code::J3172},
        Row{"199003022015031004,1,1,,,", Code::J3162}, Row{"a,1,1,,,SK 199003022015031004", Code::J3162}}) {
    sink_ = {};
    read("kunci,target,realisasi,perilaku,sah,sk\nz,1,1,,,\n" + std::string(row.text) + "\n");
    EXPECT_EQ(codes(), Codes{row.code}) << row.text;
    EXPECT_EQ(sources_.to_string(only().primary).substr(0, 8), "s.csv:3:") << row.text;
    ASSERT_EQ(sheet_.rows.size(), 1U) << row.text;
    EXPECT_EQ(sheet_.rows[0].key, "z");
  }
  sink_ = {};
  read("kunci,target,realisasi\na,satu,1\n");
  EXPECT_TRUE(sink_.has_errors());
  EXPECT_TRUE(sheet_.rows.empty());
}

TEST_F(FormulaSheetTest, OneKeyStandsOnceInAPeriod) {
  read("kunci,periode,target,realisasi\na,2023,1,1\na,2024,1,1\na,2024,1,2\na,,1,1\na,,1,1\nb,2024,1,1\n");
  EXPECT_EQ(codes(), (Codes{Code::J3173, Code::J3173}));
  // None of the rows that stand twice; said once a key.
  ASSERT_EQ(sheet_.rows.size(), 2U);
  EXPECT_EQ(sheet_.rows[0].period, Period::parse("2023"));
  EXPECT_EQ(sheet_.rows[1].key, "b");
  EXPECT_EQ(message_text(sink_.all()[0], Language::indonesian), "kunci a (2024) ditulis lebih dari sekali");
  EXPECT_EQ(message_text(sink_.all()[1], Language::indonesian), "kunci a ditulis lebih dari sekali");
  sink_ = {};
  read("kunci,target,realisasi\na,1,satu\na,1,1\na,1,1\n");
  EXPECT_EQ(codes(), (Codes{Code::J1118, Code::J3173}));
  EXPECT_TRUE(sheet_.rows.empty());
}

TEST_F(FormulaSheetTest, ARefusalIsReportedOnceWhereItBegins) {
  read("kunci,periode,target,realisasi\na,2024,1,1\nb,2024,0,1\nc,2024,0,2\n");
  report_formula_sheet(sheet_, sink_);
  ASSERT_EQ(codes(), Codes{Code::J3175});
  EXPECT_EQ(arg(only(), "langkah"), "capaian");
  EXPECT_EQ(arg(only(), "jumlah"), "2");
  EXPECT_EQ(arg(only(), "kunci"), "b");
  EXPECT_EQ(only().article, "P");
  // On two rows: capaian, separuh and the check have no value.
  EXPECT_EQ(sheet_.refused(), 6U);
}

TEST_F(FormulaSheetTest, AFailedCheckAndAYearOutsideThePackAreFindings) {
  read("kunci,periode,target,realisasi\na,2024,1,3\nb,2026,1,1\nc,2026,1,1\n");
  report_formula_sheet(sheet_, sink_);
  EXPECT_EQ(codes(), (Codes{Code::J3176, Code::J3108}));
  EXPECT_EQ(sheet_.failed_checks(), 1U);
  EXPECT_EQ(value(0, 0), "300");
}

TEST_F(FormulaSheetTest, EvidenceThatNamesAFileIsLookedFor) {
  read(
      "kunci,target,realisasi,sk\na,1,1,bukti/ada.pdf#hal-3\nb,1,1,bukti/tidak.pdf\nc,1,1,SK Bupati 12/2023\n"
      "d,1,1,Nomor 800.1/2024\n");
  KeptFiles kept;
  kept.keep("rencana/bukti/ada.pdf", "x");
  check_formula_evidence(sheet_, "rencana", kept, sink_);
  ASSERT_EQ(codes(), Codes{Code::J3174});
  EXPECT_EQ(arg(only(), "kunci"), "b");
}

}  // namespace formula_sheet_test
}  // namespace jenjang
