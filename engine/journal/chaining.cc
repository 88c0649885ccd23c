#include "engine/journal/chaining.h"

#include <algorithm>
#include <system_error>

namespace jenjang::journal {
namespace {

// Some tens of microseconds of work: what the writer waits for at most while the other thread runs.
constexpr std::size_t kAtOnce = 64;
// A thread costs as much as hashing some hundred entries.
constexpr std::size_t kWorthAThread = 4096;

}  // namespace

void chain_all(Chain& chain, std::span<Entry> entries, JournalHead& head) {
  for (Entry& entry : entries) {
    entry.seq = ++head.seq;
    entry.hash = head.hash = chain.hash(entry, head.hash);
  }
}

Chaining::Chaining(Chain& chain, std::span<Entry> entries, const JournalHead& head)
    : chain_(chain), entries_(entries), head_(head) {
  if (entries.size() < kWorthAThread) return;
  const auto run_ahead = [this] {
    try {
      while (!over_ && done_ < entries_.size()) {
        const std::lock_guard lock(turn_);
        some();
      }
    } catch (...) {
      over_ = true;  // out of memory: the writer goes on alone and meets it too, or not
    }
  };
  try {
    ahead_ = std::thread(run_ahead);
  } catch (const std::system_error&) {
    over_ = true;  // no more threads to be had: the writer does it all
  }
}

Chaining::~Chaining() {
  over_ = true;
  if (ahead_.joinable()) ahead_.join();
}

void Chaining::some() {
  const std::size_t from = done_, count = std::min(kAtOnce, entries_.size() - from);
  JournalHead head = head_;  // kept as it is when something throws half-way
  chain_all(chain_, entries_.subspan(from, count), head);
  head_ = head;
  done_ = from + count;
}

void Chaining::through(std::size_t count) {
  while (done_ < count) {
    if (const std::unique_lock lock(turn_, std::try_to_lock); !lock)
      std::this_thread::yield();
    else if (done_ < count)
      some();
  }
}

}  // namespace jenjang::journal
