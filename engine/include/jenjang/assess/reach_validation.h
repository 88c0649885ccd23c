// Reach by validation: the fewest units whose waiting figures, once validated, bring the validated lane to a predicate
// or a target. Figures of one unit are validated together: a numerator without its denominator is no step.
//
// Up to a dozen or so units every set is tried, smallest first, through the roll-up; beyond that sums, means and ratios
// are asked whether enough units gain enough: with gain = numerator - cut x denominator the k largest gains are the
// most that k units can do, so the first k that suffices is the least. Anything else is tried as far as sets can be
// counted.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/assess/reach_measure.h"

namespace jenjang {

struct WaitingUnit {
  UnitId unit;
  std::vector<std::pair<NodeId, Period>> figures;  // reported, not yet validated (or validated with another figure)
};

struct ValidationReach {
  bool reached = false;  // false: no set of waiting units suffices, see `best`
  bool of_achievement = false, target_met = false;
  std::string predicate, wanted;     // as in MeasureReach
  std::optional<Rational> now;       // of the validated lane; empty: it has no figure yet
  std::optional<Rational> after;     // with the first choice
  std::optional<Rational> best;      // when not reached: the nearest, with `best_units`
  std::optional<Rational> one_less;  // the nearest that is left with one unit less of the first choice
  std::string label_now, label_after;
  std::vector<WaitingUnit> waiting;  // by path
  std::vector<std::vector<std::size_t>>
      choices;  // of the least size, indices into `waiting`; a few; [{}]: reached already
  std::size_t choice_count = 0;
  bool count_is_least = false;  // there may be more
  bool by_gains = false;        // proven by gains, not by trying every set
  std::vector<std::size_t> best_units;
};

// nullopt with J3128 (cannot be searched).
std::optional<ValidationReach> reach_by_validation(const Model& model, const TargetTable& targets, const Facts& facts,
                                                   const RollupOptions& options, NodeId node, Period period,
                                                   const MeasureWish& wish, DiagnosticSink& sink);

}  // namespace jenjang
