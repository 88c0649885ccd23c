// Facts from a journal, and the state of knowledge at a moment: plan, packs and figures as they stood then.
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "jenjang/base/version.h"
#include "jenjang/journal/journal.h"
#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace as_of_test {

namespace fs = std::filesystem;

constexpr const char* kManifest = R"(jenjang: 1
rencana: UJI
judul: Rencana uji
zona: Asia/Makassar
unit: [unit.yaml]
dokumen: [rpd.yaml, renstra.yaml]
realisasi:
- {berkas: aduan.csv, sumber: buku register}
)";
constexpr const char* kUnits = R"(jenjang: 1
daftar_unit:
- {kode: "64", nama: Kaltim, jenis: provinsi}
- {kode: "64.01", nama: Paser, jenis: kabupaten, induk: "64"}
- {kode: "64.02", nama: Kutai, jenis: kabupaten, induk: "64"}
)";
constexpr const char* kDocument = R"(jenjang: 1
dokumen: RPD
kode: RPD-64
judul: RPD uji
unit: "64"
periode: 2024..2025
indikator:
- kode: ADUAN
  uraian: Aduan ditangani
  satuan: aduan
  polaritas: naik
  akumulasi: hitungan
  agregasi: {cara: jumlah}
  target: {2024: 100, 2025: 110}
  kaskade:
  - {ke: kabupaten, cara: rata}
)";
constexpr const char* kDistrict = R"(jenjang: 1
dokumen: Renstra
kode: RENSTRA-64.01
judul: Renstra uji
unit: "64.01"
periode: 2024..2025
status: usulan
indikator:
- {kode: ADUAN, target: {2024: 70, 2025: 75}}
)";

// A plan in a fresh folder, packs of its own, and a journal beside it.
class AsOf : public ::testing::Test {
protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "jenjang-saat-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::create_directories(folder_ / "rencana");
    fs::create_directories(folder_ / "models/lint");
    fs::create_directories(folder_ / "models/uji");
    plan("jenjang.yaml", kManifest);
    plan("unit.yaml", kUnits);
    plan("rpd.yaml", kDocument);
    plan("renstra.yaml", kDistrict);
    write("models/lint/aturan.yaml", "jenjang: 1\naturan: []\n");
    write("models/uji/pack.yaml", "jenjang: 1\npaket: uji\njudul: Paket uji\nstatus: belum-diverifikasi\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  void plan(const std::string& name, const std::string& text) const { write("rencana/" + name, text); }
  [[nodiscard]] fs::path journal_path() const { return folder_ / "rencana/jurnal.sqlite"; }

  [[nodiscard]] WorkspaceOptions options(const std::string& as_of = {}) const {
    WorkspaceOptions made;
    made.pack_folders = {folder_ / "models"};
    made.as_of = Date::parse(as_of);
    if (!made.as_of) made.as_of_time = as_of;
    return made;
  }
  [[nodiscard]] Workspace loaded(const WorkspaceOptions& with) const {
    Workspace workspace(with);
    if (workspace.load(folder_ / "rencana")) workspace.evaluate();
    return workspace;
  }

  static Moment moment(const char* text) { return *Moment::parse(text, Zone{8 * 60}); }
  static Entry figure(const char* at, const char* unit, const char* period, const char* number) {
    Entry entry;
    entry.recorded = moment(at);
    entry.actor = "64/petugas";
    entry.figure.code = "ADUAN";
    entry.figure.unit = unit;
    entry.figure.period = *Period::parse(period);
    entry.figure.number = *Decimal::parse(number);
    return entry;
  }
  static Entry about_document(EntryKind kind, const char* at, const char* code, const char* status,
                              const char* target = "") {
    Entry entry;
    entry.kind = kind;
    entry.recorded = moment(at);
    entry.actor = "64.01/bupati";
    entry.figure.code = code;
    entry.figure.status = status;
    entry.text = target;
    return entry;
  }
  // The inputs in force, as `record` keeps them.
  void keep_inputs(const char* at) const {
    WorkspaceOptions keeping = options();
    keeping.keep_inputs = true;
    keeping.without_journal = true;
    Workspace workspace(keeping);
    ASSERT_TRUE(workspace.load(folder_ / "rencana"));
    keep_list(at, workspace.inputs());
  }
  void keep_list(const char* at, const InputsList& list) const {
    Entry entry;
    entry.kind = EntryKind::inputs;
    entry.recorded = moment(at);
    entry.actor = "64/petugas";
    entry.content = digest_of(list.text);
    std::vector<std::string> texts = list.texts;
    texts.push_back(list.text);
    append({entry}, texts);
  }
  void append(std::vector<Entry> entries, const std::vector<std::string>& texts = {}) const {
    Result<Journal> journal = Journal::open(journal_path(), JournalAccess::create);
    ASSERT_TRUE(journal.ok());
    Result<JournalHead> head = journal.value().append(std::move(entries), texts);
    ASSERT_TRUE(head.ok());
  }

  static std::size_t count(Workspace& workspace, Code code) {
    const auto& all = workspace.sink().all();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Diagnostic& finding) { return finding.code == code; }));
  }
  // "target realisasi" of one measure in one year, or what is wrong.
  static std::string row(Workspace& workspace, const std::string& address) {
    if (!workspace.has_model()) return "no model";
    for (const ResultRow& one : result_rows(workspace.context(), {}, false)) {
      if (one.address == address) return one.target + " " + one.realisation;
    }
    return "no row";
  }
  static std::string page(Workspace& workspace) {
    WriteOptions csv;
    csv.format = OutputFormat::csv;
    return write_rows(result_rows(workspace.context(), {}, false), csv);
  }

  fs::path folder_;
};

TEST_F(AsOf, TheJournalIsWhatCounts) {
  plan("aduan.csv", "kode,unit,periode,nilai\nADUAN,64.01,2024,999\n");
  keep_inputs("2025-01-10T09:00");
  append({figure("2025-01-10T09:00", "64.01", "2024", "60"), figure("2025-01-10T09:00", "64.02", "2024", "30")});
  Workspace workspace = loaded(options());
  EXPECT_EQ(row(workspace, "ADUAN@64:2024"), "100 90.00");  // 60 + 30; the file says 999
  ASSERT_TRUE(workspace.journal());
  EXPECT_EQ(workspace.journal()->head.seq, 3U);
  WorkspaceOptions files = options();
  files.without_journal = true;
  Workspace from_files = loaded(files);
  EXPECT_EQ(row(from_files, "ADUAN@64:2024"), "100 999.00");
  EXPECT_FALSE(from_files.journal());
}

TEST_F(AsOf, LaterCorrectionsAndChangesOfPlanAndPackAreUnknown) {
  keep_inputs("2025-01-10T09:00");
  append({figure("2025-01-10T09:00", "64.01", "2024", "60"), figure("2025-01-10T09:00", "64.02", "2024", "30")});
  Workspace then = loaded(options("2025-01-31"));
  ASSERT_TRUE(then.has_model());
  const std::string before = page(then);
  const JournalHead head = then.journal()->head;
  EXPECT_EQ(row(then, "ADUAN@64:2024"), "100 90.00");

  std::string changed = kDocument;
  changed.replace(changed.find("2024: 100"), 9, "2024: 200");
  plan("rpd.yaml", changed);
  write("models/uji/pack.yaml", "jenjang: 1\npaket: uji\njudul: Lain\nstatus: terverifikasi\n");
  keep_inputs("2025-03-01T09:00");
  append({figure("2025-03-01T09:00", "64.01", "2024", "65")});

  Workspace again = loaded(options("2025-01-31"));
  EXPECT_EQ(page(again), before);
  EXPECT_EQ(again.journal()->head, head);
  EXPECT_EQ(again.packs().find("uji")->title, "Paket uji");
  Workspace now = loaded(options());
  EXPECT_EQ(row(now, "ADUAN@64:2024"), "200 95.00");  // 65 + 30
  Workspace later = loaded(options("2025-03-01T09:00+08:00"));
  EXPECT_EQ(row(later, "ADUAN@64:2024"), "200 95.00");

  WorkspaceOptions mixed = options("2025-01-31");
  mixed.plan_now = true;
  Workspace todays_plan = loaded(mixed);
  EXPECT_EQ(row(todays_plan, "ADUAN@64:2024"), "200 90.00");
  EXPECT_EQ(count(todays_plan, Code::J3051), 1U);
  EXPECT_TRUE(todays_plan.journal()->plan_now);
}

TEST_F(AsOf, ADayEndsInTheZoneOfThePlanInForce) {
  keep_inputs("2025-01-10T09:00");
  append({figure("2025-01-10T23:59:59", "64.01", "2024", "60"), figure("2025-01-11T00:00:00", "64.02", "2024", "30")});
  Workspace day = loaded(options("2025-01-10"));
  EXPECT_EQ(row(day, "ADUAN@64:2024"), "100 60.00");
  EXPECT_EQ(day.as_of()->to_string(), "2025-01-10");
  // 2025-01-10T16:00Z is midnight in Makassar.
  Workspace utc = loaded(options("2025-01-10T16:00:00Z"));
  EXPECT_EQ(row(utc, "ADUAN@64:2024"), "100 90.00");
  EXPECT_EQ(utc.as_of()->to_string(), "2025-01-11");
  // A plan that moves to another zone later moves no past day.
  std::string west = kManifest;
  west.replace(west.find("Asia/Makassar"), 13, "Asia/Jakarta");
  plan("jenjang.yaml", west);
  Workspace same_day = loaded(options("2025-01-10"));
  EXPECT_EQ(row(same_day, "ADUAN@64:2024"), "100 60.00");
}

TEST_F(AsOf, AMomentBeforeTheFirstCopiesIsRefused) {
  keep_inputs("2025-01-10T09:00");
  append({figure("2025-01-10T09:00", "64.01", "2024", "60")});
  Workspace early = loaded(options("2025-01-09"));
  EXPECT_FALSE(early.could_run());
  EXPECT_EQ(count(early, Code::J3050), 1U);
  WorkspaceOptions mixed = options("2025-01-09");
  mixed.plan_now = true;
  Workspace nothing = loaded(mixed);
  EXPECT_EQ(row(nothing, "ADUAN@64:2024"), "100 ");
  EXPECT_EQ(nothing.journal()->head.seq, 0U);
}

TEST_F(AsOf, ATimeOfDayNeedsAJournal) {
  plan("aduan.csv", "kode,unit,periode,nilai\nADUAN,64.01,2024,60\n");
  Workspace timed = loaded(options("2025-01-10T09:00"));
  EXPECT_FALSE(timed.could_run());
  EXPECT_EQ(count(timed, Code::J3057), 1U);
  Workspace day = loaded(options("2025-01-10"));  // decides what is due, as before
  EXPECT_EQ(row(day, "ADUAN@64:2024"), "100 60.00");
}

TEST_F(AsOf, AnotherResultVersionIsSaid) {
  WorkspaceOptions keeping = options();
  keeping.keep_inputs = true;
  Workspace workspace(keeping);
  ASSERT_TRUE(workspace.load(folder_ / "rencana"));
  InputsList list = workspace.inputs();
  const std::string ours = "hasil " + std::to_string(kResultVersion) + "\n";
  ASSERT_EQ(list.text.rfind(ours, 0), 0U);
  list.text.replace(0, ours.size(), "hasil 99\n");
  keep_list("2025-01-10T09:00", list);
  Workspace other = loaded(options("2025-01-10"));
  EXPECT_TRUE(other.has_model());
  EXPECT_EQ(count(other, Code::J3052), 1U);
  keep_inputs("2025-01-12T09:00");
  Workspace own = loaded(options("2025-01-12"));
  EXPECT_EQ(count(own, Code::J3052), 0U);
}

TEST_F(AsOf, AMissingCopyIsNotReplacedByTodaysFile) {
  InputsList list;
  list.text =
      "hasil " + std::to_string(kResultVersion) + "\n" + to_hex(digest_of("tidak disimpan")) + " jenjang.yaml\n";
  keep_list("2025-01-10T09:00", list);
  Workspace workspace = loaded(options("2025-01-10"));
  EXPECT_FALSE(workspace.could_run());
  EXPECT_EQ(count(workspace, Code::J3054), 1U);
}

// The province splits 100 equally. The district's own 70 is a proposal, until the journal adopts its document: then
// it is a hold, and the other district takes the remaining 30.
TEST_F(AsOf, AnAdoptedDocumentHolds) {
  keep_inputs("2025-01-10T09:00");
  Workspace proposed = loaded(options());
  EXPECT_EQ(row(proposed, "ADUAN@64.02:2024"), "50 ");
  append({about_document(EntryKind::adoption, "2025-02-01T09:00", "RENSTRA-64.01", "ditetapkan")});
  Workspace adopted = loaded(options());
  EXPECT_EQ(row(adopted, "ADUAN@64.01:2024"), "70 ");
  EXPECT_EQ(row(adopted, "ADUAN@64.02:2024"), "30 ");
  EXPECT_EQ(row(adopted, "ADUAN@64.02:2025"), "35 ");  // 110 - 75
  Workspace before = loaded(options("2025-01-31"));
  EXPECT_EQ(row(before, "ADUAN@64.02:2024"), "50 ");
  append({about_document(EntryKind::adoption, "2025-03-01T09:00", "RENSTRA-64.01", "usulan")});
  Workspace back = loaded(options());
  EXPECT_EQ(row(back, "ADUAN@64.02:2024"), "50 ");
}

TEST_F(AsOf, ASingleTargetIsAdoptedAlone) {
  keep_inputs("2025-01-10T09:00");
  append({about_document(EntryKind::adoption, "2025-02-01T09:00", "RENSTRA-64.01", "ditetapkan", "ADUAN@64.01:2024")});
  Workspace workspace = loaded(options());
  EXPECT_EQ(row(workspace, "ADUAN@64.02:2024"), "30 ");
  EXPECT_EQ(row(workspace, "ADUAN@64.02:2025"), "55 ");  // 110 / 2: the target of 2025 is still a proposal
  EXPECT_EQ(count(workspace, Code::J3056), 0U);
  append({about_document(EntryKind::adoption, "2025-02-02T09:00", "RENSTRA-64.01", "ditetapkan", "ADUAN@64.01:2023"),
          about_document(EntryKind::adoption, "2025-02-02T09:00", "RENSTRA-64.09", "ditetapkan")});
  Workspace unknown = loaded(options());
  EXPECT_EQ(count(unknown, Code::J3056), 2U);
  EXPECT_EQ(row(unknown, "ADUAN@64.02:2024"), "30 ");
}

TEST_F(AsOf, ASignedDocumentMayChangeItsLayoutButNotItsContent) {
  keep_inputs("2025-01-10T09:00");
  {
    WorkspaceOptions plain = options();
    Workspace workspace(plain);
    ASSERT_TRUE(workspace.load(folder_ / "rencana"));
    Entry entry = about_document(EntryKind::signed_document, "2025-02-01T09:00", "RENSTRA-64.01", "");
    entry.content = document_content(workspace.plan(), workspace.sources(), "RENSTRA-64.01");
    ASSERT_TRUE(entry.content);
    append({entry});
  }
  Workspace signed_now = loaded(options());
  EXPECT_EQ(count(signed_now, Code::J3053), 0U);
  plan("renstra.yaml", "# catatan\n" + std::string(kDistrict) + "\n");
  Workspace commented = loaded(options());
  EXPECT_EQ(count(commented, Code::J3053), 0U);
  std::string changed = kDistrict;
  changed.replace(changed.find("2024: 70"), 8, "2024: 71");
  plan("renstra.yaml", changed);
  Workspace amended = loaded(options());
  EXPECT_EQ(count(amended, Code::J3053), 1U);
  Workspace then = loaded(options("2025-02-01"));
  EXPECT_EQ(count(then, Code::J3053), 0U);
}

TEST(InputsList, ComesBackAsItWas) {
  const std::map<std::string, std::string> plan{
      {"rencana/jenjang.yaml", "a"}, {"rencana/data/unit.csv", "b"}, {"bersama/paket.csv", "a"}};
  const std::vector<fs::path> folders{"/usr/share/jenjang/models/", "paket-daerah"};
  const std::vector<std::map<std::string, std::string>> packs{{{"/usr/share/jenjang/models/uji/pack.yaml", "c"}},
                                                              {{"paket-daerah/uji/pack.yaml", "d"}}};
  const InputsList list = list_inputs("rencana", plan, folders, packs);
  EXPECT_EQ(list.text, "hasil " + std::to_string(kResultVersion) + "\n" + to_hex(digest_of("a")) +
                           " ../bersama/paket.csv\n" + to_hex(digest_of("b")) + " data/unit.csv\n" +
                           to_hex(digest_of("a")) + " jenjang.yaml\n" + to_hex(digest_of("c")) +
                           " paket:0/models/uji/pack.yaml\n" + to_hex(digest_of("d")) +
                           " paket:1/paket-daerah/uji/pack.yaml\n");
  Journal journal = Journal::in_memory();
  std::vector<std::string> texts = list.texts;
  texts.push_back(list.text);
  Entry entry;
  entry.kind = EntryKind::inputs;
  entry.actor = "x";
  entry.content = digest_of(list.text);
  ASSERT_TRUE(journal.append(std::vector<Entry>{entry}, texts).ok());
  // Elsewhere: the plan lies in another folder, the packs keep the names that messages show.
  const Result<KeptInputs> kept = kept_inputs(journal, digest_of(list.text), "/lain/rencana");
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept.value().result_version, kResultVersion);
  EXPECT_EQ(kept.value().files.read("/lain/rencana/jenjang.yaml", 9).value(), "a");
  EXPECT_EQ(kept.value().files.read("/lain/bersama/paket.csv", 9).value(), "a");
  ASSERT_EQ(kept.value().pack_folders.size(), 2U);
  EXPECT_EQ(kept.value().pack_folders[0].filename(), "models");
  EXPECT_EQ(kept.value().files.read(kept.value().pack_folders[1] / "uji/pack.yaml", 9).value(), "d");
}

}  // namespace as_of_test
}  // namespace jenjang
