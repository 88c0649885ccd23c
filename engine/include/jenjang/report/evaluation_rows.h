// Rows of the yearly evaluation of RKPD and Renja: urusan > bidang urusan > program > kegiatan > sub kegiatan, each
// with its indicators, per unit.
//
// What the evaluation of a plan's result shows beside each other: the target at the end of the medium-term plan, what
// was reached before this year, the year's target, its quarters, its achievement, and where the medium-term plan now
// stands; the same for money. Figures are those of the roll-up; what the roll-up has no figure for is printed as its
// state. Rows above the indicators are structure: they carry their own ceiling and spending and no performance figure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jenjang/explain/explanation.h"
#include "jenjang/report/table.h"

namespace jenjang {

struct EvaluationFilter {
  std::string unit;  // itself and below; empty: all
  int year = 0;
  const Scale* scale = nullptr;  // of the predicates; required, bands
};

// One side of a row, printed: performance (K) or money (Rp).
struct EvaluationSide {
  std::string unit_name;
  std::string target_end;   // at the end of the medium-term plan
  std::string done_before;  // reached before this year
  std::string target;       // of this year
  std::string quarter_1, quarter_2, quarter_3, quarter_4;
  std::string done;                          // in this year
  std::string achievement_raw, achievement;  // before and after the cap
  std::string predicate;
  std::string done_total;       // reached with this year
  std::string achievement_end;  // of done_total against target_end
  std::string state;
};

struct EvaluationRow {
  // unit, urusan, bidang, program, kegiatan, sub_kegiatan, indikator, rata-rata
  std::string kind;
  std::string code, title, unit, address;
  EvaluationSide performance, money;
  std::string document;
  std::string basis;  // what a row rests on that no document declares: the code it was read from, the scale of a mean
  std::string labels;
};

// Per unit in tree order: the unit, its goals by code, below each its indicators; after each program and after each
// unit the mean achievement. A mean is that of the indicators with an achievement, each counted once and all alike, and
// its state says how many of how many these are.
std::vector<EvaluationRow> evaluation_rows(const ExplainContext& context, const EvaluationFilter& filter);
std::string write_rows(std::span<const EvaluationRow> rows, const WriteOptions& options);

}  // namespace jenjang
