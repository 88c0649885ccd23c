// Twelve months in registers of AVX-512: eight doubles and four, masks of twelve bits, bytes in the low end of sixteen.
#pragma once

#include <cstdint>
#include <immintrin.h>

namespace jenjang::bench::JENJANG_LIMIT_ROWS {

using Mask = std::uint32_t;
inline constexpr Mask kEvery = 0xfff;
inline constexpr bool kBandsOfLeaves = true;

// Copied member by member: as a block of bytes GCC 12 sends it through memory, the halves under other widths than
// they are read back with, and every such reading waits for the store.
struct Row {
  Row() = default;
  Row(__m512d first, __m256d second) : a(first), b(second) {}
  Row(const Row& other) : a(other.a), b(other.b) {}
  Row& operator=(const Row& other) {
    a = other.a;
    b = other.b;
    return *this;
  }
  __m512d a;
  __m256d b;
};
struct Bytes {
  __m128i x;
};
struct Counts {
  __m512i x;
};

inline Mask joined(Mask a, Mask b) {
  return a | (b << 8);
}
inline __mmask8 low(Mask m) {
  return static_cast<__mmask8>(m);
}
inline __mmask8 high(Mask m) {
  return static_cast<__mmask8>(m >> 8);
}
inline __mmask16 all(Mask m) {
  return static_cast<__mmask16>(m);
}

inline Row load(const double* p) {
  return {_mm512_loadu_pd(p), _mm256_loadu_pd(p + 8)};
}
inline void store(double* p, Row r) {
  _mm512_storeu_pd(p, r.a);
  _mm256_storeu_pd(p + 8, r.b);
}
// Rows of 96 bytes from a multiple of 64: always a multiple of 32.
inline void stream(double* p, Row r) {
  _mm256_stream_pd(p, _mm512_castpd512_pd256(r.a));
  _mm256_stream_pd(p + 4, _mm512_extractf64x4_pd(r.a, 1));
  _mm256_stream_pd(p + 8, r.b);
}
inline void end_streams() {
  _mm_sfence();
}
inline Row splat(double x) {
  return {_mm512_set1_pd(x), _mm256_set1_pd(x)};
}
inline Row operator+(Row x, Row y) {
  return {_mm512_add_pd(x.a, y.a), _mm256_add_pd(x.b, y.b)};
}
inline Row operator-(Row x, Row y) {
  return {_mm512_sub_pd(x.a, y.a), _mm256_sub_pd(x.b, y.b)};
}
inline Row operator*(Row x, Row y) {
  return {_mm512_mul_pd(x.a, y.a), _mm256_mul_pd(x.b, y.b)};
}
inline Row operator/(Row x, Row y) {
  return {_mm512_div_pd(x.a, y.a), _mm256_div_pd(x.b, y.b)};
}
inline Row absolute(Row x) {
  return {_mm512_abs_pd(x.a), _mm256_andnot_pd(_mm256_set1_pd(-0.0), x.b)};
}
inline Row floor(Row x) {
  return {_mm512_roundscale_pd(x.a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC), _mm256_floor_pd(x.b)};
}
inline Mask less(Row x, Row y) {
  return joined(_mm512_cmp_pd_mask(x.a, y.a, _CMP_LT_OQ), _mm256_cmp_pd_mask(x.b, y.b, _CMP_LT_OQ));
}
inline Mask equal(Row x, Row y) {
  return joined(_mm512_cmp_pd_mask(x.a, y.a, _CMP_EQ_OQ), _mm256_cmp_pd_mask(x.b, y.b, _CMP_EQ_OQ));
}
inline Row pick(Mask m, Row yes, Row no) {
  return {_mm512_mask_blend_pd(low(m), no.a, yes.a), _mm256_mask_blend_pd(high(m), no.b, yes.b)};
}
inline Row keep(Mask m, Row x) {
  return {_mm512_maskz_mov_pd(low(m), x.a), _mm256_maskz_mov_pd(high(m), x.b)};
}
inline Row add_where(Mask m, Row x, Row y) {
  return {_mm512_mask_add_pd(x.a, low(m), x.a, y.a), _mm256_mask_add_pd(x.b, high(m), x.b, y.b)};
}

inline Bytes load_bytes(const void* p) {
  return {_mm_loadu_si128(static_cast<const __m128i*>(p))};
}
inline void store_bytes(void* p, Bytes b) {
  _mm_mask_storeu_epi8(p, all(kEvery), b.x);
}
inline Bytes splat_bytes(int x) {
  return {_mm_set1_epi8(static_cast<char>(x))};
}
inline Bytes operator&(Bytes x, Bytes y) {
  return {_mm_and_si128(x.x, y.x)};
}
inline Bytes operator|(Bytes x, Bytes y) {
  return {_mm_or_si128(x.x, y.x)};
}
inline Bytes most(Bytes x, Bytes y) {
  return {_mm_max_epu8(x.x, y.x)};
}
inline Mask is(Bytes x, int y) {
  return _mm_cmpeq_epi8_mask(x.x, splat_bytes(y).x) & kEvery;
}
inline Mask has(Bytes x, int bits) {
  return _mm_test_epi8_mask(x.x, splat_bytes(bits).x) & kEvery;
}
inline Bytes pick(Mask m, Bytes yes, Bytes no) {
  return {_mm_mask_blend_epi8(all(m), no.x, yes.x)};
}
inline Bytes keep(Mask m, Bytes x) {
  return {_mm_maskz_mov_epi8(all(m), x.x)};
}
inline Bytes upper_state(Bytes x) {
  return {_mm_and_si128(_mm_srli_epi16(x.x, 4), _mm_set1_epi8(7))};
}

// How many cuts a figure is below: kept as wide as figures until the end, since masks are costly to join.
struct Places {
  Places() : a(_mm512_setzero_si512()), b(_mm256_setzero_si256()) {}
  Places(__m512i first, __m256i second) : a(first), b(second) {}
  Places(const Places& other) : a(other.a), b(other.b) {}
  Places& operator=(const Places& other) {
    a = other.a;
    b = other.b;
    return *this;
  }
  __m512i a;
  __m256i b;
};
inline Places count_below(Places p, Row x, double cut) {
  const Row y = splat(cut);
  return {_mm512_mask_add_epi64(p.a, _mm512_cmp_pd_mask(x.a, y.a, _CMP_LT_OQ), p.a, _mm512_set1_epi64(1)),
          _mm256_mask_add_epi64(p.b, _mm256_cmp_pd_mask(x.b, y.b, _CMP_LT_OQ), p.b, _mm256_set1_epi64x(1))};
}
inline Bytes to_bytes(Places p) {
  return {_mm_unpacklo_epi64(_mm512_cvtepi64_epi8(p.a), _mm256_cvtepi64_epi8(p.b))};
}

inline Counts no_counts() {
  return {_mm512_setzero_si512()};
}
inline Counts load_counts(const std::uint32_t* p) {
  return {_mm512_maskz_loadu_epi32(all(kEvery), p)};
}
inline void store_counts(std::uint32_t* p, Counts c) {
  _mm512_mask_storeu_epi32(p, all(kEvery), c.x);
}
inline Counts operator+(Counts x, Counts y) {
  return {_mm512_add_epi32(x.x, y.x)};
}
inline Counts add_where(Mask m, Counts x, Counts y) {
  return {_mm512_mask_add_epi32(x.x, all(m), x.x, y.x)};
}
inline Mask is_nought(Counts x) {
  return _mm512_testn_epi32_mask(x.x, x.x) & kEvery;
}
inline Counts widen(Bytes x) {
  return {_mm512_cvtepu8_epi32(x.x)};
}
inline Row to_row(Counts x) {
  return {_mm512_cvtepu32_pd(_mm512_castsi512_si256(x.x)), _mm256_cvtepu32_pd(_mm512_extracti32x4_epi32(x.x, 2))};
}

}  // namespace jenjang::bench::JENJANG_LIMIT_ROWS
