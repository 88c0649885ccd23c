// What a workspace holds while it works; load() and evaluate() are in workspace.cc.
#pragma once

#include <deque>

#include "jenjang/workspace/workspace.h"

#include "engine/workspace/journal_reading.h"
#include "engine/workspace/observations.h"

namespace jenjang {
namespace fs = std::filesystem;

struct Workspace::State {
  WorkspaceOptions options;
  SourceMap sources;
  DiagnosticSink sink;
  PackLibrary packs;
  bool packs_loaded = false;
  std::optional<ParsedPlan> plan;
  std::size_t plan_text = 0;  // bytes of the plan's own files
  LintRules rules;
  std::optional<Model> model;
  TargetTable targets;
  Facts facts;
  RollupResult result;
  std::vector<CoherenceOutcome> coherence;
  std::vector<FormulaSheet> formula_sheets;
  std::vector<SpreadSheet> spreads;
  std::vector<Scenario> scenarios;
  bool changes_taken = true;
  bool plan_is_sound = false;  // no error of form or reference: its figures may be linted
  fs::path journal_path;
  std::optional<OpenJournal> journal;
  Replay replayed;
  // What was read, for inputs(). A file may serve as plan and as pack: each keeps its own.
  RememberingFiles plan_memory{disk()};
  std::deque<RememberingFiles> pack_memory;

  [[nodiscard]] bool from_copies() const { return journal && journal->kept; }
  [[nodiscard]] const FileSource& plan_files() const {
    if (from_copies()) return journal->kept->files;
    return options.keep_inputs ? static_cast<const FileSource&>(plan_memory) : disk();
  }
  [[nodiscard]] const FileSource& pack_files(std::size_t folder) const {
    if (from_copies()) return journal->kept->files;
    return options.keep_inputs ? static_cast<const FileSource&>(pack_memory[folder]) : disk();
  }
  [[nodiscard]] const std::vector<fs::path>& pack_folders() const {
    return from_copies() ? journal->kept->pack_folders : options.pack_folders;
  }

  // The last folder that has lint rules: a government's own list replaces the built-in one.
  [[nodiscard]] std::size_t lint_folder() const;

  // True unless a journal is wanted and cannot be had.
  bool take(Result<OpenJournal> opened);

  // What needs a journal where there is none.
  bool refuse_without_journal();

  [[nodiscard]] bool journal_is_there() const {
    return !options.journal.empty() || (!journal_path.empty() && disk().exists(journal_path));
  }

  // Before the plan is read: under as_of the plan itself may come from the journal.
  bool open_plan_of_then(const fs::path& plan_place);

  // After it: today's plan with the journal as it is, or as it was.
  bool open_journal_now();
  [[nodiscard]] bool replay_journal();  // false: damaged, and the sink says where

  // Answers on file, but for those that the journal has too.
  void add_worksheets(std::vector<Observation>& all, DiagnosticSink& findings);

  // Rows that nobody recorded yet count for nothing. What the files hold today says nothing about another day.
  void say_unrecorded();
  [[nodiscard]] bool compares_rows() const {
    return journal && !journal->state.until && !options.targets_as_realised && !plan->feeds.empty();
  }

  // With a journal the files whose rows were recorded.
  [[nodiscard]] std::size_t fact_files() const;

  // Evidence is looked at where it lies today, never among the copies of another day.
  [[nodiscard]] fs::path evidence_folder() const {
    if (from_copies()) return {};
    return plan->folder.empty() ? fs::path(".") : plan->folder;
  }
  [[nodiscard]] ObservationReader reader(DiagnosticSink& findings) {
    return {packs,        options.max_csv_bytes, sources,         findings,
            plan_files(), evidence_folder(),     options.threads, options.watch};
  }

  void compute_formula_sheets();  // and the spreads over them

  // Scenario files, then the single changes as one more scenario.
  void read_scenarios();
  [[nodiscard]] std::vector<Observation> read_observations(DiagnosticSink& findings);

  // States first: what is void never was reported.
  [[nodiscard]] Facts bind_facts(std::vector<Observation> observations, DiagnosticSink& findings) const;
};

}  // namespace jenjang
