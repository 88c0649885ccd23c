// Figures of a synthetic nation: facts of leaves, and targets of nodes that no parent gives one.
#pragma once

#include "jenjang/synthetic/nation.h"

#include "engine/synthetic/nation_classes.h"

namespace jenjang::synthetic {

// Whole steps as a double: the nearest to steps / 10^places, because both are exact below 2^53 and 10^22.
double from_steps(std::int64_t steps, int places);

// Every leaf cell (target, value, state), the targets of inner nodes whose parent hands none down, and baselines where
// a parent closes a gap. A cell depends on seed, node, month and the driver of the tie to its owner, so that the split
// over threads does not show.
void fill_figures(const NationSpec& spec, const ClassBook& book, const bulk::FlatPlan& plan, bulk::Figures& figures,
                  unsigned threads);

// Moves up to spec.near_cut cells onto cuts or beside them. After fill_figures; sequential.
std::vector<NearCut> place_near_cuts(const NationSpec& spec, const ClassBook& book, const bulk::FlatPlan& plan,
                                     bulk::Figures& figures);

}  // namespace jenjang::synthetic
