#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(CLI::App& app, RawOptions& options, const Speech& say) {
  declare_plan(app, options, say);
  declare_output(app, options, say, "table|csv|json");
  declare_filters(app, options, say);
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "cascade");
  if (!plan || !require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  const Workspace& workspace = *session.workspace;
  const std::optional<RowFilter> filter = make_filter(options, workspace.model());
  if (!filter) return kCouldNotRun;
  const std::vector<TargetRow> rows = target_rows(workspace.model(), workspace.targets(), *filter);
  return write_output(options, write_rows(rows, options.write)) ? session.exit_code : kCouldNotRun;
}

}  // namespace

const Command& cascade_command() {
  static const Command kCommand{"cascade",
                                "target setiap ukuran dan periode, beserta asalnya",
                                "targets of every measure and period, and where they come from",
                                "Contoh: jenjang cascade plans/kaltim-lingkungan --kode SAMPAH-KELOLA --periode 2026",
                                "Example: jenjang cascade plans/kaltim-lingkungan --kode SAMPAH-KELOLA --periode 2026",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
