// The steps of binding, in the order bind_plan.cc runs them.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

void bind_units(BindContext& bind);
void bind_organisation(BindContext& bind);  // units that split, merge, change names or move
void bind_documents(BindContext& bind);     // document table, flat lists of goals and entries
void bind_goals(BindContext& bind);         // goal items and vertices
void bind_measures(BindContext& bind);      // indicator items and vertices, cascade ladders among them
void bind_worksheets(BindContext& bind);    // pack templates scored at a unit
void bind_budgets(BindContext& bind);       // PAGU-<kode>
void bind_aggregation(BindContext& bind);   // `dari` edges and weights
void bind_classes(BindContext& bind);       // means in two steps
void bind_measure_ties(BindContext& bind);  // mendukung and langsung of indicators
void bind_ratios(BindContext& bind);        // operands at the lowest units
void bind_packs(BindContext& bind);         // composite measures from pack templates
void bind_goal_ties(BindContext& bind);     // goal to indicator, nesting, mendukung, langsung
void bind_crosscuts(BindContext& bind);
void bind_national(BindContext& bind);    // pembanding.nasional
void bind_two_way(BindContext& bind);     // rows and columns of two-way splits
void bind_drivers(BindContext& bind);     // measures that a driver names
void bind_statements(BindContext& bind);  // targets, holds, baselines, limits
void bind_holdings(BindContext& bind);    // who held which position
void check_weights(BindContext& bind);    // none negative, not all nought, none for other years
// Formula edges get the dates that the changes of the organisation give them; after the graph and the weights by year.
void date_by_organisation(BindContext& bind);
// Graph frozen, columns permuted, index built. nullopt when the arithmetic runs in a circle.
std::optional<Model> finish_model(BindContext& bind);

}  // namespace jenjang
