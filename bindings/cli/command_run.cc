#include <array>
#include <filesystem>
#include <system_error>

#include "jenjang/report/formula_report.h"

#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  arguments.text("-o,--output", options.file,
                 say("folder hasil lengkap; bawaan: hasil", "folder of the full results; default: hasil"), "FOLDER");
  arguments.text("--format", options.format, say("bentuk berkas hasil", "form of the result files"), "csv|json");
  arguments.text("--csv", options.csv,
                 say("ragam CSV; excel-id dibuka Excel Indonesia tanpa rusak",
                     "CSV dialect; excel-id opens unharmed in an Indonesian Excel"),
                 "standar|excel-id");
  declare_results(arguments, options, say);
  declare_what_if(arguments, options, say);
}

bool make_folder(const Options& options, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error && fs::is_directory(folder, error)) return true;
  complain(options, make_diagnostic(Code::J1905, {})
                        .arg("berkas", folder.string())
                        .arg("sebab", options.say("bukan folder, atau tidak dapat dibuat",
                                                  "not a folder, or it cannot be made")));
  return false;
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "run");
  if (!plan) return kCouldNotRun;
  const std::string format = options.format.value_or("csv");
  constexpr std::array<std::string_view, 2> kFormats{"csv", "json"};
  if (!require_format(options, kFormats)) return kCouldNotRun;
  const fs::path folder = options.raw.file.empty() ? fs::path("hasil") : fs::path(options.raw.file);
  Session session = open_session(options, *plan, true, Listing::results);
  if (!session.workspace) return session.exit_code;
  Workspace& workspace = *session.workspace;
  const std::vector<Diagnostic> findings = workspace.sink().sorted();
  if (!workspace.has_model()) {
    complain(options, findings, workspace.sources());
    return session.exit_code;
  }
  if (session.exit_code != kDone) say_findings(options, workspace);
  if (!make_folder(options, folder)) return kCouldNotRun;

  WriteOptions write = options.write;
  write.format = format == "json" ? OutputFormat::json : OutputFormat::csv;
  const bool json = write.format == OutputFormat::json;
  write = stating_journal(std::move(write), workspace);
  RowFilter results;
  results.exact_values = json;
  results.watch = options.watch;
  RowFilter targets;
  targets.watch = options.watch;
  std::vector<ScoreRow> scores;
  for (const ScoredWorksheet& worksheet : workspace.worksheets()) {
    const auto part = score_rows(workspace.context(), worksheet, ScoreDetail::criteria, options.say.language);
    scores.insert(scores.end(), part.begin(), part.end());
  }
  const std::vector<FormulaSheet>& sheets = workspace.formula_sheets();
  const auto path = [&](const std::string& name) { return (folder / name).string(); };
  const std::string extension = json ? ".json" : ".csv";
  SummaryInput summary = workspace.summary_input(findings, options.say.language);
  summary.outputs = {
      {path("cascade" + extension),
       options.say("target setiap ukuran dan periode", "targets of every measure and period")},
      {path("rollup" + extension), options.say("realisasi, capaian, cakupan, predikat; kedua lajur",
                                               "values, achievements, coverage, predicates; both lanes")},
      {path("score" + extension),
       options.say("lembar kerja sampai ke setiap kriteria", "worksheets down to every criterion")},
      {path("temuan.json"), options.say("semua temuan dengan letaknya", "all findings with their places")},
      {path("ringkasan.txt"), options.say("halaman ini", "this page")}};
  if (!sheets.empty()) {
    summary.outputs.insert(summary.outputs.end() - 1,
                           {path("hitung" + extension),
                            options.say("lembar hitung: setiap kunci dan hasil, dengan alasan yang ditolak",
                                        "formula sheets: every key and result, with the reasons of refusals")});
  }
  const std::string page = write_summary(summary);
  const bool written =
      write_output(options, write_rows(target_rows(workspace.model(), workspace.targets(), targets), write),
                   summary.outputs[0].first) &&
      write_output(options,
                   write_rows(rows_of_both_lanes(workspace.context(), results), stating_gate(write, workspace)),
                   summary.outputs[1].first) &&
      write_output(options, write_rows(scores, write), summary.outputs[2].first) &&
      write_output(options, render_json(findings, workspace.sources()), summary.outputs[3].first) &&
      (sheets.empty() || write_output(options, write_table(formula_table(sheets, options.say.language), write),
                                      path("hitung" + extension))) &&
      write_output(options, page, summary.outputs.back().first) && write_output(options, page, "");
  return written ? session.exit_code : kCouldNotRun;
}

}  // namespace

const Command& run_command() {
  static const Command kCommand{"run",
                                "periksa, kaskade, hitung, nilai, ringkas: pekerjaan utama",
                                "check, cascade, roll up, score, summarise: the main job",
                                "Contoh: jenjang run plans/kaltim-lingkungan -o hasil",
                                "Example: jenjang run plans/kaltim-lingkungan -o results",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
