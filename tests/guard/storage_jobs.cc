// What is kept: facts appended to a journal in memory, many at once and one by one; a snapshot written and opened.
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

#include "jenjang/journal/journal.h"
#include "jenjang/snapshot/snapshot.h"

#include "bulk/problem.h"
#include "jobs.h"

namespace jenjang::guard {
namespace {

std::vector<Entry> entries(std::uint32_t count) {
  constexpr std::uint32_t kMonths = 12, kUnits = 500;
  std::vector<Entry> made(count);
  for (std::uint32_t k = 0; k < count; ++k) {
    Entry& entry = made[k];
    const std::uint32_t unit = k / kMonths % kUnits;
    entry.actor = "64/dlh/sekretariat";
    entry.recorded.seconds = 1'750'000'000 + k;
    entry.figure.code = "INDIKATOR-" + std::to_string(1000 + k / kMonths / kUnits);
    entry.figure.unit = "64/dlh/bidang-" + std::to_string(unit / 20) + "/jf-" + std::to_string(unit % 20);
    entry.figure.period = Period(2025, Granularity::month, static_cast<int>(k % kMonths) + 1);
    entry.figure.number = Decimal::from_parts(static_cast<Int128>(k * 2654435761U % 1'000'000), 2);
    entry.figure.status = "diajukan";
    entry.figure.workflow = "sipsn-jakstranas/sipsn";
    entry.figure.source = "aplikasi kinerja";
  }
  return made;
}

struct Book {
  Journal journal = Journal::in_memory();
  std::vector<Entry> entries;
};

// Fewer than those for which a journal takes a second thread: the counter follows one.
Prepared import(std::uint32_t count) {
  const auto book = std::make_shared<Book>();
  book->entries = entries(count);
  return {count, [book, count] {
            const auto head = book->journal.append(std::move(book->entries));
            return head.ok() && head.value().seq == count;
          }};
}

Prepared append(std::uint32_t count) {
  const auto book = std::make_shared<Book>();
  book->entries = entries(count);
  return {count, [book, count] {
            for (Entry& entry : book->entries) {
              std::vector<Entry> one;
              one.push_back(std::move(entry));
              if (!book->journal.append(std::move(one))) return false;
            }
            return book->journal.head().seq == count;
          }};
}

// Written, opened, and every page and row checked.
Prepared snapshot_file(std::uint32_t size) {
  struct Shot {
    bench::Problem problem;
    snapshot::PlanNames names;
    std::filesystem::path path;
    ~Shot() {
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
    }
  };
  const auto shot = std::make_shared<Shot>();
  shot->problem = bench::make_plain(size, 1);
  const auto nodes = static_cast<std::uint32_t>(shot->problem.plan.node_count());
  shot->path = std::filesystem::current_path() / ("guard-" + std::to_string(::getpid()) + ".snapshot");
  snapshot::PlanNames& names = shot->names;
  std::vector<std::string> paths;
  for (std::uint32_t unit = 0; unit < nodes / 5 + 1; ++unit) {
    paths.push_back("64.72/dlh/bidang-" + std::to_string(unit / 100) + "/jf-" + std::to_string(unit));
  }
  names.item_codes = snapshot::StringTable({"SAMPAH-KELOLA", "ADUAN"});
  names.unit_paths = snapshot::StringTable(std::vector<std::string_view>(paths.begin(), paths.end()));
  names.documents = snapshot::StringTable({"RPD-64"});
  names.unit_words = snapshot::StringTable({"ton"});
  names.item_unit_word = bulk::Column<std::uint32_t>(2);
  names.item_marks = bulk::Column<std::uint8_t>(2);
  names.item_rounding = bulk::Column<std::uint16_t>(2);
  names.item_workflow = bulk::Column<std::uint32_t>(2);
  for (std::uint32_t item = 0; item < 2; ++item) {
    names.item_unit_word[item] = 0;
    names.item_marks[item] = 0;
    names.item_rounding[item] = 0;
    names.item_workflow[item] = snapshot::kNoWorkflow;
  }
  for (auto* column : {&names.node_item, &names.node_unit, &names.node_document}) {
    *column = bulk::Column<std::uint32_t>(nodes);
  }
  for (std::uint32_t node = 0; node < nodes; ++node) {
    names.node_item[node] = node % 2;
    names.node_unit[node] = node / 5;
    names.node_document[node] = 0;
  }
  return {nodes, [shot] {
            const snapshot::Identity identity;
            if (snapshot::write_snapshot(
                    shot->path, {shot->problem.plan, shot->problem.figures, shot->names, identity, 2026, false}))
              return false;
            const auto opened = snapshot::Snapshot::open(shot->path);
            return opened.ok() && !opened.value().verify_all();
          }};
}

}  // namespace

std::vector<Job> storage_jobs() {
  return {{"journal-import", "entries", 1'000, 2.3, import},
          {"journal-append", "entries", 300, 2.3, append},
          {"snapshot", "nodes", 40'000, 2.3, snapshot_file}};
}

}  // namespace jenjang::guard
