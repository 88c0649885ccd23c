// Whether the engine and the limit say the same, row by row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jenjang/bulk/figures.h"

namespace jenjang::bench {

// Results of every `stride`-th node, kept apart.
class RowSample {
public:
  RowSample(const bulk::FlatPlan& plan, const bulk::Figures& figures, bool full);

  struct Difference {
    std::uint64_t rows = 0, differing = 0, near_cut = 0;  // near a cut doubles may decide either way
    std::string first;
  };
  // How the same nodes look now.
  [[nodiscard]] Difference compare(const bulk::FlatPlan& plan, const bulk::Figures& figures) const;

private:
  std::uint32_t stride_;
  bool full_;
  std::vector<double> numbers_;
  std::vector<std::uint8_t> bytes_;
};

// Targets of the children of some parents against integers and rationals: shares by driver, or whole ones by largest
// remainder. Empty when all is right.
std::string check_split(const bulk::FlatPlan& plan, const bulk::Figures& figures, bool whole, unsigned parents,
                        std::uint64_t seed);

}  // namespace jenjang::bench
