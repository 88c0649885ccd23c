// A cascade rule as a planner declares it: which method, which driver, how to round.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

// What to do when every driver of a family is zero (algorithms 1.1; never silent).
enum class ZeroDriverPolicy : std::uint8_t { refuse, equal };  // tolak, rata

struct CascadeRule {
  std::string method;  // name in the registry of engine/cascade: sama, rata, proporsional, bagian-tetap
  std::string driver;  // attribute name for proporsional; empty otherwise
  ZeroDriverPolicy on_zero_driver = ZeroDriverPolicy::refuse;
  // Parameters of the method beyond the common keys, as written; the registry of engine/cascade
  // checks them (unknown ones with a near miss), so a new method touches neither parser nor binder.
  struct Parameter {
    std::string key, text;
    SourceSpan key_span, span;
  };
  std::vector<Parameter> parameters;
  std::optional<Decimal> step;  // langkah: 1 for whole numbers, 0.01 for two decimals; else the item's
  SourceSpan span;              // of the rule in the plan
};

}  // namespace jenjang
