// Reach where a parent carries achievements: score = sum of w min(cap, a), each a linear in its child's own figure.
//
// In whole steps this is a bounded covering knapsack: a step of a child gains the same up to its cap, the last one may
// gain less, none gains beyond. Steps are bundled by powers of two, so a child of n steps costs about log2 n items.
// Beside it the continuous answer: segments filled in order of gain for each cost; its last segment gives the price of
// one point at the margin. [algorithms 5, E06: separable concave gain]
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/assess/reach_trial.h"
#include "engine/assess/reach_wish.h"

namespace jenjang {

// True when every tie of the node carries the child's achievement into a sum or a mean.
bool carries_achievements(const Model& model, NodeId node, Period period);

struct CarriedChild {
  NodeId child;
  MoverList list;
  std::int64_t most = 0;     // steps: up to the cap, to the figure's own limit, or to the goal
  Rational step_gain, gain;  // of the parent: by one step; by all of them
  Rational line_gain;        // of the parent by one step, were there no cap
  Rational step_cost;        // of one step
  std::int64_t units = 0;    // chosen
};
struct CarriedPlan {
  std::vector<CarriedChild> children;  // that can move the parent
  Rational cost;                       // in whole steps, proven least
  Rational even_cost, price;           // of the continuous answer; its cost of one more point at the margin
  bool default_costs = true;           // no row priced anything: 1 for each point of achievement
};

// The trial is left as it was when a plan is found. nullopt: with a cause, it cannot be searched; without, it is out of
// reach and the trial stands at the best there is.
std::optional<CarriedPlan> reach_carried(Trial& trial, const Model& model, const TargetTable& targets, NodeId node,
                                         Period period, const ReachWish& wish, std::span<const MeasureCost> costs,
                                         std::string& cause);

}  // namespace jenjang
