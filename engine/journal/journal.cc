#include "jenjang/journal/journal.h"

#include <algorithm>

#include "engine/journal/state.h"

namespace jenjang {
namespace {

std::string select_sql(std::string_view condition) {
  return "SELECT " + journal::row_columns() + " FROM entry WHERE " + std::string(condition) + " ORDER BY seq";
}

}  // namespace

Journal::State::State(SQLite::Database connection, std::filesystem::path file, int version, bool for_writing)
    : path(std::move(file)),
      name(path.generic_string()),
      db(std::move(connection)),
      schema(version),
      writable(for_writing),
      words(db),
      files(db, words),
      last_row(db, "SELECT seq, hash, recorded FROM entry ORDER BY seq DESC LIMIT 1"),
      add_text(db, "INSERT OR IGNORE INTO kept (digest, bytes) VALUES (?, ?)"),
      find_text(db, "SELECT bytes FROM kept WHERE digest = ?"),
      recorded_of(db, "SELECT recorded FROM entry WHERE seq = ?"),
      hash_of(db, "SELECT hash FROM entry WHERE seq = ?"),
      // Version 1 has no table of cells; there the entries are searched one by one.
      of_cell(db, select_sql(version < 2 ? "code = ? AND unit = ? AND period = ?"
                                         : "seq IN (SELECT seq FROM cell WHERE code = ? AND unit = ? AND period = ?)")),
      begin(db, "BEGIN IMMEDIATE"),
      commit(db, "COMMIT"),
      rollback(db, "ROLLBACK"),
      cells(db) {}

std::optional<Digest> Journal::State::hash_before(std::uint64_t seq) {
  if (seq <= 1) return Digest{};
  const journal::AtStart at_start(hash_of);
  hash_of.bind(1, journal::signed_of(seq - 1));
  if (!hash_of.executeStep()) return std::nullopt;
  return journal::digest_from(hash_of.getColumn(0));
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;

const std::filesystem::path& Journal::path() const {
  return state_->path;
}
int Journal::schema_version() const {
  return state_->schema;
}
const std::optional<Diagnostic>& Journal::fault() const {
  return state_->fault;
}
JournalHead Journal::head() const {
  if (state_->waiting) return state_->waiting->last.head;
  return state_->guarded(JournalHead{}, [&] { return state_->last().head; });
}

std::optional<Diagnostic> Journal::read(std::uint64_t first, std::uint64_t last,
                                        const std::function<bool(const Entry&)>& visit) const {
  State& state = *state_;
  first = std::max<std::uint64_t>(first, 1);
  std::uint64_t expected = first;
  const auto fail = [&](Diagnostic failure) {
    state.note(failure);
    return failure;
  };
  try {
    state.settle();
    // A statement of its own: `visit` may read too.
    SQLite::Statement rows(state.db, select_sql("seq >= ? AND seq <= ?"));
    rows.bind(1, journal::signed_of(first));
    rows.bind(2, last == 0 ? INT64_MAX : journal::signed_of(last));
    Digest previous{};
    for (; rows.executeStep(); ++expected) {
      if (expected == first) {
        const std::optional<Digest> before = state.hash_before(first);
        if (!before) return fail(journal::changed_entry(Code::J3009, state.name, first - 1));
        previous = *before;
      }
      if (rows.getColumn(0).getInt64() != journal::signed_of(expected))
        return fail(journal::changed_entry(Code::J3009, state.name, expected));
      const Entry entry = journal::entry_from(rows, state.words, state.files);
      if (state.chain.hash(entry, previous) != entry.hash)
        return fail(journal::changed_entry(Code::J3008, state.name, expected));
      previous = entry.hash;
      if (!visit(entry)) break;
    }
    return std::nullopt;
  } catch (const SQLite::Exception& error) {
    return fail(journal::failure_of(error, state.name, expected));
  } catch (const journal::Damage& error) {
    return fail(journal::damage(state.name, expected, error.what()));
  }
}

std::optional<Diagnostic> Journal::read_kind(EntryKind kind, const std::function<bool(const Entry&)>& visit) const {
  State& state = *state_;
  std::uint64_t seq = 0;
  const auto bad = [&]() -> std::optional<Diagnostic> {
    try {
      state.settle();
      SQLite::Statement rows(state.db, select_sql("kind = ?"));
      rows.bind(1, static_cast<int>(kind));
      while (rows.executeStep()) {
        seq = static_cast<std::uint64_t>(rows.getColumn(0).getInt64());
        const std::optional<Digest> previous = state.hash_before(seq);
        if (!previous) return journal::changed_entry(Code::J3009, state.name, seq - 1);
        const Entry entry = journal::entry_from(rows, state.words, state.files);
        if (state.chain.hash(entry, *previous) != entry.hash)
          return journal::changed_entry(Code::J3008, state.name, seq);
        if (!visit(entry)) break;
      }
      return std::nullopt;
    } catch (const SQLite::Exception& error) {
      return journal::failure_of(error, state.name, seq + 1);
    } catch (const journal::Damage& error) {
      return journal::damage(state.name, seq, error.what());
    }
  };
  std::optional<Diagnostic> found = bad();
  if (!found) return std::nullopt;
  // What is told is the first bad entry of the file, of whatever kind.
  if (auto first = read(1, 0, [](const Entry&) { return true; })) return first;
  state.note(*found);
  return found;
}

std::uint64_t Journal::last_before(Moment moment) const {
  State& state = *state_;
  std::uint64_t end = 0;
  const std::uint64_t last = state.guarded(std::uint64_t{0}, [&] {
    // Recorded times never fall, so the place is found by halving: entries up to `low` are at or before it.
    std::uint64_t low = 0, high = end = state.last().head.seq;
    while (low < high) {
      const std::uint64_t middle = low + (high - low + 1) / 2;
      const journal::AtStart at_start(state.recorded_of);
      state.recorded_of.bind(1, journal::signed_of(middle));
      if (!state.recorded_of.executeStep()) throw journal::Damage("entry " + std::to_string(middle));
      if (state.recorded_of.getColumn(0).getInt64() <= moment.seconds)
        low = middle;
      else
        high = middle - 1;
    }
    return low;
  });
  // Whoever reads up to here checks those entries; the next one made the cut by its time, which is true only if its
  // hash is.
  if (last < end) read(last + 1, last + 1, [](const Entry&) { return true; });
  return last;
}

bool Journal::has_import(const Digest& file) const {
  return state_->guarded(false, [&] { return state_->files.has(file); });
}

std::vector<Entry> Journal::history(const Observation& cell) const {
  State& state = *state_;
  return state.guarded(std::vector<Entry>{}, [&] {
    std::vector<Entry> found;
    const auto code = state.words.find(cell.code), unit = state.words.find(cell.unit);
    if (!code || !unit) return found;
    const journal::AtStart at_start(state.of_cell);
    state.of_cell.bind(1, *code);
    state.of_cell.bind(2, *unit);
    state.of_cell.bind(3, journal::number_of(cell.period));
    while (state.of_cell.executeStep()) {
      Entry entry = journal::entry_from(state.of_cell, state.words, state.files);
      if (entry.figure.authority == cell.authority) found.push_back(std::move(entry));
    }
    return found;
  });
}

void Journal::at_one_state(const std::function<void()>& work) const {
  struct Hold {
    SQLite::Database& db;
    bool held;
    ~Hold() {
      if (held) db.tryExec("RELEASE one_state");
    }
  };
  State& state = *state_;
  // Inside of a transaction too, as BEGIN could not.
  const bool held = state.guarded(false, [&state] {
    state.db.exec("SAVEPOINT one_state");
    return true;
  });
  const Hold hold{state.db, held};
  work();
}

bool Journal::has_text(const Digest& digest) const {
  State& state = *state_;
  return state.guarded(false, [&] {
    const journal::AtStart at_start(state.find_text);
    state.find_text.bindNoCopy(1, digest.data(), static_cast<int>(digest.size()));
    return state.find_text.executeStep();
  });
}

std::optional<std::string> Journal::text(const Digest& digest) const {
  State& state = *state_;
  return state.guarded(std::optional<std::string>(), [&]() -> std::optional<std::string> {
    const journal::AtStart at_start(state.find_text);
    state.find_text.bindNoCopy(1, digest.data(), static_cast<int>(digest.size()));
    if (!state.find_text.executeStep()) return std::nullopt;
    return state.find_text.getColumn(0).getString();
  });
}

}  // namespace jenjang
