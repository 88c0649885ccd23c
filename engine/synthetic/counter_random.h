// Random numbers by place instead of by turn: any thread may ask for any of them.
#pragma once

#include <cstdint>

namespace jenjang::synthetic {

// The finaliser of SplitMix64: every bit of the input reaches every bit of the output.
constexpr std::uint64_t scramble(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}
constexpr std::uint64_t draw(std::uint64_t key, std::uint64_t place) {
  return scramble(key + (place + 1) * 0x9e3779b97f4a7c15U);
}
// One of four independent 16-bit parts.
constexpr std::uint32_t part(std::uint64_t drawn, unsigned which) {
  return static_cast<std::uint32_t>(drawn >> (16U * which)) & 0xffffU;
}
// A share of 1 as a bound on a part: part < threshold(share) with that chance.
constexpr std::uint32_t threshold(double share) {
  const double half_up = share * 65536.0 + 0.5;
  return share <= 0 ? 0 : share >= 1 ? 0x10000U : static_cast<std::uint32_t>(half_up);
}

}  // namespace jenjang::synthetic
