// What `jenjang score --pack PACK[/ELEMENT]` can be about: one function per kind of element or question, one file each.
#pragma once

#include "jenjang/assess/proposals.h"
#include "jenjang/report/table.h"

#include "session.h"

namespace jenjang::cli {

struct ScoreRequest {
  const Options& options;
  Workspace& workspace;  // packs are loaded; with has_plan a plan too, evaluated
  bool has_plan;
  int exit_code;  // what the plan's own findings say: kDone or kFindings
  const Pack& pack;
  std::string element;  // of the pack; never empty
};

// Rows to the output, findings of the sink beyond `said` to stderr; the exit code that follows.
int finish_score(const ScoreRequest& request, const std::string& rows, std::size_t said);

int score_template(const ScoreRequest& request);  // score_worksheet.cc
int score_clock(const ScoreRequest& request);     // score_clock.cc

int score_formula(const ScoreRequest& request);  // score_formula.cc

int score_proposals(const ScoreRequest& request);  // score_proposals.cc
std::vector<Proposal> plan_proposals(const ScoreRequest& request, const PackTemplate& tmpl, UnitId unit, int year);
// Columns usul and usul_alasan behind those of a form whose first column is the code. False when --unit or --periode
// are missing or unknown, which has been said.
bool add_proposals(const ScoreRequest& request, const PackTemplate& tmpl, const ScoringMode& mode, Table& form);

int score_spread(const ScoreRequest& request);       // score_spread.cc
int score_against(const ScoreRequest& request);      // score_against.cc
int score_batch(const ScoreRequest& request);        // score_batch.cc
int score_certificate(const ScoreRequest& request);  // score_certificate.cc

// --massal: many sheets of a template or rows of a formula from one file, without a plan.
int score_bulk(const ScoreRequest& request);  // score_bulk.cc

}  // namespace jenjang::cli
