// The journal at work: hash-chained facts into a file, by imports of many rows, keys in order and shuffled.
//
// Beside it, in the same run: a plain SQLite table with the same words as text and an index on the cell, filled by one
// prepared statement in one transaction with the same settings, without hashes. It is what the file system and SQLite
// cost at least for rows that are not interned. Every answer is checked once before anything is timed. Report facts a
// second and the ratio of the two.
#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

#include "jenjang/journal/journal.h"

namespace {

using namespace jenjang;
namespace fs = std::filesystem;

constexpr std::size_t kFacts = 400'000;
constexpr std::size_t kUnits = 500, kMonths = 12;

// A folder on the disk of the working directory, not one in memory.
fs::path scratch() {
  const fs::path folder = fs::current_path() / ("bench-journal-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  return folder;
}

void clear(const fs::path& file) {
  for (const char* tail : {"", "-wal", "-shm"}) fs::remove(file.string() + tail);
}

// Twelve months of 500 units with as many indicators as it takes, one reported figure each.
const std::vector<Entry>& facts(bool shuffled) {
  const auto make = [](bool random) {
    std::vector<Entry> entries(kFacts);
    Origin origin;
    origin.file = "realisasi/2025.csv";
    origin.digest = digest_of(origin.file);
    for (std::size_t k = 0; k < kFacts; ++k) {
      Entry& entry = entries[k];
      const std::size_t month = k % kMonths, unit = k / kMonths % kUnits, code = k / kMonths / kUnits;
      entry.actor = "64/dlh/sekretariat";
      entry.recorded.seconds = 1'750'000'000;
      entry.figure.code = "INDIKATOR-" + std::to_string(1000 + code);
      entry.figure.unit = "64/dlh/bidang-" + std::to_string(unit / 20) + "/jf-" + std::to_string(unit % 20);
      entry.figure.period = Period(2025, Granularity::month, static_cast<int>(month) + 1);
      entry.figure.number = Decimal::from_parts(static_cast<Int128>(k * 2654435761U % 1'000'000), 2);
      entry.figure.status = "diajukan";
      entry.figure.workflow = "sipsn-jakstranas/sipsn";
      entry.figure.source = "aplikasi kinerja";
      entry.origin = origin;
    }
    if (random) std::shuffle(entries.begin(), entries.end(), std::mt19937_64(7));
    for (std::size_t k = 0; k < kFacts; ++k) {
      const auto line = static_cast<std::uint32_t>(k + 2);
      entries[k].origin.row = static_cast<std::uint32_t>(k + 1);
      entries[k].origin.address = {line, 1, 14};
      entries[k].origin.unit = {line, 16, 20};
      entries[k].origin.period = {line, 37, 7};
      entries[k].origin.number = {line, 45, 7};
    }
    return entries;
  };
  static const std::vector<Entry> kInOrder = make(false), kShuffled = make(true);
  return shuffled ? kShuffled : kInOrder;
}

JournalHead import_all(const fs::path& file, std::vector<Entry> entries) {
  auto journal = Journal::open(file, JournalAccess::create);
  if (!journal) std::exit(1);
  const auto head = journal.value().append(std::move(entries));
  if (!head) std::exit(1);
  return head.value();
}

void plain_import(const fs::path& file, const std::vector<Entry>& entries) {
  SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
  db.exec("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -131072");
  db.exec(
      "CREATE TABLE fact (seq INTEGER PRIMARY KEY, actor TEXT, recorded INTEGER, code TEXT, unit TEXT, period TEXT, "
      "number TEXT, status TEXT, workflow TEXT, source TEXT, file TEXT, row INTEGER)");
  db.exec("CREATE INDEX fact_cell ON fact (code, unit, period)");
  SQLite::Transaction transaction(db);
  SQLite::Statement insert(db, "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  std::int64_t seq = 0;
  for (const Entry& entry : entries) {
    const std::string period = entry.figure.period.to_string(), number = entry.figure.number.to_string();
    insert.bind(1, ++seq);
    insert.bindNoCopy(2, entry.actor);
    insert.bind(3, entry.recorded.seconds);
    insert.bind(4, std::string(entry.figure.code));
    insert.bind(5, std::string(entry.figure.unit));
    insert.bindNoCopy(6, period);
    insert.bindNoCopy(7, number);
    insert.bind(8, std::string(entry.figure.status));
    insert.bind(9, std::string(entry.figure.workflow));
    insert.bind(10, std::string(entry.figure.source));
    insert.bind(11, std::string(entry.origin.file));
    insert.bind(12, static_cast<std::int64_t>(entry.origin.row));
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

// The import must hold what was given before its speed means anything.
void check_or_die() {
  const fs::path file = scratch() / "check.sqlite";
  for (const bool shuffled : {false, true}) {
    clear(file);
    const std::vector<Entry>& entries = facts(shuffled);
    const JournalHead head = import_all(file, entries);
    auto journal = Journal::open(file, JournalAccess::read);
    bool good = journal.ok() && head.seq == kFacts && journal.value().head() == head;
    std::size_t at = 0;
    good = good && !journal.value().read(1, 0, [&](const Entry& entry) {
      const Entry& given = entries[at++];
      good = good && entry.figure.code == given.figure.code && entry.figure.unit == given.figure.unit &&
             entry.figure.period == given.figure.period && entry.figure.number == given.figure.number;
      return good;
    });
    if (!good || at != kFacts || journal.value().history(entries[kFacts / 2].figure).size() != 1) {
      std::fprintf(stderr, "the journal does not hold what was imported\n");
      std::exit(1);
    }
  }
  fs::remove_all(scratch());
}

void BM_Import(benchmark::State& state) {
  const std::vector<Entry>& entries = facts(state.range(0) != 0);
  const fs::path file = scratch() / "import.sqlite";
  for (auto _ : state) {
    state.PauseTiming();
    clear(file);
    std::vector<Entry> given = entries;
    state.ResumeTiming();
    benchmark::DoNotOptimize(import_all(file, std::move(given)));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kFacts));
  fs::remove_all(scratch());
}

void BM_PlainSqlite(benchmark::State& state) {
  const std::vector<Entry>& entries = facts(state.range(0) != 0);
  const fs::path file = scratch() / "plain.sqlite";
  for (auto _ : state) {
    state.PauseTiming();
    clear(file);
    state.ResumeTiming();
    plain_import(file, entries);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kFacts));
  fs::remove_all(scratch());
}

void BM_Read(benchmark::State& state) {
  const fs::path file = scratch() / "read.sqlite";
  import_all(file, facts(false));
  auto journal = Journal::open(file, JournalAccess::read);
  for (auto _ : state) {
    std::size_t count = 0;
    journal.value().read(1, 0, [&](const Entry&) { return ++count > 0; });
    benchmark::DoNotOptimize(count);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kFacts));
  fs::remove_all(scratch());
}

// One fact a call, as a changed figure comes. Timed by hand: making the entry is the caller's. The mean (the time
// column) includes what goes to the tables now and then, the median is what one caller waits.
void BM_AppendOneInMemory(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  Journal journal = Journal::in_memory();
  if (!journal.append(std::vector<Entry>(facts(false).begin(), facts(false).begin() + 100'000))) std::exit(1);
  std::vector<double> times;
  for (auto _ : state) {
    std::vector<Entry> one(1, facts(true)[times.size() % kFacts]);
    const auto start = Clock::now();
    if (!journal.append(std::move(one))) std::exit(1);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    times.push_back(seconds);
    state.SetIterationTime(seconds);
  }
  std::sort(times.begin(), times.end());
  state.counters["median_us"] = 1e6 * times[times.size() / 2];
  state.counters["p99_us"] = 1e6 * times[times.size() * 99 / 100];
  state.counters["longest_us"] = 1e6 * times.back();
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(BM_Import)->ArgName("shuffled")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_PlainSqlite)->ArgName("shuffled")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_Read)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_AppendOneInMemory)->Unit(benchmark::kMicrosecond)->UseManualTime();

int main(int argc, char** argv) {
  check_or_die();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
