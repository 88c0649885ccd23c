// LHE: the report of one evaluation (laporan hasil evaluasi) as Indonesian Markdown.
//
// In the order evaluators use: summary, legal basis, scope, method, follow-up of last year, the table of components,
// notes, recommendations, closing, annexes. Words are ours, figures those of the worksheet. A score that cannot be
// given, a predicate that waits for a gate, a lane that has not spoken and every invented or unverified part is told
// where a reader must see it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "jenjang/assess/proposals.h"
#include "jenjang/assess/worksheet.h"
#include "jenjang/measure/recommendation.h"

namespace jenjang {

struct LheInput {
  const Pack& pack;
  const PackTemplate& tmpl;
  const ScoringMode& mode;
  const LanedWorksheet& sheet;
  std::string code, title;           // of the worksheet
  std::string unit_path, unit_name;  // name: may be empty
  bool is_government = false;
  Period period;
  bool illustrative = false;
  bool unverified = false;
  std::span<const Recommendation> recommendations;  // of that unit, any year
  std::span<const Proposal> proposals;              // of that unit and year; empty: not asked
  std::optional<Date> as_of;
  // The worksheet as the plan's roll-up counts it, from a journal where there is one: its total and its predicate as
  // printed, gate included; for a file outside the plan its own total, with the gates that the plan's units decide.
  // Empty for a file whose gates nobody can look at.
  struct InPlan {
    std::string value, predicate, gate;
  };
  std::optional<InPlan> in_plan;
  std::size_t errors = 0;  // found in the worksheet and the recommendations; told at the top
};

std::string write_lhe(const LheInput& input);

}  // namespace jenjang
