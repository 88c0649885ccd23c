#include <algorithm>
#include <array>

#include "jenjang/report/comparison.h"
#include "jenjang/report/criterion_proposals.h"

namespace jenjang {
namespace {

constexpr std::string_view kNobodyAsked = "tidak ada pemeriksaan bagi kriteria ini; dinilai dari bukti";

std::string place_of(const SourceMap& sources, const SourceSpan& span) {
  if (!span.valid()) return {};
  return " (" + std::string(sources.name(span.file)) + ":" + std::to_string(span.line) + ")";
}

std::string listed(const std::vector<Proof>& proofs, const SourceMap& sources, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < proofs.size() && i < most; ++i) {
    const Proof& one = proofs[i];
    if (!text.empty()) text += "; ";
    text += one.address;
    if (!one.note.empty()) text += " " + one.note;
    text += place_of(sources, one.span);
  }
  if (proofs.size() > most) text += "; dan " + std::to_string(proofs.size() - most) + " lagi";
  return text;
}

std::string labels_of(const Proposal& proposal) {
  std::string labels = proposal.illustrative ? "ilustratif" : "";
  if (proposal.unverified) labels += labels.empty() ? "belum-diverifikasi" : " belum-diverifikasi";
  return labels;
}

}  // namespace

std::vector<MeasureComparisons> measure_comparisons(const ExplainContext& context, UnitId unit, int year) {
  const std::vector<NodeId> measures = assessed_measures(context, unit, year);
  static constexpr std::array<Comparison, 4> kAll{Comparison::year, Comparison::plan_end, Comparison::last_year,
                                                  Comparison::nation};
  RowFilter filter;
  filter.unit = context.model.units[unit].path;
  filter.period = Period::year(year);
  filter.granularity = Granularity::year;
  std::vector<ResultRow> rows = result_rows(context, filter, false);
  std::vector<bool> wanted(context.model.node_count(), false);
  for (const NodeId node : measures) wanted[node.index()] = true;
  std::erase_if(rows, [&](const ResultRow& row) { return !wanted[row.node.index()]; });
  std::vector<MeasureComparisons> found;
  for (const ComparisonRow& row : comparison_rows(context, rows, kAll)) {
    // The rows of one measure follow each other.
    if (found.empty() || found.back().node != row.row.node) {
      found.emplace_back();
      found.back().node = row.row.node;
    }
    MeasureComparisons& one = found.back();
    one.has_figure = one.has_figure || !row.row.realisation.empty();
    const auto kind = std::ranges::find(kAll, row.comparison, [](Comparison x) { return to_string(x); });
    // Compared, a row has an achievement; "tanpa-pembanding" and a redefined series have none.
    if (!row.row.achievement.empty()) one.against[static_cast<std::size_t>(kind - kAll.begin())] = row.against;
  }
  return found;
}

bool answers_yes_no(const Pack& pack, const ScoringMode* mode) {
  if (mode == nullptr) return true;
  const Scale* scale = pack.scale(mode->answers);
  return scale != nullptr && scale->grades.size() == 2 &&
         std::ranges::all_of(scale->grades,
                             [](const GradePoint& grade) { return grade.label == "ya" || grade.label == "tidak"; });
}

std::vector<CriterionProposalRow> proposal_rows(const PackTemplate& tmpl, std::span<const Proposal> proposals,
                                                const SourceMap& sources, const ProposalRowOptions& options) {
  std::vector<CriterionProposalRow> rows;
  for (const TemplateNode& node : tmpl.nodes) {
    if (node.kind != ItemKind::criterion) continue;
    const auto found = std::ranges::find(proposals, node.code, &Proposal::criterion);
    if (found == proposals.end()) {
      if (options.every_criterion)
        rows.push_back({node.code, node.title, "", std::string(kNobodyAsked), "", "", "", ""});
      continue;
    }
    rows.push_back({node.code, node.title, proposed_word(*found, options.yes_no), found->reason,
                    listed(found->supporting, sources, options.max_proofs),
                    listed(found->against, sources, options.max_proofs), found->check, labels_of(*found)});
  }
  return rows;
}

std::string write_rows(std::span<const CriterionProposalRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "proposals";
  table.columns = {{"kode", ColumnKind::code},
                   {"uraian", ColumnKind::text},
                   {"usul", ColumnKind::text},
                   {"alasan", ColumnKind::text},
                   {"mendukung", ColumnKind::text, false},
                   {"menyangkal", ColumnKind::text, false},
                   {"periksa", ColumnKind::code},
                   {"tanda", ColumnKind::text}};
  for (const CriterionProposalRow& r : rows)
    table.rows.push_back({r.code, r.title, r.answer, r.reason, r.supporting, r.against, r.check, r.labels});
  return write_table(table, options);
}

}  // namespace jenjang
