// `reach --code`: the least whole units over the figures below one measure.
#include "jenjang/assess/reach_measure.h"

#include <algorithm>
#include <set>

#include "jenjang/report/reach.h"

#include "command.h"
#include "output.h"
#include "reach_kinds.h"

namespace jenjang::cli {

int reach_figures(const Options& options, Session& session) {
  const Workspace& workspace = *session.workspace;
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
  if (!raw.target_met && std::ranges::find(labels, raw.predicate) == labels.end()) {
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
  const std::optional<MeasureReach> reach =
      reach_measure(model, workspace.targets(), workspace.facts(), rollup, *node, *period,
                    {raw.target_met ? std::string() : raw.predicate}, findings);
  if (!reach) return finish_reach(options, session, {}, findings);
  const std::vector<ReachRow> rows = reach_rows(model, *node, *period, *reach, options.say.language);
  return finish_reach(options, session, write_rows(rows, stating_journal(options.write, workspace)), findings);
}

}  // namespace jenjang::cli
