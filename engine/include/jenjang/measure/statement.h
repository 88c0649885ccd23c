// Statement: what one document says about one measure in one period.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/source_map.h"
#include "jenjang/measure/item.h"
#include "jenjang/measure/period.h"
#include "jenjang/measure/target.h"

namespace jenjang {

// How the years between two known points of one document are filled (algorithms 2).
enum class PathShape : std::uint8_t {
  none,      // not at all
  linear,    // equal steps
  compound,  // equal factors; needs both ends of one sign
  given,     // porsi: declared fractions of the way, one a year
};

// A floor, a cap or a fixed figure set by hand has reasons that travel with it into every refusal.
struct Grounds {
  std::string reason;         // alasan
  std::string citation;       // dasar: the article or letter it rests on; empty when there is none
  std::optional<Date> until;  // sampai: last day it stands; beyond that it is reported and ignored
  bool locked = false;        // kunci: a repair never moves it (one with a citation is not moved either)
  Decimal willingness{1};     // kerelaan: how readily a repair moves it, relative to its neighbours; > 0
};

struct Statement {
  DocumentId document;
  Period period;
  Target target;
  StatementState state = StatementState::adopted;
  bool hold = false;  // hand-set below a cascade: the cascade works around it
  Grounds grounds;    // of a hold
  bool illustrative = false;
  PathShape path = PathShape::none;  // the years since the document's point before this one
  std::vector<Decimal> path_shares;  // given: fractions of the way at the end of each year; the last is 1
  SourceSpan span;                   // the target as written
};

// Limits of a measure that are no target: the cascade stays within them. Adopted by its document's state.
struct Bound {
  DocumentId document;
  Period period;
  std::optional<Decimal> least, most;  // minimal, maksimal
  StatementState state = StatementState::adopted;
  Grounds grounds;
  bool illustrative = false;
  SourceSpan span;
};

// Baselines are statements about the past: the figure a plan starts from.
struct Baseline {
  DocumentId document;
  Period period;
  Decimal value;
  bool illustrative = false;
  SourceSpan span;
};

std::span<const std::string_view> path_shape_words();  // "" linear majemuk porsi

}  // namespace jenjang
