// The run summary: one page of plain text that a head of agency can read, for any plan.
//
// Sections without content are left out, except those whose absence is itself the answer. Every
// invented or unverified figure carries its mark.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/explain/explanation.h"
#include "jenjang/report/score.h"

namespace jenjang {

struct SummaryPack {
  std::string id, instrument, status;
};

struct SummaryInput {
  ExplainContext context;  // a handful of references, held by value
  const std::vector<CoherenceOutcome>& coherence;
  const std::vector<Diagnostic>& findings;
  std::string code, title;
  std::optional<Date> as_of;
  std::size_t feed_files = 0;
  std::string journal;             // the last entry taken, "41:9f2c...", and as of when; empty: facts come from files
  std::vector<SummaryPack> packs;  // those the plan uses
  std::vector<ScoredWorksheet> worksheets;
  std::span<const FormulaSheet> formula_sheets = {};
  std::vector<std::pair<std::string, std::string>> outputs;  // file, what it holds
  bool targets_as_realised = false;
  std::string lane_gate;  // which states the validated lane counts; empty: every figure
  Language language = Language::indonesian;
};

std::string write_summary(const SummaryInput& input);

}  // namespace jenjang
