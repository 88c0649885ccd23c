// Threads that walk the levels of a plan together: no chunk of a level starts before the level below is done.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>

namespace jenjang::bulk {

struct Chunk {
  std::size_t level = 0;
  std::uint32_t first = 0, last = 0;  // nodes
};
// The levels of `level_begin` from `first_level` up (down: the highest first), in chunks of neighbouring nodes.
// `body` must not throw. `after_level`, by the calling thread, may say that it is enough.
void walk_levels(std::span<const std::uint32_t> level_begin, std::size_t first_level, bool down, unsigned threads,
                 const std::function<void(const Chunk&)>& body, const std::atomic<bool>* cancel,
                 const std::function<void(std::uint64_t)>& progress);

}  // namespace jenjang::bulk
