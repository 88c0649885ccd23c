// A cell is a number (zero included) or one of five states. None of the five is zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace jenjang {

// Stored in result columns and snapshots: never renumber.
enum class CellState : std::uint8_t {
  value = 0,             // a number
  empty = 1,             // kosong: should be there, nobody reported
  not_due = 2,           // belum-jatuh-tempo: the period is not over, or carries no target
  awaiting_release = 3,  // menunggu-rilis: an official figure not yet published
  redefined = 4,         // didefinisi-ulang: the definition changed, the series breaks here
  not_applicable = 5,    // tidak-berlaku
};

// The Indonesian word of the table above ("kosong"...); "nilai" for `value`.
std::string_view to_string(CellState state);
std::optional<CellState> parse_cell_state(std::string_view word);

}  // namespace jenjang
