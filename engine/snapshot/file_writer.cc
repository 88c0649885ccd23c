#include "engine/snapshot/file_writer.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace jenjang::snapshot {

FileWriter::FileWriter(const std::filesystem::path& path, std::uint64_t bytes) : path_(path) {
  static std::atomic<unsigned> counter{0};
  draft_ = path.string() + ".baru-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
  descriptor_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0 || ::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
    fail();
    return;
  }
#if defined(__linux__)
  // File systems that cannot reserve find out while they write.
  if (::fallocate(descriptor_, 0, 0, static_cast<off_t>(bytes)) != 0 && (errno == ENOSPC || errno == EDQUOT)) fail();
#endif
}

FileWriter::~FileWriter() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(draft_.c_str());
}

void FileWriter::fail() {
  if (failure_.empty()) failure_ = std::generic_category().message(errno);
}

void FileWriter::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  while (ok() && !bytes.empty()) {
    const ssize_t done = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      if (done == 0) errno = ENOSPC;
      return fail();
    }
    offset += static_cast<std::uint64_t>(done);
    bytes = bytes.subspan(static_cast<std::size_t>(done));
  }
}

bool FileWriter::finish() {
  if (!ok()) return false;
  if (::fsync(descriptor_) != 0 || ::rename(draft_.c_str(), path_.c_str()) != 0) {
    fail();
    return false;
  }
  ::close(descriptor_);
  descriptor_ = -1;
  // A new name is on disk only when its folder is.
  const std::filesystem::path folder = path_.parent_path();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
  return true;
}

}  // namespace jenjang::snapshot
