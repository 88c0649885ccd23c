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

#include <atomic>
#include <optional>

#include "engine/bulk/fraction128.h"
#include "engine/bulk/program.h"

namespace jenjang::bulk {

template <class Number>
class ExactWalk;

class ExactSide {
public:
  ExactSide(const FlatPlan& plan, Figures& figures);

  // Callbacks of kernel::Tables; `context` is the ExactSide.
  static void settle(void* context, std::uint32_t node, int lane, unsigned months, double* achievement,
                     std::uint8_t* achieved, std::int8_t* band, std::uint8_t* state);
  static bool meets(void* context, std::uint32_t parent, std::uint32_t child, int lane, unsigned month);
  [[nodiscard]] std::uint64_t decisions() const { return decisions_.load(); }

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
    double nearest = 0;  // the double next to it; NaN where the quick side cannot tell
    bool inclusive = true;
  };
  struct Table {
    std::vector<Cut> cuts;
    std::vector<std::int8_t> labels;
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
  [[nodiscard]] std::optional<Decision> decide(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] Decision decide_slowly(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] StateByte state_of(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] const ClassBounds& bounds_of(std::uint32_t node) const;

  const FlatPlan& plan_;
  Figures& figures_;
  std::vector<Table> tables_;  // by scale
  // In a line of its own: every thread writes here, and reads the rest.
  alignas(64) std::atomic<std::uint64_t> decisions_{0};
};

}  // namespace jenjang::bulk
