// Reach over reported figures: the least number of whole units to a predicate or a target.
//
// A unit is the step of each figure (one ton, one district, 0.01 of an index). Three cases are exact, and which one
// applied is said: where every figure moves the measure evenly (sums, means, numerators of ratios), the steepest are
// raised first; where children are counted that meet a threshold, the nearest children are, by covering knapsack; a
// single figure is raised alone. Anything else is refused. Every answer is computed again by the roll-up itself, and so
// is every answer with one unit less.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/target_table.h"
#include "jenjang/rollup/rollup.h"

namespace jenjang {

struct MeasureStep {
  NodeId node;    // whose figure
  Period period;  // of the figure
  Decimal from, to, step;
  std::int64_t units = 0;
};

struct MeasureReach {
  enum class Method : std::uint8_t { already, even, counting, single } method = Method::already;
  bool of_achievement = false;  // the wanted predicate is one of achievement
  bool target_met = false;      // wanted was the target, not a predicate
  std::string predicate;        // wanted; empty when the target was
  std::string wanted;           // the figure that is needed: "80.01", or the target as written
  Rational now, after;          // value, or achievement
  std::string label_now, label_after;
  std::int64_t units = 0;
  std::vector<MeasureStep> steps;
  std::vector<NodeId> newly_met;     // counting: the children that are brought over their threshold
  std::optional<Rational> one_less;  // the most that is left with one unit less, somewhere
  std::size_t figures = 0;           // that could be moved
  std::size_t without_figure = 0;    // leaves nobody reported on: they stand still
};

struct MeasureWish {
  std::string predicate;  // label; empty: the target
};

// nullopt with J3127 (out of reach) or J3128 (cannot be searched). Labels that could be asked for: measure_labels.
std::optional<MeasureReach> reach_measure(const Model& model, const TargetTable& targets, const Facts& facts,
                                          const RollupOptions& options, NodeId node, Period period,
                                          const MeasureWish& wish, DiagnosticSink& sink);

// The predicates of a measure, best first: of its value, else of its achievement; empty when it has none.
std::vector<std::string> measure_labels(const Model& model, NodeId node);

}  // namespace jenjang
