#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "jenjang/base/inputs_read.h"
#include "jenjang/base/result.h"

namespace jenjang {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

DiagnosticBuilder unreadable(const std::string& name, int error) {
  return make_diagnostic(Code::J1002, {}).arg("berkas", name).arg("sebab", std::generic_category().message(error));
}

DiagnosticBuilder too_large(const std::string& name, std::uintmax_t size, std::size_t max_bytes) {
  return make_diagnostic(Code::J1003, {})
      .arg("berkas", name)
      .arg("ukuran", std::to_string(size))
      .arg("batas", std::to_string(max_bytes));
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  namespace fs = std::filesystem;
  const std::string name = path.string();
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return make_diagnostic(Code::J1001, {}).arg("berkas", name);
  if (error) return unreadable(name, error.value());
  if (fs::is_directory(status)) return make_diagnostic(Code::J1004, {}).arg("berkas", name);

  std::string text;
  if (fs::is_regular_file(status)) {
    const std::uintmax_t size = fs::file_size(path, error);
    if (error) return unreadable(name, error.value());
    if (size > max_bytes) return too_large(name, size, max_bytes);
    text.reserve(static_cast<std::size_t>(size) + kChunk);
  }
  errno = 0;
  const std::unique_ptr<std::FILE, Closer> file(std::fopen(name.c_str(), "rb"));
  if (!file) return unreadable(name, errno);
  note_input(path);
  // A pipe has no size beforehand, and a file may grow while it is read: the limit is kept here too.
  while (true) {
    const std::size_t had = text.size();
    // One byte above the limit is enough to know.
    const std::size_t want = max_bytes - had < kChunk ? max_bytes - had + 1 : kChunk;
    text.resize(had + want);
    const std::size_t got = std::fread(text.data() + had, 1, want, file.get());
    text.resize(had + got);
    if (text.size() > max_bytes) return too_large(name, text.size(), max_bytes);
    if (got == want) continue;
    if (std::ferror(file.get()) != 0) return unreadable(name, errno);
    return text;
  }
}

}  // namespace jenjang
