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

#include "jenjang/cascade/cascade.h"
#include "jenjang/explain/explanation.h"
#include "jenjang/intake/intake.h"
#include "jenjang/plan/plan.h"
#include "jenjang/report/report.h"
#include "jenjang/report/score.h"
#include "jenjang/report/summary.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/workspace/scenario.h"

namespace jenjang {

struct WorkspaceOptions {
  std::vector<std::filesystem::path> pack_folders;  // models/, then the user's; later override
  YamlLimits yaml;
  // Realisations are data, not plan text: a year of a province is far above the YAML limit.
  std::size_t max_csv_bytes = std::size_t{1} << 30;
  std::optional<Date> as_of;         // else the manifest's per_tanggal
  bool targets_as_realised = false;  // evaluate the targets as if they were the facts
  // What-if: scenario files, read like plan files, and then single changes; where several speak of one
  // cell the last counts. The plan's own files are not touched. A change that cannot be made stops the
  // load: results without it would be taken for its effect.
  std::vector<std::filesystem::path> scenarios;
  std::vector<Override> overrides;
};

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
  // The declared worksheets whose total stands in the model, in order of declaration.
  [[nodiscard]] std::vector<ScoredWorksheet> worksheets() const;
  // Everything the summary needs but the names of the files that a run wrote. Holds references to
  // this workspace and to `findings`.
  [[nodiscard]] SummaryInput summary_input(const std::vector<Diagnostic>& findings, Language language) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jenjang
