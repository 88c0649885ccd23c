// The tables of a journal file, their versions, and how an older file becomes a newer one.
#pragma once

#include <SQLiteCpp/Database.h>
#include <optional>
#include <string>

namespace jenjang::journal {

// 1: entries, words, sources, kept texts. 2: table `cell`, which finds the entries of a cell.
constexpr int kSchemaVersion = 2;
// "JNJG": tells a journal from any other SQLite file.
constexpr int kApplicationId = 0x4A4E4A47;

// Makes all tables in an empty database, in one transaction.
void create_schema(SQLite::Database& db);
// What a file says that it is; nothing when it is no journal.
std::optional<int> schema_version_of(SQLite::Database& db);
// From whatever version the file has to kSchemaVersion, in one transaction; waits for other writers. No effect when
// another process did it meanwhile.
void migrate(SQLite::Database& db);
// Names of tables, triggers and indexes that are not as version `version` has them: missing, changed or added. Empty
// when all is as made.
std::string foreign_parts(SQLite::Database& db, int version);

}  // namespace jenjang::journal
