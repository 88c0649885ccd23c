// What a user asked for: the raw words of the options, and the checked forms the commands use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/watch.h"
#include "jenjang/explain/contributors.h"
#include "jenjang/report/comparison.h"
#include "jenjang/report/report.h"
#include "jenjang/synthetic/province.h"
#include "jenjang/workspace/workspace.h"

#include "speech.h"

namespace jenjang::cli {

// As typed. Checked by `check_options`, so that every mistake gets our own message.
struct RawOptions {
  std::vector<std::string> arguments;  // positionals of the command
  std::string language, format, csv, file, max_yaml, as_of;
  std::vector<std::string> packs, changes, scenarios;
  std::string leader;  // of the role-result matrix
  std::string code, unit, period, worksheet, what, depth, inputs;
  std::string top, ranked_by;  // explain --teratas, --menurut
  std::string staff, seed, frequency;
  std::string measures;                     // generate --ukuran
  bool nation = false, with_facts = false;  // generate --nasional, --fakta
  std::string comparisons;                  // --banding
  std::string journal, threads;             // --journal, --utas
  bool plan_now = false;                    // --plan-kini
  std::string gate;                         // --gerbang
  bool progress = false;                    // --kemajuan
  std::string memory;                       // --memori
  bool with_holders = false, with_names = false;
  bool intervals = false;  // --selang
  // record, journal
  std::string record_kind, recorded_at, recorded_by, role, separator, decimal_mark, authority, feed_source, wanted_head;
  std::vector<std::string> taken;
  // score, reach: PACK[/ELEMENT], the pack it is compared with, files of answers and rows
  std::string snapshot;       // snapshot --verify, rollup --snapshot
  std::string granularity;    // rollup --per
  bool with_results = false;  // snapshot --hasil
  std::string pack, against, mode, worksheet_file, worksheet_against, data, bulk_file, certificate, predicate, costs;
  std::string clock_part;              // --bagian
  std::string report_kind, grew_more;  // report: --kind, --naik-lebih
  bool batch = false, blank = false;
  bool target_met = false;  // reach --target-met
  bool dry_run = false;
  bool validated_only = false, targets_as_realised = false, detailed = false, run_cases = false;
  bool difference = false, propose = false, gaps = false, per_person = false, detailed_exit_code = false;
  bool by_validation = false;  // reach --validasi
};

struct Options {
  RawOptions raw;
  std::string command;  // its name; empty before one is chosen
  Speech say;
  bool color = false;                 // of messages on the error stream
  bool color_results = false;         // of findings on the output stream
  const Watch* watch = nullptr;       // of the whole command; set before it runs
  std::optional<std::size_t> memory;  // --memori, in bytes
  WriteOptions write;
  std::optional<std::string> format;  // as typed, when typed: commands with formats of their own look here
  std::size_t max_yaml = YamlLimits{}.max_bytes;
  std::optional<Date> as_of;
  std::string as_of_time;  // a moment instead of a day, as typed: the zone of the plan may be needed to read it
  unsigned threads = 1;    // --utas, else JENJANG_UTAS
  Computation computation = Computation::full;  // JENJANG_HITUNG
  std::optional<Period> period;
  std::optional<Granularity> granularity;  // --per
  std::vector<Override> overrides;         // --set, in order
  ExplainWhat what = ExplainWhat::realisation;
  bool what_given = false;
  std::vector<Comparison> comparisons;
  ProvinceSpec province;
  std::size_t depth = ExplainOptions{}.max_depth, inputs = ExplainOptions{}.max_inputs;
  std::size_t top = 0;  // --teratas; 0: not asked for
  ContributionBy ranked_by = ContributionBy::value;
};

// "16777216", "16MiB", "64 KiB", "1G". nullopt for anything else or beyond 1 TiB.
std::optional<std::size_t> parse_bytes(std::string_view text);

// Fills the checked fields; reports every word it cannot take. False when one was reported.
bool check_options(Options& options, DiagnosticSink& sink);

}  // namespace jenjang::cli
