// The smallest set of holds that cannot stand beside a parent's target (algorithms 1.12).
#pragma once

#include <vector>

#include "engine/cascade/families/family_solver.h"

namespace jenjang::cascade {

// Holds in order of their contribution until they exceed `due`. Requires contributions of zero or
// more that exceed it together. One family, trivial lower bound zero: the greedy choice is exact.
std::vector<FixedMember> least_overfull(std::vector<FixedMember> fixed, const Rational& due);

}  // namespace jenjang::cascade
