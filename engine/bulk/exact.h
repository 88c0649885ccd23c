// The exact side of a sweep: what a double leaves in doubt, from the decimals that leaves hold.
//
// A sum of decimals is a whole multiple of their step, so it is read off its double wherever the error bound leaves one
// multiple alone; means, ratios and achievements are made of those as fractions, first in 128 bits, then as Rationals.
// States are not asked again: they stand in the columns below.
//
// Where a child is out of the range that error bounds count on (kSigned), the value itself is made here and written,
// rounded once; the mark stays only while the result is out of range too, so that one odd report costs its own family
// and not all that is above it.
#pragma once

#include <optional>

#include "engine/bulk/fraction128.h"
#include "engine/bulk/program.h"

namespace jenjang::bulk {

template <class Number>
class ExactWalk;

class ExactSide {
public:
  ExactSide(const FlatPlan& plan, Figures& figures);

  // Settles the cells of one row, as kernel::Tables asks for it, and says how many.
  unsigned settle(std::uint32_t node, int lane, unsigned months, double* achievement, std::uint8_t* achieved,
                  std::int8_t* band, std::uint8_t* state);
  [[nodiscard]] bool meets(std::uint32_t parent, std::uint32_t child, int lane, unsigned month) const;

  // Exact value of a cell that is a number.
  [[nodiscard]] Rational value(std::uint32_t node, int lane, unsigned month) const;
  // The same in 128 bits, where that reaches.
  [[nodiscard]] std::optional<Fraction128> quick_value(std::uint32_t node, int lane, unsigned month) const;
  // Its achievement before cap and floor; nullopt where there is none too.
  [[nodiscard]] std::optional<Fraction128> quick_raw(std::uint32_t node, int lane, unsigned month) const;

private:
  struct Cut {
    Rational bound;
    Fraction128 quick;
    double nearest = 0;  // the double next to it
    bool inclusive = true;
  };
  struct Table {
    std::vector<Cut> cuts;
    std::vector<std::int8_t> labels;
    bool is_quick = true;  // all cuts are within 128 bits
  };
  // What a cell decides; written where the caller says.
  struct Decision {
    double figure = 0;
    CellState state = CellState::value;
    bool limited = false;
    bool whole = false;  // the double is the figure exactly
    std::int8_t band = kNoBand;
    // Where a child was out of its class's range, so that the sums of doubles have no error bound.
    std::optional<double> value, numerator, denominator;
  };

  template <class Number>
  friend class ExactWalk;
  template <class Number>
  bool repair(ExactWalk<Number>& walk, std::uint32_t node, Decision& decision) const;
  void write(std::uint32_t node, int lane, unsigned month, const Decision& decision);
  [[nodiscard]] bool is_signed(std::uint32_t node, int lane, unsigned month) const;
  // Into a new Decision, which is filled in place: its copy was the longest wait of the function in a profile. decide
  // is false, and leaves it half filled, where 128 bits do not reach.
  [[nodiscard]] bool decide(std::uint32_t node, int lane, unsigned month, Decision& decision) const;
  void decide_slowly(std::uint32_t node, int lane, unsigned month, Decision& decision) const;
  [[nodiscard]] StateByte state_of(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] const ClassBounds& bounds_of(std::uint32_t node) const;

  const FlatPlan& plan_;
  Figures& figures_;
  std::vector<Table> tables_;  // by scale
};

// The exact side as the kernels of one thread call it. Each counts by itself: one counter for all would go from
// processor to processor with every decision.
class ExactCalls {
public:
  // The callbacks of `tables`, which must not outlive this.
  ExactCalls(ExactSide& side, kernel::Tables& tables);
  ExactCalls(const ExactCalls&) = delete;
  ExactCalls& operator=(const ExactCalls&) = delete;
  [[nodiscard]] std::uint64_t decisions() const { return decisions_; }

private:
  ExactSide& side_;
  std::uint64_t decisions_ = 0;
};

}  // namespace jenjang::bulk
