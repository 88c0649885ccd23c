// Tables of a province are gigabytes. With pages of 4 KiB the first touch of every one of them costs a turn of the
// kernel, and later reads here and there a walk through the page tables. Linux gives pages of 2 MiB to memory that
// asks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace jenjang {

// Asks for large pages for memory that has not been touched yet; less than a few of them is not worth it, and a system
// that has none changes nothing.
inline void ask_large_pages(void* first, std::size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::size_t kPage = std::size_t{1} << 21;
  const std::size_t skip = (kPage - reinterpret_cast<std::size_t>(first) % kPage) % kPage;
  if (bytes < skip + 4 * kPage) return;
  static_cast<void>(madvise(static_cast<std::byte*>(first) + skip, (bytes - skip) / kPage * kPage, MADV_HUGEPAGE));
#else
  static_cast<void>(first);
  static_cast<void>(bytes);
#endif
}

// Room for `size` elements, on large pages where the system has them. The room must be asked for before it is first
// touched.
template <class T>
void reserve_large(std::vector<T>& column, std::size_t size) {
  column.reserve(size);
  const std::span<std::byte> room = std::as_writable_bytes(std::span(column.data(), column.capacity()));
  ask_large_pages(room.data(), room.size());
}

// Room for one more: twice as much, on large pages, when there is none.
template <class T>
void make_room(std::vector<T>& column) {
  if (column.size() == column.capacity()) reserve_large(column, std::max<std::size_t>(2 * column.size(), 8));
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
