#include "jenjang/explain/organisation.h"
#include "jenjang/report/comparison.h"
#include "jenjang/workspace/flat_rows.h"

#include "command.h"
#include "output.h"
#include "rollup_snapshot.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  declare_output(arguments, options, say, "table|csv|json");
  declare_filters(arguments, options, say);
  declare_results(arguments, options, say);
  declare_what_if(arguments, options, say);
  arguments.flag("--validated-only", options.validated_only,
                 say("hanya fakta yang sudah divalidasi", "validated facts only"));
  arguments.flag(
      "--selang", options.intervals,
      say("tambah nilai terendah dan tertinggi yang mungkin bila semua sudah melapor, dan predikat yang pasti",
          "add the lowest and highest value possible once all have reported, and the certain predicate"));
  arguments.text("--banding", options.comparisons,
                 say("satu baris untuk setiap pembanding, dengan target dan capaiannya sendiri",
                     "one row for each comparison, with its own target and achievement"),
                 "tahunan,akhir,tahun-lalu,nasional");
  arguments.text("--per", options.granularity,
                 say("hanya baris periode sepanjang ini", "only rows of periods of this length"),
                 "tahun|semester|triwulan|bulan");
  arguments.text("--snapshot", options.snapshot,
                 say("hitung dari berkas `jenjang snapshot` ini, dengan entri jurnal sesudahnya: tahun snapshot, CSV; "
                     "perubahan masukan dikenali dari ukuran dan waktu berkasnya, yang menutupi keduanya hanya dari "
                     "`jenjang snapshot RENCANA --verify BERKAS`",
                     "compute from this file of `jenjang snapshot` and the later journal entries: its year, as CSV; "
                     "changed inputs show by size and time of their files, a change that hides both only by "
                     "`jenjang snapshot PLAN --verify FILE`"),
                 say("BERKAS", "FILE"));
}

// The same rows by the flat engine, where it can say the plan and nothing else was asked for (JENJANG_HITUNG=datar).
std::optional<std::string> flat_rows(const Options& options, const Workspace& workspace, const RowFilter& filter) {
  const bool plain = options.write.format == OutputFormat::csv && options.write.csv == CsvDialect::standard &&
                     options.comparisons.empty();
  if (options.computation != Computation::flat || !plain) return std::nullopt;
  FlatRowFilter asked;
  asked.code = filter.code;
  // A unit is found by names that it had before, too.
  if (!filter.unit.empty()) asked.unit = workspace.model().units[*workspace.model().units.find(filter.unit)].path;
  asked.period = filter.period;
  asked.granularity = filter.granularity;
  asked.validated_only = options.raw.validated_only;
  asked.intervals = options.raw.intervals;
  RollupOptions how;
  how.as_of = workspace.as_of();
  return flat_csv(workspace.context(), how, asked, options.threads);
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "rollup");
  if (!plan) return kCouldNotRun;
  if (!options.raw.snapshot.empty()) return rollup_from_snapshot(options, *plan);
  if (!require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan, false, Listing::results);
  if (!session.workspace) return session.exit_code;
  const Workspace& workspace = *session.workspace;
  std::optional<RowFilter> filter = make_filter(options, workspace.model());
  if (!filter) return kCouldNotRun;
  filter->intervals = options.raw.intervals;
  filter->granularity = options.granularity;
  if (!filter->unit.empty()) {
    // Who asks for a successor is told whom it came from: the history stands under those names.
    const UnitId unit = *workspace.model().units.find(filter->unit);
    for (const OrganisationNote& note : organisation_notes(workspace.model(), unit, options.say.language)) {
      remark(note.text);
    }
  }
  if (const std::optional<std::string> text = flat_rows(options, workspace, *filter)) {
    say_gate(options, workspace);
    if (text->find('\n') + 1 == text->size()) say_no_rows(options);
    return write_output(options, *text) ? session.exit_code : kCouldNotRun;
  }
  const std::vector<ResultRow> rows = options.raw.validated_only ? result_rows(workspace.context(), *filter, true)
                                                                 : rows_of_both_lanes(workspace.context(), *filter);
  const WriteOptions write = stating_gate(stating_journal(options.write, workspace), workspace);
  say_gate(options, workspace);
  if (rows.empty()) say_no_rows(options);
  if (!options.comparisons.empty()) {
    const std::vector<ComparisonRow> compared = comparison_rows(workspace.context(), rows, options.comparisons);
    return write_output(options, write_rows(compared, write)) ? session.exit_code : kCouldNotRun;
  }
  return write_output(options, write_rows(rows, write)) ? session.exit_code : kCouldNotRun;
}

}  // namespace

const Command& rollup_command() {
  static const Command kCommand{"rollup",
                                "realisasi, capaian, cakupan, dan predikat",
                                "values, achievements, coverage, predicates",
                                "Contoh: jenjang rollup plans/kaltim-lingkungan --unit 64/dlh --validated-only\n"
                                "        jenjang rollup provinsi --snapshot provinsi.snapshot --per tahun -o tahun.csv",
                                "Example: jenjang rollup plans/kaltim-lingkungan --unit 64/dlh --validated-only\n"
                                "         jenjang rollup province --snapshot province.snapshot --per tahun -o year.csv",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
