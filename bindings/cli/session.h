// A loaded plan for one command: packs found, findings said, exit code decided.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "options.h"

namespace jenjang::cli {

// JENJANG_PAKET (separated by ':'), else share/jenjang/models beside the program, else the nearest models/
// going up from it; then those of --paket, which add to it. Empty, with J1906 on stderr, when there is
// none at all, or when one that was named is missing.
std::vector<std::filesystem::path> find_pack_folders(const Options& options);

struct Session {
  std::optional<Workspace> workspace;  // empty: could not run, and stderr says why
  int exit_code = 0;
};
// Loads and evaluates the plan, with the changes of --set and --skenario laid over it. With
// findings_follow the caller shows them itself (check, run).
// `listing`: what the command will list; the memory for it is looked at with that of the evaluation (J1921).
Session open_session(const Options& options, const std::string& plan, bool findings_follow = false,
                     Listing listing = Listing::none);
// The plan without these changes, for comparing; says nothing but why it could not run.
Session open_unchanged(const Options& options, const std::string& plan);
// Errors and warnings about what-if changes in full, and the number of other warnings, on stderr.
void say_findings(const Options& options, Workspace& workspace);
// Options that also state the gate of the validated lane, for writers of results; and the same as a remark, since a
// table and CSV hold rows only. Nothing where the lanes are one and no gate was asked for.
WriteOptions stating_gate(WriteOptions write, const Workspace& workspace);
void say_gate(const Options& options, const Workspace& workspace);
// Options that also state which entries of the journal a result rests on, for writers of JSON; and the same as a
// remark, for everything that holds rows only. Nothing without a journal.
WriteOptions stating_journal(WriteOptions write, const Workspace& workspace);
void say_journal(const Options& options, const Workspace& workspace);
// 1 when an error stands in the sink, else 0.
int exit_code_of(Workspace& workspace);

bool looks_like_plan(const std::string& word);
// The plan argument, "." when there is none. Reports J1902 and nullopt when there are more.
std::optional<std::string> plan_argument(const Options& options, std::string_view command);
// False, with J1903 on stderr, when --format is given and none of these.
bool require_format(const Options& options, std::span<const std::string_view> formats);
bool require_table_format(const Options& options);  // table, csv, json
// The filter of --kode --unit --periode; J1907 and nullopt when the plan has no such code or unit.
std::optional<RowFilter> make_filter(const Options& options, const Model& model);
// A remark that nothing came of it, with the options that chose: an empty result is no mistake, but may be one.
void say_no_rows(const Options& options);
// J1907 with the choices, the nearest suggested.
Diagnostic no_such(const Speech& say, std::string_view id_kind, std::string_view en_kind, std::string_view name,
                   const std::vector<std::string>& choices);

}  // namespace jenjang::cli
