// A practice card: something that worked somewhere, tied to the indicators that moved.
//
// A card claims; it proves nothing. Where the plan has the indicator at the card's unit, the claim stands beside what
// the plan's own results say (report/cards.h).
#pragma once

#include <string>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"
#include "jenjang/measure/period.h"

namespace jenjang {

struct CreditedChange {
  std::string code;  // of an indicator
  std::string unit;  // path; that of the card unless it says otherwise
  Period from, until;
  Decimal before, after;
  SourceSpan span;
};

struct PracticeCard {
  std::string code, title;
  std::string problem;  // masalah
  std::string unit;     // where it was done: a path, which need not be of this plan
  std::string region;   // wilayah, in words
  std::string action;   // tindakan
  std::string cost;     // biaya, in words: a figure with its unit, or that it is not known
  std::vector<std::string> evidence;
  std::vector<CreditedChange> changes;  // indikator
  std::string licence;
  std::string contact;  // a unit path, never a person
  bool illustrative = false, unverified = false;
  SourceSpan span;
};

}  // namespace jenjang
