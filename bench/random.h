// The same numbers in every run and on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jenjang::bench {

// Knuth's linear congruence modulo 2^64 (MMIX); its upper bits.
class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>((state_ >> 33) % n);
  }

private:
  std::uint64_t state_;
};

}  // namespace jenjang::bench
