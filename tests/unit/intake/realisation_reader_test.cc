#include <gtest/gtest.h>

#include "jenjang/intake/intake.h"

namespace jenjang {
namespace realisation_reader_test {

struct Read {
  SourceMap sources;
  DiagnosticSink sink;
  std::vector<Observation> rows;
};

Read read(const std::string& text, const FeedFormat& format = {}) {
  Read result;
  const FileId file = result.sources.add("feed.csv", text);
  result.rows = read_realisations(file, result.sources, format, result.sink);
  return result;
}

std::vector<Code> codes(const DiagnosticSink& sink) {
  std::vector<Code> found;
  for (const Diagnostic& finding : sink.sorted()) found.push_back(finding.code);
  return found;
}

TEST(RealisationReader, KeepsTheFigureAsWrittenWithThePlaceOfEachCell) {
  const Read r = read("kode,unit,periode,nilai\nIKLH,64,2023,75.50\n");
  ASSERT_EQ(r.rows.size(), 1U);
  EXPECT_TRUE(r.sink.all().empty());
  const Observation& row = r.rows[0];
  EXPECT_EQ(row.code, "IKLH");
  EXPECT_EQ(row.unit, "64");
  EXPECT_EQ(row.period, Period::year(2023));
  EXPECT_EQ(row.number.to_string(), "75.50");  // the written zero stays
  EXPECT_TRUE(row.grade.empty());
  EXPECT_EQ(row.state, CellState::value);
  // "IKLH,64,2023,75.50": the figure starts at byte 14 of line 2.
  EXPECT_EQ(r.sources.to_string(row.places.number()), "feed.csv:2:14");
  EXPECT_EQ(r.sources.to_string(row.places.unit()), "feed.csv:2:6");
}

TEST(RealisationReader, KnowsThePlacesOfARowOverSeveralLines) {
  const Read r = read(
      "kode,catatan,unit,periode,nilai,catatan2\n"
      "IKLH,\"dua\nbaris\",64,2023,75.50,\n",
      [] {
        FeedFormat format;
        format.taken = {"catatan2"};
        return format;
      }());
  ASSERT_EQ(r.rows.size(), 1U);
  EXPECT_TRUE(r.sink.all().empty());
  const RowPlaces& places = r.rows[0].places;
  EXPECT_EQ(r.sources.to_string(places.address()), "feed.csv:2:1");
  // `baris",64,2023,75.50,`: behind six letters, a quote and a comma.
  EXPECT_EQ(r.sources.to_string(places.unit()), "feed.csv:3:8");
  EXPECT_EQ(r.sources.to_string(places.period()), "feed.csv:3:11");
  EXPECT_EQ(r.sources.to_string(places.number()), "feed.csv:3:16");
  EXPECT_EQ(places.number().length, 5U);
}

TEST(RealisationReader, KnowsThePlacesOfARowWiderThanAnyUsual) {
  const std::string note(70000, 'x');
  const Read r = read("kode,catatan,unit,periode,nilai\nIKLH," + note + ",64,2023,75.50\nIKA,,64,2023,7\n");
  ASSERT_EQ(r.rows.size(), 2U);
  // "IKLH," takes 5 bytes, the note 70,000, then a comma: the unit starts at byte 70,007.
  EXPECT_EQ(r.sources.to_string(r.rows[0].places.address()), "feed.csv:2:1");
  EXPECT_EQ(r.sources.to_string(r.rows[0].places.unit()), "feed.csv:2:70007");
  EXPECT_EQ(r.sources.to_string(r.rows[0].places.number()), "feed.csv:2:70015");
  EXPECT_EQ(r.sources.to_string(r.rows[1].places.unit()), "feed.csv:3:6");
}

TEST(RealisationReader, RowsShareTheWordsThatTheyRepeat) {
  const Read r = read(
      "kode,unit,periode,nilai,status,sumber\n"
      "IKA,64.72/dlh,2023,1,diajukan,SIPSN\n"
      "IKU,64.72/dlh,2023,2,divalidasi,SIPSN\n"
      "IKA,64.72/dlh,2024,3,diajukan,SIPSN\n");
  ASSERT_EQ(r.rows.size(), 3U);
  const auto same_bytes = [](const SharedText& a, const SharedText& b) { return a.view().data() == b.view().data(); };
  EXPECT_TRUE(same_bytes(r.rows[0].unit, r.rows[1].unit));
  EXPECT_TRUE(same_bytes(r.rows[1].source, r.rows[2].source));
  EXPECT_TRUE(same_bytes(r.rows[0].code, r.rows[2].code));
  EXPECT_TRUE(same_bytes(r.rows[0].status, r.rows[2].status));
  EXPECT_EQ(r.rows[1].code, "IKU");
  EXPECT_EQ(r.rows[1].status, "divalidasi");
}

TEST(RealisationReader, ReadsTheDeclaredFormatOnly) {
  FeedFormat format;
  format.csv = {';', ','};
  const Read good = read("kode;unit;periode;nilai\nX;64;2023-TW2;1234,5\n", format);
  ASSERT_EQ(good.rows.size(), 1U);
  EXPECT_EQ(good.rows[0].number, *Decimal::parse("1234.5"));
  EXPECT_EQ(good.rows[0].period, *Period::parse("2023-TW2"));
  // A point under a decimal comma is refused, never taken for a grouping mark or for a grade.
  const Read bad = read("kode;unit;periode;nilai\nX;64;2023;1234.5\n", format);
  EXPECT_TRUE(bad.rows.empty());
  EXPECT_TRUE(bad.sink.has_errors());
}

TEST(RealisationReader, TakesAGradeFromEitherColumn) {
  const Read r = read("kode,unit,periode,nilai,predikat\nLAPOR,64.01,2023,,Sangat Baik\nLAPOR,64.02,2023,Baik,\n");
  ASSERT_EQ(r.rows.size(), 2U);
  EXPECT_EQ(r.rows[0].grade, "Sangat Baik");
  EXPECT_EQ(r.rows[1].grade, "Baik");
  EXPECT_EQ(r.rows[0].state, CellState::value);
}

TEST(RealisationReader, AFeedOfGradesNeedsNoColumnNilai) {
  const Read r = read("kode,unit,periode,predikat\nLAPOR,64.01,2023,Baik\nLAPOR,64.02,2023,\n");
  ASSERT_EQ(r.rows.size(), 1U);
  EXPECT_EQ(r.rows[0].grade, "Baik");
  EXPECT_EQ(codes(r.sink), std::vector<Code>{Code::J1805});
  EXPECT_TRUE(read("kode,unit,periode\nLAPOR,64.01,2023\n").sink.has_errors());  // neither of the two
}

TEST(RealisationReader, ReadsEachOfTheFiveStates) {
  const Read r = read(
      "kode,unit,periode,nilai,keadaan\nA,64,2023,,kosong\nA,64,2024,,belum-jatuh-tempo\nA,64,2025,,menunggu-rilis\n"
      "A,64,2026,,didefinisi-ulang\nA,64,2027,,tidak-berlaku\n");
  ASSERT_EQ(r.rows.size(), 5U);
  EXPECT_EQ(r.rows[0].state, CellState::empty);
  EXPECT_EQ(r.rows[1].state, CellState::not_due);
  EXPECT_EQ(r.rows[2].state, CellState::awaiting_release);
  EXPECT_EQ(r.rows[3].state, CellState::redefined);
  EXPECT_EQ(r.rows[4].state, CellState::not_applicable);
}

TEST(RealisationReader, OnlyListedStatesCountAsValidated) {
  FeedFormat format;
  format.validated_states = {"divalidasi_pusat"};
  const std::string text =
      "kode,unit,periode,nilai,status\nA,64,2023,1,divalidasi_pusat\nA,64,2024,1,draf\nA,64,2025,1,\n";
  const Read r = read(text, format);
  ASSERT_EQ(r.rows.size(), 3U);
  EXPECT_TRUE(r.rows[0].validated);
  EXPECT_FALSE(r.rows[1].validated);
  EXPECT_FALSE(r.rows[2].validated);  // a blank status is not a validated one
  EXPECT_EQ(r.rows[1].status, "draf");
  for (const Observation& row : read(text).rows) EXPECT_TRUE(row.validated);  // nothing listed: every row counts
}

TEST(RealisationReader, MarksAddUpFromFeedAndRow) {
  FeedFormat format;
  format.illustrative = true;
  format.default_source = "SIPSN";
  const Read r =
      read("kode,unit,periode,nilai,tanda,sumber\nA,64,2023,1,belum-diverifikasi,surat 7\nA,64,2024,1,,\n", format);
  ASSERT_EQ(r.rows.size(), 2U);
  EXPECT_TRUE(r.rows[0].illustrative);
  EXPECT_TRUE(r.rows[0].unverified);
  EXPECT_EQ(r.rows[0].source, "surat 7");
  EXPECT_FALSE(r.rows[1].unverified);
  EXPECT_EQ(r.rows[1].source, "SIPSN");
}

TEST(RealisationReader, ReportsEveryBadRowAndKeepsTheGoodOnes) {
  const Read r = read(
      "kode,unit,periode,nilai,predikat,keadaan,definisi,tanda,rilis\n"
      ",64,2023,1,,,,,\n"             // no code
      "A,64,2023-TW5,1,,,,,\n"        // no such quarter
      "A,64,2023,1,Baik,,,,\n"        // figure and grade
      "A,64,2023,1,,kosong,,,\n"      // figure and state
      "A,64,2023,,,,,,\n"             // nothing
      "A,64,2023,,,kosng,,,\n"        // misspelt state
      "A,64,2023,kosong,,,,,\n"       // state in the wrong column
      "A,64,2023,1,,,nol,,\n"         // version
      "A,64,2023,2,,,2,ilustrasi,\n"  // mark: reported, the figure stays
      "A,64,2024,3,,,2,,2025-13\n");  // release month
  EXPECT_EQ(codes(r.sink), (std::vector<Code>{Code::J1801, Code::J1802, Code::J1804, Code::J1804, Code::J1805,
                                              Code::J1803, Code::J1806, Code::J1807, Code::J1808, Code::J1802}));
  ASSERT_EQ(r.rows.size(), 1U);
  EXPECT_EQ(r.rows[0].number, Decimal(2));
  EXPECT_EQ(r.rows[0].definition_version, 2);
  EXPECT_EQ(r.sink.sorted()[5].suggestion, "kosong");
  EXPECT_EQ(r.sink.sorted()[8].suggestion, "ilustratif");
}

TEST(RealisationReader, ShowsEveryMistakeOfOneRow) {
  const Read r = read("kode,unit,periode,nilai\n,,2023-99,\n");
  EXPECT_EQ(r.sink.all().size(), 4U);
}

TEST(RealisationReader, RefusesAColumnItDoesNotKnow) {
  const Read r = read("kode,unit,periode,nilai,statsu\nA,64,2023,1,draf\n");
  ASSERT_FALSE(r.sink.all().empty());
  EXPECT_EQ(r.sink.all()[0].suggestion, "status");
}

TEST(SpreadsheetText, TakesGuardsOffAndNothingElse) {
  EXPECT_EQ(spreadsheet_text("=\"64.01\""), "64.01");
  EXPECT_EQ(spreadsheet_text("'=1+1"), "=1+1");
  EXPECT_EQ(spreadsheet_text("'-x"), "-x");
  EXPECT_EQ(spreadsheet_text("-5"), "-5");
  EXPECT_EQ(spreadsheet_text("'quoted'"), "'quoted'");
  EXPECT_EQ(spreadsheet_text("=A1"), "=A1");
  EXPECT_EQ(spreadsheet_text(""), "");
}

TEST(SpreadsheetText, GuardedCodesReadAsCodes) {
  FeedFormat format;
  format.csv = {';', ','};
  const Read r = read("kode;unit;periode;nilai\r\nA;\"=\"\"64.01\"\"\";\"=\"\"2026-05\"\"\";-1,5\r\n", format);
  ASSERT_EQ(r.rows.size(), 1U);
  EXPECT_EQ(r.rows[0].unit, "64.01");
  EXPECT_EQ(r.rows[0].period, *Period::parse("2026-05"));
  EXPECT_EQ(r.rows[0].number, *Decimal::parse("-1.5"));
}

}  // namespace realisation_reader_test
}  // namespace jenjang
