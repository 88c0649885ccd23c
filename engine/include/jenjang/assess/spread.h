// Spread check: do the predicates of a unit's staff stand in the proportions its own predicate allows, and if not, what
// is the least number of people whose predicate would have to change.
//
// Shares are compared in integers. The reassignment is exact: the demands of one row are groups that nest, so for each
// size of the largest label the least change is a sum of convex functions over a tree. Cost O(staff^2 x labels).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/rules/spread.h"

namespace jenjang {

struct SpreadOutcome {
  std::size_t demand = 0;          // index in SpreadRow::demands
  std::int64_t count = 0;          // people with one of its labels
  std::int64_t low = 0, high = 0;  // how many people the limits allow, of the whole unit
  bool holds = false;
  std::string larger;  // of `terbesar`: a label that has more people
};
// People who would have to stand elsewhere: how many, from which label to which. Who they are is the superior's to say.
struct SpreadMove {
  std::string from, to;
  std::int64_t count = 0;
};
struct SpreadCheck {
  std::int64_t staff = 0;
  std::vector<std::int64_t> counts;  // by label, in the order given
  std::vector<SpreadOutcome> outcomes;
  bool holds = false;
  // The fewest people to move so that every demand holds; empty when it holds already. nullopt: no distribution of that
  // many people complies (three staff cannot hold "at most 10 percent" beside "largest").
  std::optional<std::vector<SpreadMove>> moves;
  std::int64_t moved = 0;
};

// `labels` best first, `counts` beside them; no staff at all holds by having nobody to judge.
SpreadCheck check_spread(const SpreadRow& row, std::span<const std::string> labels,
                         std::span<const std::int64_t> counts);

}  // namespace jenjang
