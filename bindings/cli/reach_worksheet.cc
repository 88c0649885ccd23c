// `reach --pack`: the least effort over the criteria of one worksheet.
#include <algorithm>
#include <set>

#include "jenjang/report/reach.h"

#include "command.h"
#include "output.h"
#include "reach_kinds.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

constexpr std::size_t kMaxCosts = std::size_t{1} << 24;

// The worksheet that is meant; more than one is a question back.
std::optional<SheetInput> one_worksheet(const ScoreRequest& request) {
  std::optional<std::vector<SheetInput>> inputs =
      sheet_inputs(request, request.pack, request.element, request.options.raw.worksheet_file);
  if (!inputs) return std::nullopt;
  if (inputs->size() == 1) return std::move(inputs->front());
  std::string choices;
  for (const SheetInput& input : *inputs) choices += (choices.empty() ? "" : " | ") + input.name;
  complain(request.options, make_diagnostic(Code::J1904, {}).arg("apa", "--lembar-kerja " + choices));
  return std::nullopt;
}

std::optional<std::vector<ReachCost>> read_costs(const ScoreRequest& request, const SheetInput& input,
                                                 DiagnosticSink& sink) {
  const std::string& path = request.options.raw.costs;
  if (path.empty()) return std::vector<ReachCost>{};
  Result<std::string> text = read_file(path, kMaxCosts);
  if (!text) {
    complain(request.options, text.failure());
    return std::nullopt;
  }
  SourceMap& sources = request.workspace.sources();
  const FileId file = sources.add(path, std::move(text).value());
  const CsvFormat format = cost_format(request.options.raw.separator);
  std::vector<ReachCost> costs = read_reach_costs(file, sources, format, *input.pack, *input.tmpl, input.mode, sink);
  if (sink.has_errors()) return std::nullopt;
  return costs;
}

// Gates for the wanted predicate, and for a better one that the plan comes to.
std::vector<ReachGate> gates_of(const ScoreRequest& request, const SheetInput& input, const SheetReach& reach) {
  const Workspace& workspace = request.workspace;
  const RollupResult& result = workspace.result();
  const std::optional<UnitId> unit =
      workspace.model().units.find(input.unit.empty() ? request.options.raw.unit : input.unit);
  if (!unit) return {};
  // Of a file without a period: the last year that the plan knows.
  std::optional<Period> period = input.period ? input.period : request.options.period;
  if (!period) {
    for (const Period& slot : result.grid().periods()) {
      if (slot.granularity() == Granularity::year) period = slot;
    }
  }
  std::set<std::string> labels{reach.wanted};
  if (!reach.plans.empty()) labels.insert(reach.plans.front().score.predicate);
  std::vector<ReachGate> gates;
  for (const std::string& label : labels) {
    for (ReachGate& gate :
         reach_gates(*input.pack, *input.tmpl, label, workspace.model(), result, *unit, period.value_or(Period()))) {
      gates.push_back(std::move(gate));
    }
  }
  return gates;
}

void report_findings(const Options& options, const SheetInput& input, const SheetReach& reach,
                     const std::vector<ReachGate>& gates, DiagnosticSink& sink) {
  const auto listed = [](const std::vector<std::string>& codes) {
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(kShown, codes.size()); ++i) text += (i > 0 ? ", " : "") + codes[i];
    return codes.size() > kShown ? text + ", ... (" + std::to_string(codes.size()) + ")" : text;
  };
  const Language language = options.say.language;
  if (!reach.unanswered.empty()) {
    sink.report(make_diagnostic(Code::J3124, {})
                    .arg("belum", std::to_string(reach.unanswered.size()))
                    .arg("semua", std::to_string(reach.criteria))
                    .arg("kriteria", listed(reach.unanswered)));
  }
  if (reach.outcome.verdict == ReachOutcome::Verdict::unreachable) {
    sink.report(make_diagnostic(Code::J3122, {})
                    .arg("unit", input.unit.empty() ? input.name : input.unit)
                    .arg("predikat", reach.wanted)
                    .arg("cara", input.mode == nullptr ? "-" : input.mode->id)
                    .arg("terbaik", print_points(*input.tmpl, reach.most_total))
                    .arg("terbaik_predikat", reach.most_predicate)
                    .arg("diminta", reach.least_figure.to_string())
                    .arg("pertimbangan", reach.unpriced.empty() ? "-" : listed(reach.unpriced)));
  }
  if (reach.outcome.verdict == ReachOutcome::Verdict::stopped) {
    sink.report(make_diagnostic(Code::J3126, {})
                    .arg("simpul", std::to_string(reach.outcome.branches))
                    .arg("batas", print_cost(Rational(reach.outcome.lower_bound) * reach.cost_scale))
                    .arg("ditemukan", reach.plans.empty() ? "-" : print_cost(reach.plans.front().cost)));
  }
  for (const ReachGate& gate : gates) {
    if (gate.verdict == GateVerdict::met) continue;
    Diagnostic finding = make_diagnostic(Code::J3123, {})
                             .arg("predikat", gate.gate->label)
                             .arg("gerbang", gate.gate->id)
                             .arg("keadaan", describe_verdict(gate.verdict, language))
                             .arg("kekurangan", describe_groups(gate, language));
    finding.article = gate.gate->article;
    sink.report(std::move(finding));
  }
}

}  // namespace

CsvFormat cost_format(const std::string& word) {
  // A spreadsheet that separates by semicolons writes decimal commas.
  return {.separator = word == "tab"  ? '\t'
                       : word.empty() ? ','
                                      : word.front(),
          .decimal_point = word == ";" ? ',' : '.'};
}

int finish_reach(const Options& options, Session& session, const std::string& rows, const DiagnosticSink& findings) {
  if (!findings.all().empty()) complain(options, findings.sorted(), session.workspace->sources());
  if (!rows.empty() && !write_output(options, rows)) return kCouldNotRun;
  return findings.has_errors() ? kFindings : session.exit_code;
}

int reach_worksheet(const Options& options, Session& session) {
  Workspace& workspace = *session.workspace;
  const RawOptions& raw = options.raw;
  // Gates ask whose worksheet it is.
  if (!raw.worksheet_file.empty() && raw.unit.empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--unit"));
    return kCouldNotRun;
  }
  const std::string name = raw.pack.substr(0, raw.pack.find('/'));
  const Pack* pack = workspace.packs().find(name);
  if (pack == nullptr) {
    complain(options, no_such(options.say, "paket", "pack", name, workspace.packs().ids()));
    return kCouldNotRun;
  }
  std::string element = raw.pack.size() > name.size() ? raw.pack.substr(name.size() + 1) : std::string();
  std::vector<std::string> templates;
  templates.reserve(pack->templates.size());
  for (const PackTemplate& tmpl : pack->templates) templates.push_back(name + "/" + tmpl.id);
  // PACK alone means its only template, or the one named lke.
  if (element.empty()) element = pack->templates.size() == 1 ? pack->templates.front().id : "lke";
  if (pack->find_template(element) == nullptr) {
    complain(options, no_such(options.say, "templat", "template", name + "/" + element, templates));
    return kCouldNotRun;
  }
  const ScoreRequest request{options, workspace, true, session.exit_code, *pack, element};
  const std::size_t said = workspace.sink().all().size();
  const std::optional<SheetInput> input = one_worksheet(request);
  // What reading the worksheet found is said first, with its places.
  DiagnosticSink findings;
  for (std::size_t i = said; i < workspace.sink().all().size(); ++i) findings.report(workspace.sink().all()[i]);
  if (!input || findings.has_errors()) {
    (void)finish_reach(options, session, {}, findings);
    return input ? kFindings : kCouldNotRun;
  }
  const std::vector<std::string> labels = reach_labels(*pack, *input->tmpl);
  if (std::ranges::find(labels, raw.predicate) == labels.end()) {
    complain(options, no_such(options.say, "predikat", "predicate", raw.predicate, labels));
    return kCouldNotRun;
  }
  const std::optional<std::vector<ReachCost>> costs = read_costs(request, *input, findings);
  if (!costs) return finish_reach(options, session, {}, findings) == kFindings ? kFindings : kCouldNotRun;
  const std::optional<SheetReach> reach =
      reach_sheet(*pack, *input->tmpl, input->mode, input->sheet.effective(ReviewLane::assessor), raw.predicate, *costs,
                  {}, findings);
  if (!reach) return finish_reach(options, session, {}, findings);
  const std::vector<ReachGate> gates = gates_of(request, *input, *reach);
  report_findings(options, *input, *reach, gates, findings);
  const std::vector<ReachRow> rows = reach_rows(*input->tmpl, *reach, gates, options.say.language);
  return finish_reach(options, session, write_rows(rows, stating_journal(options.write, workspace)), findings);
}

}  // namespace jenjang::cli
