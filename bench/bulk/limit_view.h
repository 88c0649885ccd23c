// What the kernels of the limit see: raw pointers, one plain record a class, and the three sets of kernels.
#pragma once

#include <cstdint>

#include "jenjang/bulk/figures.h"

namespace jenjang::bench {

inline constexpr int kMostCuts = 15;

// A class with every decimal made a double: the limit decides with these.
struct LimitClass {
  Aggregation aggregation = Aggregation::leaf;
  Carry carry = Carry::value;
  MissingPolicy missing = MissingPolicy::skip;
  Polarity polarity = Polarity::higher;
  AchievementFormula formula = AchievementFormula::none;
  ZeroTargetRule zero_rule = ZeroTargetRule::refuse;
  bulk::Descent descent = bulk::Descent::none;
  bool goal = false, scale_on_value = false, limited = false, has_domain = false;
  bool of_pairs = false;      // a ratio whose children are ratios
  double factor = 1;          // with the weights' unit, where the aggregate is not divided by weights
  double weight_unit = 1;     // 10^-weight_places
  double steps = 1;           // 10^places
  double cap = 0, floor = 0;  // infinite where there is none
  int cuts = 0, bands = 0;    // bands 0: no scale
  double cut[kMostCuts] = {}, domain_low = 0, domain_high = 0;  // a band is what is not below its cut
};

// Columns of inner nodes by node - leaf_count.
struct LimitLane {
  double* value = nullptr;
  bulk::StateByte* state = nullptr;
  std::int8_t* band = nullptr;
  double* achievement = nullptr;
  bulk::StateByte* achieved = nullptr;
  std::uint32_t *covered = nullptr, *expected = nullptr;
  double *covered_weight = nullptr, *expected_weight = nullptr, *numerator = nullptr, *denominator = nullptr;
};

struct LimitView {
  const LimitClass* classes = nullptr;
  const std::uint16_t* class_of = nullptr;
  const std::uint32_t *owner = nullptr, *edge_begin = nullptr, *pair_row = nullptr;
  const bulk::Edge* edges = nullptr;
  std::uint32_t leaf_count = 0;
  double* target = nullptr;
  double* value = nullptr;  // by node, as state and band
  bulk::StateByte* state = nullptr;
  std::int8_t* band = nullptr;
  LimitLane lane[2];
};

// Inner nodes [first, last) of one level, children before; leaf bands by the leaf's owner.
struct LimitKernels {
  void (*values)(const LimitView&, std::uint32_t first, std::uint32_t last);
  void (*full)(const LimitView&, std::uint32_t first, std::uint32_t last);
  void (*full_two_lanes)(const LimitView&, std::uint32_t first, std::uint32_t last);
  void (*leaf_band)(const LimitView&, std::uint32_t leaf);
  void (*split)(const LimitView&, std::uint32_t first, std::uint32_t last);
  void (*split_whole)(const LimitView&, std::uint32_t first, std::uint32_t last);
};
// A family too large to compare in pairs, month by month.
void limit_split_large(const LimitView& view, std::uint32_t node, const bulk::Edge* begin, const bulk::Edge* end);
extern const LimitKernels kLimitWide;    // AVX-512; empty where the compiler has no such thing
extern const LimitKernels kLimitPlain;   // any processor
extern const LimitKernels kLimitSingle;  // one month: pointers moved to it, no splits

}  // namespace jenjang::bench
