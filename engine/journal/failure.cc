#include <sqlite3.h>

#include "engine/journal/state.h"

namespace jenjang::journal {

Diagnostic damage(const std::string& name, std::uint64_t seq, std::string_view cause) {
  return make_diagnostic(Code::J3005, {}).arg("berkas", name).arg("urutan", std::to_string(seq)).arg("sebab", cause);
}

Diagnostic changed_entry(Code code, const std::string& name, std::uint64_t seq) {
  return make_diagnostic(code, {}).arg("berkas", name).arg("urutan", std::to_string(seq));
}

Diagnostic failure_of(const SQLite::Exception& error, const std::string& name, std::uint64_t seq) {
  switch (error.getErrorCode() & 0xFF) {  // the low byte is the kind, the others say more
    case SQLITE_NOTADB:
      return make_diagnostic(Code::J3002, {}).arg("berkas", name);
    case SQLITE_CORRUPT:
      return damage(name, seq, error.what());
    case SQLITE_BUSY:
      return make_diagnostic(Code::J3015, {}).arg("berkas", name);
    case SQLITE_FULL:
      return make_diagnostic(Code::J3016, {}).arg("berkas", name);
    case SQLITE_ERROR:       // a table or column that should be there is not
    case SQLITE_CONSTRAINT:  // or two rows stand where one may
      return damage(name, seq, error.what());
    default:
      return make_diagnostic(Code::J3004, {}).arg("berkas", name).arg("sebab", error.what());
  }
}

}  // namespace jenjang::journal
