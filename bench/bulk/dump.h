// The plain problem as files that any rival reads, with the engine's answers beside it.
#pragma once

#include <string>

#include "bulk/problem.h"

namespace jenjang::bench {

// Arrays in the .npy format, version 1.0, little-endian, into an existing folder:
//   level_begin, edge_parent, edge_child, edge_weight (double), edge_driver, owner, leaf_value ([leaf][12], NaN where
//   nothing was reported), root_target ([12])
//   answers in full: value ([node][12], NaN where there is none), target, achievement, band (int8; [inner][12] and
//   [node][12])
void dump(const Problem& problem, const std::string& folder);
// target_split alone: targets by unrounded shares ([node][12]).
void dump_split(const Problem& problem, const std::string& folder);

}  // namespace jenjang::bench
