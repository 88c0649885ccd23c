// Rows of sheets and events hold keys and report numbers, never the number of a person.
#pragma once

#include <cstddef>
#include <string_view>

namespace jenjang {

// Length of the first run of digits as long as a number of the population register (16) or of a civil servant (18),
// blanks within it not counted; 0: none.
inline std::size_t person_digits(std::string_view text) {
  constexpr std::size_t kResident = 16, kCivilServant = 18;
  std::size_t digits = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char letter = at < text.size() ? text[at] : '\0';
    if (letter >= '0' && letter <= '9') {
      ++digits;
    } else if (letter != ' ') {
      if (digits == kResident || digits == kCivilServant) return digits;
      digits = 0;
    }
  }
  return 0;
}

}  // namespace jenjang
