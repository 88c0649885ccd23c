#include <SQLiteCpp/SQLiteCpp.h>
#include <fstream>
#include <gtest/gtest.h>

#include "engine/journal/file_system.h"
#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace open_test {

using test::all_entries;
using test::Folder;
using test::opened;
using test::realisation;

Code code_of(const std::filesystem::path& path, JournalAccess access) {
  const auto journal = Journal::open(path, access, std::chrono::milliseconds(50));
  EXPECT_FALSE(journal.ok());
  return journal.ok() ? Code{} : journal.failure().code;
}

TEST(Open, RefusesWhatIsNoJournal) {
  const Folder folder;
  EXPECT_EQ(code_of(folder / "tidak-ada.sqlite", JournalAccess::read), Code::J3001);
  EXPECT_EQ(code_of(folder / "tidak-ada.sqlite", JournalAccess::write), Code::J3001);
  EXPECT_FALSE(std::filesystem::exists(folder / "tidak-ada.sqlite"));
  EXPECT_EQ(code_of(folder / "tidak/ada.sqlite", JournalAccess::create), Code::J3004);
  EXPECT_EQ(code_of(folder.path(), JournalAccess::read), Code::J1004);
  const std::string plan = "jenjang: 1\nrencana: CONTOH\n" + std::string(2000, '#');
  std::ofstream(folder / "jenjang.yaml") << plan;
  EXPECT_EQ(code_of(folder / "jenjang.yaml", JournalAccess::create), Code::J3002);
  EXPECT_EQ(std::filesystem::file_size(folder / "jenjang.yaml"), plan.size());
  std::ofstream(folder / "kosong").flush();
  EXPECT_EQ(code_of(folder / "kosong", JournalAccess::write), Code::J3002);
  {
    SQLite::Database db((folder / "lain.sqlite").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE entry (seq INTEGER); PRAGMA user_version = 2");
  }
  EXPECT_EQ(code_of(folder / "lain.sqlite", JournalAccess::read), Code::J3002);
}

TEST(Open, CreatingTwiceKeepsTheFirstAndLeavesNoDraft) {
  const Folder folder;
  {
    Journal journal = opened(folder / "j.sqlite");
    ASSERT_TRUE(journal.append({realisation("A", "64", "2025", "1")}).ok());
  }
  EXPECT_EQ(opened(folder / "j.sqlite").head().seq, 1U);
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    ++files;
    EXPECT_EQ(file.path().filename(), "j.sqlite");
  }
  EXPECT_EQ(files, 1U);
}

TEST(Open, ANewerSchemaIsRefused) {
  const Folder folder;
  {
    Journal journal = opened(folder / "j.sqlite");
  }
  {
    SQLite::Database db((folder / "j.sqlite").string(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA user_version = 3");
  }
  EXPECT_EQ(code_of(folder / "j.sqlite", JournalAccess::read), Code::J3007);
  EXPECT_EQ(code_of(folder / "j.sqlite", JournalAccess::create), Code::J3007);
}

// A file of version 1, written down here as it was made then: without the table of cells.
void make_version_1(const std::filesystem::path& path) {
  SQLite::Database db(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)");
  db.exec("CREATE TABLE kept (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL)");
  db.exec(
      "CREATE TABLE source (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, name INTEGER NOT NULL, UNIQUE (digest, "
      "name))");
  db.exec(
      "CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, kind INTEGER NOT NULL, recorded INTEGER NOT "
      "NULL, actor INTEGER NOT NULL, code INTEGER NOT NULL, unit INTEGER NOT NULL, period INTEGER NOT NULL, number "
      "TEXT, status INTEGER, flags INTEGER NOT NULL, origin INTEGER, row INTEGER, places BLOB, source INTEGER, "
      "workflow INTEGER, role INTEGER, refers INTEGER, authority INTEGER, released INTEGER, state INTEGER, grade "
      "INTEGER, verified TEXT, verified_grade INTEGER, definition INTEGER, text TEXT, evidence_path TEXT, "
      "evidence_place TEXT, evidence_digest BLOB, content BLOB)");
  for (const char* table : {"word", "kept", "source", "entry"})
    for (const auto& [event, tail] : {std::pair("UPDATE", "_update"), std::pair("DELETE", "_delete")})
      db.exec(std::string("CREATE TRIGGER ") + table + tail + " BEFORE " + event + " ON " + table +
              " BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END");
  db.exec(
      "CREATE VIEW jurnal AS SELECT e.seq, datetime(e.recorded, 'unixepoch') AS dicatat, e.kind AS jenis, a.word AS "
      "oleh, c.word AS kode, u.word AS unit, e.period AS periode, e.number AS nilai, g.word AS predikat, s.word AS "
      "status, e.verified AS terverifikasi, e.refers AS merujuk, e.text AS keterangan, f.word AS berkas, e.row AS "
      "baris, lower(hex(e.hash)) AS sidik FROM entry e LEFT JOIN word a ON a.id = e.actor LEFT JOIN word c ON c.id = "
      "e.code LEFT JOIN word u ON u.id = e.unit LEFT JOIN word g ON g.id = e.grade LEFT JOIN word s ON s.id = "
      "e.status LEFT JOIN source o ON o.id = e.origin LEFT JOIN word f ON f.id = o.name");
  db.exec("PRAGMA application_id = 1246644807");  // 0x4A4E4A47, "JNJG"
  db.exec("PRAGMA user_version = 1");
  // The same two entries in a file of today lend their hashes: the chain did not change between the versions.
  Journal today = Journal::in_memory();
  static_cast<void>(today.append({realisation("A", "64", "2025-06", "50.5"), realisation("A", "64", "2025-06", "55")}));
  const std::vector<Entry> entries = all_entries(today);
  db.exec("INSERT INTO word VALUES (1, '64/dlh/sekretariat'), (2, 'A'), (3, '64'), (4, 'diajukan'), (5, 'DLH')");
  SQLite::Statement insert(db,
                           "INSERT INTO entry (seq, hash, kind, recorded, actor, code, unit, period, number, status, "
                           "flags, source) VALUES (?, ?, 0, 1000, 1, 2, 3, 2025306, ?, 4, 1, 5)");
  for (const Entry& entry : entries) {
    insert.bind(1, static_cast<std::int64_t>(entry.seq));
    insert.bind(2, entry.hash.data(), static_cast<int>(entry.hash.size()));
    insert.bind(3, entry.seq == 1 ? "50.5" : "55");
    insert.exec();
    insert.reset();
  }
}

TEST(Open, AnOlderSchemaIsReadAsItIsAndMigratedForWriting) {
  const Folder folder;
  make_version_1(folder / "j.sqlite");
  const Observation cell = realisation("A", "64", "2025-06", "0").figure;
  {
    const Journal journal = opened(folder / "j.sqlite", JournalAccess::read);
    EXPECT_EQ(journal.schema_version(), 1);
    EXPECT_EQ(all_entries(journal).size(), 2U);
    EXPECT_EQ(journal.history(cell).size(), 2U);
    const VerifyReport report = journal.verify();
    EXPECT_TRUE(report.sound) << message_text(report.findings.at(0), Language::english);
  }
  const JournalHead before = opened(folder / "j.sqlite", JournalAccess::read).head();
  {
    Journal journal = opened(folder / "j.sqlite", JournalAccess::write);
    EXPECT_EQ(journal.schema_version(), 2);
    EXPECT_EQ(journal.head(), before);
    EXPECT_EQ(journal.history(cell).size(), 2U);
    ASSERT_TRUE(journal.append({realisation("A", "64", "2025-06", "56")}).ok());
    EXPECT_EQ(journal.history(cell).size(), 3U);
  }
  const Journal journal = opened(folder / "j.sqlite", JournalAccess::read);
  EXPECT_EQ(journal.schema_version(), 2);
  const VerifyReport report = journal.verify(WantedHead::parse(before.to_string()));
  EXPECT_TRUE(report.sound) << message_text(report.findings.at(0), Language::english);
  EXPECT_EQ(report.entries, 3U);
}

TEST(Open, AHeldFileIsTold) {
  const Folder folder;
  {
    Journal journal = opened(folder / "j.sqlite");
  }
  SQLite::Database other((folder / "j.sqlite").string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  auto journal = Journal::open(folder / "j.sqlite", JournalAccess::write, std::chrono::milliseconds(50));
  ASSERT_TRUE(journal.ok());
  const auto refused = journal.value().append({realisation("A", "64", "2025", "1")});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code, Code::J3015);
  other.exec("ROLLBACK");
  EXPECT_TRUE(journal.value().append({realisation("A", "64", "2025", "1")}).ok());
}

TEST(Head, IsWrittenAndRead) {
  JournalHead head{41, digest_of("x")};
  const auto wanted = WantedHead::parse(head.to_string());
  ASSERT_TRUE(wanted.has_value());
  EXPECT_EQ(wanted->seq, 41U);
  EXPECT_EQ(wanted->hash_prefix, to_hex(head.hash).substr(0, 16));
  EXPECT_TRUE(WantedHead::parse("3:ABCDEF01"));
  EXPECT_EQ(WantedHead::parse("3:ABCDEF01")->hash_prefix, "abcdef01");
  for (const char* bad : {"", "41", ":abcdef01", "x:abcdef01", "-1:abcdef01", "41:abcdef0", "41:abcdefgh",
                          "4 1:abcdef01", "99999999999999999999:abcdef01"})
    EXPECT_FALSE(WantedHead::parse(bad).has_value()) << bad;
  EXPECT_FALSE(WantedHead::parse("1:" + std::string(65, 'a')).has_value());
}

TEST(Digests, AreSha256) {
  // FIPS 180-4 examples: the empty text and "abc".
  EXPECT_EQ(to_hex(digest_of("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(digest_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(parse_digest(to_hex(digest_of("abc"))), digest_of("abc"));
  EXPECT_FALSE(parse_digest("ba78").has_value());
  EXPECT_FALSE(parse_digest(std::string(64, 'g')).has_value());
}

TEST(FileSystem, NetworkKindsAreKnownByNumberAndFuseByName) {
  using journal::network_file_system;
  EXPECT_EQ(network_file_system(0x6969, ""), "NFS");
  EXPECT_EQ(network_file_system(0xFF534D42, ""), "CIFS");
  EXPECT_EQ(network_file_system(0xFE534D42, ""), "SMB2");
  EXPECT_EQ(network_file_system(0x01021997, ""), "9P");
  EXPECT_EQ(network_file_system(0x65735546, "fuse.sshfs"), "fuse.sshfs");
  EXPECT_EQ(network_file_system(0x65735546, "fuse.rclone"), "fuse.rclone");
  EXPECT_EQ(network_file_system(0x65735546, "fuseblk"), "");
  EXPECT_EQ(network_file_system(0x65735546, "fuse.mergerfs"), "");
  for (const std::uint64_t local : {0xEF53U, 0x58465342U, 0x9123683EU, 0x01021994U, 0x794C7630U, 0x2FC12FC1U})
    EXPECT_EQ(network_file_system(local, "fuse.sshfs"), "") << local;  // ext4 xfs btrfs tmpfs overlay zfs
  const std::string mounts =
      "22 28 0:21 / /proc rw - proc proc rw\n"
      "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext3 /dev/root rw\n"
      "99 35 0:52 / /home/a/jauh rw,nosuid - fuse.sshfs a@b:/ rw\n";
  EXPECT_EQ(journal::mount_type_in(mounts, 0, 52), "fuse.sshfs");
  EXPECT_EQ(journal::mount_type_in(mounts, 98, 0), "ext3");
  EXPECT_EQ(journal::mount_type_in(mounts, 7, 7), "");
}

}  // namespace open_test
}  // namespace jenjang
