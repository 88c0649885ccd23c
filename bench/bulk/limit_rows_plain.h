// The same words as limit_rows_wide.h over arrays of kLanes: twelve months for a processor without AVX-512, one month
// for a single changed cell.
#pragma once

#include <cmath>
#include <cstdint>

namespace jenjang::bench::JENJANG_LIMIT_ROWS {

using Mask = std::uint32_t;
inline constexpr int kLanes = JENJANG_LIMIT_LANES;
inline constexpr Mask kEvery = (1U << kLanes) - 1;
inline constexpr bool kBandsOfLeaves = kLanes > 1;  // a change sees to its one leaf itself

template <class T>
struct Lanes {
  T x[kLanes];
};
using Row = Lanes<double>;
using Bytes = Lanes<std::uint8_t>;
using Counts = Lanes<std::uint32_t>;

template <class To, class F>
inline To each(F&& f) {
  To result;
  for (int i = 0; i < kLanes; ++i) result.x[i] = static_cast<std::remove_reference_t<decltype(result.x[0])>>(f(i));
  return result;
}
template <class F>
inline Mask mask_of(F&& f) {
  Mask result = 0;
  for (int i = 0; i < kLanes; ++i) result |= static_cast<Mask>(f(i) ? 1U : 0U) << i;
  return result;
}
inline bool bit(Mask m, int i) {
  return (m >> i & 1U) != 0;
}

inline Row load(const double* p) {
  return each<Row>([&](int i) { return p[i]; });
}
inline void store(double* p, Row r) {
  for (int i = 0; i < kLanes; ++i) p[i] = r.x[i];
}
inline void stream(double* p, Row r) {
  store(p, r);
}
inline void end_streams() {}
inline Row splat(double x) {
  return each<Row>([&](int) { return x; });
}
inline Row operator+(Row x, Row y) {
  return each<Row>([&](int i) { return x.x[i] + y.x[i]; });
}
inline Row operator-(Row x, Row y) {
  return each<Row>([&](int i) { return x.x[i] - y.x[i]; });
}
inline Row operator*(Row x, Row y) {
  return each<Row>([&](int i) { return x.x[i] * y.x[i]; });
}
inline Row operator/(Row x, Row y) {
  return each<Row>([&](int i) { return x.x[i] / y.x[i]; });
}
inline Row absolute(Row x) {
  return each<Row>([&](int i) { return std::fabs(x.x[i]); });
}
inline Row floor(Row x) {
  return each<Row>([&](int i) { return std::floor(x.x[i]); });
}
inline Mask less(Row x, Row y) {
  return mask_of([&](int i) { return x.x[i] < y.x[i]; });
}
inline Mask equal(Row x, Row y) {
  return mask_of([&](int i) { return x.x[i] == y.x[i]; });
}
template <class T>
inline Lanes<T> pick(Mask m, Lanes<T> yes, Lanes<T> no) {
  return each<Lanes<T>>([&](int i) { return bit(m, i) ? yes.x[i] : no.x[i]; });
}
template <class T>
inline Lanes<T> keep(Mask m, Lanes<T> x) {
  return each<Lanes<T>>([&](int i) { return bit(m, i) ? x.x[i] : T{}; });
}
template <class T>
inline Lanes<T> add_where(Mask m, Lanes<T> x, Lanes<T> y) {
  return each<Lanes<T>>([&](int i) { return bit(m, i) ? x.x[i] + y.x[i] : x.x[i]; });
}

inline Bytes load_bytes(const void* p) {
  return each<Bytes>([&](int i) { return static_cast<const std::uint8_t*>(p)[i]; });
}
inline void store_bytes(void* p, Bytes b) {
  for (int i = 0; i < kLanes; ++i) static_cast<std::uint8_t*>(p)[i] = b.x[i];
}
inline Bytes splat_bytes(int x) {
  return each<Bytes>([&](int) { return x; });
}
inline Bytes operator&(Bytes x, Bytes y) {
  return each<Bytes>([&](int i) { return x.x[i] & y.x[i]; });
}
inline Bytes operator|(Bytes x, Bytes y) {
  return each<Bytes>([&](int i) { return x.x[i] | y.x[i]; });
}
inline Bytes most(Bytes x, Bytes y) {
  return each<Bytes>([&](int i) { return x.x[i] < y.x[i] ? y.x[i] : x.x[i]; });
}
inline Mask is(Bytes x, int y) {
  return mask_of([&](int i) { return x.x[i] == y; });
}
inline Mask has(Bytes x, int bits) {
  return mask_of([&](int i) { return (x.x[i] & bits) != 0; });
}
inline Bytes upper_state(Bytes x) {
  return each<Bytes>([&](int i) { return x.x[i] >> 4 & 7; });
}

struct Places {
  Bytes below{};
};
inline Places count_below(Places p, Row x, double cut) {
  return {each<Bytes>([&](int i) { return p.below.x[i] + (x.x[i] < cut ? 1 : 0); })};
}
inline Bytes to_bytes(Places p) {
  return p.below;
}

inline Counts no_counts() {
  return each<Counts>([](int) { return 0; });
}
inline Counts load_counts(const std::uint32_t* p) {
  return each<Counts>([&](int i) { return p[i]; });
}
inline void store_counts(std::uint32_t* p, Counts c) {
  for (int i = 0; i < kLanes; ++i) p[i] = c.x[i];
}
inline Counts operator+(Counts x, Counts y) {
  return each<Counts>([&](int i) { return x.x[i] + y.x[i]; });
}
inline Mask is_nought(Counts x) {
  return mask_of([&](int i) { return x.x[i] == 0; });
}
inline Counts widen(Bytes x) {
  return each<Counts>([&](int i) { return x.x[i]; });
}
inline Row to_row(Counts x) {
  return each<Row>([&](int i) { return x.x[i]; });
}

}  // namespace jenjang::bench::JENJANG_LIMIT_ROWS
