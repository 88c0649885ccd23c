// Numbers and hashes of the entries of one append, made ahead of whoever writes them.
//
// The chain is one after the other by nature, but an entry can be hashed while those before it go into the tables. For
// imports a second thread runs ahead; where it lags behind, or there is none, the writer does the next ones itself. The
// hashes are the same either way.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <span>
#include <thread>

#include "jenjang/journal/journal.h"

#include "engine/journal/encoding.h"

namespace jenjang::journal {

// Gives the entries their numbers and hashes behind `head`, which becomes that of the last.
void chain_all(Chain& chain, std::span<Entry> entries, JournalHead& head);

class Chaining {
public:
  // Nobody else may use `chain` or `entries` until the end, but for entries that `through` has promised.
  Chaining(Chain& chain, std::span<Entry> entries, const JournalHead& head);
  ~Chaining();
  Chaining(const Chaining&) = delete;
  Chaining& operator=(const Chaining&) = delete;

  // Returns when the first `count` entries are chained.
  void through(std::size_t count);
  // Behind the last entry, when all are chained.
  [[nodiscard]] const JournalHead& head() const { return head_; }

private:
  void some();  // the next ones; under the lock

  Chain& chain_;
  std::span<Entry> entries_;
  JournalHead head_;  // behind the first done_
  std::mutex turn_;   // of the chain
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> over_{false};
  std::thread ahead_;
};

}  // namespace jenjang::journal
