#include <gtest/gtest.h>

#include "jenjang/intake/record_rows.h"

namespace jenjang {
namespace record_reader_test {

struct Read {
  SourceMap sources;
  DiagnosticSink sink;
  std::vector<RecordRow> rows;
};

Read read(RecordForm form, const std::string& text, const FeedFormat& format = {}) {
  Read result;
  const FileId file = result.sources.add("masuk.csv", text);
  result.rows = read_record_rows(file, result.sources, format, form, "uji", result.sink);
  return result;
}

std::vector<Code> codes(const DiagnosticSink& sink) {
  std::vector<Code> found;
  for (const Diagnostic& finding : sink.sorted()) found.push_back(finding.code);
  return found;
}

TEST(RecordReader, KeepsWhatStandsBesideAFigure) {
  const Read r = read(RecordForm::figure,
                      "kode,unit,periode,nilai,status,alasan,catatan,bukti,letak,sidik\n"
                      "X,64,2025-TW1,7.50,draf,salah timbang,lihat arsip,surat.pdf,hlm. 2,ab\n");
  EXPECT_TRUE(r.sink.all().empty());
  ASSERT_EQ(r.rows.size(), 1U);
  const RecordRow& row = r.rows[0];
  EXPECT_EQ(row.row, 1U);
  EXPECT_EQ(row.figure.number.to_string(), "7.50");
  EXPECT_EQ(row.figure.status, "draf");
  EXPECT_EQ(row.reason, "salah timbang");
  EXPECT_EQ(row.remark, "lihat arsip");
  EXPECT_EQ(row.evidence, "surat.pdf");
  EXPECT_EQ(row.place, "hlm. 2");
  EXPECT_EQ(row.digest, "ab");
  // "X,64,2025-TW1,7.50," has 19 bytes.
  EXPECT_EQ(r.sources.to_string(row.status_span), "masuk.csv:2:20");
}

TEST(RecordReader, RefusesColumnsThatNobodyAskedFor) {
  const std::string text = "kode,unit,periode,nilai,petugas\nX,64,2025,1,P-9\n";
  const Read refused = read(RecordForm::figure, text);
  EXPECT_TRUE(refused.rows.empty());
  EXPECT_EQ(codes(refused.sink), std::vector<Code>{Code::J3021});
  FeedFormat format;
  format.taken = {"petugas"};
  const Read taken = read(RecordForm::figure, text, format);
  EXPECT_TRUE(taken.sink.all().empty());
  ASSERT_EQ(taken.rows.size(), 1U);
  EXPECT_EQ(taken.rows[0].remark, "petugas=P-9");
  // A column of another kind is as unwanted as any.
  EXPECT_EQ(codes(read(RecordForm::validation, "kode,unit,periode,status,nilai\nX,64,2025,sah,1\n").sink),
            std::vector<Code>{Code::J3021});
}

TEST(RecordReader, RefusesPersonalDataEvenWhenAskedFor) {
  FeedFormat format;
  format.taken = {"nip", "ket"};
  EXPECT_EQ(codes(read(RecordForm::figure, "kode,unit,periode,nilai,nip\nX,64,2025,1,9\n", format).sink),
            std::vector<Code>{Code::J3022});
  // In a cell; a figure of eighteen digits is a figure.
  const Read cells = read(RecordForm::figure,
                          "kode,unit,periode,nilai,ket\nX,64,2025,198001012005011001,\n"
                          "X,64,2026,1,oleh 19800101 200501 1 001\n",
                          format);
  EXPECT_EQ(cells.rows.size(), 1U);
  EXPECT_EQ(codes(cells.sink), std::vector<Code>{Code::J3022});
}

TEST(RecordReader, ReadsADecisionWithItsVerifiedFigure) {
  FeedFormat format;
  format.csv = {';', ','};
  const Read r = read(RecordForm::validation,
                      "kode;unit;periode;status;nilai_terverifikasi\nX;64;2025;sah;7,25\nY;64;2025;sah;Baik\n"
                      "Z;64;2025;;\nZ;64;2026;sah;1.5\n",
                      format);
  ASSERT_EQ(r.rows.size(), 2U);
  EXPECT_EQ(r.rows[0].figure.verified->number, Decimal::parse("7.25"));
  EXPECT_EQ(r.rows[1].figure.verified->grade, "Baik");
  EXPECT_FALSE(r.rows[1].figure.verified->number.has_value());
  // A blank state, and a point under a decimal comma.
  ASSERT_EQ(r.sink.all().size(), 2U);
  EXPECT_EQ(r.sink.sorted()[0].code, Code::J1801);
}

TEST(RecordReader, ANoteNeedsNoAddressButNotHalfOfOne) {
  EXPECT_EQ(read(RecordForm::note, "catatan\nrapat\n").rows.size(), 1U);
  const Read blank = read(RecordForm::note, "catatan,kode,unit,periode\nrapat,,,\nrapat,X,64,2025\n");
  EXPECT_EQ(blank.rows.size(), 2U);
  EXPECT_TRUE(blank.sink.all().empty());
  EXPECT_EQ(codes(read(RecordForm::note, "catatan,kode,unit,periode\nrapat,X,,2025\n").sink),
            std::vector<Code>{Code::J1801});
  EXPECT_EQ(codes(read(RecordForm::note, "catatan,kode\nrapat,X\n").sink),
            (std::vector<Code>{Code::J1134, Code::J1134}));
}

TEST(RecordReader, AnAdoptionSaysWhichStateAndByWhichLetter) {
  const Read r = read(RecordForm::adoption,
                      "dokumen,alamat,keadaan,surat\nRPD-64,,ditetapkan,Pergub 1\nRPD-64,X@64:2025,usulan,Surat 2\n"
                      "RPD-64,,setuju,Pergub 1\nRPD-64,,usulan,\n");
  ASSERT_EQ(r.rows.size(), 2U);
  EXPECT_EQ(r.rows[0].letter, "Pergub 1");
  EXPECT_EQ(r.rows[0].figure.status, "ditetapkan");
  EXPECT_EQ(r.rows[1].statement, "X@64:2025");
  EXPECT_EQ(codes(r.sink), (std::vector<Code>{Code::J1803, Code::J1801}));
}

TEST(PersonalData, ColumnsAreKnownByTheirWords) {
  for (const char* column : {"nama", "Nama", "NIP", "nip_pegawai", "nama_lengkap", "Nama Petugas", "no_hp", "pangkat"})
    EXPECT_TRUE(names_person(column)) << column;
  // Names of things, and words that merely contain the letters.
  for (const char* column : {"nama_unit", "nama_indikator", "manipulasi", "teknik", "petugas", "keterangan"})
    EXPECT_FALSE(names_person(column)) << column;
}

TEST(PersonalData, EighteenDigitsAloneAreACivilServant) {
  EXPECT_TRUE(holds_civil_servant_number("198001012005011001"));
  EXPECT_TRUE(holds_civil_servant_number("NIP. 19800101 200501 1 001, ttd"));
  EXPECT_TRUE(holds_civil_servant_number("64/dlh/198001012005011001"));
  EXPECT_FALSE(holds_civil_servant_number("1980010120050110012"));  // nineteen
  EXPECT_FALSE(holds_civil_servant_number("19800101200501100"));    // seventeen
  EXPECT_FALSE(holds_civil_servant_number("2025-04-10 nomor 660/123"));
}

// Region 647201, born on day 05 (45 for a woman) of month 01.
TEST(PersonalData, SixteenDigitsBuiltLikeItAreACitizen) {
  EXPECT_TRUE(holds_citizen_number("6472010501900001"));
  EXPECT_TRUE(holds_citizen_number("NIK 647201 450190 0001, ttd"));
  EXPECT_FALSE(holds_citizen_number("6472013201900001"));    // day 32
  EXPECT_FALSE(holds_citizen_number("6472010513900001"));    // month 13
  EXPECT_FALSE(holds_citizen_number("0072010501900001"));    // no province
  EXPECT_FALSE(holds_citizen_number("64720105019000012"));   // seventeen
  EXPECT_FALSE(holds_citizen_number("198001012005011001"));  // a civil servant's
  EXPECT_TRUE(holds_person_number("198001012005011001"));
  EXPECT_TRUE(holds_person_number("6472010501900001"));
  EXPECT_FALSE(holds_person_number("Surat 660/12/2025"));
}

}  // namespace record_reader_test
}  // namespace jenjang
