// Interval results: the lowest and the highest value possible, given what is missing.
//
// A figure not reported lies somewhere between the least and the most possible of its measure (rentang_nilai; else what
// the unit of measure implies: percent 0..100, counts from 0 up; else unbounded). Bounds are carried up the formula
// edges exactly where the aggregate is monotone in each child (sum, mean with weights >= 0, ratio with bounded pairs,
// extrema, share meeting): both ends are attained by some choice of the missing figures, reporting one more figure
// never widens an interval, and a complete cell is a point. A predicate is certain when the whole interval lies in one
// band. Source: interval arithmetic over monotone functions; decision 0022.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/rollup/rollup.h"

namespace jenjang {

struct PossibleRange {
  std::optional<Rational> least, most;  // empty: unbounded on that side
  bool attained = true;                 // false: an outer bound, where a child feeds several parents
  [[nodiscard]] bool is_point() const { return least && most && *least == *most; }
  friend bool operator==(const PossibleRange&, const PossibleRange&) = default;
};

class IntervalEvaluator {
public:
  IntervalEvaluator(const Model& model, const TargetTable& targets, const Facts& facts, Lane lane,
                    std::optional<Date> as_of = std::nullopt);
  ~IntervalEvaluator();
  // nullopt when the cell is not applicable.
  std::optional<PossibleRange> value(NodeId node, Period period);
  std::optional<PossibleRange> achievement(NodeId node, Period period);
  // Index of the band (of the value's or the achievement's scale) that the whole interval lies in; -1 when it does not
  // or there is no scale.
  int certain_band(NodeId node, Period period);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jenjang
