// Rows of table `cell`: which entries are about a cell.
#pragma once

#include <SQLiteCpp/Database.h>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/journal/bindings.h"

namespace jenjang::journal {

struct CellRow {
  std::int64_t code, unit, period, seq;
  auto operator<=>(const CellRow&) const = default;
};

// Into the order of the table. The rows come in the order of their seq. Linear for the numbers that occur.
void sort_cells(std::vector<CellRow>& rows);

class CellTable {
public:
  explicit CellTable(SQLite::Database& db) : db_(db) {}
  // In the order of the table, so that every page is written once whatever the order of the entries. Sorts `rows`.
  void insert(std::vector<CellRow>& rows);

private:
  SQLite::Database& db_;
  std::optional<Bindings> one_, many_;  // made when first needed
};

}  // namespace jenjang::journal
