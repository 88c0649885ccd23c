#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(CLI::App& app, RawOptions& options, const Speech& say) {
  declare_plan(app, options, say);
  declare_output(app, options, say, "table|csv|json");
  declare_filters(app, options, say);
  declare_results(app, options, say);
  declare_what_if(app, options, say);
  app.add_flag("--validated-only", options.validated_only,
               say("hanya fakta yang sudah divalidasi", "validated facts only"));
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "rollup");
  if (!plan || !require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  const Workspace& workspace = *session.workspace;
  const std::optional<RowFilter> filter = make_filter(options, workspace.model());
  if (!filter) return kCouldNotRun;
  const std::vector<ResultRow> rows = result_rows(workspace.context(), *filter, options.raw.validated_only);
  return write_output(options, write_rows(rows, options.write)) ? session.exit_code : kCouldNotRun;
}

}  // namespace

const Command& rollup_command() {
  static const Command kCommand{"rollup",
                                "realisasi, capaian, cakupan, dan predikat",
                                "values, achievements, coverage, predicates",
                                "Contoh: jenjang rollup plans/kaltim-lingkungan --unit 64/dlh --validated-only",
                                "Example: jenjang rollup plans/kaltim-lingkungan --unit 64/dlh --validated-only",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
