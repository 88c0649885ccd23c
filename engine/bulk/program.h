// A FlatPlan as its kernels read it: a code for every class at every level, and the columns as pointers.
#pragma once

#include <memory>
#include <vector>

#include "jenjang/base/rounding.h"
#include "jenjang/bulk/figures.h"

#include "engine/bulk/kernel.h"

namespace jenjang::bulk {

// The bands of a scale as thresholds: a figure's place is the number of thresholds it does not reach.
struct Thresholds {
  std::vector<HalfLine> reached;    // falling
  std::vector<std::int8_t> labels;  // by place, one more than thresholds
};
// std::invalid_argument when they do not fall strictly or are more than a kernel holds.
Thresholds thresholds_of(const Scale& scale);
// The least double in a half line.
double least_in(const HalfLine& line);

// Roundings of an achievement formula beyond those of the realised figure.
inline constexpr double kFormulaSteps = 8;
// A figure whose error has an offset is marked kSigned where its target is smaller than this: what its achievement, and
// all that is made of it, may be off by would have no bound.
double least_target(double value_offset);

class Program {
public:
  Program(const FlatPlan& plan, Figures& figures);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  kernel::Tables tables;  // without the callbacks

private:
  std::vector<std::vector<kernel::ClassCode>> codes_;
  std::vector<const kernel::ClassCode*> levels_;
};

}  // namespace jenjang::bulk
