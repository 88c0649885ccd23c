// Opening and making journal files.
#include <atomic>
#include <fcntl.h>
#include <sqlite3.h>
#include <system_error>
#include <unistd.h>

#include "jenjang/base/inputs_read.h"

#include "engine/journal/file_system.h"
#include "engine/journal/schema.h"
#include "engine/journal/state.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace journal {
namespace {

// A Journal belongs to one thread, so SQLite need not lock its connection at every call.
const int kOpen = SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
constexpr int kPageBytes = 8192;
// Pages of an import stay in memory until they are written once, in order.
constexpr int kCacheKibibytes = 128 * 1024;

void remove_with_company(const fs::path& file) {
  std::error_code ignored;
  for (const char* tail : {"", "-wal", "-shm", "-journal"}) fs::remove(fs::path(file.string() + tail), ignored);
}

// A new name is on disk only when its folder is.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

Diagnostic cannot(const fs::path& path, std::string_view cause) {
  return make_diagnostic(Code::J3004, {}).arg("berkas", path.generic_string()).arg("sebab", cause);
}

// Makes the file under another name and then gives it its own, so that nobody ever sees half of one. When two do so
// at once, the second finds the first one's.
std::optional<Diagnostic> make_file(const fs::path& path) {
  static std::atomic<unsigned> counter{0};
  const fs::path draft = path.string() + ".baru-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
  remove_with_company(draft);
  try {
    {
      SQLite::Database db(draft.string(), kOpen | SQLite::OPEN_CREATE);
      db.exec("PRAGMA page_size = " + std::to_string(kPageBytes));
      db.exec("PRAGMA synchronous = FULL");
      create_schema(db);
      // Last: what lies in a log only could be lost when the log is merged at closing and the disk is full.
      db.exec("PRAGMA journal_mode = WAL");
    }
    std::error_code error;
    fs::create_hard_link(draft, path, error);
    // File systems without links (those of memory sticks) rename; a rename could hide another's new file, which is
    // empty but for an instant.
    if (error && error != std::errc::file_exists && !fs::exists(path)) {
      error.clear();
      fs::rename(draft, path, error);
    }
    remove_with_company(draft);
    if (error && error != std::errc::file_exists) return cannot(path, error.message());
    sync_folder(path.parent_path());
    return std::nullopt;
  } catch (const SQLite::Exception& error) {
    remove_with_company(draft);
    return failure_of(error, path.generic_string(), 1);
  }
}

// For files in a folder that may not be written to: read as they are, without log and locks.
std::string immutable_uri(const fs::path& path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : fs::absolute(path).generic_string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::string_view("?#% ").find(c) != std::string_view::npos || byte < 0x20U) {
      uri += '%';
      uri += kHex[byte >> 4U];
      uri += kHex[byte & 15U];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

SQLite::Database connect(const fs::path& path, JournalAccess access, std::chrono::milliseconds wait) {
  const int milliseconds = static_cast<int>(wait.count());
  // Readers open for writing too where they may: the last one out then clears the log away. They are kept from
  // writing by query_only.
  SQLite::Database db(path.string(), kOpen, milliseconds);
  try {
    configure(db, access != JournalAccess::read, false);
    return db;
  } catch (const SQLite::Exception& error) {
    std::error_code ignored;
    const auto log = fs::file_size(path.string() + "-wal", ignored);
    const bool clean = static_cast<bool>(ignored) || log == 0;
    if (access != JournalAccess::read || error.getErrorCode() != SQLITE_CANTOPEN || !clean) throw;
  }
  SQLite::Database frozen(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX,
                          milliseconds);
  configure(frozen, false, false);
  return frozen;
}

}  // namespace

void configure(SQLite::Database& db, bool writable, bool in_memory) {
  // A file from elsewhere may not bring code along that runs with our rights, or talk its way around the checks.
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  db.exec("PRAGMA cell_size_check = ON");
  db.exec("PRAGMA temp_store = MEMORY");
  db.exec("PRAGMA cache_size = -" + std::to_string(kCacheKibibytes));
  if (!in_memory) {
    db.exec("PRAGMA synchronous = FULL");
    if (!writable) db.exec("PRAGMA query_only = ON");
  }
  // The first access to the file.
  static_cast<void>(db.execAndGet("PRAGMA user_version").getInt());
}

}  // namespace journal

Result<Journal> Journal::open(const fs::path& path, JournalAccess access, std::chrono::milliseconds wait) {
  const std::string name = path.generic_string();
  std::error_code error;
  const bool exists = fs::exists(path, error);
  if (error) return journal::cannot(path, error.message());
  if (!exists && access != JournalAccess::create) return make_diagnostic(Code::J3001, {}).arg("berkas", name);
  if (fs::is_directory(path, error)) return make_diagnostic(Code::J1004, {}).arg("berkas", name);
  if (const std::string network = journal::network_file_system_of(path); !network.empty())
    return make_diagnostic(Code::J3003, {}).arg("berkas", name).arg("jenis", network);
  if (!exists)
    if (auto failure = journal::make_file(path)) return std::move(*failure);
  note_input(path);
  // SQLite takes an empty file for an empty database.
  if (fs::file_size(path, error) == 0) return make_diagnostic(Code::J3002, {}).arg("berkas", name);
  const bool writable = access != JournalAccess::read;
  try {
    SQLite::Database db = journal::connect(path, access, wait);
    std::optional<int> version = journal::schema_version_of(db);
    if (!version) return make_diagnostic(Code::J3002, {}).arg("berkas", name);
    if (*version > journal::kSchemaVersion)
      return make_diagnostic(Code::J3007, {})
          .arg("berkas", name)
          .arg("versi", std::to_string(*version))
          .arg("dikenal", std::to_string(journal::kSchemaVersion));
    if (writable) {
      if (sqlite3_db_readonly(db.getHandle(), "main") != 0)
        return journal::cannot(path, std::generic_category().message(EACCES));
      db.exec("PRAGMA journal_mode = WAL");
      if (*version < journal::kSchemaVersion) journal::migrate(db);
      version = journal::kSchemaVersion;
    }
    return Journal(std::make_unique<State>(std::move(db), path, *version, writable));
  } catch (const SQLite::Exception& failure) {
    const bool torn = (failure.getErrorCode() & 0xFF) == SQLITE_CORRUPT;
    return journal::failure_of(failure, name, torn ? journal::first_unreadable(path) : 1);
  }
}

Journal Journal::in_memory() {
  SQLite::Database db(":memory:", journal::kOpen | SQLite::OPEN_CREATE);
  journal::configure(db, true, true);
  journal::create_schema(db);
  auto state = std::make_unique<State>(std::move(db), fs::path(), journal::kSchemaVersion, true);
  state->waiting.emplace();
  return Journal(std::move(state));
}

}  // namespace jenjang
