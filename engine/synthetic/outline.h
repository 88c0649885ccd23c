// The shape of a province, from which both the model and the plan folder are made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/synthetic/province.h"

namespace jenjang::synthetic {

inline constexpr std::uint32_t kNone = UINT32_MAX;

struct OutlineUnit {
  std::string path;
  std::string_view kind;
  std::uint32_t parent = kNone;  // always before the unit itself
  std::uint32_t affair = 0;      // 1 .. agencies; 0 above the agencies
  std::uint64_t workload = 0;    // of a position 1..20; above, the sum
};

struct OutlineMeasure {
  std::string code;
  Aggregation aggregation = Aggregation::sum;
  Accumulation accumulation = Accumulation::increments;
  Decimal step;
  Decimal target, baseline;             // of the governor
  std::string_view top_method, method;  // from the governor to the governments; below
  std::vector<Decimal> baselines;       // by government, when the top method closes a gap
};

struct OutlineHolding {
  std::uint32_t unit = 0;
  std::string person;
  Date from;
  std::optional<Date> until;
};

struct Outline {
  std::vector<OutlineUnit> units;          // the province first
  std::vector<std::uint32_t> governments;  // the province's own apparatus, then the districts
  std::vector<OutlineMeasure> measures;    // by affair - 1
  std::vector<OutlineHolding> holdings;    // by unit, then first day
};

Outline make_outline(const ProvinceSpec& spec);

}  // namespace jenjang::synthetic
