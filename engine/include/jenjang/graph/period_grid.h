// PeriodGrid: the periods one run computes, one slot each, closed upward.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jenjang/base/strong_id.h"
#include "jenjang/measure/period.h"

namespace jenjang {

using SlotId = StrongId<struct SlotTag>;

class PeriodGrid {
public:
  PeriodGrid() = default;
  // Sorts, removes repeats, and adds every enclosing semester, quarter and year. Slots are in
  // Period order.
  explicit PeriodGrid(const std::vector<Period>& periods);

  [[nodiscard]] std::size_t size() const { return periods_.size(); }
  [[nodiscard]] Period operator[](SlotId slot) const { return periods_[slot.index()]; }
  [[nodiscard]] std::span<const Period> periods() const { return periods_; }
  [[nodiscard]] std::optional<SlotId> find(Period period) const;

private:
  std::vector<Period> periods_;
};

}  // namespace jenjang
