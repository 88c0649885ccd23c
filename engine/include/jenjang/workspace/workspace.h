// Workspace: the facade that every face starts from. Wiring only: no rule, no arithmetic.
//
//   Workspace ws(options);
//   if (!ws.load(path)) ...          // ws.sink() holds every finding
//   ws.evaluate();                   // cascade, facts, roll-up
//   auto rows = result_rows(ws.context(), filter, false);
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/assess/spread_units.h"
#include "jenjang/cascade/cascade.h"
#include "jenjang/explain/explanation.h"
#include "jenjang/intake/intake.h"
#include "jenjang/journal/journal.h"
#include "jenjang/plan/plan.h"
#include "jenjang/report/report.h"
#include "jenjang/report/score.h"
#include "jenjang/report/summary.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/snapshot/identity.h"
#include "jenjang/workspace/inputs.h"
#include "jenjang/workspace/memory_need.h"
#include "jenjang/workspace/scenario.h"

namespace jenjang {

// How results are computed; they are the same bits.
enum class Computation : std::uint8_t {
  full,
  incremental,  // facts are fed in parts, then compared with the full run: a difference is J1900
  flat,         // rows of `rollup` come from the flat engine where it can say the plan (flat_rows.h)
};

// What a journal was asked for and how far it was read; results are printed with it.
struct JournalState {
  std::filesystem::path path;
  JournalHead head;             // the last entry taken
  std::optional<Moment> until;  // as of
  Zone zone;                    // to print `until` in
  bool plan_now = false;        // plan and packs are not those of that moment
  // "41:9f2c... per 2026-03-31T17:00:00+08:00; rencana dan paket yang sekarang", for people.
  [[nodiscard]] std::string to_string(Language language) const;
};

struct WorkspaceOptions {
  std::vector<std::filesystem::path> pack_folders;  // models/, then the user's; later override
  YamlLimits yaml;
  // Realisations are data, not plan text: a year of a province is far above the YAML limit.
  std::size_t max_csv_bytes = std::size_t{1} << 30;
  std::optional<Date> as_of;  // else the manifest's per_tanggal; with a journal also what was known that day
  // A moment instead of a day, "2026-03-31T17:00+08:00" (without an offset: in the zone of the plan). Needs a journal.
  std::string as_of_time;
  // The journal to take facts from. Empty: the one the manifest names, else jurnal.sqlite beside it, if there is one.
  std::filesystem::path journal;
  bool without_journal = false;  // realisasi/*.csv are the facts even when there is a journal
  bool plan_now = false;         // under as_of: today's plan and packs instead of those in force then
  bool keep_inputs = false;      // remember what was read, for inputs()
  Computation computation = Computation::full;
  unsigned threads = 1;
  const Watch* watch = nullptr;      // of load and evaluate, which then may throw Stopped
  std::string gate;                  // least state of the validated lane; empty: the states that workflows call valid
  bool targets_as_realised = false;  // evaluate the targets as if they were the facts
  // What-if: scenario files, read like plan files, and then single changes; where several speak of one
  // cell the last counts. The plan's own files are not touched. A change that cannot be made stops the
  // load: results without it would be taken for its effect.
  std::vector<std::filesystem::path> scenarios;
  std::vector<Override> overrides;
};

// What is to be listed after an evaluation; `columns`: a snapshot.
enum class Listing : std::uint8_t { none, targets, results, columns };

class Workspace {
public:
  explicit Workspace(WorkspaceOptions options);
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

  // Packs, plan, model, worksheets bound at their units, structural lint. False when there is no
  // model to work with (the reason is in the sink).
  bool load(const std::filesystem::path& plan);
  // Packs only, for faces that show or test them. False when a pack has an error.
  bool load_packs();
  // True once a plan was read, even if no model could be made of it: then what stands in the sink
  // are findings about the plan, else the reason why there is none.
  [[nodiscard]] bool plan_was_read() const;
  // False when what was given is no plan at all (not YAML), or a what-if change could not be made: wrong
  // use, not findings about a plan.
  [[nodiscard]] bool could_run() const;
  [[nodiscard]] bool has_model() const;
  // Of evaluate(), and of listing all that comes of it. Requires load() == true.
  [[nodiscard]] MemoryNeed memory_need(Listing listing, bool json = false) const;
  // Cascade, facts, roll-up, coherence, value lint. Requires load() == true. Call once.
  void evaluate();

  [[nodiscard]] const SourceMap& sources() const;
  [[nodiscard]] SourceMap& sources();
  [[nodiscard]] DiagnosticSink& sink();
  [[nodiscard]] const PackLibrary& packs() const;
  [[nodiscard]] const ParsedPlan& plan() const;
  [[nodiscard]] const Model& model() const;
  [[nodiscard]] const TargetTable& targets() const;
  [[nodiscard]] const Facts& facts() const;
  [[nodiscard]] const RollupResult& result() const;
  [[nodiscard]] const std::vector<CoherenceOutcome>& coherence() const;
  [[nodiscard]] ExplainContext context() const;
  [[nodiscard]] std::optional<Date> as_of() const;
  // nullopt when facts come from files.
  [[nodiscard]] std::optional<JournalState> journal() const;
  // Where this plan's journal is or would be; empty when nothing says where (a single file without --journal).
  [[nodiscard]] std::filesystem::path journal_path() const;
  // Plan, packs, lint rules and worksheets as read by load(), for an entry of kind `inputs`. Empty unless
  // WorkspaceOptions::keep_inputs.
  [[nodiscard]] InputsList inputs() const;
  // Files, journal and options that the figures rest on, for a snapshot. Requires WorkspaceOptions::keep_inputs.
  [[nodiscard]] Result<snapshot::Identity> identity() const;
  // Which states the validated lane counts, in words; empty when every figure counts.
  [[nodiscard]] std::string lane_gate() const;
  // The declared worksheets whose total stands in the model, in order of declaration.
  [[nodiscard]] std::vector<ScoredWorksheet> worksheets() const;
  // The declared formula sheets, computed by evaluate(); one that could not be read is left out.
  [[nodiscard]] const std::vector<FormulaSheet>& formula_sheets() const;
  // The declared spreads of staff predicates, judged by evaluate(); one that could not be read is left out.
  [[nodiscard]] const std::vector<SpreadSheet>& spreads() const;
  // Everything the summary needs but the names of the files that a run wrote. Holds references to
  // this workspace and to `findings`.
  [[nodiscard]] SummaryInput summary_input(const std::vector<Diagnostic>& findings, Language language) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jenjang
