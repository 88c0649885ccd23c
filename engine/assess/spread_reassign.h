// The counts nearest to given ones under limits on groups of labels that nest, with one group the largest.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace jenjang {

// The labels together hold between `low` and `high` people.
struct SpreadGroup {
  std::vector<std::size_t> labels;
  std::int64_t low = 0, high = 0;
};

// Counts with the same sum that keep every limit and move the fewest people; nullopt when there are none. The labels of
// `largest` together have at least as many people as each label outside them; empty: nothing need be largest. Groups,
// `largest` among them, are disjoint or nested.
std::optional<std::vector<std::int64_t>> least_change(const std::vector<std::int64_t>& counts,
                                                      const std::vector<SpreadGroup>& groups,
                                                      const std::vector<std::size_t>& largest);

}  // namespace jenjang
