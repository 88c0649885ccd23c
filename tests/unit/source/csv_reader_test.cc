#include "jenjang/source/csv_reader.h"

#include <array>
#include <gtest/gtest.h>

namespace jenjang {
namespace csv_reader_test {

class Csv : public ::testing::Test {
protected:
  std::optional<CsvTable> parse(std::string text, const CsvFormat& format = {}) {
    sink_ = DiagnosticSink();
    return parse_csv(sources_.add("a.csv", std::move(text)), sources_, format, sink_);
  }
  std::string codes() const {
    std::string all;
    for (const Diagnostic& found : sink_.all()) {
      all += (all.empty() ? "" : " ") + to_string(found.code) + '@' + std::to_string(found.primary.line) + ':' +
             std::to_string(found.primary.column);
    }
    return all;
  }
  static std::string place(const SourceSpan& span) {
    return std::to_string(span.line) + ':' + std::to_string(span.column) + '+' + std::to_string(span.length);
  }

  SourceMap sources_;
  DiagnosticSink sink_;
};

TEST_F(Csv, CellsWithPlaces) {
  const auto table = parse("kode,nilai\r\nIKLH,76.30\r\n\"A, B\",\"kata \"\"x\"\"\"\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(codes(), "");
  EXPECT_EQ(table->row_count(), 2U);
  EXPECT_EQ(table->column_count(), 2U);
  EXPECT_EQ(table->column("nilai"), 1U);
  EXPECT_FALSE(table->column("Nilai"));
  EXPECT_EQ(table->cell(0, 1).text, "76.30");
  EXPECT_EQ(place(table->cell(0, 1).span), "2:6+5");
  EXPECT_EQ(table->cell(1, 0).text, "A, B");
  EXPECT_EQ(place(table->cell(1, 0).span), "3:1+6");
  EXPECT_EQ(table->cell(1, 1).text, "kata \"x\"");
}

TEST_F(Csv, QuotedLinesMoveThePlaces) {
  const auto table = parse("a,b\n\"satu\r\ndua\",x\ny,z");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->cell(0, 0).text, "satu\r\ndua");
  EXPECT_EQ(place(table->cell(0, 0).span), "2:1+11");
  EXPECT_EQ(place(table->cell(0, 1).span), "3:6+1");
  EXPECT_EQ(place(table->cell(1, 1).span), "4:3+1");
}

TEST_F(Csv, ExcelArtefactsAndComments) {
  const auto table = parse("\xEF\xBB\xBFsep=;\r\n# catatan, x\r\n\r\nkode;nilai\r\n#A;1,5\r\n;\r\n", {';', ','});
  ASSERT_TRUE(table);
  EXPECT_EQ(codes(), "");
  EXPECT_EQ(table->header()[0].text, "kode");
  EXPECT_EQ(place(table->header()[0].span), "4:1+4");
  EXPECT_EQ(table->row_count(), 2U);
  EXPECT_EQ(table->cell(0, 0).text, "#A");  // after the header # is data
  EXPECT_EQ(table->cell(1, 1).text, "");
  EXPECT_EQ(read_decimal(table->cell(0, 1), {';', ','}, sink_)->to_string(), "1.5");
  const auto plain = parse("\xEF\xBB\xBFkode,n\nA,1\n");
  ASSERT_TRUE(plain);
  EXPECT_EQ(place(plain->header()[0].span), "1:4+4");
}

TEST_F(Csv, BadRowsAreLeftOutWithAPlace) {
  const auto table = parse("a,b\n1\n2,3\n4,5,6\nx\"y,7\n\"p\"q,8\n9,10\n\xFF,11\n1\x01,12\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(codes(), "J1131@2:1 J1131@4:1 J1133@5:2 J1133@6:4 J1101@8:1 J1102@9:2");
  EXPECT_EQ(table->row_count(), 2U);
  EXPECT_EQ(table->rows_rejected(), 6U);
  EXPECT_EQ(table->cell(0, 0).text, "2");
  EXPECT_EQ(table->cell(1, 1).text, "10");
}

TEST_F(Csv, AnUnclosedQuoteEndsTheReading) {
  const auto table = parse("a,b\n1,2\n3,\"4\n5,6\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(codes(), "J1132@3:3");
  EXPECT_EQ(table->row_count(), 1U);
  EXPECT_EQ(table->rows_rejected(), 1U);
}

TEST_F(Csv, NoUsableHeader) {
  EXPECT_FALSE(parse(""));
  EXPECT_EQ(codes(), "J1130@1:1");
  EXPECT_FALSE(parse("# hanya komentar\n"));
  EXPECT_EQ(codes(), "J1130@2:1");
  EXPECT_FALSE(parse("kode;nilai\nA;1\n"));
  EXPECT_EQ(codes(), "J1137@1:1");
  EXPECT_NE(repair_text(sink_.all().back(), Language::english).find("`--pemisah ';'`"), std::string::npos);
  EXPECT_FALSE(parse("kode\tnilai\nA\t1\n"));
  EXPECT_NE(repair_text(sink_.all().back(), Language::english).find("`--pemisah tab`"), std::string::npos);
  // UTF-16 with its mark: both orders of bytes.
  EXPECT_FALSE(parse(std::string("\xFF\xFEk\0,\0\n\0", 8)));
  EXPECT_EQ(codes(), "J1102@1:4");
  EXPECT_NE(repair_text(sink_.all().back(), Language::english).find("CSV UTF-8"), std::string::npos);
  EXPECT_FALSE(parse(std::string("\xFE\xFF\0k\0,\0\n", 8)));
  EXPECT_EQ(codes(), "J1102@1:3");
  EXPECT_FALSE(parse("\"kode\nA,1\n"));
  EXPECT_EQ(codes(), "J1132@1:1");
  EXPECT_TRUE(parse("kode\nA\nB\n"));  // one column is fine
}

TEST_F(Csv, HeaderIsChecked) {
  constexpr std::array<std::string_view, 2> kRequired{"kode", "satuan"};
  constexpr std::array<std::string_view, 1> kOptional{"nilai"};
  const auto good = parse("nilai,satuan,kode\n");
  EXPECT_TRUE(good->expect_columns(kRequired, kOptional, sink_));
  EXPECT_EQ(codes(), "");
  const auto bad = parse("kode,satuna,kode,lain\n");
  EXPECT_FALSE(bad->expect_columns(kRequired, kOptional, sink_));
  EXPECT_EQ(codes(), "J1135@1:6 J1136@1:13 J1135@1:18 J1134@1:1");
  EXPECT_EQ(sink_.all()[0].suggestion, "satuan");
  EXPECT_EQ(sink_.all()[1].related.at(0).span.column, 1U);
  EXPECT_EQ(sink_.all()[2].suggestion, "");
}

TEST_F(Csv, NumbersInTheDeclaredFormatOnly) {
  const auto read = [&](const char* text, const CsvFormat& format) -> std::string {
    sink_ = DiagnosticSink();
    const auto value = read_decimal({text, {}}, format, sink_);
    if (value) return value->to_string();
    return sink_.all().empty() ? "-" : to_string(sink_.all().front().code);
  };
  const CsvFormat point{',', '.'};
  const CsvFormat comma{';', ','};
  EXPECT_EQ(read("1.50", point), "1.50");
  EXPECT_EQ(read(" 1.50 ", point), "1.50");
  EXPECT_EQ(read("1,50", comma), "1.50");
  EXPECT_EQ(read("1.234,5", point), "J1119");
  EXPECT_EQ(read("1,5", point), "J1119");
  EXPECT_EQ(read("1.5", comma), "J1119");
  EXPECT_EQ(read("1.234,5", comma), "J1119");  // grouping is not accepted either
  EXPECT_EQ(read("1,234,567", point), "J1119");
  EXPECT_EQ(read("n/a", point), "J1118");
  EXPECT_EQ(read("1e3", point), "J1118");
  EXPECT_EQ(read("", point), "-");
  EXPECT_EQ(read("  ", point), "-");
}

TEST_F(Csv, OneReadingOfOtherMarksIsShown) {
  const auto meant = [&](const char* text, const CsvFormat& format) -> std::string {
    sink_ = DiagnosticSink();
    EXPECT_FALSE(read_decimal({text, {}}, format, sink_)) << text;
    EXPECT_EQ(sink_.all().front().code, Code::J1119) << text;
    return sink_.all().front().suggestion;
  };
  const CsvFormat point{',', '.'};
  const CsvFormat comma{';', ','};
  EXPECT_EQ(meant("1.234,5", point), "1234.5");
  EXPECT_EQ(meant("-1.234,50", point), "-1234.50");
  EXPECT_EQ(meant("1.234.567,125", point), "1234567.125");
  EXPECT_EQ(meant("1,234.5", point), "1234.5");
  EXPECT_EQ(meant("1.234,5", comma), "1234,5");
  EXPECT_EQ(meant("1.234.567", point), "1234567");
  EXPECT_EQ(meant("12,5", point), "12.5");
  EXPECT_EQ(meant("0,125", point), "0.125");  // no group begins with nought
  EXPECT_EQ(meant("1234,567", point), "1234.567");
  // A thousand two hundred and thirty-four, or three decimals.
  EXPECT_EQ(meant("1,234", point), "");
  EXPECT_EQ(meant("1.234", comma), "");
  // Groups are of three.
  EXPECT_EQ(meant("12,34.5", point), "");
  EXPECT_EQ(meant("1.234.56", point), "");
  EXPECT_EQ(meant("0.123,4", point), "");
  EXPECT_EQ(meant("1.234,5,6", point), "");
}

TEST_F(Csv, ManyEscapedCellsKeepTheirText) {
  // Short texts live inside their string object: they must not move while the arena grows.
  std::string text = "a\n";
  for (int i = 0; i < 3000; ++i) text += "\"\"\"" + std::to_string(i) + "\"\n";
  auto table = parse(text);
  ASSERT_TRUE(table);
  const CsvTable moved = std::move(*table);
  ASSERT_EQ(moved.row_count(), 3000U);
  for (std::size_t i = 0; i < 3000; ++i) ASSERT_EQ(moved.cell(i, 0).text, '"' + std::to_string(i));
}

}  // namespace csv_reader_test
}  // namespace jenjang
