// `reach --code`: the least whole units over the figures below one measure.
#include "jenjang/assess/reach_measure.h"

#include <algorithm>
#include <set>

#include "jenjang/assess/reach_validation.h"
#include "jenjang/report/reach.h"

#include "command.h"
#include "output.h"
#include "reach_kinds.h"

namespace jenjang::cli {
namespace {

constexpr std::size_t kMaxCosts = std::size_t{1} << 24;

// What one whole step of each child costs; nullopt when the file cannot be read.
std::optional<std::vector<MeasureCost>> read_costs(const Options& options, Workspace& workspace, NodeId node,
                                                   DiagnosticSink& sink) {
  const std::string& path = options.raw.costs;
  if (path.empty()) return std::vector<MeasureCost>{};
  Result<std::string> text = read_file(path, kMaxCosts);
  if (!text) {
    complain(options, text.failure());
    return std::nullopt;
  }
  SourceMap& sources = workspace.sources();
  const FileId file = sources.add(path, std::move(text).value());
  return read_measure_costs(file, sources, cost_format(options.raw.separator), workspace.model(), node, sink);
}

int validation(const Options& options, Session& session, NodeId node, Period period, const RollupOptions& rollup,
               const std::string& predicate) {
  const Workspace& workspace = *session.workspace;
  if (!options.raw.costs.empty()) {
    complain(options, make_diagnostic(Code::J1903, {})
                          .arg("opsi", "--costs")
                          .arg("nilai", options.raw.costs)
                          .arg("diminta", options.say("tanpa --validasi", "none with --by-validation")));
    return kCouldNotRun;
  }
  DiagnosticSink findings;
  const std::optional<ValidationReach> reach = reach_by_validation(
      workspace.model(), workspace.targets(), workspace.facts(), rollup, node, period, {predicate, {}}, findings);
  if (!reach) return finish_reach(options, session, {}, findings);
  const std::vector<ReachRow> rows = reach_rows(workspace.model(), node, period, *reach, options.say.language);
  const int code =
      finish_reach(options, session, write_rows(rows, stating_journal(options.write, workspace)), findings);
  return code == kCouldNotRun || reach->reached ? code : kFindings;
}

}  // namespace

int reach_figures(const Options& options, Session& session) {
  Workspace& workspace = *session.workspace;
  const RawOptions& raw = options.raw;
  const Model& model = workspace.model();
  const std::optional<RowFilter> known = make_filter(options, model);
  if (!known) return kCouldNotRun;
  if (raw.unit.empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--unit"));
    return kCouldNotRun;
  }
  const std::optional<NodeId> node = model.find(raw.code, raw.unit);
  if (!node) {
    std::vector<std::string> measures;
    for (std::size_t n = 0; n < model.node_count(); ++n) {
      const auto other = NodeId::from_index(n);
      if (model.item(other).code == raw.code) measures.push_back(model.address(other));
    }
    complain(options, no_such(options.say, "ukuran", "measure", raw.code + "@" + raw.unit, measures));
    return kCouldNotRun;
  }
  const std::vector<std::string> labels = measure_labels(model, *node);
  // A goal has a score and no predicates: there the figure itself is asked for.
  if (!raw.target_met && std::ranges::find(labels, raw.predicate) == labels.end() && !Decimal::parse(raw.predicate)) {
    complain(options, no_such(options.say, "predikat", "predicate", raw.predicate, labels));
    return kCouldNotRun;
  }
  const std::optional<Period> period = options.period ? options.period : latest_period(workspace.context(), *node);
  if (!period) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--periode"));
    return kCouldNotRun;
  }
  RollupOptions rollup;
  rollup.as_of = workspace.result().as_of();
  rollup.threads = options.threads;
  DiagnosticSink findings;
  const std::string predicate = raw.target_met ? std::string() : raw.predicate;
  if (raw.by_validation) return validation(options, session, *node, *period, rollup, predicate);
  std::optional<std::vector<MeasureCost>> costs = read_costs(options, workspace, *node, findings);
  if (!costs) return kCouldNotRun;
  if (findings.has_errors()) return finish_reach(options, session, {}, findings);
  const std::optional<MeasureReach> reach = reach_measure(model, workspace.targets(), workspace.facts(), rollup, *node,
                                                          *period, {predicate, std::move(*costs)}, findings);
  if (!reach) return finish_reach(options, session, {}, findings);
  const std::vector<ReachRow> rows = reach_rows(model, *node, *period, *reach, options.say.language);
  return finish_reach(options, session, write_rows(rows, stating_journal(options.write, workspace)), findings);
}

}  // namespace jenjang::cli
