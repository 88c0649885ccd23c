// Parts of a year of a sum as the sums of its children's parts: what is left where no table of both margins
// exists (decision 0014).
#pragma once

#include <functional>

#include "engine/cascade/cell_store.h"

namespace jenjang::cascade {

// True for increments and running totals below a year that add up plain figures of their own kind: formula
// children by value and weight one, and results shared crosswise with full credit.
bool adds_up(const Model& model, NodeId node);
// The children and shared results that `adds_up` speaks of.
std::vector<NodeId> added_children(const Model& model, NodeId node);
// Requires adds_up. True when all children have one number for the period and these make the node's.
bool year_adds_up(const Model& model, const CellStore& store, NodeId node, Period whole);
// Requires adds_up. True when no child has another formula parent or frequency and none is shared crosswise.
bool is_tree_family(const Model& model, NodeId node);

// True when the parts of the node's years were taken from its children; years that are `decided` stay.
bool sum_children(const Model& model, CellStore& store, NodeId node, const std::function<bool(int)>& decided);

}  // namespace jenjang::cascade
