// The oracle: the definitions word for word, one cell at a time, in rationals. Slow; for samples.
//
// It shares no line with the engine or with the limit. What it says is the truth, to which a decision must be equal and
// a figure equal within one part in 10^9.
#pragma once

#include <cstdint>
#include <string>

#include "jenjang/bulk/figures.h"

namespace jenjang::bench {

struct Verdict {
  std::uint64_t nodes = 0, cells = 0, wrong = 0;
  std::string first_wrong;  // what differs where; empty when nothing does
  Verdict& operator+=(const Verdict& other);
};

// Every result of an inner node and of everything below it, both lanes, twelve months.
Verdict check_subtree(const bulk::FlatPlan& plan, const bulk::Figures& figures, std::uint32_t root, bool full);

// Sub-trees of at most `most` nodes spread over all levels that have such; `roots` of them.
Verdict check_samples(const bulk::FlatPlan& plan, const bulk::Figures& figures, bool full, unsigned roots,
                      std::uint32_t most, std::uint64_t seed);

// The sub-tree of one node in one month, up to where it stands: for cells put near a cut.
Verdict check_cell(const bulk::FlatPlan& plan, const bulk::Figures& figures, std::uint32_t node, unsigned month,
                   bool full);

}  // namespace jenjang::bench
