// `jenjang reach`: the least effort to a wanted predicate, proven least.
#include <algorithm>
#include <array>

#include "command.h"
#include "output.h"
#include "reach_kinds.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  declare_output(arguments, options, say, "table|csv|json");
  const char* file = say.language == Language::indonesian ? "BERKAS" : "FILE";
  const auto text = [&](const char* name, std::string& into, const char* id_about, const char* en_about,
                        const char* form) { arguments.text(name, into, say(id_about, en_about), form); };
  text("--predicate,--predikat", options.predicate, "predikat yang diminta; dengan --code boleh angkanya",
       "the predicate that is wanted; with --code its figure will do too", "PREDIKAT");
  text("--pack", options.pack, "atas kriteria lembar kerja paket ini, misalnya sakip-2021",
       "over the criteria of a worksheet of this pack, as in sakip-2021", "PAKET[/TEMPLAT]");
  text("--code,--kode", options.code, "atas angka di bawah indikator ini, dalam satuan utuhnya sendiri",
       "over the figures below this indicator, in their own whole units",
       say.language == Language::indonesian ? "KODE" : "CODE");
  arguments.flag(
      "--target-met,--target-terpenuhi", options.target_met,
      say("yang diminta targetnya terpenuhi, bukan predikat", "what is wanted is its target, not a predicate"));
  arguments.flag(
      "--validasi,--by-validation", options.by_validation,
      say("dengan --code: paling sedikit unit yang angkanya menunggu lalu divalidasi, pada jalur tervalidasi",
          "with --code: the fewest units whose waiting figures are validated, in the validated lane"));
  text("--unit", options.unit, "unit yang dinilai", "the unit that is scored", "UNIT");
  text("--mode", options.mode, "cara mengisi lembar kerja, misalnya M1", "how the worksheet is filled in, such as M1",
       "MODE");
  text("--lembar-kerja", options.worksheet, "lembar kerja rencana yang ini", "this worksheet of the plan",
       say.language == Language::indonesian ? "KODE" : "CODE");
  text("--worksheet", options.worksheet_file, "berkas lembar kerja, bukan yang dinyatakan rencana",
       "a worksheet file instead of the one that the plan declares", file);
  text("--costs,--biaya", options.costs,
       "berkas biaya: kode,jawaban,biaya,prasyarat; bawaan: 1 setiap tingkat. Dengan --code, bila capaian yang dibawa "
       "ke atas: kode,biaya setiap langkah utuh; bawaan: 1 setiap poin capaian",
       "file of costs: kode,jawaban,biaya,prasyarat; default: 1 for each grade. With --code, where achievements are "
       "carried: kode,biaya of one whole step; default: 1 for each point of achievement",
       file);
  text("--pemisah", options.separator, "pemisah kolom berkas itu: , ; tab", "column separator of these files: , ; tab",
       ",|;|tab");
  text("--periode,--period", options.period, "periode yang dinilai", "the period that is scored",
       say.language == Language::indonesian ? "PERIODE" : "PERIOD");
  declare_as_of(arguments, options, say);
}

int run(const Options& options) {
  const RawOptions& raw = options.raw;
  const auto missing = [&](const char* what) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", what));
    return kCouldNotRun;
  };
  if (raw.pack.empty() == raw.code.empty()) return missing("--pack | --code");
  if (raw.by_validation && raw.code.empty()) return missing("--code");
  if (raw.predicate.empty() && !(raw.target_met && raw.pack.empty())) {
    return missing(raw.pack.empty() ? "--predicate | --target-met" : "--predicate");
  }
  constexpr std::array<std::string_view, 4> kSeparators{"", ",", ";", "tab"};
  if (std::ranges::find(kSeparators, raw.separator) == kSeparators.end()) {
    complain(options, make_diagnostic(Code::J1903, {})
                          .arg("opsi", "--pemisah")
                          .arg("nilai", raw.separator)
                          .arg("diminta", ", | ; | tab"));
    return kCouldNotRun;
  }
  const std::optional<std::string> plan = plan_argument(options, "reach");
  if (!plan || !require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  return raw.pack.empty() ? reach_figures(options, session) : reach_worksheet(options, session);
}

}  // namespace

const Command& reach_command() {
  static const Command kCommand{
      "reach",
      "upaya terkecil menuju predikat yang diminta, terbukti terkecil",
      "the least effort to a wanted predicate, proven least",
      "Contoh: jenjang reach plans/kaltim-lingkungan --pack sakip-2021 --unit 64/dlh --mode M2 --predicate A\n"
      "        jenjang reach plans/kaltim-lingkungan --code SAMPAH-KELOLA --unit 64 --target-met\n"
      "        jenjang reach plans/kaltim-lingkungan --code SAMPAH-KELOLA --unit 64 --target-met --validasi",
      "Example: jenjang reach plans/kaltim-lingkungan --pack sakip-2021 --unit 64/dlh --mode M2 --predicate A\n"
      "         jenjang reach plans/kaltim-lingkungan --code SAMPAH-KELOLA --unit 64 --target-met\n"
      "         jenjang reach plans/kaltim-lingkungan --code SAMPAH-KELOLA --unit 64 --target-met --by-validation",
      declare,
      run};
  return kCommand;
}

}  // namespace jenjang::cli
