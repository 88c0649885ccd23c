#include "jenjang/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "engine/base/utf8.h"

namespace jenjang {
namespace {

std::vector<std::uint32_t> code_points(std::string_view text) {
  std::vector<std::uint32_t> result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    // An invalid byte equals only itself.
    result.push_back(point.valid ? point.value : 0x110000U + static_cast<std::uint8_t>(text[at]));
    at += point.bytes;
  }
  return result;
}

std::size_t allowed_distance(std::size_t letters) {
  if (letters <= 4) return 1;
  return letters <= 8 ? 2 : 3;
}

// Edit distance where a swap of neighbours counts one (optimal string alignment); anything above
// `limit` may come back as limit + 1. Rows are kept for three letters only.
std::size_t distance_up_to(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b,
                           std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t shorter = std::min(a.size(), b.size());
  if (longer - shorter > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
      least = std::min(least, current[j]);
    }
    // A swap looks two rows back, so one row above the limit is not yet the end.
    if (least > limit + 1) return limit + 1;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

template <class Text>
std::optional<std::string> nearest_of(std::string_view word, std::span<const Text> candidates) {
  const std::vector<std::uint32_t> letters = code_points(word);
  const std::size_t limit = allowed_distance(letters.size());
  std::size_t best = limit + 1;
  std::optional<std::string> found;
  for (const Text& candidate : candidates) {
    // A code point is at most four bytes: skip what cannot be near before decoding.
    if (candidate.size() > (letters.size() + limit) * 4) continue;
    const std::size_t distance = distance_up_to(letters, code_points(candidate), limit);
    if (distance < best) {
      best = distance;
      found = std::string(candidate);
    }
  }
  return found;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++count) at += decode_utf8(utf8, at).bytes;
  return count;
}

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    // Plans are nearly all ASCII: eight bytes a step.
    while (at + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080808080808080ULL) != 0) break;
      at += 8;
    }
    if (at >= text.size()) break;
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) return at;
    at += point.bytes;
  }
  return std::string_view::npos;
}

bool is_valid_utf8(std::string_view text) {
  return find_invalid_utf8(text) == std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  std::size_t first = 0;
  std::size_t last = text.size();
  while (first < last && blank(text[first])) ++first;
  while (first < last && blank(text[last - 1])) --last;
  return first == last ? std::string_view{} : text.substr(first, last - first);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  return nearest_of(word, candidates);
}
std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  return nearest_of(word, candidates);
}

std::string format_fixed(double value, int places) {
  // 309 digits before the point at most, then the point, the places and a sign.
  std::string buffer(std::size_t{320} + static_cast<std::size_t>(std::max(places, 0)), '\0');
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, std::max(places, 0));
  buffer.resize(static_cast<std::size_t>(end.ptr - buffer.data()));
  // A negative figure that prints as zero is shown as zero.
  if (!buffer.empty() && buffer.front() == '-' && buffer.find_first_not_of("-0.") == std::string::npos) {
    buffer.erase(0, 1);
  }
  return buffer;
}

}  // namespace jenjang
