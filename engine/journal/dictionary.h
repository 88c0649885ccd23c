// Interned words, and the files that entries came from. Both tables only grow, so what was looked up once stays true,
// also when other processes add to them.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "jenjang/journal/entry.h"

namespace jenjang::journal {

// The file holds something that this module never writes.
struct Damage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Number of a word; 0 stands for the empty word and is not in the table.
class Words {
public:
  explicit Words(SQLite::Database& db);
  // O(1) for words met before, else one or two look-ups in the file. Adds the word when it is new.
  std::int64_t number(std::string_view word);
  // nullopt: no entry has this word.
  std::optional<std::int64_t> find(std::string_view word);
  const SharedText& word(std::int64_t number);  // Damage when there is none
  void forget();                                // after a rollback, which takes numbers back

private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  SQLite::Statement find_, add_, read_;
  SQLite::Database& db_;
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> numbers_;
  std::unordered_map<std::int64_t, SharedText> words_;
};

// Number of a file (digest, display name); 0 stands for no file.
class Files {
public:
  Files(SQLite::Database& db, Words& words);
  struct File {
    Digest digest{};
    std::string name;
  };
  std::int64_t number(const Digest& digest, const std::string& name);
  const File& file(std::int64_t number);  // Damage when there is none
  bool has(const Digest& digest);
  void forget();

private:
  SQLite::Statement find_, add_, read_, has_;
  SQLite::Database& db_;
  Words& words_;
  std::map<std::pair<Digest, std::string>, std::int64_t> numbers_;
  std::map<std::pair<Digest, std::string>, std::int64_t>::const_iterator last_;  // rows of one file come together
  std::unordered_map<std::int64_t, File> files_;
};

Digest digest_from(const SQLite::Column& column);  // Damage when it is no digest

}  // namespace jenjang::journal
