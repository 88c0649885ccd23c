#include "jenjang/journal/journal.h"

#include <algorithm>
#include <cassert>

#include "engine/journal/state.h"

namespace jenjang {
namespace {

const std::string& insert_sql() {
  static const std::string kSql =
      "INSERT INTO entry (" + journal::row_columns() + ") VALUES (" + journal::row_marks() + ")";
  return kSql;
}

std::string select_sql(std::string_view condition) {
  return "SELECT " + journal::row_columns() + " FROM entry WHERE " + std::string(condition) + " ORDER BY seq";
}

std::int64_t signed_of(std::uint64_t seq) {
  constexpr std::uint64_t kMost = INT64_MAX;
  return static_cast<std::int64_t>(std::min(seq, kMost));
}

void run(SQLite::Statement& statement) {
  const journal::AtStart at_start(statement);
  statement.exec();
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
      insert(db, insert_sql()),
      add_text(db, "INSERT OR IGNORE INTO kept (digest, bytes) VALUES (?, ?)"),
      find_text(db, "SELECT bytes FROM kept WHERE digest = ?"),
      recorded_of(db, "SELECT recorded FROM entry WHERE seq = ?"),
      hash_of(db, "SELECT hash FROM entry WHERE seq = ?"),
      // Version 1 has no table of cells; there the entries are searched one by one.
      of_cell(db, select_sql(version < 2 ? "code = ? AND unit = ? AND period = ?"
                                         : "seq IN (SELECT seq FROM cell WHERE code = ? AND unit = ? AND period = ?)")),
      begin(db, "BEGIN IMMEDIATE"),
      commit(db, "COMMIT"),
      rollback(db, "ROLLBACK") {
  if (for_writing) add_cell.emplace(db, "INSERT INTO cell (code, unit, period, seq) VALUES (?, ?, ?, ?)");
}

Journal::State::Last Journal::State::last() {
  const journal::AtStart at_start(last_row);
  if (!last_row.executeStep()) return {};
  return {{static_cast<std::uint64_t>(last_row.getColumn(0).getInt64()), journal::digest_from(last_row.getColumn(1))},
          {last_row.getColumn(2).getInt64()}};
}

void Journal::State::insert_all(std::vector<Entry>& entries, JournalHead& head) {
  struct CellRow {
    std::int64_t code, unit, period, seq;
    auto operator<=>(const CellRow&) const = default;
  };
  std::vector<CellRow> cells;
  cells.reserve(entries.size());
  journal::RowTexts texts;
  for (Entry& entry : entries) {
    entry.seq = ++head.seq;
    entry.hash = head.hash = chain.hash(entry, head.hash);
    const journal::AtStart at_start(insert);
    const journal::CellNumbers cell = journal::bind_row(insert, entry, words, files, texts);
    insert.exec();
    cells.push_back({cell.code, cell.unit, cell.period, signed_of(entry.seq)});
  }
  // In the order of the table: every page is then written once, whatever the order of the rows.
  std::sort(cells.begin(), cells.end());
  for (const CellRow& cell : cells) {
    const journal::AtStart at_start(*add_cell);
    add_cell->bind(1, cell.code);
    add_cell->bind(2, cell.unit);
    add_cell->bind(3, cell.period);
    add_cell->bind(4, cell.seq);
    add_cell->exec();
  }
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
  return state_->guarded(JournalHead{}, [&] { return state_->last().head; });
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
  bool done = false;
  try {
    run(state.begin);
    struct Rollback {  // takes new words back too
      State& state;
      const bool& done;
      ~Rollback() {
        if (done) return;
        // Where SQLite has rolled back by itself (a full disk) this fails and changes nothing.
        state.rollback.tryExecuteStep();
        state.rollback.tryReset();
        state.words.forget();
        state.files.forget();
      }
    } const rollback{state, done};
    const State::Last last = state.last();
    JournalHead head = last.head;
    next = head.seq + 1;
    std::vector<Entry> entries = prepare(*this);
    Moment latest = last.recorded;
    for (std::size_t k = 0; k < entries.size(); ++k) {
      if ((head.seq > 0 || k > 0) && entries[k].recorded < latest)
        return make_diagnostic(Code::J3006, {})
            .arg("waktu", entries[k].recorded.to_string({}))
            .arg("urutan", std::to_string(head.seq + k))
            .arg("terakhir", latest.to_string({}));
      latest = entries[k].recorded;
    }
    if (!texts.empty() && !entries.empty()) state.keep(texts);
    state.insert_all(entries, head);
    run(state.commit);
    done = true;
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
    // A statement of its own: `visit` may read too.
    SQLite::Statement rows(state.db, select_sql("seq >= ? AND seq <= ?"));
    rows.bind(1, signed_of(first));
    rows.bind(2, last == 0 ? INT64_MAX : signed_of(last));
    Digest previous{};
    for (; rows.executeStep(); ++expected) {
      if (expected == first && first > 1) {
        const journal::AtStart at_start(state.hash_of);
        state.hash_of.bind(1, signed_of(first - 1));
        if (!state.hash_of.executeStep()) return fail(journal::changed_entry(Code::J3009, state.name, first - 1));
        previous = journal::digest_from(state.hash_of.getColumn(0));
      }
      if (rows.getColumn(0).getInt64() != signed_of(expected))
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

std::uint64_t Journal::last_before(Moment moment) const {
  State& state = *state_;
  return state.guarded(std::uint64_t{0}, [&] {
    // Recorded times never fall, so the place is found by halving: entries up to `low` are at or before it.
    std::uint64_t low = 0, high = state.last().head.seq;
    while (low < high) {
      const std::uint64_t middle = low + (high - low + 1) / 2;
      const journal::AtStart at_start(state.recorded_of);
      state.recorded_of.bind(1, signed_of(middle));
      if (!state.recorded_of.executeStep()) throw journal::Damage("entry " + std::to_string(middle));
      if (state.recorded_of.getColumn(0).getInt64() <= moment.seconds)
        low = middle;
      else
        high = middle - 1;
    }
    return low;
  });
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
