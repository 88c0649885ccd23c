// Work over a range of numbers on some threads. What each number gets must not depend on the split.
#pragma once

#include <cstdint>
#include <functional>

namespace jenjang::synthetic {

// Calls work(begin, end) for pieces that tile [begin, end), on `threads` threads, the caller's among them. The first
// exception of a piece is thrown again here.
void for_ranges(std::uint64_t begin, std::uint64_t end, unsigned threads,
                const std::function<void(std::uint64_t, std::uint64_t)>& work);

}  // namespace jenjang::synthetic
