// Memory that a piece of work will take, told before it is taken.
#pragma once

#include <cstdint>

namespace jenjang {

// An estimate from counts and from what a piece was measured to weigh.
struct MemoryNeed {
  std::uint64_t measures = 0;  // of the plan
  std::uint64_t bytes = 0;     // still to be taken
  std::uint64_t held = 0;      // taken already: the plan as it was read
  [[nodiscard]] std::uint64_t total() const { return held + bytes; }
  // So many measures of this kind need no more than `available`.
  [[nodiscard]] std::uint64_t measures_within(std::uint64_t available) const;
};

}  // namespace jenjang
