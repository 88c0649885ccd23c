// Appending: entries get their numbers and hashes and go into the tables, all or none.
#include <cassert>

#include "engine/journal/state.h"

namespace jenjang {
namespace {

// Rows that one statement inserts. To start and end one (its lock, its cursors, its result) for every row took a
// quarter of the work; twice these numbers saves one part in a hundred more (docs/decisions/0021-journal.md).
constexpr int kEntriesAtOnce = 32, kCellsAtOnce = 128;
// Entries that a journal in memory collects: few, so that nobody waits long for the one that fills it, and none that is
// so large that the tables might refuse it.
constexpr std::size_t kMostWaiting = 256, kMostBytesWaiting = std::size_t{1} << 20U;

void run(SQLite::Statement& statement) {
  const journal::AtStart at_start(statement);
  statement.exec();
}

SQLite::Statement& made(std::optional<SQLite::Statement>& statement, SQLite::Database& db, std::string (*sql)(int),
                        int rows) {
  return statement ? *statement : statement.emplace(db, sql(rows));
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

std::string journal::insert_cells_sql(int rows) {
  std::string sql = "INSERT INTO cell (code, unit, period, seq) VALUES (?,?,?,?)";
  for (int k = 1; k < rows; ++k) sql += ",(?,?,?,?)";
  return sql;
}

Journal::State::Last Journal::State::last() {
  const journal::AtStart at_start(last_row);
  if (!last_row.executeStep()) return {};
  return {{static_cast<std::uint64_t>(last_row.getColumn(0).getInt64()), journal::digest_from(last_row.getColumn(1))},
          {last_row.getColumn(2).getInt64()}};
}

void Journal::State::chain_all(std::span<Entry> entries, JournalHead& head) {
  for (Entry& entry : entries) {
    entry.seq = ++head.seq;
    entry.hash = head.hash = chain.hash(entry, head.hash);
  }
}

void Journal::State::insert_all(std::span<Entry> entries, JournalHead* head) {
  std::vector<journal::CellRow> cells;
  cells.reserve(entries.size());
  journal::LastWords last;
  std::array<journal::RowBytes, kEntriesAtOnce> bytes;
  const auto insert_some = [&](SQLite::Statement& statement, std::span<Entry> some) {
    // A few at a time, while they are in the processor's cache.
    if (head != nullptr) chain_all(some, *head);
    const journal::AtStart at_start(statement);
    statement.clearBindings();
    for (std::size_t k = 0; k < some.size(); ++k) {
      const journal::CellNumbers cell =
          journal::bind_row(statement, static_cast<int>(k), some[k], words, files, last, bytes[k]);
      cells.push_back({cell.code, cell.unit, cell.period, journal::signed_of(some[k].seq)});
    }
    statement.exec();
  };
  for (; entries.size() >= kEntriesAtOnce; entries = entries.subspan(kEntriesAtOnce))
    insert_some(made(insert_many, db, journal::insert_rows_sql, kEntriesAtOnce), entries.first(kEntriesAtOnce));
  for (; !entries.empty(); entries = entries.subspan(1)) insert_some(insert, entries.first(1));
  insert_cells(cells);
}

void Journal::State::insert_cells(std::vector<journal::CellRow>& cells) {
  // In the order of the table: every page is then written once, whatever the order of the rows.
  std::sort(cells.begin(), cells.end());
  const auto insert_some = [](SQLite::Statement& statement, std::span<const journal::CellRow> some) {
    const journal::AtStart at_start(statement);
    int at = 0;
    for (const journal::CellRow& cell : some)
      for (const std::int64_t number : {cell.code, cell.unit, cell.period, cell.seq}) statement.bind(++at, number);
    statement.exec();
  };
  std::span<const journal::CellRow> rest(cells);
  for (; rest.size() >= kCellsAtOnce; rest = rest.subspan(kCellsAtOnce))
    insert_some(made(add_cells, db, journal::insert_cells_sql, kCellsAtOnce), rest.first(kCellsAtOnce));
  for (; !rest.empty(); rest = rest.subspan(1)) insert_some(*add_cell, rest.first(1));
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
    chain_all(entries, last.head);
    waiting->entries.reserve(kMostWaiting);  // what follows cannot fail half-way
    for (Entry& entry : entries) waiting->entries.push_back(std::move(entry));
  } else {
    settle();
    Transaction transaction(*this);
    keep(texts);
    insert_all(entries, &last.head);
    transaction.commit();
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
    JournalHead head = last.head;
    next = head.seq + 1;
    std::vector<Entry> entries = prepare(*this);
    if (auto failure = before_the_last(entries, head, last.recorded)) return std::move(*failure);
    if (!texts.empty() && !entries.empty()) state.keep(texts);
    state.insert_all(entries, &head);
    transaction.commit();
    return head;
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
