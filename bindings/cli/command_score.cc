#include <algorithm>

#include "jenjang/report/score.h"

#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(CLI::App& app, RawOptions& options, const Speech& say) {
  declare_plan(app, options, say);
  declare_output(app, options, say, "table|csv|json");
  app.add_option("--lembar-kerja", options.worksheet, say("hanya lembar kerja ini", "this worksheet only"))
      ->type_name(say("KODE", "CODE"));
  app.add_flag("--rinci", options.detailed, say("sampai ke setiap kriteria", "down to every criterion"));
  declare_as_of(app, options, say);
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "score");
  if (!plan || !require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  const Workspace& workspace = *session.workspace;
  std::vector<ScoredWorksheet> worksheets = workspace.worksheets();
  const std::string& wanted = options.raw.worksheet;
  if (!wanted.empty()) {
    std::vector<std::string> known;
    known.reserve(worksheets.size());
    for (const ScoredWorksheet& worksheet : worksheets) known.push_back(worksheet.code);
    if (std::ranges::find(known, wanted) == known.end()) {
      complain(options, no_such(options.say, "lembar kerja", "worksheet", wanted, known));
      return kCouldNotRun;
    }
    std::erase_if(worksheets, [&](const ScoredWorksheet& worksheet) { return worksheet.code != wanted; });
  }
  std::vector<ScoreRow> rows;
  for (const ScoredWorksheet& worksheet : worksheets) {
    const ScoreDetail detail = options.raw.detailed ? ScoreDetail::criteria : ScoreDetail::sub_components;
    const std::vector<ScoreRow> part = score_rows(workspace.context(), worksheet, detail, options.say.language);
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return write_output(options, write_rows(rows, stating_journal(options.write, workspace))) ? session.exit_code
                                                                                            : kCouldNotRun;
}

}  // namespace

const Command& score_command() {
  static const Command kCommand{"score",
                                "nilai lembar kerja: komponen, subkomponen, total, predikat",
                                "worksheets scored: components, sub-components, total, predicate",
                                "Contoh: jenjang score plans/kaltim-lingkungan --lembar-kerja LKE-DLH-M2 --rinci",
                                "Example: jenjang score plans/kaltim-lingkungan --lembar-kerja LKE-DLH-M2 --rinci",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
