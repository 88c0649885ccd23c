// Appending: entries get their numbers and hashes and go into the tables, all or none.
#include <cassert>

#include "engine/journal/state.h"

namespace jenjang {
namespace {

// Rows that one statement inserts. To start and end one (its lock, its cursors, its result) for every row took a
// quarter of the work; twice this number saves one part in a hundred more (docs/decisions/0021-journal.md).
constexpr std::size_t kEntriesAtOnce = 32;
// Entries that a journal in memory collects: few, so that nobody waits long for the one that fills it, and none that is
// so large that the tables might refuse it.
constexpr std::size_t kMostWaiting = 256, kMostBytesWaiting = std::size_t{1} << 20U;

void run(SQLite::Statement& statement) {
  const journal::AtStart at_start(statement);
  statement.exec();
}

std::optional<Diagnostic> before_the_last(std::span<const Entry> entries, const JournalHead& head, Moment latest) {
  for (std::size_t k = 0; k < entries.size(); ++k) {
    if ((head.seq > 0 || k > 0) && entries[k].recorded < latest)
      return make_diagnostic(Code::J3006, {})
          .arg("waktu", entries[k].recorded.to_string({}))
          .arg("urutan", std::to_string(head.seq + k))
          .arg("terakhir", latest.to_string({}));
    latest = entries[k].recorded;
  }
  return std::nullopt;
}

// From BEGIN to COMMIT, or back; a rollback takes new words back too.
template <class State>
class Transaction {
public:
  explicit Transaction(State& state) : state_(state) { run(state.begin); }
  ~Transaction() {
    if (done_) return;
    // Where SQLite has rolled back by itself (a full disk) this fails and changes nothing.
    state_.rollback.tryExecuteStep();
    state_.rollback.tryReset();
    state_.words.forget();
    state_.files.forget();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    run(state_.commit);
    done_ = true;
  }

private:
  State& state_;
  bool done_ = false;
};

}  // namespace

Journal::State::Last Journal::State::last() {
  const journal::AtStart at_start(last_row);
  if (!last_row.executeStep()) return {};
  return {{static_cast<std::uint64_t>(last_row.getColumn(0).getInt64()), journal::digest_from(last_row.getColumn(1))},
          {last_row.getColumn(2).getInt64()}};
}

void Journal::State::insert_all(std::span<const Entry> entries, journal::Chaining* chaining) {
  std::vector<journal::CellRow> found;
  found.reserve(entries.size());
  journal::LastWords last;
  const auto insert_some = [&](std::optional<journal::RowWriter>& writer, std::size_t rows, int columns,
                               std::span<const Entry> some) {
    if (!writer) writer.emplace(db, rows, columns);
    writer->insert(some, words, files, last, found);
  };
  for (std::size_t at = 0; at < entries.size();) {
    const std::size_t left = entries.size() - at, rows = left < kEntriesAtOnce ? 1 : kEntriesAtOnce;
    if (chaining != nullptr) chaining->through(at + rows);
    const std::span<const Entry> some = entries.subspan(at, rows);
    if (rows == 1)
      insert_some(insert_one, 1, journal::kColumns, some);
    else if (std::all_of(some.begin(), some.end(), journal::is_common))
      insert_some(insert_common, kEntriesAtOnce, journal::kCommonColumns, some);
    else
      insert_some(insert_many, kEntriesAtOnce, journal::kColumns, some);
    at += rows;
  }
  cells.insert(found);
}

void Journal::State::keep(std::span<const std::string> texts) {
  journal::Sha256 sha;
  for (const std::string& text : texts) {
    const Digest digest = sha(text);
    const journal::AtStart at_start(add_text);
    add_text.bindNoCopy(1, digest.data(), static_cast<int>(digest.size()));
    add_text.bindNoCopy(2, text.data(), static_cast<int>(text.size()));
    add_text.exec();
  }
}

void Journal::State::settle() {
  if (!waiting || waiting->entries.empty()) return;
  Transaction transaction(*this);
  insert_all(waiting->entries, nullptr);
  transaction.commit();
  waiting->entries.clear();
}

// Nobody else sees the tables, so what `prepare` reads stays true without a transaction.
Result<JournalHead> Journal::State::append_in_memory(const Prepare& prepare, const Journal& journal,
                                                     std::span<const std::string> texts) {
  std::vector<Entry> entries = prepare(journal);
  if (entries.empty()) return waiting->last.head;
  Last last = waiting->last;
  if (auto failure = before_the_last(entries, last.head, last.recorded)) return std::move(*failure);
  last.recorded = entries.back().recorded;
  const bool small = std::all_of(entries.begin(), entries.end(),
                                 [](const Entry& x) { return journal::room_for(x) <= kMostBytesWaiting; });
  if (texts.empty() && small && entries.size() <= kMostWaiting) {
    if (waiting->entries.size() + entries.size() > kMostWaiting) settle();
    journal::chain_all(chain, entries, last.head);
    waiting->entries.reserve(kMostWaiting);  // what follows cannot fail half-way
    for (Entry& entry : entries) waiting->entries.push_back(std::move(entry));
  } else {
    settle();
    Transaction transaction(*this);
    keep(texts);
    journal::Chaining chaining(chain, entries, last.head);
    insert_all(entries, &chaining);
    transaction.commit();
    last.head = chaining.head();
  }
  waiting->last = last;
  return last.head;
}

Result<JournalHead> Journal::append(const Prepare& prepare, std::span<const std::string> texts) {
  State& state = *state_;
  assert(!state.in_append && "append inside prepare");
  if (!state.writable) return make_diagnostic(Code::J3004, {}).arg("berkas", state.name).arg("sebab", "read-only");
  struct Mark {  // also when `prepare` throws
    bool& flag;
    explicit Mark(bool& x) : flag(x) { flag = true; }
    ~Mark() { flag = false; }
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;
  } const mark(state.in_append);
  std::uint64_t next = 1;
  try {
    if (state.waiting) {
      next = state.waiting->last.head.seq + 1;
      return state.append_in_memory(prepare, *this, texts);
    }
    Transaction transaction(state);
    const State::Last last = state.last();
    next = last.head.seq + 1;
    std::vector<Entry> entries = prepare(*this);
    if (auto failure = before_the_last(entries, last.head, last.recorded)) return std::move(*failure);
    if (!texts.empty() && !entries.empty()) state.keep(texts);
    journal::Chaining chaining(state.chain, entries, last.head);
    state.insert_all(entries, &chaining);
    transaction.commit();
    return chaining.head();
  } catch (const SQLite::Exception& error) {
    return journal::failure_of(error, state.name, next);
  } catch (const journal::Damage& error) {
    return journal::damage(state.name, next, error.what());
  }
}

Result<JournalHead> Journal::append(std::vector<Entry> entries, std::span<const std::string> texts) {
  return append([&](const Journal&) { return std::move(entries); }, texts);
}

}  // namespace jenjang
