// Columns of `rollup --selang`: between which limits a figure will lie, and the predicate that no report can change.
#pragma once

#include <string>
#include <vector>

#include "jenjang/report/report.h"
#include "jenjang/rollup/interval.h"

namespace jenjang {

class IntervalFiller {
public:
  IntervalFiller(const ExplainContext& context, Lane lane);
  void fill(ResultRow& row, Period period);

private:
  [[nodiscard]] std::string print(const std::optional<Rational>& end, const MeasureSpec& spec) const;

  const ExplainContext& context_;
  IntervalEvaluator intervals_;
};

void add_interval_columns(Table& table, bool any_outer);
void add_interval_cells(std::vector<std::string>& cells, const ResultRow& row);

}  // namespace jenjang
