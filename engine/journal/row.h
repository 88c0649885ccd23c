// An entry as a row of table `entry`, and back.
#pragma once

#include <SQLiteCpp/Statement.h>
#include <array>
#include <string>

#include "jenjang/journal/entry.h"

#include "engine/journal/dictionary.h"

namespace jenjang::journal {

// The columns in the order that both directions use.
constexpr int kRowColumns = 30;
std::string row_columns();
// INSERT for so many rows at once.
std::string insert_rows_sql(int rows);

// 2025-TW2 is 2025202: year, granularity, two digits of index. Sorted as periods are; 0 for none.
std::int64_t number_of(const Period& period);

// Bytes that a bound statement points into until it has run.
struct RowBytes {
  std::string number, verified;
  std::array<char, 60> places;  // twelve numbers of at most five bytes
};
// Neighbouring rows mostly share their words: what each column had last. Only for rows of one transaction, since a
// rollback takes numbers back.
struct LastWords {
  struct Last {
    std::string word;
    std::int64_t number = 0;
  };
  std::array<Last, kRowColumns> of_column;
};
struct CellNumbers {
  std::int64_t code, unit, period;
};
// Binds row `at` (from 0) of a statement with one or more rows and nothing bound there; adds new words and files.
CellNumbers bind_row(SQLite::Statement& insert, int at, const Entry& entry, Words& words, Files& files, LastWords& last,
                     RowBytes& bytes);
// Damage when the row holds what bind_row never writes.
Entry entry_from(SQLite::Statement& row, Words& words, Files& files);

}  // namespace jenjang::journal
