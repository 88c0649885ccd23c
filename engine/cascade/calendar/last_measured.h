// The last figure that was measured at a node before a year: where a unit stands, not where its plan aimed.
#pragma once

#include <optional>

#include "jenjang/cascade/cascade.h"

namespace jenjang::cascade {

struct Measured {
  Period period;
  Rational value;
  bool illustrative = false;
};
// The latest realisation of a year before `year` (by CascadeOptions::facts, no later than `as_of`), else the
// latest baseline; of both the later, the realisation of one year. A level takes the year's last figure;
// what adds or averages over a year needs the whole year: as one figure, or all its parts.
std::optional<Measured> last_measured(const Model& model, NodeId node, int year, const CascadeOptions& options);

}  // namespace jenjang::cascade
