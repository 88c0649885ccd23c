// A table of cells by row and column.
#pragma once

#include <cstddef>
#include <vector>

namespace jenjang::cascade {

template <class T>
struct Table {
  std::size_t rows = 0, columns = 0;
  std::vector<T> cells;  // by row

  Table() = default;
  Table(std::size_t row_count, std::size_t column_count, const T& value = T())
      : rows(row_count), columns(column_count), cells(row_count * column_count, value) {}

  T& at(std::size_t row, std::size_t column) { return cells[row * columns + column]; }
  const T& at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }

  [[nodiscard]] Table transposed() const {
    Table turned(columns, rows);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        turned.at(j, i) = at(i, j);
      }
    }
    return turned;
  }
};

// Cells that may carry something; a byte each, since packed bits cannot be referred to.
using Support = Table<char>;

}  // namespace jenjang::cascade
