// From a Model with its targets and facts to a FlatPlan with its columns, or the reasons why not.
//
// The flat engine says the common arithmetic of one year in months, and what leaves report of coarser periods. What it
// cannot say is refused here, never approximated: the general engine (jenjang/rollup) computes such a plan. What is
// taken gives the same states, predicates and coverage in every period, and values that differ by roundings of doubles
// only. A tie with dates is taken where it holds all year with one weight, an accepted crosscut as one more edge behind
// the parent's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "jenjang/bulk/figures.h"
#include "jenjang/bulk/row_facts.h"
#include "jenjang/facts/facts.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/target_table.h"
#include "jenjang/rollup/rollup.h"

namespace jenjang::bulk {

// What a flat plan cannot say, in the order of reports.
enum class FlatLimit : std::uint8_t {
  table,               // a lookup of graded inputs
  judgement,           // a judgement as an operand
  polarity,            // a share of children whose targets are met on the spot alone (rentang, stabil)
  mark,                // a threshold of the parent's own of more than six decimals, or too large
  carry_forward,       // earlier figures in place of missing ones, of children or in time
  least_coverage,      // no result below a coverage
  cap_on_mean,         // children carry their achievement before the cap
  grades,              // a grade scale in place of bands, or bands that are no short falling row of cuts
  leaf_above,          // reported directly, but with children or shares drawn below
  no_ties,             // made from children, none of which counts
  mixed_carry,         // children that carry values beside children that carry achievements
  mixed_ratio,         // a ratio of own operands and of pairs, or of something that has no pair
  zero_pair,           // a ratio that counts a missing pair as nought over its known denominator
  dated_tie,           // weights or ties that change within the year
  overlap,             // a second copy of a shared result, taken out again
  definitions,         // parent and child hold one measure by different definitions
  unit_life,           // a unit that did not exist all year
  weight,              // not a whole number of the parent's decimals in 31 bits, or below nought
  target_form,         // a range, a bound or a grade
  baseline,            // an achievement from a baseline of an earlier definition
  own_figure,          // reported on a node that has children
  verified_figure,     // a validator's figure beside the claim
  unvalidated_beside,  // what one lane alone sees stands beside another row about the same period
  digits,              // more than six decimals, or 2^53 of the last digit
  classes,             // more than 65,535 kinds of measures or scales
};
std::span<const FlatLimit> flat_limits();
std::string_view to_string(FlatLimit limit);  // "dated-tie"

struct FlatRefusal {
  FlatLimit limit{};
  std::size_t count = 0;  // nodes (facts, for reasons about facts) that ask for it
  NodeId node;            // the first of them; invalid when it is the whole plan
};
struct FlatModel {
  int year = 0;
  FlatPlan plan;    // numbered like Model::graph
  Figures figures;  // targets of every node, facts of the leaves; the validated lane where the lanes differ
  RowFacts rows;    // what rows of the year say besides
};
using FlatOutcome = std::variant<FlatModel, std::vector<FlatRefusal>>;

// Linear in nodes, ties, targets and facts. Of `options` the day and the lane count.
FlatOutcome flatten_model(const Model& model, const TargetTable& targets, const Facts& facts,
                          const RollupOptions& options, int year);

}  // namespace jenjang::bulk
