// A decimal as a test writes it.
#pragma once

#include <cstdlib>
#include <string_view>

#include "jenjang/base/decimal.h"

namespace jenjang::testing {

inline Decimal dec(std::string_view text) {
  const auto value = Decimal::parse(text);
  if (!value) std::abort();  // a slip in the test itself
  return *value;
}

}  // namespace jenjang::testing
