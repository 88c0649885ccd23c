// Tables of a province are gigabytes. With pages of 4 KiB the first touch of every one of them costs a turn of the
// kernel, and later reads here and there a walk through the page tables. Linux gives pages of 2 MiB to memory that
// asks.
#pragma once

#include <cstddef>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace jenjang {

// Room for `size` elements, on large pages where the system has them; a system that has none changes nothing. The room
// must be asked for before it is first touched.
template <class T>
void reserve_large(std::vector<T>& column, std::size_t size) {
  column.reserve(size);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::size_t kPage = std::size_t{1} << 21;
  const std::size_t skip = (kPage - reinterpret_cast<std::size_t>(column.data()) % kPage) % kPage;
  const std::size_t bytes = column.capacity() * sizeof(T);
  if (bytes < skip + 4 * kPage) return;
  static_cast<void>(
      madvise(reinterpret_cast<std::byte*>(column.data()) + skip, (bytes - skip) / kPage * kPage, MADV_HUGEPAGE));
#endif
}

// Has the system give the memory of a reserved stretch now. Several threads may ask for different stretches, so that
// not one of them waits for all pages to be cleared; a system that cannot do this gives them at their first touch.
inline void fetch_pages(void* first, std::size_t bytes) {
#if defined(__linux__) && defined(MADV_POPULATE_WRITE)
  constexpr std::size_t kPage = 4096;
  const std::size_t skip = (kPage - reinterpret_cast<std::size_t>(first) % kPage) % kPage;
  if (bytes < skip + kPage) return;
  static_cast<void>(
      madvise(static_cast<std::byte*>(first) + skip, (bytes - skip) / kPage * kPage, MADV_POPULATE_WRITE));
#else
  static_cast<void>(first);
  static_cast<void>(bytes);
#endif
}

}  // namespace jenjang
