// What drove a child's share, term by term: for explanations.
#pragma once

#include <cstddef>
#include <vector>

#include "jenjang/base/rational.h"
#include "jenjang/graph/target_table.h"

namespace jenjang {

struct DriverShare {
  std::size_t term = 0;   // place in CascadeRule::driver_terms
  Rational value, total;  // of the child, and of all children
};

// One row for every term of a driver that is no plain attribute; a plain one stands in Family::drivers. Terms without
// a value for every child are left out (their families were refused).
std::vector<DriverShare> driver_shares(const Model& model, const TargetTable& targets, const Family& family,
                                       std::size_t child, Period period);

}  // namespace jenjang
