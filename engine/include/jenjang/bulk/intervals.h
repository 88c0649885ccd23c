// Intervals of a FlatPlan: the least and the most that every figure may come to be once everybody has reported, months
// or coarse slots of one lane, leaves to roots.
//
// The same ranges, predicates and outer bounds as IntervalEvaluator of jenjang/rollup, which this is tested against.
// Ends of inner nodes are doubles with a bound of their error; what that leaves in doubt (a limit, a target met, a
// predicate, a printed digit) is decided on exact numbers. Where nobody is waited for, the range is one point.
//
//   Intervals intervals(plan, figures, rows, Lane::all, Intervals::Slots::months);
//   intervals.compute({.threads = 2});
//   const IntervalRow row = intervals.value(node);
#pragma once

#include <memory>
#include <optional>

#include "jenjang/base/rational.h"
#include "jenjang/bulk/row_facts.h"
#include "jenjang/bulk/sweep.h"
#include "jenjang/rollup/interval.h"

namespace jenjang::bulk {

enum class IntervalEnd : std::uint8_t { least, most };

// Ranges of a node in twelve slots. Bits of masks: January or the first coarse slot lowest.
struct IntervalRow {
  double least[kMonths] = {}, most[kMonths] = {};  // 0 where the side is open, and where nothing applies
  double least_error[kMonths] = {}, most_error[kMonths] = {};
  std::uint16_t applies = 0;  // there is a range
  std::uint16_t least_open = 0, most_open = 0;
  std::uint16_t point = 0;     // both ends are one figure, exactly
  std::uint16_t outer = 0;     // perhaps no report reaches the ends
  std::uint16_t complete = 0;  // nobody below is waited for: the figure of the roll-up itself

  // Rounded outward: never inside what is possible; infinite where open. Of slots in `applies`.
  [[nodiscard]] double lowest(std::size_t slot) const;
  [[nodiscard]] double highest(std::size_t slot) const;
};

class Intervals {
public:
  enum class Slots : std::uint8_t { months, coarse };

  // Reads the leaves of `months` and the targets of the slots; holds references. Coarse slots read `rows` too.
  Intervals(const FlatPlan& plan, const Figures& months, const RowFacts& rows, Lane lane, Slots slots);
  ~Intervals();
  Intervals(Intervals&&) noexcept;
  Intervals& operator=(Intervals&&) noexcept;

  // Bytes of the columns of inner nodes.
  [[nodiscard]] static std::size_t bytes(const FlatPlan& plan);
  // All inner nodes. Depth and width play no part.
  SweepReport compute(const SweepOptions& options = {});

  // The rest after compute, by many threads if need be.
  [[nodiscard]] IntervalRow value(std::uint32_t node) const;
  // nullopt: not applicable.
  [[nodiscard]] std::optional<PossibleRange> exact_value(std::uint32_t node, std::size_t slot) const;
  [[nodiscard]] std::optional<PossibleRange> exact_achievement(std::uint32_t node, std::size_t slot) const;
  // One end where it is a quotient of small whole numbers that is quickly known.
  struct Quotient {
    Int128 num = 0, den = 1;
  };
  [[nodiscard]] std::optional<Quotient> quick_end(std::uint32_t node, std::size_t slot, IntervalEnd end,
                                                  const IntervalRow& row) const;
  // Band that the whole range lies in, -1: none. `row` is value(node).
  [[nodiscard]] int certain_band(std::uint32_t node, std::size_t slot, const IntervalRow& row) const;
  // Exact numbers asked for so far.
  [[nodiscard]] std::uint64_t exact_decisions() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jenjang::bulk
