// The exact side of a sweep: what a double leaves in doubt, from the decimals that leaves hold.
//
// A sum of decimals is a whole multiple of their step, so it is read off its double wherever the error bound leaves one
// multiple alone; means, ratios and achievements are made of those as fractions, first in 128 bits, then as Rationals.
// States are not asked again: they stand in the columns below.
#pragma once

#include <atomic>
#include <optional>

#include "engine/bulk/fraction128.h"
#include "engine/bulk/program.h"

namespace jenjang::bulk {

class ExactSide {
public:
  ExactSide(const FlatPlan& plan, const Figures& figures);

  // Callbacks of kernel::Tables; `context` is the ExactSide.
  static void settle(void* context, std::uint32_t node, int lane, unsigned months, double* achievement,
                     std::uint8_t* achieved, std::int8_t* band, std::uint8_t* state);
  static bool meets(void* context, std::uint32_t child, int lane, unsigned month);
  [[nodiscard]] std::uint64_t decisions() const { return decisions_.load(); }

  // Exact value of a cell that is a number.
  [[nodiscard]] Rational value(std::uint32_t node, int lane, unsigned month) const;

private:
  struct Cut {
    Rational bound;
    Fraction128 quick;
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
  };
  template <class Number>
  friend class ExactWalk;

  [[nodiscard]] std::optional<Decision> decide(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] Decision decide_slowly(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] StateByte state_of(std::uint32_t node, int lane, unsigned month) const;
  [[nodiscard]] const ClassBounds& bounds_of(std::uint32_t node) const;

  const FlatPlan& plan_;
  const Figures& figures_;
  std::vector<Table> tables_;  // by scale
  std::atomic<std::uint64_t> decisions_{0};
};

}  // namespace jenjang::bulk
