// Small text helpers shared by readers and renderers.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jenjang {

// Number of code points (invalid bytes count one each).
std::size_t display_width(std::string_view utf8);
bool is_valid_utf8(std::string_view text);
// Offset of the first byte that is not part of valid UTF-8; npos when all is valid.
std::size_t find_invalid_utf8(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
// Nearest candidate by edit distance with transpositions, if near enough to be a slip of the
// hand (distance <= 1 for up to 4 letters, <= 2 for up to 8, else <= 3). Ties: first given.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> candidates);
// The same text of every member of a list, in its order: texts_of(bands, &Band::label).
template <class List, class T>
std::vector<std::string> texts_of(const List& list, std::string T::* text) {
  std::vector<std::string> out;
  out.reserve(std::size(list));
  for (const T& one : list) out.push_back(one.*text);
  return out;
}
// printf-free number text with '.' and `places` decimals, independent of the locale.
std::string format_fixed(double value, int places);

}  // namespace jenjang
