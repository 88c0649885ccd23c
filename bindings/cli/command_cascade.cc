#include <algorithm>
#include <array>

#include "jenjang/cascade/repair.h"
#include "jenjang/cascade/staff_shares.h"
#include "jenjang/intake/person_keys.h"
#include "jenjang/report/cascade_report.h"

#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

// A hundred bytes a person for every civil servant of the country.
constexpr std::size_t kMostKeyBytes = std::size_t{1} << 29;

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  declare_output(arguments, options, say, "table|csv|json");
  declare_filters(arguments, options, say);
  declare_as_of(arguments, options, say);
  declare_what_if(arguments, options, say);
  arguments.flag("--beda", options.difference,
                 say("hanya yang berbeda dari rencana tanpa pengandaian itu; penolakan kaskade ikut",
                     "only what differs from the plan without these changes; refusals too"));
  arguments.flag("--propose", options.propose,
                 say("usulan perubahan terkecil agar angka tangan menjumlah; tidak menulis apa pun",
                     "the smallest changes that make hand-set figures add up; writes nothing"));
  arguments.flag("--kesenjangan", options.gaps,
                 say("target tetap dan usulan terpisah, kekurangan tiap anak, jawaban pemerintah lain",
                     "firm and proposed targets apart, what each child is short of, answers of others"));
  arguments.flag("--per-pegawai", options.per_person,
                 say("target menurut pemangku jabatan", "targets by who holds the positions"));
  arguments.flag("--dengan-nama", options.with_names,
                 say("dengan --per-pegawai: nama orang dari berkas kunci_pegawai, bila ada",
                     "with --per-pegawai: names of persons from the kunci_pegawai file, if there is one"));
  arguments.text("--matriks-peran", options.leader,
                 say("apa yang dihasilkan setiap anggota untuk hasil unit pimpinan ini",
                     "what each member produces for the results of this leader's unit"),
                 "UNIT");
  arguments.flag("--detailed-exitcode", options.detailed_exit_code,
                 say("keluar 3 bila --beda atau --propose menunjukkan perubahan",
                     "exit 3 when --beda or --propose show a change"));
}

// At most one view; J1903 with all of them otherwise.
bool one_view(const Options& options) {
  const RawOptions& raw = options.raw;
  const std::array<std::pair<const char*, bool>, 5> views{{{"--beda", raw.difference},
                                                           {"--propose", raw.propose},
                                                           {"--kesenjangan", raw.gaps},
                                                           {"--per-pegawai", raw.per_person},
                                                           {"--matriks-peran", !raw.leader.empty()}}};
  std::string asked, all;
  int count = 0;
  for (const auto& [name, on] : views) {
    all += (all.empty() ? "" : " | ") + std::string(name);
    if (!on) continue;
    asked += (asked.empty() ? "" : " ") + std::string(name);
    ++count;
  }
  if (count > 1) {
    complain(options, make_diagnostic(Code::J1903, {}).arg("opsi", "cascade").arg("nilai", asked).arg("diminta", all));
    return false;
  }
  if (raw.with_names && !raw.per_person) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--per-pegawai"));
    return false;
  }
  if (raw.difference && raw.changes.empty() && raw.scenarios.empty()) {
    complain(options, make_diagnostic(Code::J1904, {})
                          .arg("apa", options.say("pengandaian (--set atau --skenario)",
                                                  "the change to compare (--set or --skenario)")));
    return false;
  }
  return true;
}

int finish(const Options& options, const std::string& text, int exit_code, bool would_change) {
  if (!write_output(options, text)) return kCouldNotRun;
  return exit_code == kDone && would_change && options.raw.detailed_exit_code ? kWouldChange : exit_code;
}

int show_difference(const Options& options, const std::string& plan, Workspace& changed, const RowFilter& filter,
                    int exit_code) {
  Session session = open_unchanged(options, plan);
  if (!session.workspace) return session.exit_code;
  Workspace& unchanged = *session.workspace;
  const std::vector<TargetDifferenceRow> rows =
      target_differences({unchanged.model(), unchanged.targets(), unchanged.sink().all()},
                         {changed.model(), changed.targets(), changed.sink().all()}, filter, options.say.language);
  return finish(options, write_rows(rows, stating_journal(options.write, changed)), exit_code, !rows.empty());
}

// Errors that a proposal answers are its subject: figures set by hand that do not add up.
bool has_other_errors(Workspace& workspace) {
  const std::vector<Diagnostic>& all = workspace.sink().all();
  return std::any_of(all.begin(), all.end(), [](const Diagnostic& finding) {
    return finding.severity == Severity::error && finding.code != Code::J1608 && finding.rule != "CAS-TGT-04";
  });
}

int show_proposals(const Options& options, Workspace& workspace, const RowFilter& filter) {
  DiagnosticSink refused;
  const Model& model = workspace.model();
  std::vector<RepairProposal> proposals =
      propose_repairs(model, workspace.targets(), RepairOptions{workspace.as_of()}, refused);
  // A tree is one answer: it is shown whole when the filter takes its root.
  std::erase_if(proposals, [&](const RepairProposal& proposal) {
    const std::optional<UnitId> wanted = filter.unit.empty() ? std::nullopt : model.units.find(filter.unit);
    const UnitId unit = model.node_unit[proposal.root.index()];
    return (!filter.code.empty() && model.item(proposal.root).code != filter.code) ||
           (wanted && unit != *wanted && !model.units.is_below(unit, *wanted)) ||
           (filter.period && !filter.period->contains(proposal.period));
  });
  const std::vector<ProposalRow> rows = proposal_rows(model, workspace.sources(), proposals);
  if (!refused.all().empty()) complain(options, refused.sorted(), workspace.sources());
  const bool page = !options.format && options.raw.csv.empty();
  const std::string text = page
                               ? write_proposal_page(model, proposals, rows, refused.all().size(), options.say.language)
                               : write_rows(rows, stating_journal(options.write, workspace));
  return finish(options, text, refused.has_errors() || has_other_errors(workspace) ? kFindings : kDone,
                !proposals.empty());
}

// Joins names to the keys; false when there is no table of them, and the rows stay as they are.
bool add_names(const Options& options, const Workspace& workspace, std::vector<StaffRow>& rows) {
  const auto& table = workspace.plan().key_table;
  if (!table) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "kunci_pegawai (jenjang.yaml)"));
    return false;
  }
  SourceMap own;
  DiagnosticSink said;
  const PersonNames names = read_person_names(table->file, table->display_name, kMostKeyBytes, own, said);
  if (!said.all().empty()) complain(options, said.sorted(), own);
  join_names(rows, names);
  return !names.empty();
}

int show_staff(const Options& options, Workspace& workspace, const RowFilter& filter, int exit_code) {
  DiagnosticSink findings;
  const StaffTargets staff = staff_shares(workspace.model(), workspace.targets(), findings);
  if (!findings.all().empty()) complain(options, findings.sorted(), workspace.sources());
  if (workspace.model().holdings.empty()) {
    remark(options.say("rencana ini tidak menyebut pemangku jabatan (`pemangku` di jenjang.yaml)",
                       "this plan names no holders of positions (`pemangku` in jenjang.yaml)"));
  }
  std::vector<StaffRow> rows = staff_rows(workspace.model(), staff, filter);
  const bool named = options.raw.with_names && add_names(options, workspace, rows);
  return finish(options, write_rows(rows, stating_journal(options.write, workspace), named),
                findings.has_errors() ? kFindings : exit_code, false);
}

int show_roles(const Options& options, const Workspace& workspace, int exit_code) {
  const Model& model = workspace.model();
  const std::optional<UnitId> leader = model.units.find(options.raw.leader);
  if (!leader) {
    complain(options, no_such(options.say, "unit", "unit", options.raw.leader, model.units.paths()));
    return kCouldNotRun;
  }
  return finish(
      options,
      write_rows(role_rows(model, role_result_matrix(model, *leader)), stating_journal(options.write, workspace)),
      exit_code, false);
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "cascade");
  if (!plan || !require_table_format(options) || !one_view(options)) return kCouldNotRun;
  Session session = open_session(options, *plan, false, Listing::targets);
  if (!session.workspace) return session.exit_code;
  Workspace& workspace = *session.workspace;
  const std::optional<RowFilter> filter = make_filter(options, workspace.model());
  if (!filter) return kCouldNotRun;
  const RawOptions& raw = options.raw;
  if (raw.difference) return show_difference(options, *plan, workspace, *filter, session.exit_code);
  if (raw.propose) return show_proposals(options, workspace, *filter);
  if (raw.gaps) {
    const std::vector<StandingRow> rows = standing_rows(workspace.model(), workspace.targets(), *filter);
    return finish(options, write_rows(rows, stating_journal(options.write, workspace)), session.exit_code, false);
  }
  if (raw.per_person) return show_staff(options, workspace, *filter, session.exit_code);
  if (!raw.leader.empty()) return show_roles(options, workspace, session.exit_code);
  const std::vector<TargetRow> rows = target_rows(workspace.model(), workspace.targets(), *filter);
  return finish(options, write_rows(rows, stating_journal(options.write, workspace)), session.exit_code, false);
}

}  // namespace

const Command& cascade_command() {
  static const Command kCommand{
      "cascade",
      "target setiap ukuran dan periode, beserta asalnya",
      "targets of every measure and period, and where they come from",
      "Contoh: jenjang cascade plans/kaltim-lingkungan --kode SAMPAH-KELOLA --periode 2026\n"
      "        jenjang cascade plans/kaltim-lingkungan --set 'SAMPAH-KELOLA@64:2026=52' --beda\n"
      "        jenjang cascade plans/kaltim-lingkungan --skenario skenario.yaml --beda\n"
      "        jenjang cascade plans/kaltim-lingkungan --propose --detailed-exitcode\n"
      "        jenjang cascade plans/kaltim-lingkungan --kesenjangan --periode 2026\n"
      "        jenjang cascade plans/kaltim-lingkungan --per-pegawai --unit 64/dlh\n"
      "        jenjang cascade plans/kaltim-lingkungan --matriks-peran 64/dlh/penaatan",
      "Example: jenjang cascade plans/kaltim-lingkungan --kode SAMPAH-KELOLA --periode 2026\n"
      "         jenjang cascade plans/kaltim-lingkungan --set 'SAMPAH-KELOLA@64:2026=52' --beda\n"
      "         jenjang cascade plans/kaltim-lingkungan --skenario scenario.yaml --beda\n"
      "         jenjang cascade plans/kaltim-lingkungan --propose --detailed-exitcode\n"
      "         jenjang cascade plans/kaltim-lingkungan --kesenjangan --periode 2026\n"
      "         jenjang cascade plans/kaltim-lingkungan --per-pegawai --unit 64/dlh\n"
      "         jenjang cascade plans/kaltim-lingkungan --matriks-peran 64/dlh/penaatan",
      declare,
      run};
  return kCommand;
}

}  // namespace jenjang::cli
