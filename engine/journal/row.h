// An entry as a row of table `entry`, and back.
#pragma once

#include <SQLiteCpp/Statement.h>
#include <array>
#include <string>

#include "jenjang/journal/entry.h"

#include "engine/journal/dictionary.h"

namespace jenjang::journal {

// The columns in the order that both directions use.
std::string row_columns();
std::string row_marks();  // "?, ?, ..."

// 2025-TW2 is 2025202: year, granularity, two digits of index. Sorted as periods are; 0 for none.
std::int64_t number_of(const Period& period);

// Reusable texts that a bound statement points into until it has run.
struct RowTexts {
  std::string number, verified, places;
  // Neighbouring rows mostly share their words: what each column had last. Only for rows of one transaction, since a
  // rollback takes numbers back.
  struct Last {
    std::string word;
    std::int64_t number = 0;
  };
  std::array<Last, 32> last;
};
struct CellNumbers {
  std::int64_t code, unit, period;
};
// Binds all columns; adds new words and files.
CellNumbers bind_row(SQLite::Statement& insert, const Entry& entry, Words& words, Files& files, RowTexts& texts);
// Damage when the row holds what bind_row never writes.
Entry entry_from(SQLite::Statement& row, Words& words, Files& files);

}  // namespace jenjang::journal
