// Keys that stand more than once, among millions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "jenjang/base/watch.h"
#include "jenjang/measure/period.h"

namespace jenjang {

// A row, and the first row with its key and period.
struct DoubleKey {
  std::uint32_t row = 0, first = 0;
};

// A row that is left out, and whose period cannot be read: it is no row of any period.
inline constexpr std::uint8_t kPeriodUnread = 2;

// Every row whose key has stood before in the same period, in order of rows. `left_out` and `periods` are of the length
// of `keys`; `periods` may be empty. Linear; beside the answer 12 bytes a key. The same for any number of threads.
std::vector<DoubleKey> find_double_keys(std::span<const std::string_view> keys, std::span<const Period> periods,
                                        std::span<const std::uint8_t> left_out, unsigned threads, const Watch* watch);

}  // namespace jenjang
