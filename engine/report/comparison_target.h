// What stands as the target of a comparison, and the achievement against it, both exact.
#pragma once

#include <optional>
#include <string>

#include "jenjang/report/comparison.h"

#include "engine/explain/figures.h"

namespace jenjang::report {

// Neither `figure` nor `written`: there is nothing to compare with, for `redefined` because the definition changed.
struct ComparisonTarget {
  std::optional<Rational> figure;  // a realisation that stands as the target
  std::optional<Target> written;   // a target as a document states it
  std::string printed, against;
  std::string shortfall;  // what the figure that stands as the target lacks: "sebagian (1 dari 2 unit)"; empty: nothing
  bool redefined = false;
  bool illustrative = false, unverified = false;
};

class ComparisonTargets {
public:
  ComparisonTargets(const ExplainContext& context, Lane lane)
      : context_(context), lane_(lane), figures_(context, lane) {}
  // Any kind but Comparison::year, which the result row holds.
  ComparisonTarget find(NodeId node, Period period, Comparison kind);
  ExactEvaluator& exact() { return figures_.exact(); }

private:
  ComparisonTarget plan_end(NodeId node, Period period);
  ComparisonTarget last_year(NodeId node, Period period);
  ComparisonTarget nation(NodeId node, Period period);
  // The realisation of a cell as a target; nothing when it has no figure.
  ComparisonTarget realised(NodeId node, Period period);

  const ExplainContext& context_;
  Lane lane_;
  FigurePrinter figures_;
};

struct Achieved {
  std::optional<Rational> raw;  // before cap and floor
  CellState state = CellState::not_applicable;
};
Achieved achieve_against(const Model& model, NodeId node, Period period, const Rational& realised,
                         const ComparisonTarget& target);

}  // namespace jenjang::report
