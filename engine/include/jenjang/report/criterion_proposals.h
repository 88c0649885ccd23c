// Rows of `score --propose`: what the plan itself says about the criteria of a worksheet.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jenjang/assess/proposals.h"
#include "jenjang/report/table.h"

namespace jenjang {

// kode,uraian,usul,alasan,mendukung,menyangkal,periksa,tanda
struct CriterionProposalRow {
  std::string code, title, answer, reason, supporting, against, check, labels;
};

// What of the year's figures of the unit can be compared with what, as comparison_rows would print it.
std::vector<MeasureComparisons> measure_comparisons(const ExplainContext& context, UnitId unit, int year);

// True when one answer of the mode is ya or tidak, so that a proposal is one of these words.
bool answers_yes_no(const Pack& pack, const ScoringMode* mode);

struct ProposalRowOptions {
  bool yes_no = true;
  bool every_criterion = false;  // also those that no check speaks to
  std::size_t max_proofs = 5;    // a side; what is left out is counted
};
std::vector<CriterionProposalRow> proposal_rows(const PackTemplate& tmpl, std::span<const Proposal> proposals,
                                                const SourceMap& sources, const ProposalRowOptions& options);
std::string write_rows(std::span<const CriterionProposalRow> rows, const WriteOptions& options);

}  // namespace jenjang
