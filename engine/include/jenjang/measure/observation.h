// Observation: a reported fact, kept as written with its place.
#pragma once

#include <cstdint>
#include <optional>

#include "jenjang/base/cell.h"
#include "jenjang/base/decimal.h"
#include "jenjang/base/seldom.h"
#include "jenjang/base/shared_text.h"
#include "jenjang/measure/period.h"
#include "jenjang/measure/row_places.h"

namespace jenjang {

enum class RegionAuthority : std::uint8_t { kemendagri, bps };

// The figure that the validated lane takes where it is not the reported one.
struct VerifiedFigure {
  std::optional<Decimal> number;
  SharedText grade;         // for a graded measure; binding gives `number` its points or rank
  std::uint64_t entry = 0;  // of the journal, that it comes from

  [[nodiscard]] bool stated() const { return number.has_value() || !grade.empty(); }
  // Whichever entry it comes from.
  [[nodiscard]] bool says_same(const VerifiedFigure& other) const {
    return number == other.number && grade == other.grade;
  }
};

// A nation reports tens of millions of them: two cache lines each, with texts that rows share.
struct Observation {
  SharedText code;      // indicator or operand
  SharedText unit;      // as written in the feed
  SharedText grade;     // label of a graded measure ("Sangat Baik"); empty otherwise
  SharedText status;    // validation state as written ("divalidasi_pusat"); may be empty
  SharedText workflow;  // "PACK/ID" of the state machine that `status` is a state of; empty: none
  SharedText source;    // letter, portal, agency
  Decimal number;       // meaningful when state == value and grade is empty
  Period period;        // the period the figure describes (reference period)
  Period released;      // rilis: month of publication; not valid: not stated
  // What the validator accepted of a claim, or the last validated figure where a later one still waits. With
  // `validated` false and no number here the validated lane has none.
  Seldom<VerifiedFigure> verified;
  std::uint64_t entry = 0;  // sequence number in the journal; 0: read from a file
  RowPlaces places;
  std::int32_t definition_version = 0;  // 0: not stated
  RegionAuthority authority = RegionAuthority::kemendagri;
  CellState state = CellState::value;
  bool validated : 1 = true;  // the standing figure is valid: by the workflow, or by the feed's list of statuses
  bool illustrative : 1 = false;
  bool unverified : 1 = false;
};
static_assert(sizeof(Observation) <= 128);

}  // namespace jenjang
