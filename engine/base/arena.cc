#include "jenjang/base/arena.h"

#include <algorithm>
#include <cstdint>
#include <new>

#include "engine/base/large_pages.h"

namespace jenjang {
namespace {

// Small plans keep a few hundred bytes; large ones get stretches that large pages fit into.
constexpr std::size_t kLeastStretch = std::size_t{1} << 12;
constexpr std::size_t kMostStretch = std::size_t{1} << 26;
constexpr std::size_t kLargePage = std::size_t{1} << 21;

}  // namespace

void Arena::more(std::size_t bytes) {
  constexpr std::size_t kAlignment = alignof(std::max_align_t);
  const std::size_t grown = kLeastStretch << std::min<std::size_t>(2 * stretches_.size(), 14);
  const std::size_t size = std::max(std::min(grown, kMostStretch), bytes + kAlignment);
  if (size >= kLargePage) {
    // On the border of a large page, so that none of them is cut.
    const std::size_t whole = (size + kLargePage - 1) / kLargePage * kLargePage;
    auto* const stretch = static_cast<std::byte*>(::operator new(whole, std::align_val_t{kLargePage}));
    ask_large_pages(stretch, whole);
    stretches_.emplace_back(stretch, [](std::byte* at) { ::operator delete(at, std::align_val_t{kLargePage}); });
    left_ = whole;
  } else {
    stretches_.emplace_back(new std::byte[size]);
    left_ = size;
  }
  free_ = stretches_.back().get();
}

}  // namespace jenjang
