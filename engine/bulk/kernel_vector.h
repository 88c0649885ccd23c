// The few vector operations that kernels are written in. Included once by every kernel unit, inside its own namespace,
// after it says how many parts of four months it takes of a row, kParts: all three, or one, for a changed fact
// (Tables::first_month). A mask is a number with bit m for month m of these.

using V = double __attribute__((vector_size(32)));
using M = long __attribute__((vector_size(32)));           // all ones or nought, by lane
using B = unsigned char __attribute__((vector_size(16)));  // a byte a month and slack
using Months = unsigned;

// Small bodies in loops over a row: as calls they would pass vectors through memory. Parts are counted as offsets are.
#define JENJANG_INLINE inline __attribute__((always_inline))
#define JENJANG_PARTS(k) _Pragma("GCC unroll 3") for (long k = 0; k < kParts; ++k)

constexpr int kHeld = 4 * kParts;
constexpr Months kAllMonths = (1U << kHeld) - 1;

JENJANG_INLINE V load(const double* p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
JENJANG_INLINE void store(double* p, V v) {
  __builtin_memcpy(p, &v, sizeof v);
}
JENJANG_INLINE B load_bytes(const unsigned char* p) {
  B b{};
  // Of a whole row four bytes more, which a column has; of a part none.
  __builtin_memcpy(&b, p, kParts == 3 ? sizeof b : kHeld);
  return b;
}
JENJANG_INLINE void store_bytes(unsigned char* p, B b) {
  __builtin_memcpy(p, &b, kHeld);
}
JENJANG_INLINE V all(double x) {
  return V{x, x, x, x};
}
JENJANG_INLINE B all_bytes(unsigned char x) {
  return B{x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
}
template <class Mask>
JENJANG_INLINE B bytes_of(Mask mask) {
  return reinterpret_cast<B>(mask);
}
JENJANG_INLINE V magnitude(V v) {
  return reinterpret_cast<V>(reinterpret_cast<M>(v) & 0x7fffffffffffffffL);
}
JENJANG_INLINE V pick(M mask, V yes, V no) {
  return reinterpret_cast<V>((reinterpret_cast<M>(yes) & mask) | (reinterpret_cast<M>(no) & ~mask));
}

// A register of the compiler as one of the processor, and back.
template <class To, class From>
JENJANG_INLINE To as(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

JENJANG_INLINE V smaller(V a, V b) {
#if defined(__AVX__)
  return as<V>(_mm256_min_pd(as<__m256d>(a), as<__m256d>(b)));
#else
  return pick(a < b, a, b);
#endif
}

// Bit i of the lowest four: lane i of a comparison.
JENJANG_INLINE Months lanes(M mask) {
#if defined(__AVX__)
  return static_cast<unsigned>(_mm256_movemask_pd(as<__m256d>(mask)));
#elif defined(__SSE2__)
  struct Halves {
    __m128d low, high;
  };
  const auto halves = as<Halves>(mask);
  return static_cast<unsigned>(_mm_movemask_pd(halves.low) | _mm_movemask_pd(halves.high) << 2);
#else
  unsigned bits = 0;
  for (int i = 0; i < 4; ++i) bits |= static_cast<unsigned>(mask[i] & 1) << i;
  return bits;
#endif
}
JENJANG_INLINE Months below(const V a[kParts], double b) {
  Months months = 0;
  JENJANG_PARTS (k) months |= lanes(a[k] < b) << (4 * k);
  return months;
}
JENJANG_INLINE Months above(const V a[kParts], double b) {
  Months months = 0;
  JENJANG_PARTS (k) months |= lanes(a[k] > b) << (4 * k);
  return months;
}
JENJANG_INLINE Months same(const V a[kParts], double b) {
  Months months = 0;
  JENJANG_PARTS (k) months |= lanes(a[k] == b) << (4 * k);
  return months;
}
JENJANG_INLINE Months same(const V a[kParts], const V b[kParts]) {
  Months months = 0;
  JENJANG_PARTS (k) months |= lanes(a[k] == b[k]) << (4 * k);
  return months;
}

struct alignas(32) LaneMasks {
  long mask[16][4];
};
constexpr LaneMasks make_lane_masks() {
  LaneMasks masks{};
  for (int bits = 0; bits < 16; ++bits) {
    for (int i = 0; i < 4; ++i) masks.mask[bits][i] = (bits >> i & 1) != 0 ? -1 : 0;
  }
  return masks;
}
inline constexpr LaneMasks kLaneMasks = make_lane_masks();

JENJANG_INLINE M mask_of(Months months, long k) {
  M m;
  __builtin_memcpy(&m, kLaneMasks.mask[months >> (4 * k) & 15], sizeof m);
  return m;
}
JENJANG_INLINE V only(V v, M mask) {
  return reinterpret_cast<V>(reinterpret_cast<M>(v) & mask);
}
// Nought outside the months.
JENJANG_INLINE V only(V v, Months months, long k) {
#if defined(__AVX512VL__)
  return as<V>(_mm256_maskz_mov_pd(static_cast<__mmask8>(months >> (4 * k)), as<__m256d>(v)));
#else
  return reinterpret_cast<V>(reinterpret_cast<M>(v) & mask_of(months, k));
#endif
}

// Months whose byte has its highest bit.
JENJANG_INLINE Months months_of(B mask) {
#if defined(__SSE2__)
  return static_cast<unsigned>(_mm_movemask_epi8(as<__m128i>(mask))) & kAllMonths;
#else
  unsigned bits = 0;
  for (unsigned i = 0; i < kHeld; ++i) bits |= static_cast<unsigned>(mask[i] >> 7) << i;
  return bits;
#endif
}
// 0xff in the bytes of the months.
JENJANG_INLINE B bytes_in(Months months) {
#if defined(__AVX512BW__) && defined(__AVX512VL__)
  return as<B>(_mm_movm_epi8(static_cast<__mmask16>(months)));
#elif defined(__SSSE3__)
  const __m128i spread = _mm_shuffle_epi8(_mm_cvtsi32_si128(static_cast<int>(months)),
                                          _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
  const __m128i bit = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  return as<B>(_mm_cmpeq_epi8(_mm_and_si128(spread, bit), bit));
#else
  B b = all_bytes(0);
  for (int i = 0; i < kHeld; ++i) b[i] = (months >> i & 1) != 0 ? 0xff : 0;
  return b;
#endif
}
JENJANG_INLINE B larger(B a, B b) {
#if defined(__SSE2__)
  return as<B>(_mm_max_epu8(as<__m128i>(a), as<__m128i>(b)));
#else
  const B mask = bytes_of(a > b);
  return (a & mask) | (b & ~mask);
#endif
}
// label[place], places below 16.
JENJANG_INLINE B look_up(const signed char* label, B place) {
#if defined(__SSSE3__)
  __m128i table;
  __builtin_memcpy(&table, label, sizeof table);
  return as<B>(_mm_shuffle_epi8(table, as<__m128i>(place)));
#else
  for (int i = 0; i < kHeld; ++i) place[i] = static_cast<unsigned char>(label[place[i] & 15]);
  return place;
#endif
}
JENJANG_INLINE V as_double(const unsigned* p) {
#if defined(__AVX__)
  __m128i x;
  __builtin_memcpy(&x, p, sizeof x);
  return as<V>(_mm256_cvtepi32_pd(x));  // counts stay below 2^31
#else
  return V{static_cast<double>(p[0]), static_cast<double>(p[1]), static_cast<double>(p[2]), static_cast<double>(p[3])};
#endif
}
JENJANG_INLINE void store_count(unsigned* p, V v) {
#if defined(__AVX__)
  const __m128i x = _mm256_cvttpd_epi32(as<__m256d>(v));
  __builtin_memcpy(p, &x, sizeof x);
#else
  for (int i = 0; i < 4; ++i) p[i] = static_cast<unsigned>(static_cast<int>(v[i]));
#endif
}
// Bytes of small numbers as doubles.
JENJANG_INLINE V count_part(B bytes, long k) {
#if defined(__AVX2__)
  __m128i b = as<__m128i>(bytes);
  b = k == 0 ? b : k == 1 ? _mm_srli_si128(b, 4) : _mm_srli_si128(b, 8);
  return as<V>(_mm256_cvtepi32_pd(_mm_cvtepu8_epi32(b)));
#else
  const auto at = [&](int i) { return static_cast<double>(bytes[4 * k + i]); };
  return V{at(0), at(1), at(2), at(3)};
#endif
}

// Whole parts between nought and 32767 in sixteen bits, cut off at both ends: twelve cells and slack.
using H = short __attribute__((vector_size(32)));
JENJANG_INLINE H whole_parts(const V v[kParts]) {
#if defined(__AVX2__)
  const auto part = [](V x) __attribute__((always_inline)) {
    return _mm256_cvttpd_epi32(
        _mm256_max_pd(_mm256_min_pd(as<__m256d>(x), _mm256_set1_pd(32767.0)), _mm256_setzero_pd()));
  };
  const __m128i none = _mm_setzero_si128();
  if constexpr (kParts == 1) return as<H>(_mm256_set_m128i(none, _mm_packs_epi32(part(v[0]), none)));
  const __m128i first = _mm_packs_epi32(part(v[0]), part(v[kParts / 2])),
                last = _mm_packs_epi32(part(v[kParts - 1]), none);
  return as<H>(_mm256_set_m128i(last, first));
#else
  H out{};
  for (int i = 0; i < kHeld; ++i) {
    const double x = v[i / 4][i % 4];
    out[i] = static_cast<short>(x < 32767.0 ? (x > 0 ? static_cast<int>(x) : 0) : 32767);
  }
  return out;
#endif
}
// Small numbers in sixteen bits as bytes.
JENJANG_INLINE B bytes_of_small(H h) {
#if defined(__AVX2__)
  const __m256i x = as<__m256i>(h);
  return as<B>(_mm_packus_epi16(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)));
#else
  B b = all_bytes(0);
  for (int i = 0; i < kHeld; ++i) b[i] = static_cast<unsigned char>(h[i]);
  return b;
#endif
}
