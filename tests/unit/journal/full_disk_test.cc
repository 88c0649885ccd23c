// A disk that is full at every possible write: a layer between SQLite and the file system refuses from the n-th write
// on, for every n until the append fits.
#include <array>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace full_disk_test {

using test::all_entries;
using test::Folder;
using test::opened;
using test::realisation;

// Writes still allowed; negative: no limit.
long g_room = -1;
// The methods of a file with those that stand before them: main files and their logs have different ones.
struct Limited {
  sqlite3_io_methods methods{};  // first: a file's methods are found back by its address
  const sqlite3_io_methods* real = nullptr;
};
std::array<Limited, 8> g_limited;
sqlite3_vfs g_vfs;
sqlite3_vfs* g_real_vfs = nullptr;

int limited_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  if (g_room == 0) return SQLITE_FULL;
  if (g_room > 0) --g_room;
  return reinterpret_cast<const Limited*>(file->pMethods)->real->xWrite(file, bytes, count, offset);
}

int limited_open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out) {
  const int result = g_real_vfs->xOpen(g_real_vfs, name, file, flags, out);
  if (result != SQLITE_OK || file->pMethods == nullptr) return result;
  for (Limited& limited : g_limited) {
    if (limited.real != nullptr && limited.real != file->pMethods) continue;
    limited.real = file->pMethods;
    limited.methods = *limited.real;
    limited.methods.xWrite = limited_write;
    file->pMethods = &limited.methods;
    break;
  }
  return result;
}

class FullDisk : public ::testing::Test {
protected:
  void SetUp() override {
    g_real_vfs = sqlite3_vfs_find(nullptr);
    g_vfs = *g_real_vfs;
    g_vfs.zName = "limited";
    g_vfs.xOpen = limited_open;
    sqlite3_vfs_register(&g_vfs, 1);
  }
  void TearDown() override {
    g_room = -1;
    sqlite3_vfs_unregister(&g_vfs);
    sqlite3_vfs_register(g_real_vfs, 1);
  }
};

TEST_F(FullDisk, AtAnyWriteNothingHalfWrittenRemains) {
  const Folder folder;
  long needed = 0;
  for (long room = 0; needed == 0 && room < 500; ++room) {
    const auto path = folder / ("j" + std::to_string(room)).c_str();
    JournalHead before;
    {
      Journal journal = opened(path);
      before = journal.append({realisation("A", "64", "2025", "1")}).value();
      std::vector<Entry> entries;
      for (int k = 0; k < 150; ++k) {
        entries.push_back(realisation("B" + std::to_string(k), "64/" + std::to_string(k), "2025", "2"));
        entries.back().text = std::string(200, 'x');
      }
      g_room = room;
      const auto head = journal.append(entries, std::vector{std::string(20'000, 'y')});
      const bool out_of_room = g_room == 0;
      g_room = -1;
      if (head.ok()) {
        if (!out_of_room) needed = room;
        EXPECT_EQ(journal.head().seq, 151U);
      } else {
        EXPECT_EQ(head.failure().code, Code::J3016) << message_text(head.failure(), Language::english);
        EXPECT_EQ(journal.head(), before);
        EXPECT_FALSE(journal.has_text(digest_of(std::string(20'000, 'y'))));
        EXPECT_TRUE(journal.verify().sound);
        // The same journal goes on once there is room; words that were taken back are new again.
        const auto again = journal.append({entries[3], entries[1]});
        ASSERT_TRUE(again.ok()) << message_text(again.failure(), Language::english);
        EXPECT_EQ(all_entries(journal)[1].figure.code, "B3");
      }
    }
    EXPECT_TRUE(opened(path, JournalAccess::read).verify().sound) << room;
  }
  EXPECT_GT(needed, 5) << "the append needs several writes, each of which was refused once";
}

TEST_F(FullDisk, ANewJournalIsWholeOrNotThere) {
  const Folder folder;
  bool made = false;
  for (long room = 0; !made && room < 500; ++room) {
    g_room = room;
    auto journal = Journal::open(folder / "j.sqlite", JournalAccess::create);
    g_room = -1;
    if (journal.ok()) {
      made = true;
      EXPECT_TRUE(journal.value().append({realisation("A", "64", "2025", "1")}).ok());
    } else {
      EXPECT_EQ(journal.failure().code, Code::J3016) << message_text(journal.failure(), Language::english);
      EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << room;
    }
  }
  EXPECT_TRUE(made);
}

}  // namespace full_disk_test
}  // namespace jenjang
