#include "engine/snapshot/mapping.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "jenjang/base/inputs_read.h"

namespace jenjang::snapshot {
namespace {

constexpr std::size_t kLarge = std::size_t{1} << 21;

std::size_t up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

}  // namespace

std::shared_ptr<const Mapping> Mapping::of(const std::filesystem::path& path, std::string& failure) {
  const auto fail = [&failure](int error) {
    failure = std::generic_category().message(error);
    return nullptr;
  };
  const std::shared_ptr<Mapping> mapping(new Mapping);
  // Not to wait for a writer when it is a pipe.
  mapping->descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (mapping->descriptor_ < 0) return fail(errno);
  note_input(path);
  struct stat about{};
  if (::fstat(mapping->descriptor_, &about) != 0) return fail(errno);
  if (S_ISDIR(about.st_mode)) return fail(EISDIR);
  if (!S_ISREG(about.st_mode)) return fail(EINVAL);
  mapping->size_ = static_cast<std::size_t>(about.st_size);
  if (mapping->size_ == 0) return mapping;
  void* const memory = ::mmap(nullptr, mapping->size_, PROT_READ, MAP_PRIVATE, mapping->descriptor_, 0);
  if (memory == MAP_FAILED) {
    const int error = errno;
    mapping->size_ = 0;
    return fail(error);
  }
  mapping->first_ = static_cast<const std::byte*>(memory);
  return mapping;
}

Mapping::~Mapping() {
  if (first_ != nullptr) ::munmap(const_cast<std::byte*>(first_), size_);
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::shared_ptr<std::byte> Mapping::writable(std::size_t offset, std::size_t length, std::size_t following,
                                             std::size_t size) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t unit = size >= kLarge ? kLarge : page;
  const std::size_t reserved = up(std::max<std::size_t>(size, 1), unit) + unit;
  void* const memory =
      ::mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  auto* const all = static_cast<std::byte*>(memory);
  std::byte* const first = all + (unit - reinterpret_cast<std::size_t>(all) % unit) % unit;
  std::shared_ptr<std::byte> held(first, [all, reserved](std::byte*) { ::munmap(all, reserved); });
  const std::size_t mapped = up(length, page);
  // What the last page brings along behind the section must be nought; pages of some machines are larger than ours.
  const bool fits = offset % page == 0 && mapped - length <= following;
  const bool over = fits && length != 0 &&
                    ::mmap(first, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, descriptor_,
                           static_cast<off_t>(offset)) != MAP_FAILED;
#if defined(MADV_HUGEPAGE)
  const std::size_t plain = up(over ? mapped : 0, kLarge);
  if (size > plain + kLarge) static_cast<void>(::madvise(first + plain, size - plain, MADV_HUGEPAGE));
#endif
  if (!over && length != 0) std::memcpy(first, first_ + offset, length);
  return held;
}

}  // namespace jenjang::snapshot
