// Order in which families can be solved: a family after those that give its parent, an outsider of its
// parent, or a measure that drives it, a target.
#pragma once

#include <vector>

#include "engine/cascade/families/family_setup.h"

namespace jenjang::cascade {

// Places in `setups`, smallest first among those that are ready. Families on a ring (possible only
// where no formula edge ties them) follow in their own order. O(F log F + members).
std::vector<std::size_t> solving_order(const std::vector<FamilySetup>& setups);

}  // namespace jenjang::cascade
