#include <array>

#include "command.h"
#include "journal_option.h"

namespace jenjang::cli {

std::span<const Command> commands() {
  static const std::array<Command, 15> kCommands{
      check_command(),    cascade_command(),  rollup_command(), score_command(),  explain_command(),
      reach_command(),    report_command(),   run_command(),    record_command(), journal_command(),
      snapshot_command(), generate_command(), packs_command(),  schema_command(), version_command()};
  return kCommands;
}

void declare_language(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.text("--lang", options.language, say("bahasa pesan dan ringkasan", "language of messages and summary"),
                 "id|en");
}

void declare_plan(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.words(say("rencana", "plan"), options.arguments,
                  say("folder atau berkas rencana; bawaan: folder ini", "plan folder or file; default: this folder"));
  arguments.repeated("--paket", options.packs,
                     say("folder paket aturan, tambahan folder bawaan; boleh diulang, yang belakang menimpa",
                         "folder of rule packs, beside the default one; may be repeated, later ones override"),
                     "FOLDER");
  arguments.text("--maks-yaml", options.max_yaml,
                 say("batas besar berkas YAML; bawaan 16MiB", "size limit of a YAML file; default 16MiB"),
                 say("UKURAN", "SIZE"));
  declare_progress(arguments, options, say);
}

void declare_output(Arguments& arguments, RawOptions& options, const Speech& say, const char* formats) {
  arguments.text("--format", options.format, say("bentuk hasil", "form of the results"), formats);
  if (std::string_view(formats).find("csv") != std::string_view::npos) {
    arguments.text("--csv", options.csv,
                   say("ragam CSV; excel-id dibuka Excel Indonesia tanpa rusak",
                       "CSV dialect; excel-id opens unharmed in an Indonesian Excel"),
                   "standar|excel-id");
  }
  arguments.text("-o,--output", options.file, say("tulis hasil ke berkas", "write results to a file"),
                 say("BERKAS", "FILE"));
}

void declare_memory(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.text("--memori", options.memory,
                 say("memori yang boleh dipakai, misalnya 4GiB; bawaan: yang tersedia",
                     "memory that may be used, as in 4GiB; default: what is available"),
                 say("UKURAN", "SIZE"));
}

void declare_progress(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.flag("--kemajuan", options.progress,
                 say("sebut setiap tahap di keluaran galat, juga bila bukan terminal",
                     "name every stage on the error stream, also where it is no terminal"));
}

void declare_filters(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.text("--kode", options.code, say("hanya indikator ini", "this indicator only"), say("KODE", "CODE"));
  arguments.text("--unit", options.unit, say("hanya unit ini dan di bawahnya", "this unit and below only"), "UNIT");
  arguments.text("--periode", options.period,
                 say("hanya periode ini dan isinya", "this period and those inside it only"), say("PERIODE", "PERIOD"));
}

void declare_as_of(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.text(
      "--as-of", options.as_of,
      say("hari atau saat data dipotong; dengan jurnal: seperti yang diketahui saat itu; bawaan: per_tanggal rencana",
          "day or time the data are cut; with a journal: as known then; default: per_tanggal of the plan"),
      say("TANGGAL|SAAT", "DATE|TIME"));
  arguments.flag("--plan-kini", options.plan_now,
                 say("bersama --as-of: rencana dan paket yang sekarang, bukan yang berlaku saat itu",
                     "with --as-of: plan and packs of now, not those in force then"));
  declare_journal(arguments, options, say);
  arguments.text("--utas", options.threads,
                 say("paling banyak utas; hasilnya sama", "threads at most; the results are the same"), "N");
  declare_memory(arguments, options, say);
}

void declare_what_if(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.repeated("--set", options.changes,
                     say("andaikan targetnya demikian, misalnya 'IKLH@64:2026=76.5'; boleh diulang",
                         "what if the target were this, as in 'IKLH@64:2026=76.5'; may be repeated"),
                     say("ALAMAT=TARGET", "ADDRESS=TARGET"));
  arguments.repeated("--skenario", options.scenarios,
                     say("andaikan isi berkas skenario ini, misalnya skenario/basis.yaml; boleh diulang",
                         "what if this scenario file held, as in scenarios/base.yaml; may be repeated"),
                     say("BERKAS", "FILE"));
}

void declare_results(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_as_of(arguments, options, say);
  arguments.text("--gerbang", options.gate,
                 say("lajur tervalidasi menghitung angka yang setidaknya berkeadaan ini; bawaan: keadaan yang sah",
                     "the validated lane counts figures of at least this state; default: the states that are valid"),
                 "KEADAAN");
  arguments.flag("--target-sebagai-realisasi", options.targets_as_realised,
                 say("hitung target seolah-olah sudah terealisasi", "evaluate the targets as if they were realised"));
}

}  // namespace jenjang::cli
