// What a Journal object holds: one connection, prepared statements, interned words.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "jenjang/journal/journal.h"

#include "engine/journal/dictionary.h"
#include "engine/journal/encoding.h"
#include "engine/journal/row.h"

namespace jenjang {

struct Journal::State {
  State(SQLite::Database connection, std::filesystem::path file, int version, bool for_writing);

  std::filesystem::path path;
  std::string name;  // what messages show
  SQLite::Database db;
  int schema;
  bool writable;
  bool in_append = false;
  std::optional<Diagnostic> fault;
  journal::Chain chain;
  journal::Words words;
  journal::Files files;
  SQLite::Statement last_row, insert, add_text, find_text, recorded_of, hash_of, of_cell, begin, commit, rollback;
  std::optional<SQLite::Statement> add_cell;

  // The last entry of the file as this connection sees it now.
  struct Last {
    JournalHead head;
    Moment recorded;
  };
  Last last();
  void insert_all(std::vector<Entry>& entries, JournalHead& head);
  void keep(std::span<const std::string> texts);

  // Runs `work`; a failure of the file becomes the fault of this journal, unless it has one, and `otherwise` the
  // answer.
  template <class Answer, class Work>
  Answer guarded(Answer otherwise, const Work& work);
  void note(Diagnostic failure) {
    if (!fault) fault = std::move(failure);
  }
};

namespace journal {

// What went wrong with the file, as a diagnostic: J3002, J3004, J3005 (from entry `seq` on), J3015 or J3016.
Diagnostic failure_of(const SQLite::Exception& error, const std::string& name, std::uint64_t seq);
Diagnostic damage(const std::string& name, std::uint64_t seq, std::string_view cause);
Diagnostic changed_entry(Code code, const std::string& name, std::uint64_t seq);  // J3008, J3009

// Settings of a connection, whatever it is for.
void configure(SQLite::Database& db, bool writable, bool in_memory);
// The first entry of a damaged file that cannot be read. Slow: reads all before it.
std::uint64_t first_unreadable(const std::filesystem::path& path);

// A statement that is left at its start, also when a step throws.
class AtStart {
public:
  explicit AtStart(SQLite::Statement& statement) : statement_(statement) {}
  ~AtStart() { statement_.tryReset(); }
  AtStart(const AtStart&) = delete;
  AtStart& operator=(const AtStart&) = delete;

private:
  SQLite::Statement& statement_;
};

}  // namespace journal

template <class Answer, class Work>
Answer Journal::State::guarded(Answer otherwise, const Work& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    note(journal::failure_of(error, name, 1));
  } catch (const journal::Damage& error) {
    note(journal::damage(name, 1, error.what()));
  }
  return otherwise;
}

}  // namespace jenjang
