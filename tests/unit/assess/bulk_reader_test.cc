// Files of many sheets: both shapes, what is refused and counted, and the same findings for any number of threads.
#include "jenjang/assess/bulk_reader.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace bulk_reader_test {

class BulkReaderTest : public ::testing::Test {
protected:
  void SetUp() override {
    BulkQuestion first{"1.a", ""}, second{"1.b", ""}, number{"luas", ""};
    first.labels = {"ya", "tidak"};
    second.labels = {"AA", "A", "B"};
    number.kind = BulkQuestion::Kind::number;
    number.low = Decimal(0);
    number.high = Decimal(100);
    ASSERT_TRUE(form_.add(first));
    ASSERT_TRUE(form_.add(second));
    ASSERT_TRUE(form_.add(number));
    ASSERT_FALSE(form_.add(number));
  }
  void require(std::size_t question) { form_.questions[question].required = true; }

  // Rows that are taken, "key unit period: answers"; nullopt when the header is no use.
  std::optional<std::string> read(const std::string& csv, const CsvFormat& format = {}, unsigned threads = 1,
                                  std::size_t least_stretch = std::size_t{1} << 18) {
    sink_ = {};
    sources_ = std::make_unique<SourceMap>();
    const FileId file = sources_->add("massal.csv", csv);
    const auto sheets =
        read_bulk_sheets(file, *sources_, format, form_, {"uji/t", threads, nullptr, least_stretch}, sink_);
    if (!sheets) return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < sheets->keys.size(); ++i) {
      if (sheets->left_out[i] != 0) continue;
      text += sheets->keys[i];
      if (!sheets->units.empty()) text += " " + std::string(sheets->units[i]);
      if (!sheets->periods.empty()) text += " " + sheets->periods[i].to_string();
      text += ":";
      for (std::size_t q = 0; q < form_.questions.size(); ++q) text += " " + sheets->answers.written(i, q);
      text += ";";
    }
    counts_ = std::to_string(sheets->refused) + "/" + std::to_string(sheets->read);
    return text;
  }
  std::string said() const {
    std::string text;
    for (const Diagnostic& one : sink_.all()) {
      text +=
          to_string(one.code) + "@" + std::to_string(one.primary.line) + ":" + std::to_string(one.primary.column) + " ";
    }
    return text;
  }
  std::string summary(std::string_view name) const {
    for (const DiagnosticArg& arg : sink_.all().back().args) {
      if (arg.name == name) return arg.value;
    }
    return "?";
  }

  BulkForm form_;
  std::unique_ptr<SourceMap> sources_;
  DiagnosticSink sink_;
  std::string counts_;
};

TEST_F(BulkReaderTest, ARowASheetOrARowAnAnswer) {
  const std::string wanted = "a: ya B 12.5;b: tidak  0;";
  EXPECT_EQ(read("kunci,1.b,1.a,luas\na,B,ya,12.50\nb,, tidak ,0\n"), wanted);
  EXPECT_EQ(said(), "");
  EXPECT_EQ(counts_, "0/2");
  EXPECT_EQ(read("kunci,kode,jawaban\na,1.a,ya\nb,1.b,\nb,luas,0\na,luas,12.50\nb,1.a,tidak\na,1.b,B\n"), wanted);
  EXPECT_EQ(said(), "");
}

TEST_F(BulkReaderTest, UnitAndPeriodStandBesideTheKey) {
  EXPECT_EQ(read("kunci,unit,periode,1.a\na,64/dlh,2024,ya\na,64/dlh,2025,tidak\nb,,,ya\n"),
            "a 64/dlh 2024: ya  ;a 64/dlh 2025: tidak  ;b  -: ya  ;");
  EXPECT_EQ(read("periode,kunci,kode,jawaban\n2024,a,1.a,ya\n2025,a,1.a,tidak\n2024,a,1.b,A\n"),
            "a 2024: ya A ;a 2025: tidak  ;");
  EXPECT_EQ(said(), "");
}

TEST_F(BulkReaderTest, SpreadsheetsOfIndonesiaAreRead) {
  EXPECT_EQ(read("kunci;1.a;luas\r\n\"=\"\"01\"\"\";ya;12,5\r\n\"b;c\";\"tidak\";3\r\n", {';', ','}),
            "01: ya  12.5;b;c: tidak  3;");
  EXPECT_EQ(said(), "");
}

TEST_F(BulkReaderTest, ASheetWithAMistakeIsLeftOutAndNamed) {
  EXPECT_EQ(read("kunci,1.a,luas\na,yaa,1\nb,ya,101\nc,ya,satu\n,ya,1\nd,ya,1\nd,tidak,1\n199003022015031004,ya,1\n"),
            "");
  EXPECT_EQ(said(), "J3171@2:3 J3172@3:6 J1118@4:6 J3170@5:1 J3162@8:1 J3173@7:1 J3112@0:0 ");
  EXPECT_EQ(counts_, "7/7");
  EXPECT_EQ(summary("lembar"), "a, b, c, d, ...");
  EXPECT_EQ(summary("sebab"), "J1118 x1, J3162 x1, J3170 x1, J3171 x1, J3172 x1, J3173 x1");
}

TEST_F(BulkReaderTest, NoRowOfAnAmbiguousKeyIsTaken) {
  // Said once a key, at its second row.
  EXPECT_EQ(read("kunci,1.a\na,ya\nb,ya\na,tidak\na,ya\n"), "b: ya  ;");
  EXPECT_EQ(said(), "J3173@4:1 J3112@0:0 ");
  EXPECT_EQ(counts_, "3/4");
  EXPECT_EQ(summary("lembar"), "a");
  EXPECT_EQ(summary("sebab"), "J3173 x1");
  EXPECT_EQ(message_text(sink_.all().front(), Language::indonesian), "kunci a ditulis lebih dari sekali");
  // A slip in one of them makes the other no clearer, wherever it stands.
  EXPECT_EQ(read("kunci,1.a\na,yaa\nb,ya\na,ya\n"), "b: ya  ;");
  EXPECT_EQ(said(), "J3171@2:3 J3173@4:1 J3112@0:0 ");
  EXPECT_EQ(counts_, "2/3");
  EXPECT_EQ(read("kunci,1.a\na,ya\nb,ya\na,yaa\n"), "b: ya  ;");
  EXPECT_EQ(counts_, "2/3");
  // Nor does a row of broken form: one cell too many, one too few.
  for (const char* const broken : {"a,ya,\n", "a\n"}) {
    EXPECT_EQ(read("kunci,1.a\n" + std::string(broken) + "b,ya\na,ya\n"), "b: ya  ;");
    EXPECT_EQ(said(), "J1131@2:1 J3173@4:1 J3112@0:0 ");
    EXPECT_EQ(counts_, "2/3");
    EXPECT_EQ(summary("lembar"), "a");
  }
  // The number of a person is not said again.
  EXPECT_EQ(read("kunci,1.a\n199003022015031004,ya\nb,ya\n199003022015031004,ya\n"), "b: ya  ;");
  EXPECT_EQ(said(), "J3162@2:1 J3162@4:1 J3112@0:0 ");
  EXPECT_EQ(summary("lembar"), "...");
}

TEST_F(BulkReaderTest, AKeyIsAmbiguousWithinItsPeriod) {
  EXPECT_EQ(read("kunci,periode,1.a\na,2024,ya\na,2023,ya\na,2024,ya\nb,,ya\nb,,ya\n"), "a 2023: ya  ;");
  EXPECT_EQ(said(), "J3173@4:1 J3173@6:1 J3112@0:0 ");
  EXPECT_EQ(message_text(sink_.all().front(), Language::english), "key a (2024) is written more than once");
  EXPECT_EQ(counts_, "4/5");
  EXPECT_EQ(summary("lembar"), "a, b");
  // A row whose period nobody can read is no row of any: left out for that, and for nothing else.
  EXPECT_EQ(read("kunci,periode,1.a\na,,ya\na,2024-13,ya\na,2024-14,ya\n"), "a -: ya  ;");
  EXPECT_EQ(said(), "J1201@3:3 J1201@4:3 J3112@0:0 ");
  EXPECT_EQ(counts_, "2/3");
  // A broken row is of the period that it names; too short to name one, of any.
  EXPECT_EQ(read("kunci,periode,1.a\na,2024,ya\na,2023,ya\na,2024,ya,\n"), "a 2023: ya  ;");
  EXPECT_EQ(counts_, "2/3");
  EXPECT_EQ(read("kunci,periode,1.a\na,2024,ya\na,2023,ya\na\n"), "");
  EXPECT_EQ(counts_, "3/3");
}

TEST_F(BulkReaderTest, EveryRowThatCannotBeReadIsCounted) {
  EXPECT_EQ(read("kunci,1.a\na,ya,\nb,ya,\nc,ya,\n"), "");
  EXPECT_EQ(counts_, "3/3");
  EXPECT_EQ(summary("lembar"), "a, b, c");
  // With a row an answer a key that stands on such rows alone is one sheet, and rows without a key are one together.
  EXPECT_EQ(read("kunci,kode,jawaban\na,1.a,ya,\na,1.b,A,\nb,1.a,ya,\n"), "");
  EXPECT_EQ(counts_, "2/2");
  EXPECT_EQ(summary("lembar"), "a, b");
  EXPECT_EQ(read("kunci,kode,jawaban\nc,1.a,ya\n,1.a,ya\n,1.b,A\n199003022015031004,1.a,ya\n199003022015031004,1.b,A\n"
                 "d,1.a,\xff\n\xff,1.a,ya\n"),
            "c: ya  ;");
  EXPECT_EQ(counts_, "4/5");  // no key, the number, d, the bytes
  EXPECT_EQ(summary("lembar"), "d, ...");
  EXPECT_EQ(summary("sebab"), "J1101 x2, J3162 x2, J3170 x2");
  // An answer in a period that nobody can read is missing somewhere.
  EXPECT_EQ(read("kunci,periode,kode,jawaban\na,2024,1.a,ya\na,2024-13,1.b,A\nc,2024,1.a,ya\n"), "c 2024: ya  ;");
  EXPECT_EQ(counts_, "1/2");
  EXPECT_EQ(summary("lembar"), "a");
}

TEST_F(BulkReaderTest, AFileWithoutASheetSaysSo) {
  for (const char* const header : {"kunci,1.a\n", "kunci,kode,jawaban\n", "kunci,1.a"}) {
    EXPECT_EQ(read(header), "");
    EXPECT_EQ(said(), "J3114@0:0 ");
    EXPECT_FALSE(sink_.has_errors());
  }
}

TEST_F(BulkReaderTest, WhatMayHaveBeenMeantIsAskedWhenMostIsRefused) {
  std::size_t asked = 0;
  const auto suggestion = [&](const std::string& csv, unsigned threads) {
    SourceMap sources;
    DiagnosticSink sink;
    const FileId file = sources.add("massal.csv", csv);
    BulkReading reading{"uji/t", threads, nullptr, 1};
    reading.meant = [&](std::span<const BulkRefusal> refused) {
      ++asked;
      std::string text = std::to_string(refused.size());
      for (const BulkRefusal& one : refused) text += " " + one.code + "=" + one.label;
      return text;
    };
    EXPECT_TRUE(read_bulk_sheets(file, sources, {}, form_, reading, sink));
    return sink.all().empty() ? "" : sink.all().back().suggestion;
  };
  std::string many = "kunci,1.a\n", first_twenty = "20";
  for (int i = 0; i < 50; ++i) {
    many += "k" + std::to_string(i) + ",x" + std::to_string(i) + "\n";
    if (i < 20) first_twenty += " 1.a=x" + std::to_string(i);
  }
  for (const unsigned threads : {1U, 2U}) {
    EXPECT_EQ(suggestion("kunci,1.a,1.b\na,A,yes\nb,ya,A\nc,A,A\n", threads), "3 1.a=A 1.b=yes 1.a=A");
    EXPECT_EQ(suggestion(many, threads), first_twenty);
  }
  EXPECT_EQ(asked, 4U);
  // Half of the file, or none of it for a label.
  EXPECT_EQ(suggestion("kunci,1.a\na,A\nb,ya\n", 1), "");
  EXPECT_EQ(suggestion("kunci,1.a\na,ya\na,ya\n", 1), "");
  EXPECT_EQ(suggestion("kunci,1.a\na,A\nb,ya,\nc,ya,\n", 1), "");
  EXPECT_EQ(asked, 4U);
}

TEST_F(BulkReaderTest, AnAnswerWithAMistakeTakesItsSheetOut) {
  EXPECT_EQ(read("kunci,kode,jawaban\na,1.a,ya\na,1.c,ya\nb,1.a,ya\nb,1.a,ya\nc,1.b,AB\nd,1.a,ya\ne,,ya\n"),
            "d: ya  ;");
  EXPECT_EQ(said(), "J3100@3:3 J3171@6:7 J3170@8:3 J1810@5:3 J3112@0:0 ");
  EXPECT_EQ(counts_, "4/5");
}

TEST_F(BulkReaderTest, ARowOfBrokenFormTakesItsSheetOut) {
  EXPECT_EQ(read("kunci,1.a,luas\na,ya,1\nb,ya\nc,ya,1\n"), "a: ya  1;c: ya  1;");
  EXPECT_EQ(counts_, "1/3");
  EXPECT_EQ(summary("lembar"), "b");
  EXPECT_EQ(read("# catatan\nkunci,kode,jawaban\na,1.a,ya\na,1.b\nc,1.a,ya\n"), "c: ya  ;");
  EXPECT_EQ(counts_, "1/2");
  EXPECT_EQ(summary("lembar"), "a");
}

TEST_F(BulkReaderTest, ABrokenRowIsKnownByItsKeyWhereverAndHoweverItIsWritten) {
  // Behind another column.
  EXPECT_EQ(read("periode,kunci,kode,jawaban\n2024,a,1.a,ya\n2024,a,1.b\n2024,c,1.a,ya\n"), "c 2024: ya  ;");
  EXPECT_EQ(summary("lembar"), "a");
  // In quotes, with the separator, a quote, or what another separator would be.
  EXPECT_EQ(read("kunci,kode,jawaban\n\"a,1\",1.a,ya\n\"a,1\",1.b\nc,1.a,ya\n"), "c: ya  ;");
  EXPECT_EQ(summary("lembar"), "a,1");
  EXPECT_EQ(read("kunci,kode,jawaban\n\"a\"\"1\",1.a,ya\n\"a\"\"1\",1.b\nc,1.a,ya\n"), "c: ya  ;");
  EXPECT_EQ(summary("lembar"), "a\"1");
  EXPECT_EQ(read("kunci,kode,jawaban\na;1,1.a,ya\na;1,1.b\nc,1.a,ya\n"), "c: ya  ;");
  EXPECT_EQ(summary("lembar"), "a;1");
  // Guarded against a spreadsheet's guess, as a whole cell is.
  EXPECT_EQ(read("kunci;kode;jawaban\n\"=\"\"01\"\"\";1.a;ya\n\"=\"\"01\"\"\";1.b\nc;1.a;ya\n", {';', ','}),
            "c: ya  ;");
  EXPECT_EQ(summary("lembar"), "01");
  // Too short to have one: no sheet of that name, and none is taken out.
  EXPECT_EQ(read("periode,kunci,kode,jawaban\n2024,a,1.a,ya\n2024\n"), "a 2024: ya  ;");
}

TEST_F(BulkReaderTest, RequiredAnswersAreAskedForInBothShapes) {
  require(0);
  EXPECT_EQ(read("kunci,1.a\na,\nb,ya\n"), "b: ya  ;");
  EXPECT_EQ(said(), "J3170@2:3 J3112@0:0 ");
  EXPECT_EQ(read("kunci,kode,jawaban\na,1.b,A\nb,1.a,\nc,1.a,ya\n"), "c: ya  ;");
  EXPECT_EQ(said(), "J3170@3:7 J3170@2:1 J3112@0:0 ");
  EXPECT_EQ(read("kunci,1.b\na,A\n"), std::nullopt);
  EXPECT_EQ(said(), "J1134@1:1 ");
}

TEST_F(BulkReaderTest, HeadersWithoutAQuestionOrAKeyAreRefused) {
  EXPECT_EQ(read("kunci,unit\na,b\n"), std::nullopt);
  EXPECT_EQ(said(), "J1134@1:1 ");
  EXPECT_EQ(read("nama,1.a\na,ya\n"), std::nullopt);
  EXPECT_EQ(read("kunci,kode\na,1.a\n"), std::nullopt);
  EXPECT_EQ(read(""), std::nullopt);
  EXPECT_EQ(read("kunci,1.a\n"), "");
  EXPECT_EQ(read("kunci,kode,jawaban\n"), "");
  // A slip in a code is a mistake of the header; what can be read is read.
  EXPECT_EQ(read("kunci,1.a,1.bb\na,ya,A\n"), "a: ya  ;");
  EXPECT_EQ(said(), "J1135@1:11 ");
}

TEST_F(BulkReaderTest, TenThousandEqualMistakesAreTwentyMessages) {
  std::string csv = "kunci,1.a\n";
  for (int i = 0; i < 10000; ++i) csv += "k" + std::to_string(i) + (i % 10 == 0 ? ",ya\n" : ",iya\n");
  for (const unsigned threads : {1U, 2U}) {
    ASSERT_TRUE(read(csv, {}, threads));
    EXPECT_EQ(sink_.all().size(), kMostOfACode + 1);
    EXPECT_EQ(counts_, "9000/10000");
    EXPECT_EQ(summary("sebab"), "J3171 x9000");
    EXPECT_EQ(summary("lembar"), "k1, k2, k3, k4, k5, ...");
  }
}

TEST_F(BulkReaderTest, AWatchEndsReadingAndScoring) {
  const std::atomic<bool> stop{true};
  const Watch watch(&stop);
  SourceMap sources;
  const FileId file = sources.add("massal.csv", "kunci,1.a\na,ya\n");
  DiagnosticSink sink;
  EXPECT_THROW((void)read_bulk_sheets(file, sources, {}, form_, {"uji/t", 1, &watch}, sink), Stopped);
  EXPECT_THROW((void)read_bulk_sheets(file, sources, {}, form_, {"uji/t", 2, &watch}, sink), Stopped);
}

// Bytes of every kind, cut and put together by chance: nothing breaks, and threads change nothing.
TEST_F(BulkReaderTest, AnyBytesAreReadOrRefused) {
  const std::vector<std::string> pieces{
      "kunci", "kode", "jawaban", "1.a",  "1.b",    "luas", "unit", "periode", ",",
      ",",     ",",    "\n",      "\n",   "\r\n",   "\"",   "a",    "b",       "ya",
      "2024",  "12.5", "1e5",     "\xff", "=\"x\"", "#",    " ",    "-",       std::string(1, '\0')};
  std::uint64_t state = 7;
  const auto below = [&](std::size_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % n;
  };
  std::size_t used = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string csv = std::vector<std::string>{"kunci,1.a,luas\n", "kunci,kode,jawaban\n", ""}[below(3)];
    for (std::size_t i = below(40); i > 0; --i) csv += pieces[below(pieces.size())];
    const auto one = read(csv);
    used += one.has_value() ? 1 : 0;
    const std::string findings = said();
    EXPECT_EQ(read(csv, {}, 2, 1 + below(30)), one) << csv;
    EXPECT_EQ(said(), findings) << csv;
    if (HasFailure()) return;
  }
  EXPECT_GT(used, 1000U);
}

// Large enough for several stretches; mistakes of every kind, and sheets that are spread over the file.
TEST_F(BulkReaderTest, ThreadsChangeNothing) {
  std::string wide = "kunci,periode,1.a,1.b,luas\n", tall = "kunci,kode,jawaban\n";
  for (int i = 0; i < 30000; ++i) {
    const int key = i % 1999 == 0 ? 7 : i;
    wide += "pegawai-" + std::to_string(key) + (i % 3001 == 5 ? ",2024-13" : ",2024") +
            (i % 777 == 0 ? ",yaa" : ",ya") + (i % 5 == 0 ? ",\"A\"" : ",B") + (i % 4001 == 9 ? "\n" : ",1.5\n");
  }
  for (int i = 0; i < 45000; ++i) {
    const int key = i % 15000;
    tall += "opd-" + std::to_string(key) + (i < 15000 ? ",1.a,ya\n" : i < 30000 ? ",1.b,A\n" : ",luas,7\n");
    if (i % 997 == 0) tall += "opd-" + std::to_string(key) + ",1.a,ya\nopd-3,9.z,ya\nopd-4,1.a\n";
  }
  for (const std::string& csv : {wide, tall}) {
    const auto one = read(csv, {}, 1);
    const std::string findings = said(), counts = counts_;
    EXPECT_GT(sink_.all().size(), 20U);
    for (const unsigned threads : {2U, 3U}) {
      EXPECT_EQ(read(csv, {}, threads), one);
      EXPECT_EQ(said(), findings);
      EXPECT_EQ(counts_, counts);
    }
  }
}

}  // namespace bulk_reader_test
}  // namespace jenjang
