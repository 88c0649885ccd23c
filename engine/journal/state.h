// What a Journal object holds: one connection, prepared statements, interned words.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/journal/journal.h"

#include "engine/journal/cells.h"
#include "engine/journal/chaining.h"
#include "engine/journal/dictionary.h"
#include "engine/journal/encoding.h"
#include "engine/journal/row.h"
#include "engine/journal/row_writer.h"

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
  SQLite::Statement last_row, add_text, find_text, recorded_of, hash_of, of_cell, begin, commit, rollback;
  // Made when first needed: one entry, many, many that use the first columns only.
  std::optional<journal::RowWriter> insert_one, insert_many, insert_common;
  journal::CellTable cells;

  // The last entry of the file as this connection sees it now.
  struct Last {
    JournalHead head;
    Moment recorded;
  };
  Last last();
  // Of the entry before `seq`, zeros before the first; nullopt: it is gone.
  std::optional<Digest> hash_before(std::uint64_t seq);
  // Writes entries that are chained, or (where `chaining` is given) become so on the way.
  void insert_all(std::span<const Entry> entries, journal::Chaining* chaining);
  void keep(std::span<const std::string> texts);

  // Of a journal in memory only: appended, chained and so unchangeable, but not yet in the tables. Nobody else can see
  // those, so a transaction for each append would gain nothing and take ten times as long. Whoever reads the tables
  // settles first.
  struct Waiting {
    Last last;  // of these, else of the tables
    std::vector<Entry> entries;
  };
  std::optional<Waiting> waiting;
  void settle();
  Result<JournalHead> append_in_memory(const Prepare& prepare, const Journal& journal,
                                       std::span<const std::string> texts);

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

// Numbers beyond what the file can hold are behind its last.
inline std::int64_t signed_of(std::uint64_t seq) {
  constexpr std::uint64_t kMost = INT64_MAX;
  return static_cast<std::int64_t>(std::min(seq, kMost));
}

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
    settle();
    return work();
  } catch (const SQLite::Exception& error) {
    note(journal::failure_of(error, name, 1));
  } catch (const journal::Damage& error) {
    note(journal::damage(name, 1, error.what()));
  }
  return otherwise;
}

}  // namespace jenjang
