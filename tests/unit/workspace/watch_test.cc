// A watch over loading and evaluating: every stage is told, a stop at any look ends in Stopped, and the memory that
// is stated before.
#include "jenjang/base/watch.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <unistd.h>

#include "jenjang/workspace/recorder.h"
#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace watch_test {

namespace fs = std::filesystem;

constexpr const char* kManifest = R"(jenjang: 1
rencana: UJI
zona: Asia/Makassar
dokumen: [rpd.yaml]
realisasi: [{berkas: umpan.csv, sumber: Umpan}]
)";
constexpr const char* kDocument = R"(jenjang: 1
dokumen: RPD
kode: RPD-64
unit: "64"
periode: 2025..2026
daftar_unit:
- {kode: "64", jenis: provinsi}
- {kode: "64.71", jenis: kabkota, induk: "64"}
- {kode: "64.72", jenis: kabkota, induk: "64"}
indikator:
- kode: TON
  satuan: ton
  polaritas: naik
  akumulasi: hitungan
  frekuensi: triwulan
  target: {2025: 100}
  agregasi: {cara: jumlah, dari: kabkota}
  kaskade: [{ke: kabkota, cara: rata}]
)";
constexpr const char* kFeed = "kode,unit,periode,nilai\nTON,64.71,2025-TW1,10\nTON,64.72,2025-TW1,20\n";

class WatchedPlan : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("jenjang-watch-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    write("jenjang.yaml", kManifest);
    write("rpd.yaml", kDocument);
    write("umpan.csv", kFeed);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const char* name, const char* text) const { std::ofstream(folder_ / name) << text; }
  [[nodiscard]] Workspace workspace(const Watch* watch, unsigned threads) const {
    WorkspaceOptions options;
    options.watch = watch;
    options.threads = threads;
    return Workspace(std::move(options));
  }
  fs::path folder_;
};

TEST_F(WatchedPlan, EveryStageIsTold) {
  std::set<Stage> told;
  const Watch watch(nullptr, [&](Stage stage, std::uint64_t done, std::uint64_t all) {
    told.insert(stage);
    EXPECT_TRUE(all == 0 || done <= all);
  });
  Workspace watched = workspace(&watch, 1);
  ASSERT_TRUE(watched.load(folder_));
  watched.evaluate();
  for (const Stage stage : {Stage::model, Stage::facts, Stage::cascade, Stage::rollup, Stage::findings}) {
    EXPECT_TRUE(told.contains(stage)) << static_cast<int>(stage);
  }
}

// Stopped at the first look, at the second, ...: each time by the exception alone, until a run has fewer looks.
TEST_F(WatchedPlan, AStopAtAnyLookEndsTheWork) {
  for (const unsigned threads : {1U, 2U}) {
    std::set<Stage> stopped_in;
    bool finished = false;
    for (int wanted = 1; wanted < 1000 && !finished; ++wanted) {
      std::atomic<bool> stop{false};
      int looks = 0;
      const Watch watch(&stop, [&](Stage, std::uint64_t, std::uint64_t) {
        if (++looks == wanted) stop = true;
      });
      Workspace watched = workspace(&watch, threads);
      try {
        ASSERT_TRUE(watched.load(folder_));
        watched.evaluate();
        finished = !stop;  // else it was asked at the last look of all
      } catch (const Stopped& stopped) {
        stopped_in.insert(stopped.stage());
      }
    }
    EXPECT_TRUE(finished);
    EXPECT_TRUE(stopped_in.contains(Stage::cascade));
    EXPECT_TRUE(stopped_in.contains(Stage::rollup));
    EXPECT_TRUE(stopped_in.contains(Stage::findings));
  }
}

// A stop before the entries are written leaves the journal as it was; without one the rows go in.
TEST_F(WatchedPlan, AStoppedRecordLeavesTheJournal) {
  WorkspaceOptions options;
  options.without_journal = true;
  Workspace plan(std::move(options));
  ASSERT_TRUE(plan.load(folder_));
  std::atomic<bool> stop{true};
  const Watch watch(&stop);
  RecordOptions how;
  how.actor = "P-1";
  how.at.seconds = 1'750'000'000;
  how.watch = &watch;
  Journal journal = Journal::in_memory();
  EXPECT_THROW((void)Recorder(plan, how).record(journal, folder_ / "umpan.csv"), Stopped);
  EXPECT_EQ(journal.head().seq, 0U);
  stop = false;
  const Result<FileRecord> done = Recorder(plan, how).record(journal, folder_ / "umpan.csv");
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done.value().count(RowChange::added), 2U);
  EXPECT_GE(journal.head().seq, 2U);
}

TEST_F(WatchedPlan, MemoryIsStatedBeforeItIsTaken) {
  Workspace plan = workspace(nullptr, 1);
  ASSERT_TRUE(plan.load(folder_));
  const MemoryNeed need = plan.memory_need(Listing::none);
  ASSERT_EQ(need.measures, 3U);  // one at the province, one in each district
  // 3 measures x 7 periods of the one year with targets (year, 2 semesters, 4 quarters), one lane: no row of this feed
  // can be other than valid. A row of a feed is at least 48 bytes: 68 / 48 = 1. And 200
  // bytes a measure.
  const std::uint64_t feed = std::string_view(kFeed).size();
  ASSERT_EQ(feed, 68U);
  const std::uint64_t cells = std::uint64_t{3} * 7;
  EXPECT_EQ(need.bytes, feed + sizeof(Observation) + sizeof(Fact) + 3 * 200 +
                            cells * (sizeof(TargetCell) + sizeof(ResultCell) + 1));
  // Rows weigh what engine/workspace/memory_need.cc says; JSON more.
  EXPECT_EQ(plan.memory_need(Listing::results).bytes - need.bytes, cells * 2700);
  EXPECT_EQ(plan.memory_need(Listing::results, true).bytes - need.bytes, cells * 6900);
  EXPECT_EQ(plan.memory_need(Listing::targets).bytes - need.bytes, cells * 1500);
  // Two leaves of 12 x 18 bytes, one inner node of 12 x 94, each with 128 for structure and names; the one row of the
  // feed may be a report of a quarter, 16 bytes in a table that doubles as it grows.
  EXPECT_EQ(plan.memory_need(Listing::columns).bytes - need.bytes, 3U * 128 + 2 * 216 + 1128 + 2 * 16);
  // Taken already: 14 MiB of program, 680 bytes a measure, 1,450 for the one family, the two files with an eighth more.
  const std::uint64_t read = std::string_view(kManifest).size() + std::string_view(kDocument).size();
  EXPECT_EQ(need.held, (14U << 20) + 3U * 680 + 1450 + read + read / 8);
  EXPECT_EQ(need.total(), need.held + need.bytes);
  // Twice the memory holds twice the plan.
  EXPECT_EQ(need.measures_within(2 * need.total()), 6U);
  EXPECT_EQ(need.measures_within(need.total() - 1), 2U);
}

TEST_F(WatchedPlan, ASnapshotKeepsCopiesOfWhatWasRead) {
  WorkspaceOptions options;
  options.keep_inputs = true;
  Workspace keeping(std::move(options));
  Workspace plain = workspace(nullptr, 1);
  ASSERT_TRUE(keeping.load(folder_));
  ASSERT_TRUE(plain.load(folder_));
  const std::uint64_t read = std::string_view(kManifest).size() + std::string_view(kDocument).size();
  EXPECT_EQ(keeping.memory_need(Listing::columns).bytes - plain.memory_need(Listing::columns).bytes,
            std::string_view(kFeed).size() + read + read / 8);
}

}  // namespace watch_test
}  // namespace jenjang
