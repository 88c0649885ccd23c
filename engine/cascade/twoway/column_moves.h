// Steps moved from columns that have too much to those that lack, at the least cost.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/cascade/twoway/controlled_rounding.h"

namespace jenjang::cascade {

// Cells of a rounding under way: floor + level. One step up or down has a cost, the change of the squared
// departure times `whole`; it grows with the level, so that a cheapest flow is a cheapest table.
class StepTable {
public:
  // `beyond`: levels other than floor and ceiling are allowed, each step at a price above all others.
  StepTable(const FractionTable& exact, bool beyond);

  [[nodiscard]] std::size_t rows() const { return exact_.floor.rows; }
  [[nodiscard]] std::size_t columns() const { return exact_.floor.columns; }
  [[nodiscard]] Int128 floor(std::size_t i, std::size_t j) const { return exact_.floor.at(i, j); }
  // nullopt where the cell cannot move that way.
  [[nodiscard]] std::optional<Int128> rise(std::size_t i, std::size_t j) const;
  [[nodiscard]] std::optional<Int128> fall(std::size_t i, std::size_t j) const;
  [[nodiscard]] bool beyond() const { return beyond_; }
  void move(std::size_t i, std::size_t j, int steps) { level_.at(i, j) += steps; }
  [[nodiscard]] Table<Int128> cells() const;

private:
  // Cost of the step from `level` to the one above.
  [[nodiscard]] Int128 cost_above(std::size_t cell, int level) const;
  [[nodiscard]] bool is_open(std::size_t cell) const {
    return exact_.closed.cells.empty() || !exact_.closed.cells[cell];
  }

  [[nodiscard]] bool within(std::size_t cell, int level) const;

  const FractionTable& exact_;
  bool beyond_;
  Int128 price_;
  Table<int> level_;
};

// Successive shortest paths between columns: an edge from a to b is the row that gives a step from a to
// b most cheaply, kept in one heap a pair; potentials keep all edges at zero or more.
class ColumnMoves {
public:
  // Requires rows that are at their margin at the least cost. `over`: by how much each column is above its own.
  ColumnMoves(StepTable& steps, std::vector<Int128> over);
  // False when some column cannot be relieved.
  bool run();

private:
  struct Offer {
    Int128 cost;
    std::uint32_t row;
    friend bool operator>(const Offer& a, const Offer& b) { return a.cost != b.cost ? a.cost > b.cost : a.row > b.row; }
  };
  struct Way {
    bool reached = false, settled = false;
    Int128 distance = 0;
    std::size_t from = 0;
    std::uint32_t row = 0;
  };
  [[nodiscard]] std::optional<Int128> cost(std::size_t row, std::size_t from, std::size_t to) const;
  void gather_offers();
  // The cheapest offer that still stands.
  const Offer* best(std::size_t from, std::size_t to);
  void offer_again(std::size_t row, std::size_t column);
  // Column to relieve into, or nullopt; fills ways_.
  std::optional<std::size_t> shortest_way();

  StepTable& steps_;
  std::size_t m_;
  std::vector<Int128> over_, potential_;
  std::vector<std::vector<Offer>> offers_;  // heaps by from x m + to
  std::vector<Way> ways_;
};

}  // namespace jenjang::cascade
