// A small generator of its own: the standard distributions differ from library to library.
#pragma once

#include <cstdint>

namespace jenjang::synthetic {

// SplitMix64: a counter through a mixing function, so that any seed will do.
class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t x = state_;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
  }
  // 0 .. bound - 1. The bias of a remainder, below 2^-32 here, is no matter.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }

private:
  std::uint64_t state_;
};

}  // namespace jenjang::synthetic
