// Watch: somebody looks on at a piece of work that may take long, and may end it.
//
//   std::atomic<bool> stop{false};
//   Watch watch(&stop, [](Stage stage, std::uint64_t done, std::uint64_t all) { ... });
//   WorkspaceOptions options;
//   options.watch = &watch;          // or of CascadeOptions, RollupOptions, RecordOptions, ...
//
// The work looks some thousand times. When the flag stands, the next look throws Stopped: memory is given back and
// transactions are undone on the way out, and what the work was to fill is not to be read. Whoever gives no watch never
// sees that. A null pointer is no watch.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#include <utility>

namespace jenjang {

enum class Stage : std::uint8_t {
  plan,
  model,
  facts,
  cascade,
  rollup,
  findings,
  rows,
  text,
  snapshot,
  record,
  making,
  scoring
};
inline constexpr std::size_t kStages = 12;

class Stopped : public std::exception {
public:
  explicit Stopped(Stage stage) : stage_(stage) {}
  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] const char* what() const noexcept override { return "stopped by its watch"; }

private:
  Stage stage_;
};

class Watch {
public:
  // How much is done of how much; `all` is 0 where nobody knows. Called in the thread that made the watch, and only
  // there; throws nothing.
  using Progress = std::function<void(Stage, std::uint64_t done, std::uint64_t all)>;
  explicit Watch(const std::atomic<bool>* stop, Progress progress = {}) : stop_(stop), progress_(std::move(progress)) {}

  // From any thread. Costs one read of the flag where nobody is told anything.
  void look(Stage stage, std::uint64_t done = 0, std::uint64_t all = 0) const {
    if (asked()) throw Stopped(stage);
    tell(stage, done, all);
  }
  // The halves of a look, for work that must not be left by an exception.
  [[nodiscard]] bool asked() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  void tell(Stage stage, std::uint64_t done, std::uint64_t all) const {
    if (progress_ && std::this_thread::get_id() == teller_) progress_(stage, done, all);
  }
  [[nodiscard]] const std::atomic<bool>* flag() const { return stop_; }

private:
  const std::atomic<bool>* stop_;
  Progress progress_;
  std::thread::id teller_ = std::this_thread::get_id();
};

inline void look(const Watch* watch, Stage stage, std::uint64_t done = 0, std::uint64_t all = 0) {
  if (watch != nullptr) watch->look(stage, done, all);
}

// In loops of short steps: a look at every 1024th.
inline void look_now_and_then(const Watch* watch, Stage stage, std::uint64_t done, std::uint64_t all = 0) {
  if (watch != nullptr && done % 1024 == 0) watch->look(stage, done, all);
}

}  // namespace jenjang
