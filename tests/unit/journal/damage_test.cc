// What a journal says about files that somebody or something changed.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fstream>
#include <gtest/gtest.h>

#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace damage_test {

using test::Folder;
using test::opened;
using test::realisation;

constexpr std::uint64_t kEntries = 400;  // several pages

JournalHead fill(const std::filesystem::path& path, std::uint64_t count = kEntries, const char* reason = "") {
  Journal journal = opened(path);
  std::vector<Entry> entries;
  for (std::uint64_t k = 1; k <= count; ++k) {
    entries.push_back(realisation("IND-" + std::to_string(k % 7), "64/" + std::to_string(k), "2025-06", "50.25"));
    entries.back().text = reason;
    entries.back().origin = {"a.csv", digest_of("isi"), static_cast<std::uint32_t>(k), {}, {}, {}, {}};
  }
  return journal.append(entries, std::vector<std::string>{"isi"}).value();
}

// Past the guards, as somebody with a database tool would.
void tamper(const std::filesystem::path& path, const std::vector<std::string>& statements) {
  SQLite::Database db(path.string(), SQLite::OPEN_READWRITE);
  std::vector<std::pair<std::string, std::string>> triggers;
  {
    SQLite::Statement query(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    while (query.executeStep()) triggers.emplace_back(query.getColumn(0).getString(), query.getColumn(1).getString());
  }
  for (const auto& [name, sql] : triggers) db.exec("DROP TRIGGER " + name);
  for (const std::string& statement : statements) db.exec(statement);
  for (const auto& [name, sql] : triggers) db.exec(sql);
}

VerifyReport verified(const std::filesystem::path& path, const std::optional<WantedHead>& wanted = std::nullopt) {
  return opened(path, JournalAccess::read).verify(wanted);
}

bool has(const VerifyReport& report, Code code) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& x) { return x.code == code; });
}

TEST(Damage, GuardsRefuseChangesAndDeletions) {
  const Folder folder;
  fill(folder / "j.sqlite", 3);
  SQLite::Database db((folder / "j.sqlite").string(), SQLite::OPEN_READWRITE);
  for (const char* table : {"entry", "word", "kept", "source", "cell"}) {
    EXPECT_THROW(db.exec(std::string("DELETE FROM ") + table), SQLite::Exception) << table;
    SQLite::Statement column(db, std::string("SELECT name FROM pragma_table_info('") + table + "') LIMIT 1");
    ASSERT_TRUE(column.executeStep());
    const std::string name = column.getColumn(0).getString();
    EXPECT_THROW(db.exec(std::string("UPDATE ") + table + " SET " + name + " = " + name), SQLite::Exception) << table;
  }
  EXPECT_TRUE(verified(folder / "j.sqlite").sound);
}

TEST(Damage, AChangedEntryIsNamed) {
  // Each of these is one edit of entry 123; every one must show as that entry.
  for (const char* edit :
       {"UPDATE entry SET number = '50.35' WHERE seq = 123", "UPDATE entry SET number = '50.250' WHERE seq = 123",
        "UPDATE entry SET recorded = recorded - 1 WHERE seq = 123", "UPDATE entry SET actor = code WHERE seq = 123",
        "UPDATE entry SET flags = 0 WHERE seq = 123", "UPDATE entry SET row = 9 WHERE seq = 123",
        "UPDATE entry SET text = 'x' WHERE seq = 123", "UPDATE entry SET hash = zeroblob(32) WHERE seq = 123",
        "UPDATE entry SET period = 2025305 WHERE seq = 123", "UPDATE entry SET kind = 1 WHERE seq = 123"}) {
    const Folder folder;
    fill(folder / "j.sqlite");
    tamper(folder / "j.sqlite", {edit});
    const VerifyReport report = verified(folder / "j.sqlite");
    EXPECT_FALSE(report.sound) << edit;
    EXPECT_EQ(report.first_bad, 123U) << edit;
    EXPECT_TRUE(has(report, Code::J3008)) << edit;
    // Reading stops there as well.
    const Journal journal = opened(folder / "j.sqlite", JournalAccess::read);
    std::uint64_t last = 0;
    const auto fault = journal.read(1, 0, [&](const Entry& entry) {
      last = entry.seq;
      return true;
    });
    ASSERT_TRUE(fault.has_value()) << edit;
    EXPECT_EQ(fault->code, Code::J3008) << edit;
    EXPECT_EQ(last, 122U) << edit;
    EXPECT_TRUE(journal.fault().has_value());
  }
}

TEST(Damage, AValueThatIsNeverWrittenIsUnreadableNotACrash) {
  for (const char* edit :
       {"UPDATE entry SET kind = 77 WHERE seq = 5", "UPDATE entry SET number = 'lima' WHERE seq = 5",
        "UPDATE entry SET number = '1.0000000000000000000' WHERE seq = 5",
        "UPDATE entry SET number = '9999999999999999999999999999999999999999' WHERE seq = 5",
        "UPDATE entry SET period = 2025313 WHERE seq = 5", "UPDATE entry SET hash = 'x' WHERE seq = 5",
        "UPDATE entry SET code = 99999 WHERE seq = 5", "UPDATE entry SET origin = -3 WHERE seq = 5",
        "UPDATE entry SET places = x'80808080' WHERE seq = 5", "UPDATE entry SET state = -1 WHERE seq = 5",
        "UPDATE entry SET authority = 2 WHERE seq = 5", "UPDATE entry SET content = x'00' WHERE seq = 5"}) {
    const Folder folder;
    fill(folder / "j.sqlite", 10);
    tamper(folder / "j.sqlite", {edit});
    const VerifyReport report = verified(folder / "j.sqlite");
    EXPECT_EQ(report.first_bad, 5U) << edit;
    EXPECT_TRUE(has(report, Code::J3005)) << edit;
  }
}

// Rows get the number behind the last; behind the largest there is none.
TEST(Damage, NothingIsAppendedBehindTheLargestNumber) {
  const Folder folder;
  const JournalHead head = fill(folder / "j.sqlite", 3);
  tamper(folder / "j.sqlite", {"UPDATE entry SET seq = 9223372036854775807 WHERE seq = 3"});
  Journal journal = opened(folder / "j.sqlite", JournalAccess::write);
  const auto refused = journal.append({realisation("A", "64", "2025", "1")});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code, Code::J3005);
  EXPECT_EQ(journal.head().hash, head.hash);
  EXPECT_EQ(SQLite::Database((folder / "j.sqlite").string()).execAndGet("SELECT count(*) FROM entry").getInt(), 3);
}

TEST(Damage, AChangedWordShowsAtItsFirstEntry) {
  const Folder folder;
  fill(folder / "j.sqlite");
  // IND-3 is first used by entry 3.
  tamper(folder / "j.sqlite", {"UPDATE word SET word = 'IND-9' WHERE word = 'IND-3'"});
  EXPECT_EQ(verified(folder / "j.sqlite").first_bad, 3U);
}

TEST(Damage, AGapIsNamed) {
  const Folder folder;
  fill(folder / "j.sqlite");
  tamper(folder / "j.sqlite", {"DELETE FROM entry WHERE seq IN (77, 78)", "DELETE FROM cell WHERE seq IN (77, 78)"});
  const VerifyReport report = verified(folder / "j.sqlite");
  EXPECT_EQ(report.first_bad, 77U);
  EXPECT_TRUE(has(report, Code::J3009));
  EXPECT_FALSE(has(report, Code::J3008));
}

TEST(Damage, ACutTailShowsAgainstAHead) {
  const Folder folder;
  const JournalHead head = fill(folder / "j.sqlite");
  tamper(folder / "j.sqlite", {"DELETE FROM entry WHERE seq > 390", "DELETE FROM cell WHERE seq > 390"});
  EXPECT_TRUE(verified(folder / "j.sqlite").sound) << "without a head nothing tells";
  const auto wanted = WantedHead::parse(head.to_string());
  ASSERT_TRUE(wanted.has_value());
  const VerifyReport report = verified(folder / "j.sqlite", wanted);
  EXPECT_FALSE(report.sound);
  EXPECT_TRUE(has(report, Code::J3012));
  EXPECT_EQ(report.head.seq, 390U);
}

TEST(Damage, AFullRewriteShowsAgainstAHead) {
  const Folder folder;
  const JournalHead head = fill(folder / "old.sqlite");
  const JournalHead other = fill(folder / "new.sqlite", kEntries + 5, "lain");
  const auto wanted = WantedHead::parse(head.to_string());
  EXPECT_TRUE(verified(folder / "old.sqlite", wanted).sound);
  EXPECT_TRUE(verified(folder / "new.sqlite").sound) << "it is a good chain, but another one";
  const VerifyReport report = verified(folder / "new.sqlite", wanted);
  EXPECT_FALSE(report.sound);
  EXPECT_TRUE(has(report, Code::J3013));
  // A head of long ago is still in the chain.
  {
    Journal journal = opened(folder / "old.sqlite");
    ASSERT_TRUE(journal.append({realisation("A", "64", "2026", "1")}).ok());
  }
  EXPECT_TRUE(verified(folder / "old.sqlite", wanted).sound);
  EXPECT_TRUE(verified(folder / "new.sqlite", WantedHead::parse(other.to_string())).sound);
}

// A changed time moves the place of a moment; the entry that then stands behind it tells.
TEST(Damage, AChangedTimeDoesNotMoveACutUnseen) {
  const auto fault_of = [](const char* edit, std::int64_t moment, std::uint64_t expected) -> std::optional<Diagnostic> {
    const Folder folder;
    {
      Journal journal = opened(folder / "j.sqlite");
      for (std::int64_t k = 1; k <= 9; ++k)
        EXPECT_TRUE(journal.append({realisation("A", "64", "2025", "1", 10 * k)}).ok());
    }
    tamper(folder / "j.sqlite", {edit});
    const Journal journal = opened(folder / "j.sqlite", JournalAccess::read);
    const std::uint64_t last = journal.last_before({moment});
    EXPECT_EQ(last, expected) << edit;
    const auto unread = journal.read(1, last, [](const Entry&) { return true; });
    return last > 0 && unread ? unread : journal.fault();
  };
  EXPECT_FALSE(fault_of("UPDATE entry SET recorded = recorded", 55, 5));
  // Entry 5 said to be later than it was: the cut lies before it. Entry 7 earlier: the cut lies behind it.
  const auto later = fault_of("UPDATE entry SET recorded = 56 WHERE seq = 5", 55, 4);
  ASSERT_TRUE(later);
  EXPECT_EQ(later->code, Code::J3008);
  const auto earlier = fault_of("UPDATE entry SET recorded = 55 WHERE seq IN (6, 7)", 55, 7);
  ASSERT_TRUE(earlier);
  EXPECT_EQ(earlier->code, Code::J3008);
  const auto all_later = fault_of("UPDATE entry SET recorded = 99", 55, 0);
  ASSERT_TRUE(all_later);
  EXPECT_EQ(all_later->code, Code::J3008);
}

TEST(Damage, EntriesOfOneKindAreCheckedAndTheFirstBadOneIsNamed) {
  const auto read_notes = [](const std::vector<std::string>& edits, std::vector<std::uint64_t>& seqs) {
    const Folder folder;
    {
      Journal journal = opened(folder / "j.sqlite");
      std::vector<Entry> entries;
      for (std::uint64_t k = 1; k <= 40; ++k) {
        entries.push_back(realisation("A", "64/" + std::to_string(k), "2025", "1"));
        if (k % 10 == 1) entries.back().kind = EntryKind::note;
      }
      EXPECT_TRUE(journal.append(entries).ok());
    }
    if (!edits.empty()) tamper(folder / "j.sqlite", edits);
    const Journal journal = opened(folder / "j.sqlite", JournalAccess::read);
    seqs.clear();
    const auto fault = journal.read_kind(EntryKind::note, [&](const Entry& entry) {
      EXPECT_EQ(entry.kind, EntryKind::note);
      seqs.push_back(entry.seq);
      return true;
    });
    EXPECT_EQ(fault.has_value(), journal.fault().has_value());
    return fault;
  };
  std::vector<std::uint64_t> seqs;
  EXPECT_FALSE(read_notes({}, seqs));
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{1, 11, 21, 31}));
  // Of another kind: not looked at.
  EXPECT_FALSE(read_notes({"UPDATE entry SET number = '7' WHERE seq = 15"}, seqs));
  const auto name = [](const std::optional<Diagnostic>& fault) {
    return fault ? message_text(*fault, Language::english) : std::string("none");
  };
  const auto changed = read_notes({"UPDATE entry SET text = 'x' WHERE seq = 21"}, seqs);
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{1, 11}));
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->code, Code::J3008);
  EXPECT_NE(name(changed).find("21"), std::string::npos) << name(changed);
  // One that is made a note has the hash of what it was. The first bad entry of the file is named.
  const auto made =
      read_notes({"UPDATE entry SET number = '7' WHERE seq = 12", "UPDATE entry SET kind = 9 WHERE seq = 25"}, seqs);
  ASSERT_TRUE(made);
  EXPECT_NE(name(made).find("12"), std::string::npos) << name(made);
  const auto gone = read_notes({"DELETE FROM entry WHERE seq = 30"}, seqs);
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->code, Code::J3009);
  EXPECT_NE(name(gone).find("30"), std::string::npos) << name(gone);
  const auto unreadable = read_notes({"UPDATE entry SET hash = x'00' WHERE seq = 31"}, seqs);
  ASSERT_TRUE(unreadable);
  EXPECT_EQ(unreadable->code, Code::J3005);
}

TEST(Damage, MissingAndChangedTexts) {
  const Folder folder;
  fill(folder / "a.sqlite");
  tamper(folder / "a.sqlite", {"DELETE FROM kept"});
  EXPECT_TRUE(has(verified(folder / "a.sqlite"), Code::J3011));
  EXPECT_EQ(verified(folder / "a.sqlite").first_bad, 1U);
  fill(folder / "b.sqlite");
  tamper(folder / "b.sqlite", {"UPDATE kept SET bytes = x'41'"});
  EXPECT_TRUE(has(verified(folder / "b.sqlite"), Code::J3011));
  // A text that only a list of inputs names.
  Journal journal = opened(folder / "c.sqlite");
  const std::string plan = "jenjang: 1\n", list = to_hex(digest_of(plan)) + " jenjang.yaml\n";
  Entry inputs;
  inputs.kind = EntryKind::inputs;
  inputs.content = digest_of(list);
  ASSERT_TRUE(journal.append({realisation("A", "64", "2025", "1", 0), inputs}, std::vector{list, plan}).ok());
  EXPECT_TRUE(journal.verify().sound);
  tamper(folder / "c.sqlite", {"DELETE FROM kept WHERE bytes = CAST('jenjang: 1\n' AS BLOB)"});
  const VerifyReport report = journal.verify();
  EXPECT_TRUE(has(report, Code::J3011));
  EXPECT_EQ(report.first_bad, 2U);
}

TEST(Damage, RemovedGuardsAndAWrongTableOfCellsAreFound) {
  const Folder folder;
  fill(folder / "a.sqlite", 20);
  {
    SQLite::Database db((folder / "a.sqlite").string(), SQLite::OPEN_READWRITE);
    db.exec("DROP TRIGGER entry_update");
  }
  EXPECT_TRUE(has(verified(folder / "a.sqlite"), Code::J3014));
  EXPECT_EQ(verified(folder / "a.sqlite").first_bad, 0U);
  fill(folder / "b.sqlite", 20);
  tamper(folder / "b.sqlite", {"UPDATE cell SET unit = 1 WHERE seq = 4"});
  EXPECT_TRUE(has(verified(folder / "b.sqlite"), Code::J3010));
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// A file cut anywhere is refused or found damaged, with an entry that was really there up to that point.
TEST(Damage, ATornFileNamesTheFirstEntryThatCannotBeRead) {
  const Folder folder;
  fill(folder / "j.sqlite", 3000);
  const std::string whole = bytes_of(folder / "j.sqlite");
  const std::size_t page = 8192;
  ASSERT_GT(whole.size(), 20 * page);
  std::size_t found_late = 0;
  for (std::size_t keep = 1; keep * page < whole.size(); keep += 3) {
    for (const std::size_t cut : {keep * page, keep * page - 700}) {
      write_bytes(folder / "cut.sqlite", whole.substr(0, cut));
      const auto journal = Journal::open(folder / "cut.sqlite", JournalAccess::read);
      ASSERT_FALSE(journal.ok()) << cut;
      ASSERT_EQ(journal.failure().code, Code::J3005) << cut;
      const std::string seq = journal.failure().args.at(1).value;
      EXPECT_GE(std::stoull(seq), 1U);
      // 3001: only the table of cells, which comes last, was cut.
      EXPECT_LE(std::stoull(seq), 3001U);
      if (std::stoull(seq) > 1) ++found_late;
      std::filesystem::remove(folder / "cut.sqlite");
    }
  }
  EXPECT_GT(found_late, 0U) << "cuts near the end leave entries to read";
}

TEST(Damage, AnOverwrittenPageIsFound) {
  const Folder folder;
  fill(folder / "j.sqlite", 3000);
  const std::string whole = bytes_of(folder / "j.sqlite");
  const std::size_t page = 8192;
  std::size_t with_entry = 0;
  for (std::size_t at = 0; at < whole.size() / page; ++at) {
    for (const char filler : {'\0', '\xA5'}) {
      std::string torn = whole;
      // The first page keeps its head: without it the file is no journal at all (J3002).
      const std::size_t from = at * page + (at == 0 ? 100 : 0);
      std::fill(torn.begin() + static_cast<std::ptrdiff_t>(from),
                torn.begin() + static_cast<std::ptrdiff_t>((at + 1) * page), filler);
      write_bytes(folder / "torn.sqlite", torn);
      const auto journal = Journal::open(folder / "torn.sqlite", JournalAccess::read);
      if (journal.ok()) {
        const VerifyReport report = journal.value().verify();
        EXPECT_FALSE(report.sound) << "page " << at;
        if (report.first_bad > 1) ++with_entry;
      } else {
        EXPECT_TRUE(journal.failure().code == Code::J3005 || journal.failure().code == Code::J3002)
            << "page " << at << ": " << message_text(journal.failure(), Language::english);
      }
      std::filesystem::remove(folder / "torn.sqlite");
    }
  }
  EXPECT_GT(with_entry, 10U);
}

}  // namespace damage_test
}  // namespace jenjang
