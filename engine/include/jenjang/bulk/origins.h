// Origins: what is inherited along the ties that contribute, beside the figures: marks of invented and unverified
// figures, and how many months of reports stand behind a coarse figure.
#pragma once

#include "jenjang/bulk/coarse.h"
#include "jenjang/facts/facts.h"

namespace jenjang::bulk {

struct LaneOrigins {
  // By node, bit s: slot s (months: January first; coarse: as in RowFacts) holds a value with such a mark. Empty: none.
  Column<std::uint16_t> illustrative, unverified;
  // Of coarse slots, [inner][CoarseFigures::kMonthsRow]: unit-months reported, and of how many.
  Column<std::uint32_t> covered_months, expected_months;
};

// Marks of measures that are invented or unverified as a whole, by node.
struct NodeMarks {
  Column<std::uint8_t> marks;  // 1 invented, 2 unverified; empty: none
};

// After roll_up of the same columns, full depth.
LaneOrigins find_origins(const FlatPlan& plan, const Figures& months, const RowFacts& rows, const NodeMarks& marks,
                         Lane lane, unsigned threads = 1);
// Besides, the validated lane's coverage of ratios is measured against what the full lane knows, as in months: `coarse`
// is corrected for that.
LaneOrigins find_origins(CoarseFigures& coarse, const Figures& months, const RowFacts& rows, const NodeMarks& marks,
                         Lane lane, unsigned threads = 1);

}  // namespace jenjang::bulk
