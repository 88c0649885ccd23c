// Rows about a cascade besides its targets: where families stand, what a repair would change, and what a
// what-if changes. Figures are exact decimals, or rounded half-up to four places.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "jenjang/base/source_map.h"
#include "jenjang/cascade/repair.h"
#include "jenjang/cascade/staff_shares.h"
#include "jenjang/report/report.h"

namespace jenjang {

// One row of `cascade --kesenjangan`. A family is a row `induk`, then a row `anak` for each child, then a
// row `jawaban` for each government that answered with a figure of its own.
struct StandingRow {
  std::string kind, address, period;
  // Of the parent: its target, what firm children give, their part of the weights in percent, what all
  // give, and target minus all (positive: short of it). Of a child: its target and its part of the weights.
  std::string target, firm, firm_weight, whole, gap, state, origin, weight;
  // Of a child that can still move: the points that it and every other such child must add for the parent
  // to meet its target, and its part of the gap by weight, in points of the parent. Children can move
  // while their target is not adopted; when all are, each is counted.
  std::string extra, gap_share;
  // Of an answer: `target` is what was handed down; the answer, and its effect on the parent alone.
  std::string answer, effect;
  std::string labels;
};
std::vector<StandingRow> standing_rows(const Model& model, const TargetTable& targets, const RowFilter& filter);

// One edit of a proposed repair, in the order of files and lines.
struct ProposalRow {
  std::string root, address, period, document, before, after, place;
  std::string file, line;  // the line as it would read, every edit of it made; empty: not a plain scalar there
  std::string reason;      // of the figure as it stands
};
std::vector<ProposalRow> proposal_rows(const Model& model, const SourceMap& sources,
                                       std::span<const RepairProposal> proposals);
// A page of YAML, by file: for a person to carry over. `refused` trees have their messages elsewhere.
std::string write_proposal_page(const Model& model, std::span<const RepairProposal> proposals,
                                std::span<const ProposalRow> rows, std::size_t refused, Language language);

// One run of a plan, for comparing two.
struct CascadeOutcome {
  const Model& model;
  const TargetTable& targets;
  std::span<const Diagnostic> findings;
};
// One cell whose target differs, in reading order of `after`; cells that only `before` has come last. Then
// one row a refusal (J16xx) that appeared or vanished: its code stands under the run that has it.
struct TargetDifferenceRow {
  std::string address, period, before, after, difference, origin, message;
};
std::vector<TargetDifferenceRow> target_differences(const CascadeOutcome& before, const CascadeOutcome& after,
                                                    const RowFilter& filter, Language language);

// One row of `cascade --per-pegawai`. `unit` of a filter is matched against the position.
struct StaffRow {
  std::string person, position, indicator, address, period, unit_name, target, months, days, origin, state, labels;
  std::string name;  // only by join_names
};
std::vector<StaffRow> staff_rows(const Model& model, const StaffTargets& staff, const RowFilter& filter);

// One cell of `cascade --matriks-peran`: what a member produces for a result of the leader.
struct RoleRow {
  std::string member, name, result, result_title, produces, produces_title, tie, share, accepted;
};
// `matrix` of that model; a member without a cell is one row with nothing produced.
std::vector<RoleRow> role_rows(const Model& model, const RoleResultMatrix& matrix);

std::string write_rows(std::span<const StandingRow> rows, const WriteOptions& options);
std::string write_rows(std::span<const ProposalRow> rows, const WriteOptions& options);
std::string write_rows(std::span<const TargetDifferenceRow> rows, const WriteOptions& options);
// Names beside the keys; a key without a name keeps an empty cell.
void join_names(std::vector<StaffRow>& rows, const std::map<std::string, std::string, std::less<>>& names);
// `with_names`: the column `nama` at the end.
std::string write_rows(std::span<const StaffRow> rows, const WriteOptions& options, bool with_names = false);
std::string write_rows(std::span<const RoleRow> rows, const WriteOptions& options);

}  // namespace jenjang
