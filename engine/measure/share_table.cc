#include "jenjang/measure/share_table.h"

#include <algorithm>

namespace jenjang {
namespace {

// met / n against num / den, exactly. 128 bits: a product of two 64-bit numbers always fits.
std::strong_ordering compare_share(std::int64_t met, std::int64_t n, std::int64_t num, std::int64_t den) {
  return static_cast<Int128>(met) * den <=> static_cast<Int128>(num) * n;
}

bool holds(const ShareRow& row, std::int64_t met, std::int64_t n, const std::vector<std::string>& given) {
  const std::strong_ordering low = compare_share(met, n, row.low_num, row.low_den);
  if (row.low_closed ? low < 0 : low <= 0) return false;
  const std::strong_ordering high = compare_share(met, n, row.high_num, row.high_den);
  if (row.high_open ? high >= 0 : high > 0) return false;
  return std::all_of(row.judgements.begin(), row.judgements.end(),
                     [&](const std::string& key) { return std::find(given.begin(), given.end(), key) != given.end(); });
}

}  // namespace

int ShareTable::find(std::int64_t met, std::int64_t n, const std::vector<std::string>& given) const {
  // No criteria, or more met than there are, is not a share.
  if (n <= 0 || met < 0 || met > n) return -1;
  const auto it =
      std::find_if(rows.begin(), rows.end(), [&](const ShareRow& row) { return holds(row, met, n, given); });
  return it == rows.end() ? -1 : static_cast<int>(it - rows.begin());
}

}  // namespace jenjang
