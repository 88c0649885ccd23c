// Single changes that each alone let a conflict pass, exact and in the steps of the plan.
#pragma once

#include <vector>

#include "engine/cascade/conflict/conflict.h"

namespace jenjang::cascade {

struct Relaxation {
  Demand demand;               // with its present value
  std::optional<Rational> to;  // the nearest figure that passes; empty: it must be let go
  bool release = false;        // letting it go passes too
};
// Of the conflict's own demands, the least binding first, then the smallest change. Demands that are locked, belong to
// another government or to another family, or are what a share is, are not for this plan to move. Every one was tried
// against all demands of the tree, the spared ones too, up to the root. O(demands x log(range / step) x depth).
std::vector<Relaxation> relaxations_of(IntervalTree& tree, const Conflict& conflict);

}  // namespace jenjang::cascade
