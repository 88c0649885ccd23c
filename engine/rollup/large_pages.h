// Columns of a province are gigabytes, and a change reads a few cells of rows that lie far apart: with pages of 4 KiB
// nearly every one of them first costs a walk through the page tables. Linux gives pages of 2 MiB to memory that asks.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/large_pages.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace jenjang::rollup {

using jenjang::reserve_large;

// As reserve_large, for a column that is there already and will be read here and there for long. Costs a copy of it.
template <class T>
void move_to_large(const std::vector<T>& column) {
#if defined(__linux__) && defined(MADV_COLLAPSE)
  constexpr std::size_t kPage = std::size_t{1} << 21;
  const std::size_t skip = (kPage - reinterpret_cast<std::size_t>(column.data()) % kPage) % kPage;
  const std::size_t bytes = column.size() * sizeof(T);
  if (bytes < skip + 4 * kPage) return;
  // Which pages hold them changes, not what they hold: a column that may only be read here can be moved too.
  auto* const first = reinterpret_cast<std::byte*>(const_cast<T*>(column.data()));
  static_cast<void>(madvise(first + skip, (bytes - skip) / kPage * kPage, MADV_COLLAPSE));
#else
  static_cast<void>(column);
#endif
}

}  // namespace jenjang::rollup
