// Reach over reported figures: the least number of whole units to a predicate or a target.
//
// A unit is the step of each figure (one ton, one district, 0.01 of an index). Three cases are exact, and which one
// applied is said: where every figure moves the measure evenly (sums, means, numerators of ratios), the steepest are
// raised first; where children are counted that meet a threshold, the nearest children are, by covering knapsack; where
// achievements are carried, capped one by one, steps are bought by their cost, by covering knapsack too; a single
// figure is raised alone. Anything else is refused. Every answer is computed again by the roll-up itself, and so is
// every answer with one unit less.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/target_table.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

struct MeasureStep {
  NodeId node;    // whose figure
  Period period;  // of the figure
  Decimal from, to, step;
  std::int64_t units = 0;
  std::optional<Rational> cost;  // of these units, where achievements are carried
};

struct MeasureReach {
  enum class Method : std::uint8_t { already, even, counting, carried, single } method = Method::already;
  bool of_achievement = false;  // the wanted predicate is one of achievement
  bool target_met = false;      // wanted was the target, not a predicate
  std::string predicate;        // wanted; empty when the target was
  std::string wanted;           // the figure that is needed: "80.01", or the target as written
  Rational now, after;          // value, or achievement
  std::string label_now, label_after;
  std::int64_t units = 0;
  std::vector<MeasureStep> steps;
  std::vector<NodeId> newly_met;  // counting: the children that are brought over their threshold
  // Carried achievements: the least cost in whole steps; that of the continuous answer, and its price of a point more.
  std::optional<Rational> cost;
  Rational even_cost, price;
  bool default_costs = true;         // 1 for each point of achievement
  std::optional<Rational> one_less;  // the most that is left with one unit less, somewhere
  std::size_t figures = 0;           // that could be moved
  std::size_t without_figure = 0;    // leaves nobody reported on: they stand still
};

// Cost of one whole step of a child whose achievement is carried.
struct MeasureCost {
  std::string code;  // of the indicator, or its address
  Decimal cost;      // above zero
};
// kode,biaya. A code that is no child of the node is refused (J3120).
std::vector<MeasureCost> read_measure_costs(FileId file, const SourceMap& sources, const CsvFormat& format,
                                            const Model& model, NodeId node, DiagnosticSink& sink);

struct MeasureWish {
  std::string predicate;                // label, or a figure ("80"); empty: the target
  std::vector<MeasureCost> costs = {};  // empty: 1 for each point of achievement that a step moves
};

// nullopt with J3127 (out of reach) or J3128 (cannot be searched). Labels that could be asked for: measure_labels.
std::optional<MeasureReach> reach_measure(const Model& model, const TargetTable& targets, const Facts& facts,
                                          const RollupOptions& options, NodeId node, Period period,
                                          const MeasureWish& wish, DiagnosticSink& sink);

// The predicates of a measure, best first: of its value, else of its achievement; empty when it has none.
std::vector<std::string> measure_labels(const Model& model, NodeId node);

}  // namespace jenjang
