#include "jenjang/rules/clock.h"

#include <algorithm>

namespace jenjang {

const HolidayYear* HolidayCalendar::year(int number) const {
  const auto found = std::find_if(years.begin(), years.end(), [&](const auto& one) { return one.year == number; });
  return found == years.end() ? nullptr : &*found;
}

const ClockLimit* PackClock::limit(std::string_view code) const {
  const auto found = std::find_if(limits.begin(), limits.end(), [&](const auto& one) { return one.code == code; });
  return found == limits.end() ? nullptr : &*found;
}

const ClockDenominator* PackClock::denominator(std::string_view code) const {
  const auto found =
      std::find_if(denominators.begin(), denominators.end(), [&](const auto& one) { return one.code == code; });
  return found == denominators.end() ? nullptr : &*found;
}

}  // namespace jenjang
