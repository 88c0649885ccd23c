#include "jenjang/base/file_source.h"

#include <algorithm>
#include <system_error>

namespace jenjang {
namespace fs = std::filesystem;
namespace {

class Disk final : public FileSource {
public:
  [[nodiscard]] Result<std::string> read(const fs::path& path, std::size_t max_bytes) const override {
    return read_file(path, max_bytes);
  }
  [[nodiscard]] bool exists(const fs::path& path) const override {
    std::error_code ignored;
    return fs::exists(path, ignored);
  }
  [[nodiscard]] bool is_folder(const fs::path& path) const override {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
  }
  [[nodiscard]] std::vector<fs::path> folders_in(const fs::path& path) const override {
    std::vector<fs::path> found;
    std::error_code error;
    fs::directory_iterator entries(path, error);
    if (error) return found;
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
      if (error) break;
      std::error_code ignored;
      if (entries->is_directory(ignored)) found.push_back(entries->path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
};

// One spelling for one place: "a/./b/" and "a/b" are the same.
std::string key_of(const fs::path& path) {
  std::string key = path.lexically_normal().generic_string();
  if (key.size() > 1 && key.back() == '/') key.pop_back();
  return key == "." ? std::string() : key;
}

// What the paths of everything inside a folder begin with; the empty path is where relative ones stand.
std::string inside(const fs::path& folder) {
  const std::string key = key_of(folder);
  return key.empty() || key == "/" ? key : key + "/";
}

// Every path begins with the empty prefix, but absolute ones and those that lead out are not inside the place of
// relative ones.
bool stands_inside(const std::string& path, const std::string& prefix) {
  if (!prefix.empty()) return path.starts_with(prefix);
  return !path.starts_with('/') && path != ".." && !path.starts_with("../");
}

}  // namespace

const FileSource& disk() {
  static const Disk kDisk;
  return kDisk;
}

Result<std::string> RememberingFiles::read(const fs::path& path, std::size_t max_bytes) const {
  Result<std::string> text = below_.read(path, max_bytes);
  if (text) texts_.insert_or_assign(key_of(path), text.value());
  return text;
}

void KeptFiles::keep(const fs::path& path, std::string text) {
  texts_.insert_or_assign(key_of(path), std::move(text));
}

Result<std::string> KeptFiles::read(const fs::path& path, std::size_t max_bytes) const {
  const auto found = texts_.find(key_of(path));
  if (found == texts_.end()) {
    if (is_folder(path)) return make_diagnostic(Code::J1004, {}).arg("berkas", path.string());
    return make_diagnostic(Code::J1001, {}).arg("berkas", path.string());
  }
  if (found->second.size() > max_bytes) {
    return make_diagnostic(Code::J1003, {})
        .arg("berkas", path.string())
        .arg("ukuran", std::to_string(found->second.size()))
        .arg("batas", std::to_string(max_bytes));
  }
  return found->second;
}

bool KeptFiles::exists(const fs::path& path) const {
  return texts_.contains(key_of(path)) || is_folder(path);
}

bool KeptFiles::is_folder(const fs::path& path) const {
  const std::string prefix = inside(path);
  for (auto at = texts_.lower_bound(prefix); at != texts_.end() && at->first.starts_with(prefix); ++at) {
    if (stands_inside(at->first, prefix)) return true;
  }
  return false;
}

std::vector<fs::path> KeptFiles::folders_in(const fs::path& path) const {
  const std::string prefix = inside(path);
  std::vector<fs::path> found;
  for (auto at = texts_.lower_bound(prefix); at != texts_.end() && at->first.starts_with(prefix); ++at) {
    if (!stands_inside(at->first, prefix)) continue;
    const std::size_t slash = at->first.find('/', prefix.size());
    if (slash == std::string::npos) continue;
    const fs::path folder = path / at->first.substr(prefix.size(), slash - prefix.size());
    if (found.empty() || found.back() != folder) found.push_back(folder);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace jenjang
