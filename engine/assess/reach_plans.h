// All plans of the least cost, counted one by one up to a limit.
#pragma once

#include "jenjang/assess/reach.h"

#include "engine/assess/reach_table.h"

namespace jenjang {

// Cost and gain of a plan from its levels.
ReachPlan with_figures(const ReachProblem& problem, ReachPlan plan);

// Fills plans, plan_count, count_is_least and gain_below of the outcome. `best` is a plan of the least cost.
void list_optimal_plans(const ReachProblem& problem, const ReachTable& table, const ReachLimits& limits,
                        const ReachPlan& best, ReachOutcome& outcome);

}  // namespace jenjang
