// An entry as a row of table `entry`: reading one. Writing is row_writer.h.
#pragma once

#include <SQLiteCpp/Statement.h>
#include <string>

#include "jenjang/journal/entry.h"

#include "engine/journal/columns.h"
#include "engine/journal/dictionary.h"

namespace jenjang::journal {

// The columns from `first` to before `end`, for a statement.
std::string row_columns(int first = kSeq, int end = kColumns);

// 2025-TW2 is 2025202: year, granularity, two digits of index. Sorted as periods are; 0 for none.
std::int64_t number_of(const Period& period);

// Damage when the row holds what RowWriter never writes.
Entry entry_from(SQLite::Statement& row, Words& words, Files& files);

}  // namespace jenjang::journal
