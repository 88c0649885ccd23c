// Report: result rows in stable columns, and their writers.
//
// Columns (DESIGN section 6) are only ever added at the end. Numbers are printed from the exact
// value where a printed digit was in doubt. CSV uses a point and a comma; `excel_id` writes
// semicolons, decimal commas and a BOM. JSON carries exact numbers as strings.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/explain/explanation.h"
#include "jenjang/report/table.h"

namespace jenjang {

struct RowFilter {
  std::string code, unit, document;  // empty: all; unit matches itself and below
  std::optional<Period> period;
  std::optional<Granularity> granularity;  // e.g. only years
  // Fill the interval columns: what the figure may become once everybody has reported.
  bool intervals = false;
  // Fill the exact columns of ResultRow; costs one exact evaluation a cell.
  bool exact_values = false;
  const Watch* watch = nullptr;
};

// One row of `cascade`: alamat,indikator,unit,periode,satuan,target,status,asal,cara,dari,dokumen,tanda
struct TargetRow {
  std::string address, indicator, unit, period, unit_name, target, state, origin, method, from, document, labels;
};
// One row of `rollup`: the 21 columns of DESIGN section 6. `cakupan_bobot` is in percent. The two
// exact figures stand in JSON only, when asked for.
struct ResultRow {
  std::string address, document, indicator, unit, period, unit_name, target, realisation, achievement_raw, achievement,
      formula, cap, rounding, predicate, covered, expected, covered_weight, lane, touched_unvalidated, state, labels;
  std::string exact_realisation, exact_achievement;
  // RowFilter::intervals: columns terendah, tertinggi, predikat_pasti, ujung_selang (luar: outer bounds).
  bool has_interval = false;
  std::string lowest, highest, certain_predicate, interval_bounds;
  NodeId node;  // of the cell; no column
};

std::vector<TargetRow> target_rows(const Model& model, const TargetTable& targets, const RowFilter& filter);
// Rows of one lane: all facts, or validated facts only (the same figures when every fact is
// validated).
std::vector<ResultRow> result_rows(const ExplainContext& context, const RowFilter& filter, bool validated_only);
// Rows of the validated lane for cells where it says something else than the full lane.
std::vector<ResultRow> lane_difference_rows(const ExplainContext& context, const RowFilter& filter);
// Rows of the full lane, each followed by that of the validated lane where the two differ in figure or coverage.
std::vector<ResultRow> rows_of_both_lanes(const ExplainContext& context, const RowFilter& filter);

std::string write_rows(std::span<const TargetRow> rows, const WriteOptions& options);
std::string write_rows(std::span<const ResultRow> rows, const WriteOptions& options);

}  // namespace jenjang
