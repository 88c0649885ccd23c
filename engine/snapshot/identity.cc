#include "jenjang/snapshot/identity.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "jenjang/base/file_source.h"
#include "jenjang/base/inputs_read.h"

#include "engine/snapshot/checksum.h"
#include "engine/snapshot/mapping.h"

namespace jenjang::snapshot {
namespace fs = std::filesystem;
namespace {

// Nothing when it cannot be looked at.
bool read_stamps(const fs::path& file, InputFile& into) {
  struct stat about{};
  if (::stat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return false;
  into.size = static_cast<std::uint64_t>(about.st_size);
#if defined(__APPLE__)
  const timespec& modified = about.st_mtimespec;
#else
  const timespec& modified = about.st_mtim;
#endif
  into.modified = std::int64_t{modified.tv_sec} * 1'000'000'000 + modified.tv_nsec;
  return true;
}

fs::path place(std::span<const fs::path> roots, std::uint32_t root, const std::string& path) {
  return root < roots.size() ? roots[root] / path : fs::path();
}

Diagnostic stale(const std::string& snapshot, const fs::path& input) {
  return make_diagnostic(Code::J3204, {}).arg("berkas", snapshot).arg("masukan", input.generic_string());
}

}  // namespace

Result<InputFile> describe_file(std::span<const fs::path> roots, std::uint32_t root, std::string path) {
  InputFile input{root, std::move(path), 0, 0, {}};
  const fs::path file = place(roots, root, input.path);
  std::string failure;
  // Stamps first: a file that changes in between is stale at once.
  const bool there = read_stamps(file, input);
  const int error = errno;
  const std::shared_ptr<const Mapping> mapping = Mapping::of(file, failure);
  if (there && failure.empty()) {
    RunningChecksum running;
    running.add(mapping->bytes());
    input.digest = running.content_digest();
    return input;
  }
  if (failure.empty()) failure = std::generic_category().message(error);
  return make_diagnostic(Code::J3207, {}).arg("berkas", file.generic_string()).arg("sebab", failure);
}

InputFolder describe_folder(std::span<const fs::path> roots, std::uint32_t root, std::string path) {
  InputFolder folder{root, std::move(path), {}};
  std::string names;
  for (const fs::path& inner : disk().folders_in(place(roots, root, folder.path))) {
    names += inner.filename().generic_string();
    names += '\0';
  }
  RunningChecksum running;
  running.add(std::as_bytes(std::span(names)));
  folder.names = running.content_digest();
  return folder;
}

std::optional<Diagnostic> check_inputs(const Identity& identity, std::span<const fs::path> roots, InputCheck check,
                                       const std::string& snapshot) {
  std::vector<const InputFile*> compared;  // by what is in them
  for (const InputFile& file : identity.files) {
    note_input(place(roots, file.root, file.path));  // the snapshot speaks for it
    InputFile now = file;
    const bool same = read_stamps(place(roots, file.root, file.path), now) && now.size == file.size;
    if (!same) return stale(snapshot, place(roots, file.root, file.path));
    if (check == InputCheck::contents || now.modified != file.modified) compared.push_back(&file);
  }
  for (const InputFolder& folder : identity.folders) {
    if (describe_folder(roots, folder.root, folder.path) != folder) {
      return stale(snapshot, place(roots, folder.root, folder.path));
    }
  }
  for (const InputFile* const file : compared) {
    const Result<InputFile> now = describe_file(roots, file->root, file->path);
    const bool same = now.ok() && now.value().size == file->size && now.value().digest == file->digest;
    if (!same) return stale(snapshot, place(roots, file->root, file->path));
  }
  return std::nullopt;
}

}  // namespace jenjang::snapshot
