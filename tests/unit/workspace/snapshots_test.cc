// Snapshots of a small plan with a journal. What a snapshot followed must be, to the bit, what a new one is.
#include "jenjang/workspace/snapshots.h"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <unistd.h>

#include "jenjang/bulk/sweep.h"
#include "jenjang/workspace/flat_rows.h"

namespace jenjang {
namespace snapshots_test {

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
    - {kode: diajukan}
    - {kode: sah, sah: ya}
    - {kode: ditolak, gugur: ya}
    langkah:
    - {ke: diajukan}
    - {dari: diajukan, ke: sah}
    - {dari: diajukan, ke: ditolak}
)";
constexpr const char* kManifest = R"(jenjang: 1
rencana: UJI
zona: Asia/Makassar
paket: [paket/]
dokumen: [rpd.yaml]
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
- {kode: TON, satuan: ton, polaritas: naik, akumulasi: hitungan, frekuensi: bulan, agregasi: {cara: jumlah, dari: kabkota}, target: {2025: 1200.50}}
- {kode: ALUR, satuan: ton, polaritas: naik, akumulasi: hitungan, frekuensi: bulan, alur: uji/dua, agregasi: {cara: jumlah, dari: kabkota}, target: {2025: 100}}
)";

class SnapshotsTest : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("jenjang-snapshots-" + std::to_string(getpid()));
    fs::remove_all(folder_);
    write("rencana/jenjang.yaml", kManifest);
    write("rencana/rpd.yaml", kDocument);
    write("rencana/paket/uji/pack.yaml", kPack);
    write("bawaan/lain/pack.yaml", "jenjang: 1\npaket: lain\njudul: Lain\nstatus: belum-diverifikasi\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  [[nodiscard]] fs::path plan() const { return folder_ / "rencana"; }
  [[nodiscard]] fs::path file() const { return folder_ / "r.snapshot"; }
  [[nodiscard]] fs::path journal() const { return plan() / "jurnal.sqlite"; }

  Entry entry(const char* code, const char* unit, const char* period, const char* number,
              EntryKind kind = EntryKind::realisation) {
    Entry made;
    made.kind = kind;
    made.recorded = Moment{1'750'000'000 + 60 * ++clock_};
    made.actor = "P-7";
    made.figure.code = code;
    made.figure.unit = unit;
    made.figure.period = Period::parse(period).value();
    made.figure.number = Decimal::parse(number).value();
    return made;
  }
  Entry stated(Entry made, const char* status, bool valid) {
    made.figure.workflow = "uji/dua";
    made.figure.status = status;
    made.figure.validated = valid;
    return made;
  }
  void append(std::vector<Entry> entries) const {
    Result<Journal> opened = Journal::open(journal(), JournalAccess::create);
    ASSERT_TRUE(opened.ok());
    const Result<JournalHead> head = opened.value().append(std::move(entries));
    ASSERT_TRUE(head.ok());
  }
  void append(Entry one) const { append(std::vector<Entry>{std::move(one)}); }

  Workspace evaluated() const {
    WorkspaceOptions options;
    options.keep_inputs = true;
    options.pack_folders = {folder_ / "bawaan"};
    options.as_of_time = as_of_;
    options.plan_now = !as_of_.empty();
    Workspace workspace(options);
    EXPECT_TRUE(workspace.load(plan())) << render_text(workspace.sink().sorted(), workspace.sources(), {});
    workspace.evaluate();
    return workspace;
  }
  void make(const fs::path& to, bool results = false) const {
    SnapshotRequest request;
    request.year = 2025;
    request.results = results;
    const Result<MadeSnapshot> made = make_snapshot(evaluated(), to, request);
    ASSERT_TRUE(made.ok()) << message_text(made.failure(), Language::english);
    EXPECT_EQ(made.value().nodes, nodes_);
    EXPECT_EQ(made.value().leaves, leaves_);
  }
  [[nodiscard]] SnapshotInputs inputs() const { return {plan(), {folder_ / "bawaan"}, {}, check_}; }

  [[nodiscard]] Code refusal() const {
    const Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
    return opened.ok() ? Code{} : opened.failure().code;
  }
  static std::uint64_t rolled_up(snapshot::Snapshot& opened) {
    bulk::roll_up(opened.plan(), opened.figures());
    return bulk::digest(opened.plan(), opened.figures());
  }
  // Rows of every period, with ranges.
  static std::string rows_of(snapshot::Snapshot& held) {
    std::string text;
    for (const bool validated_only : {false, true}) {
      FlatRowFilter filter;
      filter.intervals = true;
      filter.validated_only = validated_only;
      const FlatRows rows({{held.year(), held.plan(), held.figures(), *held.rows(), held.names()}}, filter, {});
      EXPECT_TRUE(rows.write_csv([&text](std::string_view part) {
        text += part;
        return true;
      }));
    }
    return text;
  }
  // Followed, and equal to a snapshot made now.
  void expect_followed(std::size_t changes) const {
    Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
    ASSERT_TRUE(opened.ok()) << message_text(opened.failure(), Language::english);
    EXPECT_EQ(opened.value().changes, changes);
    expect_as_new(opened.value());
  }
  void expect_as_new(OpenedSnapshot& opened) const {
    make(folder_ / "baru.snapshot");
    Result<snapshot::Snapshot> fresh = snapshot::Snapshot::open(folder_ / "baru.snapshot");
    ASSERT_TRUE(fresh.ok());
    EXPECT_EQ(opened.head.seq, fresh.value().identity().journal_seq);
    EXPECT_EQ(opened.head.hash, fresh.value().identity().journal_hash);
    // Where nothing waits any more, both lanes are the same, and a new one has one of them.
    const std::uint64_t followed = rolled_up(opened.snapshot), made = rolled_up(fresh.value());
    if (opened.snapshot.figures().has_validated_lane() == fresh.value().figures().has_validated_lane()) {
      EXPECT_EQ(followed, made);
    }
    EXPECT_FALSE(opened.snapshot.verify_rows());
    EXPECT_EQ(rows_of(opened.snapshot), rows_of(fresh.value()));
  }
  // Besides: a measure without a target, one whose districts have one in one month only, one of quarters with yearly
  // means, an official one.
  void write_more_measures() {
    const std::string rest = "satuan: ton, polaritas: naik, alur: uji/dua, agregasi: {cara: jumlah, dari: kabkota}";
    write("rencana/rpd.yaml",
          std::string(kDocument) + "- {kode: BEBAS, akumulasi: hitungan, frekuensi: bulan, " + rest +
              "}\n- {kode: SEBULAN, akumulasi: hitungan, frekuensi: bulan, " + rest +
              ", target: {2025-03: 8}, kaskade: [{ke: kabkota, cara: rata}]}\n- {kode: RATA, akumulasi: rata-rata, "
              "frekuensi: triwulan, " +
              rest + ", target: {2025: 3}}\n- {kode: RILIS, akumulasi: rilis, frekuensi: bulan, " + rest +
              ", target: {2025: 3}}\n");
    nodes_ = 18;
    leaves_ = 12;
  }
  // Three figures of two districts.
  void begin() {
    append({entry("TON", "64.71", "2025-01", "10.25"), entry("TON", "64.72", "2025-01", "20"),
            entry("TON", "64.71", "2025-02", "5")});
    make(file());
  }

  fs::path folder_;
  std::string as_of_;
  snapshot::InputCheck check_ = snapshot::InputCheck::stamps;
  std::int64_t clock_ = 0;
  std::size_t nodes_ = 6, leaves_ = 4;
};

TEST_F(SnapshotsTest, HoldsFactsTargetsAndNames) {
  begin();
  Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
  ASSERT_TRUE(opened.ok()) << message_text(opened.failure(), Language::english);
  snapshot::Snapshot& held = opened.value().snapshot;
  EXPECT_FALSE(held.verify_all());
  bulk::roll_up(held.plan(), held.figures());
  // 10.25 + 20 in January, 5 alone in February.
  for (std::uint32_t node = 0; node < held.plan().node_count(); ++node) {
    if (held.names().address(node) != "TON@64") continue;
    EXPECT_EQ(held.figures().value[node * bulk::kMonths], 30.25);
    EXPECT_EQ(held.figures().value[node * bulk::kMonths + 1], 5);
    EXPECT_EQ(held.names().document(node), "RPD-64");
    EXPECT_EQ(held.names().unit_word(node), "ton");
    double year = 0;
    for (std::size_t month = 0; month < bulk::kMonths; ++month) {
      year += held.figures().target[node * bulk::kMonths + month];
    }
    EXPECT_NEAR(year, 1200.5, 1e-9);
  }
}

TEST_F(SnapshotsTest, NothingNewIsNothingToDo) {
  begin();
  expect_followed(0);
}

TEST_F(SnapshotsTest, FollowsNewAndCorrectedFigures) {
  begin();
  append({entry("TON", "64.71", "2025-01", "11.5", EntryKind::correction), entry("TON", "64.72", "2025-07", "-3")});
  append(entry("TON", "64.71", "2025-01", "12.75", EntryKind::correction));
  expect_followed(2);
}

TEST_F(SnapshotsTest, TheSameFigureAgainChangesNothing) {
  begin();
  append(entry("TON", "64.71", "2025-01", "10.250"));
  expect_followed(0);
}

TEST_F(SnapshotsTest, OtherYearsAndNotesHaveNoPlaceHere) {
  begin();
  append(entry("TON", "64.71", "2026-01", "77"));
  Entry note = entry("TON", "64.71", "2025-01", "0", EntryKind::note);
  note.text = "catatan";
  append(note);
  expect_followed(0);
}

TEST_F(SnapshotsTest, FollowsFiguresThatTheirWorkflowCallsValid) {
  append({entry("TON", "64.71", "2025-01", "1"), stated(entry("ALUR", "64.71", "2025-03", "4"), "sah", true)});
  make(file());
  append(stated(entry("ALUR", "64.71", "2025-03", "6", EntryKind::correction), "sah", true));
  append(stated(entry("ALUR", "64.72", "2025-03", "8"), "sah", true));
  expect_followed(2);
}

TEST_F(SnapshotsTest, FollowsReportsOfCoarserPeriods) {
  append({entry("TON", "64.71", "2025-TW1", "10.25"), entry("TON", "64.72", "2025-S2", "20.125"),
          entry("TON", "64.71", "2025-01", "5")});
  make(file());
  append(entry("TON", "64.71", "2025-TW1", "11.5", EntryKind::correction));
  append(entry("TON", "64.71", "2025", "-90"));        // beside quarter and month, which stand
  append(entry("TON", "64.72", "2025-TW1", "7.125"));  // before what is reported of that leaf
  append(entry("TON", "64.72", "2025-S2", "20.125"));  // nothing new
  append(entry("TON", "64.71", "2025-02", "2"));
  append(entry("TON", "64.71", "2026", "3"));  // another year
  expect_followed(4);
}

// A table of reports where there was none, and rows where there were none.
TEST_F(SnapshotsTest, FollowsTheFirstReportOfAYear) {
  begin();
  append(entry("ALUR", "64.71", "2025-01", "1"));
  EXPECT_EQ(refusal(), Code::J3206);  // not the state that is due
  fs::remove(journal());
  begin();
  append(stated(entry("ALUR", "64.72", "2025", "40"), "sah", true));
  append(entry("TON", "64.72", "2025", "100"));
  expect_followed(2);
}

TEST_F(SnapshotsTest, AReportOfAYearThatCameUnderAnotherAddressIsNotOverwritten) {
  Entry other = entry("TON", "6471", "2025", "3");
  other.figure.authority = RegionAuthority::bps;
  append(other);
  make(file());
  append(entry("TON", "64.71", "2025", "4"));
  EXPECT_EQ(refusal(), Code::J3206);
}

TEST_F(SnapshotsTest, AReportFinerThanItsMeasureIsNotFollowed) {
  std::string document = kDocument;
  const std::string monthly = "frekuensi: bulan";
  document.replace(document.find(monthly), monthly.size(), "frekuensi: triwulan");
  write("rencana/rpd.yaml", document);
  append(entry("TON", "64.71", "2025-TW1", "3"));
  make(file());
  append(entry("TON", "64.71", "2025-TW2", "4"));
  expect_followed(1);
  append(entry("TON", "64.71", "2025-07", "4"));
  EXPECT_EQ(refusal(), Code::J3206);
}

TEST_F(SnapshotsTest, ResultsAreBroughtUpToDate) {
  append({entry("TON", "64.71", "2025-01", "10.25"), entry("TON", "64.72", "2025-01", "20")});
  make(file(), true);
  append(entry("TON", "64.71", "2025-01", "0.25", EntryKind::correction));
  Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
  ASSERT_TRUE(opened.ok()) << message_text(opened.failure(), Language::english);
  const std::uint64_t followed = bulk::digest(opened.value().snapshot.plan(), opened.value().snapshot.figures());
  EXPECT_EQ(followed, rolled_up(opened.value().snapshot));
}

TEST_F(SnapshotsTest, ResultsOfOneLaneAreMadeAnewWhenAFigureWaits) {
  append({entry("TON", "64.71", "2025-01", "10.25"), stated(entry("ALUR", "64.72", "2025-01", "20"), "sah", true)});
  make(file(), true);
  append(entry("TON", "64.71", "2025-02", "3"));
  append(stated(entry("ALUR", "64.71", "2025-01", "4"), "diajukan", false));
  append(stated(entry("ALUR", "64.71", "2025-02", "1"), "sah", true));
  Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
  ASSERT_TRUE(opened.ok()) << message_text(opened.failure(), Language::english);
  EXPECT_FALSE(opened.value().snapshot.has_results());
  expect_followed(3);
  // With both lanes in the file, results stay and are brought up to date.
  make(file(), true);
  append(stated(entry("ALUR", "64.71", "2025-05", "4"), "diajukan", false));
  append(stated(entry("ALUR", "64.71", "2025-01", "0", EntryKind::validation), "ditolak", false));
  opened = open_snapshot(file(), inputs());
  ASSERT_TRUE(opened.ok()) << message_text(opened.failure(), Language::english);
  EXPECT_TRUE(opened.value().snapshot.has_results());
  const std::uint64_t followed = bulk::digest(opened.value().snapshot.plan(), opened.value().snapshot.figures());
  EXPECT_EQ(followed, rolled_up(opened.value().snapshot));
}

TEST_F(SnapshotsTest, RefusesWhatItCannotFollow) {
  const std::vector<Entry> beyond = {
      entry("TON", "64.71", "2025", "1.1234567"),                        // of a year, with more digits
      entry("TON", "64", "2025-01", "100"),                              // reported above children
      entry("TON", "64.99", "2025-01", "100"),                           // no such unit
      entry("LAIN", "64.71", "2025-01", "100"),                          // no such measure
      entry("TON", "64.71", "2025-01", "1.1234567"),                     // more digits than the class has
      stated(entry("TON", "64.71", "2025-01", "4"), "diajukan", false),  // waits, while another figure is valid
      entry("ALUR", "64.71", "2025-03", "4"),                            // without the state that is due
      entry("RPD-64", "", "2025", "0", EntryKind::adoption),             // a document
      entry("TON", "64.71", "2025-01", "3", EntryKind::grade_decided),
  };
  for (const Entry& one : beyond) {
    fs::remove(journal());
    begin();
    Entry later = one;
    later.recorded = Moment{1'760'000'000};
    append(later);
    EXPECT_EQ(refusal(), Code::J3206) << to_string(one.kind) << ' ' << one.figure.code.view() << '@'
                                      << one.figure.unit.view();
  }
}

TEST_F(SnapshotsTest, FollowsReasonsInsteadOfNumbers) {
  begin();
  Entry gone = entry("TON", "64.71", "2025-01", "0", EntryKind::correction);
  gone.figure.state = CellState::not_applicable;
  append(gone);
  gone = entry("TON", "64.72", "2025-TW3", "0");
  gone.figure.state = CellState::awaiting_release;
  append(gone);
  expect_followed(2);
  append(entry("TON", "64.71", "2025-01", "4", EntryKind::correction));
  expect_followed(2);
}

// The first of them: the snapshot has one lane yet.
TEST_F(SnapshotsTest, FollowsFiguresThatWait) {
  begin();
  append(stated(entry("ALUR", "64.71", "2025-03", "4"), "diajukan", false));
  append(stated(entry("ALUR", "64.72", "2025-S1", "-40"), "diajukan", false));
  Entry reason = stated(entry("ALUR", "64.72", "2025-08", "0"), "diajukan", false);
  reason.figure.state = CellState::empty;
  append(reason);
  expect_followed(3);
  Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
  ASSERT_TRUE(opened.ok());
  snapshot::Snapshot& held = opened.value().snapshot;
  bulk::roll_up(held.plan(), held.figures());
  // 4 of one district in March: the province has it in the full lane, nothing in the validated one.
  for (std::uint32_t node = 0; node < held.plan().node_count(); ++node) {
    if (held.names().address(node) != "ALUR@64") continue;
    EXPECT_EQ(held.figures().value[node * bulk::kMonths + 2], 4);
    const std::size_t inner = (node - held.plan().leaf_count()) * bulk::kMonths;
    EXPECT_EQ(bulk::cell_state(held.figures().validated_state[inner + 2]), CellState::empty);
  }
  append(stated(entry("ALUR", "64.71", "2025-03", "0", EntryKind::validation), "sah", true));
  expect_followed(3);
  append(stated(entry("ALUR", "64.72", "2025-S1", "0", EntryKind::validation), "ditolak", false));
  append(stated(entry("ALUR", "64.72", "2025-08", "0", EntryKind::validation), "ditolak", false));
  expect_followed(1);
}

// Of measures without a target in the month: their rows go with the figure.
TEST_F(SnapshotsTest, FollowsFiguresThatAreTakenBack) {
  write_more_measures();
  append({stated(entry("BEBAS", "64.71", "2025-03", "4"), "diajukan", false),
          stated(entry("BEBAS", "64.72", "2025-TW4", "5"), "sah", true),
          stated(entry("SEBULAN", "64.71", "2025-03", "6"), "sah", true),
          stated(entry("SEBULAN", "64.71", "2025-04", "7"), "diajukan", false),
          stated(entry("RATA", "64.72", "2025-TW2", "8.5"), "diajukan", false)});
  make(file());
  append(stated(entry("BEBAS", "64.71", "2025-03", "0", EntryKind::validation), "ditolak", false));
  expect_followed(1);
  append(stated(entry("BEBAS", "64.72", "2025-TW4", "0", EntryKind::validation), "ditolak", false));
  append(stated(entry("SEBULAN", "64.71", "2025-03", "0", EntryKind::validation), "ditolak", false));
  append(stated(entry("SEBULAN", "64.71", "2025-04", "0", EntryKind::validation), "ditolak", false));
  append(stated(entry("RATA", "64.72", "2025-TW2", "0", EntryKind::validation), "ditolak", false));
  expect_followed(5);
}

// So many that every page is verified at once, a damaged one too: a byte of the last figures.
TEST_F(SnapshotsTest, FollowsManyEntries) {
  begin();
  std::vector<Entry> many;
  for (int n = 0; n < 300; ++n) {
    char period[8];
    std::snprintf(period, sizeof period, "2025-%02d", 1 + n % 12);
    Entry one = entry("TON", n % 2 == 0 ? "64.71" : "64.72", period, "1");
    one.figure.number = Decimal::from_parts(n, 1);
    many.push_back(std::move(one));
  }
  append(std::move(many));
  expect_followed(12);
  std::size_t at = 0;
  {
    Result<snapshot::Snapshot> whole = snapshot::Snapshot::open(file());
    ASSERT_TRUE(whole.ok());
    const snapshot::Section* const section = whole.value().container().find("value");
    ASSERT_NE(section, nullptr);
    at = section->offset + leaves_ * bulk::kMonths * sizeof(double) - 1;
  }
  std::fstream(file(), std::ios::binary | std::ios::in | std::ios::out).seekp(static_cast<std::streamoff>(at)).put('x');
  EXPECT_EQ(refusal(), Code::J3203);
}

// Of months that nobody reported because they are not due, carry no target, or wait for a publication.
TEST_F(SnapshotsTest, FollowsFirstFiguresWhateverTheSilenceWas) {
  write_more_measures();
  as_of_ = Moment{1'760'000'000}.to_string(Zone{8 * 60});  // October 2025
  begin();
  append(entry("TON", "64.71", "2025-11", "4"));
  append(stated(entry("SEBULAN", "64.71", "2025-04", "5"), "sah", true));
  append(stated(entry("RILIS", "64.72", "2025-05", "6"), "diajukan", false));
  expect_followed(3);
}

// Journals drawn at random, cut anywhere: what is followed is what a new snapshot has.
TEST_F(SnapshotsTest, DrawnEntriesAreFollowedOrRefused) {
  write_more_measures();
  std::mt19937 random(20261124);
  const auto draw = [&random](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  const char* const codes[] = {"TON", "ALUR", "BEBAS", "SEBULAN", "RATA", "RILIS"};
  const char* const units[] = {"64.71", "64.72"};
  const char* const periods[] = {"2025-03", "2025-04", "2025-11", "2025-TW1", "2025-TW4", "2025-S1", "2025"};
  const char* const numbers[] = {"4", "-2.5", "0", "17.25"};
  const auto drawn = [&] {
    const char* const code = codes[draw(6)];
    const char* const period = periods[code == codes[4] ? 3 + draw(4) : draw(7)];
    const std::size_t kind = draw(3);
    Entry made = entry(code, units[draw(2)], period, numbers[draw(4)],
                       kind == 0   ? EntryKind::validation
                       : kind == 1 ? EntryKind::correction
                                   : EntryKind::realisation);
    if (draw(5) == 0) made.figure.state = draw(2) == 0 ? CellState::empty : CellState::not_applicable;
    if (draw(6) == 0) made.figure.illustrative = true;
    if (draw(6) == 0) made.figure.unverified = true;
    if (draw(6) == 0) made.figure.released = Period::parse("2025-09").value();  // a note to a figure, no part of it
    if (code == codes[0]) return made;
    const std::size_t status = draw(3);
    constexpr const char* kStates[] = {"diajukan", "sah", "ditolak"};
    return stated(made, kStates[status], status == 1);
  };
  std::size_t followed = 0;
  for (int round = 0; round < 100; ++round) {
    // In October nothing of November is due, and official figures are waited for.
    as_of_ = round % 2 == 0 ? "" : Moment{1'760'000'000}.to_string(Zone{8 * 60});
    fs::remove(journal());
    fs::remove(file());
    append({entry("TON", "64.71", "2025-01", "10.25"), stated(entry("ALUR", "64.71", "2025-01", "0.25"), "sah", true),
            stated(entry("BEBAS", "64.71", "2025-01", "0.25"), "sah", true),
            stated(entry("SEBULAN", "64.71", "2025-01", "0.25"), "sah", true),
            stated(entry("RATA", "64.71", "2025-TW4", "0.25"), "sah", true),
            stated(entry("RILIS", "64.71", "2025-01", "0.25"), "sah", true)});
    for (std::size_t n = draw(8); n > 0; --n) append(drawn());
    SnapshotRequest request;
    request.year = 2025;
    if (!make_snapshot(evaluated(), file(), request).ok()) continue;  // two figures of one cell
    for (std::size_t n = 1 + draw(5); n > 0; --n) append(drawn());
    Result<OpenedSnapshot> opened = open_snapshot(file(), inputs());
    if (!opened.ok()) {
      EXPECT_EQ(opened.failure().code, Code::J3206);
      continue;
    }
    ++followed;
    SCOPED_TRACE("round " + std::to_string(round));
    expect_as_new(opened.value());
    if (HasFailure()) break;
  }
  EXPECT_GT(followed, 30U);
}

// By a definition that is not the measure's: what it says depends on the plan.
TEST_F(SnapshotsTest, AFigureByAnotherDefinitionIsNotFollowed) {
  begin();
  Entry other = entry("TON", "64.71", "2025-04", "3");
  other.figure.definition_version = 2;
  append(other);
  EXPECT_EQ(refusal(), Code::J3206);
}

TEST_F(SnapshotsTest, AnAddressOfAnotherAuthorityIsNotFollowed) {
  begin();
  Entry other = entry("TON", "6471", "2025-01", "3", EntryKind::correction);
  other.figure.authority = RegionAuthority::bps;
  append(other);
  EXPECT_EQ(refusal(), Code::J3206);
}

// The first figure came under the code of the statistics office: of this address the journal knows nothing.
TEST_F(SnapshotsTest, AFigureThatCameUnderAnotherAddressIsNotOverwritten) {
  Entry other = entry("TON", "6471", "2025-01", "3");
  other.figure.authority = RegionAuthority::bps;
  append(other);
  make(file());
  append(entry("TON", "64.71", "2025-01", "4"));
  EXPECT_EQ(refusal(), Code::J3206);
}

TEST_F(SnapshotsTest, AnotherJournalIsRefused) {
  begin();
  fs::remove(journal());
  append({entry("TON", "64.71", "2025-01", "10.25"), entry("TON", "64.72", "2025-01", "20"),
          entry("TON", "64.71", "2025-02", "6")});
  EXPECT_EQ(refusal(), Code::J3205);
  fs::remove(journal());
  append(entry("TON", "64.71", "2025-01", "10.25"));
  EXPECT_EQ(refusal(), Code::J3205);
  fs::remove(journal());
  EXPECT_EQ(refusal(), Code::J3001);
}

TEST_F(SnapshotsTest, ChangedInputsAreRefused) {
  for (const char* name :
       {"rencana/jenjang.yaml", "rencana/rpd.yaml", "rencana/paket/uji/pack.yaml", "bawaan/lain/pack.yaml"}) {
    fs::remove(journal());
    begin();
    EXPECT_EQ(refusal(), Code{});
    const fs::path path = folder_ / name;
    const auto later = fs::last_write_time(path) + std::chrono::seconds(1);
    fs::last_write_time(path, later);
    EXPECT_EQ(refusal(), Code{}) << name << " was only touched";
    // Another byte at the end, in the same number of bytes.
    std::fstream(path, std::ios::binary | std::ios::in | std::ios::out | std::ios::ate)
        .seekp(-1, std::ios::end)
        .put(' ');
    fs::last_write_time(path, later);
    EXPECT_EQ(refusal(), Code::J3204) << name;
  }
  fs::remove(journal());
  begin();
  fs::create_directory(folder_ / "bawaan/baru");
  EXPECT_EQ(refusal(), Code::J3204);
  fs::remove(folder_ / "bawaan/baru");
  EXPECT_EQ(refusal(), Code{});
  fs::create_directory(folder_ / "rencana/paket/baru");
  EXPECT_EQ(refusal(), Code::J3204);
  fs::remove(folder_ / "rencana/paket/baru");
  SnapshotInputs more = inputs();
  more.packs.push_back(folder_ / "bawaan");
  const Result<OpenedSnapshot> opened = open_snapshot(file(), more);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.failure().code, Code::J3204);
}

TEST_F(SnapshotsTest, AJournalWhereThereWasNoneIsAnotherTruth) {
  make(file());
  EXPECT_EQ(refusal(), Code{});
  append(entry("TON", "64.71", "2025-01", "10.25"));
  EXPECT_EQ(refusal(), Code::J3210);
}

// Nothing of another plan has changed: it is not the one.
TEST_F(SnapshotsTest, ASnapshotOfAnotherPlanSaysWhose) {
  begin();
  write("lain/jenjang.yaml", "jenjang: 1\nrencana: LAIN\ndokumen: [rpd.yaml]\n");
  write("lain/rpd.yaml", kDocument);
  SnapshotInputs other = inputs();
  other.plan = folder_ / "lain";
  Result<OpenedSnapshot> opened = open_snapshot(file(), other);
  ASSERT_FALSE(opened.ok());
  ASSERT_EQ(opened.failure().code, Code::J3211);
  EXPECT_EQ(opened.failure().args[1].value, "UJI");
  EXPECT_EQ(opened.failure().args[2].value, "LAIN");
  // A folder without a manifest is no plan at all, whatever the snapshot is.
  fs::remove(folder_ / "lain/jenjang.yaml");
  opened = open_snapshot(file(), other);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.failure().code, Code::J1501);
}

TEST_F(SnapshotsTest, ACopyOfThePlanTakesItsSnapshotAlong) {
  begin();
  fs::copy(plan(), folder_ / "salinan", fs::copy_options::recursive);
  SnapshotInputs copied = inputs();
  copied.plan = folder_ / "salinan";
  EXPECT_TRUE(open_snapshot(file(), copied).ok());
  copied.check = snapshot::InputCheck::contents;
  EXPECT_TRUE(open_snapshot(file(), copied).ok());
}

TEST_F(SnapshotsTest, EntriesBehindTheMomentAreNotRead) {
  append(entry("TON", "64.71", "2025-01", "10.25"));
  // Entries are a minute apart; the moment lies behind the third minute.
  as_of_ = Moment{1'750'000'000 + 60 * 3 + 1}.to_string(Zone{8 * 60});
  make(file());
  append(entry("TON", "64.71", "2025-02", "1"));
  append(entry("TON", "64.71", "2025-03", "2"));
  append(entry("TON", "64.71", "2025-04", "4"));
  expect_followed(2);
}

TEST_F(SnapshotsTest, PlansThatAreNotFlatAreNamed) {
  append(entry("TON", "64", "2025", "100"));
  const Result<MadeSnapshot> made = make_snapshot(evaluated(), file(), {});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.failure().code, Code::J3208);
  EXPECT_EQ(made.failure().args[0].value, "TON@64");
  EXPECT_NE(made.failure().args[1].value.find("own-figure"), std::string::npos);
  EXPECT_FALSE(fs::exists(file()));
}

}  // namespace snapshots_test
}  // namespace jenjang
