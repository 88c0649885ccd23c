// Fairness of appraisal: the predicates of the staff of every unit, as a formula sheet computed them, against the
// predicate of the unit itself.
//
// Organisation rows are CSV: unit, periode, predikat (optional catatan). A member of staff belongs to every listed unit
// at or above the unit of its row. Rows of staff without a predicate (refused, or left blank) are counted and left out.
#pragma once

#include <string>
#include <vector>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/assess/spread.h"

namespace jenjang {

struct OrganisationGrade {
  std::string unit, label;
  Period period;
  SourceSpan span, unit_span, label_span;
};
// Bad rows are left out with a diagnostic each.
std::vector<OrganisationGrade> read_organisation_grades(FileId file, const SourceMap& sources, const CsvFormat& format,
                                                        DiagnosticSink& sink);

struct SpreadUnit {
  std::string unit, organisation;
  Period period;
  SpreadCheck check;
  std::size_t ungraded = 0;  // rows of staff without a predicate
};
struct SpreadSheet {
  std::string code, title;
  const Pack* pack = nullptr;
  const PackSpread* spread = nullptr;
  bool illustrative = false, unverified = false;
  std::vector<std::string> labels;  // of staff, best first
  std::vector<SpreadUnit> units;    // in the order of the organisation rows
};

// `result` is the code of the formula's step that holds the predicate. Reports J3150 (labels off the scales), J3151
// (staff under no unit with a predicate) and J3153 (a unit twice). The pack, the formula sheet and the spread outlive
// the result.
SpreadSheet judge_spread(const Pack& pack, const PackSpread& spread, const FormulaSheet& staff, std::string_view result,
                         std::span<const OrganisationGrade> organisations, DiagnosticSink& sink);

}  // namespace jenjang
