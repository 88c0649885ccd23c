// Curves: methods whose children do not move in straight lines. Solved in doubles, then made exact.
#pragma once

#include <functional>

#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {

struct Curve {
  // Where child i stands at m before its limits; continuous, and its pull on the parent never falls as
  // m grows from `first` to `last`.
  std::function<double(std::size_t child, double m)> at;
  // Range of m; an infinite end is sought by doubling.
  double first = 0, last = 1;
};

// Meets the target on the curve, within the limits of `reach`: rays with the same ends as the curve,
// which answer exactly whether the target can be met at all, and if not, who stands in the way.
// Bisection to the last bit of m; figures cut to 12 significant digits, so that they do not depend on
// the last bit of a library's exponential; the rest, some 10^-12 of the target, goes to the largest
// contributions, so that sum a_i x_i is the target exactly. Requires no negative weight, and no child
// without a limit that may fall below `floor`. O(n log n + 100 n).
AllocationResult meet_on_curve(const AllocationProblem& problem, const RayFamily& reach, const Curve& curve,
                               const std::optional<Rational>& floor);

}  // namespace jenjang::cascade
