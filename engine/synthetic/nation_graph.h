// The shape of a synthetic nation: vertices, ties, classes.
#pragma once

#include "jenjang/graph/goal_graph.h"
#include "jenjang/synthetic/nation.h"

#include "engine/synthetic/nation_classes.h"

namespace jenjang::synthetic {

struct NationShape {
  GoalGraph graph;
  std::vector<std::uint16_t> class_of;  // by node
};

// Throws std::invalid_argument on a spec against the requirements of make_nation. Sequential: the shape is one sequence
// of random numbers. Some 150 bytes a node while the model of Boost.Graph lives, 40 after.
NationShape make_shape(const NationSpec& spec, const ClassBook& book);

// Weights and drivers by formula edge, from the node numbers. Drivers are the pieces of work below, 1..20 at each
// leaf.
std::vector<bulk::Edge> make_ties(const NationSpec& spec, const ClassBook& book, const NationShape& shape,
                                  unsigned threads);

}  // namespace jenjang::synthetic
