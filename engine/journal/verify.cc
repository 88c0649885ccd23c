// Reading a whole journal to say whether it is what was written.
#include <algorithm>
#include <map>
#include <sqlite3.h>

#include "jenjang/base/text.h"

#include "engine/journal/schema.h"
#include "engine/journal/state.h"

namespace jenjang {
namespace journal {
namespace {

const std::string& all_rows_sql() {
  static const std::string kSql = "SELECT " + row_columns() + " FROM entry ORDER BY seq";
  return kSql;
}

// A view of the parts of Journal::State, which is private to Journal.
struct Parts {
  SQLite::Database& db;
  Words& words;
  Files& files;
  Chain& chain;
  SQLite::Statement& find_text;
  const std::string& name;
  int schema;
};

class Verifier {
public:
  Verifier(const Parts& state, const std::optional<WantedHead>& wanted, VerifyReport& report)
      : state_(state), wanted_(wanted), report_(report) {}

  void run() {
    entries();
    if (!torn_) {
      texts();
      structure();
      compare_head();
    }
    report_.sound = report_.findings.empty();
  }

private:
  // One finding of a kind is enough: the first.
  void find(Code code, std::uint64_t seq, Diagnostic finding) {
    if (seq > 0 && (report_.first_bad == 0 || seq < report_.first_bad)) report_.first_bad = seq;
    if (std::none_of(report_.findings.begin(), report_.findings.end(), [&](const auto& x) { return x.code == code; }))
      report_.findings.push_back(std::move(finding));
  }

  void entries() {
    std::uint64_t expected = 1;
    Digest previous{};
    try {
      SQLite::Statement rows(state_.db, all_rows_sql());
      while (rows.executeStep()) {
        const auto seq = static_cast<std::uint64_t>(rows.getColumn(0).getInt64());
        if (seq != expected) find(Code::J3009, expected, changed_entry(Code::J3009, state_.name, expected));
        // Behind a gap or a bad entry the chain goes on from what the file says, so that every later fault counts.
        previous = entry(rows, seq, previous, seq == expected);
        expected = seq + 1;
        report_.head = {seq, previous};
      }
    } catch (const SQLite::Exception& error) {
      torn_ = true;
      find(Code::J3005, expected, failure_of(error, state_.name, expected));
    }
  }

  Digest entry(SQLite::Statement& row, std::uint64_t seq, const Digest& previous, bool joined) {
    try {
      const Entry entry = entry_from(row, state_.words, state_.files);
      const bool good = state_.chain.hash(entry, previous) == entry.hash;
      if (!good && joined) find(Code::J3008, seq, changed_entry(Code::J3008, state_.name, seq));
      if (good) ++report_.entries;
      if (entry.origin.digest != Digest{}) needed_.try_emplace(entry.origin.digest, seq);
      if (entry.kind == EntryKind::inputs && entry.content) {
        needed_.try_emplace(*entry.content, seq);
        lists_.try_emplace(*entry.content, seq);
      }
      if (wanted_ && wanted_->seq == seq) at_wanted_ = entry.hash;
      return entry.hash;
    } catch (const Damage& error) {
      find(Code::J3005, seq, damage(state_.name, seq, error.what()));
      return previous;
    }
  }

  void texts() {
    Sha256 sha;
    std::map<Digest, bool> kept;
    SQLite::Statement rows(state_.db, "SELECT digest, bytes FROM kept");
    while (rows.executeStep()) {
      const auto column = rows.getColumn(1);
      const auto* bytes = static_cast<const char*>(column.getBlob());
      const std::string_view text(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(column.getBytes()));
      const Digest digest = digest_from(rows.getColumn(0));
      kept[digest] = sha(text) == digest;
    }
    for (const auto& [list, seq] : lists_)
      if (const auto at = kept.find(list); at != kept.end() && at->second) need_listed(list, seq);
    std::map<std::uint64_t, Digest> bad;  // by the first entry that needs it
    for (const auto& [digest, seq] : needed_) {
      const auto at = kept.find(digest);
      if (at == kept.end() || !at->second) bad.try_emplace(seq, digest);
    }
    for (const auto& [digest, good] : kept)
      if (!good && !needed_.contains(digest)) bad.try_emplace(0, digest);
    for (const auto& [seq, digest] : bad)
      find(Code::J3011, seq,
           make_diagnostic(Code::J3011, {})
               .arg("sidik", to_hex(digest))
               .arg("urutan", seq == 0 ? "-" : std::to_string(seq))
               .arg("berkas", state_.name));
  }

  // A list of inputs names the texts of plan and packs: a line each, the digest first.
  void need_listed(const Digest& list, std::uint64_t seq) {
    state_.find_text.bindNoCopy(1, list.data(), static_cast<int>(list.size()));
    const AtStart at_start(state_.find_text);
    if (!state_.find_text.executeStep()) return;
    const std::string text = state_.find_text.getColumn(0).getString();
    for (const std::string_view line : split(text, '\n'))
      if (line.size() > 64 && line[64] == ' ')
        if (const auto digest = parse_digest(line.substr(0, 64))) needed_.try_emplace(*digest, seq);
  }

  void structure() {
    const std::string parts = foreign_parts(state_.db, state_.schema);
    if (!parts.empty())
      find(Code::J3014, 0, make_diagnostic(Code::J3014, {}).arg("berkas", state_.name).arg("nama", parts));
    if (state_.schema >= 2 && parts.empty()) cells();
    const std::string answer = state_.db.execAndGet("PRAGMA integrity_check(1)").getString();
    if (answer != "ok")
      find(Code::J3010, 0, make_diagnostic(Code::J3010, {}).arg("berkas", state_.name).arg("sebab", answer));
  }

  // Table `cell` is made from the entries: as many rows, and one for each.
  void cells() {
    const std::int64_t entries = state_.db.execAndGet("SELECT count(*) FROM entry").getInt64();
    const std::int64_t rows = state_.db.execAndGet("SELECT count(*) FROM cell").getInt64();
    const std::int64_t joined = state_.db
                                    .execAndGet(
                                        "SELECT count(*) FROM cell JOIN entry USING (seq) WHERE cell.code = "
                                        "entry.code AND cell.unit = entry.unit AND cell.period = entry.period")
                                    .getInt64();
    if (rows != entries || joined != entries)
      find(Code::J3010, 0, make_diagnostic(Code::J3010, {}).arg("berkas", state_.name).arg("sebab", "cell"));
  }

  void compare_head() {
    if (!wanted_) return;
    const std::string asked = std::to_string(wanted_->seq) + ":" + wanted_->hash_prefix;
    if (wanted_->seq > report_.head.seq)
      return find(Code::J3012, 0,
                  make_diagnostic(Code::J3012, {})
                      .arg("berkas", state_.name)
                      .arg("urutan", std::to_string(report_.head.seq))
                      .arg("diminta", asked));
    const std::string hash = to_hex(at_wanted_);
    if (hash.rfind(wanted_->hash_prefix, 0) != 0)
      find(Code::J3013, 0,
           make_diagnostic(Code::J3013, {})
               .arg("berkas", state_.name)
               .arg("urutan", std::to_string(wanted_->seq))
               .arg("ditemukan", hash.substr(0, 16))
               .arg("diminta", asked));
  }

  const Parts& state_;
  const std::optional<WantedHead>& wanted_;
  VerifyReport& report_;
  std::map<Digest, std::uint64_t> lists_;   // lists of inputs, the same
  std::map<Digest, std::uint64_t> needed_;  // texts, with the first entry that needs them
  Digest at_wanted_{};                      // of the empty journal when entry 0 is asked for
  bool torn_ = false;
};

}  // namespace

std::uint64_t first_unreadable(const std::filesystem::path& path) {
  std::uint64_t next = 1;
  try {
    SQLite::Database db(path.string(), SQLite::OPEN_READONLY);
    // SQLite refuses a file that is shorter than it says, unless told that it is being repaired.
    db.exec("PRAGMA writable_schema = ON");
    Words words(db);
    Files files(db, words);
    SQLite::Statement rows(db, all_rows_sql());
    for (; rows.executeStep(); ++next)
      if (entry_from(rows, words, files).seq != next) break;
  } catch (const SQLite::Exception&) {
    return next;  // that is the place
  } catch (const Damage&) {
    return next;
  }
  return next;
}

}  // namespace journal

VerifyReport Journal::verify(const std::optional<WantedHead>& wanted) const {
  VerifyReport report;
  state_->guarded(false, [&] {
    // One state of the file throughout, whatever others append.
    struct Snapshot {
      SQLite::Database* db;
      ~Snapshot() {
        if (db != nullptr) db->tryExec("COMMIT");
      }
    } const snapshot{state_->in_append ? nullptr : &state_->db};
    if (snapshot.db != nullptr) snapshot.db->exec("BEGIN");
    State& state = *state_;
    const journal::Parts parts{state.db,        state.words, state.files, state.chain,
                               state.find_text, state.name,  state.schema};
    journal::Verifier(parts, wanted, report).run();
    return true;
  });
  if (state_->fault && report.findings.empty()) report.findings.push_back(*state_->fault);
  report.sound = report.findings.empty();
  return report;
}

}  // namespace jenjang
