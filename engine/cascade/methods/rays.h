// Rays: the one kernel of the linear allocation methods.
//
// A child starts at an origin and moves along a direction as one number m grows, stopped by its own
// limits: x_i(m) = clamp(p_i + m d_i, l_i, u_i). The family asks for the m at which sum a_i x_i(m)
// meets the target. A method is a choice of origins, directions and limits (decision 0015).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "jenjang/cascade/allocation.h"

namespace jenjang::cascade {

struct Ray {
  Rational weight{1};  // a: what one unit of the child gives the parent
  Rational origin, direction;
  std::optional<Rational> lower, upper;
  [[nodiscard]] Rational at(const Rational& m) const;
};

struct RayFamily {
  std::vector<Ray> rays;
  std::optional<Rational> first, last;  // range of m; empty: no end on that side
};

struct RayPoint {
  Rational m;
  std::vector<Rational> values;
};

// The point of the range nearest to m = 0 at which the family gives `target`, exactly: unique values
// where all children pull the parent one way. Else a failure `bounds` with the reach of the family and
// the smallest set of children whose limits alone put the target out of reach, the others moving
// freely along their rays (proven smallest where all pull one way; else every limited child). A child
// whose limits exclude each other is a conflict by itself. `keys` break ties; may be empty. O(n log n).
std::variant<RayPoint, AllocationFailure> meet(const RayFamily& family, const Rational& target,
                                               std::span<const std::string_view> keys);

// The fewest children whose `excess` (each >= 0) adds up to more than `room`: all without a figure,
// whose excess is endless once free and who are therefore all needed, then the largest. Empty when
// nobody is needed; everyone when all together do not suffice. In rising order of place.
std::vector<std::size_t> smallest_conflict(std::span<const std::optional<Rational>> excess, const Rational& room,
                                           std::span<const std::string_view> keys);

}  // namespace jenjang::cascade
