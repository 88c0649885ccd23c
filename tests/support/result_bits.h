// Results compared field by field, doubles by their bits.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "jenjang/rollup/incremental.h"

namespace jenjang::testing {

// One cell as words: equal exactly when every field is.
inline std::vector<std::uint64_t> words_of(const ResultCell& cell) {
  const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
  return {bits(cell.value),
          static_cast<std::uint64_t>(cell.state),
          bits(cell.numerator),
          bits(cell.denominator),
          bits(cell.achievement_raw),
          bits(cell.achievement),
          static_cast<std::uint64_t>(cell.achievement_state),
          static_cast<std::uint64_t>(static_cast<std::uint16_t>(cell.band)),
          cell.band_of_achievement ? 1U : 0U,
          cell.flags,
          cell.covered,
          cell.expected,
          cell.covered_months,
          cell.expected_months,
          bits(cell.covered_weight),
          bits(cell.expected_weight)};
}

inline bool same_periods(const RollupResult& a, const RollupResult& b) {
  return std::vector<Period>(a.grid().periods().begin(), a.grid().periods().end()) ==
         std::vector<Period>(b.grid().periods().begin(), b.grid().periods().end());
}

// The cells in which two results of the same grid differ, as LiveRollup reports them: relevance under lane `all`.
inline std::vector<ChangedCell> differences(std::size_t nodes, const RollupResult& a, const RollupResult& b) {
  std::vector<ChangedCell> found;
  const bool lanes = a.has_validated_lane() || b.has_validated_lane();
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t s = 0; s < a.grid().size(); ++s) {
      const NodeId node = NodeId::from_index(i);
      const SlotId slot = SlotId::from_index(s);
      const auto differ = [&](Lane lane) {
        return words_of(a.at(node, slot, lane)) != words_of(b.at(node, slot, lane));
      };
      const bool shown = a.is_relevant(node, slot) != b.is_relevant(node, slot);
      if (shown || differ(Lane::all)) found.push_back({node, slot, Lane::all});
      if (lanes && differ(Lane::validated)) found.push_back({node, slot, Lane::validated});
    }
  }
  return found;
}

inline std::string describe(const Model& model, const RollupResult& result, const std::vector<ChangedCell>& cells) {
  std::string text;
  for (const ChangedCell& cell : cells) {
    text += model.address(cell.node, result.grid()[cell.slot]) + "/" + std::string(to_string(cell.lane)) + " ";
  }
  return text;
}

}  // namespace jenjang::testing
