#include "jenjang/base/cell.h"

#include <array>

namespace jenjang {
namespace {

// In order of the enumerators.
constexpr std::array<std::string_view, 6> kWords{"nilai",          "kosong",           "belum-jatuh-tempo",
                                                 "menunggu-rilis", "didefinisi-ulang", "tidak-berlaku"};

}  // namespace

std::string_view to_string(CellState state) {
  const auto index = static_cast<std::size_t>(state);
  return index < kWords.size() ? kWords[index] : std::string_view{};
}

std::optional<CellState> parse_cell_state(std::string_view word) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<CellState>(i);
  }
  return std::nullopt;
}

}  // namespace jenjang
