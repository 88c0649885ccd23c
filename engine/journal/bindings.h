// A prepared statement that remembers what its parameters are bound to. SQLite keeps bindings from one run to the next,
// and rows of one import say mostly the same: what stays is not bound again.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <string>
#include <vector>

namespace jenjang::journal {

class Bindings {
public:
  Bindings(SQLite::Database& db, const std::string& sql, std::size_t parameters)
      : statement_(db, sql), bound_(parameters) {}

  // `at` counts from 0. Bytes must stay where they are until the run; those of one place may change without a new call
  // only in what they say, not in their number.
  void number(std::size_t at, std::int64_t value) {
    Bound& bound = bound_[at];
    if (bound.kind == Kind::number && bound.value == value) return;
    bound.kind = Kind::unknown;  // if binding throws
    statement_.bind(static_cast<int>(at) + 1, value);
    bound = {Kind::number, value, nullptr};
  }
  void null(std::size_t at) {
    Bound& bound = bound_[at];
    if (bound.kind == Kind::null) return;
    bound.kind = Kind::unknown;
    statement_.bind(static_cast<int>(at) + 1);
    bound = {};
  }
  void text(std::size_t at, const std::string& value) {
    const auto size = static_cast<std::int64_t>(value.size());
    Bound& bound = bound_[at];
    if (bound.kind == Kind::text && bound.value == size && bound.bytes == value.data()) return;
    bound.kind = Kind::unknown;
    statement_.bindNoCopy(static_cast<int>(at) + 1, value);
    bound = {Kind::text, size, value.data()};
  }
  void blob(std::size_t at, const void* bytes, std::size_t count) {
    const auto size = static_cast<std::int64_t>(count);
    Bound& bound = bound_[at];
    if (bound.kind == Kind::blob && bound.value == size && bound.bytes == bytes) return;
    bound.kind = Kind::unknown;
    statement_.bindNoCopy(static_cast<int>(at) + 1, bytes, static_cast<int>(count));
    bound = {Kind::blob, size, bytes};
  }
  // Runs the statement and leaves it at its start, also when it throws.
  void run() {
    struct AtStart {
      SQLite::Statement& statement;
      ~AtStart() { statement.tryReset(); }
    } const at_start{statement_};
    statement_.exec();
  }

private:
  enum class Kind : std::uint8_t { null, number, text, blob, unknown };
  struct Bound {
    Kind kind = Kind::null;  // what a parameter is that was never bound
    std::int64_t value = 0;  // the number, or how many bytes
    const void* bytes = nullptr;
  };
  SQLite::Statement statement_;
  std::vector<Bound> bound_;
};

}  // namespace jenjang::journal
