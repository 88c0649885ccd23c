// Roll-up of a FlatPlan over its columns: leaves to roots, level by level, 1 to N threads, the same bits for any
// number.
//
// Children are added in edge order, one writer a node, no fused or reassociated arithmetic. Kernels are compiled for
// several vector widths and chosen by what the processor has; all give the same bits. A predicate that lies within the
// rounding error of a cut is decided on exact integers or rationals from the decimals (kExact).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "jenjang/bulk/figures.h"

namespace jenjang::bulk {

enum class Simd : std::uint8_t { baseline, avx2, avx512, best };
[[nodiscard]] bool has_simd(Simd simd);  // this processor, and this build
std::string_view to_string(Simd simd);

enum class Depth : std::uint8_t {
  values,  // value and state of inner nodes; achievements besides where some class carries them
  full,    // with achievement, cap, predicate, coverage and, where the columns exist, the validated lane
};

struct SweepOptions {
  unsigned threads = 1;
  Depth depth = Depth::full;
  Simd simd = Simd::best;
  const std::atomic<bool>* cancel = nullptr;  // looked at between chunks of a level
  std::function<void(std::uint64_t done)> progress =
      {};  // nodes done, at most some hundred calls, by the calling thread
};
struct SweepReport {
  std::uint64_t exact_decisions = 0;
  bool cancelled = false;  // columns above the level in work are then not to be read
};
SweepReport roll_up(const FlatPlan& plan, Figures& figures, const SweepOptions& options = {});

// Targets from the roots down by each class's Descent, into the target column: every parent sets those of the children
// that it owns. Months without a target at the parent leave the child's as it is.
struct CascadeOptions {
  unsigned threads = 1;
  Simd simd = Simd::best;
};
// std::invalid_argument: a class with Descent::gap and no baselines.
void cascade(const FlatPlan& plan, Figures& figures, const CascadeOptions& options = {});

// Facts that change one by one after a roll_up of the same depth: every node above is recomputed, with the same bits as
// a roll_up of everything (of Depth::values but for kExact, and achievements that no parent carries). Holds references.
// Cost of a change: four months of the rows of the children of all ancestors, some microseconds; a bit a node is kept.
class LiveFigures {
public:
  LiveFigures(const FlatPlan& plan, Figures& figures, Depth depth = Depth::full, Simd simd = Simd::best);
  ~LiveFigures();
  LiveFigures(const LiveFigures&) = delete;
  LiveFigures& operator=(const LiveFigures&) = delete;
  // `state` as in Figures; `value` 0.0 where it is no number. Returns the nodes recomputed.
  std::size_t change(std::uint32_t leaf, unsigned month, double value, StateByte state);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jenjang::bulk
