#include "jenjang/journal/journal.h"

#include <gtest/gtest.h>

#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace journal_test {

using test::all_entries;
using test::Folder;
using test::full_entry;
using test::opened;
using test::realisation;

TEST(Journal, KeepsEveryFieldAcrossReopening) {
  const Folder folder;
  JournalHead head;
  const std::vector<Entry> given{full_entry(), realisation("IKA", "64", "2025-03", "76.30", 3000)};
  {
    Journal journal = opened(folder / "j.sqlite");
    EXPECT_EQ(journal.head(), JournalHead{});
    const auto appended = journal.append(given, std::vector<std::string>{"csv"});
    ASSERT_TRUE(appended.ok()) << message_text(appended.failure(), Language::english);
    head = appended.value();
    EXPECT_EQ(head.seq, 2U);
  }
  const Journal journal = opened(folder / "j.sqlite", JournalAccess::read);
  EXPECT_EQ(journal.head(), head);
  const std::vector<Entry> kept = all_entries(journal);
  ASSERT_EQ(kept.size(), 2U);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(kept[k].seq, k + 1);
    test::expect_same(kept[k], given[k]);
  }
  // As written: 76.30 keeps its zero.
  EXPECT_EQ(kept[1].figure.number.to_string(), "76.30");
  EXPECT_EQ(kept[1].hash, head.hash);
  const VerifyReport report = journal.verify();
  EXPECT_TRUE(report.sound);
  EXPECT_EQ(report.entries, 2U);
  EXPECT_EQ(report.head, head);
}

// The hashes of two entries, computed from docs/reference/journal-format.md by another program in another language.
TEST(Journal, HashesAreThoseOfTheDocumentedFormat) {
  Journal journal = Journal::in_memory();
  Entry second = full_entry();
  second.recorded.seconds = 2000;
  ASSERT_TRUE(journal.append({realisation("IKA", "64", "2025-03", "76.30"), second}).ok());
  const std::vector<Entry> kept = all_entries(journal);
  EXPECT_EQ(to_hex(kept.at(0).hash), "632c14042ce9a7953d9b2ac158349bd1a4229fb02c62c0db354c5b6a7124c1bd");
  EXPECT_EQ(to_hex(kept.at(1).hash), "e4fb834ef45ad255d93759216a8d4639a434a115cb3b0f25355b891a6d068ae5");
}

TEST(Journal, NumbersOf128BitsAreKept) {
  Journal journal = Journal::in_memory();
  // 2^127 - 1, which Decimal::parse would not read back (39 digits).
  const Int128 most = (((Int128{1} << 126) - 1) << 1) + 1;
  std::vector<Decimal> numbers{Decimal::from_parts(most, 0),      Decimal::from_parts(-most, 18),
                               Decimal::from_parts(-5, 3),        Decimal::from_parts(0, 2),
                               Decimal::from_parts(INT64_MAX, 5), Decimal::from_parts(Int128{INT64_MAX} + 1, 5)};
  std::vector<Entry> entries;
  for (const Decimal& number : numbers) {
    entries.push_back(realisation("A", "64", "2025", "1"));
    entries.back().figure.number = number;
    entries.back().figure.verified.change().number = number;
  }
  ASSERT_TRUE(journal.append(entries).ok());
  const std::vector<Entry> kept = all_entries(journal);
  ASSERT_EQ(kept.size(), numbers.size());
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    EXPECT_EQ(kept[k].figure.number.to_string(), numbers[k].to_string());
    EXPECT_EQ(kept[k].figure.verified->number->to_string(), numbers[k].to_string());
  }
}

TEST(Journal, AnAppendIsAllOrNothing) {
  const Folder folder;
  Journal journal = opened(folder / "j.sqlite");
  ASSERT_TRUE(journal.append({realisation("A", "64", "2025", "1", 2000)}).ok());
  const JournalHead head = journal.head();
  // The third is older than the second: J3006, and the words of the first two are gone again too.
  const auto refused =
      journal.append({realisation("B", "64/b", "2025", "1", 2000), realisation("C", "64/c", "2025", "1", 3000),
                      realisation("D", "64/d", "2025", "1", 2999)});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code, Code::J3006);
  EXPECT_EQ(journal.head(), head);
  EXPECT_THROW(static_cast<void>(journal.append([](const Journal&) -> std::vector<Entry> { throw 7; })), int);
  EXPECT_EQ(journal.head(), head);
  // The same words get their numbers anew and mean what they say.
  ASSERT_TRUE(
      journal.append({realisation("C", "64/c", "2025", "5", 2000), realisation("B", "64/b", "2025", "4", 2000)}).ok());
  const std::vector<Entry> kept = all_entries(journal);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[1].figure.code, "C");
  EXPECT_EQ(kept[2].figure.code, "B");
  EXPECT_TRUE(journal.verify().sound);
}

TEST(Journal, HistoryIsOneCellOldestFirst) {
  Journal journal = Journal::in_memory();
  Entry other_authority = realisation("A", "64", "2025-06", "9");
  other_authority.figure.authority = RegionAuthority::bps;
  ASSERT_TRUE(journal
                  .append({realisation("A", "64", "2025-06", "1"), realisation("B", "64", "2025-06", "2"),
                           realisation("A", "64", "2025-07", "3"), realisation("A", "64/b", "2025-06", "4"),
                           other_authority, realisation("A", "64", "2025-06", "5")})
                  .ok());
  const auto history = journal.history(realisation("A", "64", "2025-06", "0").figure);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].seq, 1U);
  EXPECT_EQ(history[1].seq, 6U);
  EXPECT_TRUE(journal.history(realisation("A", "65", "2025-06", "0").figure).empty());
}

// What another adds meanwhile is seen behind it, also from one inside of another and by a journal in memory.
TEST(Journal, WorkAtOneStateSeesNothingNew) {
  const Folder folder;
  Journal writer = opened(folder / "j.sqlite");
  const Entry one = realisation("A", "64", "2025-06", "1");
  ASSERT_TRUE(writer.append({one}).ok());
  const Journal reader = opened(folder / "j.sqlite", JournalAccess::read);
  int calls = 0;
  reader.at_one_state([&] {
    EXPECT_EQ(reader.history(one.figure).size(), 1U);
    ASSERT_TRUE(writer.append({realisation("A", "64", "2025-06", "2")}).ok());
    reader.at_one_state([&] {
      ++calls;
      EXPECT_EQ(reader.history(one.figure).size(), 1U);
    });
    EXPECT_EQ(reader.history(one.figure).size(), 1U);
    EXPECT_EQ(reader.head().seq, 1U);
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(reader.history(one.figure).size(), 2U);
  EXPECT_EQ(reader.head().seq, 2U);
  EXPECT_FALSE(reader.fault());
  EXPECT_THROW(reader.at_one_state([] { throw std::runtime_error("work"); }), std::runtime_error);
  ASSERT_TRUE(writer.append({realisation("A", "64", "2025-06", "3")}).ok());
  EXPECT_EQ(reader.history(one.figure).size(), 3U);

  Journal memory = Journal::in_memory();
  ASSERT_TRUE(memory.append({one}).ok());
  memory.at_one_state([&] { EXPECT_EQ(memory.history(one.figure).size(), 1U); });
  ASSERT_TRUE(memory.append({one}).ok());
  EXPECT_EQ(memory.history(one.figure).size(), 2U);
  EXPECT_FALSE(memory.fault());
}

TEST(Journal, ImportsAndTextsAreFoundByDigest) {
  Journal journal = Journal::in_memory();
  const std::string csv = "kode,unit\nA,64\n", nothing;
  EXPECT_FALSE(journal.has_import(digest_of(csv)));
  Entry entry = realisation("A", "64", "2025", "1");
  entry.origin = {"realisasi/a.csv", digest_of(csv), 1, {2, 1, 1}, {}, {}, {}};
  ASSERT_TRUE(journal.append({entry}, std::vector{csv, csv, nothing}).ok());
  EXPECT_TRUE(journal.has_import(digest_of(csv)));
  EXPECT_FALSE(journal.has_import(digest_of("other")));
  EXPECT_EQ(journal.text(digest_of(csv)), csv);
  EXPECT_EQ(journal.text(digest_of(nothing)), nothing);
  EXPECT_TRUE(journal.has_text(digest_of(nothing)));
  EXPECT_FALSE(journal.text(digest_of("other")).has_value());
  // Where nothing happened nothing is kept.
  ASSERT_TRUE(journal.append(std::vector<Entry>{}, std::vector<std::string>{"other"}).ok());
  EXPECT_FALSE(journal.has_text(digest_of("other")));
  EXPECT_EQ(journal.head().seq, 1U);
}

TEST(Journal, LastBeforeHalvesByRecordedTime) {
  Journal journal = Journal::in_memory();
  EXPECT_EQ(journal.last_before({0}), 0U);
  ASSERT_TRUE(journal
                  .append({realisation("A", "64", "2025", "1", 10), realisation("A", "64", "2025", "2", 10),
                           realisation("A", "64", "2025", "3", 20), realisation("A", "64", "2025", "4", 40)})
                  .ok());
  EXPECT_EQ(journal.last_before({9}), 0U);
  EXPECT_EQ(journal.last_before({10}), 2U);
  EXPECT_EQ(journal.last_before({39}), 3U);
  EXPECT_EQ(journal.last_before({40}), 4U);
  EXPECT_EQ(journal.last_before({INT64_MAX}), 4U);
}

TEST(Journal, ReadsStretchesAndStopsWhenTold) {
  Journal journal = Journal::in_memory();
  for (int k = 0; k < 5; ++k) ASSERT_TRUE(journal.append({realisation("A", "64", "2025", "1")}).ok());
  const auto seqs = [&](std::uint64_t first, std::uint64_t last, std::size_t most) {
    std::vector<std::uint64_t> found;
    EXPECT_FALSE(journal.read(first, last, [&](const Entry& entry) {
      found.push_back(entry.seq);
      return found.size() < most;
    }));
    return found;
  };
  EXPECT_EQ(seqs(2, 4, 9), (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_EQ(seqs(4, 0, 9), (std::vector<std::uint64_t>{4, 5}));
  EXPECT_EQ(seqs(1, 0, 2), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_TRUE(seqs(6, 0, 9).empty());
}

TEST(Journal, PrepareSeesWhatOthersAppended) {
  const Folder folder;
  Journal one = opened(folder / "j.sqlite"), two = opened(folder / "j.sqlite");
  ASSERT_TRUE(one.append({realisation("A", "64", "2025", "1")}).ok());
  ASSERT_TRUE(two.append({realisation("BARU", "64", "2025", "2")}).ok());
  std::size_t seen = 0;
  const auto head = one.append([&](const Journal& journal) {
    seen = journal.history(realisation("BARU", "64", "2025", "0").figure).size();
    Entry entry = realisation("BARU", "64", "2025", "3");
    entry.kind = EntryKind::correction;
    entry.refers = journal.head().seq;
    return std::vector{entry};
  });
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(seen, 1U);
  EXPECT_EQ(head.value().seq, 3U);
  EXPECT_EQ(two.head(), head.value());
  EXPECT_EQ(all_entries(two)[2].refers, 2U);
  EXPECT_TRUE(two.verify().sound);
}

TEST(Journal, AReaderMayNotAppend) {
  const Folder folder;
  {
    Journal journal = opened(folder / "j.sqlite");
  }
  Journal reader = opened(folder / "j.sqlite", JournalAccess::read);
  const auto refused = reader.append({realisation("A", "64", "2025", "1")});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code, Code::J3004);
  // A reader keeps its place while another writes, and sees the new entries next time.
  Journal writer = opened(folder / "j.sqlite", JournalAccess::write);
  ASSERT_TRUE(writer.append({realisation("A", "64", "2025", "1"), realisation("A", "64", "2025", "2")}).ok());
  std::size_t seen = 0;
  EXPECT_FALSE(reader.read(1, 0, [&](const Entry&) {
    if (++seen == 1) {
      EXPECT_TRUE(writer.append({realisation("A", "64", "2025", "3")}).ok());
    }
    return true;
  }));
  EXPECT_EQ(seen, 2U);
  EXPECT_EQ(reader.head().seq, 3U);
}

}  // namespace journal_test
}  // namespace jenjang
