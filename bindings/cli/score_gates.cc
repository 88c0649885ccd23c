// Gates of a predicate for worksheets that are scored by themselves.
#include "jenjang/assess/reach_sheet.h"
#include "jenjang/report/reach.h"
#include "jenjang/report/score.h"

#include "score_sheets.h"

namespace jenjang::cli {
namespace {

// The row of the total in the plan's own roll-up; nullopt for a file outside the plan.
std::optional<ScoreRow> row_in_plan(const ScoreRequest& request, const SheetInput& input, Language language) {
  const RawOptions& raw = request.options.raw;
  if (!request.has_plan || !raw.worksheet_file.empty()) return std::nullopt;
  for (const ScoredWorksheet& one : request.workspace.worksheets()) {
    if (one.code != input.name) continue;
    const std::vector<ScoreRow> rows = score_rows(request.workspace.context(), one, ScoreDetail::components, language);
    if (!rows.empty()) return rows.front();
  }
  return std::nullopt;
}

std::string gate_ids(const Pack& pack, const PackTemplate& tmpl, std::string_view label) {
  std::string ids;
  for (const PackGate& gate : pack.gates) {
    if (gate.label == label && gate.scale == tmpl.nodes.front().scale) ids += (ids.empty() ? "" : ", ") + gate.id;
  }
  return ids;
}

}  // namespace

GatedPredicate gated_predicate(const ScoreRequest& request, const SheetInput& input, const SheetScore& score,
                               Language language) {
  const bool indonesian = language == Language::indonesian;
  const std::string& label = score.predicate;
  const std::string ids = gate_ids(*input.pack, *input.tmpl, label);
  if (label.empty() || ids.empty()) return {label, {}, true};
  // Recorded answers may be others than those of the file; then the plan's gate speaks of another label.
  const std::optional<ScoreRow> row = row_in_plan(request, input, language);
  if (row && score.printed && row->value == score.printed->to_string()) return {row->predicate, row->gate, true};
  const std::optional<UnitId> unit =
      request.has_plan && !input.unit.empty() ? request.workspace.model().units.find(input.unit) : std::nullopt;
  const std::optional<Period> period = input.period ? input.period : request.options.period;
  if (!unit || !period) {
    return {label, (indonesian ? "belum diperiksa: " : "not looked at: ") + ids, false};
  }
  GatedPredicate found{label, {}, true};
  for (const ReachGate& gate : reach_gates(*input.pack, *input.tmpl, label, request.workspace.model(),
                                           request.workspace.result(), *unit, *period)) {
    found.gate += (found.gate.empty() ? "" : "; ") + describe_groups(gate, language);
    if (gate.verdict == GateVerdict::met) continue;
    found.printed = gate.verdict == GateVerdict::failed && !gate.gate->fallback.empty()
                        ? gate.gate->fallback
                        : (indonesian ? "belum diputuskan (angka: " : "undecided (figure: ") + label + ")";
  }
  return found;
}

void report_validity(const Pack& pack, Period period, DiagnosticSink& sink) {
  if (pack.valid_in(period.year())) return;
  sink.report(make_diagnostic(Code::J3108, {})
                  .arg("paket", pack.id)
                  .arg("masa", pack.valid_from + ".." + pack.valid_until)
                  .arg("tahun", std::to_string(period.year())));
}

}  // namespace jenjang::cli
