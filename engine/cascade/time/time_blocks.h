// One year of a sum as blocks: the places that share one amount among them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "jenjang/graph/target_table.h"

namespace jenjang::cascade {

// The whole year, or what a stated part of it covers or leaves.
struct TimeBlock {
  std::vector<std::size_t> places;  // of the measure's frequency, 0-based
  Decimal amount;                   // what they add up to
  Period whole;                     // the given target that the block is a part of
  StatementState state = StatementState::adopted;
  bool illustrative = false;
};

// Blocks of a year from the targets given inside it, its own first (sorted by period). Increments: a given
// part is a block without the parts given inside it. Running totals: what is added from one given point to the next.
// nullopt when a part is no number, when parts contradict each other, or when something falls.
std::optional<std::vector<TimeBlock>> time_blocks(const MeasureSpec& spec, std::span<const TargetCell* const> given);

// The step that the rule which gave the target, else its measure, declares for its parts.
std::optional<Decimal> declared_part_step(const Model& model, const TargetCell& cell);

// value / step when that is a whole number within 62 bits.
std::optional<std::int64_t> short_steps(const Decimal& value, const Decimal& step);

}  // namespace jenjang::cascade
