#include <algorithm>
#include <filesystem>

#include "jenjang/workspace/snapshots.h"

#include "command.h"
#include "memory.h"
#include "output.h"
#include "session.h"
#include "snapshot_messages.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  arguments.text("-o,--output", options.file, say("berkas snapshot yang dibuat", "snapshot file to make"),
                 say("BERKAS", "FILE"));
  arguments.text("--format", options.format, say("bentuk hasil", "form of the results"), "table|csv|json");
  arguments.text("--periode", options.period,
                 say("tahun yang dimuat; bawaan: tahun terakhir yang berealisasi",
                     "year it holds; default: the latest with a realisation"),
                 say("TAHUN", "YEAR"));
  arguments.flag("--hasil", options.with_results,
                 say("sertakan hasil hitungan semua simpul", "with the computed results of every node"));
  arguments.text("--verify", options.snapshot,
                 say("periksa setiap byte berkas snapshot ini; dengan rencana: juga masukan dan jurnalnya",
                     "check every byte of this snapshot; with a plan: its inputs and its journal too"),
                 say("BERKAS", "FILE"));
  declare_as_of(arguments, options, say);
  arguments.text("--gerbang", options.gate,
                 say("lajur tervalidasi menghitung angka yang setidaknya berkeadaan ini; bawaan: keadaan yang sah",
                     "the validated lane counts figures of at least this state; default: the states that are valid"),
                 "KEADAAN");
}

Table snapshot_table() {
  Table table;
  table.kind = "snapshot";
  table.columns = {{"snapshot", ColumnKind::text}, {"tahun", ColumnKind::count},        {"simpul", ColumnKind::count},
                   {"daun", ColumnKind::count},    {"hasil", ColumnKind::text},         {"byte", ColumnKind::count},
                   {"masukan", ColumnKind::count}, {"kepala_jurnal", ColumnKind::code}, {"menyusul", ColumnKind::count},
                   {"utuh", ColumnKind::text}};
  return table;
}

// One row about an opened snapshot. `changes`: figures from later entries; empty when they were not looked for.
Table describe(const snapshot::Snapshot& opened, const std::string& head, const std::string& changes,
               const std::string& sound) {
  Table table = snapshot_table();
  table.rows.push_back({opened.container().name(), std::to_string(opened.year()),
                        std::to_string(opened.plan().node_count()), std::to_string(opened.plan().leaf_count()),
                        opened.has_results() ? "ya" : "tidak", std::to_string(opened.container().bytes()),
                        std::to_string(opened.identity().files.size()), head, changes, sound});
  return table;
}

// Something of its year to say at all.
bool has_rows(const snapshot::Snapshot& opened) {
  const bulk::RowFacts* const rows = opened.rows();
  return rows == nullptr || std::any_of(rows->slots.begin(), rows->slots.end(),
                                        [](std::uint32_t slots) { return (slots & bulk::RowFacts::kAllSlots) != 0; });
}

std::string head_of(const snapshot::Identity& identity) {
  if (!identity.has_journal) return {};
  JournalHead head;
  head.seq = identity.journal_seq;
  head.hash = identity.journal_hash;
  return head.to_string();
}

// Damage and age are answers to this question, a file that is none of ours or cannot be read is not.
int refuse(const Options& options, const Diagnostic& failure) {
  complain_of_snapshot(options, failure);
  switch (failure.code) {
    case Code::J3203:
    case Code::J3204:
    case Code::J3205:
    case Code::J3206:
    case Code::J3210:
    case Code::J3211:
      return kFindings;
    default:
      return kCouldNotRun;
  }
}

int verify(const Options& options) {
  const fs::path file = options.raw.snapshot;
  Result<snapshot::Snapshot> whole = snapshot::Snapshot::open(file);
  if (!whole) return refuse(options, whole.failure());
  if (const auto damage = whole.value().verify_all(options.threads)) return refuse(options, *damage);
  if (options.raw.arguments.empty()) {
    const Table table = describe(whole.value(), head_of(whole.value().identity()), "", "ya");
    return write_output(options, write_table(table, options.write)) ? kDone : kCouldNotRun;
  }
  const std::optional<std::string> plan = plan_argument(options, "snapshot");
  if (!plan) return kCouldNotRun;
  SnapshotInputs inputs;
  inputs.plan = *plan;
  inputs.packs = find_pack_folders(options);
  if (inputs.packs.empty()) return kCouldNotRun;
  inputs.journal = options.raw.journal;
  inputs.check = snapshot::InputCheck::contents;
  inputs.threads = options.threads;
  Result<OpenedSnapshot> opened = open_snapshot(file, inputs);
  if (!opened) return refuse(options, opened.failure());
  const bool journal = opened.value().snapshot.identity().has_journal;
  // Later entries may have taken its results from the opened one: they are the file's all the same.
  const Table table = describe(whole.value(), journal ? opened.value().head.to_string() : "",
                               std::to_string(opened.value().changes), "ya");
  return write_output(options, write_table(table, options.write)) ? kDone : kCouldNotRun;
}

int make(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "snapshot");
  if (!plan) return kCouldNotRun;
  if (options.raw.file.empty()) {
    complain(options,
             make_diagnostic(Code::J1904, {}).arg("apa", options.say("berkas (-o BERKAS)", "the file (-o FILE)")));
    return kCouldNotRun;
  }
  // What is made takes seconds: first whether it can be put down.
  if (!can_be_written(options, options.raw.file)) return kCouldNotRun;
  SnapshotRequest request;
  request.results = options.raw.with_results;
  request.threads = options.threads;
  request.watch = options.watch;
  if (options.period) {
    if (options.period->granularity() != Granularity::year) {
      complain(options, make_diagnostic(Code::J1903, {})
                            .arg("opsi", "--periode")
                            .arg("nilai", options.raw.period)
                            .arg("diminta", std::to_string(options.period->year())));
      return kCouldNotRun;
    }
    request.year = options.period->year();
  }
  WorkspaceOptions settings;
  settings.pack_folders = find_pack_folders(options);
  if (settings.pack_folders.empty()) return kCouldNotRun;
  settings.yaml.max_bytes = options.max_yaml;
  settings.as_of = options.as_of;
  settings.as_of_time = options.as_of_time;
  settings.journal = options.raw.journal;
  settings.plan_now = options.raw.plan_now;
  settings.threads = options.threads;
  settings.watch = options.watch;
  settings.gate = options.raw.gate;
  settings.keep_inputs = true;
  Workspace workspace(std::move(settings));
  if (!workspace.load(*plan)) {
    complain(options, workspace.sink().sorted(), workspace.sources());
    return workspace.could_run() ? kFindings : kCouldNotRun;
  }
  if (!plan_fits_in_memory(options, workspace, Listing::columns)) return kCouldNotRun;
  if (!may_replace(options, options.raw.file)) return kCouldNotRun;
  workspace.evaluate();
  say_findings(options, workspace);
  const Result<MadeSnapshot> made = make_snapshot(workspace, options.raw.file, request);
  if (!made) {
    complain_of_snapshot(options, made.failure());
    return kCouldNotRun;
  }
  Result<snapshot::Snapshot> opened = snapshot::Snapshot::open(options.raw.file);
  if (!opened) return refuse(options, opened.failure());
  if (!has_rows(opened.value())) {
    const std::string year = std::to_string(made.value().year);
    remark(options.say("tahun " + year + " tidak punya target atau realisasi: tidak ada baris hasil dari snapshot ini",
                       "year " + year + " has no target or realisation: no result rows will come from this snapshot"));
  }
  const Table table = describe(opened.value(), head_of(opened.value().identity()), "0", "");
  // To standard output: the file of -o is the snapshot.
  if (!write_output(options, write_table(table, options.write), "")) return kCouldNotRun;
  return exit_code_of(workspace);
}

int run(const Options& options) {
  if (!require_table_format(options)) return kCouldNotRun;
  return options.raw.snapshot.empty() ? make(options) : verify(options);
}

}  // namespace

const Command& snapshot_command() {
  static const Command kCommand{"snapshot",
                                "simpan rencana dan angkanya siap hitung dalam satu berkas, atau periksa berkas itu",
                                "keep a plan and its figures ready for computing in one file, or check such a file",
                                "Contoh: jenjang snapshot provinsi -o provinsi.snapshot --periode 2026\n"
                                "        jenjang snapshot provinsi --verify provinsi.snapshot",
                                "Example: jenjang snapshot province -o province.snapshot --periode 2026\n"
                                "         jenjang snapshot province --verify province.snapshot",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
