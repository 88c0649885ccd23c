// What a compiled kernel sees of a plan: plain pointers and small tables, no type of the library.
//
// The kernels of kernel_rows.h and of the headers after it are compiled once for every vector width, each in a unit of
// its own with its own processor flags. Nothing but this header may be included there: an inline function of the
// library, compiled for a wider processor, could be the copy that the linker keeps for all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jenjang::bulk::kernel {

inline constexpr std::size_t kRow = 12;                          // months
inline constexpr int kMostThresholds = 14, kThresholdRoom = 16;  // whole vectors of four

// An achievement by L1 below this (a realisation of ten thousand times its target, where less is better) has no error
// bound and is marked kSigned. Deeper, and cells near a cut would be many; less deep, and one odd report would make all
// that is above it exact work.
inline constexpr double kDeepest = -1e6;

enum class Kind : std::uint8_t { sum, mean, ratio, least, most, meeting };
// by_rule: each achievement is settled on the exact side.
enum class Formula : std::uint8_t { none, goal, h1, l2, l1, by_rule };
enum class BandFrom : std::uint8_t { none, value, achievement };
enum class Missing : std::uint8_t { strict, skip, zero };

// A class at one level: what its nodes share, bounds of the rounding error included.
struct ClassCode {
  Kind kind = Kind::sum;
  bool carries_achievement = false;
  bool is_ratio = false;
  bool lower = false;     // of the measure itself: met when not above its target
  bool has_mark = false;  // of a share: what its children are measured against instead of their targets
  bool divided = false;   // a leaf whose figures are no decimals of its step
  bool has_cap = false, has_floor = false;
  Missing missing = Missing::skip;
  Formula formula = Formula::none;
  BandFrom band_from = BandFrom::none;
  std::uint8_t thresholds = 0;
  double weight_unit = 1;
  double factor = 1, cap = 0, floor = 0, mark = 0;
  // Falling, and then minus infinity; a figure's place is the number of thresholds above it (figure < threshold),
  // label[place] its band.
  double threshold[kThresholdRoom] = {};
  std::int8_t label[16] = {};
  std::int8_t on_target_label = 0, capped_label = 0;  // of what limits make of 100, and of the cap
  // The grid of place_coarsely: figure x grid + phase, cut off to a whole number; coarse[i] is threshold i on it, and
  // no threshold lies near the end of a step. no_grid: there is none, or no error bound.
  double grid = 1, phase = 0;
  std::int16_t coarse[kMostThresholds] = {};
  bool no_grid = false;
  // What carry_leaf reads instead of asking for the formula and the limits: all bits or none, and infinities.
  std::int64_t is_l1 = 0, is_l2 = 0;
  double most = 0, least = 0, deepest = 0;
  bool refuses_zero = true;  // no achievement against a target of nought
  bool offered = false;      // some parent carries the achievement
  bool zero_is_met = false;  // 100 by a figure not above it, else 0
  // |double - exact| <= eps x (|double| + offset) of a value, <= eps x (terms + 100 offset / target) of an achievement
  // (of L2 terms + achievement x offset / value).
  double value_eps = 0, value_offset = 0, achievement_eps = 0;
  double least_target = 0;  // of an inner figure with an offset; smaller ones are marked as signed
};

struct Tie {  // as bulk::Edge
  std::uint32_t child_and_role;
  std::int32_t weight;
  std::uint32_t driver;
};
inline constexpr std::uint32_t kDenominatorBit = std::uint32_t{1} << 31, kNobody = UINT32_MAX;

struct LaneColumns {  // by inner node, but for state, value and band of the lane `all`, see Tables
  double* achievement = nullptr;
  std::uint8_t* achieved = nullptr;
  std::uint32_t *covered = nullptr, *expected = nullptr;
  double *covered_weight = nullptr, *expected_weight = nullptr;
  double *numerator = nullptr, *denominator = nullptr;  // by pair row
  double* value = nullptr;                              // by inner node, whichever lane
  std::uint8_t* state = nullptr;
  std::int8_t* band = nullptr;
};

struct Tables {
  const std::uint16_t* class_of = nullptr;
  const std::uint32_t *owner = nullptr, *edge_begin = nullptr, *pair_row = nullptr;
  const Tie* ties = nullptr;
  std::uint32_t leaves = 0;
  const double* target = nullptr;
  const double* value = nullptr;        // by node
  const std::uint8_t* state = nullptr;  // by node
  std::int8_t* leaf_band = nullptr;     // by node
  LaneColumns lane[2];
  bool two_lanes = false;
  unsigned months = (1U << kRow) - 1;  // of inner nodes: those whose doubts are settled
  // Of PartKernels: columns begin at this month of the first row, `months` counts from it.
  unsigned first_month = 0;
  bool achievements = false;                // some class carries them: also a sweep of values alone needs them
  const ClassCode* const* codes = nullptr;  // by level, then class
  const std::uint32_t* level_begin = nullptr;
  // Settles the cells of one row in `months` (bit m: month m) exactly, writing what it decides. `lane` 0 or 1;
  // `state` is null for a leaf.
  void (*settle)(void* context, std::uint32_t node, int lane, unsigned months, double* achievement,
                 std::uint8_t* achieved, std::int8_t* band, std::uint8_t* state) = nullptr;
  // Whether inner node `child` meets its target (the mark of `parent`) in `month`, exactly.
  bool (*meets)(void* context, std::uint32_t parent, std::uint32_t child, int lane, unsigned month) = nullptr;
  void* context = nullptr;
};

enum class Way : std::uint8_t { none, same, shares, whole, gap };
struct DescentCode {
  Way way = Way::none;
  double steps = 1;  // whole: 10^places of the children
  double frontier = 100;
};
struct DescentTables {
  const std::uint16_t* class_of = nullptr;
  const std::uint32_t *owner = nullptr, *edge_begin = nullptr;
  const Tie* ties = nullptr;
  std::uint32_t leaves = 0;
  double* target = nullptr;
  const double* baseline = nullptr;    // by node
  const DescentCode* codes = nullptr;  // by class
  // A family too large, or figures too long, for the kernel: all months, in 128 bits.
  void (*split_slowly)(void* context, std::uint32_t node) = nullptr;
  void* context = nullptr;
};

// Nodes [first, last) of one level.
using LevelKernel = void (*)(const Tables&, std::size_t level, std::uint32_t first, std::uint32_t last);
struct Kernels {
  LevelKernel values = nullptr, full = nullptr;
  LevelKernel lone_leaves = nullptr;  // full, level 0: leaves that no parent owns
  void (*descent)(const DescentTables&, std::uint32_t first, std::uint32_t last) = nullptr;
};
Kernels baseline_kernels();
Kernels avx2_kernels();  // empty where the build has none
Kernels avx512_kernels();

// The same of four months of every row, with the same bits, for the way up from one fact: a third of the work, and half
// of the cache lines.
struct PartKernels {
  LevelKernel values = nullptr, full = nullptr, lone_leaves = nullptr;
};
PartKernels baseline_part_kernels();
PartKernels avx2_part_kernels();
PartKernels avx512_part_kernels();

}  // namespace jenjang::bulk::kernel
