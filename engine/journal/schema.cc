#include "engine/journal/schema.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <array>
#include <map>
#include <string_view>

namespace jenjang::journal {
namespace {

struct Part {
  int since;  // schema version that brought it
  std::string_view name;
  std::string sql;
};

Part guard(std::string_view name, std::string_view table, std::string_view event, int since = 1) {
  return {since, name,
          "CREATE TRIGGER " + std::string(name) + " BEFORE " + std::string(event) + " ON " + std::string(table) +
              " BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END"};
}

// In order of making. The text is compared with what a file holds: never change one, add a version instead.
const std::array<Part, 16>& parts() {
  static const std::array<Part, 16> kParts{{
      {1, "word", "CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)"},
      {1, "kept", "CREATE TABLE kept (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL)"},
      {1, "source",
       "CREATE TABLE source (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, name INTEGER NOT NULL, UNIQUE (digest, "
       "name))"},
      // Words are numbers of `word` (0: no word). The first columns are those that nearly every row fills.
      {1, "entry",
       "CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, kind INTEGER NOT NULL, "
       "recorded INTEGER NOT NULL, actor INTEGER NOT NULL, code INTEGER NOT NULL, unit INTEGER NOT NULL, "
       "period INTEGER NOT NULL, number TEXT, status INTEGER, flags INTEGER NOT NULL, origin INTEGER, row INTEGER, "
       "places BLOB, source INTEGER, workflow INTEGER, role INTEGER, refers INTEGER, authority INTEGER, "
       "released INTEGER, state INTEGER, grade INTEGER, verified TEXT, verified_grade INTEGER, definition INTEGER, "
       "text TEXT, "
       "evidence_path TEXT, evidence_place TEXT, evidence_digest BLOB, content BLOB)"},
      guard("word_update", "word", "UPDATE"),
      guard("word_delete", "word", "DELETE"),
      guard("kept_update", "kept", "UPDATE"),
      guard("kept_delete", "kept", "DELETE"),
      guard("source_update", "source", "UPDATE"),
      guard("source_delete", "source", "DELETE"),
      guard("entry_update", "entry", "UPDATE"),
      guard("entry_delete", "entry", "DELETE"),
      // For people with a database tool: entries with their words.
      {1, "jurnal",
       "CREATE VIEW jurnal AS SELECT e.seq, datetime(e.recorded, 'unixepoch') AS dicatat, e.kind AS jenis, "
       "a.word AS oleh, c.word AS kode, u.word AS unit, e.period AS periode, e.number AS nilai, g.word AS predikat, "
       "s.word AS status, e.verified AS terverifikasi, e.refers AS merujuk, e.text AS keterangan, f.word AS berkas, "
       "e.row AS baris, lower(hex(e.hash)) AS sidik FROM entry e LEFT JOIN word a ON a.id = e.actor "
       "LEFT JOIN word c ON c.id = e.code LEFT JOIN word u ON u.id = e.unit LEFT JOIN word g ON g.id = e.grade "
       "LEFT JOIN word s ON s.id = e.status LEFT JOIN source o ON o.id = e.origin LEFT JOIN word f ON f.id = o.name"},
      // The entries of each cell. An index in all but this: it is filled at the end of a transaction in its own order,
      // which costs a third of what inserting in any order does, and `verify` compares it.
      {2, "cell",
       "CREATE TABLE cell (code INTEGER, unit INTEGER, period INTEGER, seq INTEGER, "
       "PRIMARY KEY (code, unit, period, seq)) WITHOUT ROWID"},
      guard("cell_update", "cell", "UPDATE", 2),
      guard("cell_delete", "cell", "DELETE", 2),
  }};
  return kParts;
}

void set_version(SQLite::Database& db, int version) {
  db.exec("PRAGMA user_version = " + std::to_string(version));
}

}  // namespace

void create_schema(SQLite::Database& db) {
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  for (const Part& part : parts()) db.exec(part.sql);
  db.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  set_version(db, kSchemaVersion);
  transaction.commit();
}

std::optional<int> schema_version_of(SQLite::Database& db) {
  if (db.execAndGet("PRAGMA application_id").getInt() != kApplicationId) return std::nullopt;
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  return version < 1 ? std::nullopt : std::optional(version);
}

void migrate(SQLite::Database& db) {
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = schema_version_of(db).value_or(kSchemaVersion);
  if (version >= kSchemaVersion) return;
  static_assert(kSchemaVersion == 2, "one step a version: fill what a new version adds");
  for (const Part& part : parts())
    if (part.since > version) db.exec(part.sql);
  db.exec("INSERT INTO cell SELECT code, unit, period, seq FROM entry ORDER BY code, unit, period, seq");
  set_version(db, kSchemaVersion);
  transaction.commit();
}

std::string foreign_parts(SQLite::Database& db, int version) {
  std::map<std::string, std::string> found;
  SQLite::Statement query(db, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
  while (query.executeStep()) found[query.getColumn(0).getString()] = query.getColumn(1).getString();
  std::string names;
  const auto name = [&](std::string_view text) { names += (names.empty() ? "" : ", ") + std::string(text); };
  for (const Part& part : parts()) {
    if (part.since > version) continue;
    const auto at = found.find(std::string(part.name));
    if (at == found.end() || at->second != part.sql) name(part.name);
    if (at != found.end()) found.erase(at);
  }
  // sqlite_stat1 and its like come from ANALYZE and change nothing.
  for (const auto& [other, sql] : found)
    if (other.rfind("sqlite_", 0) != 0) name(other);
  return names;
}

}  // namespace jenjang::journal
