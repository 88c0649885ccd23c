// The plain problem: what every rival can be asked for, over the same files.
//
// A province from districts, agencies, fields, sections and staff down to their indicators; each parent is the sum of
// its children by weights that add up to one, 5 % of nodes have a second parent, 3 % of facts are missing. Mixed kinds,
// predicates and lanes are the business of jenjang/synthetic/nation.h.
#pragma once

#include <cstdint>

#include "jenjang/bulk/figures.h"
#include "jenjang/bulk/flat_plan.h"

namespace jenjang::bench {

struct Problem {
  bulk::FlatPlan plan;
  bulk::Figures figures;
};
// Of roughly `nodes` nodes. `lane`: the validated one too.
Problem make_plain(std::uint32_t nodes, std::uint64_t seed);

}  // namespace jenjang::bench
