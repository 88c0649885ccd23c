// Result rows straight from the columns of the flat engine: the same bytes as the rows of the general engine, written
// hundreds of megabytes a second.
//
//   FlatRows rows({{2026, flat.plan, flat.figures, flat.rows, names}}, filter, sweep);
//   rows.write_csv([&](std::string_view part) { return file.write(part); });
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/bulk/row_facts.h"
#include "jenjang/bulk/sweep.h"
#include "jenjang/explain/explanation.h"
#include "jenjang/snapshot/names.h"
#include "jenjang/workspace/memory_need.h"

namespace jenjang {

struct FlatRowFilter {
  std::string code, unit;  // empty: all; a unit is itself and what is below it
  std::optional<Period> period;
  std::optional<Granularity> granularity;
  bool validated_only = false;  // rows of the validated lane alone, else of both where they differ
  bool intervals = false;       // with the columns of RowFilter::intervals
};

// One year of a plan; the years of one FlatRows are of the same plan, ascending. Holds references.
struct FlatYear {
  int year = 0;
  const bulk::FlatPlan& plan;
  bulk::Figures& months;
  const bulk::RowFacts& rows;
  const snapshot::PlanNames& names;
  bool swept = false;  // the months hold the results of a full roll-up already
};

class FlatRows {
public:
  // What making the rows of one year will take at most: its figures, although what nothing writes to may stay in the
  // file they were mapped from, and the columns of the slots and intervals that the filter asks for.
  static MemoryNeed memory_need(const FlatYear& year, const FlatRowFilter& filter, unsigned threads = 1);

  // Rolls up what the filter asks for, on sweep.threads. Requires years without an obstacle (RowFacts).
  FlatRows(std::vector<FlatYear> years, FlatRowFilter filter, const bulk::SweepOptions& sweep = {});
  ~FlatRows();
  FlatRows(const FlatRows&) = delete;
  FlatRows& operator=(const FlatRows&) = delete;

  [[nodiscard]] bool cancelled() const;
  // The columns of result_table in standard CSV, header first, in large parts and in order; the calling thread and
  // others make them, one at a time hands its part over. False when `take` said so, or when it was cancelled.
  bool write_csv(const std::function<bool(std::string_view)>& take) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// All years of a plan, in one text. nullopt where some year is beyond the flat engine or its rows.
std::optional<std::string> flat_csv(const ExplainContext& context, const RollupOptions& options,
                                    const FlatRowFilter& filter, unsigned threads = 1);

}  // namespace jenjang
