#include "jenjang/graph/period_grid.h"

#include <algorithm>

namespace jenjang {

PeriodGrid::PeriodGrid(const std::vector<Period>& periods) {
  for (const Period& period : periods) {
    if (!period.valid()) continue;
    periods_.push_back(period);
    for (const Granularity g : {Granularity::year, Granularity::semester, Granularity::quarter}) {
      if (g < period.granularity()) periods_.push_back(period.enclosing(g));
    }
  }
  std::sort(periods_.begin(), periods_.end());
  periods_.erase(std::unique(periods_.begin(), periods_.end()), periods_.end());
}

std::optional<SlotId> PeriodGrid::find(Period period) const {
  const auto it = std::lower_bound(periods_.begin(), periods_.end(), period);
  if (it == periods_.end() || *it != period) return std::nullopt;
  return SlotId::from_index(static_cast<std::size_t>(it - periods_.begin()));
}

}  // namespace jenjang
