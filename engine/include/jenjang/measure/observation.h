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
  Decimal number;         // meaningful when state == value and grade is empty
  std::string grade;      // label of a graded measure ("Sangat Baik"); empty otherwise
  std::string status;     // validation state as written ("divalidasi_pusat"); may be empty
  bool validated = true;  // the standing figure is valid: by the workflow, or by the feed's list of statuses
  std::string workflow;   // "PACK/ID" of the state machine that `status` is a state of; empty: none
  // The figure that the validated lane takes where it is not `number`: what the validator accepted of a claim, or
  // the last validated figure where a later one still waits. With `validated` false and no such figure the
  // validated lane has none.
  std::optional<Decimal> verified;
  std::string verified_grade;  // the same for a graded measure; binding gives `verified` its points or rank
  int definition_version = 0;  // 0: not stated
  std::string source;          // letter, portal, agency
  bool illustrative = false;
  bool unverified = false;
  std::uint64_t entry = 0;           // sequence number in the journal; 0: read from a file
  std::uint64_t verified_entry = 0;  // the entry that `verified` comes from
  SourceSpan number_span;            // the cell with the figure
  SourceSpan address_span;           // the code cell
  SourceSpan unit_span;
  SourceSpan period_span;
};

}  // namespace jenjang
