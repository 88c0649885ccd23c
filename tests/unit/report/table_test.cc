#include "jenjang/report/table.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "jenjang/report/report.h"

namespace jenjang {
namespace table_test {

WriteOptions as(OutputFormat format, CsvDialect dialect = CsvDialect::standard) {
  WriteOptions options;
  options.format = format;
  options.csv = dialect;
  return options;
}

Table sample() {
  Table table;
  table.kind = "contoh";
  table.columns = {{"alamat", ColumnKind::code},
                   {"nilai", ColumnKind::figure},
                   {"n", ColumnKind::count},
                   {"catatan", ColumnKind::text, false}};
  table.rows = {{"64.01", "87.03", "10", "a"}, {"é", "-5.5", "7", ""}};
  return table;
}

TEST(TableText, AlignsByCharactersAndNamesWhatItHides) {
  const std::string text = write_table(sample(), {});
  // Figures stand right, words left; é is one character wide although it has two bytes.
  EXPECT_EQ(text,
            "alamat  nilai   n\n"
            "------  -----  --\n"
            "64.01   87.03  10\n"
            "é        -5.5   7\n"
            "2 baris; kolom lain dengan --format csv: catatan\n");
}

TEST(TableCsv, StandardQuotesOnlyWhereNeeded) {
  Table table = sample();
  table.rows = {{"a,b", "1.5", "1", "dia \"x\"\nlagi"}};
  EXPECT_EQ(write_table(table, as(OutputFormat::csv)),
            "alamat,nilai,n,catatan\n\"a,b\",1.5,1,\"dia \"\"x\"\"\nlagi\"\n");
}

TEST(TableCsv, ExcelIndonesiaGuardsCodesAndFormulas) {
  Table table = sample();
  table.rows = {{"64.01", "-5.5", "7", "=1+1"},    // a code that looks like a number; a real negative number; a formula
                {"2026-05", "80..90", "0", "@x"},  // a period that looks like a date; a target in words
                {"2026-TW1", "BB", "", "007"}};    // harmless code; grade; digits in text
  const std::string text = write_table(table, as(OutputFormat::csv, CsvDialect::excel_id));
  EXPECT_EQ(text,
            "\xEF\xBB\xBF"
            "alamat;nilai;n;catatan\r\n"
            "\"=\"\"64.01\"\"\";-5,5;7;'=1+1\r\n"
            "\"=\"\"2026-05\"\"\";\"=\"\"80..90\"\"\";0;'@x\r\n"
            "2026-TW1;BB;;\"=\"\"007\"\"\"\r\n");
}

TEST(TableJson, KeepsFiguresAsStringsAndCountsAsNumbers) {
  const auto json = nlohmann::json::parse(write_table(sample(), as(OutputFormat::json)));
  EXPECT_EQ(json["format_version"], 1);
  EXPECT_EQ(json["kind"], "contoh");
  EXPECT_EQ(json["rows"][0]["nilai"], "87.03");
  EXPECT_EQ(json["rows"][0]["n"], 10);
  EXPECT_TRUE(json["rows"][1]["catatan"].is_null());
}

TEST(ResultRows, HaveTheColumnsOfTheDesignInTheirOrder) {
  const std::vector<ResultRow> none;
  EXPECT_EQ(
      write_rows(none, as(OutputFormat::csv)),
      "alamat,dokumen,indikator,unit,periode,satuan,target,realisasi,capaian_mentah,capaian,rumus,batas,pembulatan,"
      "predikat,cakupan_n,cakupan_dari,cakupan_bobot,lajur,tersentuh_belum_valid,status,tanda\n");
}

TEST(TargetRows, HaveTheirColumns) {
  const std::vector<TargetRow> none;
  EXPECT_EQ(write_rows(none, as(OutputFormat::csv)),
            "alamat,indikator,unit,periode,satuan,target,status,asal,cara,dari,dokumen,tanda\n");
}

}  // namespace table_test
}  // namespace jenjang
