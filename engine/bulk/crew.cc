#include "engine/bulk/crew.h"

#include <algorithm>
#include <barrier>
#include <system_error>
#include <thread>
#include <vector>

namespace jenjang::bulk {

void walk_levels(std::span<const std::uint32_t> level_begin, std::size_t first_level, bool down, unsigned threads,
                 const std::function<void(const Chunk&)>& body, const std::atomic<bool>* cancel,
                 const std::function<void(std::uint64_t)>& progress) {
  std::vector<Chunk> chunks;
  std::vector<std::size_t> level_end;
  const std::size_t levels = level_begin.empty() ? 0 : level_begin.size() - 1;
  // Large enough that taking a chunk costs nothing beside it, small enough to share a level out evenly and to see a
  // wish to stop within some milliseconds.
  constexpr std::uint32_t kSmallest = 16, kLargest = 4096;
  for (std::size_t i = first_level; i < levels; ++i) {
    const std::size_t level = down ? levels - 1 - (i - first_level) : i;
    const std::uint32_t first = level_begin[level], last = level_begin[level + 1];
    const std::uint32_t size = std::clamp((last - first) / (32 * threads), kSmallest, kLargest);
    for (std::uint32_t node = first; node < last; node += std::min(size, last - node)) {
      chunks.push_back({level, node, node + std::min(size, last - node)});
    }
    level_end.push_back(chunks.size());
  }
  const auto stopped = [cancel] { return cancel != nullptr && cancel->load(std::memory_order_relaxed); };
  std::uint64_t told = 0;
  const std::uint64_t every = levels == 0 ? 1 : level_begin.back() / 100 + 1;
  const auto tell = [&](const Chunk& chunk) {
    if (!progress) return;
    // Of one thread's own chunks: an estimate that only ever grows.
    const std::uint64_t done = down ? level_begin.back() - chunk.first : chunk.last;
    if (done < told + every) return;
    told = done;
    progress(done);
  };
  if (threads <= 1) {
    for (const Chunk& chunk : chunks) {
      if (stopped()) return;
      body(chunk);
      tell(chunk);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::size_t level = 0;
  // Threads overshoot the end of a level when they ask for more; the last to arrive puts the counter back.
  const auto end_level = [&]() noexcept { next.store(level_end[level++], std::memory_order_relaxed); };
  std::barrier done(static_cast<std::ptrdiff_t>(threads), end_level);
  const auto work = [&](bool is_caller) {
    for (const std::size_t end : level_end) {
      for (;;) {
        const std::size_t chunk = next.fetch_add(1, std::memory_order_relaxed);
        if (chunk >= end || stopped()) break;
        body(chunks[chunk]);
        if (is_caller) tell(chunks[chunk]);
      }
      done.arrive_and_wait();
    }
  };
  std::vector<std::thread> others;
  others.reserve(threads - 1);
  for (unsigned thread = 1; thread < threads; ++thread) {
    try {
      others.emplace_back(work, false);
    } catch (const std::system_error&) {
      done.arrive_and_drop();  // the machine gives no more threads: the others do its part
    }
  }
  work(true);
  for (std::thread& other : others) other.join();
}

}  // namespace jenjang::bulk
