// Any bytes, read in any number of stretches by any number of threads, give the rows and the findings of the slow
// reader, in its order.
#include "engine/source/csv_stretches.h"

#include <gtest/gtest.h>
#include <mutex>

#include "engine/source/doubtful_figures.h"
#include "engine/source/stop_bytes.h"
#include "tests/unit/source/literal_csv.h"

namespace jenjang {
namespace csv_stretches_test {

using testing::LiteralCell;
using testing::LiteralCsv;
using testing::LiteralFinding;
using testing::LiteralTable;

class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33) % n);
  }

private:
  std::uint64_t state_;
};

LiteralCell cell_of(const CsvCell& cell) {
  return {std::string(cell.text), cell.span.line, cell.span.column, cell.span.length};
}

void append_row(const CsvTable& table, std::size_t row, std::vector<std::vector<LiteralCell>>& rows) {
  auto& cells = rows.emplace_back();
  for (std::size_t column = 0; column < table.column_count(); ++column) {
    cells.push_back(cell_of(table.cell(row, column)));
  }
}

std::vector<LiteralCell> header_of(const CsvTable& table) {
  std::vector<LiteralCell> cells;
  for (const CsvCell& cell : table.header()) cells.push_back(cell_of(cell));
  return cells;
}

std::vector<LiteralFinding> findings_of(const DiagnosticSink& sink) {
  std::vector<LiteralFinding> findings;
  for (const Diagnostic& found : sink.all()) {
    findings.push_back({found.code, found.primary.line, found.primary.column, found.primary.length});
  }
  return findings;
}

LiteralTable whole(const std::string& text, char separator) {
  SourceMap sources;
  DiagnosticSink sink;
  LiteralTable out;
  const auto table = parse_csv(sources.add("a.csv", text), sources, {separator, '.'}, sink);
  if (table) {
    out.header = true;
    out.rows.push_back(header_of(*table));
    for (std::size_t row = 0; row < table->row_count(); ++row) append_row(*table, row, out.rows);
    out.rejected = table->rows_rejected();
  }
  out.findings = findings_of(sink);
  return out;
}

// Keeps all rows; reports J1130 at the first cell of each, to see where its own findings go.
class Keeper : public CsvRows {
public:
  bool begin(const CsvTable& header, std::size_t stretches, DiagnosticSink&) override {
    header_ = header_of(header);
    parts_.resize(stretches);
    return true;
  }
  void rows(std::size_t stretch, const CsvTable& rows, DiagnosticSink& sink) override {
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      append_row(rows, row, parts_[stretch]);
      sink.report(make_diagnostic(Code::J1130, rows.cell(row, 0).span));
    }
  }
  void again(std::size_t stretch) override {
    parts_[stretch].clear();
    ++wrong_guesses;
  }
  [[nodiscard]] std::vector<std::vector<LiteralCell>> all() const {
    std::vector<std::vector<LiteralCell>> rows{header_};
    for (const auto& part : parts_) rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }
  [[nodiscard]] std::size_t stretches() const { return parts_.size(); }
  std::size_t wrong_guesses = 0;

private:
  std::vector<LiteralCell> header_;
  std::vector<std::vector<std::vector<LiteralCell>>> parts_;
};

struct Stretches {
  std::size_t count = 0, wrong_guesses = 0;
};

Stretches expect_same(const std::string& text, char separator, const CsvThreads& threads) {
  const LiteralTable slow = LiteralCsv(text, separator).read();
  SourceMap sources;
  DiagnosticSink sink;
  Keeper keeper;
  const FileId file = sources.add("a.csv", text);
  EXPECT_EQ(read_csv_rows(file, sources, {separator, '.'}, threads, keeper, sink), slow.header) << text;
  std::vector<LiteralFinding> expected = slow.findings;
  if (slow.header) {
    EXPECT_EQ(keeper.all(), slow.rows) << text;
    for (std::size_t row = 1; row < slow.rows.size(); ++row) {
      const LiteralCell& first = slow.rows[row].front();
      expected.push_back({Code::J1130, first.line, first.column, first.length});
    }
  }
  EXPECT_EQ(findings_of(sink), expected) << text;
  return {keeper.stretches(), keeper.wrong_guesses};
}

std::string random_bytes(Random& random) {
  constexpr std::string_view kBytes = "ab1,;\"\"\n\n\r\t#\x01\x7F\xC3\xA9\xFF";
  std::string text;
  const std::size_t length = random.below(120);
  for (std::size_t i = 0; i < length; ++i) text += kBytes[random.below(kBytes.size())];
  return text;
}

// Mostly good rows of three columns, some cells quoted with separators, quotes and line ends inside, some rows bad.
std::string random_table(Random& random, std::size_t rows, char separator, std::size_t mistakes_in_thousand) {
  const std::string end = random.below(2) == 0 ? "\n" : "\r\n";
  std::string text = random.below(4) == 0 ? "\xEF\xBB\xBF" : "";
  text += std::string("kode") + separator + "nilai" + separator + "catatan" + end;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      if (column > 0) text += separator;
      switch (random.below(6)) {
        case 0:
          text += "\"baris satu" + end + "baris \"\"dua\"\"" + separator + " tiga\"";
          break;
        case 1:
          text += "\"\"";
          break;
        case 2:
          text += "caf\xC3\xA9";
          break;
        default:
          text += std::to_string(random.below(100000));
      }
    }
    if (random.below(1000) < mistakes_in_thousand) {
      constexpr std::string_view kMistakes[] = {"\"", ",1", "\x02", "\xFF", "x\"y\"", "\n\n"};
      text += kMistakes[random.below(std::size(kMistakes))];
    }
    text += end;
  }
  return text;
}

TEST(CsvStretches, RandomBytesGiveWhatTheSlowReaderGives) {
  Random random(20261123);
  std::size_t good = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = (round % 2 == 0 ? "a,b\n" : "") + random_bytes(random);
    for (const char separator : {',', ';', '\t'}) {
      const LiteralTable slow = LiteralCsv(text, separator).read();
      ASSERT_EQ(whole(text, separator), slow) << text;
      good += slow.rows.size() > 1 ? 1U : 0U;
    }
    const unsigned threads = 1 + static_cast<unsigned>(random.below(4));
    expect_same(text, ',', {threads, 1 + random.below(30)});
    if (HasFailure()) return;
  }
  EXPECT_GT(good, 300U);  // the bytes are not all refused
}

TEST(CsvStretches, RandomTablesGiveTheSameForAnyNumberOfThreads) {
  Random random(7);
  std::size_t stretches = 0;
  std::size_t wrong_guesses = 0;
  for (int round = 0; round < 120; ++round) {
    const char separator = round % 3 == 0 ? ';' : ',';
    const std::string text = random_table(random, random.below(80), separator, round % 4 == 0 ? 60 : 0);
    for (unsigned threads = 1; threads <= 4; ++threads) {
      const Stretches seen = expect_same(text, separator, {threads, std::size_t{1} << random.below(9)});
      if (threads == 1) {
        EXPECT_LE(seen.count, 1U);
        EXPECT_EQ(seen.wrong_guesses, 0U);
      }
      stretches += seen.count;
      wrong_guesses += seen.wrong_guesses;
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(stretches, 1000U);
  EXPECT_GT(wrong_guesses, 20U);  // reading a second time was tried
}

// Quotes in the middle of a cell are a slip of that row alone, yet they lead the count of quotes astray.
TEST(CsvStretches, AWrongGuessIsReadAgain) {
  std::string text = "kode,nilai\na\",1\n";
  for (int row = 0; row < 200; ++row) text += "b,2\n";
  const Stretches seen = expect_same(text, ',', {2, 16});
  EXPECT_GT(seen.count, 2U);
  EXPECT_GT(seen.wrong_guesses, 0U);
}

TEST(CsvStretches, NothingCountsBehindAQuoteThatNeverCloses) {
  std::string text = "kode,nilai\na,1\n\"b,2\n";
  for (int row = 0; row < 300; ++row) text += "c,3\n";
  for (const unsigned threads : {1U, 2U, 4U}) expect_same(text, ',', {threads, 16});
}

TEST(CsvStretches, HeaderRefusedStillChecksTheForm) {
  class Refuser : public Keeper {
  public:
    bool begin(const CsvTable&, std::size_t, DiagnosticSink& sink) override {
      sink.report(make_diagnostic(Code::J1134, {}).arg("kolom", "x"));
      return false;
    }
    void rows(std::size_t, const CsvTable&, DiagnosticSink&) override { ADD_FAILURE() << "rows nobody wants"; }
    void again(std::size_t) override { ADD_FAILURE(); }
    void end(DiagnosticSink&) override { ADD_FAILURE(); }
  };
  std::string text = "a,b\n";
  for (int row = 0; row < 100; ++row) text += row == 70 ? "1\n" : "1,2\n";
  SourceMap sources;
  DiagnosticSink sink;
  Refuser refuser;
  EXPECT_TRUE(read_csv_rows(sources.add("a.csv", text), sources, {}, {2, 16}, refuser, sink));
  ASSERT_EQ(sink.all().size(), 2U);
  EXPECT_EQ(sink.all()[0].code, Code::J1131);
  EXPECT_EQ(sink.all()[0].primary.line, 72U);
  EXPECT_EQ(sink.all()[1].code, Code::J1134);
}

TEST(StopBytes, FindsWhatALookAtEveryByteFinds) {
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t length = random.below(300);
    for (std::size_t i = 0; i < length; ++i) {
      text += random.below(9) == 0 ? static_cast<char>(random.below(256)) : static_cast<char>('a' + random.below(26));
    }
    const char separator = ",;\t"[random.below(3)];
    StopBytes stops(text, separator);
    for (int question = 0; question < 20; ++question) {
      const std::size_t from = random.below(length + 1);
      std::size_t slow = from;
      while (slow < length) {
        const auto byte = static_cast<unsigned char>(text[slow]);
        if (text[slow] == separator || byte == '"' || byte == 0x7F || (byte < 0x20 && byte != '\t')) break;
        ++slow;
      }
      ASSERT_EQ(stops.next(from), slow) << text;
      bool beyond = false;
      for (std::size_t i = from; i < slow; ++i) beyond = beyond || static_cast<unsigned char>(text[i]) > 0x7F;
      if (beyond) {
        ASSERT_TRUE(stops.beyond_ascii_since(from));
      }
    }
  }
}

// Gathered in two parts, the doubt is that of the whole column.
TEST(DoubtfulFigures, PartsAddUpToTheWhole) {
  Random random(11);
  constexpr std::string_view kFigures[] = {"1.000", "12.500", "1.234", "12.5", "0.125", "7", "", "x"};
  std::size_t told = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<CsvCell> cells;
    const std::size_t kinds = 1 + random.below(std::size(kFigures));
    for (std::size_t i = random.below(6); i > 0; --i) {
      cells.push_back({kFigures[random.below(kinds)], {FileId(0), static_cast<std::uint32_t>(i), 1, 1}});
    }
    DiagnosticSink whole_column, in_parts;
    DoubtfulFigures all({}), above({}), below({});
    const std::size_t cut = random.below(cells.size() + 1);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      all.add(cells[i]);
      (i < cut ? above : below).add(cells[i]);
    }
    above.add(below);
    all.report("nilai", whole_column);
    above.report("nilai", in_parts);
    ASSERT_EQ(findings_of(in_parts), findings_of(whole_column));
    for (std::size_t i = 0; i < whole_column.all().size(); ++i) {
      ASSERT_EQ(in_parts.all()[i].args.back().value, whole_column.all()[i].args.back().value);
      ++told;
    }
  }
  EXPECT_GT(told, 50U);
}

}  // namespace csv_stretches_test
}  // namespace jenjang
