// 1.000: three decimals or a thousand. What settles it, and that it is told once.
#include <gtest/gtest.h>

#include "jenjang/source/csv_reader.h"

namespace jenjang {
namespace doubtful_figures_test {

// The message about column nilai, with its place; empty when there is no doubt.
std::string doubt(const std::string& figures, const CsvFormat& format = {}) {
  SourceMap sources;
  DiagnosticSink sink;
  std::string text = "kode,nilai\n";
  for (const char c : figures)
    text += c == ' ' ? std::string("\n") : text.back() == '\n' ? "A," + std::string(1, c) : std::string(1, c);
  const auto table = parse_csv(sources.add("a.csv", text + "\n"), sources, format, sink);
  EXPECT_TRUE(table);
  report_doubtful_figures(*table, "nilai", format, sink);
  report_doubtful_figures(*table, "tidak-ada", format, sink);
  EXPECT_LE(sink.all().size(), 1U);
  if (sink.all().empty()) return {};
  const Diagnostic& found = sink.all().front();
  EXPECT_EQ(found.code, Code::J1138);
  EXPECT_EQ(found.severity, Severity::warning);
  std::string said = std::to_string(found.primary.line);
  for (const DiagnosticArg& arg : found.args) said += " " + std::string(arg.name) + "=" + arg.value;
  return said;
}

TEST(Thousands, AreToldOnceAColumnAtTheFirst) {
  EXPECT_EQ(doubt("900 1.000 1.250"), "3 kolom=nilai teks=1.000 dibaca=1 ribuan=1000 jumlah=2");
  EXPECT_EQ(doubt("12.345"), "2 kolom=nilai teks=12.345 dibaca=12.345 ribuan=12345 jumlah=1");
  EXPECT_EQ(doubt("-1.500"), "2 kolom=nilai teks=-1.500 dibaca=-1.5 ribuan=-1500 jumlah=1");
}

TEST(Thousands, AreSettledByFiguresThatCannotGroup) {
  EXPECT_EQ(doubt("1.000 0.125"), "");     // no group of thousands is led by a nought
  EXPECT_EQ(doubt("1.000 1234.567"), "");  // nor has it four digits before the mark
  EXPECT_EQ(doubt("1000 12 0"), "");       // no mark at all
  EXPECT_EQ(doubt("1.25 12.5"), "");
  EXPECT_EQ(doubt("1.0000"), "");
}

TEST(Thousands, AmongOtherLengthsOnlyATrailingNoughtIsDoubtful) {
  EXPECT_EQ(doubt("12.5 12.345"), "");
  EXPECT_EQ(doubt("12.5 1.250"), "3 kolom=nilai teks=1.250 dibaca=1.25 ribuan=1250 jumlah=1");
}

TEST(Thousands, AreNoneWhereTheMarkIsStated) {
  EXPECT_EQ(doubt("1.000", {.mark_stated = true}), "");
  EXPECT_EQ(doubt("1.000", {.separator = ',', .decimal_point = ',', .mark_stated = false}), "");
}

}  // namespace doubtful_figures_test
}  // namespace jenjang
