#include "progress.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <memory>
#include <unistd.h>

namespace jenjang::cli {
namespace {

std::atomic<bool> stop_asked{false};
std::atomic<std::int64_t> first_asked{0};  // milliseconds of the steady clock; 0: never
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free,
              "a signal handler may touch nothing else");

// Who asks again does not want to wait for the next look. But one request may come as two signals, to the process and
// to its group: what comes within a second is the same request.
void ask_to_stop(int signal) {
  constexpr std::int64_t kSame = 1000;
  const int kept = errno;
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t at = static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 + 1;
  std::int64_t before = 0;
  if (first_asked.compare_exchange_strong(before, at)) {
    stop_asked.store(true, std::memory_order_relaxed);
  } else if (at - before >= kSame) {
    struct sigaction action{};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
    raise(signal);
  }
  errno = kept;
}

void catch_signals() {
  struct sigaction action{};
  action.sa_handler = ask_to_stop;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a write that waits for its reader would be taken up again, and nobody would look.
  for (const int signal : {SIGINT, SIGTERM}) {
    // A program started in the background is not to hear the terminal: what is ignored stays ignored.
    struct sigaction before{};
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
}

struct StageWords {
  const char *id, *en;
};
constexpr std::array<StageWords, kStages> kWords{{{"membaca rencana", "reading the plan"},
                                                  {"menyusun model", "building the model"},
                                                  {"membaca realisasi", "reading realisations"},
                                                  {"kaskade target", "cascading targets"},
                                                  {"menghitung hasil", "rolling up"},
                                                  {"memeriksa", "checking"},
                                                  {"menyusun baris", "making rows"},
                                                  {"menulis hasil", "writing results"},
                                                  {"membuat snapshot", "making the snapshot"},
                                                  {"mencatat", "recording"},
                                                  {"membuat rencana tiruan", "making the synthetic plan"},
                                                  {"menilai", "scoring"}}};

class ProgressLine {
public:
  ProgressLine(const Speech& say, bool terminal) : say_(say), terminal_(terminal) {}

  void tell(Stage stage, std::uint64_t done, std::uint64_t all) {
    // Without a terminal a line for each stage as it begins: the same lines whatever the speed.
    if (!terminal_) {
      if (std::exchange(told_, stage) != stage) write(stage_name(stage, say_) + "\n");
      return;
    }
    const Clock::time_point now = Clock::now();
    if (now < next_) return;
    next_ = now + kEvery;
    std::string line = stage_name(stage, say_);
    if (all > 0) {
      constexpr std::size_t kWidth = 30;
      const auto part = static_cast<double>(std::min(done, all)) / static_cast<double>(all);
      const auto full = static_cast<std::size_t>(part * kWidth);
      line = "[" + std::string(full, '#') + std::string(kWidth - full, ' ') + "] " +
             std::to_string(static_cast<int>(part * 100)) + " %  " + line;
    } else {
      line += " ...";
    }
    const std::size_t longest = std::max(shown_, line.size());
    shown_ = line.size();
    write("\r" + line + std::string(longest - line.size(), ' '));
  }

  void clear() {
    if (shown_ > 0) write("\r" + std::string(shown_, ' ') + "\r");
    shown_ = 0;
  }

private:
  using Clock = std::chrono::steady_clock;
  // A line for less than a second would only flicker.
  static constexpr std::chrono::milliseconds kFirst{1000}, kEvery{100};

  static void write(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
  }

  const Speech say_;
  bool terminal_;
  std::size_t shown_ = 0;
  std::optional<Stage> told_;
  Clock::time_point next_ = Clock::now() + kFirst;
};

std::unique_ptr<ProgressLine> line;

}  // namespace

std::string stage_name(Stage stage, const Speech& say) {
  const StageWords& words = kWords[static_cast<std::size_t>(stage)];
  return std::string(say(words.id, words.en));
}

const Watch& watch_for(const Options& options) {
  static const Watch watch = [&] {
    catch_signals();
    const bool terminal = isatty(STDERR_FILENO) == 1;
    Watch::Progress progress;
    if (terminal || options.raw.progress) {
      line = std::make_unique<ProgressLine>(options.say, terminal);
      progress = [](Stage stage, std::uint64_t done, std::uint64_t all) { line->tell(stage, done, all); };
    }
    return Watch(&stop_asked, std::move(progress));
  }();
  return watch;
}

void clear_progress() {
  if (line) line->clear();
}

}  // namespace jenjang::cli
