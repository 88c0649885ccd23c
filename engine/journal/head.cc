#include <algorithm>
#include <charconv>

#include "jenjang/journal/journal.h"

namespace jenjang {

std::string JournalHead::to_string() const {
  return std::to_string(seq) + ":" + to_hex(hash).substr(0, 16);
}

std::optional<WantedHead> WantedHead::parse(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  WantedHead wanted;
  const std::string_view number = text.substr(0, colon);
  const char* const begin = number.data();
  const char* const end = begin + number.size();
  const auto [stop, error] = std::from_chars(begin, end, wanted.seq);
  if (error != std::errc() || stop != end) return std::nullopt;
  std::string_view hash = text.substr(colon + 1);
  if (hash.size() < 8 || hash.size() > 64) return std::nullopt;
  for (const char c : hash) {
    if (c >= 'A' && c <= 'F')
      wanted.hash_prefix += static_cast<char>(c - 'A' + 'a');
    else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
      wanted.hash_prefix += c;
    else
      return std::nullopt;
  }
  return wanted;
}

}  // namespace jenjang
