// Journal: an append-only, hash-chained list of entries in one SQLite file, and the bytes they rest on.
//
// One file, write-ahead log, synchronous=FULL: an append that returned is on disk. Several processes may read and one
// at a time writes; the others wait. Every append is one transaction: all of it or nothing. Nothing is ever updated
// or deleted (triggers refuse it). docs/reference/journal-format.md is the format; docs/decisions/0021 the why.
// Not thread-safe: one Journal object per thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/result.h"
#include "jenjang/journal/entry.h"

namespace jenjang {

// The last entry: what a printed result names, and what a later reader compares with.
struct JournalHead {
  std::uint64_t seq = 0;  // 0: empty
  Digest hash{};          // of the empty journal: all zero
  // "41:9f2c..." with the first 16 hexadecimal digits; parse takes 8 to 64 of them.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const JournalHead&, const JournalHead&) = default;
};
struct WantedHead {
  std::uint64_t seq = 0;
  std::string hash_prefix;  // lower case
  static std::optional<WantedHead> parse(std::string_view text);
};

enum class JournalAccess : std::uint8_t { read, write, create };  // create: write, and make the file when missing

struct VerifyReport {
  bool sound = true;
  std::uint64_t entries = 0;    // read and found good
  std::uint64_t first_bad = 0;  // 0: none
  JournalHead head;
  std::vector<Diagnostic> findings;  // J30xx: torn, edited, missing text, gap, head differs
};

class Journal {
public:
  // J3001 no such journal, J3002 not a journal, J3003 on a network file system (repair: --journal PATH), J3004 cannot
  // be opened or written, J3005 damaged (names the first entry that cannot be read), J3007 a newer schema. Older
  // schemas are migrated when opened for writing, in one transaction, and read as they are otherwise. A new journal
  // appears under its name complete or not at all. `wait`: how long another process may hold the file (J3015).
  static Result<Journal> open(const std::filesystem::path& path, JournalAccess access,
                              std::chrono::milliseconds wait = std::chrono::seconds(30));
  // Without a file, and so without other readers: entries are chained at once and go to the tables a few hundred at a
  // time, or when something is read.
  static Journal in_memory();
  ~Journal();
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;

  [[nodiscard]] const std::filesystem::path& path() const;  // empty: in memory
  [[nodiscard]] JournalHead head() const;                   // of the file as it is now
  [[nodiscard]] int schema_version() const;

  // Appends all or nothing. `prepare` runs inside the transaction, after every entry of other writers is visible,
  // and returns what to append (it may read the journal to decide, and may return nothing). Entries get their seq
  // and hash; `texts` are stored beside them by digest, and not without an entry. Returns the new head. After a failure
  // nothing is changed: J3006 a recorded time before that of the last entry, J3015 locked too long, J3016 disk full,
  // J3004 any other failure of the disk, J3005 damaged. What `prepare` throws is thrown on.
  using Prepare = std::function<std::vector<Entry>(const Journal&)>;
  Result<JournalHead> append(const Prepare& prepare, std::span<const std::string> texts = {});
  Result<JournalHead> append(std::vector<Entry> entries, std::span<const std::string> texts = {});

  // Entries first..last (inclusive, last 0: the end) in order; `visit` returns false to stop. Every entry is checked
  // against its hash before it is visited; at the first that fails reading stops, and the reason comes back: J3005
  // unreadable, J3008 changed, J3009 gone. One consistent state of the file, whatever others append meanwhile.
  std::optional<Diagnostic> read(std::uint64_t first, std::uint64_t last,
                                 const std::function<bool(const Entry&)>& visit) const;
  // Entries of one kind in order, each checked against its hash and the hash before it, the others not at all: where a
  // few are wanted to decide what to read, and `read` follows. After a failure all are read, to name the first bad one.
  std::optional<Diagnostic> read_kind(EntryKind kind, const std::function<bool(const Entry&)>& visit) const;
  // The first damage that any call met; what the others return (head, history, text ...) stands only without one.
  [[nodiscard]] const std::optional<Diagnostic>& fault() const;
  // The last sequence number recorded at or before `moment`; 0 when there is none. The entry after it is checked (a
  // changed one is a fault), those before it are by whoever reads them.
  [[nodiscard]] std::uint64_t last_before(Moment moment) const;
  // True when a file with this digest was imported before: imports are whole, so one entry from it tells.
  [[nodiscard]] bool has_import(const Digest& file) const;
  // All entries about one cell, oldest first: what `record` compares a row with. By code, unit, authority and period
  // as they were recorded.
  [[nodiscard]] std::vector<Entry> history(const Observation& cell) const;
  // Calls `work`. All that it reads is one state of the file, which is locked once instead of at every call.
  void at_one_state(const std::function<void()>& work) const;

  [[nodiscard]] bool has_text(const Digest& digest) const;
  [[nodiscard]] std::optional<std::string> text(const Digest& digest) const;

  // Reads everything, recomputes every hash. Never stops at the first fault of one kind: names the first bad entry.
  [[nodiscard]] VerifyReport verify(const std::optional<WantedHead>& wanted = std::nullopt) const;

private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jenjang
