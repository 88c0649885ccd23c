#include "replaced_file.h"

#include <cerrno>
#include <unistd.h>

#include "inputs_read.h"

namespace jenjang::cli {
namespace fs = std::filesystem;

ReplacedFile::ReplacedFile(const std::string& name) : place_(name) {
  if (was_read(name)) {
    errno = EEXIST;
    return;
  }
  std::error_code failed;
  const fs::file_status there = fs::status(place_, failed);
  if (!fs::exists(there) || fs::is_regular_file(there)) {
    // A link stays one: what it leads to is replaced.
    if (fs::is_symlink(fs::symlink_status(place_, failed))) {
      const fs::path target = fs::canonical(place_, failed);
      if (!failed) place_ = target;
    }
    if (!failed || !fs::exists(there)) {
      scratch_ = place_;
      scratch_ += "." + std::to_string(::getpid()) + ".sementara";
      file_ = std::fopen(scratch_.c_str(), "wb");
      if (file_ != nullptr && fs::exists(there)) fs::permissions(scratch_, there.permissions(), failed);
    }
  }
  if (file_ == nullptr) {
    scratch_.clear();
    errno = 0;
    file_ = std::fopen(place_.c_str(), "wb");
  }
}

ReplacedFile::~ReplacedFile() {
  const int kept = errno;
  if (file_ != nullptr) std::fclose(file_);
  std::error_code ignored;
  if (!scratch_.empty()) fs::remove(scratch_, ignored);
  errno = kept;
}

bool ReplacedFile::commit() {
  std::FILE* const closing = file_;
  file_ = nullptr;
  errno = 0;
  if (closing == nullptr || std::fclose(closing) != 0) return false;
  if (scratch_.empty()) return true;
  if (std::rename(scratch_.c_str(), place_.c_str()) != 0) return false;
  scratch_.clear();
  return true;
}

}  // namespace jenjang::cli
