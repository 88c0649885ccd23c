#include "session.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "jenjang/base/text.h"

#include "command.h"
#include "memory.h"
#include "output.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// share/jenjang/models beside the program, else the nearest models/ going up from it.
std::optional<fs::path> built_in_packs(std::vector<std::string>& tried) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path start = error ? fs::current_path(error) : program.parent_path();
  fs::path shared = (start / ".." / "share" / "jenjang" / "models").lexically_normal();
  tried.push_back(shared.string());
  if (is_folder(shared)) return shared;
  for (fs::path up = start;; up = up.parent_path()) {
    tried.push_back((up / "models").string());
    if (is_folder(up / "models")) return up / "models";
    if (up == up.parent_path()) return std::nullopt;
  }
}

}  // namespace

std::vector<fs::path> find_pack_folders(const Options& options) {
  std::vector<fs::path> folders;
  std::vector<std::string> tried;
  const auto complain_none = [&] {
    std::string places;
    for (const std::string& place : tried) places += (places.empty() ? "" : ", ") + place;
    complain(options, make_diagnostic(Code::J1906, {}).arg("tempat", places));
    return std::vector<fs::path>{};
  };
  const auto add_named = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (!is_folder(name)) {
        tried = {name};
        return false;
      }
      folders.emplace_back(name);
    }
    return true;
  };
  std::vector<std::string> listed;
  if (const char* list = std::getenv("JENJANG_PAKET")) {
    for (const std::string_view part : split(list, ':')) {
      if (!trim(part).empty()) listed.emplace_back(trim(part));
    }
  }
  if (!add_named(listed)) return complain_none();
  if (listed.empty()) {
    if (std::optional<fs::path> built_in = built_in_packs(tried)) folders.push_back(*std::move(built_in));
  }
  if (!add_named(options.raw.packs) || folders.empty()) return complain_none();
  return folders;
}

namespace {

Session open(const Options& options, const std::string& plan, bool findings_follow, bool changed, Listing listing) {
  Session session;
  const std::vector<fs::path> packs = find_pack_folders(options);
  if (packs.empty()) {
    session.exit_code = kCouldNotRun;
    return session;
  }
  WorkspaceOptions settings;
  settings.pack_folders = packs;
  settings.yaml.max_bytes = options.max_yaml;
  settings.as_of = options.as_of;
  settings.as_of_time = options.as_of_time;
  settings.journal = options.raw.journal;
  settings.plan_now = options.raw.plan_now;
  settings.threads = options.threads;
  settings.computation = options.computation;
  settings.watch = options.watch;
  settings.targets_as_realised = options.raw.targets_as_realised;
  settings.gate = options.raw.gate;
  if (changed) {
    settings.overrides = options.overrides;
    settings.scenarios.assign(options.raw.scenarios.begin(), options.raw.scenarios.end());
  }
  Workspace workspace(std::move(settings));
  if (!workspace.load(plan)) {
    // A plan that was read but makes no model is a plan with findings; no plan at all could not run.
    session.exit_code = workspace.could_run() ? kFindings : kCouldNotRun;
    if (!findings_follow || !workspace.plan_was_read()) {
      complain(options, workspace.sink().sorted(), workspace.sources());
      return session;
    }
    session.workspace = std::move(workspace);
    return session;
  }
  // A part of the rows is a matter of the evaluation's own size.
  const RawOptions& raw = options.raw;
  const bool all = raw.code.empty() && raw.unit.empty() && !options.period && !options.granularity;
  if (!plan_fits_in_memory(options, workspace, all ? listing : Listing::none)) {
    session.exit_code = kCouldNotRun;
    return session;
  }
  workspace.evaluate();
  session.exit_code = exit_code_of(workspace);
  if (!findings_follow) say_findings(options, workspace);
  if (!findings_follow && options.write.format != OutputFormat::json) say_journal(options, workspace);
  session.workspace = std::move(workspace);
  return session;
}

}  // namespace

Session open_session(const Options& options, const std::string& plan, bool findings_follow, Listing listing) {
  return open(options, plan, findings_follow, true, listing);
}

Session open_unchanged(const Options& options, const std::string& plan) {
  Session session = open(options, plan, true, false, Listing::none);
  if (session.workspace && !session.workspace->has_model()) {
    complain(options, session.workspace->sink().sorted(), session.workspace->sources());
    session.workspace.reset();
  }
  return session;
}

void say_findings(const Options& options, Workspace& workspace) {
  // What is odd about a what-if change is said here: `check` knows nothing of it.
  const auto of_change = [](const Diagnostic& finding) {
    return finding.code == Code::J1915 || finding.code == Code::J1916;
  };
  std::vector<Diagnostic> shown = workspace.sink().sorted();
  std::erase_if(shown,
                [&](const Diagnostic& finding) { return finding.severity != Severity::error && !of_change(finding); });
  if (!shown.empty()) complain(options, shown, workspace.sources());
  const auto said = static_cast<std::size_t>(std::count_if(shown.begin(), shown.end(), of_change));
  const std::size_t warnings = workspace.sink().count(Severity::warning) - said;
  if (warnings > 0) {
    remark(std::to_string(warnings) +
           options.say(" peringatan; lihat dengan `jenjang check`", " warnings; see them with `jenjang check`"));
  }
}

WriteOptions stating_gate(WriteOptions write, const Workspace& workspace) {
  std::string gate = workspace.lane_gate();
  if (!gate.empty()) write.stated.emplace_back("gerbang", std::move(gate));
  return write;
}

void say_gate(const Options& options, const Workspace& workspace) {
  if (options.write.format == OutputFormat::json) return;
  if (!workspace.result().has_validated_lane() && options.raw.gate.empty()) return;
  const std::string gate = workspace.lane_gate();
  if (!gate.empty()) remark(options.say("lajur tervalidasi menghitung: ", "the validated lane counts: ") + gate);
}

WriteOptions stating_journal(WriteOptions write, const Workspace& workspace) {
  const std::optional<JournalState> journal = workspace.journal();
  if (!journal) return write;
  write.stated.emplace_back("jurnal", std::to_string(journal->head.seq) + ":" + to_hex(journal->head.hash));
  if (journal->until) write.stated.emplace_back("per", journal->until->to_string(journal->zone));
  if (journal->plan_now) write.stated.emplace_back("rencana", "kini");
  return write;
}

void say_journal(const Options& options, const Workspace& workspace) {
  const std::optional<JournalState> journal = workspace.journal();
  if (!journal) return;
  remark(options.say("jurnal ", "journal ") + journal->to_string(options.say.language));
}

int exit_code_of(Workspace& workspace) {
  return workspace.sink().has_errors() ? kFindings : kDone;
}

bool looks_like_plan(const std::string& word) {
  std::error_code failed;
  const std::filesystem::path path(word);
  return std::filesystem::is_directory(path, failed) || path.extension() == ".yaml" || path.extension() == ".yml";
}

std::optional<std::string> plan_argument(const Options& options, std::string_view command) {
  const std::vector<std::string>& arguments = options.raw.arguments;
  if (arguments.size() > 1) {
    complain(options,
             make_diagnostic(Code::J1902, {}).arg("argumen", "\"" + arguments[1] + "\"").arg("perintah", command));
    return std::nullopt;
  }
  return arguments.empty() ? std::string(".") : arguments.front();
}

bool require_format(const Options& options, std::span<const std::string_view> formats) {
  if (!options.format || std::ranges::find(formats, *options.format) != formats.end()) return true;
  std::string wanted;
  for (const std::string_view format : formats) wanted += (wanted.empty() ? "" : " | ") + std::string(format);
  Diagnostic finding =
      make_diagnostic(Code::J1903, {}).arg("opsi", "--format").arg("nilai", *options.format).arg("diminta", wanted);
  finding.suggestion = nearest(*options.format, formats).value_or("");
  complain(options, finding);
  return false;
}

bool require_table_format(const Options& options) {
  constexpr std::array<std::string_view, 3> kFormats{"table", "csv", "json"};
  return require_format(options, kFormats);
}

Diagnostic no_such(const Speech& say, std::string_view id_kind, std::string_view en_kind, std::string_view name,
                   const std::vector<std::string>& choices) {
  const std::optional<std::string> near = nearest(name, choices);
  // A long list helps nobody: the nearest first, then the first few.
  constexpr std::size_t kShown = 12;
  std::string listed;
  for (std::size_t i = 0; i < choices.size() && i < kShown; ++i) listed += (i > 0 ? ", " : "") + choices[i];
  if (choices.size() > kShown) listed += ", ... (" + std::to_string(choices.size()) + ")";
  if (listed.empty()) listed = "-";
  Diagnostic finding =
      make_diagnostic(Code::J1907, {}).arg("jenis", say(id_kind, en_kind)).arg("nama", name).arg("pilihan", listed);
  finding.suggestion = near.value_or("");
  return finding;
}

void say_no_rows(const Options& options) {
  const RawOptions& raw = options.raw;
  std::string chosen;
  const auto add = [&chosen](std::string_view option, const std::string& value) {
    if (!value.empty()) chosen += " " + std::string(option) + " " + value;
  };
  add("--kode", raw.code);
  add("--unit", raw.unit);
  add("--periode", raw.period);
  add("--per", raw.granularity);
  remark(options.say("tidak ada baris hasil", "no result rows") +
         (chosen.empty() ? chosen : options.say(" untuk", " for") + chosen));
}

std::optional<RowFilter> make_filter(const Options& options, const Model& model) {
  RowFilter filter;
  filter.code = options.raw.code;
  filter.unit = options.raw.unit;
  filter.period = options.period;
  filter.exact_values = options.write.format == OutputFormat::json;
  filter.watch = options.watch;
  bool good = true;
  if (!filter.code.empty() && !model.find_item(filter.code)) {
    std::set<std::string> codes;
    for (const Item& item : model.items) codes.insert(item.code);
    complain(options, no_such(options.say, "indikator", "indicator", filter.code, {codes.begin(), codes.end()}));
    good = false;
  }
  if (!filter.unit.empty() && !model.units.find(filter.unit)) {
    complain(options, no_such(options.say, "unit", "unit", filter.unit, model.units.paths()));
    good = false;
  }
  if (!good) return std::nullopt;
  return filter;
}

}  // namespace jenjang::cli
