// A command: its name, its options, what it does. One file each; commands.cc lists them.
#pragma once

#include <span>

#include "arguments.h"
#include "options.h"

namespace jenjang::cli {

// Exit codes (DESIGN section 6).
inline constexpr int kDone = 0;
inline constexpr int kFindings = 1;
inline constexpr int kCouldNotRun = 2;
inline constexpr int kWouldChange = 3;  // only with --detailed-exitcode
inline constexpr int kStopped = 130;    // by SIGINT or SIGTERM, as shells count

struct Command {
  const char* name;
  std::string_view id_about, en_about;
  std::string_view id_footer, en_footer;  // examples; may be empty
  void (*declare)(Arguments& arguments, RawOptions& options, const Speech& say);
  int (*run)(const Options& options);
};

std::span<const Command> commands();

const Command& cascade_command();
const Command& check_command();
const Command& explain_command();
const Command& generate_command();
const Command& journal_command();
const Command& packs_command();
const Command& reach_command();
const Command& record_command();
const Command& report_command();
const Command& rollup_command();
const Command& run_command();
const Command& schema_command();
const Command& score_command();
const Command& snapshot_command();
const Command& version_command();

// Groups of options that several commands share.
void declare_language(Arguments& arguments, RawOptions& options, const Speech& say);
// PLAN, --paket, --maks-yaml, --kemajuan
void declare_plan(Arguments& arguments, RawOptions& options, const Speech& say);
void declare_output(Arguments& arguments, RawOptions& options, const Speech& say, const char* formats);
void declare_memory(Arguments& arguments, RawOptions& options, const Speech& say);    // --memori
void declare_progress(Arguments& arguments, RawOptions& options, const Speech& say);  // --kemajuan
void declare_filters(Arguments& arguments, RawOptions& options, const Speech& say);   // --kode --unit --periode
void declare_as_of(Arguments& arguments, RawOptions& options,
                   const Speech& say);  // --as-of, --plan-kini, --journal, --utas, --memori
void declare_results(Arguments& arguments, RawOptions& options,
                     const Speech& say);  // --as-of, --gerbang, --target-sebagai-realisasi
void declare_what_if(Arguments& arguments, RawOptions& options, const Speech& say);  // --set, --skenario

}  // namespace jenjang::cli
