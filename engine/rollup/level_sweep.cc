#include "engine/rollup/level_sweep.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace jenjang::rollup {
namespace {

// Large enough that taking a chunk costs nothing beside it, small enough to share a level of a few thousand.
constexpr std::uint32_t kLargestChunk = 256;

}  // namespace

LevelSweep::LevelSweep(const GoalGraph& graph, NodeId first, unsigned threads) : threads_(std::max(1U, threads)) {
  for (std::size_t level = 0; level < graph.level_count(); ++level) {
    const std::uint32_t last = graph.level_last(level).value();
    std::uint32_t node = std::max(first.value(), graph.level_first(level).value());
    if (node >= last) continue;
    const std::uint32_t size =
        threads_ == 1 ? last - node : std::clamp((last - node) / (4 * threads_), 1U, kLargestChunk);
    while (node < last) {
      const std::uint32_t end = last - node <= size ? last : node + size;
      chunks_.push_back({node, end});
      node = end;
    }
    level_end_.push_back(chunks_.size());
  }
}

void LevelSweep::run(const Body& body) const {
  if (threads_ == 1) {
    for (std::size_t i = 0; i < chunks_.size(); ++i) body(0, chunks_[i], i);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_lock;
  std::size_t level = 0;
  // Threads overshoot the end of a level when they ask for more; the last to arrive puts the counter back.
  const auto end_level = [&]() noexcept {
    next.store(level_end_[level], std::memory_order_relaxed);
    ++level;
  };
  std::barrier done(static_cast<std::ptrdiff_t>(threads_), end_level);
  const auto work = [&](unsigned thread) {
    for (const std::size_t end : level_end_) {
      for (;;) {
        const std::size_t chunk = next.fetch_add(1, std::memory_order_relaxed);
        if (chunk >= end || failed.load(std::memory_order_relaxed)) break;
        try {
          body(thread, chunks_[chunk], chunk);
        } catch (...) {
          const std::scoped_lock hold(failure_lock);
          if (!failed.exchange(true)) failure = std::current_exception();
        }
      }
      done.arrive_and_wait();
    }
  };
  std::vector<std::thread> others;
  others.reserve(threads_ - 1);
  for (unsigned thread = 1; thread < threads_; ++thread) {
    try {
      others.emplace_back(work, thread);
    } catch (const std::system_error&) {
      done.arrive_and_drop();  // the machine gives no more threads: the others do its part
    }
  }
  work(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace jenjang::rollup
