#include "jenjang/bulk/column.h"

#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace jenjang::bulk::detail {
namespace {

constexpr std::size_t kLargePage = std::size_t{1} << 21;

constexpr std::size_t round_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

}  // namespace

#if defined(__linux__)

// Straight from the system: fresh pages cost nothing before they are written, and go back at once.
std::byte* allocate_column(std::size_t bytes) {
  const bool large = bytes >= kLargePage;
  const std::size_t unit = large ? kLargePage : 4096;
  const std::size_t size = round_up(bytes, unit) + (large ? kLargePage : 0);
  void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  auto* const first = static_cast<std::byte*>(memory);
  if (!large) return first;
  // The ends that the alignment left over go back.
  const std::size_t skip = (kLargePage - reinterpret_cast<std::size_t>(first) % kLargePage) % kLargePage;
  if (skip != 0) munmap(first, skip);
  if (skip != kLargePage) munmap(first + skip + round_up(bytes, unit), kLargePage - skip);
  static_cast<void>(madvise(first + skip, round_up(bytes, unit), MADV_HUGEPAGE));
  return first + skip;
}

void free_column(std::byte* memory, std::size_t bytes) noexcept {
  munmap(memory, round_up(bytes, bytes >= kLargePage ? kLargePage : 4096));
}

#else

std::byte* allocate_column(std::size_t bytes) {
  void* const memory = std::calloc(1, round_up(bytes, kColumnAlign) + kColumnAlign);
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<std::byte*>(memory);
}

void free_column(std::byte* memory, std::size_t) noexcept {
  std::free(memory);
}

#endif

}  // namespace jenjang::bulk::detail
