// Recording into a journal in memory: what a row does is checked against the entries, counted by hand.
#include "jenjang/workspace/recorder.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace jenjang {
namespace recorder_test {

namespace fs = std::filesystem;

constexpr const char* kPack = R"(jenjang: 1
paket: uji
judul: Alur uji
status: belum-diverifikasi
alur:
  dua:
    judul: Dua tingkat
    status: belum-diverifikasi
    keadaan:
    - {kode: draf}
    - {kode: diajukan}
    - {kode: sah, sah: ya}
    - {kode: ditolak, gugur: ya}
    langkah:
    - {ke: draf}
    - {ke: diajukan}
    - {dari: draf, ke: diajukan}
    - {dari: diajukan, ke: sah, oleh: [provinsi]}
    - {dari: diajukan, ke: ditolak, oleh: [provinsi], wajib_alasan: ya}
    - {dari: ditolak, ke: diajukan}
)";
constexpr const char* kManifest = R"(jenjang: 1
rencana: UJI
zona: Asia/Makassar
paket: [paket/]
dokumen: [rpd.yaml]
realisasi: [{berkas: umpan.csv, sumber: Umpan}, {berkas: sipsn.csv, alur: uji/dua}]
)";
constexpr const char* kDocument = R"(jenjang: 1
dokumen: RPD
kode: RPD-64
unit: "64"
periode: 2025..2026
daftar_unit:
- {kode: "64", jenis: provinsi}
- {kode: "64.71", jenis: kabkota, induk: "64", bps: "6471"}
- {kode: "64.72", jenis: kabkota, induk: "64", bps: "6472"}
indikator:
- {kode: TON, satuan: ton, polaritas: naik, akumulasi: hitungan, frekuensi: triwulan, agregasi: {cara: jumlah, dari: kabkota}, target: {2025: 100}}
- {kode: ALUR, satuan: ton, polaritas: naik, akumulasi: hitungan, frekuensi: triwulan, alur: uji/dua, agregasi: {cara: jumlah, dari: kabkota}, target: {2025: 100}}
- {kode: JARAK, satuan: km, polaritas: naik, akumulasi: hitungan, frekuensi: triwulan, rentang_nilai: [0, 500], target: {2025: 100}}
)";

class RecorderTest : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("jenjang-recorder-" + std::to_string(getpid()));
    fs::remove_all(folder_);
    write("jenjang.yaml", kManifest);
    write("rpd.yaml", kDocument);
    write("paket/uji/pack.yaml", kPack);
    WorkspaceOptions options;
    options.without_journal = true;
    options.keep_inputs = true;
    workspace_.emplace(options);
    ASSERT_TRUE(workspace_->load(folder_)) << findings(workspace_->sink());
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string findings(DiagnosticSink& sink) const {
    return render_text(sink.sorted(), workspace_->sources(), RenderOptions{Language::english});
  }

  RecordOptions options(EntryKind kind = EntryKind::realisation, std::string role = {}) {
    RecordOptions chosen;
    chosen.kind = kind;
    chosen.at = Moment{++clock_};
    chosen.actor = "P-7";
    chosen.role = std::move(role);
    return chosen;
  }
  // Records a text and gives what it did; codes of findings go to `codes_`.
  FileRecord record(const std::string& text, EntryKind kind = EntryKind::realisation, std::string role = {}) {
    Recorder recorder(*workspace_, options(kind, std::move(role)));
    Result<FileRecord> done = recorder.record(journal_, write("masuk/" + std::to_string(++files_) + ".csv", text));
    EXPECT_TRUE(done.ok());
    codes_.clear();
    messages_.clear();
    for (const Diagnostic& finding : recorder.sink().sorted()) {
      codes_.push_back(finding.code);
      messages_.push_back(message_text(finding, Language::english));
    }
    return done.ok() ? done.value() : FileRecord{};
  }
  std::vector<Entry> entries() const {
    std::vector<Entry> all;
    journal_.read(1, 0, [&](const Entry& entry) {
      all.push_back(entry);
      return true;
    });
    return all;
  }

  fs::path folder_;
  std::optional<Workspace> workspace_;
  Journal journal_ = Journal::in_memory();
  std::vector<Code> codes_;
  std::vector<std::string> messages_;
  std::int64_t clock_ = 1'782'864'000;  // 2026-07-01
  int files_ = 0;
};

constexpr const char* kHeader = "kode,unit,periode,nilai\n";
constexpr const char* kStates = "kode,unit,periode,nilai,status\n";

TEST_F(RecorderTest, KeepsTheRowWithItsPlaceAndThePlanInForce) {
  const std::string text = std::string(kHeader) + "TON,64.71,2025-TW1,12.50\n";
  const FileRecord done = record(text);
  EXPECT_EQ(done.count(RowChange::added), 1U);
  const std::vector<Entry> all = entries();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].kind, EntryKind::inputs);
  ASSERT_TRUE(all[0].content.has_value());
  const std::optional<std::string> list = journal_.text(*all[0].content);
  ASSERT_TRUE(list.has_value());
  EXPECT_NE(list->find(to_hex(digest_of(kDocument)) + " rpd.yaml\n"), std::string::npos);
  EXPECT_EQ(journal_.text(digest_of(kDocument)), kDocument);
  const Entry& entry = all[1];
  EXPECT_EQ(entry.kind, EntryKind::realisation);
  EXPECT_EQ(entry.actor, "P-7");
  EXPECT_EQ(entry.figure.number.to_string(), "12.50");  // the written zero stays
  EXPECT_EQ(entry.figure.unit, "64.71");
  EXPECT_EQ(entry.origin.row, 1U);
  EXPECT_EQ(entry.origin.number.line, 2U);
  EXPECT_EQ(entry.origin.number.column, 20U);  // "TON,64.71,2025-TW1," has 19 bytes
  EXPECT_EQ(entry.origin.digest, digest_of(text));
  EXPECT_EQ(journal_.text(entry.origin.digest), text);
  EXPECT_EQ(done.head, journal_.head());
}

TEST_F(RecorderTest, TheSameFiguresChangeNothingInAnyOrderOrFile) {
  const std::string text = std::string(kHeader) + "TON,64.71,2025-TW1,12.5\nTON,64.72,2025-TW1,3\n";
  record(text);
  const JournalHead head = journal_.head();
  const FileRecord again = record(text);
  EXPECT_EQ(again.count(RowChange::repeated), 2U);
  EXPECT_TRUE(again.changes_nothing());
  const std::string other = std::string(kHeader) + "TON,64.72,2025-TW1,3.0\nTON,64.71,2025-TW1,12.50\n";
  const FileRecord turned = record(other);
  EXPECT_EQ(turned.count(RowChange::same), 2U);
  EXPECT_EQ(journal_.head(), head);
  EXPECT_FALSE(journal_.has_text(digest_of(other)));  // nothing rests on it
}

TEST_F(RecorderTest, AnotherFigureIsACorrectionThatKeepsTheFirst) {
  const std::string first = std::string(kHeader) + "TON,64.71,2025-TW1,12.5\n";
  record(first);
  const FileRecord done = record(std::string(kHeader) + "TON,64.71,2025-TW1,13\n");
  EXPECT_EQ(done.count(RowChange::corrected), 1U);
  ASSERT_EQ(done.changes.size(), 1U);
  EXPECT_EQ(done.changes[0].before, "12.5");
  EXPECT_EQ(done.changes[0].after, "13");
  const std::vector<Entry> all = entries();
  ASSERT_EQ(all.size(), 3U);  // inputs, first, correction: inputs have not changed
  EXPECT_EQ(all[2].kind, EntryKind::correction);
  EXPECT_EQ(all[2].refers, all[1].seq);
  EXPECT_EQ(all[1].figure.number.to_string(), "12.5");
  // The first file once more is the same file, not a way back.
  EXPECT_EQ(record(first).count(RowChange::repeated), 1U);
  EXPECT_EQ(entries().size(), 3U);
}

TEST_F(RecorderTest, OneBadRowRefusesTheFileAndEveryBadRowIsTold) {
  const FileRecord done = record(std::string(kHeader) +
                                 "TON,64.71,2025-TW1,1\nTN,64.71,2025-TW2,2\nTN,64.72,2025-TW2,3\n"
                                 "TON,64.73,2025-TW1,4\nTON,64.73,2025-TW2,4\nTON,64.72,2025-05,5\n");
  EXPECT_TRUE(done.refused);
  EXPECT_TRUE(entries().empty());
  EXPECT_EQ(codes_, (std::vector<Code>{Code::J1701, Code::J1701, Code::J1701, Code::J1701, Code::J1707}));
}

TEST_F(RecorderTest, TwoFiguresOfOneCellInOneFileAreRefusedAndAnEqualRowIsTakenOnce) {
  EXPECT_TRUE(record(std::string(kHeader) + "TON,64.71,2025-TW1,1\nTON,64.71,2025-TW1,2\n").refused);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J1703});
  const FileRecord twice = record(std::string(kHeader) + "TON,64.71,2025-TW1,1\nTON,64.71,2025-TW1,1.0\n");
  EXPECT_FALSE(twice.refused);
  EXPECT_EQ(twice.count(RowChange::added), 1U);
}

TEST_F(RecorderTest, CodesOfTheStatisticsOfficeAreJoinedToOurPaths) {
  RecordOptions chosen = options();
  chosen.authority = RegionAuthority::bps;
  Recorder recorder(*workspace_, chosen);
  ASSERT_TRUE(recorder.record(journal_, write("bps.csv", std::string(kHeader) + "TON,6471,2025-TW1,1\n")).ok());
  ASSERT_EQ(entries().size(), 2U);
  EXPECT_EQ(entries()[1].figure.unit, "64.71");
  EXPECT_EQ(entries()[1].figure.authority, RegionAuthority::kemendagri);
  EXPECT_EQ(record(std::string(kHeader) + "TON,64.71,2025-TW1,1\n").count(RowChange::same), 1U);
}

TEST_F(RecorderTest, DecisionsFollowTheWorkflow) {
  record(std::string(kStates) + "ALUR,64.71,2025-TW1,10,diajukan\n");
  const std::string rejected = "kode,unit,periode,status,alasan\nALUR,64.71,2025-TW1,ditolak,";
  EXPECT_TRUE(record(rejected + "berat kotor\n", EntryKind::validation, "operator").refused);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3028});
  EXPECT_TRUE(record(rejected + "\n", EntryKind::validation, "provinsi").refused);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3029});
  EXPECT_EQ(record(rejected + "berat kotor\n", EntryKind::validation, "provinsi").count(RowChange::moved), 1U);
  // A rejected figure is as good as never reported: the next may enter anew.
  EXPECT_EQ(record(std::string(kStates) + "ALUR,64.71,2025-TW1,9,draf\n").count(RowChange::corrected), 1U);
  EXPECT_TRUE(record("kode,unit,periode,status\nALUR,64.71,2025-TW1,sah\n", EntryKind::validation, "provinsi").refused);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3027});  // draf -> sah is no step
  record("kode,unit,periode,status\nALUR,64.71,2025-TW1,diajukan\n", EntryKind::validation);
  const FileRecord valid = record("kode,unit,periode,status,nilai_terverifikasi\nALUR,64.71,2025-TW1,sah,8.5\n",
                                  EntryKind::validation, "provinsi");
  EXPECT_EQ(valid.count(RowChange::moved), 1U);
  const Entry last = entries().back();
  EXPECT_EQ(last.kind, EntryKind::validation);
  EXPECT_EQ(last.figure.status, "sah");
  EXPECT_EQ(last.figure.verified->number, Decimal::parse("8.5"));
  EXPECT_EQ(last.figure.workflow, "uji/dua");
  EXPECT_EQ(last.refers, 4U);  // inputs, first, rejection, correction
}

TEST_F(RecorderTest, AFeedUnderAWorkflowIsTakenOverAtItsState) {
  const std::string text = std::string(kStates) + "ALUR,64.71,2025-TW1,10,sah\n";
  // Typed in here it has to enter; in the declared extract it stands where the other system has it.
  EXPECT_TRUE(record(text).refused);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3027});
  Recorder recorder(*workspace_, options());
  EXPECT_EQ(recorder.record(journal_, write("sipsn.csv", text)).value().count(RowChange::added), 1U);
  EXPECT_TRUE(entries().back().figure.validated);
  // From there on steps are checked.
  Recorder later(*workspace_, options());
  EXPECT_TRUE(later.record(journal_, write("sipsn.csv", std::string(kStates) + "ALUR,64.71,2025-TW1,10,draf\n"))
                  .value()
                  .refused);
}

TEST_F(RecorderTest, ADecisionNeedsAFigureAndAWorkflow) {
  record("kode,unit,periode,status\nALUR,64.71,2025-TW1,sah\n", EntryKind::validation, "provinsi");
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3025});
  record(std::string(kHeader) + "TON,64.71,2025-TW1,1\n");
  record("kode,unit,periode,status\nTON,64.71,2025-TW1,sah\n", EntryKind::validation, "provinsi");
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3026});
}

TEST_F(RecorderTest, EvidenceInReachGetsItsDigest) {
  record(std::string(kHeader) + "TON,64.71,2025-TW1,1\n");
  write("surat.txt", "isi");
  const std::string header = "kode,unit,periode,bukti,sidik\nTON,64.71,2025-TW1,";
  record(header + "surat.txt,\n", EntryKind::evidence);
  EXPECT_EQ(entries().back().evidence.digest, digest_of("isi"));
  record(header + "Surat 660/12,\n", EntryKind::evidence);
  EXPECT_FALSE(entries().back().evidence.digest.has_value());
  record(header + "surat.txt," + to_hex(digest_of("lain")) + "\n", EntryKind::evidence);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3023});
}

// Only what is written like a file, and once for each name.
TEST_F(RecorderTest, EvidenceThatIsNotThereIsTold) {
  record(std::string(kHeader) + "TON,64.71,2025-TW1,1\nTON,64.72,2025-TW1,2\n");
  const std::string header = "kode,unit,periode,bukti\n";
  const FileRecord done = record(
      header + "TON,64.71,2025-TW1,bukti/timbang.pdf\nTON,64.72,2025-TW1,bukti/timbang.pdf\n", EntryKind::evidence);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J1812});
  EXPECT_FALSE(done.refused);
  record(header + "TON,64.71,2025-TW1,https://contoh.go.id/a.pdf\nTON,64.72,2025-TW1,No. 660/12\n",
         EntryKind::evidence);
  EXPECT_TRUE(codes_.empty());
}

// What check would say later is said while the figure is recorded; the row is taken all the same.
TEST_F(RecorderTest, DoubtfulFiguresAreToldAndTaken) {
  const FileRecord far =
      record("kode,unit,periode,nilai\nJARAK,64,2025-TW1,501\nJARAK,64,2024-TW4,500\nJARAK,64,2024-TW3,-1\n");
  EXPECT_EQ(codes_, (std::vector<Code>{Code::J1727, Code::J1727}));
  EXPECT_EQ(far.count(RowChange::added), 3U);
  const FileRecord early = record("kode,unit,periode,nilai\nTON,64.71,2026-TW4,1\nTON,64.72,2026-TW4,2\n");
  EXPECT_EQ(codes_, std::vector<Code>{Code::J1813});  // once for the period
  // The clock stands on 1 July 2026.
  EXPECT_EQ(messages_.front(),
            "TON@64.71:2026-TW4 is recorded on 2026-07-01, before its period is over; rows of that period: 2");
  EXPECT_EQ(early.count(RowChange::added), 2U);
  record("kode,unit,periode,nilai,keadaan\nTON,64.71,2026-TW3,,belum-jatuh-tempo\n");
  EXPECT_TRUE(codes_.empty());
}

TEST_F(RecorderTest, APreviewShowsWhatRecordingWouldDoAndChangesNothing) {
  record(std::string(kHeader) + "TON,64.71,2025-TW1,1\n");
  const JournalHead head = journal_.head();
  const fs::path first = write("a.csv", std::string(kHeader) + "TON,64.71,2025-TW1,2\nTON,64.72,2025-TW1,5\n");
  const fs::path second = write("b.csv", std::string(kHeader) + "TON,64.72,2025-TW1,5\nTON,64.72,2025-TW2,6\n");
  Recorder preview(*workspace_, options());
  const FileRecord a = preview.preview(&journal_, first).value();
  // The second file stands on the first, as it would when both are recorded.
  const FileRecord b = preview.preview(&journal_, second).value();
  EXPECT_EQ(journal_.head(), head);
  Recorder recorder(*workspace_, options());
  EXPECT_EQ(recorder.record(journal_, first).value().counts, a.counts);
  EXPECT_EQ(recorder.record(journal_, second).value().counts, b.counts);
  EXPECT_EQ(b.count(RowChange::same), 1U);
  EXPECT_EQ(b.count(RowChange::added), 1U);
}

TEST_F(RecorderTest, AdoptionsTellTheStateByLetter) {
  const std::string header = "dokumen,alamat,keadaan,surat\n";
  EXPECT_EQ(record(header + "RPD-64,TON@64:2025,usulan,Surat 1\n", EntryKind::adoption).count(RowChange::added), 1U);
  EXPECT_EQ(record(header + "RPD-64,TON@64:2025,ditetapkan,Pergub 2\n", EntryKind::adoption).count(RowChange::moved),
            1U);
  const Entry last = entries().back();
  EXPECT_EQ(last.figure.code, "RPD-64");
  EXPECT_EQ(last.text, "TON@64:2025");
  EXPECT_EQ(last.figure.status, "ditetapkan");
  EXPECT_EQ(last.figure.source, "Pergub 2");
  EXPECT_EQ(last.refers, 2U);
  EXPECT_EQ(record(header + "RPD-64,TON@64:2025,ditetapkan,Pergub 9\n", EntryKind::adoption).count(RowChange::same),
            1U);
}

TEST_F(RecorderTest, RowsOfFeedsThatWereNeverRecordedAreFound) {
  write("umpan.csv", std::string(kHeader) + "TON,64.71,2025-TW1,1\nTON,64.72,2025-TW1,5.0\nTON,64.72,2025-TW2,6\n");
  record(std::string(kHeader) + "TON,64.71,2025-TW1,1\nTON,64.72,2025-TW1,5\nTON,64.72,2025-TW2,7\n");
  // The first row was corrected since: it was recorded all the same.
  record(std::string(kHeader) + "TON,64.71,2025-TW1,3\n");
  const Replay recorded =
      replay(journal_, 0, [](auto, auto) { return StateMeaning::waiting; }, workspace_->sources(), Superseded::keep);
  EXPECT_EQ(recorded.superseded.size(), 1U);
  const std::vector<Diagnostic> found =
      unrecorded_rows(workspace_->plan(), workspace_->model(), recorded, disk(), 1 << 20, workspace_->sources());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, Code::J3032);
  // Only the third row: 5.0 is the 5 that was recorded, 6 is not the 7.
  EXPECT_NE(message_text(found[0], Language::english).find("1 of 3 rows of umpan.csv"), std::string::npos);
  EXPECT_EQ(workspace_->sources().to_string(found[0].primary), "umpan.csv:4:1");
}

TEST_F(RecorderTest, TheSameDecisionOnANewFigureIsANewDecision) {
  const std::string verdict = "kode,unit,periode,status,alasan\nALUR,64.71,2025-TW1,ditolak,salah timbang\n";
  record(std::string(kStates) + "ALUR,64.71,2025-TW1,5,diajukan\n");
  EXPECT_EQ(record(verdict, EntryKind::validation, "provinsi").count(RowChange::moved), 1U);
  EXPECT_EQ(record(verdict, EntryKind::validation, "provinsi").count(RowChange::repeated), 1U);
  EXPECT_EQ(record(std::string(kStates) + "ALUR,64.71,2025-TW1,6,diajukan\n").count(RowChange::corrected), 1U);
  EXPECT_EQ(record(verdict, EntryKind::validation, "provinsi").count(RowChange::moved), 1U);
  EXPECT_EQ(entries().back().figure.status, "ditolak");
}

TEST_F(RecorderTest, NumbersOfPersonsStandInNoKeptByte) {
  const std::string row = "TON,64.71,2025-TW1,1\n";
  const FileRecord done = record("# dibuat 19850101 201001 1 001\n" + std::string(kHeader) + row);
  EXPECT_TRUE(done.refused);
  EXPECT_EQ(codes_, std::vector<Code>{Code::J3022});
  // Below the header such a line is a row that lacks columns, and a number of a person all the same.
  record(std::string(kHeader) + row + "# 198501012010011001\n");
  EXPECT_EQ(codes_, (std::vector<Code>{Code::J1131, Code::J3022}));
  EXPECT_EQ(journal_.head().seq, 0U);
}

TEST(Actor, IsAKeyOrAPath) {
  for (const char* good : {"P-017", "64/dlh/penaatan/jf-1", "64", "operator.balikpapan"}) EXPECT_TRUE(is_actor(good));
  for (const char* bad : {"", "Siti Aminah", "198001012005011001", "6471010101800001", "64/dlh/198001012005011001"})
    EXPECT_FALSE(is_actor(bad)) << bad;
}

}  // namespace recorder_test
}  // namespace jenjang
