// The same work on numbered parts by several threads, each part once.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace jenjang {

// `make_work()` gives each thread its own work, called with the numbers 0 .. parts - 1 that come to it, in rising
// order. The calling thread works too, alone when the machine gives no more. The first exception is passed on.
template <class MakeWork>
void side_by_side(unsigned threads, std::size_t parts, const MakeWork& make_work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_lock;
  const auto run = [&] {
    try {
      auto work = make_work();
      for (std::size_t part = next.fetch_add(1); part < parts; part = next.fetch_add(1)) work(part);
    } catch (...) {
      next.store(parts);
      const std::scoped_lock hold(failure_lock);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, parts); ++i) {
    try {
      others.emplace_back(run);
    } catch (const std::system_error&) {
      break;
    }
  }
  run();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace jenjang
