#include "engine/source/stop_bytes.h"

#include <algorithm>

#include "engine/source/text_check.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace jenjang {
namespace {

#if defined(__SSE2__)
struct Masks {
  std::uint32_t stops, beyond_ascii;
};

// Sixteen bytes. Stops are the bytes below a blank but for the tab, DEL, the quote and the separator.
Masks masks_of(const char* bytes, char separator) {
  const __m128i found = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto equals = [&](char byte) { return _mm_cmpeq_epi8(found, _mm_set1_epi8(byte)); };
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(found, _mm_set1_epi8(0x1F)), found);
  const __m128i control = _mm_or_si128(_mm_andnot_si128(equals('\t'), low), equals(0x7F));
  const __m128i stops = _mm_or_si128(control, _mm_or_si128(equals('"'), equals(separator)));
  return {static_cast<std::uint32_t>(_mm_movemask_epi8(stops)), static_cast<std::uint32_t>(_mm_movemask_epi8(found))};
}
#endif

}  // namespace

StopBytes::StopBytes(std::string_view text, char separator) : text_(text), separator_(separator) {
  for (std::size_t byte = 0; byte < is_stop_.size(); ++byte) is_stop_[byte] = is_control_byte(static_cast<char>(byte));
  for (const char c : {'\n', '\r', '"', separator}) is_stop_[static_cast<std::uint8_t>(c)] = true;
}

void StopBytes::look(std::size_t block) {
  block_ = block;
  stops_ = 0;
  std::uint64_t beyond_ascii = 0;
  const std::size_t length = std::min(kBlock, text_.size() - block);
  std::size_t done = 0;
#if defined(__SSE2__)
  for (; done + 16 <= length; done += 16) {
    const Masks masks = masks_of(text_.data() + block + done, separator_);
    stops_ |= std::uint64_t{masks.stops} << done;
    beyond_ascii |= masks.beyond_ascii;
  }
#endif
  for (; done < length; ++done) {
    const auto byte = static_cast<std::uint8_t>(text_[block + done]);
    stops_ |= std::uint64_t{is_stop_[byte]} << done;
    beyond_ascii |= byte & 0x80U;
  }
  if (beyond_ascii != 0) beyond_ascii_end_ = block + length;
}

}  // namespace jenjang
