#include "jenjang/workspace/worksheet_file.h"

#include <fstream>
#include <gtest/gtest.h>

namespace jenjang {
namespace worksheet_file_test {

namespace fs = std::filesystem;

// FIPS 180-2, example B.1: the digest of "abc".
constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class WorksheetFileTest : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("jenjang-bukti-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::create_directories(folder_ / "bukti");
    std::ofstream(folder_ / "bukti/renstra.pdf", std::ios::binary) << "abc";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::vector<Code> check(const std::string& evidence, const std::string& digest) {
    LanedWorksheet sheet;
    CriterionRow row;
    row.code = "1.a.3";
    row.evidence = evidence;
    row.digest = digest;
    sheet.rows.push_back(row);
    DiagnosticSink sink;
    check_evidence(sheet, folder_, std::size_t{1} << 20, sink);
    std::vector<Code> codes;
    for (const Diagnostic& finding : sink.all()) codes.push_back(finding.code);
    return codes;
  }

  fs::path folder_;
};

TEST_F(WorksheetFileTest, EvidenceIsWhatWasLookedAt) {
  EXPECT_TRUE(check("bukti/renstra.pdf", kAbc).empty());
  EXPECT_EQ(check("bukti/renstra.pdf", std::string(64, '0')), std::vector<Code>{Code::J3106});
  EXPECT_EQ(check("bukti/renja.pdf", kAbc), std::vector<Code>{Code::J3107});
  EXPECT_EQ(check("bukti", kAbc), std::vector<Code>{Code::J3107});  // a folder is no file
  // Without a digest the evidence may be a letter as well as a file.
  EXPECT_TRUE(check("SK Gubernur 7/2024", "").empty());
}

TEST_F(WorksheetFileTest, ADeclaredWorksheetCountsTheFurthestLane) {
  KeptFiles files;
  files.keep("paket/uji/pack.yaml", R"(jenjang: 1
paket: uji
judul: uji
status: belum-diverifikasi
skala:
- {kode: huruf, jenis: tingkat, nilai: [{label: a, poin: 1}, {label: b, poin: 0}]}
templat:
- kode: lke
  cara: {total: jumlah}
  skala: {komponen: huruf}
  komponen: [{kode: K1}, {kode: K2}, {kode: K3}, {kode: K4}]
  mode: [{kode: M, jawaban: huruf, aturan: rata-rata-nilai}]
)");
  SourceMap sources;
  DiagnosticSink sink;
  PackLibrary packs;
  ASSERT_TRUE(packs.load_folder("paket", sources, sink, files)) << render_text(sink.all(), sources, {});
  WorksheetDeclaration declared;
  declared.pack_template = "uji/lke";
  declared.mode = "M";
  const FileId file = sources.add("lke.csv",
                                  "kode,mandiri,verifikator,verifikator_catatan,bukti,keadaan,alasan\n"
                                  "K1,a,b,tidak formal,SK 1,,\n"
                                  "K2,a,,,SK 2,ditolak,tidak terbaca\n"
                                  "K3,a,,,SK 3,diperbaiki,\n"
                                  "K4,b,,,,,\n");
  const std::vector<WorksheetAnswer> answers = declared_answers(declared, file, packs, sources, {}, 0, sink);
  EXPECT_TRUE(sink.all().empty()) << render_text(sink.all(), sources, {});
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_EQ(answers[0].answer, "b");
  EXPECT_EQ(answers[0].note, "tidak formal");
  EXPECT_EQ(answers[1].answer, "");  // out until it is repaired
  EXPECT_EQ(answers[2].answer, "a");
  EXPECT_EQ(answers[3].answer, "b");
  EXPECT_EQ(sources.to_string(answers[0].answer_span), "lke.csv:2:6");
}

}  // namespace worksheet_file_test
}  // namespace jenjang
