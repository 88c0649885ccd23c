// Statement: what one document says about one measure in one period.
#pragma once

#include <string>

#include "jenjang/base/source_map.h"
#include "jenjang/measure/item.h"
#include "jenjang/measure/period.h"
#include "jenjang/measure/target.h"

namespace jenjang {

struct Statement {
  DocumentId document;
  Period period;
  Target target;
  StatementState state = StatementState::adopted;
  bool hold = false;   // hand-set below a cascade: the cascade works around it
  std::string reason;  // alasan of a hold
  bool illustrative = false;
  SourceSpan span;  // the target as written
};

// Baselines are statements about the past: the figure a plan starts from.
struct Baseline {
  DocumentId document;
  Period period;
  Decimal value;
  bool illustrative = false;
  SourceSpan span;
};

}  // namespace jenjang
