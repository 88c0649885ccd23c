#include "engine/synthetic/ranges.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace jenjang::synthetic {

void for_ranges(std::uint64_t begin, std::uint64_t end, unsigned threads,
                const std::function<void(std::uint64_t, std::uint64_t)>& work) {
  constexpr std::uint64_t kPiece = 1U << 12U;
  if (threads <= 1 || end - begin <= kPiece) {
    if (begin < end) work(begin, end);
    return;
  }
  std::atomic<std::uint64_t> next{begin};
  std::exception_ptr failure;
  std::mutex guard;
  const auto take = [&] {
    try {
      for (;;) {
        const std::uint64_t first = next.fetch_add(kPiece);
        if (first >= end) return;
        work(first, std::min(end, first + kPiece));
      }
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      next = end;
    }
  };
  std::vector<std::thread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(take);
  take();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace jenjang::synthetic
