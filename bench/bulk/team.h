// A few threads that wait for work: the hand-written sweeps may keep theirs, so that a run starts in microseconds.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

namespace jenjang::bench {

class Team {
public:
  explicit Team(unsigned threads) {
    for (unsigned thread = 1; thread < threads; ++thread) others_.emplace_back([this, thread] { serve(thread); });
  }
  ~Team() {
    work_ = nullptr;
    call();
    for (std::thread& other : others_) other.join();
  }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(others_.size()) + 1; }

  // Calls work(thread) once on each thread, the caller being thread 0.
  void run(std::function<void(unsigned)> work) {
    if (others_.empty()) return work(0);
    work_ = std::move(work);
    busy_.store(static_cast<unsigned>(others_.size()), std::memory_order_relaxed);
    call();
    work_(0);
    wait_until([this] { return busy_.load(std::memory_order_acquire) == 0; });
  }

  template <class Done>
  static void wait_until(Done&& done) {
    for (int spin = 0; !done(); ++spin) {
      if (spin > 4000) {
        std::this_thread::yield();
      } else {
        __builtin_ia32_pause();
      }
    }
  }

private:
  void call() {
    order_.fetch_add(1, std::memory_order_release);
    order_.notify_all();
  }
  void serve(unsigned thread) {
    for (std::uint32_t seen = 0;;) {
      order_.wait(seen, std::memory_order_acquire);
      seen = order_.load(std::memory_order_acquire);
      if (!work_) return;
      work_(thread);
      busy_.fetch_sub(1, std::memory_order_release);
    }
  }
  std::function<void(unsigned)> work_;
  std::atomic<std::uint32_t> order_ = 0;
  std::atomic<unsigned> busy_ = 0;
  std::vector<std::thread> others_;
};

}  // namespace jenjang::bench
