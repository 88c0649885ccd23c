// Entries into rows of table `entry`, several with one statement.
#pragma once

#include <SQLiteCpp/Database.h>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "jenjang/journal/entry.h"

#include "engine/journal/bindings.h"
#include "engine/journal/cells.h"
#include "engine/journal/columns.h"
#include "engine/journal/dictionary.h"

namespace jenjang::journal {

// Neighbouring rows mostly share their words: what each column had last. Only for rows of one transaction, since a
// rollback takes numbers back.
struct LastWords {
  struct Last {
    std::string word;
    std::int64_t number = 0;
  };
  std::array<Last, kColumns> of_column;
};

// Nothing beyond the first kCommonColumns.
bool is_common(const Entry& entry);

class RowWriter {
public:
  // For so many rows at once. `columns`: kColumns, or kCommonColumns for entries that are common; the others are then
  // NULL without being named, which saves a third of the work.
  RowWriter(SQLite::Database& db, std::size_t rows, int columns);
  // As many entries as there are rows, chained behind the last of the file: Damage when that is another one. Adds new
  // words and files, and their cells to `cells`.
  void insert(std::span<const Entry> entries, Words& words, Files& files, LastWords& last, std::vector<CellRow>& cells);

private:
  // Bytes that the bound statement points into.
  struct RowBytes {
    std::string number, verified;
    std::array<char, 60> places;  // twelve numbers of at most five bytes
  };
  class Row;
  SQLite::Database& db_;
  bool only_common_;
  std::size_t parameters_;  // of a row
  Bindings bindings_;
  std::vector<RowBytes> bytes_;  // never resized
};

}  // namespace jenjang::journal
