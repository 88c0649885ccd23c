#include <algorithm>

#include "jenjang/assess/worksheet.h"

#include "engine/explain/figures.h"

namespace jenjang {
namespace {

// So many criteria are named; the count says the rest.
constexpr std::size_t kNamed = 5;

void report_open(const PackTemplate& tmpl, const LanedWorksheet& sheet, ReviewLane lane, DiagnosticSink& sink) {
  const SheetAnswers counted = sheet.effective(lane);
  std::size_t all = 0, open = 0;
  std::string names;
  for (std::size_t i = 0; i < tmpl.nodes.size(); ++i) {
    const bool inner = std::ranges::any_of(tmpl.nodes, [&](const TemplateNode& node) { return node.parent == i; });
    if (inner) continue;
    ++all;
    if (counted.contains(tmpl.nodes[i].code)) continue;
    if (open < kNamed) names += (open > 0 ? ", " : "") + tmpl.nodes[i].code;
    ++open;
  }
  if (open == 0) return;
  if (open > kNamed) names += ", ...";
  sink.report(make_diagnostic(Code::J3110, {})
                  .arg("jalur", kReviewLaneWords[static_cast<std::size_t>(lane)])
                  .arg("belum", std::to_string(open))
                  .arg("semua", std::to_string(all))
                  .arg("kriteria", names));
}

}  // namespace

void report_scored(const Pack& pack, const PackTemplate& tmpl, const ScoringMode& mode, const LanedWorksheet& sheet,
                   DiagnosticSink& sink) {
  for (std::size_t lane = 0; lane < kReviewLaneWords.size(); ++lane) {
    if (sheet.spoke(static_cast<ReviewLane>(lane))) report_open(tmpl, sheet, static_cast<ReviewLane>(lane), sink);
  }
  if (tmpl.controls.empty()) return;
  const SheetScore score = score_sheet(pack, tmpl, &mode, sheet.effective(ReviewLane::assessor));
  for (const SheetNode& node : score.nodes) {
    if (node.held_by == SIZE_MAX) continue;
    const std::string& code = tmpl.nodes[node.node].code;
    const CriterionRow* row = sheet.find(code);
    sink.report(make_diagnostic(Code::J3109, row == nullptr ? SourceSpan{} : row->span)
                    .arg("kode", code)
                    .arg("nilai", node.label)
                    .arg("induk", tmpl.nodes[node.held_by].code)
                    .arg("batas", node.value ? print_exact(*node.value) : std::string("-")));
  }
}

}  // namespace jenjang
