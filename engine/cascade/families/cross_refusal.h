// Refusals of a two-way split in words.
#pragma once

#include <span>
#include <string>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/families/cross_families.h"
#include "engine/cascade/twoway/two_way.h"

namespace jenjang::cascade {

class CrossRefusals {
public:
  CrossRefusals(const Model& model, const CrossSetup& setup, Period period, const CellStore& store)
      : model_(model), setup_(setup), period_(period), store_(store) {}

  [[nodiscard]] Diagnostic without_number(std::vector<NodeId> nodes) const;
  // `value` of a row or column is no multiple of `step`.
  [[nodiscard]] Diagnostic not_whole(NodeId margin, const Rational& value, const Decimal& step) const;
  // `order`: which row of the family each row of the problem is.
  [[nodiscard]] Diagnostic refusal(const TwoWayRefusal& refusal, const TwoWayProblem& problem,
                                   std::span<const std::size_t> order, const Decimal& step) const;

private:
  [[nodiscard]] Diagnostic margins_differ(const Rational& by_row, const Rational& by_column) const;
  [[nodiscard]] Diagnostic unreachable(const TwoWayRefusal& refusal, std::span<const NodeId> rows,
                                       std::span<const NodeId> columns, const Decimal& step) const;
  [[nodiscard]] Diagnostic hold_conflict(const TwoWayRefusal& refusal, const TwoWayProblem& problem,
                                         std::span<const std::size_t> order, const Decimal& step) const;
  [[nodiscard]] std::vector<NodeId> all_columns() const;
  void relate(Diagnostic& finding, std::span<const NodeId> nodes, bool rows) const;

  const Model& model_;
  const CrossSetup& setup_;
  Period period_;
  const CellStore& store_;
};

}  // namespace jenjang::cascade
