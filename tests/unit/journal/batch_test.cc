// Rows go to the tables many at a time, and those of a journal in memory later than they came: nothing of that shows.
#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "jenjang/journal/journal.h"

#include "engine/journal/cells.h"
#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace batch_test {

using test::all_entries;
using test::Folder;
using test::full_entry;
using test::opened;
using test::realisation;

// Entries of every shape in disorder: a column that one row leaves out stood in the row before it.
std::vector<Entry> mixed(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Entry> entries;
  for (std::size_t k = 0; k < count; ++k) {
    const auto number = std::to_string(random() % 1000);
    Entry entry = random() % 3 == 0 ? full_entry()
                                    : realisation("KODE-" + std::to_string(random() % 7), "64/" + number, "2025-03",
                                                  (number + ".50").c_str());
    entry.recorded.seconds = 1000 + static_cast<std::int64_t>(k / 10);
    switch (random() % 5) {
      case 0:
        entry.text = "keterangan " + number;
        break;
      case 1:
        entry.evidence.digest = digest_of(number);
        break;
      case 2:
        entry.figure.state = CellState::not_applicable;
        entry.figure.number = Decimal();
        break;
      case 3:
        entry.origin = {
            "berkas-" + number + ".csv", digest_of(number), static_cast<std::uint32_t>(k + 1), {}, {}, {}, {}};
        break;
      default:
        break;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

// The files that `mixed` names.
std::vector<std::string> files() {
  std::vector<std::string> texts{"csv"};
  for (int k = 0; k < 1000; ++k) texts.push_back(std::to_string(k));
  return texts;
}

void expect_holds(const Journal& journal, const std::vector<Entry>& given) {
  const std::vector<Entry> kept = all_entries(journal);
  ASSERT_EQ(kept.size(), given.size());
  for (std::size_t k = 0; k < given.size(); ++k) {
    ASSERT_EQ(kept[k].seq, k + 1);
    test::expect_same(kept[k], given[k]);
  }
}

TEST(JournalBatches, ImportsOfAnyLengthHoldWhatWasGiven) {
  for (const std::size_t count : {1U, 31U, 32U, 33U, 64U, 127U, 128U, 129U, 300U}) {
    const Folder folder;
    const std::vector<Entry> given = mixed(count, static_cast<unsigned>(count));
    Journal journal = opened(folder / "j.sqlite");
    ASSERT_TRUE(journal.append(given, files()).ok());
    expect_holds(journal, given);
    const VerifyReport report = journal.verify();
    EXPECT_TRUE(report.sound) << count;
    EXPECT_EQ(report.entries, count);
    // Every cell leads to its entries and to no others.
    for (const Entry& entry : given) {
      std::vector<std::uint64_t> expected, found;
      for (std::size_t k = 0; k < count; ++k)
        if (given[k].figure.code == entry.figure.code && given[k].figure.unit == entry.figure.unit &&
            given[k].figure.period == entry.figure.period && given[k].figure.authority == entry.figure.authority)
          expected.push_back(k + 1);
      for (const Entry& one : journal.history(entry.figure)) found.push_back(one.seq);
      ASSERT_EQ(found, expected);
    }
  }
}

// Rows with few columns and with many, whole batches of each and mixed ones; where the hashes are made ahead by another
// thread, they are those of entries appended a few at a time.
TEST(JournalBatches, ALargeImportIsWhatManySmallOnesAre) {
  constexpr std::size_t kCount = 9000;
  std::vector<Entry> given = mixed(kCount, 3);
  for (std::size_t k = 0; k < kCount; ++k) {
    if (k / 100 % 3 == 0) continue;
    // A common row, but for one now and then.
    const std::int64_t seconds = given[k].recorded.seconds;
    given[k] = realisation("KODE-" + std::to_string(k % 11), "64/" + std::to_string(k * k % 37), "2025-04", "-0.05");
    given[k].recorded.seconds = seconds;
    if (k % 90 == 0) given[k].figure.verified.change().number = Decimal::from_parts(static_cast<Int128>(k), 3);
    if (k % 500 < 100) given[k].figure.number = Decimal::from_parts(static_cast<Int128>(INT64_MAX) * 1000, 18);
    if (k % 700 == 0) given[k].figure.status.clear();
  }
  const Folder folder;
  Journal once = opened(folder / "a.sqlite"), slowly = opened(folder / "b.sqlite");
  const auto head = once.append(given, files());
  ASSERT_TRUE(head.ok());
  for (std::size_t at = 0; at < kCount; at += 75) {
    const auto from = given.begin() + static_cast<std::ptrdiff_t>(at);
    ASSERT_TRUE(
        slowly.append(std::vector<Entry>(from, from + 75), at == 0 ? files() : std::vector<std::string>()).ok());
  }
  EXPECT_EQ(head.value(), once.head());
  EXPECT_EQ(head.value(), slowly.head());
  expect_holds(once, given);
  expect_holds(slowly, given);
  EXPECT_TRUE(once.verify().sound);
  EXPECT_TRUE(slowly.verify().sound);
  // The statements go on from what they were bound to last.
  ASSERT_TRUE(once.append({given.back()}).ok());
  given.push_back(given.back());
  expect_holds(once, given);
}

// Also while the hashes of what follows are being made.
TEST(JournalBatches, AnImportThatFailsHalfWayLeavesNothing) {
  const Folder folder;
  Journal journal = opened(folder / "j.sqlite");
  const JournalHead before = journal.append({realisation("A", "64", "2025", "1")}).value();
  std::vector<Entry> given;
  for (std::uint32_t k = 1; k <= 6000; ++k) {
    given.push_back(realisation("B" + std::to_string(k % 50), "64/" + std::to_string(k % 90), "2025-02", "7"));
    given.back().refers = k % 4 == 0 ? 1 : 0;
    given.back().origin.row = k;
  }
  for (const char* row : {"1", "40", "3000", "5999"}) {
    SQLite::Database other((folder / "j.sqlite").string(), SQLite::OPEN_READWRITE);
    other.exec(std::string("CREATE TRIGGER stop BEFORE INSERT ON entry WHEN new.row = ") + row +
               " BEGIN SELECT RAISE(ABORT, 'stop'); END");
    EXPECT_FALSE(journal.append(given).ok()) << row;
    other.exec("DROP TRIGGER stop");
    EXPECT_EQ(journal.head(), before);
    EXPECT_TRUE(journal.verify().sound);
    EXPECT_EQ(other.execAndGet("SELECT count(*) FROM word").getInt(), 5) << "words of the first entry alone";
  }
  ASSERT_TRUE(journal.append(given).ok());
  given.insert(given.begin(), realisation("A", "64", "2025", "1"));
  expect_holds(journal, given);
  EXPECT_TRUE(journal.verify().sound);
}

// Words come in the order in which they are met, so any number can stand in any row.
TEST(JournalBatches, CellsAreSortedAsTheirTableIs) {
  std::mt19937_64 random(5);
  for (const std::size_t count : {0U, 1U, 1000U, 1024U, 5000U}) {
    for (const std::uint64_t words : {3U, 70'000U, 5'000'000U}) {  // more than 21 bits hold
      std::vector<journal::CellRow> rows(count);
      for (std::size_t k = 0; k < count; ++k) {
        const auto number = [&](std::uint64_t below) { return static_cast<std::int64_t>(random() % below); };
        rows[k] = {number(words), number(words), number(4) == 0 ? 0 : 1'900'001 + number(299'312),
                   static_cast<std::int64_t>(k + 1)};
      }
      std::vector<journal::CellRow> expected = rows;
      std::sort(expected.begin(), expected.end());
      journal::sort_cells(rows);
      ASSERT_EQ(rows, expected) << count << ' ' << words;
    }
  }
}

TEST(JournalBatches, InMemoryIsWhatAFileIs) {
  const std::vector<Entry> given = mixed(1500, 7);
  const Folder folder;
  Journal file = opened(folder / "j.sqlite"), memory = Journal::in_memory();
  std::mt19937 random(11);
  for (std::size_t at = 0; at < given.size();) {
    // Mostly one, now and then more than are collected; with and without texts.
    const std::size_t count = std::min<std::size_t>(given.size() - at, random() % 50 == 0 ? 300 : 1 + random() % 2);
    const std::vector<Entry> some(given.begin() + static_cast<std::ptrdiff_t>(at),
                                  given.begin() + static_cast<std::ptrdiff_t>(at + count));
    const std::vector<std::string> texts = random() % 200 == 0 || at == 0 ? files() : std::vector<std::string>();
    const auto one = file.append(some, texts), other = memory.append(some, texts);
    ASSERT_TRUE(one.ok() && other.ok());
    ASSERT_EQ(one.value(), other.value());
    ASSERT_EQ(memory.head(), other.value());
    at += count;
    if (random() % 40 == 0) {
      ASSERT_EQ(memory.last_before(some.back().recorded), file.last_before(some.back().recorded));
      ASSERT_EQ(memory.history(some.front().figure).size(), file.history(some.front().figure).size());
      ASSERT_EQ(memory.has_import(some.front().origin.digest), file.has_import(some.front().origin.digest));
    }
  }
  expect_holds(memory, given);
  const VerifyReport report = memory.verify();
  EXPECT_TRUE(report.sound);
  EXPECT_EQ(report.head, file.head());
}

// Before anything has gone to the tables, every question is answered as if it had.
TEST(JournalBatches, WhatWaitsInMemoryIsRead) {
  const auto fresh = [] {
    Journal journal = Journal::in_memory();
    Entry entry = realisation("A", "64", "2025", "1", 10);
    entry.origin = {"a.csv", digest_of("a"), 1, {}, {}, {}, {}};
    EXPECT_TRUE(journal.append({entry}).ok());
    return journal;
  };
  EXPECT_EQ(fresh().head().seq, 1U);
  EXPECT_EQ(fresh().last_before({10}), 1U);
  EXPECT_TRUE(fresh().has_import(digest_of("a")));
  EXPECT_EQ(fresh().history(realisation("A", "64", "2025", "0").figure).size(), 1U);
  EXPECT_EQ(all_entries(fresh()).size(), 1U);
  // Its file was not handed over: found to be missing, as in a file (J3011).
  EXPECT_EQ(fresh().verify().entries, 1U);
  EXPECT_EQ(fresh().verify().findings.at(0).code, Code::J3011);
  Journal journal = fresh();
  std::size_t seen = 0;
  ASSERT_TRUE(journal
                  .append([&](const Journal& now) {
                    seen = now.history(realisation("A", "64", "2025", "0").figure).size();
                    return std::vector{realisation("A", "64", "2025", "2", 10)};
                  })
                  .ok());
  EXPECT_EQ(seen, 1U);
  EXPECT_EQ(journal.history(realisation("A", "64", "2025", "0").figure).size(), 2U);
}

TEST(JournalBatches, InMemoryAnAppendIsAllOrNothing) {
  Journal journal = Journal::in_memory();
  ASSERT_TRUE(journal.append({realisation("A", "64", "2025", "1", 2000)}).ok());
  const JournalHead head = journal.head();
  const auto refused =
      journal.append({realisation("B", "64", "2025", "1", 3000), realisation("C", "64", "2025", "1", 2999)});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code, Code::J3006);
  EXPECT_FALSE(journal.append({realisation("B", "64", "2025", "1", 1999)}).ok());
  EXPECT_THROW(static_cast<void>(journal.append([](const Journal&) -> std::vector<Entry> { throw 7; })), int);
  EXPECT_EQ(journal.head(), head);
  ASSERT_TRUE(journal.append({realisation("D", "64", "2025", "1", 2000)}).ok());
  const std::vector<Entry> kept = all_entries(journal);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[1].figure.code, "D");
  EXPECT_TRUE(journal.verify().sound);
}

// A text beyond what is collected goes to the tables at once, in its place between the small ones.
TEST(JournalBatches, LargeEntriesKeepTheirPlaceInMemory) {
  Journal journal = Journal::in_memory();
  std::vector<Entry> given{realisation("A", "64", "2025", "1"), realisation("A", "64", "2025", "2"),
                           realisation("A", "64", "2025", "3")};
  given[1].text.assign((std::size_t{1} << 20U) + 1, 'x');
  for (const Entry& entry : given) ASSERT_TRUE(journal.append({entry}).ok());
  expect_holds(journal, given);
  EXPECT_TRUE(journal.verify().sound);
}

}  // namespace batch_test
}  // namespace jenjang
