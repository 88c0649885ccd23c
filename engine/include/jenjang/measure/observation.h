// Observation: a reported fact, kept as written with its place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/cell.h"
#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"
#include "jenjang/measure/period.h"

namespace jenjang {

enum class RegionAuthority : std::uint8_t { kemendagri, bps };

struct Observation {
  std::string code;  // indicator or operand
  std::string unit;  // as written in the feed
  RegionAuthority authority = RegionAuthority::kemendagri;
  Period period;                   // the period the figure describes (reference period)
  std::optional<Period> released;  // rilis: month of publication
  CellState state = CellState::value;
  Decimal number;              // meaningful when state == value and grade is empty
  std::string grade;           // label of a graded measure ("Sangat Baik"); empty otherwise
  std::string status;          // validation state as written ("divalidasi_pusat"); may be empty
  bool validated = true;       // status is among those the manifest calls validated
  int definition_version = 0;  // 0: not stated
  std::string source;          // letter, portal, agency
  bool illustrative = false;
  bool unverified = false;
  SourceSpan number_span;   // the cell with the figure
  SourceSpan address_span;  // the code cell
  SourceSpan unit_span;
  SourceSpan period_span;
};

}  // namespace jenjang
