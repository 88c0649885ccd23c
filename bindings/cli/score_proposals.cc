// `score --pack PACK --unit U --propose`: what the plan itself says about the criteria of a worksheet.
#include <algorithm>

#include "jenjang/base/text.h"
#include "jenjang/report/criterion_proposals.h"

#include "command.h"
#include "output.h"
#include "score_kinds.h"

namespace jenjang::cli {

namespace {

bool was_linted(const std::vector<Diagnostic>& findings) {
  return std::ranges::none_of(findings, [](const Diagnostic& finding) { return finding.code == Code::J1548; });
}

// The year of --periode, else that of the unit's latest worksheet under that template, else that of the cut-off day.
std::optional<int> year_asked(const ScoreRequest& request, UnitId unit) {
  if (request.options.period) return request.options.period->year();
  std::optional<int> latest;
  for (const WorksheetDeclaration& sheet : request.workspace.plan().worksheets) {
    if (sheet.pack_template != request.pack.id + "/" + request.element) continue;
    if (request.workspace.model().units.find(sheet.unit) != unit) continue;
    if (!latest || *latest < sheet.period.year()) latest = sheet.period.year();
  }
  if (latest) return latest;
  if (const std::optional<Date> day = request.workspace.as_of()) return day->year;
  return std::nullopt;
}

}  // namespace

std::vector<Proposal> plan_proposals(const ScoreRequest& request, const PackTemplate& tmpl, UnitId unit, int year) {
  const ExplainContext context = request.workspace.context();
  const std::vector<Diagnostic> findings = request.workspace.sink().sorted();
  const std::vector<MeasureComparisons> comparisons = measure_comparisons(context, unit, year);
  const ProposalInput input{.context = context,
                            .plan = request.workspace.plan(),
                            .unit = unit,
                            .year = year,
                            .findings = findings,
                            .was_linted = was_linted(findings),
                            .as_of = request.workspace.as_of(),
                            .comparisons = comparisons};
  return propose(request.pack, tmpl, input);
}

namespace {

std::optional<std::vector<Proposal>> proposals_asked(const ScoreRequest& request, const PackTemplate& tmpl) {
  const Options& options = request.options;
  const Speech& say = options.say;
  if (!request.has_plan || options.raw.unit.empty()) {
    complain(options,
             make_diagnostic(Code::J1904, {}).arg("apa", request.has_plan ? "--unit" : say("rencana", "the plan")));
    return std::nullopt;
  }
  const Model& model = request.workspace.model();
  const std::optional<UnitId> unit = model.units.find(options.raw.unit);
  if (!unit) {
    complain(options, no_such(say, "unit", "unit", options.raw.unit, model.units.paths()));
    return std::nullopt;
  }
  const std::optional<int> year = year_asked(request, *unit);
  if (!year) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--periode"));
    return std::nullopt;
  }
  return plan_proposals(request, tmpl, *unit, *year);
}

}  // namespace

bool add_proposals(const ScoreRequest& request, const PackTemplate& tmpl, const ScoringMode& mode, Table& form) {
  const std::optional<std::vector<Proposal>> proposals = proposals_asked(request, tmpl);
  if (!proposals) return false;
  const bool yes_no = answers_yes_no(request.pack, &mode);
  form.columns.push_back({"usul", ColumnKind::text});
  form.columns.push_back({"usul_alasan", ColumnKind::text});
  for (std::vector<std::string>& row : form.rows) {
    const auto found = std::ranges::find(*proposals, row.front(), &Proposal::criterion);
    const bool spoken = found != proposals->end();
    row.push_back(spoken ? proposed_word(*found, yes_no) : "");
    row.push_back(spoken ? found->reason : "");
  }
  return true;
}

int score_proposals(const ScoreRequest& request) {
  const Options& options = request.options;
  const PackTemplate* tmpl = request.pack.find_template(request.element);
  const std::size_t said = request.workspace.sink().all().size();
  if (tmpl == nullptr) {
    std::vector<std::string> known;
    known.reserve(request.pack.templates.size());
    for (const PackTemplate& one : request.pack.templates) known.push_back(request.pack.id + "/" + one.id);
    complain(options, no_such(options.say, "templat", "template", request.element, known));
    return kCouldNotRun;
  }
  const ScoringMode* mode = nullptr;
  if (!options.raw.mode.empty()) {
    mode = tmpl->find_mode(options.raw.mode);
    if (mode == nullptr) {
      const std::vector<std::string> known = texts_of(tmpl->modes, &ScoringMode::id);
      complain(options, no_such(options.say, "mode", "mode", options.raw.mode, known));
      return kCouldNotRun;
    }
  }
  const std::optional<std::vector<Proposal>> proposals = proposals_asked(request, *tmpl);
  if (!proposals) return kCouldNotRun;
  ProposalRowOptions how;
  how.yes_no = answers_yes_no(request.pack, mode);
  how.every_criterion = options.raw.detailed;
  if (options.raw.detailed) how.max_proofs = SIZE_MAX;
  const std::vector<CriterionProposalRow> rows = proposal_rows(*tmpl, *proposals, request.workspace.sources(), how);
  return finish_score(request, write_rows(rows, stating_journal(options.write, request.workspace)), said);
}

}  // namespace jenjang::cli
